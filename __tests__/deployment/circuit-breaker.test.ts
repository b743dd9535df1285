import { describe, expect, test } from '@jest/globals'
import { chanceOfFailures, chanceToTrip, failuresToTrip } from '../../src/deployment/deployment-arithmetic.ts'
import { failingShare } from '../../src/deployment/subnet-split.ts'
import type { CircuitBreakerThreshold } from '../../src/domain/configuration.ts'

describe('the threshold', () => {
  test.each<[desired: number, configured: CircuitBreakerThreshold | null, threshold: number | null]>([
    [0, null, 3],
    [6, null, 3],
    [7, null, 4],
    [25, null, 13],
    [400, null, 200],
    [1000, null, 200],
    [10, { type: 'COUNT', value: 1 }, 1],
    [10, { type: 'BOUNDED_PERCENT', value: 10 }, 3],
    [1000, { type: 'BOUNDED_PERCENT', value: 100 }, 200],
    [25, { type: 'UNBOUNDED_PERCENT', value: 10 }, 3],
    [1, { type: 'UNBOUNDED_PERCENT', value: 10 }, 1],
    [1000, { type: 'UNBOUNDED_PERCENT', value: 100 }, 1000],
    [10, { type: 'SOMETHING_NEW', value: 10 }, null],
  ])('of %d desired tasks with %p is %p', (desired, configured, threshold) => {
    expect(failuresToTrip(desired, configured)).toBe(threshold)
  })
})

describe('the share of failing starts', () => {
  const subnet = (subnetId: string, zone: string | null) => ({ subnetId, zone, brokenBy: null })

  test('is that of the zones, whatever number of subnets each has', () => {
    const good = [subnet('a1', 'a'), subnet('a2', 'a'), subnet('a3', 'a')]
    expect(failingShare({ good, bad: [subnet('c1', 'c')], unsure: [] })).toBe(0.5)
    expect(failingShare({ good, bad: [subnet('a4', 'a')], unsure: [] })).toBe(0.25)
  })

  test('takes subnets without a zone for zones, and unsure ones for neither', () => {
    const split = {
      good: [subnet('1', null)],
      bad: [subnet('2', null)],
      unsure: [subnet('3', null), subnet('4', null)],
    }
    expect(failingShare(split)).toBe(0.25)
    expect(failingShare({ good: [], bad: [], unsure: [] })).toBe(0)
  })

  test('to the power of the threshold is the chance that it trips', () => {
    expect(chanceToTrip(0.5, 3)).toBe(0.125)
    expect(chanceToTrip(1, 200)).toBe(1)
  })
})

describe('the chance of so many failures before the desired tasks run', () => {
  test.each<[share: number, threshold: number, desired: number, chance: number]>([
    [0.5, 1, 1, 0.5],
    [0.5, 1, 2, 0.75],
    [0.5, 2, 1, 0.25],
    [0.5, 3, 2, 0.3125],
    [0.25, 1, 4, 1 - 0.75 ** 4],
    [0, 1, 100, 0],
    [1, 3, 5, 1],
    [0.5, 200, 5000, 1],
  ])('%d of the starts, %d failures, %d tasks', (share, threshold, desired, chance) => {
    expect(chanceOfFailures(share, threshold, desired)).toBeCloseTo(chance, 10)
  })
})
