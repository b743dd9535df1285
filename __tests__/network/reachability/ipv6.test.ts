/** From subnets with IPv6 addresses alone: dual-stack names, egress-only gateways, DNS64, endpoints; what nobody settled stays open. */
import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/domain/answer.ts'
import type { Endpoint, NetworkInterface, Route } from '../../../src/domain/network.ts'
import { EGRESS_ONLY, IMAGE, IPV6_ONLY } from '../../checks/ipv6-world.ts'
import {
  A,
  ACL_A,
  acl,
  add,
  BY_NAT,
  C,
  change,
  DKR,
  ENDPOINT_GROUP,
  findingsOf,
  judge,
  LOGS,
  NAT_A,
  pathsOf,
  REGION,
  route,
  rule,
  TABLE_A,
  TABLE_C,
  TASK_GROUP,
  told,
  VPC,
  type World,
  withContainer,
  withNetwork,
} from '../../checks/world.ts'

/** `destination outcome` of each path of a start from the subnet. */
function outcomes(world: World, subnetId: string = A): readonly string[] {
  return pathsOf(world)
    .filter(({ from }) => from.subnetId === subnetId)
    .map(({ destination, outcome }) => `${destination} ${outcome}`)
}

const reasons = (world: World) => [
  ...new Set(pathsOf(world).flatMap(({ hops }) => hops.flatMap(({ missing }) => missing?.reason.join(' ') ?? []))),
]

const TOKEN_OPEN = ['ecr-api indeterminate', 'ecr-dkr reachable', 's3-layers reachable', 'logs reachable']
const NAT64 = route('64:ff9b::/96', 'nat-gateway', NAT_A)

function routed(world: World, ...routes: readonly Route[]): World {
  return [TABLE_A, TABLE_C].reduce(
    (before, id) =>
      change(before, 'routeTables', id, (table) => ({ routes: [...table.routes.slice(0, 2), ...routes] })),
    world,
  )
}

const translated = (world: World) =>
  [A, C].reduce((before, id) => change(before, 'subnets', id, { dns64: true }), world)
const BY_BOTH = translated(routed(IPV6_ONLY, route('::/0', 'egress-only-internet-gateway', EGRESS_ONLY), NAT64))

describe('by an egress-only gateway', () => {
  test('everything is reached, by its dual-stack name; of the token alone nobody knows', () => {
    expect(outcomes(IPV6_ONLY)).toEqual(TOKEN_OPEN)
    expect(told(IPV6_ONLY)).toEqual([])
    expect(pathsOf(IPV6_ONLY).map(({ host }) => host)).toEqual(
      expect.arrayContaining([
        `ecr.${REGION}.api.aws`,
        IMAGE.split('/')[0],
        `prod-${REGION}-starport-layer-bucket.s3.dualstack.${REGION}.amazonaws.com`,
        `logs.${REGION}.api.aws`,
      ]),
    )
    expect(reasons(IPV6_ONLY)).toEqual(['ecr-token-over-ipv6'])
  })

  test('an internet gateway does as well, without any public IPv4 address', () => {
    const gateway = { ...IPV6_ONLY.network.internetGateways }
    const igw = gateway.known ? (gateway.value[0]?.id ?? '') : ''
    expect(outcomes(routed(IPV6_ONLY, route('::/0', 'internet-gateway', igw)))).toEqual(TOKEN_OPEN)
  })

  test('the IPv4 way of the VPC is none', () => {
    const ipv4 = routed(IPV6_ONLY, route('0.0.0.0/0', 'nat-gateway', NAT_A))
    expect(new Set(pathsOf(ipv4).map(({ outcome }) => outcome))).toEqual(new Set(['blocked']))
  })

  test('without a route out, a gateway for IPv6 and the route are advised, not endpoints', () => {
    const cut = withNetwork(routed(IPV6_ONLY), { egressOnlyGateways: known([]) })
    expect(told(cut)).toEqual([
      `subnet-without-way-to-registry ${TABLE_A}`,
      `subnet-without-way-to-registry ${TABLE_C}`,
    ])
    const [finding] = findingsOf(cut, 'subnet-without-way-to-registry')
    expect(finding.remedy.changes).toEqual([
      { kind: 'create-egress-only-internet-gateway', makes: 'egressOnlyGateway', vpcId: VPC },
      {
        kind: 'create-route',
        routeTableId: TABLE_A,
        destinationIpv6CidrBlock: '::/0',
        egressOnlyInternetGatewayId: { ref: 'egressOnlyGateway' },
      },
    ])
    expect(finding.remedy.verified).toBe(true)
    expect(findingsOf(routed(IPV6_ONLY), 'subnet-without-way-to-registry')[0].remedy.changes).toHaveLength(1)
  })

  test.each<readonly [string, World, string]>([
    ['gone', withNetwork(IPV6_ONLY, { egressOnlyGateways: known([]) }), 'internet-gateway-detached'],
    [
      'a blackhole',
      routed(IPV6_ONLY, route('::/0', 'egress-only-internet-gateway', EGRESS_ONLY, { state: 'blackhole' })),
      'blackhole-route',
    ],
  ])('one that is %s is replaced', (_, world, check) => {
    const [finding] = findingsOf(world, check)
    expect(finding.remedy.changes.map(({ kind }) => kind)).toContain('replace-route')
    expect(finding.remedy.verified).toBe(true)
  })

  test('rules for IPv4 alone let nothing out, and the ones for IPv6 are advised', () => {
    const group = change(IPV6_ONLY, 'securityGroups', TASK_GROUP, { egress: [rule({ cidrs: ['0.0.0.0/0'] })] })
    expect(told(group)).toEqual([`task-egress-closed ${TASK_GROUP}`])
    expect(findingsOf(group, 'task-egress-closed')[0].remedy).toMatchObject({
      changes: [{ cidrIpv6: '::/0' }],
      verified: true,
    })
    const ipv4 = change(IPV6_ONLY, 'networkAcls', ACL_A, acl(ACL_A, [A]))
    const [finding] = findingsOf(ipv4, 'network-acl-closed')
    expect(finding.subject).toBe(ACL_A)
    expect(finding.remedy).toMatchObject({
      changes: [
        { egress: true, ipv6CidrBlock: '::/0' },
        { egress: false, ipv6CidrBlock: '::/0' },
      ],
      verified: true,
    })
  })
})

