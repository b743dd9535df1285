/** From one VPC into another: over a peering or transit gateways, with group references, and back. */
import { describe, expect, test } from '@jest/globals'
import { known, unread } from '../../../src/domain/answer.ts'
import type { NetworkInterface, Peering, Transit } from '../../../src/domain/network.ts'
import {
  A,
  ACCOUNT,
  acl,
  add,
  BY_ENDPOINTS,
  change,
  route,
  rule,
  subnet,
  TABLE_A,
  TASK_GROUP,
  VPC,
  type World,
  withNetwork,
  without,
} from '../../checks/world.ts'
import { answer, ask, way } from '../asking.ts'

const HUB = 'vpc-0a1b2c3d4e5f600ff'
const HUB_SUBNET = 'subnet-0a1b2c3d4e5f60ff1'
const HUB_TABLE = 'rtb-0a1b2c3d4e5f60ff1'
const HUB_ACL = 'acl-0a1b2c3d4e5f60ff1'
const HUB_GROUP = 'sg-0a1b2c3d4e5f60ff1'
const HUB_ENI = 'eni-0a1b2c3d4e5f60ff1'
const PCX = 'pcx-0a1b2c3d4e5f60001'
const TGW = 'tgw-0a1b2c3d4e5f60001'
const SPOKE_ATTACHMENT = 'tgw-attach-0a1b2c3d4e5f60001'
const HUB_ATTACHMENT = 'tgw-attach-0a1b2c3d4e5f60002'
const TGW_TABLE = 'tgw-rtb-0a1b2c3d4e5f60001'

const HUB_INTERFACE: NetworkInterface = {
  id: HUB_ENI,
  subnetId: HUB_SUBNET,
  vpcId: HUB,
  groupIds: [HUB_GROUP],
  privateIps: ['10.1.0.11'],
  ipv6Addresses: [],
  publicIp: null,
  type: 'interface',
  description: '',
  instanceId: null,
  sourceDestCheck: true,
}

function twoVpcs(by: 'peering' | 'transit-gateway'): World {
  const id = by === 'peering' ? PCX : TGW
  const routed = change(BY_ENDPOINTS, 'routeTables', TABLE_A, ({ routes }) => ({
    routes: [...routes, route('10.1.0.0/16', by, id)],
  }))
  const opened = change(routed, 'securityGroups', TASK_GROUP, { egress: [rule({ cidrs: ['10.1.0.0/16'] })] })
  return [
    (world: World) => add(world, 'vpcs', { id: HUB, cidrs: ['10.1.0.0/16'], dhcpOptionsId: null }),
    (world: World) => add(world, 'subnets', subnet(HUB_SUBNET, 'a', '10.1.0.0/24', { vpcId: HUB })),
    (world: World) =>
      add(world, 'routeTables', {
        id: HUB_TABLE,
        vpcId: HUB,
        main: true,
        subnetIds: [],
        routes: [route('10.1.0.0/16', 'local', 'local'), route('10.0.0.0/16', by, id)],
      }),
    (world: World) => add(world, 'networkAcls', { ...acl(HUB_ACL, []), vpcId: HUB, isDefault: true }),
    (world: World) =>
      add(world, 'securityGroups', {
        id: HUB_GROUP,
        vpcId: HUB,
        name: 'hub',
        ingress: [rule({ cidrs: ['10.0.0.0/16'] })],
        egress: [],
      }),
    (world: World) => add(world, 'interfaces', HUB_INTERFACE),
    (world: World) => (by === 'peering' ? withNetwork(world, { peerings: known([PEERING]) }) : joined(world)),
  ].reduce((world, step) => step(world), opened)
}

const PEERING: Peering = {
  id: PCX,
  state: 'active',
  requester: { vpcId: HUB, ownerId: ACCOUNT, cidrs: ['10.1.0.0/16'] },
  accepter: { vpcId: VPC, ownerId: ACCOUNT, cidrs: ['10.0.0.0/16'] },
}

type VpcAttachment = Extract<Transit['vpcAttachments'], { known: true }>['value'][number]
type Attachment = Extract<Transit['attachments'], { known: true }>['value'][number]
type TransitRoute = {
  readonly cidr: string
  readonly attachmentId: string | null
  readonly propagated: boolean
  readonly state: string
}

