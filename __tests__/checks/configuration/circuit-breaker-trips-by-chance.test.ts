import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/domain/answer.ts'
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
import { expectPages } from '../page.ts'

const ID = 'circuit-breaker-trips-by-chance'
const FOUND = `${ID} web (advice)`
const counting = (type: string, value: number, resetOnHealthyTask = true, world = MIXED) =>
  configured(world, {
    rollout: known({ circuitBreakerThreshold: { type, value }, resetOnHealthyTask, deployments: [] }),
  })

describe(ID, () => {
  test('finds a breaker that trips at once where one of two subnets starts no task', () => {
    const world = counting('COUNT', 1)
    expect(told(world)).toContain(FOUND)
    expect(findingOf(world, ID).what.en).toContain('trips after 1 failure: about 50 % of the deployments are given up')
    expectPages(findingOf(world, ID))
  })

  test('counts all failures where no task sets them back', () => {
    // Of 2 desired tasks, half of the starts failing: 31 %.
    expect(findingOf(counting('COUNT', 3, false), ID).what.en).toContain('about 31 %')
    expect(told(withService(counting('COUNT', 3, false), { desiredCount: 20 }))).toContain(FOUND)
  })

  test.each<[string, Parameters<typeof told>[0]]>([
    ['by default, 13 percent', MIXED],
    ['where every subnet starts tasks', counting('COUNT', 1, true, HEALTHY)],
    ['where it is not known whether any does', counting('COUNT', 1, true, UNSURE)],
    ['where it is off', deploying(counting('COUNT', 1), { circuitBreaker: null })],
    ['for blue/green', deploying(counting('COUNT', 1), { strategy: 'BLUE_GREEN' })],
    ['for a threshold of tomorrow', counting('SOMETHING_NEW', 1)],
    ['where its settings could not be read', configured(MIXED, { rollout: DENIED })],
  ])('clear %s', (_, world) => {
    expect(told(world)).not.toContain(FOUND)
  })

  test('is unknown without the service', () => {
    expect(unsure(HEALTHY, ID, 'service')).toEqual([['read:service', true]])
  })
})
