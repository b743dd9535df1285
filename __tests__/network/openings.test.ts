/** What security groups open, whom that lets in, and what is looked up around it. */
import { describe, expect, test } from '@jest/globals'
import { known, unread } from '../../src/domain/answer.ts'
import { distinctReasons } from '../../src/domain/collections.ts'
import type { LoadBalancerFront, TargetGroup } from '../../src/domain/configuration.ts'
import type { ResolverRule, SecurityGroupRule } from '../../src/domain/network.ts'
import type { Hop, Path } from '../../src/domain/path.ts'
import { causesOf } from '../../src/network/causes.ts'
import { kindsAt } from '../../src/network/faults.ts'
import { balancerReach, portsToReach } from '../../src/network/load-balancer-reach.ts'
import { endpointOf, internetGatewayOf, oneEachZone, subnetsOf, tableIdsOf, tableOf } from '../../src/network/lookup.ts'
import { indexNetwork } from '../../src/network/network-index.ts'
import { endpointZone, forwardedBy } from '../../src/network/resolver-rules.ts'
import { coversProtocol, openingOf } from '../../src/network/security-groups.ts'
import {
  A,
  ACL_A,
  API,
  acl,
  add,
  BY_ENDPOINTS,
  BY_NAT,
  C,
  change,
  ENDPOINT_GROUP,
  GATEWAY,
  PUBLIC_A,
  REGION,
  rule,
  S3_LIST,
  subnet,
  TABLE_A,
  TABLE_C,
  TASK_GROUP,
  VPC,
  type World,
  withNetwork,
} from '../checks/world.ts'

const withRules = (...ingress: readonly Partial<SecurityGroupRule>[]) =>
  change(BY_ENDPOINTS, 'securityGroups', TASK_GROUP, { ingress: ingress.map((one) => rule(one)) })
const open = ({ network }: World, ids: readonly string[] = [TASK_GROUP], protocol = 'tcp', port = 443) =>
  openingOf(indexNetwork(network), ids, 'ingress', protocol, port)
const EVERY = { cidrs: ['0.0.0.0/0'] }

describe('what a rule opens', () => {
  test.each([
    ['tcp', 'tcp', true],
    ['6', 'tcp', true],
    ['-1', 'tcp', true],
    ['udp', 'tcp', false],
    ['17', 'tcp', false],
    ['17', 'udp', true],
    ['-1', 'udp', true],
    ['1', 'icmp', true],
    ['58', 'icmpv6', true],
    ['50', 'tcp', false],
  ])('protocol %s covers %s: %s', (written, protocol, covers) => {
    expect(coversProtocol(written, protocol)).toBe(covers)
  })

  test.each<[Partial<SecurityGroupRule>, boolean]>([
    [{ ports: { from: 443, to: 443 } }, true],
    [{ ports: { from: 0, to: 443 } }, true],
    [{ ports: { from: 443, to: 500 } }, true],
    [{ ports: { from: 444, to: 500 } }, false],
    [{ ports: { from: 0, to: 442 } }, false],
    [{ ports: null }, true],
    [{ ports: { from: -1, to: -1 } }, true],
    [{ protocol: '-1', ports: { from: 80, to: 80 } }, true],
    [{ protocol: 'udp' }, false],
  ])('%p on 443: %s', (changes, opens) => {
    expect(open(withRules({ ...EVERY, ...changes })).rules).toHaveLength(opens ? 1 : 0)
  })

  test('all groups of an interface together, in both families, with lists and references', () => {
    const world = change(
      withRules({ cidrs: ['10.0.0.0/24', '2600:1f14::/56'], prefixListIds: [S3_LIST] }),
      'securityGroups',
      ENDPOINT_GROUP,
      { ingress: [rule({ cidrs: ['10.0.1.0/24'], groupIds: [TASK_GROUP] })] },
    )
    const both = open(world, [TASK_GROUP, ENDPOINT_GROUP])
    expect(both.addresses(4).slice(2, 4)).toEqual([10 * 2 ** 24, 10 * 2 ** 24 + 512])
    expect(both.addresses(6)).toHaveLength(2)
    expect([...both.groupIds]).toEqual([TASK_GROUP])
    expect(both.rules.map(({ groupId }) => groupId)).toEqual([TASK_GROUP, ENDPOINT_GROUP])
    expect(both.missing).toBeNull()
  })

  test.each([
    [
      'a group that could not be read',
      withNetwork(BY_ENDPOINTS, { securityGroups: unread('denied', 'ec2:X') }),
      'ec2:X',
      'securityGroups-unread',
    ],
    [
      'a group that is not visible',
      withNetwork(BY_ENDPOINTS, { securityGroups: known([]) }),
      'ec2:DescribeSecurityGroups',
      'security-group-unseen',
    ],
    [
      'a list that is not visible',
      withRules({ prefixListIds: ['pl-1'] }),
      'ec2:GetManagedPrefixListEntries',
      'prefix-list-of-rule-unread',
    ],
    [
      'lists that could not be read',
      withNetwork(withRules({ prefixListIds: ['pl-1'] }), { prefixLists: unread('denied', 'ec2:Y') }),
      'ec2:Y',
      'prefixLists-unread',
    ],
  ] as const)('perhaps more, with %s', (_, world, permission, kind) => {
    expect(open(world).missing).toMatchObject({ permission, reason: expect.arrayContaining([kind]) })
  })
})

