import { describe, expect, test } from '@jest/globals'
import type { UnreadBecause } from '../../../src/domain/answer.ts'
import {
  type ConfiguredWorld,
  checkingHealth,
  configured,
  DENIED,
  findingOf,
  HEALTHY,
  told,
  unsure,
  withContainer,
  withGroup,
  withService,
} from '../configuration-world.ts'
import { expectPages } from '../page.ts'

const ID = 'health-check-grace-too-short'
const FOUND = [`${ID} web (warning)`]
/** The target group calls a target unhealthy after 2 checks, 30 seconds apart. */
const starting = (startPeriodSeconds: number, grace: number | null): ConfiguredWorld =>
  withService(withContainer(HEALTHY, { healthCheck: { startPeriodSeconds } }), {
    healthCheckGracePeriodSeconds: grace,
  })

describe(ID, () => {
  test('finds a start period that is longer than grace period and target group give', () => {
    const world = starting(180, 30)
    expect(told(world)).toEqual(FOUND)
    const finding = findingOf(world, ID)
    expect(finding.what.en).toContain(
      'gives a new task 60 seconds to become healthy, and its container web asks for 180',
    )
    expect(finding.remedy.cli[0]).toContain('--health-check-grace-period-seconds 180')
    expect(finding.remedy.verified).toBe(true)
    expectPages(finding)
  })

  test.each<[startPeriod: number, grace: number | null, found: boolean]>([
    [0, null, false],
    [0, 0, false],
    [0, 10, false],
    [5, null, false],
    [60, null, false],
    [61, null, true],
    [61, 60, true],
    [61, 61, false],
    [300, 600, false],
    [300, 299, true],
  ])('a start period of %p seconds with a grace period of %p: %p', (startPeriod, grace, found) => {
    expect(told(starting(startPeriod, grace))).toEqual(found ? FOUND : [])
  })

  test('multiplies interval and threshold', () => {
    const world = starting(80, null)
    expect(told(checkingHealth(world, { unhealthyThreshold: 3 }))).toEqual([])
    expect(told(checkingHealth(world, { intervalSeconds: 41 }))).toEqual([])
    expect(told(checkingHealth(world, { intervalSeconds: 39 }))).toEqual(FOUND)
  })

  test('goes by the quickest of several target groups', () => {
    const [record] = HEALTHY.configuration.targetGroups
    const slow = checkingHealth(starting(80, null), { intervalSeconds: 300 })
    if (record === undefined) throw new Error('no target group')
    expect(told(slow)).toEqual([])
    const both = configured(slow, { targetGroups: [...slow.configuration.targetGroups, record] })
    expect(told(both)).toEqual(FOUND)
  })

  test('clear without a load balancer', () => {
    const world = withService(starting(180, null), { loadBalancers: [] })
    expect(told(configured(world, { targetGroups: [] }))).toEqual([])
  })

  test('is unknown where the target group could not be read, unless the grace period is enough', () => {
    expect(unsure(withGroup(starting(61, 10), { group: DENIED }), ID)).toEqual([[DENIED.permission, false]])
    expect(unsure(withGroup(starting(61, 61), { group: DENIED }), ID)).toEqual([])
  })

  // DescribeTargetGroups under throttling gave a pass where AWS unbroken gives the warning (the soak, run 58 of seed 1).
  test.each<[UnreadBecause, boolean]>([
    ['throttled', true],
    ['unreachable', true],
    ['garbled', true],
    ['denied', false],
    ['absent', false],
  ])('which decides the verdict where it may be read the next time: %s: %p', (because, decides) => {
    const world = withGroup(starting(61, 10), { group: { ...DENIED, because } })
    expect(unsure(world, ID)).toEqual([[DENIED.permission, decides]])
  })
})
