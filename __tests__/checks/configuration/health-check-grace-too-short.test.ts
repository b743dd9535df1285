import { describe, expect, test } from '@jest/globals'
import {
  checkingHealth,
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
const grace = (healthCheckGracePeriodSeconds: number | null) => withService(HEALTHY, { healthCheckGracePeriodSeconds })
const starting = (startPeriodSeconds: number) => withContainer(HEALTHY, { healthCheck: { startPeriodSeconds } })

describe(ID, () => {
  test('finds one that ends before the target group could have called the target unhealthy', () => {
    expect(told(grace(59))).toEqual(FOUND)
    const finding = findingOf(grace(10), ID)
    expect(finding.what.en).toContain('gives a new task 10 seconds, but needs at least 60')
    expect(finding.remedy.cli[0]).toContain('--health-check-grace-period-seconds 60')
    expectPages(finding)
  })

  test.each([60, 61, 600])('clear with %d seconds', (seconds) => {
    expect(told(grace(seconds))).toEqual([])
  })

  test('takes none for 0', () => {
    expect(told(grace(null))).toEqual(FOUND)
  })

  test('multiplies interval and threshold', () => {
    expect(told(checkingHealth(HEALTHY, { unhealthyThreshold: 3 }))).toEqual(FOUND)
    expect(told(checkingHealth(HEALTHY, { intervalSeconds: 31 }))).toEqual(FOUND)
    expect(told(checkingHealth(HEALTHY, { intervalSeconds: 10, unhealthyThreshold: 6 }))).toEqual([])
  })

  test('finds a start period of a container that is longer', () => {
    expect(told(starting(61))).toEqual(FOUND)
    expect(findingOf(starting(90), ID).remedy.cli[0]).toContain('--health-check-grace-period-seconds 90')
    expect(told(starting(60))).toEqual([])
  })

  test('goes by the longest of all', () => {
    const world = withService(starting(90), { healthCheckGracePeriodSeconds: 10 })
    expect(findingOf(world, ID).evidence).toHaveLength(3)
    expect(findingOf(world, ID).remedy.cli[0]).toContain('--health-check-grace-period-seconds 90')
  })

  test('clear without a load balancer', () => {
    const alone = { ...grace(null), configuration: { ...HEALTHY.configuration, targetGroups: [] } }
    expect(told({ ...alone, service: { ...alone.service, loadBalancers: [] } })).toEqual([])
  })

  test('is unknown where the target group could not be read', () => {
    expect(unsure(withGroup(grace(10), { group: DENIED }), ID)).toEqual([[DENIED.permission, false]])
  })
})
