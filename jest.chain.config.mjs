import integration from './jest.integration.config.mjs';

export default {
  ...integration,
  testMatch: ['<rootDir>/__tests__/chain/**/*.test.ts'],
  testTimeout: 1_500_000,
};
