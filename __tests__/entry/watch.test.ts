/** The built program follows rollouts that play on loopback, in real time. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { folderOf, scenarioNamed } from '../../scripts/scenarios.ts'
import { type Simulator, startSimulator } from '../../simulator/start.ts'
import { ACTION, awsAt, CLI, type Ended, jobOf, NODES, run, start, temporary } from './program.ts'

jest.setTimeout(120_000)

const SERVICE = { cluster: 'cluster-nestjs-second', service: 'role-nestjs-second-service' }
const ARGUMENTS = ['--cluster', SERVICE.cluster, '--service', SERVICE.service]

const simulators: Simulator[] = []

async function playing(name: string, speed: number): Promise<NodeJS.ProcessEnv> {
  const simulator = await startSimulator({ files: folderOf(name), scenario: scenarioNamed(name), speed })
  simulators.push(simulator)
  return awsAt(simulator.url)
}

afterAll(() => Promise.all(simulators.map((simulator) => simulator.stop())))

function rolloutIn({ stdout }: Ended) {
  const { verdict, rollout, mode } = JSON.parse(stdout)
  return { mode, verdict, phase: rollout.phase, failed: rollout.tasks.failed }
}

const job = () => jobOf({ ...SERVICE, mode: 'watch', comment: 'never' })

/** The plays that take their time, side by side. */
let played: { readonly clean: Ended; readonly late: Ended; readonly failed: Ended }
const folder = join(temporary(), 'report')
const failing = job()

beforeAll(async () => {
  const argv = ['watch', ...ARGUMENTS, '--format', 'json']
  const budget = ['--wait-for-minutes', '0.05', '--language', 'ko']
  const [clean, late, failed] = await Promise.all([
    playing('clean', 60).then((env) => run(CLI, [...argv, '--output', folder], env)),
    playing('stuck', 1).then((env) => run(CLI, [...argv, ...budget], env)),
    playing('image-not-found', 60).then((env) => run(ACTION, [], { ...failing.env, ...env })),
  ])
  played = { clean, late, failed }
})

