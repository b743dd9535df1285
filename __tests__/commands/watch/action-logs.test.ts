/** ECS Action Logs in a watch, from the simulated AWS through the real SDK to the report and its tape. */
import { beforeAll, describe, expect, test } from '@jest/globals'
import type { ScenarioText } from '../../../simulator/rollout/scenario.ts'
import { seoulFiles } from '../../../simulator/seoul/files.ts'
import type { SimulatorOptions } from '../../../simulator/start.ts'
import { openLive } from '../../../src/aws/reader/live.ts'
import { replayWatch, watchRun } from '../../../src/commands/watch/loop.ts'
import type { WatchRequest } from '../../../src/commands/watch/request.ts'
import { renderText } from '../../../src/report/terminal/text.ts'
import { BEGAN_AT, seoulScenario } from '../../simulator/rollout/scene.ts'
import { simulate } from '../../simulator/support.ts'
import { clockFrom, WATCH } from '../watch-request.ts'

beforeAll(() => {
  const credentials = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing' }
  Object.assign(process.env, { ...credentials, AWS_EC2_METADATA_DISABLED: 'true' })
})

interface Wish extends Partial<WatchRequest> {
  readonly scenario: Partial<ScenarioText>
  /** Seconds into the rollout. */
  readonly from?: number
  readonly options?: Partial<SimulatorOptions>
}

async function watched({ scenario: text, from = 0, options = {}, ...request }: Wish) {
  const scenario = seoulScenario(text)
  const clock = clockFrom(BEGAN_AT)
  const simulator = await simulate({ files: seoulFiles(), scenario, clock, ...options })
  await clock.sleep(from * 1000)
  const lines: string[] = []
  const { cluster, service } = scenario
  const report = await watchRun(
    { ...WATCH, waitMinutes: 2, cluster, service, ...request },
    {
      reader: openLive({ region: simulator.region, endpoint: simulator.url, maxAttempts: 1 }),
      clock,
      random: () => 0.5,
      tool: { name: 't', version: '0' },
      say: () => {},
      tape: (line) => lines.push(line),
    },
  )
  if (report.rollout === undefined) throw new Error('a watch reports a rollout')
  const tape = lines.join('')
  // Whatever came in, the tape tells it again.
  expect(JSON.stringify(replayWatch(tape))).toBe(JSON.stringify(report))
  const asked = simulator.requests().filter(({ service }) => service === 'logs')
  return { report, rollout: report.rollout, tape, asked: asked.map(({ operation }) => operation), simulator }
}

const DENIED =
  'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: AccessDeniedException'
const CLEAR_SCREEN = '\u001b[2J'
const DELIVERIES = ['DescribeDeliverySources', 'DescribeDeliveries', 'GetDeliveryDestination']

/** Starts fail, and ECS forgets a stopped task within a minute: at 150 seconds none is shown, and the next try is far. */
const GONE = {
  timing: { forgotten: 30 },
  behaviour: { kind: 'text', text: DENIED, seconds: 5 },
  backOff: { first: 1200 },
} as const
const NO_STOP_SHOWN = 240
/** It would end where ECS could end it, and says nothing that anybody understands. */
const UNEXPLAINED = { ...GONE, behaviour: { ...GONE.behaviour, text: 'Something new happened' } } as const

describe('a rollout whose stopped tasks ECS no longer shows', () => {
  test('is explained by the records of the cluster’s log group alone', async () => {
    const { rollout, report, asked } = await watched({ scenario: { ...GONE, actionLogs: {} }, from: NO_STOP_SHOWN })
    expect(rollout.failures.length).toBeGreaterThanOrEqual(2)
    expect(new Set(rollout.failures.map(({ label }) => label))).toEqual(new Set(['init/secrets-denied']))
    expect(rollout.failures[0]?.text).toBe(DENIED)
    expect(rollout.timeline.filter(({ kind }) => kind === 'action').length).toBeGreaterThanOrEqual(3)
    expect(rollout).toMatchObject({ phase: 'timed-out', hopeless: null, advice: null })
    expect(report.unknowns.filter(({ check }) => check === 'action-logs')).toEqual([])
    expect(asked.filter((operation) => DELIVERIES.includes(operation))).toEqual(DELIVERIES)
  })

  test('without a delivery it stays unexplained, and the commands that turn one on stand in the report', async () => {
    const { rollout, report, asked } = await watched({ scenario: GONE, from: NO_STOP_SHOWN })
    expect(rollout.failures).toEqual([])
    expect(asked).not.toContain('FilterLogEvents')
    expect(rollout.advice?.cli.length).toBe(5)
    expect(renderText(report, { language: 'en' })).toContain('aws logs create-delivery')
  })
})

