/** What is told where ECS shows little: no list of tasks, no reason, no times, answers that lag. */
import { describe, expect, test } from '@jest/globals'
import { unread } from '../../src/domain/answer.ts'
import type { Poll } from '../../src/domain/rollout.ts'
import { isUnreadForGood } from '../../src/rollout/diagnose/unreadable-parts.ts'
import { rolloutReport } from '../../src/rollout/report.ts'
import { reasonText } from '../../src/rollout/status/reason-text.ts'
import {
  at,
  deployment,
  failedToStart,
  followed,
  labelsOf,
  OLD,
  OURS,
  old,
  poll,
  running,
  S3_TIMEOUT,
  type Sight,
  service,
  task,
} from './world.ts'

const denied = unread('denied', 'ecs:ListTasks', 'AccessDeniedException: not authorized to perform: ecs:ListTasks')

function blind(seconds: number, sight: Sight = {}): Poll {
  return { ...poll(seconds, sight), running: denied, stopped: denied }
}

function notesOf(looks: readonly Poll[]): string {
  return rolloutReport(followed(looks))
    .notes.map(({ en }) => en)
    .join(' ')
}

describe('tasks that may not be listed', () => {
  const failing = (failedTasks: number) => ({
    service: service({
      deployments: [deployment({ failedTasks, pendingCount: 2 }), old()],
      events: [
        { id: 'e1', at: at(30), message: '(service web) has started 2 tasks: (task 0123456789abcdef).' },
        {
          id: 'e2',
          at: at(90),
          message:
            '(service web) is unable to consistently start tasks successfully. For more information, see the Troubleshooting section.',
        },
      ],
    }),
  })

  test('are counted as ECS counts them, also where the count has gone back since', () => {
    const report = rolloutReport(followed([blind(100, failing(3)), blind(110, failing(0))]))
    expect(report.tasks).toEqual({ started: 3, failed: 3, successRate: 0 })
  })

  test('and the report says what it could not see, what ECS counted and what the events tell', () => {
    const notes = notesOf([blind(100, failing(3))])
    expect(notes).toContain('ecs:ListTasks')
    expect(notes).toContain('3 starts of this deployment that failed in a row; why is known of 0')
    expect(notes).toContain('unable to consistently start')
  })

  test('the trouble that ECS speaks of is a failure without a task', () => {
    expect(followed([blind(100, failing(3))]).failures).toMatchObject([{ taskId: null, label: 'deploy/crash-loop' }])
    // With the tasks in sight it says nothing that they do not say better.
    expect(labelsOf(followed([poll(100, failing(3))]))).toEqual([])
  })

  test('a look that was throttled is no blindness', () => {
    expect(notesOf([poll(100, failing(0)), { ...blind(110, failing(0)) }])).toBe('')
  })
})

describe('a task that stopped without a word', () => {
  const silent = failedToStart('t1', '', { stopCode: null, stoppedReason: null })

  test('has failed, for a reason that is not known', () => {
    const state = followed([poll(220, { tasks: [silent] }), poll(230, { tasks: [silent] })])
    expect(state.failures).toMatchObject([{ taskId: 't1', label: 'unknown', text: '', step: 'init' }])
    expect(state.diagnosedAt).toBeNull()
  })

  test('is given a moment for its reason', () => {
    const told = failedToStart('t1', S3_TIMEOUT)
    expect(followed([poll(220, { tasks: [silent] })]).failures).toEqual([])
    expect(labelsOf(followed([poll(220, { tasks: [silent] }), poll(223, { tasks: [told] })]))).toEqual([
      'pull/network-timeout',
    ])
  })

  test('is no failure where it had started: ECS may have wanted fewer', () => {
    const ran = running('t1', { lastStatus: 'STOPPED', desiredStatus: 'STOPPED' })
    expect(followed([poll(220, { tasks: [ran] }), poll(240, { tasks: [ran] })]).failures).toEqual([])
  })
})

test('a network answer that says where it stopped is a diagnosis, also while preflight is not there yet', () => {
  expect(followed([poll(220, { tasks: [failedToStart('t1', S3_TIMEOUT)] })]).diagnosedAt).toBe(at(220))
})

test('a task that ECS no longer describes is named, and what became of it is not guessed', () => {
  const pending = task('t1', { lastStatus: 'PENDING' })
  const looks = [poll(20, { tasks: [pending] }), ...[30, 40, 50].map((one) => ({ ...poll(one), absent: ['t1'] }))]
  expect(notesOf(looks)).toContain('ECS no longer describes 1 tasks of this deployment')
  expect(rolloutReport(followed(looks)).tasks).toMatchObject({ started: 1, failed: 0 })
  expect(notesOf([...looks, poll(60, { tasks: [pending] })])).toBe('')
})

