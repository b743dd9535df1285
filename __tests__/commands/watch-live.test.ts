/** The watcher against the simulator, through the real SDK and its reader, with a clock that runs as fast as it is read. */
import * as ecs from '@aws-sdk/client-ecs'
import { beforeAll, describe, expect, test } from '@jest/globals'
import type { Scenario } from '../../simulator/rollout/scenario.ts'
import { seoulFiles } from '../../simulator/seoul/files.ts'
import type { Simulator } from '../../simulator/start.ts'
import type { Connection } from '../../src/aws/reader/connection.ts'
import { openLive, readerOver } from '../../src/aws/reader/live.ts'
import type { Reader } from '../../src/aws/reader/reader.ts'
import { replayWatch, watch, watchRun } from '../../src/commands/watch/loop.ts'
import type { WatchRequest } from '../../src/commands/watch/request.ts'
import { BEGAN_AT, folderOf, scenarioNamed } from '../simulator/rollout/scene.ts'
import { simulate } from '../simulator/support.ts'
import { clockFrom, WATCH } from './watch-request.ts'

beforeAll(() => {
  const credentials = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing' }
  Object.assign(process.env, { ...credentials, AWS_EC2_METADATA_DISABLED: 'true' })
})

interface Watched {
  readonly phase: string
  readonly hopeless: boolean
  /** Simulated seconds since the beginning. */
  readonly seconds: number
  readonly failures: readonly { readonly label: string; readonly cause: string | null; readonly confidence: string }[]
  /** Seconds from a task's `stoppingAt` to its diagnosis, in order. */
  readonly delays: readonly number[]
  /** How much of the first hang was left when its task was suspected, from 0 to 1; null without suspicion. */
  readonly foreseen: number | null
  readonly suspected: readonly string[]
  readonly looks: number
  /** What VPC Flow Logs said. */
  readonly flows: readonly string[]
  /** Requests to ECS, in one simulated minute. */
  readonly ecsCallsPerMinute: number
}

interface Wish extends Partial<WatchRequest> {
  readonly change?: Partial<Scenario>
  readonly reader?: (simulator: Simulator) => Reader
}

async function watched(name: string, { change = {}, reader = live, ...more }: Wish = {}): Promise<Watched> {
  const scenario = { ...scenarioNamed(name), ...change }
  const clock = clockFrom(BEGAN_AT)
  const simulator = await simulate({ files: folderOf(name), scenario, clock })
  const request = { ...WATCH, cluster: scenario.cluster, service: scenario.service, ...more }
  const deps = {
    reader: reader(simulator),
    clock,
    random: () => 0.5,
    tool: { name: 't', version: '0' },
    say: () => {},
  }
  const seenAt = new Map<string, number>()
  const suspectedAt = new Map<string, number>()
  let last = null
  for await (const { state } of watch(request, deps)) {
    for (const { taskId } of state.failures) {
      if (taskId !== null && !seenAt.has(taskId)) seenAt.set(taskId, clock.now())
    }
    for (const { taskId } of state.suspicions) if (!suspectedAt.has(taskId)) suspectedAt.set(taskId, clock.now())
    last = state
  }
  if (last === null) throw new Error('a watch yields its beginning')
  const tasks = simulator.rollout?.state().tasks ?? []
  const stopOf = (id: string) => tasks.find((task) => task.id === id)?.stop?.at ?? Number.NaN
  const [first] = suspectedAt
  const pullOf = (id: string) => tasks.find((task) => task.id === id)?.pullStartedAt ?? Number.NaN
  const calls = simulator.requests().filter(({ service }) => service === 'ecs').length
  return {
    phase: last.phase,
    hopeless: last.hopeless !== null,
    seconds: (clock.now() - BEGAN_AT) / 1000,
    failures: last.failures.map(({ label, cause, confidence }) => ({ label, cause, confidence })),
    delays: [...seenAt].map(([id, at]) => (at - stopOf(id)) / 1000),
    foreseen: first ? (stopOf(first[0]) - first[1]) / (stopOf(first[0]) - pullOf(first[0])) : null,
    suspected: [...suspectedAt.keys()],
    looks: last.observed.polledAt.length,
    flows: last.flows.flatMap(({ rejected, missing }) => [...rejected, ...(missing === null ? [] : [missing])]),
    ecsCallsPerMinute: calls / ((clock.now() - BEGAN_AT) / 60_000),
  }
}

function live(simulator: Simulator): Reader {
  return openLive({ region: simulator.region, endpoint: simulator.url })
}

/** ECS alone, and each request once: what the SDK would wait for between two attempts is real time, of which there is none. */
function impatient({ url, region }: Simulator): Reader {
  const client = new ecs.ECSClient({ region, endpoint: url, maxAttempts: 1 })
  const send: Connection['send'] = async (service, operation, input) => {
    if (service !== 'ecs') throw Object.assign(new Error('not asked'), { name: 'AccessDeniedException' })
    const commands = ecs as unknown as Readonly<Record<string, new (input: object) => never>>
    const Command = commands[`${operation}Command`]
    if (Command === undefined) throw new TypeError(operation)
    const answer: object = await client.send(new Command(input))
    return { ...answer }
  }
  return readerOver({ region, send, expect: () => {} })
}

