/** Looks come close together while a task may fail, seldom when none can, and never faster than the call budget. */
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

describe('to the millisecond', () => {
  const state = (seconds: number) => followed([poll(40), poll(seconds)])
  const bake = { serviceDeployments: [serviceDeployment({ lifecycleStage: 'BAKE_TIME' })] }
  test.each([
    ['close for 20 s after a change', state(59.999), 2_000],
    ['watchful after that', state(60), 4_000],
    ['seldom by a fifth of the quiet time', followed([poll(40, bake), poll(80, bake)]), 8_000],
    ['no less than watchful', followed([poll(40, bake), poll(60, bake)]), 4_000],
    ['and 15 s at most', followed([poll(40, bake), poll(140, bake)]), 15_000],
  ])('%s', (_, one, expected) => {
    expect(pollIntervalMs(one, 1, middle)).toBe(expected)
  })

  test('jitter is a tenth either way, and never below 1.6 s', () => {
    expect([0, 1].map((random) => pollIntervalMs(state(60), 1, () => random))).toEqual([3_600, 4_400])
    expect([0, 1].map((random) => pollIntervalMs(state(50), 1, () => random))).toEqual([1_800, 2_200])
  })

  test('a poll is paid for with 1.2 calls a second, 4.5 s of it at once', () => {
    expect(pollIntervalMs(state(50), 3, middle)).toBe(2_500)
    expect(pollIntervalMs(state(50), 60, middle)).toBe(4_500)
    const costly = followed([{ ...poll(40), calls: 100 }])
    expect(pollIntervalMs(costly, 1, middle)).toBe(Math.round(100 / 0.0012 - 40_000))
  })

  test('a large poll may use four fifths of it', () => {
    const spent = followed([{ ...poll(100), calls: 50 }])
    expect([46, 47].map((calls) => isWithinBudget(spent, calls))).toEqual([true, false])
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

test('old tasks that drain are waited for seldom only two minutes after a change', () => {
  const all = service({ deployments: [deployment({ runningCount: 2 }), old()] })
  const drained = running('o1', { startedBy: OLD, desiredStatus: 'STOPPED', lastStatus: 'DEACTIVATING' })
  const sight = { service: all, tasks: [running('t1'), running('t2'), drained] }
  const wait = (seconds: number) => pollIntervalMs(followed([poll(40, sight), poll(seconds, sight)]), 1, middle)
  expect([160, 160.001].map(wait)).toEqual([4_000, 15_000])
})

test('close after a change', () => {
  expect(pollIntervalMs(followed([poll(20)]), 1, middle)).toBe(2_000)
})

describe('within six seconds of whatever may fail', () => {
  const all = service({ deployments: [deployment({ runningCount: 2 }), old()] })
  test.each<[string, Sight]>([
    ['a start that hangs', { tasks: [task('t1', { lastStatus: 'PENDING' })] }],
    [
      'a task that waits for its health checks beside the old ones',
      { service: all, tasks: [running('t1'), running('t2'), running('o1', { startedBy: OLD })] },
    ],
    [
      'a task that runs while another is wanted',
      { service: service({ deployments: [deployment({ runningCount: 1 })] }), tasks: [running('t1')] },
    ],
    ['nothing that could be listed', {}],
    [
      'no task of ours that is known, beside old ones that drain',
      {
        service: all,
        tasks: [running('o1', { startedBy: OLD, desiredStatus: 'STOPPED', lastStatus: 'DEACTIVATING' })],
      },
    ],
    [
      'a second task of ours that starts',
      { service: all, tasks: [running('t1'), task('t2', { lastStatus: 'PENDING' })] },
    ],
  ])('%s', (_, sight) => {
    expect(pollIntervalMs(quiet(sight), 5, late)).toBeLessThanOrEqual(5_000)
  })

  test('also after a large look, where the average allows it', () => {
    const state = quiet({ tasks: [task('t1', { lastStatus: 'PENDING' })] })
    expect(pollIntervalMs(state, 24, middle)).toBeLessThanOrEqual(5_000)
  })
})

describe('seldom where nothing can fail', () => {
  const all = service({ deployments: [deployment({ runningCount: 2 }), old()] })
  const bakes = serviceDeployment({ lifecycleStage: 'BAKE_TIME', bakeMinutes: 10 })
  const hook = { id: 'h', status: 'AWAITING_ACTION', targetType: 'PAUSE', expiresAt: null, timeoutAction: 'ROLLBACK' }
  const drained = running('o1', { startedBy: OLD, desiredStatus: 'STOPPED', lastStatus: 'DEACTIVATING' })
  test.each<[string, Sight]>([
    ['a bake', { service: all, tasks: [running('t1')], serviceDeployments: [bakes] }],
    ['a pause', { service: all, tasks: [running('t1')], serviceDeployments: [serviceDeployment({ hooks: [hook] })] }],
    [
      'old tasks that drain beside a single one of ours',
      {
        service: service({ deployments: [deployment({ runningCount: 1, desiredCount: 1 }), old()] }),
        tasks: [running('t1'), drained],
      },
    ],
    ['old tasks that drain', { service: all, tasks: [running('t1'), running('t2'), drained] }],
    ['a rollback', { serviceDeployments: [serviceDeployment({ status: 'ROLLBACK_IN_PROGRESS' })] }],
  ])('%s', (_, sight) => {
    expect(pollIntervalMs(quiet(sight), 5, middle)).toBe(15_000)
  })
})

test('never more than two calls a second on average', () => {
  expect(pollIntervalMs(followed([poll(20)]), 5, middle)).toBeGreaterThan(2_500)
  const large = followed([{ ...poll(20), calls: 60 }])
  expect(pollIntervalMs(large, 60, middle)).toBeGreaterThan(10_000)
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
