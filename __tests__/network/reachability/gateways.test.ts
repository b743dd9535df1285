/** What each target of a route makes of packets: internet gateways, Block Public Access, NAT gateways, appliances, load balancers. */
import { describe, expect, test } from '@jest/globals'
import { known, unread } from '../../../src/domain/answer.ts'
import type { LoadBalancer, NatGateway, Network, NetworkInterface, Route, Vpn } from '../../../src/domain/network.ts'
import {
  A,
  ACL_PUBLIC,
  acl,
  add,
  BY_ENDPOINTS,
  BY_NAT,
  C,
  change,
  ENDPOINT_GROUP,
  GATEWAY,
  IN_PUBLIC,
  NAT_A,
  openEgress,
  PUBLIC_A,
  route,
  rule,
  S3,
  subnet,
  TABLE_A,
  TABLE_PUBLIC,
  TASK_GROUP,
  VPC,
  type World,
  withNetwork,
} from '../../checks/world.ts'
import { answer, ask, way } from '../asking.ts'

const OUT = { subnetId: PUBLIC_A, publicIp: true } as const
const routed = (world: World, ...routes: readonly Route[]) => change(world, 'routeTables', TABLE_A, { routes })
const toA = (target: Route) => openEgress(routed(BY_ENDPOINTS, target))

describe('an internet gateway', () => {
  test('carries IPv4 for who has a public address', () => {
    expect(answer(ask(IN_PUBLIC, 'internet', OUT))).toEqual(['reachable'])
    expect(ask(IN_PUBLIC, 'internet', OUT).via).toEqual({ kind: 'internet-gateway', id: GATEWAY })
    const path = ask(IN_PUBLIC, 'internet', { ...OUT, publicIp: false })
    expect(answer(path)).toEqual([
      'blocked',
      `internet-gateway deny: public-ip-missing ${TABLE_PUBLIC} ${GATEWAY} sender (public-ip-missing)`,
    ])
    expect(path.hops.find(({ fault }) => fault !== undefined)?.fault).toEqual({
      kind: 'public-ip-missing',
      subnetId: PUBLIC_A,
      routeTableId: TABLE_PUBLIC,
      internetGatewayId: GATEWAY,
    })
  })

  test('drops what is for private addresses', () => {
    const all = ask(IN_PUBLIC, '192.168.7.7', OUT)
    expect(answer(all)).toEqual([
      'blocked',
      `internet-gateway deny: internet-gateway-drops-private ${GATEWAY} (dead-end-route)`,
    ])
    expect(all.hops.at(-1)?.fault ?? all.hops.find(({ fault }) => fault)?.fault).toMatchObject({
      routeTableId: TABLE_PUBLIC,
      destination: '0.0.0.0/0',
      target: GATEWAY,
      targetKind: 'internet-gateway',
    })
  })

  test.each([
    ['available', ['reachable']],
    ['attached', ['reachable']],
    [
      'attaching',
      ['indeterminate', `internet-gateway unknown: internet-gateway-state ${GATEWAY} attaching (nothing would tell)`],
    ],
    [
      'detaching',
      ['blocked', `internet-gateway deny: internet-gateway-detached ${GATEWAY} ${VPC} (internet-gateway-detached)`],
    ],
  ])('that is %s', (state, expected) => {
    const world = change(IN_PUBLIC, 'internetGateways', GATEWAY, { attachments: [{ vpcId: VPC, state }] })
    expect(answer(ask(world, 'internet', OUT))).toEqual(expected)
  })

  test('of another VPC, or that could not be read', () => {
    const other = change(IN_PUBLIC, 'internetGateways', GATEWAY, {
      attachments: [{ vpcId: 'vpc-1', state: 'available' }],
    })
    expect(ask(other, 'internet', OUT).outcome).toBe('blocked')
    const denied = withNetwork(IN_PUBLIC, { internetGateways: unread('denied', 'ec2:DescribeInternetGateways') })
    expect(answer(ask(denied, 'internet', OUT))).toEqual([
      'indeterminate',
      `internet-gateway unknown: internet-gateway-unread ${GATEWAY} (ec2:DescribeInternetGateways)`,
    ])
  })

  test('for IPv6 needs no public address, and may be for egress alone', () => {
    const v6 = (target: Route) =>
      change(
        change(
          change(
            change(IN_PUBLIC, 'subnets', PUBLIC_A, { cidrs: ['10.0.101.0/24', '2600:1f14::/64'] }),
            'securityGroups',
            TASK_GROUP,
            {
              egress: [rule({ cidrs: ['::/0'] })],
            },
          ),
          'networkAcls',
          ACL_PUBLIC,
          {
            entries: [true, false].map((egress) => ({
              egress,
              ruleNumber: 100,
              allow: true,
              protocol: '-1',
              cidr: '::/0',
              ports: null,
            })),
          },
        ),
        'routeTables',
        TABLE_PUBLIC,
        { routes: [target] },
      )
    const to = '2607:f8b0::7'
    const off = { ...OUT, publicIp: false }
    expect(answer(ask(v6(route('::/0', 'internet-gateway', GATEWAY)), to, off))).toEqual(['reachable'])
    const only = withNetwork(v6(route('::/0', 'egress-only-internet-gateway', 'eigw-1')), {
      egressOnlyGateways: known([{ id: 'eigw-1', attachments: [{ vpcId: VPC, state: 'attached' }] }]),
    })
    const path = ask(only, to, off)
    expect([path.outcome, path.via]).toEqual(['reachable', { kind: 'egress-only-internet-gateway', id: 'eigw-1' }])
    expect(ask(v6(route('::/0', 'egress-only-internet-gateway', GATEWAY)), to, off).outcome).toBe('blocked')
    const ingressOff = change(only, 'subnets', PUBLIC_A, { internetGatewayBlockMode: 'block-ingress' })
    expect(ask(ingressOff, to, off).outcome).toBe('reachable')
    expect(answer(ask(IN_PUBLIC, to, off))).toEqual(['blocked', `route deny: subnet-without-ipv6 ${PUBLIC_A} ()`])
  })
})

