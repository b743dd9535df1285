/**
 * A live preflight of the built program while AWS throttles a share of all calls: how long it takes, and what it says.
 *
 *     node scripts/bench/throttled.ts [SHARE …]
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeSeoul } from '../../simulator/seoul/files.ts'
import { CLUSTER, REGION, SERVICE } from '../../simulator/seoul/names.ts'
import { startSimulator } from '../../simulator/start.ts'

const CLI = 'dist/cli/index.js'

const shares = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [0, 0.3, 0.6, 0.6, 0.9]
const folder = await mkdtemp(join(tmpdir(), 'ecs-pull-guard-throttled-'))
try {
  await writeSeoul(folder, { healthy: true })
  for (const [run, share] of shares.entries()) console.log(JSON.stringify(await throttled(share, run)))
} finally {
  await rm(folder, { recursive: true })
}

/** `run`: each draws other calls. */
async function throttled(share: number, run: number) {
  const idle = Array.from({ length: run }, () => ({ on: 'none:None', kind: 'throttled' }) as const)
  const simulator = await startSimulator({ folder, faults: [...idle, { on: '*', kind: 'throttled', share }] })
  const began = performance.now()
  const child = spawn(
    process.execPath,
    [CLI, 'preflight', '--cluster', CLUSTER, '--service', SERVICE, '--format', 'json'],
    {
      stdio: 'pipe',
      env: {
        PATH: process.env['PATH'],
        CI: 'true',
        AWS_ENDPOINT_URL: simulator.url,
        AWS_REGION: REGION,
        AWS_ACCESS_KEY_ID: 'simulated',
        AWS_SECRET_ACCESS_KEY: 'simulated',
        AWS_EC2_METADATA_DISABLED: 'true',
      },
    },
  )
  let [out, said] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const [exitCode] = await once(child, 'close')
  const seconds = Math.round((performance.now() - began) / 100) / 10
  const requests = simulator.requests().length
  await simulator.stop()
  if (exitCode === 2) return { share, seconds, requests, exitCode, said }
  const { verdict, unknowns } = JSON.parse(out)
  return { share, seconds, requests, exitCode, verdict, unknowns: unknowns.length, first: unknowns[0]?.because }
}
