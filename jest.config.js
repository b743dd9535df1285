/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {},
  maxWorkers: '100%',
  setupFiles: ['<rootDir>/__tests__/seed.ts'],
}
