import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/domain/answer.ts'
import { commandsOf } from '../judgement.ts'
import { expectPages } from '../page.ts'
import {
  BY_ENDPOINTS,
  C,
  change,
  DKR,
  ENDPOINT_GROUP,
  findingsOf,
  judge,
  rule,
  TASK_GROUP,
  told,
  unknownOf,
  type World,
  withNetwork,
} from '../world.ts'

const ID = 'endpoint-closed-to-tasks'
const OWN_GROUP = 'sg-0a1b2c3d4e5f600f2'

function letting(...ingress: readonly ReturnType<typeof rule>[]): World {
  return change(BY_ENDPOINTS, 'securityGroups', ENDPOINT_GROUP, { ingress })
}

/** One endpoint with a group of its own, which lets nobody in. */
function oneRefusing(vpcId: string): World {
  const { securityGroups, interfaces } = change(
    change(BY_ENDPOINTS, 'endpoints', DKR, { groupIds: [OWN_GROUP] }),
    'securityGroups',
    TASK_GROUP,
    { egress: [rule({ cidrs: ['0.0.0.0/0'] })] },
  ).network
  if (!securityGroups.known || !interfaces.known) throw new Error('not known')
  return withNetwork(change(BY_ENDPOINTS, 'endpoints', DKR, { groupIds: [OWN_GROUP] }), {
    securityGroups: known([
      ...securityGroups.value,
      { id: OWN_GROUP, vpcId, name: 'ecr-dkr', ingress: [], egress: [] },
    ]),
    interfaces: known(
      interfaces.value.map((one) => (one.description.endsWith(DKR) ? { ...one, groupIds: [OWN_GROUP] } : one)),
    ),
  })
}

const VPC_ID = 'vpc-0a1b2c3d4e5f60001'

describe(ID, () => {
  test('found for the group, which three endpoints share: one finding, one rule', () => {
    expect(told(letting())).toEqual([`${ID} ${ENDPOINT_GROUP}`])
    const [finding] = findingsOf(letting(), ID)
    expect(finding.what.en).toContain(`${DKR} (com.amazonaws.ap-northeast-2.ecr.dkr)`)
    expect(finding.affects).toHaveLength(6)
    expect(commandsOf(finding)).toEqual([
      `aws ec2 authorize-security-group-ingress --group-id ${ENDPOINT_GROUP} --ip-permissions 'IpProtocol=tcp,FromPort=443,ToPort=443,UserIdGroupPairs=[{GroupId=${TASK_GROUP}}]'`,
    ])
    expectPages(finding)
  })

  test('endpoints with the group alone and with another one need one rule: groups of an endpoint add up', () => {
    const both = [ENDPOINT_GROUP, OWN_GROUP]
    const refusing = change(oneRefusing(VPC_ID), 'securityGroups', ENDPOINT_GROUP, { ingress: [] })
    const { interfaces } = refusing.network
    const world = withNetwork(change(refusing, 'endpoints', DKR, { groupIds: both }), {
      interfaces: known(
        (interfaces.known ? interfaces.value : []).map((one) =>
          one.description.endsWith(DKR) ? { ...one, groupIds: both } : one,
        ),
      ),
    })
    expect(told(world)).toEqual([`${ID} ${ENDPOINT_GROUP}`])
    const [finding] = findingsOf(world, ID)
    expect(commandsOf(finding)).toHaveLength(1)
    expect(finding.remedy.verified).toBe(true)
  })

  test('where one endpoint alone has the group, it is the subject', () => {
    expect(told(oneRefusing(VPC_ID))).toEqual([`${ID} ${DKR}`])
    expect(commandsOf(findingsOf(oneRefusing(VPC_ID), ID)[0])[0]).toContain(`--group-id ${OWN_GROUP}`)
  })

  test('a group of another VPC names the addresses of the tasks, not their group', () => {
    const [finding] = findingsOf(oneRefusing('vpc-0a1b2c3d4e5f60002'), ID)
    expect(commandsOf(finding).map((line) => /IpRanges=.*/.exec(line)?.[0])).toEqual([
      "IpRanges=[{CidrIp=10.0.1.0/24}]'",
      "IpRanges=[{CidrIp=10.0.3.0/24}]'",
    ])
  })

  test('found where only one of the subnets is let in', () => {
    const world = letting(rule({ cidrs: ['10.0.1.0/24'] }))
    expect(told(world)).toEqual(['service-spans-good-and-bad-subnets web (warning)', `${ID} ${ENDPOINT_GROUP}`])
    expect(new Set(findingsOf(world, ID)[0].affects.map(({ subnetId }) => subnetId))).toEqual(new Set([C]))
  })

  test('a warning where a part of a subnet is let in', () => {
    const world = letting(rule({ cidrs: ['10.0.1.0/24', '10.0.3.0/25'] }))
    expect(told(world)).toEqual([`${ID} ${ENDPOINT_GROUP} (warning)`])
  })

  test('clear with the group or the addresses of the tasks let in', () => {
    expect(judge(letting(rule({ groupIds: [TASK_GROUP] })))).toEqual({ findings: [], unknowns: [] })
    expect(judge(letting(rule({ cidrs: ['10.0.0.0/16'] }))).findings).toEqual([])
  })

  test('unknown where the network could not be read', () => {
    expect(unknownOf(BY_ENDPOINTS, ID, 'network')).toEqual(['ec2:DescribeVpcs'])
  })
})