describe('behind DNS64', () => {
  test('with both ways open the token is reached whatever its name', () => {
    expect(outcomes(BY_BOTH)).toEqual(['ecr-api reachable', ...TOKEN_OPEN.slice(1)])
    expect(judge(BY_BOTH)).toEqual({ findings: [], unknowns: [] })
  })

  test('an image by its classic name needs it', () => {
    const classic = (world: World) =>
      withContainer(world, { image: IMAGE.replace('dkr-ecr', 'dkr.ecr').replace('on.aws', 'amazonaws.com') })
    expect(outcomes(classic(BY_BOTH))).toEqual(outcomes(BY_BOTH))
    expect(told(classic(IPV6_ONLY))).toEqual(expect.arrayContaining([`subnet-without-way-to-registry ${A}`]))
    const [finding] = findingsOf(classic(IPV6_ONLY), 'subnet-without-way-to-registry')
    expect(finding.remedy.changes).toMatchObject([
      { kind: 'modify-subnet-attribute', enableDns64: true },
      { kind: 'create-route', destinationIpv6CidrBlock: '64:ff9b::/96', natGatewayId: NAT_A },
    ])
    const unrouted = translated(classic(IPV6_ONLY))
    expect(findingsOf(unrouted, 'subnet-without-way-to-registry')[0].remedy.changes).toMatchObject([
      { kind: 'create-route', destinationIpv6CidrBlock: '64:ff9b::/96' },
    ])
  })

  test('a NAT gateway carries nothing else of IPv6', () => {
    expect(outcomes(routed(IPV6_ONLY, route('::/0', 'nat-gateway', NAT_A)))).toEqual(
      outcomes(IPV6_ONLY).map((line) => line.replace(/ .*/, ' blocked')),
    )
  })

  test('what stops the translated packets is the NAT gateway’s', () => {
    const broken = change(BY_BOTH, 'natGateways', NAT_A, { state: 'failed' })
    expect(outcomes(broken)).toEqual(TOKEN_OPEN)
    const classic = withContainer(broken, { image: 'registry.example.com/web:v7' })
    expect(outcomes(classic)).toContain('registry:registry.example.com indeterminate')
  })
})

