/** `probe` as a user runs it: the built command line, AWS on loopback, and a real shell at the other end of the session. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { ContainerSetting } from '../../simulator/exec/container-setting.ts'
import { execSessions } from '../../simulator/exec/sessions.ts'
import { type Item, isItem, itemsOf } from '../../simulator/item.ts'
import { CLUSTER, SERVICE } from '../../simulator/seoul/names.ts'
import type { SimulatorOptions } from '../../simulator/start.ts'
import {
  FIRST,
  imageWith,
  networkOf,
  OTHER,
  type ProbedOptions,
  probedFiles,
  SECOND,
  TASK,
} from '../commands/probe/probed-world.ts'
import { simulate } from '../simulator/simulate.ts'
import { ACTION, awsAt, CLI, jobOf, run, temporary } from './program.ts'

const SHELL = '/bin/sh'
const TIMES_OUT = 'echo "0.000000 0.000000"; exit 28'
const REFUSES = 'echo "0.000000 0.000000"; exit 7'
/** No endpoint and no NAT gateway leads there, in Seoul. */
const CLOSED = { ssmmessages: { address: '52.95.110.9', curl: TIMES_OUT } }
const GOOD = image(CLOSED)

type SettingOf = Parameters<typeof execSessions>[0]

function image(hosts: Parameters<typeof networkOf>[0], env: Readonly<Record<string, string>> = {}): ContainerSetting {
  return { shell: SHELL, env: { ...env, PATH: imageWith([], networkOf(hosts)) } }
}

async function started(settingOf: SettingOf, world: ProbedOptions, more: Partial<SimulatorOptions>) {
  const sessions = execSessions(settingOf)
  const simulator = await simulate({ files: probedFiles(world), exec: sessions, ...more })
  const isRead = (operation: string) => /^(Describe|List|Get|Batch|Simulate)/.test(operation)
  const writes = () => simulator.requests().flatMap(({ operation }) => (isRead(operation) ? [] : [operation]))
  return { sessions, simulator, writes }
}

interface Asked {
  readonly settingOf?: SettingOf
  readonly world?: ProbedOptions
  readonly more?: Partial<SimulatorOptions>
  readonly argv?: readonly string[]
}

/** With JSON, unless `argv` says otherwise. */
async function probed({ settingOf = () => GOOD, world = {}, more = {}, argv = [] }: Asked = {}) {
  const { sessions, simulator, writes } = await started(settingOf, world, more)
  const form = argv.includes('--format') ? [] : ['--format', 'json']
  const asked = ['probe', '--cluster', CLUSTER, '--service', SERVICE, ...form, ...argv]
  const { exitCode, stdout, stderr } = await run(CLI, asked, awsAt(simulator.url))
  const report = stdout.startsWith('{') ? JSON.parse(stdout) : null
  for (const token of sessions.tokens()) expect(stdout + stderr).not.toContain(token)
  return { exitCode, report, stdout, stderr, sessions, writes: writes() }
}

function attemptsOf(report: { probe: readonly Item[] }, destination: string, subnetId?: string): readonly Item[] {
  return report.probe.filter(
    (one) => one['destination'] === destination && (subnetId ?? one['subnetId']) === one['subnetId'],
  )
}

