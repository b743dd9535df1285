import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { forecast } from '../../src/deployment/forecast.ts'
import type { ZonedSubnet } from '../../src/deployment/subnet-split.ts'
import type { Service } from '../../src/domain/service.ts'
import { service } from '../task-start/sample.ts'

const A: ZonedSubnet = { subnetId: 'subnet-a', zone: 'ap-northeast-2a' }
const A2: ZonedSubnet = { subnetId: 'subnet-a2', zone: 'ap-northeast-2a' }
const B: ZonedSubnet = { subnetId: 'subnet-b', zone: 'ap-northeast-2b' }
const C: ZonedSubnet = { subnetId: 'subnet-c', zone: 'ap-northeast-2c' }

function percents(minimumHealthyPercent: number, maximumPercent: number): Pick<Service, 'deploymentConfiguration'> {
  return { deploymentConfiguration: { ...service().deploymentConfiguration, minimumHealthyPercent, maximumPercent } }
}

function foretold(facts: Parameters<typeof forecast>[0]) {
  const result = forecast(facts)
  if (result === null) throw new Error('nothing foretold')
  return result
}

describe('the reported case: two subnets, one without its S3 route, 15 minutes with 2 to 3 failed tasks', () => {
  test.each([
    [2, 2],
    [3, 3],
  ])('%i tasks', (desiredCount, failed) => {
    const result = foretold({ service: service({ desiredCount }), goodSubnets: [A], badSubnets: [C] })
    expect(result.expectedFailedTasks).toBe(failed)
    const [low, high] = result.expectedMinutes
    expect(low).toBeLessThan(15)
    expect(high).toBeGreaterThan(15)
    expect(high).toBeLessThan(25)
    // Without the fault it took 2 to 3 minutes.
    expect(result.cleanMinutes[0]).toBeGreaterThan(1)
    expect(result.cleanMinutes[0]).toBeLessThanOrEqual(2)
    expect(result.cleanMinutes[1]).toBeGreaterThanOrEqual(2)
    expect(result.cleanMinutes[1]).toBeLessThanOrEqual(3)
  })
})

describe('the share of starts that land where they fail', () => {
  // Six tasks: 6 p / (1 - p) of them fail.
  test.each<[string, ZonedSubnet[], ZonedSubnet[], number]>([
    ['one of three zones', [A, B], [C], 3],
    ['two of three zones', [A], [B, C], 12],
    ['one of two subnets of one of two zones: a quarter', [A, B], [A2], 2],
    ['the only subnet of one of two zones, beside two in the other: a half', [A, A2], [B], 6],
    ['zones unknown: one of two subnets', [{ ...A, zone: null }], [{ ...A2, zone: null }], 6],
    ['one zone unknown: every subnet counts alone', [A, { ...A2, zone: null }], [B], 3],
    ['none', [A, B, C], [], 0],
  ])('%s', (_, goodSubnets, badSubnets, failed) => {
    const result = foretold({ service: service({ desiredCount: 6 }), goodSubnets, badSubnets })
    expect(result.expectedFailedTasks).toBeCloseTo(failed, 5)
  })
})