describe('what is asked', () => {
  test('as soon as ECS counts a failed start that nobody saw, with the next one under way', async () => {
    const behaviour = { ...GONE.behaviour, seconds: 300 }
    const { tape, rollout } = await watched({
      scenario: { ...GONE, behaviour, backOff: { first: 180 }, actionLogs: {} },
      from: 540,
      waitMinutes: 1,
    })
    expect(rollout.tasks.started).toBeGreaterThan(rollout.failures.length)
    // Long before the end, when everything is read that is there.
    const kinds = tape.split('\n').map((line) => /^\{"kind":"([\w-]+)"/.exec(line)?.[1])
    expect(kinds).toContain('action-logs')
    expect(kinds.indexOf('action-logs')).toBeLessThan(kinds.lastIndexOf('poll'))
  })

  test('nothing of a rollout that goes well', async () => {
    const { rollout, asked } = await watched({ scenario: { actionLogs: {} }, waitMinutes: 30 })
    expect(rollout.phase).toBe('steady')
    expect(asked.filter((operation) => operation !== 'DescribeLogGroups')).toEqual([])
  })

  test('a few requests a minute, page by page', async () => {
    const scenario = { ...GONE, actionLogs: {} }
    const { rollout, asked } = await watched({ scenario, from: NO_STOP_SHOWN, options: { pageSize: 2 } })
    expect(rollout.timeline.filter(({ kind }) => kind === 'action').length).toBeGreaterThanOrEqual(3)
    const looks = asked.filter((operation) => operation === 'FilterLogEvents').length
    expect(looks).toBeGreaterThan(1)
    expect(looks).toBeLessThanOrEqual(3 * 10)
  })

  test('a record that comes late is told within a minute or two, and one that comes at the end still stands in the report', async () => {
    const writes = [
      { at: 80, message: { logLevel: 'ERROR', detail: { statusReason: 'Late, but there.' } } },
      { at: 355, message: { logLevel: 'ERROR', detail: { statusReason: 'At the end.' } } },
    ]
    const scenario = { ...GONE, actionLogs: { late: 180, writes } }
    const { rollout, tape } = await watched({ scenario, from: NO_STOP_SHOWN, waitMinutes: 5 })
    const line = tape.split('\n').find((one) => one.includes('Late, but there.')) ?? '{}'
    expect(JSON.parse(line).now).toBeLessThan(BEGAN_AT + 1000 * (80 + 180 + 90))
    const notes = rollout.notes.map(({ en }) => en)
    expect(notes).toContain('ECS Action Logs say: Late, but there.')
    expect(notes).toContain('ECS Action Logs say: At the end.')
  })
})

describe('what cannot be had', () => {
  test.each([
    ['logs:DescribeDeliverySources', 'denied', 1],
    ['logs:DescribeDeliveries', 'denied', 1],
    ['logs:GetDeliveryDestination', 'denied', 1],
    ['logs:FilterLogEvents', 'denied', 1],
    ['logs:FilterLogEvents', 'throttled', 2],
  ] as const)('%s %s is one "could not tell" with its permission', async (on, kind, atLeast) => {
    const scenario = { ...UNEXPLAINED, actionLogs: {}, faults: [{ on, kind }] }
    const { rollout, report, asked } = await watched({ scenario, from: NO_STOP_SHOWN })
    const unread = report.unknowns.filter(({ check }) => check === 'action-logs')
    expect(unread).toMatchObject([{ permission: on, matters: false, reason: ['action-logs-unread', kind] }])
    expect(rollout).toMatchObject({ phase: 'timed-out', advice: null })
    const times = asked.filter((operation) => on.endsWith(`:${operation}`)).length
    expect(kind === 'denied' ? times : Math.min(times, atLeast)).toBe(atLeast)
  })

  test.each([
    ['S3', 'arn:aws:s3:::cluster-nestjs-second-action-logs'],
    ['FH', 'arn:aws:firehose:'],
  ] as const)('a delivery to %s alone is named, and nothing is turned on', async (to, place) => {
    const { rollout, asked } = await watched({ scenario: { ...UNEXPLAINED, actionLogs: { to } }, from: NO_STOP_SHOWN })
    expect(rollout.notes.map(({ en }) => en).join()).toContain(place)
    expect(rollout.advice).toBeNull()
    expect(asked).not.toContain('FilterLogEvents')
  })
})

describe('records', () => {
  const placement = { statusReason: 'RESOURCE:MEMORY - Unable to place task: insufficient memory' }

  test('of placement are a failure without a task', async () => {
    const writes = [
      { at: 20, message: { logLevel: 'WARN', detail: { ...placement, eventName: 'SERVICE_TASK_START_IMPAIRED' } } },
    ]
    const { rollout } = await watched({ scenario: { ...UNEXPLAINED, actionLogs: { writes } }, from: NO_STOP_SHOWN })
    const placed = rollout.failures.filter(({ label }) => label === 'placement/resources')
    expect(placed).toMatchObject([{ taskId: null, text: placement.statusReason }])
  })

  test('tell why it was rolled back where the service deployments may not be read', async () => {
    const reason = 'Service deployment rolled back because the circuit breaker threshold was exceeded.'
    const faults = ['ListServiceDeployments', 'DescribeServiceDeployments'].map((operation) => ({
      on: `ecs:${operation}`,
      kind: 'denied' as const,
    }))
    const configuration = { deploymentCircuitBreaker: { enable: true, rollback: true } }
    const behaviour = { kind: 'text', text: 'Something new happened', seconds: 5 } as const
    const { rollout } = await watched({
      scenario: { actionLogs: {}, behaviour, configuration, faults, backOff: { first: 10 } },
      waitMinutes: 30,
    })
    expect(rollout.phase).toBe('rolled-back')
    const said = [rollout.because, ...rollout.timeline.map(({ what }) => what)].map(({ en }) => en).join('\n')
    expect(said).toContain(reason)
  })

  test('of another service whose name begins alike, or that name another deployment, are not ours', async () => {
    const own = { cluster: 'cluster-nestjs-second', service: 'role-nestjs-second-service' }
    const stream = `service/${own.cluster}/${own.service}-2`
    const detail = {
      statusReason: DENIED,
      taskArn: 'arn:aws:ecs:r:1:task/c/abcdef0123456789',
      stopCode: 'TaskFailedToStart',
    }
    const writes = [
      { at: 20, stream, message: { logLevel: 'ERROR', detail } },
      { at: 21, message: { logLevel: 'ERROR', actionSourceId: stream, detail } },
      { at: 22, message: { logLevel: 'ERROR', detail: { ...detail, serviceDeploymentArn: 'arn:aws:ecs:r:1:x/y' } } },
    ]
    const { rollout } = await watched({ scenario: { ...UNEXPLAINED, actionLogs: { writes } }, from: NO_STOP_SHOWN })
    expect(rollout.failures.map(({ label }) => label)).not.toContain('init/secrets-denied')
  })

  test('that are garbled or hostile harm nothing, and no secret in one is kept', async () => {
    const secret = 'AKIAIOSFODNN7EXAMPLE'
    const writes: NonNullable<ScenarioText['actionLogs']>['writes'] = [
      { at: 20, message: '' },
      { at: 21, message: '{"detail":' },
      { at: 22, message: '[1,2,3]' },
      { at: 23, message: 'null' },
      { at: 24, message: `plain text with password=hunter22 and ${secret}` },
      { at: 25, message: { logLevel: 7, eventTimestamp: 1e300, detail: 'text' } },
      { at: 25, message: { logLevel: 'INFO', eventTimestamp: 1e300, detail: { statusReason: 'out of time' } } },
      { at: 26, message: { logLevel: 'ERROR', eventTimestamp: -1e300, detail: { statusReason: { a: 1 } } } },
      { at: 27, message: { logLevel: 'ERROR', detail: { statusReason: `key ${secret}`, taskArn: 17, stopCode: [] } } },
      {
        at: 28,
        message: { logLevel: 'ERROR', detail: { statusReason: `::error::x${CLEAR_SCREEN}`, eventName: '\n' } },
      },
      { at: 29, message: { logLevel: 'ERROR', detail: { statusReason: 'x'.repeat(300_000) } } },
      { at: 30, message: '{"__proto__":{"a":1},"detail":{"taskArn":"__proto__","stopCode":"x"}}' },
    ]
    const { report, rollout, tape } = await watched({
      scenario: { ...UNEXPLAINED, actionLogs: { writes } },
      from: NO_STOP_SHOWN,
    })
    const whole = tape + JSON.stringify(report)
    const timeless = rollout.timeline.find(({ what }) => what.en.endsWith('out of time'))
    expect(timeless?.at).toBe(BEGAN_AT + 25_000)
    expect(whole).not.toContain(secret)
    expect(whole).not.toContain('hunter22')
    expect(whole).toContain('plain text with password=***')
    expect(whole).not.toContain('x'.repeat(2_001))
    expect(renderText(report, { language: 'en' })).not.toContain(CLEAR_SCREEN)
  })
})