describe('what is seen', () => {
  test('every needed host answers from every subnet, as foretold: 0, and the only writes are a session in each task', async () => {
    const { exitCode, report, sessions, writes } = await probed()
    expect([exitCode, report.mode, report.verdict, report.notProbed]).toEqual([0, 'probe', 'pass', []])
    const needed = report.probe.filter(({ required }: Item) => required)
    expect(needed).toHaveLength(8)
    for (const attempt of needed)
      expect(attempt).toMatchObject({ connect: 'connected', by: 'curl', agrees: true, predicted: 'reachable' })
    expect(attemptsOf(report, 'ssmmessages')).toHaveLength(2)
    for (const attempt of attemptsOf(report, 'ssmmessages'))
      expect(attempt).toMatchObject({ connect: 'timed-out', agrees: true, predicted: 'blocked', required: false })
    expect(writes).toEqual(['ExecuteCommand', 'ExecuteCommand'])
    expect(sessions.joined()).toBe(2)
  })

  test('tells addresses of endpoints, public and private ones, and none, apart', async () => {
    const address = endpointAddress()
    const settingOf = () => image({ ...CLOSED, 'api.ecr': { address }, 'dkr.ecr': { address: '10.9.9.9' }, logs: {} })
    const { exitCode, report } = await probed({ settingOf })
    const is = (destination: string) => attemptsOf(report, destination, FIRST.id)[0]?.['is']
    expect([is('ecr-api'), is('ecr-dkr'), is('s3-layers'), is('logs')]).toEqual([
      'endpoint',
      'private',
      'public',
      'nothing',
    ])
    expect(attemptsOf(report, 'logs', FIRST.id)[0]).toMatchObject({
      connect: 'not-tried',
      agrees: false,
      resolvedTo: [],
    })
    expect(exitCode).toBe(1)
  })

  test('what preflight calls blocked is: 1, and the two agree', async () => {
    const settingOf: SettingOf = (task) =>
      task === OTHER.id ? image({ ...CLOSED, s3: { address: '52.219.1.1', curl: TIMES_OUT } }) : GOOD
    const { exitCode, report } = await probed({ settingOf, world: { healthy: false } })
    expect([exitCode, report.verdict, report.enforced]).toEqual([1, 'fail', true])
    expect(attemptsOf(report, 's3-layers', SECOND.id)).toMatchObject([
      { connect: 'timed-out', predicted: 'blocked', agrees: true },
    ])
    expect(attemptsOf(report, 's3-layers', FIRST.id)).toMatchObject([
      { connect: 'connected', predicted: 'reachable', agrees: true },
    ])
  })

  test('what preflight calls reachable refuses: 1, said loudly in every form', async () => {
    const settingOf: SettingOf = (task) =>
      task === TASK.id ? image({ ...CLOSED, logs: { address: '10.0.0.9', curl: REFUSES } }) : GOOD
    const { exitCode, report } = await probed({ settingOf })
    expect(exitCode).toBe(1)
    expect(attemptsOf(report, 'logs', FIRST.id)).toMatchObject([
      { connect: 'refused', predicted: 'reachable', agrees: false },
    ])
    expect(report.headline).toMatch(/^1 needed host did not answer/)
    for (const [format, word] of [
      ['text', 'otherwise'],
      ['markdown', '**otherwise**'],
      ['html', 'otherwise'],
    ] as const) {
      const { stdout, exitCode: again } = await probed({ settingOf, argv: ['--format', format] })
      expect([again, stdout.includes(word), stdout.includes('otherwise than preflight said')]).toEqual([1, true, true])
    }
    const { stdout } = await probed({ settingOf, argv: ['--format', 'text', '--language', 'ko'] })
    expect(stdout).toContain('preflight 판정과 다른 결과 1건')
  })

  test('what preflight calls blocked answers: 0, and said as loudly', async () => {
    const { exitCode, report } = await probed({ world: { healthy: false } })
    expect([exitCode, report.verdict]).toEqual([0, 'fail'])
    expect(attemptsOf(report, 's3-layers', SECOND.id)).toMatchObject([
      { connect: 'connected', predicted: 'blocked', agrees: false },
    ])
  })

  test('what preflight could not tell becomes a fact', async () => {
    const files = probedFiles()
    delete files['ec2/describe-route-tables.json']
    const { exitCode, report } = await probed({ more: { files } })
    expect(exitCode).toBe(0)
    for (const attempt of attemptsOf(report, 's3-layers'))
      expect(attempt).toMatchObject({ connect: 'connected', predicted: 'indeterminate', agrees: null })
    const { stdout } = await probed({ more: { files }, argv: ['--format', 'markdown'] })
    expect(stdout).toContain('**now known**')
  })

  test.each(['twice', 'out-of-order', 'torn'] as const)(
    'a channel whose messages come %s tells the same',
    async (fault) => {
      const { exitCode, report } = await probed({ settingOf: () => ({ ...GOOD, fault }) })
      expect([exitCode, report.notProbed, report.probe.length]).toEqual([0, [], 10])
    },
  )

  test('a container without a shell is passed over for one beside it: they share one network', async () => {
    const task = (one: Item): Item => {
      const [own = {}] = itemsOf(one['containers'])
      return { ...one, containers: [own, { ...own, name: 'sidecar' }] }
    }
    const settingOf: SettingOf = (_, container) => (container === 'sidecar' ? GOOD : { shell: null })
    const { exitCode, report, writes } = await probed({ settingOf, world: { task } })
    expect([exitCode, report.notProbed, writes.length]).toEqual([0, [], 4])
    const named = await probed({ settingOf, world: { task }, argv: ['--container', 'sidecar'] })
    expect([named.exitCode, named.writes.length]).toEqual([0, 2])
  })
})

