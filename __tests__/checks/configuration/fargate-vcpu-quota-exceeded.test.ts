import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/domain/answer.ts'
import {
  type ConfiguredWorld,
  configured,
  DENIED,
  deploying,
  findingOf,
  HEALTHY,
  told,
  unsure,
  withDefinition,
  withService,
} from '../configuration-world.ts'
import { onOneLine } from '../judgement.ts'
import { expectPages } from '../page.ts'

const ID = 'fargate-vcpu-quota-exceeded'
const FOUND = [`${ID} web (warning)`]
/** Four tasks of one vCPU, eight while they are replaced. */
const FOUR = withDefinition(withService(HEALTHY, { desiredCount: 4, runningCount: 4 }), { cpu: '1024', memory: '2048' })
const quota = (value: number) => configured(FOUR, { fargateVcpus: known(value) })

describe(ID, () => {
  test('finds a deployment that runs more at once than the account may', () => {
    expect(told(quota(6))).toEqual(FOUND)
    const finding = findingOf(quota(6), ID)
    expect(finding.evidence[0]?.en).toBe('8 tasks × 1 vCPU = 8 vCPU')
    expect(onOneLine(finding.remedy.cli)[0]).toContain('--quota-code L-3032A538 --desired-value 8 ')
    expectPages(finding)
  })

  test('clear where the quota is just enough', () => {
    expect(told(quota(8))).toEqual([])
  })

  test('clear where the deployment may start fewer', () => {
    expect(told(deploying(quota(6), { maximumPercent: 150 }))).toEqual([])
  })

  test('counts a second set of tasks for blue/green', () => {
    expect(told(deploying(quota(7), { maximumPercent: 100, strategy: 'BLUE_GREEN' }))).toEqual(FOUND)
  })

  test('clear on instances', () => {
    expect(told(withService(quota(6), { launchType: 'EC2' }))).toEqual([])
  })

  describe('on Fargate Spot', () => {
    const spot = (value: number, ...capacityProviders: readonly string[]) =>
      withService(configured(quota(6), { fargateSpotVcpus: known(value) }), { launchType: null, capacityProviders })

    test.each<[string, ConfiguredWorld, readonly string[]]>([
      ['has a quota of its own', spot(8, 'FARGATE_SPOT'), []],
      ['which may be too small', spot(7, 'FARGATE_SPOT'), FOUND],
      ['beside On-Demand has both', spot(2, 'FARGATE', 'FARGATE_SPOT'), []],
      ['beside On-Demand, too small together', spot(1, 'FARGATE', 'FARGATE_SPOT'), FOUND],
    ])('%s', (_, world, expected) => {
      expect(told(world)).toEqual(expected)
    })

    test('the quota of Spot is the one to raise', () => {
      const { remedy } = findingOf(spot(7, 'FARGATE_SPOT'), ID)
      expect(onOneLine(remedy.cli)[0]).toContain('--quota-code L-36FBB829 --desired-value 8 ')
      expect(onOneLine(findingOf(spot(1, 'FARGATE', 'FARGATE_SPOT'), ID).remedy.cli)[0]).toContain(
        '--quota-code L-3032A538 --desired-value 7 ',
      )
    })

    test('is unknown where that quota could not be read', () => {
      const unseen = configured(spot(7, 'FARGATE_SPOT'), { fargateSpotVcpus: DENIED })
      expect(unsure(unseen, ID)).toEqual([[DENIED.permission, false]])
    })
  })

  test('what only the maximum of its scaling exceeds is advice', () => {
    const scaled = (maximum: number | null) => configured(quota(8), { maximumTasks: known(maximum) })
    expect(told(scaled(5))).toEqual([`${ID} web (advice)`])
    expect(findingOf(scaled(5), ID).what.en).toMatch(
      /^Scaled to its maximum of 5 tasks, .* may run 10 at once, 10 vCPU/,
    )
    expect([told(scaled(4)), told(scaled(null)), told(configured(quota(8), { maximumTasks: DENIED }))]).toEqual([
      [],
      [],
      [],
    ])
    expect(told(configured(quota(7), { maximumTasks: known(5) }))).toEqual(FOUND)
  })

  test('is unknown only where the deployment comes near the quota of a new account', () => {
    expect(unsure(configured(FOUR, { fargateVcpus: DENIED }), ID)).toEqual([[DENIED.permission, false]])
    expect(unsure(configured(HEALTHY, { fargateVcpus: DENIED }), ID)).toEqual([])
  })

  test('takes what runs already for proof that the quota was raised', () => {
    const many = withService(configured(FOUR, { fargateVcpus: DENIED }), { runningCount: 8 })
    expect(unsure(many, ID)).toEqual([])
  })
})