describe('VPC Block Public Access', () => {
  const ACCOUNT_MODES = ['off', 'block-ingress', 'block-bidirectional', 'block-sometimes']
  const set = (world: World, account: Network['blockPublicAccess'], own: string | null) =>
    change(withNetwork(world, { blockPublicAccess: account }), 'subnets', PUBLIC_A, { internetGatewayBlockMode: own })
  const account = (mode: string, state = 'update-complete') => known({ mode, state })
  const DENIED = unread('denied', 'ec2:DescribeVpcBlockPublicAccessOptions')

  test.each(ACCOUNT_MODES)('set to %s for the account leaves a subnet alone that says it is off', (mode) => {
    expect(answer(ask(set(IN_PUBLIC, account(mode), 'off'), 'internet', OUT))).toEqual(['reachable'])
  })

  test.each([
    ['block-bidirectional', 'blocked', 'public-access-blocked', 'internet-blocked'],
    ['block-ingress', 'blocked', 'public-access-blocked', 'internet-blocked'],
    ['block-sometimes', 'indeterminate', 'public-access-mode', 'nothing would tell'],
  ])('%s of a subnet: %s', (mode, outcome, reason, line) => {
    const [first, hop] = answer(ask(set(IN_PUBLIC, account('off'), mode), 'internet', OUT))
    expect(first).toBe(outcome)
    expect(hop).toMatch(new RegExp(`^internet-gateway \\w+: ${reason} ${mode}.*\\(${line}\\)$`))
  })

  test('is told from off where the subnet does not say: then nobody knows whether it is excluded', () => {
    expect(answer(ask(set(IN_PUBLIC, account('block-bidirectional'), null), 'internet', OUT))).toEqual([
      'indeterminate',
      `internet-gateway unknown: public-access-exclusion-unread block-bidirectional ${PUBLIC_A} (ec2:DescribeSubnets)`,
    ])
    expect(answer(ask(set(IN_PUBLIC, account('off'), null), 'internet', OUT))).toEqual(['reachable'])
  })

  test('that nobody could read is taken for off, and one that is being changed is not judged', () => {
    expect(answer(ask(set(IN_PUBLIC, DENIED, null), 'internet', OUT))).toEqual(['reachable'])
    expect(answer(ask(set(IN_PUBLIC, account('off', 'update-in-progress'), 'off'), 'internet', OUT))).toEqual([
      'indeterminate',
      'internet-gateway unknown: public-access-changing (nothing would tell)',
    ])
  })

  test('against what comes in lets a NAT gateway out', () => {
    expect(answer(ask(set(BY_NAT, account('off'), 'block-ingress'), 'internet'))).toEqual(['reachable'])
    expect(answer(ask(set(BY_NAT, account('off'), 'block-bidirectional'), 'internet'))).toEqual([
      'blocked',
      `internet-gateway deny: public-access-blocked block-bidirectional ${PUBLIC_A} (internet-blocked)`,
    ])
  })
})

describe('an automated internet firewall', () => {
  const ARN = 'arn:aws:network-firewall:ap-northeast-2:123456789012:firewall/edge'
  const inspected = (world: World, status = 'active') =>
    change(world, 'routeTables', TABLE_PUBLIC, ({ routes }) => ({
      routes: routes.map((one) => (one.target.id === GATEWAY ? { ...one, firewall: { arn: ARN, status } } : one)),
    }))
  const typed = (firewallConnectivity: string | null, world = inspected(IN_PUBLIC)) =>
    change(world, 'subnets', PUBLIC_A, { firewallConnectivity })
  const told = `internet-gateway unknown: internet-firewall ${ARN} ${GATEWAY} (nothing would tell)`
  const PRIVATE = { ...OUT, publicIp: false }
  const missing = `internet-gateway deny: public-ip-missing ${TABLE_PUBLIC} ${GATEWAY} sender (public-ip-missing)`

  test.each(['active', 'pending', 'disabling'])('that is %s may refuse anything', (status) => {
    expect(answer(ask(inspected(IN_PUBLIC, status), 'internet', OUT))).toEqual(['indeterminate', told])
  })

  test('stands behind NAT gateways as well, zonal and regional', () => {
    expect(answer(ask(inspected(BY_NAT), 'internet'))).toEqual(['indeterminate', told])
    const regional = change(inspected(BY_NAT), 'natGateways', NAT_A, { subnetId: null, routeTableId: TABLE_PUBLIC })
    expect(answer(ask(regional, 'internet'))).toEqual([
      'indeterminate',
      `nat-gateway unknown: internet-firewall ${ARN} ${NAT_A} (nothing would tell)`,
    ])
  })

  test.each<readonly [string | null, readonly string[], readonly string[]]>([
    ['flexible', ['indeterminate', told], ['indeterminate', told]],
    ['outbound-only', ['indeterminate', told], ['indeterminate', told]],
    ['bidirectional', ['indeterminate', told], ['blocked', missing]],
    ['something-new', ['indeterminate', told], ['indeterminate', told]],
    [null, ['indeterminate', told], ['indeterminate', told]],
    ['exclude', ['reachable'], ['blocked', missing]],
    ['az-unsupported', ['reachable'], ['blocked', missing]],
  ])('of a subnet that is %s: with a public address, and without', (connectivity, withAddress, without) => {
    expect(answer(ask(typed(connectivity), 'internet', OUT))).toEqual(withAddress)
    expect(answer(ask(typed(connectivity), 'internet', PRIVATE))).toEqual(without)
  })

  test('is there where the subnet alone tells of it', () => {
    expect(answer(ask(typed('outbound-only', IN_PUBLIC), 'internet', PRIVATE))).toEqual([
      'indeterminate',
      `internet-gateway unknown: internet-firewall ${VPC} ${GATEWAY} (nothing would tell)`,
    ])
  })
})

