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
  expect(new Set(entries.map(({ kind }) => kind))).toEqual(new Set(TIMELINE_KINDS))
  expect(leftOut).toBe(0)
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
