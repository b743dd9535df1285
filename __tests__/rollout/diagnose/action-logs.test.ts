/** What records of ECS Action Logs become in a rollout, and what they never become. */
import { describe, expect, test } from '@jest/globals'
import type { ActionLogs, EcsAction } from '../../../src/domain/action-logs.ts'
import { unread } from '../../../src/domain/answer.ts'
import type { Poll } from '../../../src/domain/rollout.ts'
import { rolloutReport } from '../../../src/rollout/report.ts'
import type { Rollout } from '../../../src/rollout/state.ts'
import { learn } from '../../../src/rollout/step.ts'
import {
  at,
  deployment,
  failedToStart,
  followed,
  labelsOf,
  NO_SUCH_IMAGE,
  poll,
  running,
  service,
  serviceDeployment,
  task,
} from '../world.ts'

const OURS = serviceDeployment().arn
const DELIVERED = { logGroups: ['/aws/vendedlogs/ecs/action-logs/demo'], others: [] }

function record(fields: Partial<EcsAction> = {}): EcsAction {
  return {
    id: `event ${JSON.stringify(fields)}`,
    at: at(60),
    level: 'WARN',
    eventName: 'SERVICE_TASK_START_IMPAIRED',
    reason: null,
    stopCode: null,
    containerReason: null,
    taskId: null,
    serviceDeploymentArn: null,
    ...fields,
  }
}

function told(looks: readonly Poll[], actions: readonly EcsAction[], more: Partial<ActionLogs> = {}): Rollout {
  const state = followed(looks)
  return learn(state, { actionLogs: { delivery: DELIVERED, actions, unread: null, ...more } }, state.now + 1)
}

const stopped = (taskId: string, fields: Partial<EcsAction> = {}) =>
  record({ taskId, stopCode: 'TaskFailedToStart', reason: NO_SUCH_IMAGE, ...fields })

/** Ours has been asked for in vain for so long that ECS no longer describes it. */
function vanished(id: string): readonly Poll[] {
  const gone = [20, 30, 40].map((seconds) => ({ ...poll(seconds), absent: [id] }))
  return [poll(10, { tasks: [task(id)] }), ...gone]
}

describe('the end of a task', () => {
  test('that vanished before it was seen to stop is told by its record', () => {
    expect(labelsOf(told(vanished('t1'), []))).toEqual([])
    const { failures } = told(vanished('t1'), [stopped('t1')])
    expect(failures).toMatchObject([
      { taskId: 't1', label: 'pull/image-not-found', subnetId: task('t1').subnetId, text: NO_SUCH_IMAGE },
    ])
    expect(failures[0]?.notes[0]?.en).toContain('ECS Action Logs')
  })

  test('that no poll ever showed is told as well, and of its place nothing is known', () => {
    const state = told([poll(10)], [stopped('older')])
    expect(state.failures).toMatchObject([
      { taskId: 'older', label: 'pull/image-not-found', subnetId: null, at: at(60), step: 'pull' },
    ])
    expect(rolloutReport(state).tasks).toEqual({ started: 1, failed: 1, successRate: 0 })
  })

  test('is told by the container where the reason of the task is vague', () => {
    const own = stopped('old', { reason: 'Task failed to start', containerReason: NO_SUCH_IMAGE })
    expect(labelsOf(told([poll(10)], [own]))).toEqual(['pull/image-not-found'])
  })

  test('is not told again where the task tells it itself', () => {
    const tasks = [failedToStart('t1', NO_SUCH_IMAGE)]
    const { failures } = told([poll(10, { tasks })], [stopped('t1', { reason: 'ResourceInitializationError: other' })])
    expect(failures).toMatchObject([{ taskId: 't1', text: NO_SUCH_IMAGE }])
    expect(JSON.stringify(failures)).not.toContain('Action Logs')
  })

  test('that somebody wanted is no failure, nor is one that ECS still shows running', () => {
    const wanted = stopped('a', { stopCode: 'UserInitiated', reason: 'handson' })
    const scaled = stopped('b', { stopCode: 'ServiceSchedulerInitiated', reason: 'whatever' })
    const lives = stopped('t2', { stopCode: null, reason: NO_SUCH_IMAGE })
    expect(labelsOf(told([poll(10, { tasks: [running('t2')] })], [wanted, scaled, lives]))).toEqual([])
  })

  test('is not concluded from a try that ECS makes again', () => {
    const tries = record({ taskId: 'x', eventName: 'TASK_PULL_RETRIED', reason: NO_SUCH_IMAGE })
    expect(labelsOf(told([poll(10)], [tries]))).toEqual([])
    expect(labelsOf(told([poll(10)], [{ ...tries, level: 'ERROR' }]))).toEqual(['pull/image-not-found'])
  })

  test('says nothing of its cause where its text says nothing known', () => {
    const { failures } = told([poll(10)], [stopped('x', { reason: 'Something new happened' })])
    expect(failures).toMatchObject([{ label: 'unknown', cause: null, step: null, confidence: 'possible' }])
  })

  test('of a task of another deployment is not ours', () => {
    const other = running('t9', { startedBy: 'ecs-svc/1111111111111111111' })
    expect(labelsOf(told([poll(10, { tasks: [other] })], [stopped('t9')]))).toEqual([])
  })
})

