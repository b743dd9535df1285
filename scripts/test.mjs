/**
 * Runs jest on the project's Node 24, with the arguments that it is given, in a temporary folder of its own that is gone afterwards
 * (browser profiles and all). `NIGHTLY=true` draws properties at length (__tests__/seed.ts).
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const NEEDED = 24

if (Number(process.versions.node.split('.')[0]) < NEEDED) {
  console.error(
    `The tests need Node ${NEEDED}, and this is ${process.version}. On Linux \`npm ci\` brings it and \`npm test\` finds it; elsewhere install it.`,
  )
  process.exitCode = 1
} else {
  const folder = mkdtempSync(join(tmpdir(), 'ecs-pull-guard-'))
  const jest = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js']
  const run = spawn(process.execPath, [...jest, ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit'],
    env: { ...process.env, TMPDIR: folder },
  })
  // Ctrl-C reaches jest as well; the folder goes when it has ended.
  process.on('SIGINT', () => {})
  run.once('close', (status) => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    process.exitCode = status ?? 1
  })
}
