/** Looks come close together after a change, are cheap when nothing moves, and seldom only where somebody lets the deployment wait. */
import { describe, expect, test } from '@jest/globals'
import { unread } from '../../src/domain/answer.ts'
import type { Poll } from '../../src/domain/rollout.ts'
import { isWithinBudget, pollIntervalMs } from '../../src/rollout/poll-interval.ts'
import { deployment, followed, OLD, old, poll, running, type Sight, service, serviceDeployment, task } from './world.ts'

const middle = () => 0.5
const late = () => 1

/** Nothing has changed for minutes. */
function quiet(sight: Sight) {
  return followed([poll(40, sight), poll(400, sight)])
}

const hook = { id: 'h', status: 'AWAITING_ACTION', targetType: 'PAUSE', expiresAt: null, timeoutAction: 'ROLLBACK' }
const paused = { serviceDeployments: [serviceDeployment({ hooks: [hook] })] }

describe('to the millisecond', () => {
  const state = (seconds: number) => followed([poll(40), poll(seconds)])
  test.each([
    ['close for 20 s after a change', state(59.999), 2_000],
    ['watchful after that', state(60), 3_100],
    ['seldom by a fifth of the time that somebody lets it wait', followed([poll(40, paused), poll(80, paused)]), 8_000],
    ['no less than watchful', followed([poll(40, paused), poll(60, paused)]), 4_000],
    ['and 15 s at most', followed([poll(40, paused), poll(140, paused)]), 15_000],
  ])('%s', (_, one, expected) => {
    expect(pollIntervalMs(one, 1, middle)).toBe(expected)
  })

  test('jitter is a tenth either way, and never below 1.6 s', () => {
    expect([0, 1].map((random) => pollIntervalMs(state(60), 1, () => random))).toEqual([2_790, 3_410])
    expect([0, 1].map((random) => pollIntervalMs(state(50), 1, () => random))).toEqual([1_800, 2_200])
  })

  test('a poll is paid for with 1.5 calls a second, and never with more than a watchful wait', () => {
    expect(pollIntervalMs(state(50), 4, middle)).toBe(2_667)
    expect(pollIntervalMs(state(50), 60, middle)).toBe(3_100)
  })

  test('what goes beyond it is not asked', () => {
    const spent = followed([{ ...poll(100), calls: 150 }])
    expect([12, 13].map((calls) => isWithinBudget(spent, calls))).toEqual([true, false])
  })

  test('misses double the wait, to half a minute', () => {
    const missing = unread('throttled', 'ecs:DescribeServices', 'ThrottlingException')
    const silent = [50, 51, 52, 53, 54].map((seconds) => ({
      ...poll(seconds),
      ...{ service: missing, running: missing, stopped: missing },
    }))
    expect(pollIntervalMs(followed([poll(40), ...silent]), 1, () => 0)).toBe(30_000)
    expect(pollIntervalMs(followed([poll(40), ...silent]), 1, () => 1)).toBe(42_000)
  })
})

test('close after a change', () => {
  expect(pollIntervalMs(followed([poll(20)]), 1, middle)).toBe(2_000)
})

describe('never later than an end may wait, five seconds with the poll after it', () => {
  const all = service({ deployments: [deployment({ runningCount: 2 }), old()] })
  const drained = running('o1', { startedBy: OLD, desiredStatus: 'STOPPED', lastStatus: 'DEACTIVATING' })
  test.each<[string, Sight]>([
    ['a start that hangs', { tasks: [task('t1', { lastStatus: 'PENDING' })] }],
    [
      'a task that waits for its health checks beside the old ones',
      { service: all, tasks: [running('t1'), running('t2'), running('o1', { startedBy: OLD })] },
    ],
    ['nothing that could be listed', {}],
    ['a bake', { serviceDeployments: [serviceDeployment({ lifecycleStage: 'BAKE_TIME', bakeMinutes: 10 })] }],
    ['old tasks that drain', { service: all, tasks: [running('t1'), running('t2'), drained] }],
    ['a rollback', { serviceDeployments: [serviceDeployment({ status: 'ROLLBACK_IN_PROGRESS' })] }],
  ])('%s', (_, sight) => {
    for (const calls of [1, 5, 60]) expect(pollIntervalMs(quiet(sight), calls, late)).toBeLessThanOrEqual(3_500)
  })
})

describe('a missed look', () => {
  const missing = unread('throttled', 'ecs:DescribeServices', 'ThrottlingException')
  const missed = [30, 40, 50].map((seconds) => ({ ...poll(seconds), service: missing }))
  const silent = missed.map((one) => ({ ...one, running: missing, stopped: missing }))
  const wait = (looks: readonly Poll[], random: number) =>
    pollIntervalMs(followed([poll(20), ...looks]), 4, () => random)

  test('waits longer each time, with jitter, where AWS answers nothing at all', () => {
    expect([1, 2, 3].map((count) => wait(silent.slice(0, count), 0))).toEqual([4_000, 8_000, 16_000])
    expect(wait(silent, 1)).toBeGreaterThan(16_000)
  })

  test('does not where the tasks are there and the service alone is not', () => {
    expect(wait(missed, 1)).toBeLessThanOrEqual(6_000)
  })
})
