import unit from './jest.config.mjs';

// The tests of constructs and stacks, with cdktn in the place of cdktf: see __tests__/integration/successor.test.ts.
export default {
  ...unit,
  coverageThreshold: undefined,
  moduleNameMapper: { '^cdktf$': 'cdktn', '^cdktf/(.*)$': 'cdktn/$1' },
};