describe('on the command line', () => {
  test('a steady rollout ends with 0; standard output is JSON, and what happens is told on standard error', () => {
    const { clean } = played
    expect(clean.exitCode).toBe(0)
    expect(rolloutIn(clean)).toMatchObject({ mode: 'watch', phase: 'steady', failed: 0 })
    expect(clean.stderr).toMatch(/Watching cluster-nestjs-second \/ role-nestjs-second-service/)
    expect(clean.stderr).toMatch(/ecs-svc\/\d+/)
  })

  test('the tape, played again, gives the same files byte for byte', async () => {
    const again = join(temporary(), 'again')
    const tape = join(folder, 'tape.ndjson')
    const replayed = await run(CLI, ['watch', '--replay', tape, '--format', 'json', '--output', again])
    expect([replayed.exitCode, replayed.stdout]).toEqual([0, played.clean.stdout])
    for (const name of ['report.json', 'report.md', 'report.html', 'report.sarif', 'report.junit.xml'])
      expect([name, readFileSync(join(again, name), 'utf8')]).toEqual([name, readFileSync(join(folder, name), 'utf8')])
  })

  test('a tape whose last line was cut is played as far as it goes', async () => {
    const cut = join(temporary(), 'tape.ndjson')
    const text = readFileSync(join(folder, 'tape.ndjson'), 'utf8')
    writeFileSync(cut, text.slice(0, text.lastIndexOf('\n', text.length - 2) + 20))
    const { exitCode, stderr } = await run(CLI, ['watch', '--replay', cut, '--format', 'json'])
    expect([0, 3]).toContain(exitCode)
    expect(stderr).toBe('')
  })

  test('Ctrl-C prints what is known, says that the rollout goes on, and ends with 3', async () => {
    const env = await playing('stuck', 1)
    const watching = start(CLI, ['watch', ...ARGUMENTS, '--format', 'json'], env)
    await watching.says(/ecs-svc\/\d+/)
    watching.interrupt()
    const cancelled = await watching.ended
    expect([cancelled.exitCode, rolloutIn(cancelled).phase]).toEqual([3, 'cancelled'])
    expect(cancelled.stderr).toContain('The rollout goes on')
  })

  test('a closed terminal, whoever tells of it how often, leaves the whole report in the folder and ends with 3', async () => {
    const kept = join(temporary(), 'closed')
    const env = await playing('stuck', 1)
    const watching = start(CLI, ['watch', ...ARGUMENTS, '--output', kept], env)
    await watching.says(/ecs-svc\/\d+/)
    watching.interrupt('SIGHUP')
    await watching.says(/The rollout goes on|the rollout goes on/)
    watching.interrupt('SIGHUP')
    expect((await watching.ended).exitCode).toBe(3)
    const report = JSON.parse(readFileSync(join(kept, 'report.json'), 'utf8'))
    expect(report.rollout.phase).toBe('cancelled')
    expect(readdirSync(kept)).toEqual(expect.arrayContaining(['report.html', 'report.md', 'tape.ndjson']))
  })

  test('the budget ends it with 3, and fractions of a minute are fine', () => {
    const { late } = played
    expect([late.exitCode, rolloutIn(late).phase]).toEqual([3, 'timed-out'])
    expect(late.stderr).toMatch(/[가-힣]/)
  })

  test.each([
    [['watch', '--region', 'ap-northeast-2'], '`--service`'],
    [['watch', ...ARGUMENTS, '--wait-for-minutes', '0'], '`--wait-for-minutes` takes a number above 0'],
    [['watch', ...ARGUMENTS, '--slow-after', 'soon'], '`--slow-after` takes a number above 0'],
    [['watch', ...ARGUMENTS, '--region', 'ap-northeast-2', '--task-definition', './td.json'], 'not a file'],
    [['watch', ...ARGUMENTS, '--region', 'ap-northeast-2', '--ignore', 'no-such-check'], 'no-such-check'],
    [['watch', '--replay', '/nonexistent/tape.ndjson'], '/nonexistent/tape.ndjson'],
    [['watch', '--replay', 'package.json'], 'tape.ndjson of an earlier watch'],
    [['watch', ...ARGUMENTS, '--region', 'ap-northeast-2', '--output', '/dev/null/x'], '`--output` takes a folder'],
    [['simulate'], 'a scenario to play'],
    [['simulate', '--scenario', 'package.json'], 'The scenario package.json is wrong at'],
  ])('%j is refused in one sentence', async (argv, named) => {
    const { exitCode, stdout, stderr } = await run(CLI, argv)
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toContain(named)
    expect(stderr.trimEnd()).not.toContain('\n')
  })

  test('a service that is not there is refused with the names that are', async () => {
    const env = await playing('clean', 1)
    const { exitCode, stderr } = await run(CLI, ['watch', '--cluster', SERVICE.cluster, '--service', 'nope'], env)
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(SERVICE.service)])
  })
})

describe('as an action', () => {
  test('the step fails for a rollout that fails, and tells the job why', () => {
    const { exitCode, stdout } = played.failed
    expect(exitCode).toBe(1)
    expect(stdout).toMatch(/^::error /m)
    const { outputs, summary } = failing.read()
    expect(outputs['verdict']).toBe('fail')
    expect(outputs['service-deployment-arn']).toMatch(/^arn:aws:ecs:/)
    expect(existsSync(join(outputs['report'] ?? '', 'tape.ndjson'))).toBe(true)
    expect(summary).toContain('not found')
  })

  test('a job that is cancelled still has its summary and outputs, and the step ends with 3', async () => {
    const { env, read } = job()
    const watching = start(ACTION, [], { ...env, ...(await playing('stuck', 1)) })
    await watching.says(/ecs-svc\/\d+/)
    watching.interrupt()
    const { exitCode, stdout } = await watching.ended
    expect(exitCode).toBe(3)
    expect(stdout).toContain('The job is being cancelled.')
    const { outputs, summary } = read()
    expect(outputs['verdict']).toBe('unknown')
    expect(summary).toContain('The rollout goes on')
  })
})

describe.each(NODES)('on %s', (node) => {
  test('standard error holds what the watch says and nothing of Node', async () => {
    const env = await playing('clean', 60)
    const own = job()
    const [cli, action] = await Promise.all([
      start(CLI, ['watch', ...ARGUMENTS, '--format', 'json'], env, '', { node }).ended,
      start(ACTION, [], { ...own.env, ...env }, '', { node }).ended,
    ])
    expect([cli.exitCode, action.exitCode]).toEqual([0, 0])
    const lines = cli.stderr.trimEnd().split('\n')
    expect(lines.filter((line) => !/^\[\d+:\d\d\] /.test(line))).toEqual([])
    expect(lines.length).toBeGreaterThan(2)
    expect(action.stderr).toBe('')
  })
})