describe('VPC encryption controls', () => {
  const enforced = (exclusions: Readonly<Record<string, string>>, mode = 'enforce', state = 'available') =>
    withNetwork(BY_NAT, { encryptionControls: known([{ vpcId: VPC, mode, state, exclusions }]) })
  const told = (kind: string, state: string, id: string) =>
    `route unknown: encryption-enforced ${VPC} ${kind} ${state} ${id} (nothing would tell)`

  test('leave open what becomes of a gateway that they do not exclude', () => {
    expect(answer(ask(enforced({}), 'internet'))).toEqual(['indeterminate', told('NatGateway', 'disabled', NAT_A)])
    const nat = { NatGateway: 'enabled', InternetGateway: 'enabling' }
    expect(answer(ask(enforced(nat), 'internet'))).toEqual([
      'indeterminate',
      told('InternetGateway', 'enabling', GATEWAY),
    ])
  })

  test('let pass what they exclude, what they only watch, and what they left', () => {
    expect(answer(ask(enforced({ NatGateway: 'enabled', InternetGateway: 'enabled' }), 'internet'))).toEqual([
      'reachable',
    ])
    expect(answer(ask(enforced({}, 'monitor'), 'internet'))).toEqual(['reachable'])
    expect(answer(ask(enforced({}, 'enforce', 'deleting'), 'internet'))).toEqual(['reachable'])
  })

  test('are no matter of the VPC’s own endpoints', () => {
    const { encryptionControls } = enforced({}).network
    expect(ask(withNetwork(BY_ENDPOINTS, { encryptionControls }), 'ecr-api').outcome).toBe('reachable')
  })
})

