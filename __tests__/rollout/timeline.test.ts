/** The timeline says what each entry is, where its task is, and of a large service whole tasks only. */
import { expect, test } from '@jest/globals'
import { TIMELINE_KINDS } from '../../src/domain/rollout.ts'
import { timelineOf } from '../../src/rollout/timeline.ts'
import {
  at,
  deployment,
  exited,
  failedToStart,
  followed,
  poll,
  running,
  S3_TIMEOUT,
  SUBNET_A,
  SUBNET_C,
  service,
} from './world.ts'

test('every kind, by the clock', () => {
  const gone = running('gone', {
    version: 6,
    lastStatus: 'STOPPED',
    desiredStatus: 'STOPPED',
    stopCode: 'ServiceSchedulerInitiated',
    stoppedReason: 'Scaling activity initiated by (deployment ecs-svc/2222222222222222222)',
    ...{ stoppingAt: at(60), stoppedAt: at(70) },
  })
  const done = deployment({ runningCount: 2, rolloutState: 'COMPLETED', updatedAt: at(80) })
  const events = [{ id: 'e1', at: at(79), message: '(service web) has reached a steady state.' }]
  const tasks = [gone, failedToStart('bad', S3_TIMEOUT, { stoppingAt: at(50), stoppedAt: at(55), subnetId: SUBNET_C })]
  const state = followed([poll(90, { service: service({ deployments: [done], events }), tasks })])
  const { entries, leftOut } = timelineOf(state)
  expect(entries.map(({ kind, taskId, subnetId }) => [kind, taskId, subnetId])).toEqual([
    ['deployment-began', null, null],
    ['task-created', 'bad', SUBNET_C],
    ['task-created', 'gone', SUBNET_A],
    ['pull-began', 'gone', SUBNET_A],
    ['task-started', 'gone', SUBNET_A],
    ['task-failed', 'bad', SUBNET_C],
    ['task-stopped', 'gone', SUBNET_A],
    ['service-event', null, null],
    ['deployment-ended', null, null],
  ])
  // Records of Action Logs: diagnose/action-logs.test.ts.
  const others = TIMELINE_KINDS.filter((kind) => kind !== 'action')
  expect(new Set(entries.map(({ kind }) => kind))).toEqual(new Set(others))
  expect(leftOut).toBe(0)
})

test('events of the service: from two seconds before its begin, and of many the first and the last', () => {
  const event = (n: number, seconds: number) => ({ id: `e${n}`, at: at(seconds), message: `event ${n}` })
  const events = [event(1, -2.001), event(2, -2), ...Array.from({ length: 100 }, (_, n) => event(100 + n, 10 + n))]
  const { entries, leftOut } = timelineOf(followed([poll(400, { service: service({ events }) })]))
  const told = entries.filter(({ kind }) => kind === 'service-event').map(({ what }) => what.en)
  expect(told).toHaveLength(80)
  expect(leftOut).toBe(21)
  expect([told[0], told[1], told[39], told[40], told[79]]).toEqual([
    'event 2',
    'event 100',
    'event 138',
    'event 160',
    'event 199',
  ])
})

test('at the same time: in the order of a rollout, then of the tasks', () => {
  const tasks = [running('b', { pullStartedAt: at(5) }), running('a', { pullStartedAt: at(5) })]
  const { entries } = timelineOf(followed([poll(90, { tasks })]))
  expect(entries.slice(1, 5).map(({ kind, taskId }) => `${kind} ${taskId}`)).toEqual([
    'task-created a',
    'task-created b',
    'pull-began a',
    'pull-began b',
  ])
})

test('a large service: whole tasks, those that failed among them, and the rest is counted', () => {
  const good = Array.from({ length: 300 }, (_, n) => running(`good-${n}`, { createdAt: at(5 + n) }))
  const bad = Array.from({ length: 60 }, (_, n) => exited(`bad-${n}`, 1))
  const { entries, leftOut } = timelineOf(followed([poll(400, { tasks: [...good, ...bad] })]))
  const count = (id: string | null) => entries.filter(({ taskId }) => taskId === id).length
  const ids = [...new Set(entries.flatMap(({ taskId }) => taskId ?? []))]
  expect(entries.length).toBeLessThanOrEqual(200)
  expect(ids.filter((id) => id.startsWith('bad')).length).toBe(21)
  expect(ids.filter((id) => id.startsWith('good')).length).toBe(9)
  for (const id of ids) expect(count(id)).toBe(id.startsWith('bad') ? 4 : 3)
  expect(leftOut).toBe(300 * 3 + 60 * 4 - 9 * 3 - 21 * 4)
})
