import { describe, expect, test } from '@jest/globals'
import { known, unread } from '../../../src/domain/answer.ts'
import { commandsOf } from '../judgement.ts'
import { expectPages } from '../page.ts'
import {
  BY_ENDPOINTS,
  BY_NAT,
  findingsOf,
  judge,
  openEgress,
  told,
  unknownOf,
  VPC,
  type World,
  withNetwork,
} from '../world.ts'

const ID = 'vpc-dns-off'

function withDns(world: World, support: boolean, hostnames: boolean): World {
  return withNetwork(world, { vpcDns: { [VPC]: { support: known(support), hostnames: known(hostnames) } } })
}

/** The endpoint for S3, which has no private DNS. */
function gatewayAlone() {
  const { endpoints } = BY_ENDPOINTS.network
  return endpoints.known ? endpoints.value.filter(({ type }) => type === 'gateway') : []
}

describe(ID, () => {
  test('found where no name resolves', () => {
    const world = withDns(BY_ENDPOINTS, false, true)
    expect(told(world)).toEqual([`${ID} ${VPC}`])
    const [finding] = findingsOf(world, ID)
    expect(commandsOf(finding)).toEqual([`aws ec2 modify-vpc-attribute --vpc-id ${VPC} --enable-dns-support`])
    expectPages(finding)
  })

  test('found where private DNS has no effect', () => {
    const world = withDns(openEgress(BY_ENDPOINTS), true, false)
    expect(told(world)).toEqual([`${ID} ${VPC}`])
    expect(commandsOf(findingsOf(world, ID)[0])).toEqual([
      `aws ec2 modify-vpc-attribute --vpc-id ${VPC} --enable-dns-hostnames`,
    ])
  })

  test('both are one finding, one call for each attribute', () => {
    const world = withDns(BY_ENDPOINTS, false, false)
    expect(told(world)).toEqual([`${ID} ${VPC}`])
    expect(commandsOf(findingsOf(world, ID)[0])).toHaveLength(2)
  })

  test('host names are not asked for where no endpoint needs them, or nobody could read them', () => {
    expect(commandsOf(findingsOf(withDns(BY_NAT, false, false), ID)[0])).toHaveLength(1)
    const gateway = withNetwork(withDns(BY_ENDPOINTS, false, false), { endpoints: known(gatewayAlone()) })
    expect(commandsOf(findingsOf(gateway, ID)[0])).toHaveLength(1)
    const unseen = withNetwork(BY_ENDPOINTS, {
      vpcDns: { [VPC]: { support: known(false), hostnames: unread('denied', 'ec2:DescribeVpcAttribute') } },
    })
    expect(commandsOf(findingsOf(unseen, ID)[0])).toHaveLength(1)
  })

  test('clear with both on; host names are no matter without endpoints', () => {
    expect(judge(withDns(BY_ENDPOINTS, true, true)).findings).toEqual([])
    expect(judge(withDns(BY_NAT, true, false)).findings).toEqual([])
  })

  test('unknown where the network could not be read', () => {
    expect(unknownOf(BY_ENDPOINTS, ID, 'network')).toEqual(['ec2:DescribeVpcs'])
  })
})