const to = (cidr: string, attachmentId: string | null, changes: Partial<TransitRoute> = {}): TransitRoute => ({
  cidr,
  attachmentId,
  propagated: true,
  state: 'active',
  ...changes,
})
const inVpc = (id: string, vpcId: string, subnetId: string, changes: Partial<VpcAttachment> = {}): VpcAttachment => ({
  id,
  transitGatewayId: TGW,
  vpcId,
  subnetIds: [subnetId],
  state: 'available',
  securityGroupReferencing: false,
  ...changes,
})
const attached = (id: string, changes: Partial<Attachment> = {}): Attachment => ({
  id,
  transitGatewayId: TGW,
  resourceType: 'vpc',
  routeTableId: TGW_TABLE,
  ...changes,
})
const tableOf = (...routes: readonly TransitRoute[]) => ({
  id: TGW_TABLE,
  transitGatewayId: TGW,
  routes: known(routes),
})

function joined(world: World, changes: Partial<Transit> = {}): World {
  return withNetwork(world, {
    transit: {
      gateways: known([{ id: TGW, securityGroupReferencing: false }]),
      vpcAttachments: known([inVpc(SPOKE_ATTACHMENT, VPC, A), inVpc(HUB_ATTACHMENT, HUB, HUB_SUBNET)]),
      attachments: known([attached(SPOKE_ATTACHMENT), attached(HUB_ATTACHMENT)]),
      routeTables: known([tableOf(to('10.0.0.0/16', SPOKE_ATTACHMENT), to('10.1.0.0/16', HUB_ATTACHMENT))]),
      ...changes,
    },
  })
}

const BY_PEERING = twoVpcs('peering')
const BY_TRANSIT = twoVpcs('transit-gateway')

describe('a reference to a security group of the other VPC', () => {
  const inbound = (world: World) =>
    change(world, 'securityGroups', HUB_GROUP, { ingress: [rule({ groupIds: [TASK_GROUP] })] })
  const outbound = (world: World) =>
    change(world, 'securityGroups', TASK_GROUP, { egress: [rule({ groupIds: [HUB_GROUP] })] })
  const referencing = (gateway: boolean, spoke: boolean, hub: boolean) => (world: World) =>
    joined(world, {
      gateways: known([{ id: TGW, securityGroupReferencing: gateway }]),
      vpcAttachments: known([
        inVpc(SPOKE_ATTACHMENT, VPC, A, { securityGroupReferencing: spoke }),
        inVpc(HUB_ATTACHMENT, HUB, HUB_SUBNET, { securityGroupReferencing: hub }),
      ]),
    })

  test('carries over an active peering, in both directions', () => {
    expect(answer(ask(inbound(BY_PEERING), HUB_ENI))).toEqual(['reachable'])
    expect(answer(ask(outbound(BY_PEERING), HUB_ENI))).toEqual(['reachable'])
  })

  test.each(['requester', 'accepter'] as const)('does not carry where a third VPC is %s of the peering', (side) => {
    const third = { ...PEERING, [side]: { ...PEERING[side], vpcId: 'vpc-0a1b2c3d4e5f60003' } }
    const path = ask(withNetwork(inbound(BY_TRANSIT), { peerings: known([third]) }), HUB_ENI)
    expect(path.hops.find(({ at }) => at === 'security-group-ingress')?.decision).toBe('deny')
  })

  test.each([
    [true, true, true, 'reachable'],
    [false, true, true, 'blocked'],
    [true, false, true, 'blocked'],
    [true, true, false, 'blocked'],
  ] as const)(
    'carries over a transit gateway inbound where all support it: gateway %s, own attachment %s, the other %s: %s',
    (gateway, spoke, hub, outcome) => {
      const path = ask(referencing(gateway, spoke, hub)(inbound(BY_TRANSIT)), HUB_ENI)
      expect(path.outcome).toBe(outcome)
      expect(path.hops.filter(({ decision }) => decision === 'deny').map(({ fault }) => fault?.kind)).toEqual(
        outcome === 'blocked' ? ['ingress-closed'] : [],
      )
    },
  )

  test('never carries over a transit gateway outbound', () => {
    expect(answer(ask(referencing(true, true, true)(outbound(BY_TRANSIT)), HUB_ENI))).toEqual([
      'blocked',
      `security-group-egress deny: security-group-deny egress TCP 443 10.1.0.11 (${HUB_ENI}) ${HUB_GROUP} (egress-closed)`,
    ])
  })

  test.each([
    ['gateways', 'ec2:DescribeTransitGateways'],
    ['vpcAttachments', 'ec2:DescribeTransitGatewayVpcAttachments'],
  ] as const)('may carry where the %s of the transit gateway could not be read', (part, permission) => {
    const path = ask(joined(inbound(BY_TRANSIT), { [part]: unread('denied', permission) }), HUB_ENI)
    expect(path.outcome).toBe('indeterminate')
    if (part === 'gateways')
      expect(answer(path)[1]).toMatch(/^security-group-ingress unknown: .*\(ec2:DescribeTransitGateways\)$/)
  })

  test('may carry where the peerings could not be read', () => {
    const world = withNetwork(outbound(BY_TRANSIT), { peerings: unread('denied', 'ec2:DescribeVpcPeeringConnections') })
    expect(answer(ask(world, HUB_ENI))).toEqual([
      'indeterminate',
      expect.stringMatching(/^security-group-egress unknown: .*\(ec2:DescribeVpcPeeringConnections\)$/),
    ])
  })

  test.each<[string, Partial<Peering>]>([
    ['is gone', { state: 'deleted' }],
    ['joins another VPC with the hub', { accepter: { ...PEERING.accepter, vpcId: 'vpc-0a1b2c3d4e5f600aa' } }],
    ['joins another VPC with the spoke', { requester: { ...PEERING.requester, vpcId: 'vpc-0a1b2c3d4e5f600aa' } }],
  ])('does not carry over a peering that %s', (_, changes) => {
    const beside = withNetwork(inbound(BY_TRANSIT), { peerings: known([{ ...PEERING, ...changes }]) })
    expect(ask(beside, HUB_ENI).outcome).toBe('blocked')
    const turned = { ...PEERING, requester: PEERING.accepter, accepter: PEERING.requester }
    expect(ask(withNetwork(inbound(BY_TRANSIT), { peerings: known([turned]) }), HUB_ENI).outcome).toBe('reachable')
  })
})

