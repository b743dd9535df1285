import { describe, expect, test } from '@jest/globals'
import { known, unread } from '../../../src/domain/answer.ts'
import type { Change, ChangeOf } from '../../../src/domain/change.ts'
import {
  A,
  API,
  add,
  BY_ENDPOINTS,
  C,
  change,
  DKR,
  ENDPOINT_GROUP,
  PUBLIC_A,
  S3,
  S3_LIST,
  subnet,
  TABLE_A,
  TABLE_PUBLIC,
  VPC,
  withNetwork,
  without,
} from '../../checks/world.ts'
import { expectWords, networkAfter, oneAfter, withoutList } from '../kind.ts'

type CreateVpcEndpoint = ChangeOf<'create-vpc-endpoint'>
type ModifyVpcEndpoint = ChangeOf<'modify-vpc-endpoint'>

const SERVICE = 'com.amazonaws.ap-northeast-2'
const INTERFACE: CreateVpcEndpoint = {
  kind: 'create-vpc-endpoint',
  makes: 'smEndpoint',
  vpcEndpointType: 'Interface',
  vpcId: VPC,
  serviceName: `${SERVICE}.secretsmanager`,
  subnetIds: [A, C],
  securityGroupIds: [ENDPOINT_GROUP],
  privateDnsEnabled: true,
}
const GATEWAY: CreateVpcEndpoint = {
  kind: 'create-vpc-endpoint',
  makes: 's3Endpoint',
  vpcEndpointType: 'Gateway',
  vpcId: VPC,
  serviceName: `${SERVICE}.s3`,
  routeTableIds: [TABLE_PUBLIC],
}
const DELETE: Change = { kind: 'delete-vpc-endpoints', vpcEndpointIds: [DKR] }
const WAIT: Change = { kind: 'describe-vpc-endpoints', vpcEndpointIds: [S3], while: 'pending' }
const GONE: Change = { kind: 'describe-vpc-endpoints', vpcEndpointIds: [DKR], while: 'deleting' }
const TABLES: Change = { kind: 'modify-vpc-endpoint', vpcEndpointId: S3, addRouteTableIds: [TABLE_PUBLIC] }
const PENDING = change(BY_ENDPOINTS, 'endpoints', S3, { state: 'pending' })

function modify(id: string, settings: Partial<ModifyVpcEndpoint>): Change {
  return { kind: 'modify-vpc-endpoint', vpcEndpointId: id, ...settings }
}

const PRIVATE_DNS = modify(API, { privateDnsEnabled: true })

function dns(support: boolean, hostnames: boolean) {
  const off = change(BY_ENDPOINTS, 'endpoints', API, { privateDns: false })
  return withNetwork(off, { vpcDns: { [VPC]: { support: known(support), hostnames: known(hostnames) } } })
}