const FRONT: LoadBalancerFront = {
  arn: 'lb-1',
  name: 'front',
  type: 'application',
  vpcId: VPC,
  securityGroupIds: [ENDPOINT_GROUP],
  subnetIds: [A, C],
  zones: [],
  scheme: 'internal',
}

describe('a load balancer', () => {
  const group = (port: number | null): TargetGroup => ({
    arn: 'tg-1',
    name: 'tg',
    targetType: 'ip',
    protocol: 'HTTP',
    vpcId: VPC,
    loadBalancerArns: [],
    healthCheck: { port, intervalSeconds: null, unhealthyThreshold: null },
  })

  test.each([
    ['application', null, [{ port: 8080, use: 'traffic' }]],
    ['application', 8080, [{ port: 8080, use: 'traffic' }]],
    [
      'application',
      9000,
      [
        { port: 8080, use: 'traffic' },
        { port: 9000, use: 'health' },
      ],
    ],
    ['network', null, [{ port: 8080, use: 'health' }]],
    ['network', 9000, [{ port: 9000, use: 'health' }]],
  ])('%s with health checks on %s asks for %p', (type, port, ports) => {
    expect(portsToReach({ ...FRONT, type }, group(port), 8080)).toEqual(ports)
  })

  const reach = (world: World, front: Partial<LoadBalancerFront> = {}) =>
    balancerReach(indexNetwork(world.network), [TASK_GROUP], { ...FRONT, ...front }, { port: 443, use: 'traffic' })

  test.each<[string, World, Partial<LoadBalancerFront>, string]>([
    ['by its group', withRules({ groupIds: [ENDPOINT_GROUP] }), {}, 'open'],
    ['not by another group', withRules({ groupIds: ['sg-1'] }), {}, 'closed'],
    ['by the addresses of all its subnets', withRules({ cidrs: ['10.0.0.0/16'] }), {}, 'open'],
    ['in part by those of one', withRules({ cidrs: ['10.0.1.0/24'] }), {}, 'partial'],
    ['not by others', withRules({ cidrs: ['10.9.0.0/16'] }), {}, 'closed'],
    ['not without a rule', withRules(), {}, 'closed'],
    [
      'perhaps, where a subnet is not visible',
      withRules({ cidrs: ['10.0.0.0/16'] }),
      { subnetIds: [A, 'subnet-1'] },
      'unknown',
    ],
    ['perhaps, where no subnet is known', withRules({ cidrs: ['10.0.0.0/16'] }), { subnetIds: [] }, 'unknown'],
    ['not without a rule, wherever it stands', withRules(), { subnetIds: ['subnet-1'] }, 'closed'],
    ['perhaps, where a list is not visible', withRules({ prefixListIds: ['pl-1'] }), {}, 'unknown'],
    [
      'whatever else is not visible, where the addresses are let in',
      withRules(EVERY, { prefixListIds: ['pl-1'] }),
      {},
      'open',
    ],
  ])('is let in %s', (_, world, front, is) => {
    expect(reach(world, front).is).toBe(is)
  })

  test('says what would tell', () => {
    expect(reach(withRules({ cidrs: ['10.0.0.0/16'] }), { subnetIds: [] })).toEqual({
      is: 'unknown',
      missing: expect.objectContaining({
        permission: 'ec2:DescribeSubnets',
        reason: ['load-balancer-subnets-unread', 'front'],
      }),
    })
  })
})