describe('a NAT gateway', () => {
  const nat = (changes: Partial<NatGateway>, world = BY_NAT) => change(world, 'natGateways', NAT_A, changes)
  const told = (changes: Partial<NatGateway>, world = BY_NAT) => answer(ask(nat(changes, world), 'internet'))

  test('leads out, over the route and the ACL of its own subnet', () => {
    const path = ask(BY_NAT, 'internet')
    expect(answer(path)).toEqual(['reachable'])
    expect(path.via).toEqual({ kind: 'nat-gateway', id: NAT_A })
    expect(way(path)).toEqual([
      `route ${TABLE_A}`,
      `security-group-egress ${TASK_GROUP}`,
      `network-acl-out ${ACL_PUBLIC}`,
      `network-acl-out ${ACL_PUBLIC}`,
      'network-acl-out acl-0a1b2c3d4e5f6000a',
      `nat-gateway ${NAT_A}`,
      `internet-gateway ${GATEWAY}`,
      `network-acl-in ${ACL_PUBLIC}`,
      `network-acl-in ${ACL_PUBLIC}`,
      'network-acl-in acl-0a1b2c3d4e5f6000a',
    ])
  })

  test.each<[Partial<NatGateway>, readonly string[]]>([
    [
      { state: 'failed', failure: 'no address' },
      ['blocked', `nat-gateway deny: nat-gateway-state ${NAT_A} failed no address (nat-gateway-state)`],
    ],
    [{ state: 'deleting' }, ['blocked', `nat-gateway deny: nat-gateway-state ${NAT_A} deleting  (nat-gateway-state)`]],
    [{ state: 'deleted' }, ['blocked', `nat-gateway deny: nat-gateway-state ${NAT_A} deleted  (nat-gateway-state)`]],
    [
      { state: 'pending' },
      ['indeterminate', `nat-gateway unknown: nat-gateway-state ${NAT_A} pending  (nothing would tell)`],
    ],
    [
      { attachedAppliances: true },
      ['indeterminate', `nat-gateway unknown: nat-gateway-appliance ${NAT_A} (nothing would tell)`],
    ],
    [{ connectivity: 'private' }, ['blocked', `nat-gateway deny: nat-gateway-private ${NAT_A} (nat-gateway-private)`]],
    [
      { subnetId: 'subnet-1' },
      ['indeterminate', `nat-gateway unknown: nat-gateway-subnet-unread subnet-1 ${NAT_A} (ec2:DescribeSubnets)`],
    ],
    [
      { subnetId: A },
      ['blocked', `nat-gateway deny: nat-gateway-leads-to-itself ${NAT_A} ${TABLE_A} (nat-gateway-without-internet)`],
    ],
    [
      { availability: 'regional' },
      ['indeterminate', `nat-gateway unknown: nat-gateway-table-unknown ${NAT_A} (ec2:DescribeNatGateways)`],
    ],
    [
      { availability: 'regional', routeTableId: 'rtb-1' },
      ['indeterminate', `nat-gateway unknown: nat-gateway-table-unread rtb-1 ${NAT_A} (ec2:DescribeRouteTables)`],
    ],
    [{ availability: 'regional', routeTableId: TABLE_PUBLIC }, ['reachable']],
    [{ subnetId: null, routeTableId: TABLE_PUBLIC }, ['reachable']],
  ])('with %p', (changes, expected) => {
    expect(told(changes)).toEqual(expected)
  })

  test('that is regional needs an active route to an internet gateway', () => {
    const regional = { availability: 'regional', routeTableId: TABLE_PUBLIC } as const
    const table = (...routes: readonly Route[]) =>
      told(regional, change(BY_NAT, 'routeTables', TABLE_PUBLIC, { routes }))
    const without = expect.stringMatching(
      new RegExp(
        `^nat-gateway deny: nat-gateway-without-route ${NAT_A} ${TABLE_PUBLIC} .*\\(nat-gateway-without-internet\\)$`,
      ),
    )
    expect(table()).toEqual(['blocked', without])
    expect(table(route('0.0.0.0/0', 'internet-gateway', GATEWAY, { state: 'blackhole' }))).toEqual(['blocked', without])
    expect(table(route('0.0.0.0/0', 'vpn-gateway', 'vgw-1'))).toEqual(['blocked', without])
    const closed = change(nat(regional), 'subnets', A, { internetGatewayBlockMode: 'block-bidirectional' })
    expect(ask(closed, 'internet').outcome).toBe('blocked')
    expect(
      ask(change(nat(regional), 'subnets', A, { internetGatewayBlockMode: 'block-ingress' }), 'internet').outcome,
    ).toBe('reachable')
  })

  test('that stands where nothing leads out is to blame', () => {
    const path = ask(change(BY_NAT, 'routeTables', TABLE_PUBLIC, { routes: [] }), 'internet')
    expect(answer(path)).toEqual([
      'blocked',
      `nat-gateway deny: nat-gateway-without-internet ${NAT_A} no-route ${TABLE_PUBLIC} internet (nat-gateway-without-internet)`,
    ])
    expect(path.hops.find(({ fault }) => fault !== undefined)?.fault).toMatchObject({
      subnetId: PUBLIC_A,
      routeTableId: TABLE_PUBLIC,
    })
    const detached = change(BY_NAT, 'internetGateways', GATEWAY, { attachments: [] })
    expect(answer(ask(detached, 'internet'))[1]).toMatch(/^internet-gateway deny: internet-gateway-detached/)
  })

  test('that is not in the list, or whose list could not be read', () => {
    const line = (permission: string) => [
      'indeterminate',
      `nat-gateway unknown: nat-gateway-unread ${NAT_A} (${permission})`,
    ]
    expect(answer(ask(withNetwork(BY_NAT, { natGateways: known([]) }), 'internet'))).toEqual(
      line('ec2:DescribeNatGateways'),
    )
    expect(answer(ask(withNetwork(BY_NAT, { natGateways: unread('denied', 'x') }), 'internet'))).toEqual(line('x'))
  })

  const entry = (egress: boolean, ruleNumber: number, from: number, to: number, allow = false) => ({
    egress,
    ruleNumber,
    allow,
    protocol: '6',
    cidr: '0.0.0.0/0',
    ports: { from, to },
  })
  const publicAcl = (...entries: ReturnType<typeof entry>[]) =>
    ask(
      change(BY_NAT, 'networkAcls', ACL_PUBLIC, (before) => ({ entries: [...entries, ...before.entries] })),
      'internet',
    )

  test('whose own source ports are let back in only in part works for some connections', () => {
    const { outcome, hops } = publicAcl(entry(false, 50, 1024, 2000))
    expect(outcome).toBe('intermittent')
    expect(hops.filter(({ decision }) => decision === 'partial').map(({ fault }) => fault)).toEqual([
      {
        kind: 'network-acl-closed',
        networkAclId: ACL_PUBLIC,
        subnetId: PUBLIC_A,
        direction: 'inbound',
        ports: { from: 1024, to: 2000 },
        peer: '0.0.0.0/0',
        ruleNumber: 50,
        packets: 'reply',
      },
    ])
  })

  test.each([
    ['requests of the tasks', entry(false, 50, 443, 443), 'inbound', 'request', '10.0.1.0/24'],
    ['replies to the tasks', entry(true, 50, 32768, 60999), 'outbound', 'reply', '10.0.1.0/24'],
    ['its own requests', entry(true, 50, 443, 443), 'outbound', 'request', '0.0.0.0/0'],
    ['replies to itself', entry(false, 50, 1024, 65535), 'inbound', 'reply', '0.0.0.0/0'],
  ] as const)('behind an ACL that refuses %s', (_, refusing, direction, packets, peer) => {
    const { outcome, hops } = publicAcl(refusing)
    expect(outcome).toBe('blocked')
    const faults = hops.flatMap(({ fault }) => fault ?? [])
    expect(faults).toEqual([
      expect.objectContaining({ kind: 'network-acl-closed', direction, packets, peer, ruleNumber: 50 }),
    ])
  })

  test('takes nothing that is addressed to itself', () => {
    const own: NetworkInterface = { ...interfaceOf('eni-nat', '10.0.101.5'), type: 'nat_gateway', subnetId: PUBLIC_A }
    expect(answer(ask(add(BY_NAT, 'interfaces', own), '10.0.101.5'))).toEqual([
      'blocked',
      'nat-gateway deny: nat-gateway-as-target eni-nat (no-such-address)',
    ])
  })

  test('behind a NAT gateway behind a NAT gateway: as many as can be followed', () => {
    const loop = change(BY_NAT, 'routeTables', TABLE_PUBLIC, { routes: [route('0.0.0.0/0', 'nat-gateway', 'nat-1')] })
    const turning = add(loop, 'natGateways', {
      id: 'nat-1',
      vpcId: VPC,
      subnetId: A,
      routeTableId: null,
      state: 'available',
      connectivity: 'public',
      availability: 'zonal',
      addresses: [],
      attachedAppliances: false,
      failure: null,
    })
    expect(answer(ask(turning, 'internet'))).toContain('route unknown: too-many-gateways (nothing would tell)')
  })
})