describe('create-vpc-endpoint', () => {
  test('in words', () => expectWords('create-vpc-endpoint', [INTERFACE], [GATEWAY]))

  test('an interface endpoint has an address in each subnet that nobody else has, and takes the name over', () => {
    const made = oneAfter('endpoints', 'new-smEndpoint', BY_ENDPOINTS, INTERFACE)
    expect(made).toMatchObject({ type: 'interface', state: 'available', privateDns: true, subnetIds: [A, C] })
    const addresses = made.interfaceIds.map((id) => oneAfter('interfaces', id, BY_ENDPOINTS, INTERFACE))
    expect(addresses.map(({ privateIps, groupIds }) => [privateIps, groupIds])).toEqual([
      [['10.0.1.4'], [ENDPOINT_GROUP]],
      [['10.0.3.4'], [ENDPOINT_GROUP]],
    ])
    const second = { ...INTERFACE, makes: 'second', serviceName: `${SERVICE}.ssm` }
    const next = oneAfter('endpoints', 'new-second', BY_ENDPOINTS, INTERFACE, second)
    expect(oneAfter('interfaces', next.interfaceIds[0] ?? '', BY_ENDPOINTS, INTERFACE, second).privateIps).toEqual([
      '10.0.1.5',
    ])
  })

  test('a gateway endpoint is a route in each of its tables', () => {
    const made = oneAfter('endpoints', 'new-s3Endpoint', BY_ENDPOINTS, GATEWAY)
    expect(made).toMatchObject({ type: 'gateway', routeTableIds: [TABLE_PUBLIC], groupIds: [] })
    expect(oneAfter('routeTables', TABLE_PUBLIC, BY_ENDPOINTS, GATEWAY).routes.at(-1)).toMatchObject({
      destination: S3_LIST,
      target: { kind: 'vpc-endpoint', id: 'new-s3Endpoint' },
    })
  })

  test.each([
    ['private DNS without enableDnsSupport', dns(false, true), INTERFACE, 'InvalidParameter'],
    ['private DNS without enableDnsHostnames', dns(true, false), INTERFACE, 'InvalidParameter'],
    [
      'a name that another endpoint has',
      BY_ENDPOINTS,
      { ...INTERFACE, serviceName: `${SERVICE}.ecr.api` },
      'InvalidParameter',
    ],
    ['two subnets of a zone', BY_ENDPOINTS, { ...INTERFACE, subnetIds: [A, PUBLIC_A] }, 'DuplicateSubnetsInSameZone'],
    [
      'a group that is not of the VPC',
      BY_ENDPOINTS,
      { ...INTERFACE, securityGroupIds: ['sg-1'] },
      'InvalidSecurityGroupId.NotFound',
    ],
    ['a subnet that is not there', BY_ENDPOINTS, { ...INTERFACE, subnetIds: ['subnet-1'] }, 'InvalidSubnetID.NotFound'],
    [
      'a full subnet',
      change(BY_ENDPOINTS, 'subnets', A, { freeAddresses: 0 }),
      INTERFACE,
      'InsufficientFreeAddressesInSubnet',
    ],
    ['a table that has the route', BY_ENDPOINTS, { ...GATEWAY, routeTableIds: [TABLE_A] }, 'RouteAlreadyExists'],
    [
      'a subnet of another VPC',
      add(BY_ENDPOINTS, 'subnets', subnet('subnet-2', 'b', '10.7.0.0/24', { vpcId: 'vpc-2' })),
      { ...INTERFACE, subnetIds: ['subnet-2'] },
      'InvalidParameter',
    ],
  ])('AWS refuses %s', (_, world, created, code) => {
    expect(networkAfter(world, created)).toBe(code)
  })

  test('nobody can foresee what was not read', () => {
    expect(networkAfter(withoutList(BY_ENDPOINTS, 'interfaces'), INTERFACE)).toBeNull()
    expect(networkAfter(withoutList(BY_ENDPOINTS, 'endpoints'), INTERFACE)).toBeNull()
    expect(networkAfter(withoutList(BY_ENDPOINTS, 'prefixLists'), GATEWAY)).toBeNull()
    const unasked = { [VPC]: { support: unread('denied', ''), hostnames: known(true) } }
    expect(networkAfter(withNetwork(BY_ENDPOINTS, { vpcDns: unasked }), INTERFACE)).toBeNull()
  })
})

