/**
 * Measures what users wait for, and prints JSON: start-up against an empty Node, the first request to AWS, a live preflight with 80 ms
 * added to every answer, the path engine on a large VPC, the watch on simulated rollouts (scripts/bench/), and the memory of `explain --lines`. Commands take turns, so
 * that a busy machine burdens all of them; medians count.
 *
 *     npm run bench -- [--node PATH] [--connection-ms N] [--peer DIR]
 *
 * `--node`: another Node to run the built program with. `--connection-ms`: what every new connection costs, as TCP and TLS do.
 * `--peer`: a checkout of another action, whose `dist/index.js` is started beside ours.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { sequentialRounds } from '../simulator/rounds.ts'
import { writeSeoul } from '../simulator/seoul/files.ts'
import { CLUSTER, REGION, SERVICE } from '../simulator/seoul/names.ts'
import { startSimulator } from '../simulator/start.ts'
import { explainLines } from './bench/explain-lines.ts'
import { firstRequests } from './bench/first-request.mjs'
import { portOf } from './bench/port.mjs'

const { values: given } = parseArgs({
  options: {
    node: { type: 'string', default: process.execPath },
    'connection-ms': { type: 'string', default: '0' },
    peer: { type: 'string' },
  },
})
const ROUNDS = { startUp: 21, firstRequest: 15, live: 7, engine: 5 }
const LATENCY_MS = 80
const CLI = 'dist/cli/index.js'
const PREFLIGHT = [CLI, 'preflight', '--cluster', CLUSTER, '--service', SERVICE]

const place = await mkdtemp(join(tmpdir(), 'ecs-pull-guard-bench-'))
await writeSeoul(place)
try {
  console.log(
    JSON.stringify(
      {
        node: (await timed(['--version'])).output.trim(),
        startUp: await startUp(),
        firstRequest: await firstRequest(),
        live: await live(),
        engine: await engine(),
        repair: JSON.parse((await timed(['scripts/bench/repair.mjs'], process.env, process.execPath)).output),
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

/** Ratios to the peer, or to a bare request where there is none. */
async function firstRequest() {
  const { node, peer } = given
  const runs = await firstRequests({ node, rounds: ROUNDS.firstRequest, place, peer })
  const of = (name, key) => median(runs[name].map((run) => run[key]))
  const base = peer === undefined ? 'bare' : 'peer'
  const told = Object.keys(runs).map((name) => [
    name,
    {
      wallMs: of(name, 'wallMs'),
      cpuMs: of(name, 'cpuMs'),
      wallRatio: round2(of(name, 'wallMs') / of(base, 'wallMs')),
      cpuRatio: round2(of(name, 'cpuMs') / of(base, 'cpuMs')),
    },
  ])
  return { ratioTo: base, ...Object.fromEntries(told) }
}

/** A simulator for each run, so that requests are counted per run. */
async function live() {
  const runs = []
  for (let round = 0; round < ROUNDS.live; round++) {
    const simulator = await startSimulator({ folder: place, latencyMs: LATENCY_MS })
    const door = await slowDoor(simulator.port)
    const env = {
      PATH: process.env.PATH,
      // Nothing is kept between runs.
      CI: 'true',
      AWS_ENDPOINT_URL: `http://127.0.0.1:${portOf(door)}`,
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: 'simulated',
      AWS_SECRET_ACCESS_KEY: 'simulated',
      AWS_EC2_METADATA_DISABLED: 'true',
    }
    const { ms, exitCode } = await timed(PREFLIGHT, env)
    const requests = simulator.requests()
    door.close()
    await simulator.stop()
    if (exitCode !== 1) throw new Error(`The Seoul case was to fail with 1, and ended with ${exitCode}`)
    const spanMs =
      Math.max(...requests.map((one) => one.answeredAt ?? one.at)) - Math.min(...requests.map((one) => one.at))
    runs.push({ ms, spanMs, calls: requests.length, rounds: sequentialRounds(requests) })
  }
  const spanMs = median(runs.map((run) => run.spanMs))
  return {
    addedLatencyMs: LATENCY_MS,
    connectionMs: Number(given['connection-ms']),
    wallMs: median(runs.map(({ ms }) => ms)),
    spanMs,
    bestSpanMs: round2(Math.min(...runs.map((run) => run.spanMs))),
    spanRatio: round2(spanMs / (3 * LATENCY_MS)),
    sequentialRounds: Math.max(...runs.map(({ rounds }) => rounds)),
    calls: Math.max(...runs.map(({ calls }) => calls)),
  }
}

/** Lets every new connection wait before anything of it is read. */
async function slowDoor(port) {
  const door = createServer({ pauseOnConnect: true }, (socket) => {
    setTimeout(() => {
      const onward = connect(port, '127.0.0.1')
      socket.on('error', () => onward.destroy()).pipe(onward)
      onward.on('error', () => socket.destroy()).pipe(socket)
    }, Number(given['connection-ms']))
  })
  await once(door.listen(0, '127.0.0.1'), 'listening')
  return door
}

async function engine() {
  const vpc = '200 subnets, 60 endpoints, 500 security groups, 5,000 rules, 20 route tables'
  return { vpc, service: await engineOver([]), everySubnet: await engineOver(['all']) }
}

async function engineOver(argv) {
  const runs = []
  for (let round = 0; round < ROUNDS.engine; round++)
    runs.push(JSON.parse((await timed(['scripts/bench/engine.mjs', ...argv], process.env, process.execPath)).output))
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
  return JSON.parse((await timed(['--no-warnings', 'scripts/bench/rollout.mjs'], process.env, process.execPath)).output)
}

/** Wall time from before the process starts until it has ended. */
function timed(argv, env = process.env, node = given.node) {
  const start = performance.now()
  const child = spawn(node, argv, { env, stdio: ['ignore', 'pipe', 'inherit'] })
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