function interfaceOf(id: string, ip: string): NetworkInterface {
  return {
    id,
    subnetId: C,
    vpcId: VPC,
    groupIds: [ENDPOINT_GROUP],
    privateIps: [ip],
    ipv6Addresses: [],
    publicIp: null,
    type: 'interface',
    description: '',
    instanceId: null,
    sourceDestCheck: true,
  }
}

describe('a gateway endpoint', () => {
  test.each([
    ['available', 'reachable', null],
    ['pending', 'indeterminate', `endpoint unknown: gateway-endpoint-state ${S3} pending (nothing would tell)`],
    ['partial', 'indeterminate', `endpoint unknown: gateway-endpoint-state ${S3} partial (nothing would tell)`],
    [
      'failed',
      'blocked',
      `endpoint deny: endpoint-state ${S3} com.amazonaws.ap-northeast-2.s3 failed (endpoint-not-available)`,
    ],
  ])('that is %s', (state, outcome, line) => {
    const path = ask(change(BY_ENDPOINTS, 'endpoints', S3, { state }), 's3')
    expect(answer(path)).toEqual(line === null ? [outcome] : [outcome, line])
    expect(path.via).toEqual({ kind: 'gateway-endpoint', id: S3 })
  })

  test.each([
    [
      'could not be read',
      { endpoints: unread('denied', 'ec2:DescribeVpcEndpoints') },
      'endpoint unknown: endpoints-unread (ec2:DescribeVpcEndpoints)',
    ],
    [
      'is not in the list',
      { endpoints: known([]) },
      `endpoint unknown: endpoint-unseen ${S3} (ec2:DescribeVpcEndpoints)`,
    ],
  ])('that %s', (_, part, line) => {
    expect(answer(ask(withNetwork(BY_ENDPOINTS, part), 's3'))).toContain(line)
    expect(ask(withNetwork(BY_ENDPOINTS, part), 's3').outcome).toBe('indeterminate')
  })
})