describe('a peering', () => {
  const over = (changes: Partial<Peering>, world = BY_PEERING) =>
    withNetwork(world, { peerings: known([{ ...PEERING, ...changes }]) })

  test('leads to an address of the other VPC and back', () => {
    const path = ask(BY_PEERING, '10.1.0.11')
    expect(answer(path)).toEqual(['reachable'])
    expect(path.via).toEqual({ kind: 'peering', id: PCX })
    expect(way(path)).toEqual([
      `route ${TABLE_A}`,
      `security-group-egress ${TASK_GROUP}`,
      `network-acl-out ${HUB_ACL}`,
      'network-acl-out acl-0a1b2c3d4e5f6000a',
      `network-acl-in ${HUB_ACL}`,
      'network-acl-in acl-0a1b2c3d4e5f6000a',
      `security-group-ingress ${HUB_GROUP}`,
    ])
  })

  test.each([
    [
      'is not active',
      over({ state: 'expired' }),
      ['blocked', `route deny: peering-state ${PCX} expired (peering-inactive)`],
    ],
    [
      'could not be read',
      withNetwork(BY_PEERING, { peerings: unread('denied', 'ec2:DescribeVpcPeeringConnections') }),
      ['indeterminate', `route unknown: peering-unread ${PCX} (ec2:DescribeVpcPeeringConnections)`],
    ],
    [
      'leads to a VPC that is not visible',
      without(BY_PEERING, 'vpcs', HUB),
      ['indeterminate', `route unknown: peered-vpc-unseen ${HUB} (ec2:DescribeVpcs)`],
    ],
    [
      'leads to a VPC of which not even the addresses are known',
      over({ requester: { ...PEERING.requester, cidrs: [] } }, without(BY_PEERING, 'vpcs', HUB)),
      ['indeterminate', `route unknown: peered-vpc-unseen ${HUB} (ec2:DescribeVpcs)`],
    ],
    [
      'has no way back',
      change(BY_PEERING, 'routeTables', HUB_TABLE, { routes: [] }),
      ['blocked', `route deny: no-way-back ${HUB_TABLE} ${A} (no-route)`],
    ],
    [
      'has a way back that is a blackhole',
      change(BY_PEERING, 'routeTables', HUB_TABLE, {
        routes: [route('10.0.0.0/16', 'peering', PCX, { state: 'blackhole' })],
      }),
      ['blocked', `route deny: no-way-back ${HUB_TABLE} ${A} (no-route)`],
    ],
    [
      'has a way back over a peering that is not this one',
      change(BY_PEERING, 'routeTables', HUB_TABLE, { routes: [route('10.0.0.0/16', 'peering', 'pcx-1')] }),
      ['blocked', `route deny: no-way-back ${HUB_TABLE} ${A} (no-route)`],
    ],
    [
      'has a way back through what cannot be seen into',
      change(BY_PEERING, 'routeTables', HUB_TABLE, { routes: [route('10.0.0.0/16', 'network-interface', 'eni-1')] }),
      ['indeterminate', 'route unknown: replies-through eni-1 (nothing would tell)'],
    ],
    [
      'has a way back that ends at an internet gateway',
      change(BY_PEERING, 'routeTables', HUB_TABLE, { routes: [route('10.0.0.0/16', 'internet-gateway', 'igw-1')] }),
      ['blocked', `route deny: no-way-back ${HUB_TABLE} ${A} (no-route)`],
    ],
    [
      'leads into a subnet whose routes are not visible',
      without(BY_PEERING, 'routeTables', HUB_TABLE),
      ['indeterminate', 'route unknown: routeTables-unseen (nothing would tell)'],
    ],
  ] as const)('that %s', (_, world, expected) => {
    expect(answer(ask(world, '10.1.0.11'))).toEqual(expected)
  })

  test('leads no further than to the other VPC', () => {
    const world = change(BY_PEERING, 'routeTables', TABLE_A, { routes: [route('0.0.0.0/0', 'peering', PCX)] })
    expect(answer(ask(world, '198.51.100.7'))).toContain(`route deny: peering-no-further ${PCX} (dead-end-route)`)
  })

  test('leads to an address that nobody has', () => {
    expect(answer(ask(BY_PEERING, '10.1.0.99'))).toEqual([
      'blocked',
      `route deny: no-such-address 10.1.0.99 ${HUB} ${HUB_SUBNET} (no-such-address)`,
    ])
    expect(answer(ask(BY_PEERING, '10.1.7.7'))).toEqual([
      'blocked',
      `route deny: no-such-address 10.1.7.7 ${HUB}  (no-such-address)`,
    ])
    const unseen = withNetwork(BY_PEERING, { interfaces: unread('denied', 'ec2:DescribeNetworkInterfaces') })
    expect(answer(ask(unseen, '10.1.0.99'))).toEqual([
      'indeterminate',
      'route unknown: address-unknown 10.1.0.99 (ec2:DescribeNetworkInterfaces)',
    ])
    expect(ask(unseen, '10.1.7.7').outcome).toBe('blocked')
  })
})