describe('the index', () => {
  const { network } = BY_NAT
  const index = indexNetwork(network)

  test('finds the subnet of an address, at both ends of its block and no further', () => {
    for (const address of ['10.0.1.0', '10.0.1.255']) expect(index.subnetAt(VPC, address)?.id).toBe(A)
    for (const address of ['10.0.2.0', '10.0.0.255', 'oops', '::1']) expect(index.subnetAt(VPC, address)).toBeNull()
    expect(index.subnetAt('vpc-1', '10.0.1.7')).toBeNull()
  })

  test('gives a subnet without a table of its own the main one, and one without an ACL the default one', () => {
    const added = subnet('subnet-x', 'a', '10.0.9.0/24')
    const world = add(add(BY_NAT, 'subnets', added), 'networkAcls', { ...acl('acl-default', []), isDefault: true })
    const own = indexNetwork(world.network)
    expect(own.routeTableOf(added)).toMatchObject({ is: 'there', value: { id: 'rtb-0a1b2c3d4e5f60000' } })
    expect(own.networkAclOf(added)).toMatchObject({ is: 'there', value: { id: 'acl-default' } })
    expect(own.routeTableOf({ ...added, id: A })).toMatchObject({ value: { id: TABLE_A } })
    expect(own.networkAclOf({ ...added, id: A })).toMatchObject({ value: { id: ACL_A } })
    const shared = { ...added, vpcId: 'vpc-1' }
    expect(own.routeTableOf(shared)).toMatchObject({
      is: 'unread',
      missing: { permission: null, reason: ['routeTables-unseen'] },
    })
    expect(own.networkAclOf(shared)).toMatchObject({
      is: 'unread',
      missing: { permission: null, reason: ['networkAcls-unseen'] },
    })
  })

  test.each([
    ['vpcs', 'vpc', VPC],
    ['subnets', 'subnet', A],
    ['securityGroups', 'securityGroup', TASK_GROUP],
    ['prefixLists', 'prefixList', S3_LIST],
  ] as const)('tells a thing of %s that is not there from one that nobody could read', (list, find, id) => {
    expect(index[find](id).is).toBe('there')
    expect(index[find]('x-1').is).toBe('absent')
    const denied = indexNetwork({ ...network, [list]: unread('denied', 'ec2:X') })
    expect(denied[find](id)).toMatchObject({
      is: 'unread',
      missing: { permission: 'ec2:X', reason: [`${list}-unread`] },
    })
    expect(indexNetwork({ ...network, [list]: unread('denied', '') })[find](id)).toMatchObject({
      missing: { permission: null },
    })
  })

  test('knows the list of S3 in each family by its name in this Region', () => {
    const lists = [
      { id: 'pl-6', name: `com.amazonaws.${REGION}.ipv6.s3`, entries: known(['2600:1f14::/36']) },
      { id: 'pl-x', name: 'com.amazonaws.us-east-1.s3', entries: known(['1.2.3.0/24']) },
      { id: 'pl-d', name: `com.amazonaws.${REGION}.dynamodb`, entries: unread('denied', 'ec2:Z') },
    ]
    const own = indexNetwork(add(BY_NAT, 'prefixLists', ...lists).network)
    expect(own.s3PrefixList(4)).toMatchObject({ is: 'there', value: { list: { id: S3_LIST } } })
    expect(own.s3PrefixList(6)).toMatchObject({ is: 'there', value: { list: { id: 'pl-6' } } })
    expect(index.s3PrefixList(6).is).toBe('absent')
    expect(own.prefixList('pl-d')).toMatchObject({
      is: 'unread',
      missing: { permission: 'ec2:Z', reason: ['prefix-list-entries-unread', 'pl-d'] },
    })
    expect(indexNetwork({ ...network, prefixLists: unread('denied', 'ec2:X') }).s3PrefixList(4).is).toBe('unread')
  })

  test('has the blocks of a VPC in each family, and none of one that is not visible', () => {
    expect(index.vpcRanges(VPC, 4)).toEqual([10 * 2 ** 24, 10 * 2 ** 24 + 65536])
    expect(index.vpcRanges(VPC, 6)).toEqual([])
    expect(index.vpcRanges('vpc-1', 4)).toEqual([])
    expect(index.endpointsOf('vpc-1')).toEqual(known([]))
    expect(index.subnetsOf('vpc-1')).toEqual([])
    expect(index.subnetsOf(VPC)).toHaveLength(4)
  })

  test('computes once', () => {
    let made = 0
    const own = indexNetwork(network)
    const about = {}
    for (const _ of [1, 2]) own.once('a', () => made++)
    for (const _ of [1, 2]) own.onceFor(about, 'a', () => made++)
    own.onceFor({}, 'a', () => made++)
    own.onceFor(about, 'b', () => made++)
    expect(made).toBe(4)
  })
})

