/**
 * Plays the Seoul case: writes its world to a folder, serves that as AWS on loopback, runs the built action against it as
 * GitHub's runner would, and prints what the job would show. `npm run demo -- ko` plays it in Korean.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CLUSTER, REGION, SERVICE } from './seoul/names.mjs'
import { writeSeoul } from './seoul.mjs'

const language = process.argv.includes('ko') ? 'ko' : 'en'
const place = await mkdtemp(join(tmpdir(), 'ecs-pull-guard-demo-'))
const files = { summary: join(place, 'summary.md'), outputs: join(place, 'outputs.txt') }
await writeSeoul(join(place, 'seoul'))
await Promise.all(Object.values(files).map((file) => writeFile(file, '')))

const simulator = spawn(process.execPath, ['dist/cli/index.js', 'simulate', join(place, 'seoul')], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
try {
  const action = await run(await endpointOf(simulator))
  const [summary, outputs] = await Promise.all([readFile(files.summary, 'utf8'), readFile(files.outputs, 'utf8')])
  title('The job log')
  console.log(action.log.trimEnd())
  title('The job summary')
  console.log(summary.trimEnd())
  title('What lies where')
  console.log(
    `job summary   ${files.summary}\noutputs       ${files.outputs}\nreports       ${folderIn(outputs) ?? '(none)'}`,
  )
  console.log(
    `the world     ${join(place, 'seoul')}\nexit code     ${action.exitCode} (the step fails: a blocker was found)`,
  )
  // The case is known: a demonstration that finds nothing has failed.
  process.exitCode = action.exitCode === 1 ? 0 : 1
} finally {
  simulator.kill()
}

/** The runner's environment and nothing of ours: every input of action.yml is set, empty where nobody gave a value. */
async function run(endpoint) {
  const env = {
    PATH: process.env.PATH,
    HOME: place,
    RUNNER_TEMP: place,
    GITHUB_ACTIONS: 'true',
    GITHUB_OUTPUT: files.outputs,
    GITHUB_STEP_SUMMARY: files.summary,
    ...Object.fromEntries((await inputNames()).map((name) => [`INPUT_${name.toUpperCase()}`, ''])),
    INPUT_CLUSTER: CLUSTER,
    INPUT_SERVICE: SERVICE,
    INPUT_LANGUAGE: language,
    NO_COLOR: process.stdout.isTTY ? '' : '1',
    AWS_REGION: REGION,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'simulated',
    AWS_SECRET_ACCESS_KEY: 'simulated',
    AWS_EC2_METADATA_DISABLED: 'true',
  }
  const child = spawn(process.execPath, ['dist/index.js'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let log = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      log += text
    })
  }
  const exitCode = await new Promise((resolve) => child.once('close', resolve))
  return { log, exitCode }
}

async function inputNames() {
  const [inputs = ''] = (await readFile('action.yml', 'utf8')).split(/^outputs:/m)
  return [...inputs.matchAll(/^ {2}([a-z-]+):$/gm)].map(([, name]) => name)
}

/** `simulate` prints how to point tools at it. */
function endpointOf(child) {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (text) => {
      said += text
      const [, url] = /AWS_ENDPOINT_URL=(\S+)/.exec(said) ?? []
      if (url !== undefined) resolve(url)
    })
    child.once('exit', (code) =>
      reject(new Error(`The simulator ended with ${code}. Has dist/ been built (npm run bundle)?`)),
    )
  })
}

/** Outputs stand in the file as `name<<mark`, the value, `mark`. */
function folderIn(outputs) {
  return /^report<<(.*)\n([\s\S]*?)\n\1$/m.exec(outputs)?.[2]
}

function title(text) {
  console.log(`\n${'─'.repeat(4)} ${text} ${'─'.repeat(Math.max(4, 90 - text.length))}\n`)
}
