/** What the steps of a rollout say: no step is called fine that nothing got through. */
import { expect, test } from '@jest/globals'
import { exitCodeOfWatch } from '../../../src/commands/watch/conclusion.ts'
import { ROLLOUTS } from '../../report/rollout-samples.ts'

test.each([
  ['steady', ['ok', 'ok', 'ok', 'ok', 'ok', 'ok'], 0],
  ['steady-after-failures', ['ok', 'warning', 'ok', 'ok', 'ok', 'ok'], 0],
  ['failed', ['ok', 'failed', 'ok', 'ok', 'skipped', 'failed'], 1],
  ['crashing', ['ok', 'ok', 'ok', 'failed', 'skipped', 'failed'], 1],
  ['image-gone', ['ok', 'failed', 'skipped', 'skipped', 'skipped', 'failed'], 1],
  ['superseded', ['ok', 'skipped', 'skipped', 'skipped', 'skipped', 'unknown'], 3],
  ['timed-out', ['ok', 'warning', 'ok', 'ok', 'skipped', 'unknown'], 3],
  ['unplaced', ['warning', 'skipped', 'skipped', 'skipped', 'skipped', 'unknown'], 3],
])('%s', (name, states, exitCode) => {
  const report = ROLLOUTS[`rollout-${name}`]
  expect(report?.steps.slice(-6).map(({ id, state }) => [id, state])).toEqual(
    ['placement', 'pull', 'init', 'start', 'health', 'steady'].map((id, at) => [id, states[at]]),
  )
  expect(report && exitCodeOfWatch(report)).toBe(exitCode)
})