describe('modify-vpc-endpoint', () => {
  test('in words, for each setting', () => {
    expectWords(
      'modify-vpc-endpoint',
      [TABLES],
      [modify(DKR, { addSubnetIds: [A, C] })],
      [PRIVATE_DNS],
      [modify(S3, { privateDnsEnabled: true, dnsOptions: { privateDnsOnlyForInboundResolverEndpoint: false } })],
      [modify(DKR, { ipAddressType: 'dualstack', dnsOptions: { dnsRecordIpType: 'dualstack' } })],
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable
      [modify(S3, { policyDocument: '{"Statement":[{"Sid":"Shop\'s","Resource":"${aws:PrincipalAccount}"}]}' })],
      [modify(S3, { resetPolicy: true })],
    )
  })

  test('tables get the route', () => {
    expect(oneAfter('endpoints', S3, BY_ENDPOINTS, TABLES).routeTableIds).toContain(TABLE_PUBLIC)
    expect(oneAfter('routeTables', TABLE_PUBLIC, BY_ENDPOINTS, TABLES).routes.at(-1)?.destination).toBe(S3_LIST)
  })

  test('subnets get an address', () => {
    const alone = change(BY_ENDPOINTS, 'endpoints', DKR, ({ interfaceIds }) => ({
      subnetIds: [A],
      interfaceIds: interfaceIds.slice(0, 1),
    }))
    const made = oneAfter('endpoints', DKR, alone, modify(DKR, { addSubnetIds: [C] }))
    expect([made.subnetIds, made.interfaceIds.length]).toEqual([[A, C], 2])
  })

  test('private DNS, policy and families change', () => {
    expect(oneAfter('endpoints', API, dns(true, true), PRIVATE_DNS).privateDns).toBe(true)
    const ruled = change(BY_ENDPOINTS, 'endpoints', S3, { policy: '{}', privateDnsForInboundResolverOnly: true })
    expect(oneAfter('endpoints', S3, ruled, modify(S3, { resetPolicy: true })).policy).toBeNull()
    expect(oneAfter('endpoints', S3, ruled, modify(S3, { policyDocument: '[]' })).policy).toBe('[]')
    const forAll = modify(S3, { dnsOptions: { privateDnsOnlyForInboundResolverEndpoint: false } })
    expect(oneAfter('endpoints', S3, ruled, forAll).privateDnsForInboundResolverOnly).toBe(false)
    const dual = modify(DKR, { ipAddressType: 'dualstack', dnsOptions: { dnsRecordIpType: 'dualstack' } })
    expect(networkAfter(BY_ENDPOINTS, dual)).toBe('InvalidParameter')
    const blocks = { cidrs: ['10.0.1.0/24', '2600::/64'] }
    const both = change(change(BY_ENDPOINTS, 'subnets', A, blocks), 'subnets', C, blocks)
    const [first = ''] = oneAfter('endpoints', DKR, both, dual).interfaceIds
    const ipv6Only = change(both, 'interfaces', first, { privateIps: [] })
    expect(oneAfter('endpoints', DKR, ipv6Only, dual).dnsRecordIpType).toBe('dualstack')
    expect(oneAfter('interfaces', first, ipv6Only, dual).privateIps).toEqual(['10.0.1.4'])
  })

  test('AWS refuses changes of one that is pending, until it was waited for', () => {
    expect(networkAfter(PENDING, TABLES)).toBe('IncorrectState')
    expect(oneAfter('endpoints', S3, PENDING, WAIT, TABLES).routeTableIds).toContain(TABLE_PUBLIC)
    expect(networkAfter(change(BY_ENDPOINTS, 'endpoints', S3, { state: 'failed' }), WAIT, TABLES)).toBe(
      'IncorrectState',
    )
  })

  test('AWS refuses private DNS without both attributes of the VPC, and one that is not there', () => {
    expect(networkAfter(dns(false, true), PRIVATE_DNS)).toBe('InvalidParameter')
    expect(networkAfter(dns(true, false), PRIVATE_DNS)).toBe('InvalidParameter')
    expect(networkAfter(BY_ENDPOINTS, modify('vpce-1', { resetPolicy: true }))).toBe('InvalidVpcEndpointId.NotFound')
    expect(networkAfter(withoutList(BY_ENDPOINTS, 'endpoints'), PRIVATE_DNS)).toBeNull()
    expect(networkAfter(withNetwork(dns(true, true), { vpcDns: {} }), PRIVATE_DNS)).toBeNull()
  })
})

describe('delete-vpc-endpoints, describe-vpc-endpoints', () => {
  test('in words', () => expectWords('delete-vpc-endpoints', [DELETE], [WAIT], [GONE]))

  test('interfaces and routes go with it, and the name is free', () => {
    const again = { ...INTERFACE, serviceName: `${SERVICE}.ecr.dkr` }
    expect(oneAfter('endpoints', 'new-smEndpoint', BY_ENDPOINTS, DELETE, again).privateDns).toBe(true)
    const network = networkAfter(BY_ENDPOINTS, DELETE, { ...DELETE, vpcEndpointIds: [S3] })
    if (network === null || typeof network === 'string') throw new Error(`not made: ${network}`)
    const { interfaces, routeTables } = network
    expect(interfaces.known && interfaces.value.some(({ description }) => description.includes(DKR))).toBe(false)
    expect(
      routeTables.known && routeTables.value.some(({ routes }) => routes.some(({ target }) => target.id === S3)),
    ).toBe(false)
  })

  test('one that is being deleted is gone after the wait', () => {
    const going = change(BY_ENDPOINTS, 'endpoints', DKR, { state: 'deleting' })
    const again = { ...INTERFACE, serviceName: `${SERVICE}.ecr.dkr` }
    expect(networkAfter(going, again)).toBe('InvalidParameter')
    expect(oneAfter('endpoints', 'new-smEndpoint', going, GONE, again).privateDns).toBe(true)
  })

  test('AWS refuses one that is not there', () => {
    expect(networkAfter(without(BY_ENDPOINTS, 'endpoints', DKR), DELETE)).toBe('InvalidVpcEndpointId.NotFound')
    expect(networkAfter(withoutList(BY_ENDPOINTS, 'endpoints'), DELETE)).toBeNull()
    expect(networkAfter(withoutList(BY_ENDPOINTS, 'endpoints'), WAIT)).toBeNull()
  })
})
