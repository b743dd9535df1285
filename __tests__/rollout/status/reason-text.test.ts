/** The one sentence that says why a rollout stands where it does, kind by kind. */
import { expect, test } from '@jest/globals'
import type { CannotSucceed, Reason } from '../../../src/rollout/status/reason.ts'
import { cannotSucceedText, reasonText } from '../../../src/rollout/status/reason-text.ts'
import { at, deployment, followed, OLD, old, poll, running, service, task } from '../world.ts'

const seen = followed([poll(20)])

const REASONS: readonly (readonly [Reason, string])[] = [
  [{ kind: 'begun' }, 'The watch has begun.'],
  [{ kind: 'not-observed' }, 'The deployment has not been seen yet.'],
  [{ kind: 'service-deleted' }, 'The service was deleted.'],
  [{ kind: 'waits-for-traffic' }, 'All tasks of the task set run; it waits for its traffic.'],
  [
    { kind: 'no-deployment' },
    'ECS lists no deployment of the service that is its primary one; there is nothing to follow.',
  ],
  [
    { kind: 'cancelled' },
    'The watch was cancelled. The rollout goes on: ECS carries the deployment out whether it is watched or not.',
  ],
  [{ kind: 'failed', quote: 'tasks failed' }, 'The deployment failed: tasks failed'],
  [{ kind: 'failed', quote: '' }, 'The deployment failed.'],
  [{ kind: 'stopped', quote: null }, 'The deployment was stopped.'],
  [{ kind: 'rolling-back', quote: null }, 'The deployment failed, and ECS brings the old revision back.'],
  [{ kind: 'rolled-back', quote: 'alarm' }, 'The deployment failed; the service runs its old revision again: alarm'],
  [{ kind: 'rollback-failed', quote: null }, 'The deployment failed, and so did its rollback.'],
  [{ kind: 'service-gone', detail: '' }, 'The service can no longer be found.'],
  [{ kind: 'service-gone', detail: 'MISSING' }, 'The service can no longer be found. MISSING'],
  [
    { kind: 'refused', permission: 'ecs:DescribeServices', detail: 'denied' },
    'AWS does not let this run read the service any more (ecs:DescribeServices). The rollout goes on. AWS said: denied',
  ],
  [{ kind: 'no-answer', detail: '' }, 'AWS gave no answer about the service for 5 minutes; the rollout goes on.'],
  [{ kind: 'superseded', by: null }, 'A newer deployment has taken the place of this one.'],
  [{ kind: 'superseded', by: 'ecs-svc/9' }, 'A newer deployment has taken the place of this one: ecs-svc/9.'],
  [{ kind: 'superseded-by-task-set', id: 'ecs-svc/9' }, 'A newer task set has taken the place of this one: ecs-svc/9.'],
  [{ kind: 'task-set-removed', id: 'ecs-svc/9' }, 'The task set is being removed: ecs-svc/9.'],
  [
    {
      kind: 'not-listed',
      wanted: 'web:9',
      primary: 'ecs-svc/9',
      runs: 'arn:aws:ecs:eu-west-1:1:task-definition/web:8',
    },
    'The service has no deployment of web:9: whoever was to start it did not. Its primary deployment is ecs-svc/9, which runs web:8.',
  ],
  [{ kind: 'tasks-run', running: 1, desired: 2, pending: 0 }, '1 of 2 tasks run.'],
  [{ kind: 'tasks-run', running: 1, desired: 2, pending: 1 }, '1 of 2 tasks run, 1 pending.'],
  [{ kind: 'steady', running: 2, desired: 2 }, 'All 2 tasks of this deployment run.'],
  [{ kind: 'steady', running: 0, desired: 0 }, 'The service wants no tasks; there was nothing to start.'],
  [
    { kind: 'early-success', running: 1, desired: 2 },
    'ECS calls the deployment successful, but only 1 of 2 tasks run.',
  ],
  [
    { kind: 'paused', hook: 'hook-1' },
    'The deployment is paused by a lifecycle hook (hook-1) until somebody calls ContinueServiceDeployment.',
  ],
  [{ kind: 'baking', minutes: null }, 'The new tasks have the traffic, and ECS waits for the bake time to pass.'],
  [{ kind: 'baking', minutes: 5 }, 'The new tasks have the traffic, and ECS waits for the bake time (5 min) to pass.'],
  [
    { kind: 'cannot-succeed', why: { kind: 'every-start', starts: 3 } },
    'No task of this deployment has started: 3 starts failed, wherever ECS placed them.',
  ],
]

