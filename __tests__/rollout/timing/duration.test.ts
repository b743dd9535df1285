/** Lengths of time as people say them. */
import { expect, test } from '@jest/globals'
import { durationText } from '../../../src/rollout/timing/duration.ts'

test.each([
  [0, '0 s', '0초'],
  [0.4, '0 s', '0초'],
  [45, '45 s', '45초'],
  [60, '1 min', '1분'],
  [59, '59 s', '59초'],
  [61, '1 min 1 s', '1분 1초'],
  [3_599, '59 min 59 s', '59분 59초'],
  [3_601, '1 h', '1시간'],
  [7_199, '1 h 59 min', '1시간 59분'],
  [7_200, '2 h', '2시간'],
  [160, '2 min 40 s', '2분 40초'],
  [3_599.6, '1 h', '1시간'],
  [3_725, '1 h 2 min', '1시간 2분'],
  [-5, '0 s', '0초'],
])('%d seconds', (seconds, en, ko) => {
  expect(durationText(seconds)).toEqual({ en, ko })
})
