// The barrel of a provider loads every resource it has; a path loads one.
const BARRELS = ['aws', 'helm', 'kubernetes', 'tfe'].map((provider) => ({
  name: `@cdktf/provider-${provider}`,
  message: `import by path, such as @cdktf/provider-${provider}/lib/provider`,
}));
const INTERNALS = {
  group: ['cdktf/lib/*'],
  message: "cdktf's internals are not public: import from 'cdktf'",
};

// Schemas are a folder of their own, for zod takes longer to load than a preview takes.
const DOORS = {
  group: ['**/load-balancers/*/**'],
  message: "a folder's index is its only door",
};
const OWN_DOORS = {
  group: ['problem', 'model', 'checks', 'language', 'schema'].map((folder) => `../**/${folder}/**`),
  message: "a folder's index is its only door",
};

// The rules of typescript-eslint's strictTypeChecked, judged by the compiler's own types.
const STRICT = [
  'import/no-default-export',
  'no-array-constructor',
  'no-unused-expressions',
  'no-unused-vars',
  'no-useless-constructor',
  'no-var',
  'prefer-const',
  'prefer-rest-params',
  'prefer-spread',
  'typescript/await-thenable',
  'typescript/no-array-delete',
  'typescript/no-base-to-string',
  'typescript/no-confusing-void-expression',
  'typescript/no-deprecated',
  'typescript/no-duplicate-enum-values',
  'typescript/no-duplicate-type-constituents',
  'typescript/no-dynamic-delete',
  'typescript/no-empty-object-type',
  'typescript/no-explicit-any',
  'typescript/no-extra-non-null-assertion',
  'typescript/no-extraneous-class',
  'typescript/no-floating-promises',
  'typescript/no-for-in-array',
  'typescript/no-generated-empty-object-type',
  'typescript/no-implied-eval',
  'typescript/no-invalid-void-type',
  'typescript/no-meaningless-void-operator',
  'typescript/no-misused-new',
  'typescript/no-misused-promises',
  'typescript/no-misused-spread',
  'typescript/no-mixed-enums',
  'typescript/no-namespace',
  'typescript/no-non-null-asserted-nullish-coalescing',
  'typescript/no-non-null-asserted-optional-chain',
  'typescript/no-non-null-assertion',
  'typescript/no-redundant-type-constituents',
  'typescript/no-require-imports',
  'typescript/no-this-alias',
  'typescript/no-unnecessary-boolean-literal-compare',
  'typescript/no-unnecessary-template-expression',
  'typescript/no-unnecessary-type-arguments',
  'typescript/no-unnecessary-type-assertion',
  'typescript/no-unnecessary-type-constraint',
  'typescript/no-unnecessary-type-conversion',
  'typescript/no-unnecessary-type-parameters',
  'typescript/no-unsafe-argument',
  'typescript/no-unsafe-assignment',
  'typescript/no-unsafe-call',
  'typescript/no-unsafe-declaration-merging',
  'typescript/no-unsafe-enum-comparison',
  'typescript/no-unsafe-function-type',
  'typescript/no-unsafe-member-access',
  'typescript/no-unsafe-return',
  'typescript/no-unsafe-unary-minus',
  'typescript/no-useless-default-assignment',
  'typescript/no-wrapper-object-types',
  'typescript/only-throw-error',
  'typescript/prefer-as-const',
  'typescript/prefer-literal-enum-member',
  'typescript/prefer-namespace-keyword',
  'typescript/prefer-promise-reject-errors',
  'typescript/prefer-reduce-type-parameter',
  'typescript/prefer-return-this-type',
  'typescript/related-getter-setter-pairs',
  'typescript/require-await',
  'typescript/triple-slash-reference',
  'typescript/unbound-method',
  'typescript/unified-signatures',
  'typescript/use-unknown-in-catch-callback-variable',
];
const errors = (rules) => Object.fromEntries(rules.map((rule) => [rule, 'error']));
const only = (...patterns) => ['error', { paths: BARRELS, patterns: [INTERNALS, ...patterns] }];

export default {
  plugins: ['typescript', 'import'],
  categories: { correctness: 'off' },
  ignorePatterns: ['cdktf.out', 'coverage', '.sandbox', '**/dist'],
  options: { typeAware: true, reportUnusedDisableDirectives: 'error' },
  rules: {
    ...errors(STRICT),
    'no-restricted-imports': only(DOORS),
    'typescript/ban-ts-comment': ['error', { minimumDescriptionLength: 10 }],
    'typescript/restrict-plus-operands': [
      'error',
      {
        allowAny: false,
        allowBoolean: false,
        allowNullish: false,
        allowNumberAndString: false,
        allowRegExp: false,
      },
    ],
    'typescript/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
    'typescript/return-await': ['error', 'error-handling-correctness-only'],
  },
  overrides: [
    {
      // One direction: tools -> stacks -> config -> modules -> load-balancers. A module sees plain values only.
      files: ['modules/**/*.ts'],
      rules: {
        'no-console': 'error',
        'no-restricted-globals': ['error', 'process', 'Date'],
        'no-restricted-imports': only(
          DOORS,
          {
            regex: '(^|/)(stacks|environments|tools)(/|$)',
            message: 'a module receives plain values; it knows no environment, stack or tool',
          },
          { regex: '(^|/)config(/|$)', message: 'a module receives plain values; it knows no environment' },
        ),
      },
    },
    {
      // Pure functions, a package of its own: they see values only.
      files: ['load-balancers/**/*.ts'],
      rules: {
        'no-console': 'error',
        'no-restricted-globals': ['error', 'process', 'Date', 'fetch'],
        'no-restricted-imports': only(
          OWN_DOORS,
          {
            group: [
              'cdktf',
              '@cdktf/**',
              'constructs',
              'node:*',
              '!node:net',
              '!node:util',
              '!node:crypto',
              'fs',
              'path',
              'process',
              'http',
              'https',
            ],
            message: 'tokens come in through modules/tokens, and nothing from outside',
          },
          {
            regex: '(^|/)(modules|config|stacks|environments|tools)(/|$)',
            message: 'arrows run down: tools, stacks, config, modules, load-balancers',
          },
        ),
      },
    },
    // Tests try what a door hides.
    { files: ['__tests__/**/*.ts'], rules: { 'no-restricted-imports': only() } },
    {
      files: ['stacks/**/*.ts', 'config/**/*.ts'],
      rules: { 'no-console': 'error', 'no-restricted-globals': ['error', 'process', 'Date'] },
    },
    {
      // What an environment amounts to is in the Environment: stacks read it, and call nothing of config.
      files: ['stacks/**/*.ts'],
      rules: {
        'no-restricted-imports': only(
          DOORS,
          {
            regex: '(^|/)config$',
            allowTypeImports: true,
            message: 'a stack reads the Environment; what it would call belongs into config/plan',
          },
          { regex: '(^|/)config/', message: "config's index is its only door" },
        ),
      },
    },
    {
      // Plain JavaScript has no types to judge, and is read by tools that ask for a default export or require.
      files: ['**/*.mjs', '**/*.cjs'],
      rules: Object.fromEntries(
        [
          ...STRICT.filter((rule) => rule.startsWith('typescript/')),
          'typescript/restrict-plus-operands',
          'typescript/restrict-template-expressions',
          'import/no-default-export',
        ].map((rule) => [rule, 'off']),
      ),
    },
  ],
};
