// Tests run as ES modules on the project's own Node; `test/support/strip-types.mjs` removes the types.
export default {
  testEnvironment: '<rootDir>/test/support/plain-globals.mjs',
  testSequencer: '<rootDir>/test/support/processes-first.mjs',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/cdk.out/'],
  modulePathIgnorePatterns: ['<rootDir>/cdk.out', '<rootDir>/.tocsin'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/test/support/strip-types.mjs' },
  testTimeout: 30_000,
  // On two cores the default is one worker.
  maxWorkers: '100%',
};
