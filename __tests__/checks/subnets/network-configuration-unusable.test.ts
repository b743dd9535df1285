import { describe, expect, test } from '@jest/globals'
import { known, unread } from '../../../src/domain/answer.ts'
import { commandsOf } from '../judgement.ts'
import { expectPages } from '../page.ts'
import {
  A,
  BY_NAT,
  C,
  change,
  findingsOf,
  judge,
  TASK_GROUP,
  told,
  unknownOf,
  VPC,
  type World,
  withNetwork,
  withService,
} from '../world.ts'

const ID = 'network-configuration-unusable'
const GONE = 'sg-0a1b2c3d4e5f6dead'
const OTHER_VPC = 'vpc-0a1b2c3d4e5f60009'

function naming(subnetIds: readonly string[], securityGroupIds: readonly string[]): World {
  return withService(BY_NAT, { awsvpc: { subnetIds, securityGroupIds, assignPublicIp: 'DISABLED' } })
}

const ELSEWHERE = change(BY_NAT, 'securityGroups', TASK_GROUP, { vpcId: OTHER_VPC })
const associated = (state: string, vpcId = VPC) =>
  withNetwork(ELSEWHERE, { groupAssociations: known([{ groupId: TASK_GROUP, vpcId, state }]) })

describe(ID, () => {
  test('found for a group that is gone beside a good one, which lets everything out', () => {
    const world = naming([A, C], [TASK_GROUP, GONE])
    expect(told(world)).toEqual([`${ID} ${GONE}`])
    const [finding] = findingsOf(world, ID)
    expect(finding.step).toBe('security-groups')
    expect(finding.remedy.verified).toBe(true)
    expect(commandsOf(finding)[0]).not.toContain(GONE)
    expectPages(finding)
  })

  test('found for a subnet that is gone', () => {
    const finding = judge(naming([A, 'subnet-1'], [TASK_GROUP])).findings.find(({ check }) => check === ID)
    expect(finding).toMatchObject({ subject: 'subnet-1', step: 'subnets', severity: 'blocker' })
    expect(commandsOf(findingsOf(naming([A, 'subnet-1'], [TASK_GROUP]), ID)[0])[0]).toContain(A)
  })

  test('where nothing is left that EC2 knows, the choice is the reader’s', () => {
    const [finding] = findingsOf(naming([A, C], [GONE]), ID)
    expect(finding.remedy.changes).toEqual([])
    expect(finding.remedy.console[0]?.en).toContain(GONE)
  })

  test.each(['disassociated', 'association-failed'])('found for a group of another VPC that is %s', (state) => {
    expect(told(associated(state))).toEqual([`${ID} ${TASK_GROUP}`])
    expect(commandsOf(findingsOf(associated(state), ID)[0])).toEqual([
      `aws ec2 associate-security-group-vpc --group-id ${TASK_GROUP} --vpc-id ${VPC}`,
    ])
    expect(findingsOf(associated(state), ID)[0].remedy.verified).toBe(true)
  })

  test('found where it is associated with no VPC, or with another one', () => {
    expect(told(ELSEWHERE)).toEqual([`${ID} ${TASK_GROUP}`])
    expect(told(associated('associated', 'vpc-1'))).toEqual([`${ID} ${TASK_GROUP}`])
  })

  test.each(['associated', 'disassociation-failed'])('clear while it is %s', (state) => {
    expect(judge(associated(state))).toEqual({ findings: [], unknowns: [] })
  })

  test('clear of another account, which EC2 tells only a part', () => {
    const other = withNetwork(naming([A, C], [TASK_GROUP, GONE]), { accountId: '999999999999' })
    expect(told(other)).toEqual([])
    expect(told(withNetwork(naming([A, C], [TASK_GROUP, GONE]), { accountId: null }))).toEqual([])
  })

  test('unknown while it changes, and where the associations could not be read', () => {
    expect(unknownOf(associated('disassociating'), ID)).toEqual([null])
    const permission = 'ec2:DescribeSecurityGroupVpcAssociations'
    const denied = withNetwork(ELSEWHERE, { groupAssociations: unread('denied', permission) })
    expect(unknownOf(denied, ID)).toEqual([permission])
    expect(judge(denied).unknowns.filter(({ matters }) => matters)).toHaveLength(1)
    expect(unknownOf(BY_NAT, ID, 'network')).toEqual(['ec2:DescribeVpcs'])
  })
})
