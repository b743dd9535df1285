import { describe, expect, test } from '@jest/globals'
import { deploymentArithmetic } from '../../../src/deployment/deployment-arithmetic.ts'
import { deploying, findingOf, HEALTHY, told, unsure, withService } from '../configuration-world.ts'
import { onOneLine } from '../judgement.ts'
import { expectPages } from '../page.ts'

const ID = 'deployment-deadlock'
const FOUND = [`${ID} web`]
const sized = (desiredCount: number, minimumHealthyPercent: number, maximumPercent: number) =>
  withService(deploying(HEALTHY, { minimumHealthyPercent, maximumPercent }), {
    desiredCount,
    runningCount: desiredCount,
  })

describe(ID, () => {
  test('finds percentages that round to the desired count from both sides', () => {
    const world = sized(3, 100, 125)
    expect(told(world)).toEqual(FOUND)
    const finding = findingOf(world, ID)
    expect(finding.evidence.map(({ en }) => en)).toEqual([
      'minimumHealthyPercent 100: 3 × 100 / 100 = 3, rounded up: 3',
      'maximumPercent 125: 3 × 125 / 100 = 3.75, rounded down: 3',
      'running now: 3',
    ])
    expectPages(finding)
  })

  test.each<[desired: number, minimum: number, maximum: number, deadlock: boolean]>([
    [1, 100, 200, false],
    [1, 100, 150, true],
    [1, 50, 100, true],
    [1, 0, 100, false],
    [2, 75, 100, true],
    [2, 50, 100, false],
    [3, 100, 133, true],
    [3, 100, 134, false],
    [4, 100, 125, false],
    [10, 100, 100, true],
    [0, 100, 100, false],
  ])('%d desired tasks, %d/%d percent: deadlock is %p', (desired, minimum, maximum, deadlock) => {
    expect(told(sized(desired, minimum, maximum))).toEqual(deadlock ? FOUND : [])
  })

  test.each([1, 2, 3, 4, 7, 10, 33, 100, 1000])(
    'the percentages it advises free %d tasks, and no smaller ones do',
    (desired) => {
      const { remedy } = findingOf(sized(desired, 100, 100), ID)
      const raised = Number(/maximumPercent=(\d+)/.exec(remedy.cli[0] ?? '')?.[1])
      const lowered = Number(/Min running tasks (\d+) %/.exec(remedy.console[1]?.en ?? '')?.[1])
      const stuck = (minimum: number, maximum: number) =>
        deploymentArithmetic(sized(desired, minimum, maximum).service).deadlock
      expect([stuck(100, raised - 1), stuck(100, raised)]).toEqual([true, false])
      expect([stuck(lowered + 1, 100), stuck(lowered, 100)]).toEqual([true, false])
    },
  )

  test('lowers the minimum of a daemon, which has no room for a second task', () => {
    const world = withService(sized(2, 100, 200), { schedulingStrategy: 'DAEMON' })
    expect(told(world)).toEqual(FOUND)
    const { remedy } = findingOf(world, ID)
    expect(onOneLine(remedy.cli)).toEqual([
      'aws ecs update-service --cluster shop --service web --deployment-configuration minimumHealthyPercent=50 --region ap-northeast-2',
    ])
    expect(remedy.verified).toBe(true)
    expect(remedy.console).toHaveLength(1)
  })

  test.each([
    [4, 4, FOUND],
    [4, 5, FOUND],
    [4, 1, [`${ID} web (advice)`]],
    [4, 0, []],
    [1, 0, []],
  ])('of %d desired tasks %d run: %j', (desired, runningCount, found) => {
    expect(told(withService(sized(desired, 100, 100), { runningCount }))).toEqual(found)
  })

  test.each(['BLUE_GREEN', 'LINEAR', 'CANARY', 'SOMETHING_NEW'])('clear where the strategy is %s', (strategy) => {
    expect(told(deploying(sized(3, 100, 100), { strategy }))).toEqual([])
  })

  test('is unknown without the service', () => {
    expect(unsure(HEALTHY, ID, 'service')).toEqual([['read:service', true]])
  })
})