describe('a route', () => {
  test.each<[Route, readonly string[]]>([
    [
      route('0.0.0.0/0', 'vpc-endpoint', 'vpce-0a1b2c3d4e5f600a1'),
      ['indeterminate', 'route unknown: endpoint-behind vpce-0a1b2c3d4e5f600a1 interface (nothing would tell)'],
    ],
    [
      route('0.0.0.0/0', 'network-interface', 'eni-1'),
      ['indeterminate', 'route unknown: through-interface eni-1 (nothing would tell)'],
    ],
    [
      route('0.0.0.0/0', 'other', 'cagw-1'),
      ['indeterminate', 'route unknown: target-not-followed cagw-1 (nothing would tell)'],
    ],
    [
      route('0.0.0.0/0', 'vpn-gateway', 'vgw-1'),
      ['indeterminate', 'route unknown: behind-vpn-gateway vgw-1 (nothing would tell)'],
    ],
    [
      route('0.0.0.0/0', 'nat-gateway', NAT_A, { state: 'blackhole' }),
      ['blocked', `route deny: blackhole-route ${TABLE_A} 0.0.0.0/0 ${NAT_A} internet (blackhole-route)`],
    ],
    [
      route('0.0.0.0/0', 'nat-gateway', NAT_A, { state: 'filtered' }),
      ['indeterminate', 'route unknown: route-state 0.0.0.0/0 filtered (nothing would tell)'],
    ],
    [route('10.9.0.0/16', 'vpn-gateway', 'vgw-1'), ['blocked', `route deny: no-route ${TABLE_A} internet (no-route)`]],
  ])('%p', (target, expected) => {
    expect(answer(ask(toA(target), 'internet'))).toEqual(expected)
  })

  test.each([
    ['an interface', 'network-interface', 'eni-nat', true],
    ['an instance', 'instance', 'i-1', true],
    ['an interface that passes others’ packets on', 'network-interface', 'eni-nat', false],
    ['an instance that passes others’ packets on', 'instance', 'i-1', false],
    ['another instance', 'instance', 'i-2', true],
  ] as const)('to %s', (_, kind, id, sourceDestCheck) => {
    const world = add(toA(route('0.0.0.0/0', kind, id)), 'interfaces', {
      ...interfaceOf('eni-nat', '10.0.3.77'),
      instanceId: 'i-1',
      sourceDestCheck,
    })
    const path = ask(world, 'internet')
    const stopped = sourceDestCheck && id !== 'i-2'
    expect(answer(path)).toEqual(
      stopped
        ? ['blocked', `route deny: source-destination-check ${id} (dead-end-route)`]
        : ['indeterminate', `route unknown: through-interface ${id} (nothing would tell)`],
    )
    expect(path.via).toEqual({ kind: 'appliance', id })
  })

  const connection = {
    id: 'vpn-1',
    vpnGatewayId: 'vgw-1',
    transitGatewayId: null,
    state: 'available',
    staticRoutesOnly: true,
    routes: ['203.0.113.0/24'],
  }
  const vpn = (...all: readonly Partial<typeof connection>[]) =>
    answer(
      ask(
        withNetwork(toA(route('0.0.0.0/0', 'vpn-gateway', 'vgw-1')), {
          vpn: { gateways: known([]), connections: known(all.map((one) => ({ ...connection, ...one }))) } as Vpn,
        }),
        '198.51.100.7',
      ),
    )

  test('to a VPN whose static routes do not cover it ends there', () => {
    const ends = ['blocked', 'route deny: vpn-without-route vgw-1 (dead-end-route)']
    const open = ['indeterminate', 'route unknown: behind-vpn-gateway vgw-1 (nothing would tell)']
    expect(vpn({})).toEqual(ends)
    expect(vpn({ routes: ['198.51.100.0/24'] })).toEqual(open)
    expect(vpn({ staticRoutesOnly: false })).toEqual(open)
    expect(vpn({}, { staticRoutesOnly: false })).toEqual(open)
    expect(vpn({}, { state: 'deleted', staticRoutesOnly: false })).toEqual(ends)
    expect(vpn({}, { vpnGatewayId: 'vgw-2', staticRoutesOnly: false })).toEqual(ends)
    expect(vpn()).toEqual(open)
  })

  test('is the longest that matches, and static before propagated', () => {
    const gone = { state: 'blackhole' }
    const out = (...routes: readonly Route[]) => ask(openEgress(routed(BY_NAT, ...routes)), '198.51.100.7').outcome
    const nat = (to: string, changes: Partial<Route> = {}) => route(to, 'nat-gateway', NAT_A, changes)
    expect(out(nat('0.0.0.0/0', gone), nat('198.51.100.0/24'))).toBe('reachable')
    expect(out(nat('0.0.0.0/0'), nat('198.51.100.7/32', gone))).toBe('blocked')
    expect(out(nat('0.0.0.0/0', { ...gone, propagated: true }), nat('0.0.0.0/0'))).toBe('reachable')
    expect(out(nat('0.0.0.0/0', { propagated: true }), nat('0.0.0.0/0', gone))).toBe('blocked')
    expect(out(nat('::/0', gone), nat('0.0.0.0/0'))).toBe('reachable')
  })

  test('by prefix lists that overlap is one that AWS picks', () => {
    const lists = [
      { id: 'pl-1', name: 'one', entries: known(['198.51.100.0/24']) },
      { id: 'pl-2', name: 'two', entries: known(['198.51.100.0/24']) },
      { id: 'pl-3', name: 'narrower', entries: known(['198.51.100.0/28']) },
    ]
    const world = (...routes: readonly Route[]) =>
      ask(add(openEgress(routed(BY_NAT, ...routes)), 'prefixLists', ...lists), '198.51.100.7')
    const nat = (to: string) => route(to, 'nat-gateway', NAT_A)
    const other = (to: string) => route(to, 'nat-gateway', 'nat-2')
    expect(answer(world(nat('pl-1'), other('pl-2')))).toEqual([
      'indeterminate',
      'route unknown: routes-overlap pl-1 pl-2 (nothing would tell)',
    ])
    expect(world(nat('pl-1'), nat('pl-2')).outcome).toBe('reachable')
    expect(world(nat('pl-3'), other('pl-1')).outcome).toBe('reachable')
    expect(world(nat('198.51.100.0/24'), other('pl-1')).outcome).toBe('reachable')
    expect(answer(world(nat('pl-9'), nat('0.0.0.0/0')))).toEqual([
      'indeterminate',
      'route unknown: prefix-list-unread pl-9 (ec2:GetManagedPrefixListEntries)',
    ])
  })

  test('between two interfaces of one subnet is not asked for, nor an ACL', () => {
    const world = add(openEgress(BY_ENDPOINTS), 'interfaces', { ...interfaceOf('eni-near', '10.0.1.77'), subnetId: A })
    expect(way(ask(world, '10.0.1.77'))).toEqual([
      `security-group-egress ${TASK_GROUP}`,
      `security-group-ingress ${ENDPOINT_GROUP}`,
    ])
  })
})