describe('where it cannot be tried: 3, and what to switch on', () => {
  const RESTART = /^aws ecs update-service .*--enable-execute-command .*--force-new-deployment/s

  test.each<[string, string, Asked, RegExp | null]>([
    ['ECS Exec is off', 'exec-off', { world: { exec: false } }, RESTART],
    ['the agent does not run', 'agent-not-running', { world: { agent: 'STOPPED' } }, RESTART],
    ['the agent is not connected', 'not-connected', { settingOf: () => null }, RESTART],
    ['no container has a shell', 'no-shell', { settingOf: () => ({ shell: null }) }, null],
    [
      'the image has nothing to connect with',
      'no-tool',
      { settingOf: () => ({ shell: SHELL, env: { PATH: imageWith([], { getent: networkOf().getent }) } }) },
      null,
    ],
    ['the cluster encrypts sessions', 'encrypted', { world: { cluster: encrypted } }, null],
    ['the agent wants a key', 'encrypted', { settingOf: () => ({ ...GOOD, fault: 'encrypted' }) }, null],
    ['the caller may not', 'denied', { more: { faults: [{ on: 'ecs:ExecuteCommand', kind: 'denied' }] } }, null],
    ['ECS gives no answer', 'unsure', { more: { faults: [{ on: 'ecs:ExecuteCommand', kind: 'cut' }] } }, null],
    ['the channel breaks', 'cut-off', { settingOf: () => ({ ...GOOD, fault: 'cut-off' }) }, null],
    ['the service has no tasks', 'no-task', { world: { task: (one) => ({ ...one, lastStatus: 'PENDING' }) } }, null],
    ['tasks may not be listed', 'tasks-unread', { more: { faults: [{ on: 'ecs:ListTasks', kind: 'denied' }] } }, null],
  ])('%s', async (_, kind, asked, command) => {
    const { exitCode, report, writes } = await probed(asked)
    expect([exitCode, report.verdict]).toEqual([3, 'unknown'])
    expect(new Set(report.notProbed.map((one: Item) => one['kind']))).toEqual(new Set([kind]))
    for (const one of report.notProbed) {
      expect(one.remedy).not.toEqual([])
      if (command === null) expect(one.cli).toEqual([])
      else expect(one.cli.at(-1)).toMatch(command)
    }
    expect(new Set(writes)).toEqual(
      new Set(WITHOUT_SESSION.has(kind) && asked.settingOf === undefined ? [] : ['ExecuteCommand']),
    )
    // What is not known to have been done is not done again.
    if (kind === 'unsure') expect(writes).toHaveLength(2)
  })

  test('one subnet of two: what was tried is told, the other is named', async () => {
    const task = (one: Item, at: number): Item => (at === 1 ? { ...one, enableExecuteCommand: false } : one)
    const { exitCode, report } = await probed({ world: { task } })
    expect([exitCode, report.probe.length]).toEqual([3, 5])
    expect(report.notProbed).toMatchObject([{ subnetId: SECOND.id, taskId: OTHER.id, kind: 'exec-off' }])
  })

  test('a container that no task has is a wrong input', async () => {
    const { exitCode, stderr } = await probed({ argv: ['--container', 'nobody'] })
    expect([exitCode, stderr.includes('nobody'), stderr.includes('nestjs')]).toEqual([2, true, true])
  })
})

describe('what stays where it is', () => {
  const SECRET = 'hunter2-of-the-image'

  test('neither a token nor the environment of the container is in any output or file', async () => {
    const settingOf = () =>
      image(CLOSED, { DATABASE_PASSWORD: SECRET, HTTPS_PROXY: `http://user:${SECRET}@127.0.0.1:1` })
    const folder = temporary()
    const { exitCode, stdout, stderr, sessions } = await probed({ settingOf, argv: ['--output', folder] })
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
    // The report in its five forms, and the two scripts beside it.
    expect([exitCode, files.length, sessions.tokens().length]).toEqual([0, 7, 2])
    for (const secret of [SECRET, ...sessions.tokens()])
      for (const text of [stdout, stderr, ...files]) expect(text).not.toContain(secret)
  })

  test('the action says the same in the summary of the job, and no token to the log', async () => {
    const { simulator, sessions } = await started(() => GOOD, {}, {})
    const job = jobOf({ mode: 'probe', cluster: CLUSTER, service: SERVICE, comment: 'never' })
    const env = { ...job.env, ...awsAt(simulator.url), RUNNER_DEBUG: '1' }
    const { exitCode, stdout, stderr } = await run(ACTION, [], env)
    const { outputs, summary } = job.read()
    expect([exitCode, outputs['verdict']]).toEqual([0, 'pass'])
    expect(outputs['headline']).toContain('8 of 8')
    expect(summary).toContain('From inside the tasks')
    expect(stdout).toContain('::debug::ecs ExecuteCommand')
    for (const token of sessions.tokens())
      for (const text of [stdout, stderr, summary]) expect(text).not.toContain(token)
  })
})

test('a step of the action goes on where it could not be tried', async () => {
  const { simulator } = await started(() => GOOD, { exec: false }, {})
  const job = jobOf({ mode: 'probe', cluster: CLUSTER, service: SERVICE, comment: 'never' })
  const { exitCode } = await run(ACTION, [], { ...job.env, ...awsAt(simulator.url) })
  const { outputs, summary } = job.read()
  expect([exitCode, outputs['verdict']]).toEqual([0, 'unknown'])
  expect(summary).toContain('--enable-execute-command')
})

/** Nothing is asked of ECS but to be read. */
const WITHOUT_SESSION = new Set(['exec-off', 'agent-not-running', 'encrypted', 'no-task', 'tasks-unread'])

function encrypted(cluster: Item): Item {
  return {
    ...cluster,
    configuration: { executeCommandConfiguration: { kmsKeyId: 'alias/sessions', logging: 'DEFAULT' } },
  }
}

/** Of an interface of the endpoints. */
function endpointAddress(): string {
  const files = probedFiles()['ec2/describe-network-interfaces.json']
  const interfaces = isItem(files) ? itemsOf(files['NetworkInterfaces']) : []
  const own = interfaces.find((one) => one['InterfaceType'] === 'vpc_endpoint')
  return String(own?.['PrivateIpAddress'])
}