describe('which records are of the deployment', () => {
  const looks = [poll(10, { serviceDeployments: [serviceDeployment()] })]

  test('those that name it, or none, since it began', () => {
    const theirs = stopped('a', { serviceDeploymentArn: `${OURS}9` })
    const ours = stopped('b', { serviceDeploymentArn: OURS })
    const earlier = stopped('c', { at: at(-60) })
    const timeless = stopped('d', { at: null })
    const state = told(looks, [theirs, ours, earlier, timeless])
    expect(state.failures.map(({ taskId }) => taskId)).toEqual(['d', 'b'])
  })

  test('old failures that polls never showed explain, and give up nothing: they may be mended', () => {
    const began = deployment({ createdAt: at(-3600) })
    const look = poll(10, { service: service({ deployments: [began] }) })
    const before = ['a', 'b', 'c'].map((id) => stopped(id, { at: at(-1800) }))
    expect(told([look], before)).toMatchObject({ hopeless: null, failures: [{}, {}, {}] })
    const since = ['a', 'b', 'c'].map((id) => stopped(id, { at: at(5) }))
    expect(told([look], since).hopeless).toMatchObject({ kind: 'same-answer', tasks: 3 })
  })
})

describe('what ECS says of the deployment', () => {
  const placement = record({
    reason: 'RESOURCE:MEMORY - Unable to place task on container instance: insufficient memory',
  })

  test('placement is a failure without a task, once', () => {
    const state = told([poll(10)], [placement, { ...placement, id: 'again', at: at(90) }])
    expect(state.failures).toMatchObject([{ taskId: null, label: 'placement/resources', at: at(60) }])
  })

  test('an INFO record, and one that only says that it failed, are none', () => {
    const info = { ...placement, level: 'INFO', eventName: 'SERVICE_DEPLOYMENT_IN_PROGRESS' }
    const verdict = record({
      level: 'ERROR',
      eventName: 'SERVICE_DEPLOYMENT_ROLLBACK_FAILED',
      reason: 'No rollback candidate was found to run the rollback.',
    })
    const state = told([poll(10)], [info, verdict])
    expect(labelsOf(state)).toEqual([])
    expect(rolloutReport(state).notes.map(({ en }) => en)).toEqual([
      'ECS Action Logs say: No rollback candidate was found to run the rollback.',
    ])
  })

  test('why it went back, where the service deployment may not be read', () => {
    const failed = deployment({ rolloutState: 'FAILED', rolloutStateReason: null, status: 'ACTIVE' })
    const back = deployment({ id: 'ecs-svc/777', rolloutState: 'COMPLETED', createdAt: at(70), runningCount: 2 })
    const rolls = { enable: true, rollback: true }
    const observed = service({ deployments: [back, failed], circuitBreaker: rolls })
    const reason = 'Service deployment rolled back because of a CloudWatch alarm: web-5xx.'
    const record1 = record({ level: 'INFO', eventName: 'SERVICE_DEPLOYMENT_ROLLBACK_IN_PROGRESS', reason })
    const state = told([poll(10), poll(90, { service: observed })], [record1])
    expect(state.phase).toBe('rolled-back')
    expect(rolloutReport(state).because.en).toContain(reason)
    expect(rolloutReport(state).notes).toEqual([])
  })
})

describe('the timeline', () => {
  test('has every record with a time and something to say, in ECS’s words, with its task', () => {
    const lines = [
      record({ at: at(3), level: 'INFO', eventName: 'SERVICE_DEPLOYMENT_IN_PROGRESS', reason: 'In progress.' }),
      stopped('x', { at: at(40), reason: 'Why' }),
      record({ at: null, reason: 'never' }),
      record({ at: at(50), eventName: null }),
      record({ at: at(51), level: null, eventName: null, reason: 'no JSON at all' }),
    ]
    const { timeline } = rolloutReport(told([poll(10)], lines))
    expect(timeline.filter(({ kind }) => kind === 'action').map(({ taskId, what }) => [taskId, what.en])).toEqual([
      [null, 'ECS Action Logs: SERVICE_DEPLOYMENT_IN_PROGRESS: In progress.'],
      ['x', 'ECS Action Logs: SERVICE_TASK_START_IMPAIRED: TaskFailedToStart: Why'],
      [null, 'ECS Action Logs: no JSON at all'],
    ])
  })
})

describe('where a cause stayed unknown', () => {
  const late = poll(1801)
  const nowhere = { delivery: { logGroups: [], others: [] } }
  const unexplained = [failedToStart('t1', 'Something new happened')]

  test('the commands that turn them on are advised, and only there', () => {
    const looks = [poll(10, { tasks: unexplained }), late]
    const { advice } = rolloutReport(told(looks, [], nowhere))
    expect(advice?.cli).toHaveLength(5)
    expect(advice?.cli.join('\n')).toContain('--log-type ACTION_LOGS')
    expect(rolloutReport(told(looks, [])).advice).toBeNull()
    expect(rolloutReport(followed(looks)).advice).toBeNull()
    const explained = [poll(10, { tasks: [failedToStart('t1', NO_SUCH_IMAGE)] }), late]
    expect(rolloutReport(told(explained, [], nowhere)).advice).toBeNull()
    const steady = service({ deployments: [deployment({ rolloutState: 'COMPLETED', runningCount: 2 })] })
    const well = [poll(10, { tasks: unexplained }), poll(90, { service: steady })]
    expect(rolloutReport(told(well, [], nowhere)).advice).toBeNull()
  })

  test('a place that is not read is named', () => {
    const bucket = 'arn:aws:s3:::logs-of-demo'
    const state = told([poll(10, { tasks: unexplained }), late], [], { delivery: { logGroups: [], others: [bucket] } })
    expect(
      rolloutReport(state)
        .notes.map(({ en }) => en)
        .join(),
    ).toContain(bucket)
    expect(rolloutReport(state).advice).toBeNull()
  })

  test('nothing is advised where it could not be read whether they are on', () => {
    const denied = { delivery: null, unread: unread('denied', 'logs:DescribeDeliverySources', 'no') }
    expect(rolloutReport(told([poll(10, { tasks: unexplained }), late], [], denied)).advice).toBeNull()
  })
})
