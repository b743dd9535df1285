/**
 * What the built program takes for a folder with far more of one thing than AWS permits: seconds, CPU seconds, peak memory, verdict.
 *
 *     node scripts/bench/bounds.ts [WORLD=COUNT …]
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LARGE_WORLDS, writeWorld } from './large-worlds.ts'

const CLI = 'dist/cli/index.js'
const KILLED_AFTER_MS = Number(process.env['KILL_MS'] ?? 120_000)

const MEASURE = `process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
  process.stderr.write('\\n' + JSON.stringify({ cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMiB: Math.round(maxRSS / 1024) }))
})`

const STANDARD: readonly (readonly [keyof typeof LARGE_WORLDS, number])[] = [
  ['ranges', 1_000_000],
  ['permissions', 300_000],
  ['groups', 50_000],
  ['aclEntries', 200_000],
  ['routes', 200_000],
  ['prefixes', 1_000_000],
  ['subnets', 5_000],
  ['tables', 5_000],
  ['endpoints', 20_000],
  ['containerName', 1_000_000],
  ['containers', 500],
  ['images', 500],
  ['secrets', 10_000],
  ['tasks', 10_000],
  ['statements', 20_000],
  ['pattern', 1_000_000],
]

const asked = process.argv.slice(2).map((one) => one.split('=') as [keyof typeof LARGE_WORLDS, string])
const rows = asked.length === 0 ? STANDARD : asked.map(([name, count]) => [name, Number(count)] as const)
for (const [name, count] of rows) {
  const folder = await mkdtemp(join(tmpdir(), 'ecs-pull-guard-bounds-'))
  try {
    await writeWorld(folder, LARGE_WORLDS[name](count))
    console.log(JSON.stringify({ world: name, count, ...(await measured(folder)) }))
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function measured(folder: string) {
  const began = performance.now()
  const measure = `data:text/javascript,${encodeURIComponent(MEASURE)}`
  const child = spawn(
    process.execPath,
    ['--import', measure, CLI, 'preflight', '--snapshot', folder, '--format', 'json'],
    {
      stdio: 'pipe',
      timeout: KILLED_AFTER_MS,
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
  if (exitCode === null) return { seconds, verdict: 'killed' }
  const end = said.lastIndexOf('\n')
  const report = exitCode === 2 ? { verdict: said.slice(0, 200) } : JSON.parse(out)
  return {
    seconds,
    ...JSON.parse(said.slice(end)),
    exitCode,
    verdict: report.verdict,
    outputMiB: Math.round(out.length / 2 ** 20),
    unknowns: report.unknowns
      ?.map((u: { check: string; because: string }) => `${u.check}: ${u.because.slice(0, 150)}`)
      .slice(0, 3),
    findings: report.findings?.map((f: { check: string }) => f.check).slice(0, 4),
  }
}
