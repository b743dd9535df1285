import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/domain/answer.ts'
import type { CircuitBreakerThreshold } from '../../../src/domain/configuration.ts'
import {
  configured,
  DENIED,
  deploying,
  findingOf,
  HEALTHY,
  MIXED,
  told,
  UNSURE,
  unsure,
  withService,
} from '../configuration-world.ts'
import { onOneLine } from '../judgement.ts'
import { expectPages } from '../page.ts'
import { change, TABLE_A } from '../world.ts'

const ID = 'circuit-breaker-cannot-trip'
const FOUND = [`${ID} web (advice)`]
const counting = (circuitBreakerThreshold: CircuitBreakerThreshold | null, resetOnHealthyTask = true) =>
  configured(MIXED, { rollout: known({ circuitBreakerThreshold, resetOnHealthyTask, deployments: [] }) })

describe(ID, () => {
  test('finds a breaker that one good subnet of two sets back again and again', () => {
    expect(told(MIXED)).toEqual(FOUND)
    const finding = findingOf(MIXED, ID)
    expect(finding.what.en).toContain('3 starts in a row would have to fail. About 50 % fail')
    expect(finding.what.en).toContain('about 13 %')
    expect(onOneLine(finding.remedy.cli)).toEqual([
      "# AWS CLI 2.35.12 or later\naws ecs update-service --cluster shop --service web --deployment-configuration 'deploymentCircuitBreaker={enable=true,rollback=true,resetOnHealthyTask=false,thresholdConfiguration={type=COUNT,value=3}}' --region ap-northeast-2",
    ])
    expect(finding.remedy.verified).toBe(true)
    expectPages(finding)
  })

  test('clear where every subnet starts tasks', () => {
    expect(told(HEALTHY)).toEqual([])
  })

  test('clear where none does: the breaker will trip', () => {
    const none = {
      ...MIXED,
      ...change(MIXED, 'routeTables', TABLE_A, ({ routes }) => ({ routes: routes.slice(0, 1) })),
    }
    expect(told(none)).toEqual([])
  })

  test('clear where it is not known whether any does', () => {
    expect(told(UNSURE)).toEqual([])
  })

  test('clear for blue/green, which has no use for it', () => {
    expect(told(deploying(MIXED, { strategy: 'BLUE_GREEN' }))).toEqual([])
  })

  test('counts half of the desired tasks, at least three', () => {
    const { what } = findingOf(withService(MIXED, { desiredCount: 10 }), ID)
    expect(what.en).toContain('With 10 desired tasks, 5 starts in a row')
    expect(what.en).toContain('about 3.1 %')
  })

  test.each<[CircuitBreakerThreshold, readonly string[]]>([
    [{ type: 'COUNT', value: 2 }, FOUND],
    [{ type: 'COUNT', value: 1 }, []],
    [{ type: 'UNBOUNDED_PERCENT', value: 50 }, []],
    [{ type: 'BOUNDED_PERCENT', value: 50 }, FOUND],
  ])('of two desired tasks, with the threshold %p', (threshold, expected) => {
    expect(told(counting(threshold)).filter((one) => one.startsWith(ID))).toEqual(expected)
  })

  test('clear where no task sets the count back', () => {
    expect(told(counting(null, false)).filter((one) => one.startsWith(ID))).toEqual([])
  })

  test('clear where it is off, which another check tells', () => {
    expect(told(deploying(MIXED, { circuitBreaker: null }))).toEqual(['circuit-breaker-off web (advice)'])
  })

  test('its remedy counts all failures, and keeps what was set', () => {
    const world = deploying(MIXED, { circuitBreaker: { enable: true, rollback: false } })
    expect(findingOf(world, ID).remedy.cli[0]).toContain(
      '{enable=true,rollback=false,resetOnHealthyTask=false,thresholdConfiguration={type=COUNT,value=3}}',
    )
  })

  test('is unknown where the settings, or their type, are', () => {
    expect(unsure(configured(MIXED, { rollout: DENIED }), ID)).toEqual([[DENIED.permission, false]])
    expect(unsure(counting({ type: 'SOMETHING_NEW', value: 1 }), ID)).toEqual([[null, false]])
    expect(unsure(MIXED, ID, 'paths')).toEqual([['read:paths', true]])
  })
})