test('what stands around a fault', () => {
  const { network } = BY_NAT
  expect(subnetsOf(network, [C, 'subnet-1', A, C]).map(({ id }) => id)).toEqual([C, A])
  expect(oneEachZone(subnetsOf(network, [A, PUBLIC_A, C])).map(({ id }) => id)).toEqual([A, C])
  expect(tableIdsOf(network, [C, A, 'subnet-1'])).toEqual([TABLE_C, TABLE_A])
  const added = subnet('subnet-x', 'a', '10.0.9.0/24')
  expect(tableOf(network, added)?.id).toBe('rtb-0a1b2c3d4e5f60000')
  expect(tableOf(network, { ...added, vpcId: 'vpc-1' })).toBeNull()
  expect(endpointOf(BY_ENDPOINTS.network, API)?.id).toBe(API)
  expect(endpointOf(network, API)).toBeNull()
  expect(internetGatewayOf(network, VPC)).toBe(GATEWAY)
  expect(internetGatewayOf(network, 'vpc-1')).toBeNull()
  const detaching = change(BY_NAT, 'internetGateways', GATEWAY, { attachments: [{ vpcId: VPC, state: 'detaching' }] })
  expect(internetGatewayOf(detaching.network, VPC)).toBeNull()
})

describe('a Resolver rule', () => {
  const forward = (domain: string, changes: Partial<ResolverRule> = {}): ResolverRule => ({
    id: domain,
    vpcIds: [VPC],
    domain,
    type: 'forward',
    targets: ['10.0.0.53'],
    ...changes,
  })
  const by = (rules: readonly ResolverRule[], zone: string | null = null) =>
    forwardedBy(rules, VPC, 'api.ecr.example.com', zone)?.id ?? null

  test('takes a name away where it is the most specific, and no zone is more so', () => {
    expect(by([forward('example.com')])).toBe('example.com')
    expect(by([forward('')])).toBe('')
    expect(by([forward('api.ecr.example.com')])).toBe('api.ecr.example.com')
    expect(by([forward('ample.com')])).toBeNull()
    expect(by([forward('example.com', { vpcIds: ['vpc-1'] })])).toBeNull()
    expect(by([forward('com'), forward('example.com')])).toBe('example.com')
    expect(by([forward('com'), forward('example.com', { type: 'system' })])).toBeNull()
    expect(by([forward('example.com')], 'ecr.example.com')).toBeNull()
    expect(by([forward('example.com')], 'example.com')).toBe('example.com')
    expect(by([forward('example.com')], 'com')).toBe('example.com')
  })

  test('stands against the zone that private DNS of an endpoint makes', () => {
    const path = (kind: Path['via']['kind'], destination: string) =>
      ({ via: { kind, id: null }, destination, host: 'a.b.example.com' }) as Path
    expect(endpointZone(path('interface-endpoint', 'ecr-dkr'))).toBe('b.example.com')
    expect(endpointZone(path('interface-endpoint', 'ecr-api'))).toBe('a.b.example.com')
    expect(endpointZone(path('nat-gateway', 'ecr-dkr'))).toBeNull()
  })
})

