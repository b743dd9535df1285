/** Looks come close together while things move, seldom when they are quiet, and never faster than the call budget. */
import { expect, test } from '@jest/globals'
import { unread } from '../../src/domain/answer.ts'
import { nextLookIn } from '../../src/rollout/pace.ts'
import { deployment, followed, look, running, service, task } from './world.ts'

const middle = () => 0.5

test('close after a change', () => {
  expect(nextLookIn(followed([look(20)]), 1, middle)).toBe(2_000)
})

test('within a diagnosis of a start that hangs', () => {
  const pending = { tasks: [task('t1', { lastStatus: 'PENDING' })] }
  const state = followed([look(20, pending), look(150, pending)])
  expect(nextLookIn(state, 5, () => 1)).toBeLessThanOrEqual(5_000)
})

test('seldom when nothing moves', () => {
  const quiet = { tasks: [running('t1')], service: service({ deployments: [deployment({ runningCount: 1 })] }) }
  expect(nextLookIn(followed([look(20, quiet), look(400, quiet)]), 5, middle)).toBe(15_000)
})

test('never more than two calls a second', () => {
  expect(nextLookIn(followed([look(20)]), 24, middle)).toBe(12_000)
  expect(nextLookIn(followed([look(20)]), 5, middle)).toBe(2_500)
})

test('a missed look waits longer each time, with jitter', () => {
  const missing = unread('throttled', 'ecs:DescribeServices', 'ThrottlingException')
  const missed = [30, 40, 50].map((seconds) => ({ ...look(seconds), service: missing }))
  const waits = [1, 2, 3].map((count) => nextLookIn(followed([look(20), ...missed.slice(0, count)]), 4, () => 0))
  expect(waits).toEqual([4_000, 8_000, 16_000])
  expect(nextLookIn(followed([look(20), ...missed]), 4, () => 1)).toBeGreaterThan(16_000)
})
