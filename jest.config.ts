import type { Config } from 'jest';

const config: Config = {
  roots: ['<rootDir>/shared', '<rootDir>/services'],
  testMatch: ['**/*.test.ts'],
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/shared/src/testing/strip-types.ts' },
  globalSetup: '<rootDir>/services/sandbox/src/redis/jest-setup.ts',
  globalTeardown: '<rootDir>/services/sandbox/src/redis/jest-teardown.ts',
  // Deliveries, retries and killed workers are awaited by signal; this is only the bound after which a test has failed.
  testTimeout: 30_000,
  maxWorkers: 2,
};

export default config;
