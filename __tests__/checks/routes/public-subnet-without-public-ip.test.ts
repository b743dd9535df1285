import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/domain/answer.ts'
import { instance } from '../../task-start/sample.ts'
import { commandsOf } from '../judgement.ts'
import { expectPages } from '../page.ts'
import {
  BY_ENDPOINTS,
  findingsOf,
  IN_PUBLIC,
  judge,
  PUBLIC_A,
  PUBLIC_C,
  TASK_GROUP,
  told,
  unknownOf,
  type World,
  withService,
} from '../world.ts'

const ID = 'public-subnet-without-public-ip'

function assigning(assignPublicIp: string): World {
  return withService(IN_PUBLIC, {
    awsvpc: { subnetIds: [PUBLIC_A, PUBLIC_C], securityGroupIds: [TASK_GROUP], assignPublicIp },
  })
}

function onInstances(publicIp: string | null): World {
  return {
    ...withService(assigning('DISABLED'), { launchType: 'EC2' }),
    compute: {
      ...IN_PUBLIC.compute,
      instances: known([instance({ subnetId: PUBLIC_A, securityGroupIds: [TASK_GROUP], publicIp })]),
    },
  }
}

describe(ID, () => {
  test('found once for the service, whatever it cuts off', () => {
    const world = assigning('DISABLED')
    expect(told(world)).toEqual([`${ID} web`])
    const [finding] = findingsOf(world, ID)
    expect(finding.affects).toHaveLength(8)
    expect(commandsOf(finding)).toEqual([
      `aws ecs update-service --cluster shop --service web --network-configuration 'awsvpcConfiguration={subnets=[${PUBLIC_A},${PUBLIC_C}],securityGroups=[${TASK_GROUP}],assignPublicIp=ENABLED}'`,
    ])
    expectPages(finding)
  })

  test('for container instances it is the subnet that assigns', () => {
    expect(told(onInstances(null))).toEqual([`${ID} web`])
    const [finding] = findingsOf(onInstances(null), ID)
    expect(finding.what.en).toContain('container instances there have no public IPv4 address')
    expect(commandsOf(finding)).toEqual([
      `aws ec2 modify-subnet-attribute --subnet-id ${PUBLIC_A} --map-public-ip-on-launch`,
    ])
    expect(finding.remedy.terraform).toContain('map_public_ip_on_launch = true')
    expect(judge(onInstances('3.34.10.7')).findings).toEqual([])
  })

  test('clear with public addresses, and in private subnets', () => {
    expect(judge(assigning('ENABLED'))).toEqual({ findings: [], unknowns: [] })
    expect(judge(BY_ENDPOINTS).findings).toEqual([])
  })

  test('unknown where the service could not be read', () => {
    expect(unknownOf(IN_PUBLIC, ID, 'service')).toEqual(['ecs:DescribeServices'])
  })
})
