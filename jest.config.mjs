export default {
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  // A machine that does other things too is no failure.
  testTimeout: 60_000,
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/__tests__/integration/',
    '<rootDir>/__tests__/chain/',
  ],
  modulePathIgnorePatterns: ['/dist/', '<rootDir>/cdktf.out', '<rootDir>/.sandbox'],
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  // Suites share what they load; what of it they run in, and how, is said there.
  runtime: '<rootDir>/__tests__/support/shared-modules/runtime.cjs',
  testEnvironment: '<rootDir>/__tests__/support/shared-modules/environment.cjs',
  setupFiles: ['<rootDir>/__tests__/support/setup.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
  collectCoverageFrom: [
    'main.ts',
    'config/**/*.ts',
    'load-balancers/**/*.ts',
    'stacks/**/*.ts',
    'modules/**/*.ts',
    'environments/**/*.ts',
  ],
  // What looks at a cluster and its account is tried on a real control plane: npm run test:chain.
  coveragePathIgnorePatterns: ['/node_modules/', '<rootDir>/tools/doctor/'],
  coverageProvider: 'v8',
  coverageDirectory: 'coverage',
  coverageReporters: ['text-summary', 'lcov'],
  coverageThreshold: { global: { lines: 95, branches: 95 } },
};
