/** Runs what was built as a user does: the command line on the Node under test (NODE_UNDER_TEST), the action on the Node of actions. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { INPUT_NAMES, inputOf } from '../../src/inputs/table.ts'
import { built } from './built.ts'

export const DIST = built()
export const CLI = join(DIST, 'cli/index.js')
export const ACTION = join(DIST, 'index.js')
/** `using: node24` in action.yml; the tests run on the same. */
function nodeFor(script: string): string {
  return script === ACTION ? process.execPath : (process.env['NODE_UNDER_TEST'] ?? process.execPath)
}

/** Every Node that the machine offers: the one of the tests, the one under test, and those on the path. */
export const NODES: readonly string[] = [
  ...new Map(
    [
      process.execPath,
      process.env['NODE_UNDER_TEST'] ?? '',
      ...(process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'node')),
    ]
      .filter((path) => path !== '' && existsSync(path))
      .map((path) => [versionOf(path), path] as const),
  ).values(),
]

function versionOf(node: string): string {
  return spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout
}

/** Nothing of the machine's own AWS or colours leaks in. */
export const BARE: NodeJS.ProcessEnv = {
  PATH: process.env['PATH'],
  HOME: '/nonexistent',
  NODE_DISABLE_COMPILE_CACHE: '1',
  AWS_EC2_METADATA_DISABLED: 'true',
}

export interface Ended {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Running {
  /** Resolves with the match as soon as standard output or standard error shows it. */
  readonly says: (pattern: RegExp) => Promise<RegExpExecArray>
  readonly interrupt: (signal?: 'SIGINT' | 'SIGHUP') => void
  readonly ended: Promise<Ended>
}

export function start(
  script: string,
  argv: readonly string[],
  env: NodeJS.ProcessEnv = {},
  input = '',
  { node = nodeFor(script), cwd = process.cwd() }: { readonly node?: string; readonly cwd?: string } = {},
): Running {
  const child = spawn(node, [resolve(script), ...argv], { cwd, env: { ...BARE, ...env }, stdio: 'pipe' })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (exitCode) => resolve({ exitCode, stdout, stderr }))
  })
  const says = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(stdout) ?? pattern.exec(stderr)
        if (found !== null) resolve(found)
      }
      for (const stream of [child.stdout, child.stderr]) stream.on('data', look)
      look()
      child.once('close', () => reject(new Error(`ended without saying ${pattern}: ${stdout}${stderr}`)))
    })
  return { says, interrupt: (signal = 'SIGINT') => child.kill(signal), ended }
}

export function run(...started: Parameters<typeof start>): Promise<Ended> {
  return start(...started).ended
}

export function temporary(): string {
  return mkdtempSync(join(tmpdir(), 'ecs-pull-guard-test-'))
}

/** A job's environment as GitHub's runner makes it (every input of action.yml is set, empty ones too), and the files that it reads afterwards. */
export function jobOf(inputs: Readonly<Record<string, string>>) {
  const place = temporary()
  const files = { GITHUB_OUTPUT: join(place, 'outputs'), GITHUB_STEP_SUMMARY: join(place, 'summary') }
  for (const file of Object.values(files)) writeFileSync(file, '')
  const given = INPUT_NAMES.filter((name) => inputOf(name).frontend !== 'cli').map((name) => {
    return [`INPUT_${name.toUpperCase()}`, inputs[name] ?? inputOf(name).default ?? '']
  })
  const env: NodeJS.ProcessEnv = {
    ...Object.fromEntries(given),
    ...files,
    GITHUB_ACTIONS: 'true',
    RUNNER_TEMP: place,
  }
  const read = () => ({
    outputs: outputsIn(readFileSync(files.GITHUB_OUTPUT, 'utf8')),
    summary: readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8'),
  })
  return { env, read }
}

function outputsIn(file: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...file.matchAll(/^(.+)<<(.+)\n([\s\S]*?)\n?\2$/gm)].map(([, name, , value]) => [name, value]),
  )
}

/** What the SDK needs to talk to loopback. */
export function awsAt(url: string, region = 'ap-northeast-2'): NodeJS.ProcessEnv {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: 'simulated',
    AWS_SECRET_ACCESS_KEY: 'simulated',
  }
}
