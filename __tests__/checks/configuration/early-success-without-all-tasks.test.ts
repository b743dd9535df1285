import { describe, expect, test } from '@jest/globals'
import {
  type ConfiguredWorld,
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

const ID = 'early-success-without-all-tasks'
const FOUND = `${ID} web (advice)`
const early = (world: ConfiguredWorld, earlySuccessCriteria: unknown, desiredCount = 4) =>
  withService(deploying(world, { raw: { ...world.service.deploymentConfiguration.raw, earlySuccessCriteria } }), {
    desiredCount,
  })
const HALF = { enable: true, healthyPercent: 50 }

describe(ID, () => {
  test('finds a share that the good one of two subnets reaches alone', () => {
    const world = early(MIXED, HALF)
    expect(told(world)).toContain(FOUND)
    expect(findingOf(world, ID).what.en).toContain('successful with 2 of 4 healthy tasks')
    expectPages(findingOf(world, ID))
  })

  test.each<[string, ConfiguredWorld]>([
    ['where it takes more than the good subnet', early(MIXED, { enable: true, healthyPercent: 51 })],
    ['where it takes all tasks', early(MIXED, { enable: true, healthyPercent: 100 })],
    ['where all of one task is needed anyway', early(MIXED, HALF, 1)],
    ['where it is off', early(MIXED, { ...HALF, enable: false })],
    ['where nothing is said', MIXED],
    ['where every subnet starts tasks', early(HEALTHY, HALF)],
    ['where it is not known whether any does', early(UNSURE, HALF)],
    ['for blue/green', deploying(early(MIXED, HALF), { strategy: 'BLUE_GREEN' })],
  ])('clear %s', (_, world) => {
    expect(told(world)).not.toContain(FOUND)
  })

  test('is unknown without the service', () => {
    expect(unsure(HEALTHY, ID, 'service')).toEqual([['read:service', true]])
  })
})
