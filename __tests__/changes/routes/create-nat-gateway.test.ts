import { describe, expect, test } from '@jest/globals'
import type { Change } from '../../../src/domain/change.ts'
import { BY_ENDPOINTS, change, GATEWAY, PUBLIC_A, TABLE_A, VPC } from '../../checks/world.ts'
import { expectWords, networkAfter, oneAfter, withoutList } from '../kind.ts'

const ADDRESS: Change = { kind: 'allocate-address', makes: 'elasticIp', domain: 'vpc', subnetId: 'subnet-1' }
const ZONAL: Change = {
  kind: 'create-nat-gateway',
  makes: 'natGateway',
  subnetId: PUBLIC_A,
  allocationId: { ref: 'elasticIp' },
}
const REGIONAL: Change = { kind: 'create-nat-gateway', makes: 'natGateway', availabilityMode: 'regional', vpcId: VPC }
const ROUTE: Change = {
  kind: 'create-route',
  routeTableId: TABLE_A,
  destinationCidrBlock: '0.0.0.0/0',
  natGatewayId: { ref: 'natGateway' },
}
const DETACHED = change(BY_ENDPOINTS, 'internetGateways', GATEWAY, { attachments: [] })

describe('create-nat-gateway', () => {
  test('in words, with its address and a route; the same gateway stands in a report once', () => {
    const elsewhere: Change = { ...ROUTE, routeTableId: 'rtb-0a1b2c3d4e5f60000' }
    expectWords('create-nat-gateway', [ADDRESS, ZONAL, ROUTE], [ADDRESS, ZONAL, elsewhere], [REGIONAL])
  })

  test('a zonal one has a free address of its subnet', () => {
    const made = oneAfter('natGateways', 'new-natGateway', BY_ENDPOINTS, ADDRESS, ZONAL)
    expect(made).toMatchObject({ vpcId: VPC, subnetId: PUBLIC_A, state: 'available', availability: 'zonal' })
    expect(made.addresses).toEqual([{ privateIp: '10.0.101.4', publicIp: 'new-elasticIp', status: 'succeeded' }])
  })

  test('a regional one has a route table of its own, to the internet gateway', () => {
    const made = oneAfter('natGateways', 'new-natGateway', BY_ENDPOINTS, REGIONAL)
    expect(made).toMatchObject({ vpcId: VPC, subnetId: null, availability: 'regional' })
    const table = oneAfter('routeTables', made.routeTableId ?? '', BY_ENDPOINTS, REGIONAL)
    expect(table.routes.map(({ target }) => target.id)).toEqual([GATEWAY])
  })

  test('AWS refuses it without an internet gateway, a second one with its address, and in a full subnet', () => {
    expect(networkAfter(DETACHED, ADDRESS, ZONAL)).toBe('Gateway.NotAttached')
    expect(networkAfter(DETACHED, REGIONAL)).toBe('Gateway.NotAttached')
    expect(networkAfter(BY_ENDPOINTS, ADDRESS, ZONAL, { ...ZONAL, makes: 'second' })).toBe('Resource.AlreadyAssociated')
    const tiny = change(BY_ENDPOINTS, 'subnets', PUBLIC_A, { cidrs: ['10.0.101.0/29'] })
    const four = ['4', '5', '6'].map((host): Change => ({ ...ZONAL, makes: `nat${host}`, allocationId: `eip-${host}` }))
    expect(networkAfter(tiny, ...four)).not.toBe('InsufficientFreeAddressesInSubnet')
    const full = change(tiny, 'subnets', PUBLIC_A, { cidrs: ['10.0.101.0/30'] })
    expect(networkAfter(full, ADDRESS, ZONAL)).toBe('InsufficientFreeAddressesInSubnet')
  })

  test('nobody can foresee it in a subnet that was not read', () => {
    expect(networkAfter(withoutList(BY_ENDPOINTS, 'subnets'), ADDRESS, ZONAL)).toBeNull()
    expect(networkAfter(withoutList(BY_ENDPOINTS, 'vpcs'), REGIONAL)).toBeNull()
  })
})
