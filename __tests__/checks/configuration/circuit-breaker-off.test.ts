import { describe, expect, test } from '@jest/globals'
import { deploying, findingOf, HEALTHY, told, unsure, withService } from '../configuration-world.ts'
import { onOneLine } from '../judgement.ts'
import { expectPages } from '../page.ts'

const ID = 'circuit-breaker-off'
const FOUND = [`${ID} web (advice)`]
const OFF = deploying(HEALTHY, { circuitBreaker: null })

describe(ID, () => {
  test('finds a rolling service without it', () => {
    expect(told(OFF)).toEqual(FOUND)
    const finding = findingOf(OFF, ID)
    expect(onOneLine(finding.remedy.cli)).toEqual([
      "aws ecs update-service --cluster shop --service web --deployment-configuration 'deploymentCircuitBreaker={enable=true,rollback=true}' --region ap-northeast-2",
    ])
    expect(finding.remedy.verified).toBe(true)
    expectPages(finding)
  })

  test('keeps how the breaker counts, whoever set it', () => {
    const deploymentCircuitBreaker = {
      enable: false,
      rollback: false,
      thresholdConfiguration: { type: 'COUNT', value: 5 },
    }
    const world = deploying(OFF, { raw: { deploymentCircuitBreaker } })
    expect(findingOf(world, ID).remedy.cli[0]).toContain(
      'deploymentCircuitBreaker={enable=true,rollback=true,thresholdConfiguration={type=COUNT,value=5}}',
    )
  })

  test('finds one that is there and turned off', () => {
    expect(told(deploying(HEALTHY, { circuitBreaker: { enable: false, rollback: false } }))).toEqual(FOUND)
  })

  test('clear where it is on, with rollback or without', () => {
    expect(told(deploying(HEALTHY, { circuitBreaker: { enable: true, rollback: false } }))).toEqual([])
  })

  test.each<[string, Parameters<typeof withService>[1]]>([
    ['daemons', { schedulingStrategy: 'DAEMON' }],
    ['CodeDeploy', { deploymentController: 'CODE_DEPLOY' }],
    ['an external controller', { deploymentController: 'EXTERNAL' }],
  ])('clear for %s, where it does not apply', (_, changes) => {
    expect(told(withService(deploying(OFF, { minimumHealthyPercent: 50 }), changes))).toEqual([])
  })

  test('clear for blue/green, which has no use for it', () => {
    expect(told(deploying(OFF, { strategy: 'BLUE_GREEN' }))).toEqual([])
  })

  test('is unknown without the service', () => {
    expect(unsure(HEALTHY, ID, 'service')).toEqual([['read:service', true]])
  })
})