describe('a transit gateway', () => {
  test('leads to the other VPC, and tells so', () => {
    const path = ask(BY_TRANSIT, '10.1.0.11')
    expect(answer(path)).toEqual(['reachable'])
    expect(path.via).toEqual({ kind: 'transit-gateway', id: TGW })
  })

  const because = (world: World) => {
    const { outcome, hops } = ask(world, '10.1.0.11')
    const faults = hops.flatMap(({ fault }) => (fault?.kind === 'transit-gateway-no-way' ? fault.because : []))
    return [outcome, ...faults]
  }

  test.each([
    ['no-attachment', { vpcAttachments: known([inVpc(HUB_ATTACHMENT, HUB, HUB_SUBNET)]) }],
    [
      'no-attachment',
      {
        vpcAttachments: known([
          inVpc(SPOKE_ATTACHMENT, VPC, A, { state: 'deleting' }),
          inVpc(HUB_ATTACHMENT, HUB, HUB_SUBNET),
        ]),
      },
    ],
    [
      'no-attachment',
      {
        vpcAttachments: known([
          inVpc(SPOKE_ATTACHMENT, VPC, A, { transitGatewayId: 'tgw-1' }),
          inVpc(HUB_ATTACHMENT, HUB, HUB_SUBNET),
        ]),
      },
    ],
    [
      'zone-not-served',
      {
        vpcAttachments: known([
          inVpc(SPOKE_ATTACHMENT, VPC, 'subnet-0a1b2c3d4e5f6000c'),
          inVpc(HUB_ATTACHMENT, HUB, HUB_SUBNET),
        ]),
      },
    ],
    [
      'no-route-table',
      {
        attachments: known([attached(SPOKE_ATTACHMENT, { routeTableId: null }), attached(HUB_ATTACHMENT)]),
      },
    ],
    ['no-route', { routeTables: known([tableOf(to('10.0.0.0/16', SPOKE_ATTACHMENT))]) }],
    ['blackhole', { routeTables: known([tableOf(to('10.0.0.0/8', null))]) }],
    ['blackhole', { routeTables: known([tableOf(to('10.1.0.0/16', HUB_ATTACHMENT, { state: 'blackhole' }))]) }],
  ] as const)('ends the way: %s', (end, transit) => {
    expect(because(joined(BY_TRANSIT, transit))).toEqual(['blocked', end])
  })

  test('takes the longest prefix, and a static route before a propagated one', () => {
    const wide = to('10.0.0.0/8', null)
    const narrow = to('10.1.0.0/16', HUB_ATTACHMENT)
    const back = to('10.0.0.0/16', SPOKE_ATTACHMENT)
    const routed = (...routes: readonly TransitRoute[]) =>
      because(joined(BY_TRANSIT, { routeTables: known([tableOf(...routes)]) }))
    expect(routed(wide, narrow, back)).toEqual(['reachable'])
    expect(routed({ ...narrow, attachmentId: null }, { ...narrow, propagated: false }, back)).toEqual(['reachable'])
    expect(routed({ ...narrow, attachmentId: null, propagated: false }, narrow, back)).toEqual(['blocked', 'blackhole'])
    expect(routed(to('10.1.0.11/32', null), narrow, back)).toEqual(['blocked', 'blackhole'])
    expect(routed(to('fd00::/8', null), to('oops', null), narrow, back)).toEqual(['reachable'])
  })

  test.each([
    ['attachments', 'ec2:DescribeTransitGatewayAttachments'],
    ['routeTables', 'ec2:DescribeTransitGatewayRouteTables'],
    ['vpcAttachments', 'ec2:DescribeTransitGatewayVpcAttachments'],
  ] as const)('is not followed where its %s could not be read', (part, permission) => {
    const [outcome, line] = answer(ask(joined(BY_TRANSIT, { [part]: unread('denied', permission) }), '10.1.0.11'))
    expect([outcome, line]).toEqual(['indeterminate', expect.stringContaining(`(${permission})`)])
  })

  test.each([
    ['its own attachment', { attachments: known([attached(HUB_ATTACHMENT)]) }, 'ec2:DescribeTransitGatewayAttachments'],
    ['the table of it', { routeTables: known([]) }, 'ec2:SearchTransitGatewayRoutes'],
    [
      'the attachment that the route names',
      { routeTables: known([tableOf(to('10.1.0.0/16', 'tgw-attach-1'), to('10.0.0.0/16', SPOKE_ATTACHMENT))]) },
      'ec2:DescribeTransitGatewayVpcAttachments',
    ],
    [
      'the routes',
      { routeTables: known([{ ...tableOf(), routes: unread('denied', 'x') }]) },
      'ec2:SearchTransitGatewayRoutes',
    ],
  ] as const)('is not followed where %s is not to be seen', (_, transit, permission) => {
    const [outcome, line] = answer(ask(joined(BY_TRANSIT, transit), '10.1.0.11'))
    expect([outcome, line]).toEqual(['indeterminate', expect.stringContaining(`(${permission})`)])
  })

  test('serves the zone that a subnet not to be seen may lie in, perhaps', () => {
    const vpcAttachments = known([inVpc(SPOKE_ATTACHMENT, VPC, 'subnet-1'), inVpc(HUB_ATTACHMENT, HUB, HUB_SUBNET)])
    expect(answer(ask(joined(BY_TRANSIT, { vpcAttachments }), '10.1.0.11'))).toEqual([
      'indeterminate',
      `route unknown: transit-unread ${SPOKE_ATTACHMENT} (ec2:DescribeSubnets)`,
    ])
  })

  describe('that is peered with another', () => {
    const FAR = 'tgw-0a1b2c3d4e5f60002'
    const FAR_TABLE = 'tgw-rtb-0a1b2c3d4e5f60002'
    const PEERED = 'tgw-attach-0a1b2c3d4e5f60003'
    const far = (cidr: string, attachmentId: string) => ({
      id: FAR_TABLE,
      transitGatewayId: FAR,
      routes: known([to(cidr, attachmentId), to('10.0.0.0/16', PEERED)]),
    })
    const peered = (farTo: string, sides = [TGW, FAR]) =>
      joined(BY_TRANSIT, {
        vpcAttachments: known([
          inVpc(SPOKE_ATTACHMENT, VPC, A),
          inVpc(HUB_ATTACHMENT, HUB, HUB_SUBNET, { transitGatewayId: FAR }),
        ]),
        attachments: known([
          attached(SPOKE_ATTACHMENT),
          attached(HUB_ATTACHMENT, { transitGatewayId: FAR, routeTableId: FAR_TABLE }),
          ...sides.map((id) =>
            attached(PEERED, {
              transitGatewayId: id,
              resourceType: 'peering',
              routeTableId: id === TGW ? TGW_TABLE : FAR_TABLE,
            }),
          ),
        ]),
        routeTables: known([
          tableOf(to('10.1.0.0/16', PEERED), to('10.0.0.0/16', SPOKE_ATTACHMENT)),
          far('10.1.0.0/16', farTo),
        ]),
      })
    const there = (world: World) =>
      change(world, 'routeTables', HUB_TABLE, {
        routes: [route('10.1.0.0/16', 'local', 'local'), route('10.0.0.0/16', 'transit-gateway', FAR)],
      })

    test('leads through both', () => {
      expect(answer(ask(there(peered(HUB_ATTACHMENT)), '10.1.0.11'))).toEqual(['reachable'])
    })

    test('is not followed where the far side is not to be seen', () => {
      expect(answer(ask(there(peered(HUB_ATTACHMENT, [TGW])), '10.1.0.11'))).toEqual([
        'indeterminate',
        `route unknown: transit-unread ${PEERED} (ec2:DescribeTransitGatewayAttachments)`,
      ])
    })

    test('is left where the two send packets to and fro', () => {
      expect(answer(ask(there(peered(PEERED)), '10.1.0.11'))).toEqual([
        'indeterminate',
        expect.stringMatching(/^route unknown: transit-unread tgw-0a1b2c3d4e5f6000[12] \(nothing would tell\)$/),
      ])
    })
  })

  test('has the ACL of its own subnet before it', () => {
    const OWN = 'subnet-0a1b2c3d4e5f60ff2'
    const closed = add(
      add(BY_TRANSIT, 'subnets', subnet(OWN, 'a', '10.0.200.0/28')),
      'networkAcls',
      acl('acl-0a1b2c3d4e5f60ff2', [OWN], []),
    )
    const vpcAttachments = known([inVpc(SPOKE_ATTACHMENT, VPC, OWN), inVpc(HUB_ATTACHMENT, HUB, HUB_SUBNET)])
    const { outcome, hops } = ask(joined(closed, { vpcAttachments }), '10.1.0.11')
    expect(outcome).toBe('blocked')
    expect(hops.filter(({ decision }) => decision === 'deny').map(({ at, fault }) => [at, fault])).toEqual([
      ['network-acl-out', expect.objectContaining({ direction: 'outbound', packets: 'reply', subnetId: OWN })],
      ['network-acl-in', expect.objectContaining({ direction: 'inbound', packets: 'request', subnetId: OWN })],
    ])
  })

  test('sends on from the subnet of the far attachment what is not for its VPC', () => {
    const GATEWAY = 'igw-0a1b2c3d4e5f60ff1'
    const outward = change(
      joined(BY_TRANSIT, { routeTables: known([tableOf(to('0.0.0.0/0', HUB_ATTACHMENT))]) }),
      'routeTables',
      TABLE_A,
      {
        routes: [route('0.0.0.0/0', 'transit-gateway', TGW)],
      },
    )
    const open = change(outward, 'securityGroups', TASK_GROUP, { egress: [rule({ cidrs: ['0.0.0.0/0'] })] })
    const withGateway = change(
      withNetwork(open, {
        internetGateways: known([{ id: GATEWAY, attachments: [{ vpcId: HUB, state: 'available' }] }]),
      }),
      'routeTables',
      HUB_TABLE,
      { routes: [route('0.0.0.0/0', 'internet-gateway', GATEWAY)] },
    )
    expect(answer(ask(withGateway, '198.51.100.7'))).toContain(
      `internet-gateway deny: public-ip-missing ${HUB_TABLE} ${GATEWAY} sender (public-ip-missing)`,
    )
    expect(ask(withGateway, '198.51.100.7', { publicIp: true }).outcome).toBe('reachable')
    expect(answer(ask(without(withGateway, 'subnets', HUB_SUBNET), '198.51.100.7'))).toContain(
      `route unknown: transit-vpc-unseen ${HUB} (ec2:DescribeSubnets)`,
    )
  })
})
