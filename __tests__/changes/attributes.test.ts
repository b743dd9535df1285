import { describe, expect, test } from '@jest/globals'
import { known } from '../../src/domain/answer.ts'
import type { Change } from '../../src/domain/change.ts'
import type { NetworkInterface } from '../../src/domain/network.ts'
import { A, add, BY_ENDPOINTS, VPC, withNetwork } from '../checks/world.ts'
import { expectWords, networkAfter, oneAfter, withoutList } from './kind.ts'

const SUPPORT: Change = { kind: 'modify-vpc-attribute', vpcId: VPC, enableDnsSupport: true }
const HOSTNAMES: Change = { kind: 'modify-vpc-attribute', vpcId: VPC, enableDnsHostnames: true }
const DNS64: Change = { kind: 'modify-subnet-attribute', subnetId: A, enableDns64: true }
const PUBLIC_IP: Change = { kind: 'modify-subnet-attribute', subnetId: A, mapPublicIpOnLaunch: true }
const INSTANCE: Change = { kind: 'modify-instance-attribute', instanceId: 'i-1', sourceDestCheck: false }
const INTERFACE: Change = {
  kind: 'modify-network-interface-attribute',
  networkInterfaceId: 'eni-1',
  sourceDestCheck: false,
}
const EXCLUSION: Change = {
  kind: 'create-vpc-block-public-access-exclusion',
  subnetId: A,
  internetGatewayExclusionMode: 'allow-bidirectional',
}
const APPLIANCE: NetworkInterface = {
  id: 'eni-1',
  subnetId: A,
  vpcId: VPC,
  groupIds: [],
  privateIps: ['10.0.1.99'],
  ipv6Addresses: [],
  publicIp: null,
  type: 'interface',
  description: '',
  instanceId: 'i-1',
  sourceDestCheck: true,
}

describe('modify-vpc-attribute', () => {
  test('in words', () => expectWords('modify-vpc-attribute', [SUPPORT, HOSTNAMES]))

  test('switches on what it names; hostnames are refused without support', () => {
    const off = withNetwork(BY_ENDPOINTS, { vpcDns: { [VPC]: { support: known(false), hostnames: known(false) } } })
    expect(networkAfter(off, SUPPORT)).toMatchObject({
      vpcDns: { [VPC]: { support: known(true), hostnames: known(false) } },
    })
    expect(networkAfter(off, SUPPORT, HOSTNAMES)).toMatchObject({
      vpcDns: { [VPC]: { support: known(true), hostnames: known(true) } },
    })
    expect(networkAfter(off, HOSTNAMES)).toBe('InvalidParameterValue')
    expect(networkAfter(BY_ENDPOINTS, { ...SUPPORT, vpcId: 'vpc-1' })).toBeNull()
  })
})

describe('modify-subnet-attribute', () => {
  test('in words', () => expectWords('modify-subnet-attribute', [DNS64, PUBLIC_IP]))

  test('switches on what it names', () => {
    expect(oneAfter('subnets', A, BY_ENDPOINTS, DNS64)).toMatchObject({ dns64: true, mapPublicIp: false })
    expect(oneAfter('subnets', A, BY_ENDPOINTS, PUBLIC_IP)).toMatchObject({ dns64: false, mapPublicIp: true })
    expect(networkAfter(BY_ENDPOINTS, { ...DNS64, subnetId: 'subnet-1' })).toBe('InvalidSubnetID.NotFound')
    expect(networkAfter(withoutList(BY_ENDPOINTS, 'subnets'), DNS64)).toBeNull()
  })
})

describe('modify-instance-attribute, modify-network-interface-attribute', () => {
  test('in words', () => expectWords('modify-source-dest-check', [INSTANCE], [INTERFACE]))

  test.each([INSTANCE, INTERFACE])('the interface passes on packets of others: $kind', (one) => {
    const world = add(BY_ENDPOINTS, 'interfaces', APPLIANCE)
    expect(oneAfter('interfaces', 'eni-1', world, one).sourceDestCheck).toBe(false)
  })

  test('an instance whose interfaces nobody sees cannot be foreseen; an interface that is not there is refused', () => {
    expect(networkAfter(BY_ENDPOINTS, INSTANCE)).toBeNull()
    expect(networkAfter(BY_ENDPOINTS, INTERFACE)).toBe('InvalidNetworkInterfaceID.NotFound')
  })
})

describe('create-vpc-block-public-access-exclusion', () => {
  const outward: Change = { ...EXCLUSION, internetGatewayExclusionMode: 'allow-egress' } as Change

  test('in words', () => expectWords('create-vpc-block-public-access-exclusion', [EXCLUSION], [outward]))

  test('opens the subnet in both directions, or outward alone', () => {
    expect(oneAfter('subnets', A, BY_ENDPOINTS, EXCLUSION).internetGatewayBlockMode).toBe('off')
    expect(oneAfter('subnets', A, BY_ENDPOINTS, outward).internetGatewayBlockMode).toBe('block-ingress')
    expect(networkAfter(BY_ENDPOINTS, { ...EXCLUSION, subnetId: 'subnet-1' } as Change)).toBe(
      'InvalidSubnetID.NotFound',
    )
    expect(networkAfter(withoutList(BY_ENDPOINTS, 'subnets'), EXCLUSION)).toBeNull()
  })
})
