/**
 * Plays the Seoul case in three acts, against AWS on loopback and as GitHub's runner would: the preflight that would have stopped it
 * (the built action); the rollout as it went, forty times as fast: two failed starts, the cause, the slow end; and the next rollout,
 * with the command of the report pasted. `npm run demo -- ko` plays it in Korean.
 */
import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CLUSTER, REGION, SERVICE } from './seoul/names.mjs'
import { writeSeoul } from './seoul.mjs'

const SPEED = 40
const language = process.argv.includes('ko') ? 'ko' : 'en'
const TITLES = {
  en: {
    preflight: 'Act 1: preflight, before the deployment. The job summary',
    incident: `Act 2: the same deployment, watched (${SPEED} times as fast). The job log`,
    summary: 'Its job summary, down to the steps',
    next: 'Act 3: the command is pasted, and the next deployment is watched. The job log',
    files: 'What lies where',
  },
  ko: {
    preflight: '1막: 배포 전의 사전 점검. 작업 요약',
    incident: `2막: 같은 배포를 관찰합니다(${SPEED}배 빠르게). 작업 로그`,
    summary: '작업 요약(단계 표 앞까지)',
    next: '3막: 해결 명령을 적용한 뒤의 다음 배포. 작업 로그',
    files: '파일 위치',
  },
}[language]

const place = await mkdtemp(join(tmpdir(), 'ecs-pull-guard-demo-'))
const [seoul, mended] = [join(place, 'seoul'), join(place, 'mended')]
await Promise.all([writeSeoul(seoul), writeSeoul(mended, { healthy: true })])

const preflight = await act('preflight', { world: [seoul], script: ['dist/index.js'] })
title(TITLES.preflight)
console.log(preflight.summary.trimEnd())

title(TITLES.incident)
const watch = ['--no-warnings', 'scripts/demo/watch.mjs', String(SPEED)]
const incident = await act('watch', { world: played(seoul, 'scripts/scenarios/seoul.json'), script: watch, live: true })
title(TITLES.summary)
console.log(headOf(incident.summary))

title(TITLES.next)
const next = await act('watch', { world: played(mended, await afterIncident()), script: watch, live: true })
title(TITLES.summary)
console.log(headOf(next.summary))

title(TITLES.files)
for (const { name, folder, report, exitCode } of [preflight, incident, next])
  console.log(`${name.padEnd(10)} exit code ${exitCode}   summary ${join(folder, 'summary.md')}   reports ${report}`)
console.log(`the worlds ${seoul}, ${mended}`)

// The case is known: a demonstration that ends otherwise has failed.
const ends = [preflight, incident, next].map(({ exitCode }) => exitCode)
process.exitCode = ends.join() === '1,0,0' ? 0 : 1

function played(folder, scenario) {
  return [folder, '--scenario', scenario, '--speed', String(SPEED)]
}

/** A rollout without faults, an hour after the one of act 2. */
async function afterIncident() {
  const clean = JSON.parse(await readFile('scripts/scenarios/clean.json', 'utf8'))
  const earlier = [
    { seconds: 938, endedHoursAgo: 1 },
    { seconds: 152, endedHoursAgo: 30 },
    { seconds: 141, endedHoursAgo: 78 },
  ]
  const file = join(place, 'next.json')
  await writeFile(file, JSON.stringify({ ...clean, earlier }))
  return file
}

/** One step of a job: a simulator with its world, and the action against it. */
async function act(mode, { world, script, live = false }) {
  const folder = join(place, `${mode}-${live ? world[0].split('/').at(-1) : 'before'}`)
  await mkdir(folder)
  const files = { summary: join(folder, 'summary.md'), outputs: join(folder, 'outputs.txt') }
  await Promise.all(Object.values(files).map((file) => writeFile(file, '')))
  const simulator = spawn(process.execPath, ['dist/cli/index.js', 'simulate', ...world], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const exitCode = await run(script, live, await environment(mode, folder, files, await endpointOf(simulator)))
    const [summary, outputs] = await Promise.all(Object.values(files).map((file) => readFile(file, 'utf8')))
    return { name: mode, folder, exitCode, summary, report: folderIn(outputs) ?? '(none)' }
  } finally {
    simulator.kill()
  }
}

/** The runner's environment and nothing of ours: every input of action.yml is set, empty where nobody gave a value. */
async function environment(mode, folder, { summary, outputs }, endpoint) {
  return {
    PATH: process.env.PATH,
    HOME: folder,
    RUNNER_TEMP: folder,
    GITHUB_ACTIONS: 'true',
    GITHUB_OUTPUT: outputs,
    GITHUB_STEP_SUMMARY: summary,
    ...Object.fromEntries((await inputNames()).map((name) => [`INPUT_${name.toUpperCase()}`, ''])),
    INPUT_MODE: mode,
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
}

/** `live` shows the job log as it comes, down to the report that the runner would fold. */
async function run(script, live, env) {
  const child = spawn(process.execPath, script, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  let isFolded = false
  child.stdout.setEncoding('utf8').on('data', (text) => {
    const [shown = ''] = text.split(/^::group::/m)
    if (live && !isFolded) process.stdout.write(shown)
    isFolded ||= /^::group::/m.test(text)
  })
  return new Promise((resolve) => child.once('close', resolve))
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

function headOf(summary) {
  return summary.slice(0, summary.search(/^### (Steps|단계)$/m)).trimEnd()
}

function title(text) {
  console.log(`\n${'─'.repeat(4)} ${text} ${'─'.repeat(Math.max(4, 90 - text.length))}\n`)
}
