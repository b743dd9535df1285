/**
 * From the start of a process to its first request to AWS, for this action, its command line, a bare request with node:http, and, where
 * its folder is given, another action. Milliseconds of wall time, and of CPU where the system tells (Linux).
 */
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { portOf } from './port.mjs'

const BARE = "require('node:http').request(process.env.AWS_ENDPOINT_URL).end()"
const NAMES = { INPUT_CLUSTER: 'c', INPUT_SERVICE: 's' }

/** @param {{ node: string, rounds: number, place: string, peer?: string }} options `peer`: a folder with `dist/index.js`. */
export async function firstRequests({ node, rounds, place, peer }) {
  const definition = join(place, 'task-definition.json')
  await writeFile(definition, JSON.stringify({ family: 'bench', containerDefinitions: [] }))
  const programs = {
    bare: [['-e', BARE], {}],
    action: [['dist/index.js'], { ...NAMES, INPUT_MODE: 'preflight' }],
    commandLine: [['dist/cli/index.js', 'preflight', '--cluster', 'c', '--service', 's'], {}],
    // What amazon-ecs-deploy-task-definition needs to send anything at all.
    ...(peer === undefined
      ? {}
      : { peer: [[join(peer, 'dist/index.js')], { ...NAMES, 'INPUT_TASK-DEFINITION': definition }] }),
  }
  /** @type {Record<string, { wallMs: number, cpuMs: number | null }[]>} */
  const runs = Object.fromEntries(Object.keys(programs).map((name) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const [name, [argv, inputs]] of Object.entries(programs))
      runs[name].push(await untilRequest(node, argv, inputs))
  }
  return runs
}

/** @returns {Promise<{ wallMs: number, cpuMs: number | null }>} */
function untilRequest(node, argv, inputs) {
  return new Promise((resolve) => {
    /** @type {import('node:child_process').ChildProcess} */
    let child
    let start = 0
    const server = createServer(() => {
      const wallMs = performance.now() - start
      const cpuMs = cpuOf(child.pid)
      child.kill('SIGKILL')
      server.close()
      server.closeAllConnections()
      resolve({ wallMs, cpuMs })
    })
    server.listen(0, '127.0.0.1', () => {
      const env = {
        PATH: process.env.PATH,
        // Nothing is kept between runs.
        CI: 'true',
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'simulated',
        AWS_SECRET_ACCESS_KEY: 'simulated',
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_ENDPOINT_URL: `http://127.0.0.1:${portOf(server)}`,
        ...inputs,
      }
      start = performance.now()
      child = spawn(node, argv, { env, stdio: 'ignore' })
    })
  })
}

/** Of all its threads; null where no file tells. */
function cpuOf(pid) {
  try {
    const threads = readdirSync(`/proc/${pid}/task`)
    const times = threads.map((id) => Number(readFileSync(`/proc/${pid}/task/${id}/schedstat`, 'utf8').split(' ')[0]))
    return times.reduce((sum, time) => sum + time) / 1e6
  } catch {
    return null
  }
}
