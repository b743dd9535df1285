import { describe, expect, test } from '@jest/globals'
import { commandsOf } from '../judgement.ts'
import { expectPages } from '../page.ts'
import {
  add,
  BY_NAT,
  change,
  findingsOf,
  GATEWAY,
  IN_PUBLIC,
  judge,
  TABLE_PUBLIC,
  told,
  unknownOf,
  VPC,
} from '../world.ts'

const ID = 'internet-gateway-detached'
const DETACHED = change(IN_PUBLIC, 'internetGateways', GATEWAY, { attachments: [] })

describe(ID, () => {
  test('found where the gateway of the route is attached to no VPC', () => {
    expect(told(DETACHED)).toEqual([`${ID} ${GATEWAY}`])
    const [finding] = findingsOf(DETACHED, ID)
    expect(commandsOf(finding)).toEqual([
      `aws ec2 attach-internet-gateway --internet-gateway-id ${GATEWAY} --vpc-id ${VPC}`,
    ])
    expectPages(finding)
  })

  test('behind NAT gateways it is the same one cause', () => {
    expect(told(change(BY_NAT, 'internetGateways', GATEWAY, { attachments: [] }))).toEqual([`${ID} ${GATEWAY}`])
  })

  test('where the VPC has another gateway, the routes go there', () => {
    const other = 'igw-0a1b2c3d4e5f60002'
    const world = add(DETACHED, 'internetGateways', {
      id: other,
      attachments: [{ vpcId: VPC, state: 'available' }],
    })
    expect(commandsOf(findingsOf(world, ID)[0])).toEqual([
      `aws ec2 replace-route --route-table-id ${TABLE_PUBLIC} --destination-cidr-block 0.0.0.0/0 --gateway-id ${other}`,
    ])
    const leaving = add(DETACHED, 'internetGateways', {
      id: other,
      attachments: [{ vpcId: VPC, state: 'detaching' }],
    })
    expect(commandsOf(findingsOf(leaving, ID)[0])[0]).toContain('attach-internet-gateway')
  })

  test('clear with the gateway attached', () => {
    const attached = change(DETACHED, 'internetGateways', GATEWAY, {
      attachments: [{ vpcId: VPC, state: 'available' }],
    })
    expect(judge(attached)).toEqual({ findings: [], unknowns: [] })
  })

  test('unknown where the network could not be read', () => {
    expect(unknownOf(IN_PUBLIC, ID, 'network')).toEqual(['ec2:DescribeVpcs'])
  })
})
