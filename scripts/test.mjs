/** Runs jest on the project's Node 24 and closes with one line that says how many tests passed. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folder = mkdtempSync(join(tmpdir(), 'ecs-pull-guard-'))
const results = join(folder, 'results.json')
const jest = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js']
const run = spawnSync('node', [...jest, '--json', `--outputFile=${results}`, ...process.argv.slice(2)], {
  stdio: ['inherit', 'ignore', 'inherit'],
})
try {
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(results, 'utf8'))
  console.log(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`)
} catch {
  console.error('jest ended without a result file')
}
rmSync(folder, { recursive: true, force: true })
process.exitCode = run.status ?? 1