describe('other hosts', () => {
  const foreign = (world: World) => withContainer(world, { image: 'registry.example.com/web:v7' })

  test('may have IPv6 addresses or not; with no way at all they are not reached', () => {
    expect(outcomes(foreign(IPV6_ONLY))).toContain('registry:registry.example.com indeterminate')
    expect(outcomes(foreign(BY_BOTH))).toContain('registry:registry.example.com reachable')
    expect(outcomes(foreign(routed(IPV6_ONLY)))).toContain('registry:registry.example.com blocked')
    expect(reasons(foreign(IPV6_ONLY))).toEqual(['host-ipv6-unknown registry.example.com'])
  })
})

describe('through endpoints', () => {
  /** An interface endpoint in both subnets, of both families, that lists the names it answers. */
  function behind(id: string, suffix: string, names: readonly string[], changes: Partial<Endpoint> = {}): World {
    const endpoint: Endpoint = {
      id,
      vpcId: VPC,
      type: 'interface',
      serviceName: `com.amazonaws.${REGION}.${suffix}`,
      serviceRegion: null,
      state: 'available',
      privateDns: true,
      privateDnsForInboundResolverOnly: false,
      dnsRecordIpType: 'dualstack',
      dnsNames: names,
      subnetIds: [A],
      interfaceIds: ['eni-1'],
      routeTableIds: [],
      groupIds: [ENDPOINT_GROUP],
      policy: null,
      ...changes,
    }
    const one: NetworkInterface = {
      id: 'eni-1',
      subnetId: A,
      vpcId: VPC,
      groupIds: [ENDPOINT_GROUP],
      privateIps: [],
      ipv6Addresses: ['2600:1f14:1:101::50'],
      publicIp: null,
      type: 'vpc_endpoint',
      description: `VPC Endpoint Interface ${id}`,
      instanceId: null,
      sourceDestCheck: false,
    }
    const group = {
      id: ENDPOINT_GROUP,
      vpcId: VPC,
      name: 'endpoints',
      ingress: [rule({ groupIds: [TASK_GROUP] })],
      egress: [],
    }
    const cut = routed(IPV6_ONLY)
    return withNetwork(add(cut, 'securityGroups', group), { endpoints: known([endpoint]), interfaces: known([one]) })
  }
  const host = `logs.${REGION}.api.aws`
  const logs = (world: World) => outcomes(world).find((line) => line.startsWith('logs'))

  test('whose IPv6 address answers the dual-stack name', () => {
    expect(logs(behind(LOGS, 'logs', [host]))).toBe('logs reachable')
    expect(logs(behind(LOGS, 'logs', [`*.${REGION}.api.aws`]))).toBe('logs reachable')
  })

  test('that do not list the name, or list nothing, leave it open', () => {
    expect(logs(behind(LOGS, 'logs', [`logs.${REGION}.amazonaws.com`]))).toBe('logs indeterminate')
    expect(logs(behind(LOGS, 'logs', []))).toBe('logs indeterminate')
    expect(reasons(behind(LOGS, 'logs', []))).toContain(`name-unlisted ${LOGS} ${host}`)
  })

  test('of IPv4 alone need both families, or DNS64', () => {
    const ipv4 = behind(LOGS, 'logs', [host], { dnsRecordIpType: 'ipv4' })
    expect(told(ipv4)).toContain(`endpoint-not-available ${LOGS}`)
    expect(findingsOf(ipv4, 'endpoint-not-available')[0].remedy.changes).toMatchObject([
      { kind: 'modify-vpc-endpoint', ipAddressType: 'dualstack' },
    ])
  })

  test('of ECR: the documents differ', () => {
    const dkr = behind(DKR, 'ecr.dkr', [`*.dkr-ecr.${REGION}.on.aws`])
    expect(outcomes(dkr)).toContain('ecr-dkr indeterminate')
    expect(reasons(dkr)).toContain(`ecr-endpoint-over-ipv6 ${DKR}`)
    const shut = change(dkr, 'securityGroups', ENDPOINT_GROUP, { ingress: [] })
    expect(outcomes(shut)).toContain('ecr-dkr blocked')
  })
})

test('a subnet of both families calls from its IPv4 address, whatever the image is called', () => {
  const dual = change(BY_NAT, 'subnets', A, ({ cidrs }) => ({ cidrs: [...cidrs, '2600:1f14:1:101::/64'] }))
  const named = withContainer(dual, { image: IMAGE })
  expect(outcomes(named)).toEqual(outcomes(dual).map((line) => line))
  expect(pathsOf(named).map(({ host }) => host)).toContain(`api.ecr.${REGION}.amazonaws.com`)
})