describe('causes', () => {
  const denied = (changes: Partial<Hop> = {}): Hop => ({
    at: 'route',
    id: 'rtb-1',
    decision: 'deny',
    reason: ['no-route', 'rtb-1'],
    why: { en: 'no route', ko: '경로 없음' },
    fault: { kind: 'no-route', routeTableId: 'rtb-1', subnetId: 'subnet-1', destination: 'public' },
    ...changes,
  })
  const path = (hops: readonly Hop[], changes: Partial<Path> = {}): Path => ({
    from: { kind: 'task-eni', subnetId: 'subnet-1', availabilityZone: 'a', securityGroupIds: [], publicIp: false },
    destination: 'ecr-api',
    host: 'h',
    port: 443,
    neededBy: [],
    required: true,
    via: { kind: 'none', id: null },
    outcome: 'blocked',
    hops,
    ...changes,
  })
  const causes = (...paths: readonly Path[]) => causesOf(paths, ['no-route'], ({ routeTableId }) => routeTableId)
  const other: Hop = denied({ at: 'dns', fault: { kind: 'vpc-dns-off', vpcId: 'vpc-1' } })

  test('are one for each key, with every path and every sentence once', () => {
    const [cause, ...rest] = causes(
      path([denied()]),
      path([denied()]),
      path([denied(), other], { destination: 'logs' }),
    )
    expect(rest).toEqual([])
    expect(cause).toEqual({
      faults: [denied().fault],
      affects: [
        { subnetId: 'subnet-1', destination: 'ecr-api' },
        { subnetId: 'subnet-1', destination: 'logs' },
      ],
      evidence: [{ en: 'no route', ko: '경로 없음' }],
      blocks: true,
      required: true,
    })
    expect(causes(path([other]))).toEqual([])
  })

  test('keep every different reason, however it is worded', () => {
    const worded = { en: 'no way', ko: '길 없음' }
    expect(
      distinctReasons([denied(), denied({ why: worded }), denied({ reason: ['no-route', 'rtb-2'], why: worded })]),
    ).toEqual([denied().why, worded])
  })

  test.each<[string, Path, boolean, boolean]>([
    ['a hop that refuses all', path([denied()]), true, true],
    ['a path that nobody needs to start', path([denied()], { required: false }), false, false],
    ['a path that is not blocked', path([denied()], { outcome: 'intermittent' }), false, true],
    ['a part, where nothing refuses all', path([denied({ decision: 'partial' })]), true, true],
    ['a part, where another hop refuses all', path([denied({ decision: 'partial' }), other]), false, true],
    ['one address, where nothing refuses all', path([denied({ oneAddress: true })]), true, true],
    ['one address, where another hop refuses all', path([denied({ oneAddress: true }), other]), false, true],
  ])('%s: blocks %s, required %s', (_, one, blocks, required) => {
    expect(causes(one)).toMatchObject([{ blocks, required }])
  })
})

test('the faults of a hop begin with those whose own it is', () => {
  expect(kindsAt('network-acl-in')).toEqual(['network-acl-closed'])
  expect(kindsAt('internet-gateway')[0]).toBe('internet-gateway-detached')
  expect(kindsAt('nat-gateway')[0]).toBe('nat-gateway-state')
  expect(kindsAt('route')[0]).toBe('no-route')
  expect(kindsAt('route')).toEqual(expect.arrayContaining(['private-dns-off', 'endpoint-not-available']))
  expect(kindsAt('dns')).not.toContain('no-ipv4-record')
})