test.each(REASONS)('%j', (reason, en) => {
  expect(reasonText({ ...seen, reason }).en).toBe(en)
})

test('every kind is in the table, but what AWS says of credentials and the time that is over', () => {
  const expired = reasonText({ ...seen, reason: { kind: 'credentials-expired', detail: 'ExpiredToken' } })
  expect(expired.en).toMatch(/^The AWS credentials expired .* AWS said: ExpiredToken$/)
  expect(expired.ko).toMatch(/AWS 응답: ExpiredToken$/)
})

test.each<[CannotSucceed, string]>([
  [
    { kind: 'same-answer', tasks: 2, label: 'pull/image-not-found' },
    '2 tasks got the same answer, which does not pass by itself: The image is not in the registry.',
  ],
  [
    { kind: 'refused-again', label: 'iam/role' },
    'ECS cannot make a task and gave the same reason again, which does not pass by itself: ECS cannot use a role.',
  ],
  [
    { kind: 'every-subnet', subnetIds: ['subnet-a', 'subnet-c'] },
    'No task of this deployment has started, and starts fail in every subnet of the service (subnet-a, subnet-c).',
  ],
  [{ kind: 'crash-loop', tasks: 5 }, '5 tasks of this deployment started and ended again, and none stays up.'],
])('%j', (why, en) => {
  expect(cannotSucceedText(why).en).toBe(en)
})

const runs = (count: number) =>
  service({ deployments: [deployment({ runningCount: count }), old({ runningCount: 0 })] })
const message = '(service web) has started 1 tasks: (task 0123456789abcdef).'
const early = (id: string) => task(id, { lastStatus: 'PROVISIONING' })
const late = (id: string) => task(id, { lastStatus: 'PENDING' })

test.each([
  ['a task in PROVISIONING', {}, [early('t1')], 'It waits for tasks in PROVISIONING (t1; subnet-0a41c7d2e9b35f608): '],
  ['a task of unknown place', {}, [task('t1', { subnetId: null })], 'It waits for tasks in PROVISIONING (t1): '],
  ['three by name', {}, ['t1', 't2', 't3'].map(early), '(t1, t2, t3; subnet-'],
  ['four by count', {}, ['t1', 't2', 't3', 't4'].map(early), 'in PROVISIONING (4; subnet-'],
  ['a task that pulls', {}, [late('t1')], 'It waits for tasks that have not started (PENDING; t1; subnet-'],
  ['both', {}, [early('t1'), late('t2')], 'no reason yet. It waits for tasks that have not started (PENDING; t2;'],
  ['none of its tasks', {}, [], 'It waits for ECS to start tasks: 0 of 2 are there.'],
  [
    'none of its tasks, and what ECS said last',
    { service: service({ events: [{ id: 'e1', at: at(30), message }] }) },
    [],
    `0 of 2 are there. The last event of the service: ${message}`,
  ],
  [
    'old tasks',
    { service: runs(2) },
    [running('t1'), running('t2'), running('o1', { startedBy: OLD })],
    'or for 1 older tasks to stop.',
  ],
  [
    'health checks, where what else runs is of no service or at rest',
    { service: runs(2) },
    [
      running('t1'),
      running('t2'),
      running('hand', { startedBy: 'someone' }),
      running('o1', { startedBy: OLD, lastStatus: 'STOPPED', desiredStatus: 'STOPPED', stopCode: 'UserInitiated' }),
    ],
    'All of its tasks run; it waits for health checks, or for ECS to call the deployment complete.',
  ],
])('out of time, it waits for %s', (_, sight, tasks, ending) => {
  const state = followed([poll(20), poll(60, { ...sight, tasks })], { deadlineAt: at(60) })
  expect(state.phase).toBe('timed-out')
  expect(reasonText(state).en).toMatch(/^The rollout had not ended after 1 min \(wait-for-minutes\)/)
  expect(reasonText(state).en).toContain(ending)
})