describe('a Network Load Balancer', () => {
  const NLB: NetworkInterface = {
    ...interfaceOf('eni-nlb', '10.0.3.50'),
    type: 'network_load_balancer',
    description: 'ELB net/front/0123456789abcdef',
    groupIds: [],
  }
  const TARGET = { ...interfaceOf('eni-target', '10.0.3.60'), instanceId: 'i-1' }
  const targetsOf = (preserveClientIp: boolean, ...targets: readonly (readonly [id: string, port: number])[]) => ({
    targetGroups: [
      {
        arn: 'tg-1',
        targetType: 'ip',
        preserveClientIp,
        targets: targets.map(([id, port]) => ({ id, port, availabilityZone: null, health: 'healthy' })),
      },
    ],
  })
  const balancer = (changes: Partial<LoadBalancer>): LoadBalancer => ({
    arn: 'lb-1',
    name: 'front',
    type: 'network',
    crossZone: false,
    listeners: [{ port: 443, protocol: 'TCP', targetGroupArns: ['tg-1'] }],
    ...targetsOf(true, ['i-1', 8443]),
    ...changes,
  })
  const group = (port: number, cidrs: readonly string[]) => ({ ingress: [rule({ cidrs }, port)] })
  const world = (
    front: Partial<LoadBalancer>,
    open = group(8443, ['10.0.1.0/24']),
    target: Partial<NetworkInterface> = {},
  ) =>
    change(
      withNetwork(add(openEgress(BY_ENDPOINTS), 'interfaces', NLB, { ...TARGET, ...target }), {
        loadBalancers: known([balancer(front)]),
      }),
      'securityGroups',
      ENDPOINT_GROUP,
      open,
    )
  const toNlb = (one: World) => answer(ask(one, '10.0.3.50'))

  test('is passed to a target that lets the client in, on the target’s port', () => {
    expect(toNlb(world({}))).toEqual(['reachable'])
    expect(ask(world({}), '10.0.3.50').via).toEqual({ kind: 'local', id: 'eni-nlb' })
    expect(toNlb(world({}, group(443, ['10.0.1.0/24'])))[0]).toBe('blocked')
  })

  test('hides the client behind its own address where that is not preserved', () => {
    const hidden = targetsOf(false, ['10.0.3.60', 8443])
    expect(toNlb(world(hidden, group(8443, ['10.0.3.50/32'])))).toEqual(['reachable'])
    expect(toNlb(world(hidden, group(8443, ['10.0.1.0/24'])))[0]).toBe('blocked')
    expect(toNlb(world(targetsOf(true, ['10.0.3.60', 8443]), group(8443, ['10.0.3.50/32'])))[0]).toBe('blocked')
  })

  test.each<[string, Partial<LoadBalancer>, readonly string[]]>([
    [
      'has no listener on the port',
      { listeners: [{ port: 80, protocol: 'TCP', targetGroupArns: ['tg-1'] }] },
      ['blocked', 'endpoint deny: listener-missing front tcp 443 (listener-missing)'],
    ],
    [
      'listens for another protocol',
      { listeners: [{ port: 443, protocol: 'UDP', targetGroupArns: ['tg-1'] }] },
      ['blocked', 'endpoint deny: listener-missing front tcp 443 (listener-missing)'],
    ],
    ['listens for both', { listeners: [{ port: 443, protocol: 'TCP_UDP', targetGroupArns: ['tg-1'] }] }, ['reachable']],
    [
      'has another group behind the listener',
      { listeners: [{ port: 443, protocol: 'TCP', targetGroupArns: ['tg-2'] }] },
      ['indeterminate', 'endpoint unknown: targets-unread front (elasticloadbalancing:DescribeTargetHealth)'],
    ],
    [
      'is not known',
      { name: 'back' },
      ['indeterminate', 'endpoint unknown: listeners-unread eni-nlb (elasticloadbalancing:DescribeListeners)'],
    ],
  ] as const)('that %s', (_, front, expected) => {
    expect(toNlb(world(front))).toEqual(expected)
  })

  test('sends only to targets of its own zone, unless it is cross-zone', () => {
    const far = { subnetId: A, privateIps: ['10.0.1.60'] }
    expect(toNlb(world({}, group(8443, ['0.0.0.0/0']), far))[0]).toBe('indeterminate')
    expect(toNlb(world({ crossZone: true }, group(8443, ['0.0.0.0/0']), far))).toEqual(['reachable'])
  })

  test('works as long as one target does', () => {
    expect(toNlb(world(targetsOf(true, ['i-1', 9999], ['i-1', 8443], ['i-1', 9998])))[0]).toBe('reachable')
    expect(toNlb(world(targetsOf(true, ['i-1', 9999])))[0]).toBe('blocked')
  })

  test('with security groups is filtered by them', () => {
    const guarded = change(
      add(world({}), 'securityGroups', {
        id: 'sg-nlb',
        vpcId: VPC,
        name: 'nlb',
        ingress: [],
        egress: [],
      }),
      'interfaces',
      'eni-nlb',
      { groupIds: ['sg-nlb'] },
    )
    expect(toNlb(guarded)[0]).toBe('blocked')
  })

  test('that is its own target is left in the end', () => {
    expect(toNlb(world(targetsOf(true, ['10.0.3.50', 443])))).toContain(
      'endpoint unknown: too-many-gateways (nothing would tell)',
    )
  })
})

