/** How far things have come, and when nothing about them changes any more. */
import { describe, expect, test } from '@jest/globals'
import { hasVanished, isSettled } from '../../../src/rollout/observe/absence.ts'
import {
  hasStarted,
  isAtRest,
  isRunning,
  isStopping,
  rolloutRank,
  serviceDeploymentRank,
  taskRank,
} from '../../../src/rollout/observe/lifecycle.ts'
import type { ObservedTask } from '../../../src/rollout/state.ts'
import { at, task } from '../world.ts'

test.each<[string, boolean, boolean, boolean]>([
  // status, at rest, stopping, running
  ['PROVISIONING', false, false, false],
  ['PENDING', false, false, false],
  ['ACTIVATING', false, false, false],
  ['RUNNING', false, false, true],
  ['DEACTIVATING', false, true, false],
  ['STOPPING', false, true, false],
  ['DEPROVISIONING', false, true, false],
  ['STOPPED', true, true, false],
  ['DELETED', true, true, false],
  ['A_STATUS_OF_NEXT_YEAR', false, false, false],
])('a task that is %s', (lastStatus, atRest, stopping, runs) => {
  const one = task('t', { lastStatus })
  expect([isAtRest(lastStatus), isStopping(one), isRunning(one)]).toEqual([atRest, stopping, runs])
  expect(isStopping({ ...one, desiredStatus: 'STOPPED' })).toBe(true)
  expect(isRunning({ ...one, desiredStatus: 'STOPPED' })).toBe(false)
})

test('a task has started when it runs, or when ECS has a time for it', () => {
  expect(hasStarted(task('t'))).toBe(false)
  expect(hasStarted(task('t', { lastStatus: 'RUNNING' }))).toBe(true)
  expect(hasStarted(task('t', { lastStatus: 'STOPPED', startedAt: at(9) }))).toBe(true)
})

test('what comes later ranks higher', () => {
  const tasks = ['NEXT_YEAR', 'PROVISIONING', 'PENDING', 'RUNNING', 'STOPPED', 'DELETED'].map(taskRank)
  expect(tasks).toEqual(tasks.toSorted((one, other) => one - other))
  expect([null, 'IN_PROGRESS', 'COMPLETED', 'FAILED'].map(rolloutRank)).toEqual([0, 0, 1, 2])
  const all = ['PENDING', 'IN_PROGRESS', 'STOP_REQUESTED', 'ROLLBACK_REQUESTED', 'ROLLBACK_IN_PROGRESS', 'SUCCESSFUL']
  expect(all.map(serviceDeploymentRank)).toEqual([0, 1, 2, 3, 4, 5])
  expect(['STOPPED', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED', 'NEXT_YEAR'].map(serviceDeploymentRank)).toEqual([
    5, 6, 6, 1,
  ])
})

function observed(fields: Parameters<typeof task>[1], restSeenAt: number | null, lastSeenAt = at(10)): ObservedTask {
  return { task: task('t', fields), seenAt: at(0), lastSeenAt, stopSeenAt: restSeenAt, restSeenAt }
}

describe('a task is settled', () => {
  const stopped = { lastStatus: 'STOPPED' }
  test.each<[string, ObservedTask, number, boolean]>([
    ['at rest with a reason', observed({ ...stopped, stoppedReason: 'x' }, at(10)), 10, true],
    ['at rest with a code', observed({ ...stopped, stopCode: 'x' }, at(10)), 10, true],
    ['at rest without either, for a while', observed(stopped, at(10)), 40.001, true],
    ['not at once', observed(stopped, at(10)), 40, false],
    ['not while it only stops', observed({ lastStatus: 'STOPPING', stoppedReason: 'x' }, null), 900, false],
  ])('%s', (_, one, seconds, expected) => {
    expect(isSettled(one, at(seconds))).toBe(expected)
  })
})

describe('a task has vanished', () => {
  const missing = (...seconds: readonly number[]) => ({ t: seconds.map(at) })
  test.each<[string, Record<string, ObservedTask>, Record<string, readonly number[]>, boolean]>([
    ['after three polls in vain over twelve seconds', {}, missing(20, 26, 32), true],
    ['not after two', {}, missing(20, 32), false],
    ['not within less', {}, missing(20, 26, 31), false],
    ['not where it was seen since', { t: observed({}, null, at(20)) }, missing(20, 26, 32), false],
    ['where it was seen before', { t: observed({}, null, at(19)) }, missing(20, 26, 32), true],
    [
      'not where its end was seen',
      { t: observed({ lastStatus: 'STOPPED' }, at(9), at(9)) },
      missing(20, 26, 32),
      false,
    ],
    ['not where nobody asked', {}, {}, false],
  ])('%s', (_, tasks, absent, expected) => {
    expect(hasVanished({ tasks, absent }, 't')).toBe(expected)
  })
})
