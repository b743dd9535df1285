/** A service that is configured well is told nothing about. */
import { expect, test } from '@jest/globals'
import { HEALTHY, judge } from './configuration-world.ts'

test('no check of the configuration has anything to say', () => {
  expect(judge(HEALTHY)).toEqual({ findings: [], unknowns: [] })
})
