import { describe, expect, test } from '@jest/globals'
import {
  A,
  C,
  configured,
  DENIED,
  deploying,
  findingOf,
  HEALTHY,
  MIXED,
  rollingOut,
  told,
  UNSURE,
  unsure,
  withService,
} from '../configuration-world.ts'
import { expectPages } from '../page.ts'

const ID = 'stuck-by-bad-subnets'
const ROLLING = { rolloutState: 'IN_PROGRESS', running: 1, pending: 1 } as const
const STUCK = rollingOut(MIXED, ROLLING)
const FOUND = `${ID} web (advice)`
const own = (world: typeof MIXED) => told(world).filter((one) => one.startsWith(ID))

describe(ID, () => {
  test('finds a deployment that waits for tasks of a bad subnet', () => {
    expect(own(STUCK)).toEqual([FOUND])
    const finding = findingOf(STUCK, ID)
    expect(finding.severity).toBe('advice')
    expectPages(finding)
  })

  test('gives only the good subnets as commands, and the last resort last, with its price before its command', () => {
    const { cli, console: steps, terraform } = findingOf(STUCK, ID).remedy
    expect(cli).toEqual([expect.stringContaining(`subnets=[${A}],`)])
    expect(cli.join()).not.toContain('minimumHealthyPercent')
    expect(terraform).not.toContain('minimum_healthy_percent')
    expect(steps[0]?.en).toContain(`take ${C} out of the service`)
    const [emergency = '', back = ''] = steps.slice(-2).map(({ en }) => en)
    expect(emergency).toMatch(
      /^Last resort.*The price: up to all 2 tasks may be down.*maximumPercent=200,minimumHealthyPercent=0 --region ap-northeast-2$/,
    )
    expect(back).toMatch(
      /^After that deployment.*maximumPercent=200,minimumHealthyPercent=100 --region ap-northeast-2$/,
    )
  })

  test('finds one whose tasks have failed and are not tried again yet', () => {
    expect(own(rollingOut(MIXED, { ...ROLLING, running: 0, pending: 0, failed: 2 }))).toEqual([FOUND])
  })

  test.each([
    ['that is through', { rolloutState: 'COMPLETED' }],
    ['that has failed', { rolloutState: 'FAILED' }],
    ['whose tasks all run', { running: 2, failed: 1 }],
    ['that has not begun to start tasks', { running: 0, pending: 0, failed: 0 }],
    ['that is not the newest', { status: 'ACTIVE' }],
  ])('clear for a deployment %s', (_, changes) => {
    expect(own(rollingOut(MIXED, { ...ROLLING, ...changes }))).toEqual([])
  })

  test('clear where every subnet starts tasks', () => {
    expect(told(rollingOut(HEALTHY, ROLLING))).toEqual([])
  })

  test('clear where it is not known whether any does', () => {
    expect(own(rollingOut(UNSURE, ROLLING))).toEqual([])
  })

  test('clear where percentages steer no deployment', () => {
    expect(own(deploying(STUCK, { strategy: 'BLUE_GREEN' }))).toEqual([])
    expect(own(withService(STUCK, { deploymentController: 'CODE_DEPLOY' }))).toEqual([])
  })

  test('is unknown, without deciding, where the deployments are', () => {
    expect(unsure(configured(MIXED, { rollout: DENIED }), ID)).toEqual([[DENIED.permission, false]])
  })
})
