import { existsSync } from 'node:fs'

// What is printed is proved with Python tools that `.ci/run` installs; without them a newcomer's first run is told, and goes on.
const leftOut = existsSync('.venv/bin/python') || process.env.CI === 'true' ? [] : ['<rootDir>/__tests__/proof/']
if (leftOut.length > 0) {
  console.error('__tests__/proof is left out: it needs the tools that `bash .ci/run` installs into .venv.')
}

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/(build|dist|\\.venv)/'],
  testPathIgnorePatterns: ['/node_modules/', ...leftOut],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {},
  // A busy machine is no fault of the program: nothing here waits for so long by itself.
  testTimeout: 60_000,
  maxWorkers: '100%',
  workerIdleMemoryLimit: '1GB',
  reporters: ['<rootDir>/scripts/test-reporter.mjs'],
  setupFiles: ['<rootDir>/__tests__/seed.ts'],
}
