/**
 * Measures what users wait for, and prints JSON: start-up against an empty Node, a live preflight with 80 ms added to every
 * answer, the path engine on a large VPC, the watch on simulated rollouts (scripts/bench/rollout.mjs), and the memory of `explain --lines`. Commands take turns, so that a busy machine burdens all of them; medians count.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sequentialRounds } from '../simulator/rounds.ts'
import { writeSeoul } from '../simulator/seoul/files.ts'
import { CLUSTER, REGION, SERVICE } from '../simulator/seoul/names.ts'
import { startSimulator } from '../simulator/start.ts'
import { explainLines } from './bench/explain-lines.ts'

const ROUNDS = { startUp: 21, live: 7, engine: 5 }
const LATENCY_MS = 80
const CLI = 'dist/cli/index.js'
const PREFLIGHT = [CLI, 'preflight', '--cluster', CLUSTER, '--service', SERVICE]

const place = await mkdtemp(join(tmpdir(), 'ecs-pull-guard-bench-'))
await writeSeoul(place)
try {
  console.log(
    JSON.stringify(
      {
        node: process.version,
        startUp: await startUp(),
        live: await live(),
        engine: await engine(),
        rollout: await rollout(),
        explainLines: [await explainLines(CLI, 10_000), await explainLines(CLI, 100_000)],
      },
      null,
      2,
    ),
  )
} finally {
  await rm(place, { recursive: true })
}

async function startUp() {
  const commands = {
    empty: ['-e', '0'],
    version: [CLI, '--version'],
    snapshotPreflight: [...PREFLIGHT, '--snapshot', place],
  }
  const times = { empty: [], version: [], snapshotPreflight: [] }
  for (let round = 0; round < ROUNDS.startUp; round++) {
    for (const [name, argv] of Object.entries(commands)) times[name].push((await timed(argv)).ms)
  }
  const [emptyMs, versionMs, snapshotPreflightMs] = Object.values(times).map(median)
  return {
    emptyMs,
    versionMs,
    snapshotPreflightMs,
    versionRatio: round2(versionMs / emptyMs),
    snapshotPreflightRatio: round2(snapshotPreflightMs / emptyMs),
  }
}

/** A simulator for each run, so that requests are counted per run. */
async function live() {
  const runs = []
  for (let round = 0; round < ROUNDS.live; round++) {
    const simulator = await startSimulator({ folder: place, latencyMs: LATENCY_MS })
    const env = {
      PATH: process.env.PATH,
      AWS_ENDPOINT_URL: simulator.url,
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: 'simulated',
      AWS_SECRET_ACCESS_KEY: 'simulated',
      AWS_EC2_METADATA_DISABLED: 'true',
    }
    const { ms, exitCode } = await timed(PREFLIGHT, env)
    const requests = simulator.requests()
    await simulator.stop()
    if (exitCode !== 1) throw new Error(`The Seoul case was to fail with 1, and ended with ${exitCode}`)
    runs.push({ ms, calls: requests.length, rounds: sequentialRounds(requests) })
  }
  return {
    addedLatencyMs: LATENCY_MS,
    wallMs: median(runs.map(({ ms }) => ms)),
    sequentialRounds: Math.max(...runs.map(({ rounds }) => rounds)),
    calls: Math.max(...runs.map(({ calls }) => calls)),
  }
}

async function engine() {
  const vpc = '200 subnets, 60 endpoints, 500 security groups, 5,000 rules, 20 route tables'
  return { vpc, service: await engineOver([]), everySubnet: await engineOver(['all']) }
}

async function engineOver(argv) {
  const runs = []
  for (let round = 0; round < ROUNDS.engine; round++)
    runs.push(JSON.parse((await timed(['scripts/bench/engine.mjs', ...argv])).output))
  const { subnets, paths, outcomes } = runs[0]
  return {
    subnets,
    firstMs: median(runs.map(({ firstMs }) => firstMs)),
    laterMs: median(runs.map(({ laterMs }) => laterMs)),
    paths,
    outcomes,
  }
}

/** Of simulated time, so that one run tells all. */
async function rollout() {
  return JSON.parse((await timed(['--no-warnings', 'scripts/bench/rollout.mjs'])).output)
}

/** Wall time from before the process starts until it has ended. */
function timed(argv, env = process.env) {
  const start = performance.now()
  const child = spawn(process.execPath, argv, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text
  })
  return new Promise((resolve) => {
    child.once('close', (exitCode) => resolve({ ms: performance.now() - start, exitCode, output }))
  })
}

function median(values) {
  return round2(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)])
}

function round2(value) {
  return Math.round(value * 100) / 100
}