test('events count from the beginning of the watch where ECS gives no times', () => {
  const timeless = { createdAt: null, updatedAt: null }
  const event = (id: string) => ({
    id,
    at: null,
    message: '(service web) was unable to place a task because no container instance met all of its requirements.',
  })
  const sight = (ids: readonly string[]) => ({
    service: service({ deployments: [deployment(timeless), old(timeless)], events: ids.map(event) }),
  })
  expect(followed([poll(20, sight(['e1']))]).failures).toEqual([])
  expect(followed([poll(20, sight(['e1'])), poll(25, sight(['e2', 'e1']))]).failures).toHaveLength(1)
})

describe('out of time, it says what the rollout waits for', () => {
  const waits = (sight: Sight) => followed([poll(20, sight), poll(320, sight)], { deadlineAt: at(300) })
  const all = service({ deployments: [deployment({ runningCount: 2 }), old()] })
  test.each<[string, Sight, RegExp]>([
    ['a place for a task', { tasks: [task('t1')] }, /tasks in PROVISIONING \(t1; subnet-0a41c7d2e9b35f608\)/],
    ['a start', { tasks: [task('t1', { lastStatus: 'PENDING' })] }, /have not started \(PENDING; t1;/],
    ['ECS to start anything', {}, /waits for ECS to start tasks: 0 of 2/],
    ['health', { service: all, tasks: [running('t1'), running('t2')] }, /health checks, or for ECS to call/],
    [
      'older tasks',
      { service: all, tasks: [running('t1'), running('t2'), running('o1', { startedBy: OLD })] },
      /or for 1 older tasks to stop/,
    ],
  ])('%s', (_, sight, sentence) => {
    const state = waits(sight)
    expect(state).toMatchObject({ phase: 'timed-out', over: true, failures: [] })
    expect(reasonText(state).en).toMatch(sentence)
  })

  test('or that it could not see it', () => {
    const state = followed([blind(20), blind(320)], { deadlineAt: at(300) })
    expect(reasonText(state).en).toContain('The tasks could not be read (ecs:ListTasks)')
  })
})

describe('clocks that differ by minutes', () => {
  const done = deployment({ runningCount: 2, updatedAt: at(60), rolloutState: null })
  const end: Sight = { service: service({ deployments: [done] }), tasks: [running('t1', { startedAt: at(58) })] }
  const begin: Sight = { service: service({ deployments: [deployment({ rolloutState: null }), old()] }) }

  test.each([0, 300, -300])('by %i seconds: the rollout took as long', (ahead) => {
    const looks = [poll(ahead + 5, begin), poll(ahead + 62, end)]
    const { phase, seconds } = rolloutReport(followed(looks, { beganAt: at(ahead), deadlineAt: at(ahead + 1800) }))
    expect(phase).toBe('steady')
    expect(Math.abs((seconds ?? 0) - 60)).toBeLessThanOrEqual(5)
  })
})

test('a brief look between, which lists nothing, does not make the tasks readable', () => {
  const brief = (seconds: number): Poll => ({ ...poll(seconds), unlisted: true })
  const isBlind = (looks: readonly Poll[]) => isUnreadForGood(followed(looks).observed)
  expect(isBlind([blind(20), brief(40), blind(60)])).toBe(true)
  expect(isBlind([blind(20), poll(40), blind(60)])).toBe(false)
  expect(isBlind([poll(20), brief(40), blind(51)])).toBe(true)
})

describe('a rollback that nobody calls one', () => {
  const guarded = { circuitBreaker: { enable: true, rollback: true } }
  const ours = deployment({ status: 'ACTIVE', failedTasks: 3 })
  const again = old({
    id: 'ecs-svc/4444444444444444444',
    status: 'PRIMARY',
    createdAt: at(95),
    rolloutStateReason: null,
  })

  test('what ran before runs again, as a deployment of its own, after starts that failed', () => {
    const looks = [
      poll(20, { service: service(guarded) }),
      poll(100, { service: service({ ...guarded, deployments: [again, ours] }) }),
    ]
    expect(followed(looks)).toMatchObject({ phase: 'rolled-back', over: true })
  })

  test('without failures, or without a breaker, somebody has deployed an older revision', () => {
    const fine = { ...ours, failedTasks: 0 }
    const looks = [
      poll(20, { service: service(guarded) }),
      poll(100, { service: service({ ...guarded, deployments: [again, fine] }) }),
    ]
    const returned = { phase: 'rolled-back', reason: { kind: 'returned', by: again.id } }
    expect(followed(looks)).toMatchObject(returned)
    const free = [poll(20), poll(100, { service: service({ deployments: [again, ours] }) })]
    expect(followed(free)).toMatchObject(returned)
  })
})

test('a deployment made a moment before the watch, and listed a moment after it began', () => {
  const before = service({ deployments: [old({ status: 'PRIMARY' })] })
  const after = service({ deployments: [deployment({ createdAt: at(19) }), old()] })
  const state = followed([poll(20, { service: before }), poll(22, { service: after })])
  expect(state).toMatchObject({ phase: 'rolling', over: false })
  expect(rolloutReport(state).deploymentId).toBe(OURS)
})