describe('the range of minutes', () => {
  test('waits for the unluckiest of two tasks: by hand', () => {
    // p = 1/2, n = 2: the mean of the maximum is 5/3, its variance 8/3.
    const { expectedMinutes, cleanMinutes } = foretold({ service: service(), goodSubnets: [A], badSubnets: [C] })
    expect(expectedMinutes[0] - cleanMinutes[0]).toBeCloseTo((5 / 3) * 3, 0)
    expect(expectedMinutes[1] - cleanMinutes[1]).toBeCloseTo((5 / 3 + 0.84 * Math.sqrt(8 / 3)) * 5, 0)
  })

  test('is the clean one where nothing fails, and says nothing of failures', () => {
    const result = foretold({ service: service(), goodSubnets: [A, C], badSubnets: [] })
    expect(result.expectedMinutes).toEqual(result.cleanMinutes)
    expect(result.basis.map((text) => text.en).join(' ')).not.toMatch(/dropped|circuit breaker/)
  })

  test('has a wave for every batch', () => {
    const facts = { goodSubnets: [A], badSubnets: [C] }
    const together = foretold({ service: service({ desiredCount: 4, ...percents(100, 200) }), ...facts })
    const singly = foretold({ service: service({ desiredCount: 4, ...percents(100, 125) }), ...facts })
    expect(singly.cleanMinutes[0]).toBeCloseTo(together.cleanMinutes[0] * 4, 0)
    expect(singly.expectedMinutes[0]).toBeGreaterThan(together.expectedMinutes[0])
    expect(singly.expectedFailedTasks).toBe(together.expectedFailedTasks)
  })

  test('counts a last wave that is not full by its own tasks', () => {
    const facts = { goodSubnets: [A], badSubnets: [C] }
    const five = foretold({ service: service({ desiredCount: 5, ...percents(60, 140) }), ...facts })
    const eight = foretold({ service: service({ desiredCount: 8, ...percents(75, 125) }), ...facts })
    // Batches of four: 4 + 1 and 4 + 4. At p = 1/2 the unluckiest of four fails 2.505 times on average, one alone once.
    expect(five.cleanMinutes).toEqual(eight.cleanMinutes)
    expect(five.expectedMinutes[0] - five.cleanMinutes[0]).toBeCloseTo((2.505 + 1) * 3, 1)
    expect(eight.expectedMinutes[0] - eight.cleanMinutes[0]).toBeCloseTo((2.505 + 2.505) * 3, 1)
  })

  test('takes five minutes of draining where a load balancer is attached', () => {
    const loadBalancers = [
      {
        targetGroupArn: 'arn:aws:elasticloadbalancing:…',
        containerName: 'web',
        containerPort: 80,
        advancedConfiguration: null,
        raw: {},
      },
    ]
    const facts = { goodSubnets: [A], badSubnets: [C] }
    const without = foretold({ service: service(), ...facts })
    const balanced = foretold({ service: service({ loadBalancers }), ...facts })
    expect(balanced.cleanMinutes[0] - without.cleanMinutes[0]).toBeGreaterThan(4)
    expect(balanced.basis.map((text) => text.en).join(' ')).toMatch(/300 seconds/)
  })

  test('is never upside down, and never shorter than the clean one', () => {
    const counts = fc.record({
      desiredCount: fc.integer({ min: 1, max: 2000 }),
      good: fc.integer({ min: 1, max: 12 }),
      bad: fc.integer({ min: 0, max: 12 }),
      min: fc.integer({ min: 0, max: 100 }),
      max: fc.integer({ min: 101, max: 300 }),
    })
    fc.assert(
      fc.property(counts, ({ desiredCount, good, bad, min, max }) => {
        const subnets = (count: number) =>
          Array.from({ length: count }, (_, i) => ({ subnetId: `subnet-${i}`, zone: null }))
        const result = forecast({
          service: service({ desiredCount, ...percents(min, max) }),
          goodSubnets: subnets(good),
          badSubnets: subnets(bad),
        })
        if (result === null) return
        const [low, high] = result.expectedMinutes
        expect(low).toBeLessThanOrEqual(high)
        expect(low).toBeGreaterThanOrEqual(result.cleanMinutes[0])
        expect(high).toBeGreaterThanOrEqual(result.cleanMinutes[1])
        expect(Number.isFinite(high)).toBe(true)
      }),
    )
  })
})

describe('the history of the service', () => {
  const facts = { service: service(), goodSubnets: [A, C], badSubnets: [] }

  test('whole starts are taken first', () => {
    const result = foretold({ ...facts, history: { pullSeconds: [1], startSeconds: [50, 60, 55] } })
    // 50 + 40 and 60 + 40 + 30 seconds.
    expect(result.cleanMinutes).toEqual([1.5, 2.2])
    expect(result.basis[0]?.en).toMatch(/50–60 seconds.*3 seen/)
  })

  test('pulls alone replace the assumed pull', () => {
    const result = foretold({ ...facts, history: { pullSeconds: [300], startSeconds: [] } })
    // 10 + 300 + 5 + 40 and 30 + 300 + 15 + 40 + 30 seconds.
    expect(result.cleanMinutes).toEqual([5.9, 6.9])
  })

  test('one odd start of many does not stretch the range; nonsense is not a start', () => {
    const startSeconds = [...Array(19).fill(60), 3600, Number.NaN, -5, Number.POSITIVE_INFINITY]
    const result = foretold({ ...facts, history: { pullSeconds: [], startSeconds } })
    expect(result.cleanMinutes[1]).toBeLessThan(3)
    expect(result.basis[0]?.en).toMatch(/20 seen/)
  })

  test('an empty history is none', () => {
    const none = foretold(facts)
    expect(foretold({ ...facts, history: { pullSeconds: [], startSeconds: [] } })).toEqual(none)
    expect(none.basis[0]?.en).toMatch(/assumed/)
  })
})

describe('nothing is foretold', () => {
  test.each<[string, Parameters<typeof forecast>[0]]>([
    ['every start fails', { service: service(), goodSubnets: [], badSubnets: [A, C] }],
    ['no subnet is known', { service: service(), goodSubnets: [], badSubnets: [] }],
    ['no task is wanted', { service: service({ desiredCount: 0 }), goodSubnets: [A], badSubnets: [C] }],
    ['the deployment may not move', { service: service(percents(100, 100)), goodSubnets: [A], badSubnets: [C] }],
  ])('%s', (_, facts) => {
    expect(forecast(facts)).toBeNull()
  })
})

test('the basis names the circuit breaker only where it is on, and speaks both languages', () => {
  const facts = { goodSubnets: [A], badSubnets: [C] }
  const on = foretold({ service: service(), ...facts }).basis
  expect(on[0]?.en).toMatch(/^1 of 2 subnets fail.* 50 % /)
  expect(on.map((text) => text.en).join(' ')).not.toMatch(/300 seconds/)
  const off = foretold({
    service: service({ deploymentConfiguration: { ...service().deploymentConfiguration, circuitBreaker: null } }),
    ...facts,
  }).basis
  expect(on.at(-1)?.en).toMatch(/circuit breaker.*after 3 failures/)
  expect(off.map((text) => text.en).join(' ')).not.toMatch(/circuit breaker/)
  for (const text of on) expect(text.ko).toMatch(/[가-힣]/)
})
