import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

// The barrel of a provider loads every resource it has; a path loads one.
const BARRELS = ['aws', 'helm', 'kubernetes', 'tfe'].map((provider) => ({
  name: `@cdktf/provider-${provider}`,
  message: `import by path, such as @cdktf/provider-${provider}/lib/provider`,
}));
const INTERNALS = {
  group: ['cdktf/lib/*'],
  message: "cdktf's internals are not public: import from 'cdktf'",
};

// Schemas have a door of their own, for zod takes longer to load than a preview takes.
const DOORS = {
  regex: '(^|/)load-balancers/(problem|model|checks|language(?!/schema$))/.',
  message: "a folder's index is its only door",
};
const OWN_DOORS = {
  regex: '^(\\.\\./)+(problem|model|checks|language(?!/schema$))/.',
  message: "a folder's index is its only door",
};

export default tseslint.config(
  { ignores: ['node_modules', '**/dist', 'cdktf.out', 'coverage', '.sandbox'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: BARRELS,
          patterns: [INTERNALS, DOORS],
        },
      ],
      'no-restricted-syntax': ['error', { selector: 'ExportDefaultDeclaration', message: 'export by name' }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // A construct is made for its effect on the tree.
      'no-new': 'off',
    },
  },
  {
    // One direction: tools -> stacks -> config -> modules -> load-balancers. A module sees plain values only.
    files: ['modules/**/*.ts'],
    rules: {
      'no-console': 'error',
      'no-restricted-globals': ['error', 'process', 'Date'],
      'no-restricted-imports': [
        'error',
        {
          paths: BARRELS,
          patterns: [
            INTERNALS,
            DOORS,
            {
              regex: '(^|/)(stacks|environments|tools)(/|$)',
              message: 'a module receives plain values; it knows no environment, stack or tool',
            },
            { regex: '(^|/)config(/|$)', message: 'a module receives plain values; it knows no environment' },
          ],
        },
      ],
    },
  },
  {
    // Pure functions, a package of its own: they see values only.
    files: ['load-balancers/**/*.ts'],
    rules: {
      'no-console': 'error',
      'no-restricted-globals': ['error', 'process', 'Date', 'fetch'],
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            OWN_DOORS,
            {
              regex: '^(cdktf|@cdktf/.*|constructs|node:(?!(net|util|crypto)$).*|fs|process|path|https?)$',
              message: 'tokens come in through modules/tokens, and nothing from outside',
            },
            {
              regex: '(^|/)(modules|config|stacks|environments|tools)(/|$)',
              message: 'arrows run down: tools, stacks, config, modules, load-balancers',
            },
          ],
        },
      ],
    },
  },
  {
    // Tests try what a door hides.
    files: ['__tests__/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: BARRELS, patterns: [INTERNALS] }] },
  },
  {
    files: ['stacks/**/*.ts', 'config/**/*.ts'],
    rules: { 'no-console': 'error', 'no-restricted-globals': ['error', 'process', 'Date'] },
  },
  {
    // What an environment amounts to is in the Environment: stacks read it, and call nothing of config.
    files: ['stacks/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '(^|/)config$',
              allowTypeImports: true,
              message: 'a stack reads the Environment; what it would call belongs into config/plan',
            },
            { regex: '(^|/)config/', message: "config's index is its only door" },
          ],
        },
      ],
    },
  },
  { files: ['**/*.mjs', '**/*.cjs'], ...tseslint.configs.disableTypeChecked },
  { files: ['**/*.mjs'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  prettier,
);
