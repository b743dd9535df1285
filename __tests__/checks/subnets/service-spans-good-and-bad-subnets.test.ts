import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/domain/answer.ts'
import type { ContainerInstance } from '../../../src/domain/service.ts'
import { instance as containerInstance, provider } from '../../task-start/sample.ts'
import { onOneLine } from '../judgement.ts'
import { expectPages } from '../page.ts'
import {
  A,
  BY_ENDPOINTS,
  C,
  change,
  findingsOf,
  judge,
  route,
  S3,
  S3_LIST,
  subnet,
  TABLE_A,
  TABLE_C,
  TASK_GROUP,
  told,
  unknownOf,
  type World,
  withService,
  withTaskSubnet,
} from '../world.ts'

const ID = 'service-spans-good-and-bad-subnets'

function withoutS3Route(world: World, tableId: string): World {
  return change(world, 'routeTables', tableId, ({ routes }) => ({
    routes: routes.filter(({ destination }) => destination !== S3_LIST),
  }))
}

const SPLIT = withoutS3Route(BY_ENDPOINTS, TABLE_C)

const PLACEMENT = `aws ecs update-service --cluster shop --service web --placement-constraints '[{"type":"memberOf","expression":"attribute:ecs.subnet-id in [${A}]"}]' --force-new-deployment --region ap-northeast-2`

function instance(instanceId: string, subnetId: string): ContainerInstance {
  const attributes = [{ name: 'ecs.subnet-id', value: subnetId }]
  return containerInstance({ instanceId, subnetId, securityGroupIds: [TASK_GROUP], attributes })
}

describe(ID, () => {
  test('found where one of two subnets cannot pull, with the cause told once, by its own check', () => {
    expect(told(SPLIT)).toEqual([`${ID} web (warning)`, `s3-route-missing ${TABLE_C}`])
    const [finding] = findingsOf(SPLIT, ID)
    expect(finding.affects).toEqual([{ subnetId: C, destination: 's3-layers' }])
    expect(finding.what.en).toBe(`A task of web starts in ${A} (ap-northeast-2a) and never in ${C} (ap-northeast-2c).`)
    expect(finding.evidence.map(({ en }) => en)).toEqual([
      `${C} (ap-northeast-2c): s3-layers is not reached: ${TABLE_C} has no route ${S3_LIST} → ${S3}, and no other way to S3`,
      `${A} (ap-northeast-2a): everything that a start needs is reached`,
    ])
    expect(finding.remedy.verified).toBe(true)
    expect(onOneLine(finding.remedy.cli)).toEqual([
      `aws ecs update-service --cluster shop --service web --network-configuration 'awsvpcConfiguration={subnets=[${A}],securityGroups=[${TASK_GROUP}],assignPublicIp=DISABLED}' --region ap-northeast-2`,
    ])
    expectPages(finding)
  })

  test('clear where every subnet can', () => {
    expect(judge(BY_ENDPOINTS).findings).toEqual([])
  })

  test('clear where none can: then it is no matter of chance', () => {
    expect(told(withoutS3Route(SPLIT, TABLE_A))).toEqual(
      [`s3-route-missing ${TABLE_C}`, `s3-route-missing ${TABLE_A}`].sort(),
    )
  })

  test('clear where only what a start does without is missing', () => {
    const world = withService(BY_ENDPOINTS, { enableExecuteCommand: true })
    expect(judge(world).findings.map(({ check }) => check)).not.toContain(ID)
  })

  test('a third subnet counts with the good ones', () => {
    const third = subnet('subnet-0a1b2c3d4e5f6000b', 'b', '10.0.2.0/24')
    const world = withTaskSubnet(SPLIT, third, [route(S3_LIST, 'vpc-endpoint', S3)])
    const [finding] = findingsOf(world, ID)
    expect(finding.remedy.cli[0]).toContain(`subnets=[${A},${third.id}]`)
  })

  test('under CodeDeploy the next deployment takes the subnets, not UpdateService', () => {
    const [finding] = findingsOf(withService(SPLIT, { deploymentController: 'CODE_DEPLOY' }), ID)
    expect(finding.remedy.cli).toEqual([])
    expect(finding.remedy.console.map(({ en }) => en).join()).toContain(`"Subnets":["${A}"]`)
  })

  test('container instances are kept out of the bad subnets by placement', () => {
    const world: World = {
      ...withService(SPLIT, { launchType: 'EC2' }),
      compute: {
        ...SPLIT.compute,
        instances: known([instance('i-0a1b2c3d4e5f6000a', A), instance('i-0a1b2c3d4e5f6000c', C)]),
      },
    }
    const [finding] = findingsOf(world, ID)
    expect(onOneLine(finding.remedy.cli)).toEqual([PLACEMENT])
    expect(finding.remedy.verified).toBe(true)
  })

  test('constraints that are there stay, since UpdateService replaces them all', () => {
    const world: World = {
      ...withService(SPLIT, {
        launchType: 'EC2',
        placementConstraints: [
          { type: 'distinctInstance', expression: null },
          { type: 'memberOf', expression: 'agentVersion > 1.0' },
        ],
      }),
      compute: {
        ...SPLIT.compute,
        instances: known([instance('i-0a1b2c3d4e5f6000a', A), instance('i-0a1b2c3d4e5f6000c', C)]),
      },
    }
    expect(onOneLine(findingsOf(world, ID)[0].remedy.cli)[0]).toContain(
      `'[{"type":"distinctInstance"},{"type":"memberOf","expression":"agentVersion > 1.0"},{"type":"memberOf","expression":"attribute:ecs.subnet-id in [${A}]"}]'`,
    )
  })

  test('where tasks of both kinds fail, the subnets of the service do not mend the instances', () => {
    const shopAsg = provider({ name: 'shop-asg' })
    const world: World = {
      ...withService(SPLIT, { launchType: null, capacityProviders: ['FARGATE', 'shop-asg'] }),
      compute: {
        ...SPLIT.compute,
        capacityProviders: known([shopAsg]),
        instances: known([instance('i-0a1b2c3d4e5f6000c', C)]),
      },
    }
    expect(onOneLine(findingsOf(world, ID)[0].remedy.cli)).toEqual([PLACEMENT])
  })

  test('unknown where the paths could not be judged', () => {
    expect(unknownOf(BY_ENDPOINTS, ID, 'paths')).toEqual(['ec2:DescribeSubnets'])
  })
})