describe('the Seoul incident', () => {
  test('ends steady after two failures, each diagnosed within one poll, and foreseen in less than half of its hang', async () => {
    const observed = await watched('seoul')
    expect(observed.phase).toBe('steady')
    const failure = { label: 'pull/network-timeout', cause: 's3-route-missing', confidence: 'proved' }
    expect(observed.failures).toEqual([failure, failure])
    expect(Math.max(...observed.delays)).toBeLessThanOrEqual(6)
    expect(observed.foreseen).toBeGreaterThan(0.5)
    expect(observed.ecsCallsPerMinute).toBeLessThanOrEqual(120)
  })

  test('is the same where ECS tells at once that a pull began, and where the container repeats the reason', async () => {
    const observed = await watched('seoul', { change: { showsPullAtOnce: true, showsContainerReason: true } })
    expect(observed.phase).toBe('steady')
    expect(observed.failures.map(({ cause }) => cause)).toEqual(['s3-route-missing', 's3-route-missing'])
    expect(observed.foreseen).toBeGreaterThan(0.5)
  })

  test('without the right to read the network: the same end, and no more certainty than there is', async () => {
    const observed = await watched('ec2-denied')
    expect(observed.phase).toBe('steady')
    expect(observed.failures.map(({ label }) => label)).toEqual(['pull/network-timeout', 'pull/network-timeout'])
    expect(observed.failures.filter(({ confidence }) => confidence === 'proved')).toEqual([])
    expect(Math.max(...observed.delays)).toBeLessThanOrEqual(6)
  })

  test('with 45 % of the calls throttled: the same end', async () => {
    const observed = await watched('throttled-45', { reader: impatient })
    expect(observed.phase).toBe('steady')
    expect(observed.failures.map(({ label }) => label)).toEqual(['pull/network-timeout', 'pull/network-timeout'])
  })

  test('with credentials that end on the way: contact is lost', async () => {
    expect((await watched('expired')).phase).toBe('lost')
  })
})

describe('other rollouts', () => {
  test.each<[string, string, readonly string[]]>([
    ['clean', 'steady', []],
    ['scaled-to-zero', 'steady', []],
    ['blue-green', 'steady', []],
    ['superseded', 'superseded', []],
    ['unhealthy', 'rolled-back', ['health/elb']],
  ])('%s ends as %s, and no pull is suspected', async (name, phase, labels) => {
    const observed = await watched(name)
    expect(observed.phase).toBe(phase)
    expect([...new Set(observed.failures.map(({ label }) => label))]).toEqual(labels)
    expect(observed.suspected).toEqual([])
    for (const delay of observed.delays) expect(delay).toBeLessThanOrEqual(6)
  })

  test.each(['rolled-back', 'hopeless'])(
    '%s: no subnet has a way to S3, and the watch ends as failed before ECS gives up',
    async (name) => {
      const observed = await watched(name)
      expect(observed.phase).toBe('failed')
      expect(observed.failures[0]).toEqual({
        label: 'pull/network-timeout',
        cause: 's3-route-missing',
        confidence: 'proved',
      })
      expect(Math.max(...observed.delays)).toBeLessThanOrEqual(6)
      expect(observed.seconds).toBeLessThan(600)
    },
  )

  test('an image that is not there: told at once, and over long before ECS gives up', async () => {
    const observed = await watched('image-not-found')
    expect(['failed', 'rolled-back']).toContain(observed.phase)
    expect(new Set(observed.failures.map(({ label }) => label))).toEqual(new Set(['pull/image-not-found']))
    expect(observed.delays[0]).toBeLessThanOrEqual(6)
  })

  test('capacity that does not come: the budget ends it, and no pull is suspected where none began', async () => {
    const observed = await watched('stuck', { waitMinutes: 5 })
    expect(observed).toMatchObject({ phase: 'timed-out', failures: [], suspected: [] })
    expect(observed.seconds).toBeLessThan(320)
  })

  test('on-failure: rollback brings the old revision back where ECS would have tried for ever', async () => {
    const observed = await watched('hopeless', { onFailure: 'rollback' })
    expect(observed.phase).toBe('rolled-back')
  })

  test('a program that ends again and again is found hopeless', async () => {
    const observed = await watched('crashing', { waitMinutes: 6 })
    expect(observed.hopeless).toBe(true)
    expect(new Set(observed.failures.map(({ label }) => label))).toEqual(new Set(['run/essential-exited']))
  })

  test('an early success is none while half of the tasks still fail', async () => {
    const observed = await watched('early-success', { waitMinutes: 8 })
    expect(observed.phase).toBe('timed-out')
    expect(observed.failures.length).toBeGreaterThanOrEqual(2)
  })
})

test('flow logs of the wire prove the rejection, where they are asked for', async () => {
  const change = { flowLogs: '/vpc/flow-logs' }
  const { flows } = await watched('seoul', { change, flowLogs: '/vpc/flow-logs' })
  expect(flows).toHaveLength(2)
  for (const line of flows)
    expect(line).toMatch(/srcAddr=10\.\S+ srcPort=\d+ dstAddr=52\.219\.148\.62 dstPort=443 action=REJECT/)
  const elsewhere = await watched('seoul', { change, flowLogs: '/vpc/other' })
  expect(elsewhere.phase).toBe('steady')
  expect(elsewhere.flows.join()).toContain('ResourceNotFoundException')
})

test('every task is held against the image that the registry has, and the tape carries both', async () => {
  const scenario = scenarioNamed('clean')
  const clock = clockFrom(BEGAN_AT)
  const simulator = await simulate({ files: seoulFiles({ healthy: true }), scenario, clock })
  const lines: string[] = []
  const report = await watchRun(
    { ...WATCH, cluster: scenario.cluster, service: scenario.service },
    {
      ...{ reader: live(simulator), clock, random: () => 0.5, tool: { name: 't', version: '0' }, say: () => {} },
      tape: (line) => lines.push(line),
    },
  )
  const { digests = [], phase, tasks } = report.rollout ?? {}
  expect(phase).toBe('steady')
  expect(digests).toMatchObject([{ same: true, tasks: tasks?.started }])
  expect(digests[0]?.running).toMatch(/^sha256:[0-9a-f]{64}$/)
  expect(replayWatch(lines.join('')).rollout).toEqual(report.rollout)
})
