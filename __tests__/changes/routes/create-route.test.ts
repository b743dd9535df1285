import { describe, expect, test } from '@jest/globals'
import type { Change } from '../../../src/domain/change.ts'
import type { RouteTargetId } from '../../../src/domain/network-change.ts'
import { add, BY_ENDPOINTS, BY_NAT, GATEWAY, NAT_A, NAT_C, TABLE_A, withNetwork } from '../../checks/world.ts'
import { expectWords, networkAfter, oneAfter, withoutList } from '../kind.ts'

const PEERING = 'pcx-0a1b2c3d4e5f60001'
const TRANSIT = 'tgw-0a1b2c3d4e5f60001'

function create(destination: Partial<Change>, target: RouteTargetId): Change {
  return { kind: 'create-route', routeTableId: TABLE_A, ...destination, ...target } as Change
}

const TO_NAT = create({ destinationCidrBlock: '0.0.0.0/0' }, { natGatewayId: NAT_A })

describe('create-route', () => {
  test('in words, for each destination and target', () => {
    expectWords(
      'create-route',
      [TO_NAT],
      [create({ destinationIpv6CidrBlock: '64:ff9b::/96' }, { natGatewayId: NAT_A })],
      [create({ destinationPrefixListId: 'pl-78a54011' }, { transitGatewayId: TRANSIT })],
      [create({ destinationCidrBlock: '10.9.0.0/16' }, { vpcPeeringConnectionId: PEERING })],
      [create({ destinationCidrBlock: '0.0.0.0/0' }, { gatewayId: GATEWAY })],
    )
  })

  test('leads to its target', () => {
    const bare = { ...BY_NAT, network: BY_ENDPOINTS.network }
    const world = add(
      bare,
      'natGateways',
      ...(BY_NAT.network.natGateways.known ? BY_NAT.network.natGateways.value : []),
    )
    expect(oneAfter('routeTables', TABLE_A, world, TO_NAT).routes.at(-1)).toEqual({
      destination: '0.0.0.0/0',
      target: { kind: 'nat-gateway', id: NAT_A },
      state: 'active',
      propagated: false,
      firewall: null,
    })
  })

  test.each([
    ['a second route to the same destination', BY_NAT, TO_NAT, 'RouteAlreadyExists'],
    [
      'a table that is not there',
      BY_NAT,
      { ...TO_NAT, routeTableId: 'rtb-1' } as Change,
      'InvalidRouteTableID.NotFound',
    ],
    ['a gateway of no VPC', BY_ENDPOINTS, TO_NAT, 'InvalidParameterValue'],
    [
      'a peering that is not there',
      BY_NAT,
      create({ destinationCidrBlock: '10.9.0.0/16' }, { vpcPeeringConnectionId: PEERING }),
      'InvalidParameterValue',
    ],
    [
      'a transit gateway without attachment',
      BY_NAT,
      create({ destinationCidrBlock: '10.9.0.0/16' }, { transitGatewayId: TRANSIT }),
      'InvalidParameterValue',
    ],
    [
      'an internet gateway of another VPC',
      BY_NAT,
      create({ destinationCidrBlock: '10.9.0.0/16' }, { gatewayId: 'igw-1' }),
      'InvalidParameterValue',
    ],
  ])('AWS refuses %s', (_, world, change, code) => {
    expect(networkAfter(world, change)).toBe(code)
  })

  test('nobody can foresee what was not read', () => {
    expect(networkAfter(withoutList(BY_NAT, 'natGateways'), TO_NAT)).toBeNull()
    expect(
      networkAfter(
        withoutList(BY_NAT, 'routeTables'),
        create({ destinationCidrBlock: '10.9.0.0/16' }, { natGatewayId: NAT_C }),
      ),
    ).toBeNull()
    const transit = { ...BY_NAT.network.transit, vpcAttachments: BY_NAT.network.transit.vpcAttachments }
    expect(networkAfter(withNetwork(BY_NAT, { transit }), TO_NAT)).toBe('RouteAlreadyExists')
  })
})