describe('a flow', () => {
  test('to an interface or endpoint that is not there', () => {
    expect(answer(ask(BY_ENDPOINTS, 'eni-1'))).toEqual([
      'indeterminate',
      'route unknown: interface-unseen eni-1 (ec2:DescribeNetworkInterfaces)',
    ])
  })

  test('to an interface of its own VPC', () => {
    const path = ask(openEgress(BY_ENDPOINTS), 'eni-0a1b2c3d4e5f6a10c')
    expect(answer(path)).toEqual(['reachable'])
    expect([path.host, path.destination, path.via]).toEqual([
      'eni-0a1b2c3d4e5f6a10c',
      'eni-0a1b2c3d4e5f6a10c',
      { kind: 'local', id: 'eni-0a1b2c3d4e5f6a10c' },
    ])
    expect(ask(openEgress(BY_ENDPOINTS), 'eni-0a1b2c3d4e5f6a10c', { port: 80 }).outcome).toBe('blocked')
    expect(ask(openEgress(BY_ENDPOINTS), 'eni-0a1b2c3d4e5f6a10c', { protocol: 'udp' }).outcome).toBe('blocked')
  })

  test('from an interface has that interface’s address, groups and public address', () => {
    const world = add(BY_NAT, 'interfaces', {
      ...interfaceOf('eni-own', '10.0.101.9'),
      subnetId: PUBLIC_A,
      groupIds: [TASK_GROUP],
    })
    const from = { interfaceId: 'eni-own' }
    const path = ask(world, 'internet', { from })
    expect(path.from).toEqual({
      kind: 'instance-eni',
      subnetId: PUBLIC_A,
      availabilityZone: 'ap-northeast-2a',
      securityGroupIds: [TASK_GROUP],
      publicIp: false,
    })
    expect(path.outcome).toBe('blocked')
    expect(ask(change(world, 'interfaces', 'eni-own', { publicIp: '3.3.3.3' }), 'internet', { from }).outcome).toBe(
      'reachable',
    )
    expect(() => ask(world, 'internet', { from: { interfaceId: 'eni-1' } })).toThrow('nobody sends')
    expect(() => ask(change(world, 'interfaces', 'eni-own', { subnetId: 'subnet-1' }), 'internet', { from })).toThrow(
      'nobody sends',
    )
    expect(() => ask(world, 'internet', { subnetId: 'subnet-1' })).toThrow('nobody sends')
  })

  test('from a subnet is a task’s, required and for nothing else', () => {
    expect(ask(BY_NAT, 'ecr-dkr')).toMatchObject({
      from: {
        kind: 'task-eni',
        subnetId: A,
        availabilityZone: 'ap-northeast-2a',
        securityGroupIds: [TASK_GROUP],
        publicIp: false,
      },
      destination: 'ecr-dkr',
      host: '123456789012.dkr.ecr.ap-northeast-2.amazonaws.com',
      port: 443,
      neededBy: [],
      required: true,
    })
    expect(ask(BY_NAT, 'ecr-api').host).toBe('api.ecr.ap-northeast-2.amazonaws.com')
    expect(ask(BY_NAT, 's3').host).toBe('prod-ap-northeast-2-starport-layer-bucket.s3.ap-northeast-2.amazonaws.com')
    expect(ask(BY_NAT, 'Example.COM').host).toBe('Example.COM')
    expect(ask(withNetwork(BY_NAT, { accountId: null }), 'ecr-dkr').host).toMatch(/^000000000000\./)
  })

  test('of one source port asks about that port alone', () => {
    const closed = change(BY_NAT, 'networkAcls', 'acl-0a1b2c3d4e5f6000a', {
      entries: acl(
        'x',
        [],
        [
          {
            egress: false,
            ruleNumber: 10,
            allow: true,
            protocol: '6',
            cidr: '0.0.0.0/0',
            ports: { from: 40000, to: 41000 },
          },
          { egress: true, ruleNumber: 10, allow: true, protocol: '-1', cidr: '0.0.0.0/0', ports: null },
        ],
      ).entries,
    })
    expect(ask(closed, 'internet').outcome).toBe('intermittent')
    for (const [sourcePort, outcome] of [
      [39999, 'blocked'],
      [40000, 'reachable'],
      [41000, 'reachable'],
      [41001, 'blocked'],
    ] as const)
      expect([sourcePort, ask(closed, 'internet', { sourcePort }).outcome]).toEqual([sourcePort, outcome])
  })

  test('from a subnet that has IPv6 alone', () => {
    const only = (dns64: boolean) => change(BY_NAT, 'subnets', A, { cidrs: ['2600:1f14::/64'], dns64 })
    expect(answer(ask(only(false), 'ecr-api'))).toEqual([
      'blocked',
      `dns deny: ipv6-only-without-dns64 ${A} (no-route)`,
    ])
    expect(answer(ask(only(true), 'ecr-api'))).toEqual(['blocked', `route deny: nat64-route-missing ${A} (no-route)`])
  })

  test('in a subnet whose table or ACL is not to be seen', () => {
    const table = withNetwork(BY_NAT, { routeTables: unread('denied', 'ec2:DescribeRouteTables') })
    expect(answer(ask(table, 'internet'))).toEqual([
      'indeterminate',
      'route unknown: routeTables-unread (ec2:DescribeRouteTables)',
    ])
    const shared = withNetwork(BY_NAT, { networkAcls: known([]) })
    expect(answer(ask(shared, 'internet'))).toEqual([
      'indeterminate',
      'network-acl-out unknown: networkAcls-unseen (nothing would tell)',
      'network-acl-in unknown: networkAcls-unseen (nothing would tell)',
    ])
    expect(add(BY_NAT, 'subnets', subnet('subnet-x', 'a', '10.0.9.0/24')).network.subnets.known).toBe(true)
  })
})
