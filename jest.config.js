/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/(build|dist|\\.venv)/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {},
  // A busy machine is no fault of the program: nothing here waits for so long by itself.
  testTimeout: 60_000,
  maxWorkers: '100%',
  workerIdleMemoryLimit: '1GB',
  reporters: ['<rootDir>/scripts/test-reporter.mjs'],
  setupFiles: ['<rootDir>/__tests__/seed.ts'],
}
