/** Which packets security groups and network ACLs let pass, what of a refusal is told, and which repair is the natural one. */
import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/domain/answer.ts'
import type { NetworkAclEntry, NetworkInterface } from '../../../src/domain/network.ts'
import type { Hop } from '../../../src/domain/path.ts'
import {
  A,
  ACL_A,
  ACL_C,
  API,
  BY_ENDPOINTS,
  BY_NAT,
  C,
  change,
  DKR,
  ENDPOINT_GROUP,
  IN_PUBLIC,
  NAT_A,
  openEgress,
  PUBLIC_A,
  pathsOf,
  route,
  rule,
  S3,
  S3_LIST,
  TABLE_A,
  TASK_GROUP,
  VPC,
  type World,
  withContainer,
  withNetwork,
  without,
  withService,
} from '../../checks/world.ts'
import { answer, ask } from '../asking.ts'

const entry = (ruleNumber: number, changes: Partial<NetworkAclEntry> = {}): NetworkAclEntry => ({
  egress: true,
  ruleNumber,
  allow: true,
  protocol: '-1',
  cidr: '0.0.0.0/0',
  ports: null,
  ...changes,
})
const BACK = entry(100, { egress: false })
const withAcl = (world: World, ...entries: readonly NetworkAclEntry[]) =>
  change(world, 'networkAcls', ACL_A, { entries })
const https = { protocol: '6', ports: { from: 443, to: 443 } }
const deny = (ruleNumber: number, changes: Partial<NetworkAclEntry> = {}) =>
  entry(ruleNumber, { allow: false, ...changes })

describe('a network ACL', () => {
  test.each<[string, readonly NetworkAclEntry[], string]>([
    ['that allows', [entry(100), BACK], 'reachable'],
    ['that allows the port', [entry(100, https), BACK], 'reachable'],
    ['that allows another port', [entry(100, { protocol: '6', ports: { from: 80, to: 442 } }), BACK], 'blocked'],
    ['that allows the port for another protocol', [entry(100, { ...https, protocol: '17' }), BACK], 'blocked'],
    ['whose first rule denies', [deny(50, https), entry(100), BACK], 'blocked'],
    ['whose first rule allows', [deny(150, https), entry(100), BACK], 'reachable'],
    [
      'whose deny is for another port',
      [deny(50, { protocol: '6', ports: { from: 444, to: 500 } }), entry(100), BACK],
      'reachable',
    ],
    [
      'whose protocol -1 denies whatever port it names',
      [deny(50, { ports: { from: 80, to: 80 } }), entry(100), BACK],
      'blocked',
    ],
    ['that lets no reply in', [entry(100)], 'blocked'],
    ['that lets replies in from the port of the request only', [entry(100), { ...BACK, ...https }], 'blocked'],
    [
      'that lets replies in on the ephemeral ports',
      [entry(100), { ...BACK, protocol: '6', ports: { from: 1024, to: 65535 } }],
      'reachable',
    ],
    [
      'that lets replies in on some',
      [entry(100), { ...BACK, protocol: '6', ports: { from: 50000, to: 65535 } }],
      'intermittent',
    ],
    ['whose rules are for IPv6', [entry(100, { cidr: '::/0' }), BACK], 'blocked'],
    ['whose rule cannot be read', [entry(100, { cidr: 'everywhere' }), BACK], 'blocked'],
    ['that allows half of the internet', [entry(100, { cidr: '0.0.0.0/1' }), BACK], 'indeterminate'],
  ])('%s', (_, entries, outcome) => {
    expect(ask(withAcl(BY_NAT, ...entries), 'internet').outcome).toBe(outcome)
  })

  const faultOf = (world: World, to = 'internet') => ask(world, to).hops.find(({ fault }) => fault !== undefined)

  test('tells the rule, the direction, the ports and the addresses of what it refuses', () => {
    expect(faultOf(withAcl(BY_NAT, deny(50, https), entry(100), BACK))).toMatchObject({
      at: 'network-acl-out',
      id: ACL_A,
      decision: 'deny',
      reason: ['network-acl-closes', A, 'outbound', 'request', 'tcp', 443, '443, 0.0.0.0/0', 50, 'whole'],
      fault: {
        networkAclId: ACL_A,
        subnetId: A,
        direction: 'outbound',
        ports: { from: 443, to: 443 },
        peer: '0.0.0.0/0',
        ruleNumber: 50,
        packets: 'request',
      },
    })
    expect(faultOf(withAcl(BY_NAT, entry(100)))).toMatchObject({
      at: 'network-acl-in',
      reason: ['network-acl-closes', A, 'inbound', 'reply', 'tcp', 443, '32768-60999, 0.0.0.0/0', 32767, 'whole'],
    })
    expect(
      faultOf(withAcl(BY_NAT, entry(100), { ...BACK, protocol: '6', ports: { from: 50000, to: 65535 } })),
    ).toMatchObject({
      decision: 'partial',
      reason: expect.arrayContaining(['in part', '32768-49999, 0.0.0.0/0']),
      fault: { ports: { from: 32768, to: 49999 } },
    })
    const some = withAcl(
      BY_NAT,
      deny(60, { cidr: '198.51.100.0/25' }),
      deny(50, { cidr: '198.51.100.128/25' }),
      entry(100),
      BACK,
    )
    expect(faultOf(some, '198.51.100.7')).toMatchObject({ fault: { ruleNumber: 60, peer: '198.51.100.7/32' } })
    expect(faultOf(some)).toMatchObject({ decision: 'partial', fault: { ruleNumber: 50, peer: '198.51.100.0/24' } })
  })

  test('says in words which packets it refuses, and by which rule', () => {
    const said = (world: World) => faultOf(world)?.why.en
    expect(said(withAcl(BY_NAT, deny(50, https), entry(100), BACK))).toBe(
      `outbound requests (TCP 443) (port 443, 0.0.0.0/0) are refused at ${A}: rule 50 denies it`,
    )
    expect(said(withAcl(BY_NAT, entry(100), { ...BACK, protocol: '6', ports: { from: 50000, to: 65535 } }))).toBe(
      `inbound replies (TCP 443 to ephemeral ports) (port 32768-49999, 0.0.0.0/0) are refused in part at ${A}: no rule allows it (rule *)`,
    )
  })

  test('of the receiver sees requests come in and replies go out, by the sender’s address', () => {
    const other = ask(
      change(openEgress(BY_ENDPOINTS), 'networkAcls', ACL_C, {
        entries: [entry(100, { egress: true, cidr: '10.0.1.0/24' })],
      }),
      'eni-0a1b2c3d4e5f6a10c',
    )
    expect(other.hops.flatMap(({ fault }) => fault ?? [])).toEqual([
      expect.objectContaining({ direction: 'inbound', packets: 'request', subnetId: C, peer: '10.0.1.0/24' }),
    ])
    const replies = ask(
      change(openEgress(BY_ENDPOINTS), 'networkAcls', ACL_C, { entries: [BACK, entry(100, { cidr: '10.9.0.0/16' })] }),
      'eni-0a1b2c3d4e5f6a10c',
    )
    expect(replies.hops.flatMap(({ fault }) => fault ?? [])).toEqual([
      expect.objectContaining({
        direction: 'outbound',
        packets: 'reply',
        subnetId: C,
        peer: '10.0.1.0/24',
        ports: { from: 32768, to: 60999 },
      }),
    ])
  })
})

describe('security groups', () => {
  const egress = (...rules: readonly Parameters<typeof rule>[0][]) =>
    change(BY_NAT, 'securityGroups', TASK_GROUP, { egress: rules.map((one) => rule(one)) })
  const hop = (world: World, to: string) => ask(world, to).hops.find(({ at }) => at === 'security-group-egress') as Hop

  test.each<[string, World, string, object]>([
    [
      'no rule',
      egress(),
      'internet',
      { decision: 'deny', reason: ['security-group-deny', 'egress', 'TCP 443', 'internet'] },
    ],
    [
      'rules for others',
      egress(
        { cidrs: ['10.0.0.0/8'], prefixListIds: [S3_LIST], groupIds: [ENDPOINT_GROUP] },
        { cidrs: ['10.1.0.0/16', '10.2.0.0/16'] },
      ),
      '198.51.100.7',
      {
        decision: 'deny',
        reason: [
          'security-group-deny',
          'egress',
          'TCP 443',
          '198.51.100.7',
          `10.0.0.0/8, ${S3_LIST}, ${ENDPOINT_GROUP}, 10.1.0.0/16, …`,
        ],
        fault: expect.objectContaining({
          kind: 'egress-closed',
          destination: 'address',
          prefixListId: null,
          peerGroupIds: [],
          port: 443,
        }),
      },
    ],
    [
      'a rule for all',
      egress({ cidrs: ['0.0.0.0/0'] }),
      'internet',
      { decision: 'allow', reason: ['security-group-allow', 'egress', 'TCP 443', 'internet'] },
    ],
    [
      'a rule for one of the blocks of S3',
      egress({ cidrs: ['52.219.0.0/16'] }),
      's3',
      {
        decision: 'partial',
        reason: ['security-group-partial', 'egress', 'TCP 443', `S3 (${S3_LIST})`, '3.5.140.0/22'],
      },
    ],
    [
      'a list that is not visible',
      egress({ prefixListIds: ['pl-1'] }),
      'internet',
      {
        decision: 'unknown',
        reason: ['security-group-unknown', 'egress', 'TCP 443', 'internet', 'prefix-list-of-rule-unread'],
      },
    ],
  ])('with %s', (_, world, to, expected) => {
    expect(hop(world, to)).toMatchObject(expected)
  })

  test('tell S3 and the internet apart in what they refuse', () => {
    expect(hop(egress(), 's3').fault).toMatchObject({ destination: 's3', prefixListId: S3_LIST })
    expect(hop(egress(), 'internet').fault).toMatchObject({ destination: 'internet', prefixListId: null })
    expect(hop(change(BY_ENDPOINTS, 'securityGroups', TASK_GROUP, { egress: [] }), 'ecr-api').fault).toMatchObject({
      destination: 'address',
      groupIds: [TASK_GROUP],
      peerGroupIds: [ENDPOINT_GROUP],
    })
  })

  test('of who receives name the sender, and the endpoint whose interface it is', () => {
    const closed = change(BY_ENDPOINTS, 'securityGroups', ENDPOINT_GROUP, {
      ingress: [rule({ cidrs: ['10.0.1.0/25'] })],
    })
    const refused = ask(closed, 'ecr-api').hops.filter(({ at }) => at === 'security-group-ingress')
    expect(refused[0]).toMatchObject({
      id: ENDPOINT_GROUP,
      decision: 'partial',
      reason: ['security-group-partial', 'ingress', 'TCP 443', `10.0.1.0/24, ${TASK_GROUP}`, '10.0.1.128/25'],
      fault: {
        kind: 'ingress-closed',
        endpointId: API,
        groupIds: [ENDPOINT_GROUP],
        from: '10.0.1.128/25',
        fromGroupIds: [TASK_GROUP],
        port: 443,
      },
    })
  })

  test('before one of two addresses are told apart from those before both', () => {
    const own = { ...interfaceOf(BY_ENDPOINTS, 'eni-0a1b2c3d4e5f6a10c'), groupIds: ['sg-1'] }
    const world = withNetwork(change(BY_ENDPOINTS, 'interfaces', own.id, own), {
      securityGroups: known([
        ...(BY_ENDPOINTS.network.securityGroups.known ? BY_ENDPOINTS.network.securityGroups.value : []),
        { id: 'sg-1', vpcId: VPC, name: 'closed', ingress: [], egress: [] },
      ]),
    })
    const path = ask(openEgress(world), 'ecr-api')
    expect(path.outcome).toBe('degraded')
    expect(path.hops.filter(({ oneAddress }) => oneAddress).map(({ at, id }) => [at, id])).toEqual([
      ['security-group-ingress', 'sg-1'],
    ])
  })
})

function interfaceOf({ network }: World, id: string): NetworkInterface {
  const found = network.interfaces.known ? network.interfaces.value.find((one) => one.id === id) : undefined
  if (found === undefined) throw new Error(`no ${id}`)
  return found
}

describe('the natural repair of a way that is closed', () => {
  const cut = (...routes: Parameters<typeof route>[]) =>
    openEgress(change(BY_ENDPOINTS, 'routeTables', TABLE_A, { routes: routes.map((one) => route(...one)) }))
  const kinds = (world: World, to: string, asked = {}) =>
    ask(world, to, asked).hops.flatMap(({ fault }) => fault?.kind ?? [])

  test('is the route of S3 where its endpoint is there, and the endpoint where it is not', () => {
    expect(answer(ask(cut(), 's3'))).toEqual([
      'blocked',
      `route deny: s3-route-missing ${TABLE_A} ${S3_LIST} ${S3} (s3-route-missing)`,
    ])
    expect(ask(cut(), 's3').hops.find(({ fault }) => fault)?.fault).toEqual({
      kind: 's3-route-missing',
      routeTableId: TABLE_A,
      endpointId: S3,
      vpcId: VPC,
      prefixListId: S3_LIST,
    })
    expect(kinds(without(cut(), 'endpoints', S3), 's3')).toEqual(['endpoint-missing'])
    expect(kinds(cut(['0.0.0.0/0', 'nat-gateway', NAT_A]), 's3')).toEqual([])
  })

  test('is an endpoint for a service of AWS in this Region, and a route for anything else', () => {
    const world = without(cut(), 'endpoints', API)
    expect(kinds(world, 'ecr-api')).toEqual(['endpoint-missing'])
    expect(ask(world, 'ecr-api').hops.find(({ fault }) => fault)).toMatchObject({
      fault: { kind: 'endpoint-missing', service: 'ecr.api', vpcId: VPC },
      reason: ['endpoint-missing', VPC, 'ecr.api', 'no-route', TABLE_A, 'internet'],
    })
    expect(kinds(world, 'ghcr.io')).toEqual(['no-route'])
    expect(kinds(world, 'api.ecr.us-east-1.amazonaws.com')).toEqual(['no-route'])
    expect(kinds(cut(['0.0.0.0/0', 'peering', 'pcx-1']), 'ghcr.io')).toEqual([])
  })

  test('is what was passed over, also where the way out needs a public address or a NAT gateway has none', () => {
    const off = withNetwork(IN_PUBLIC, { endpoints: known([{ ...endpointOf(DKR), privateDns: false }]) })
    expect(kinds(off, 'ecr-dkr', { subnetId: PUBLIC_A })).toEqual(['private-dns-off'])
    expect(kinds(off, 'ecr-dkr', { subnetId: PUBLIC_A, publicIp: true })).toEqual([])
    const nat = change(BY_NAT, 'natGateways', NAT_A, { connectivity: 'private' })
    expect(kinds(withNetwork(nat, { endpoints: known([{ ...endpointOf(DKR), state: 'failed' }]) }), 'ecr-dkr')).toEqual(
      ['endpoint-not-available'],
    )
    expect(kinds(nat, 'ecr-dkr')).toEqual(['nat-gateway-private'])
    const gone = change(BY_NAT, 'natGateways', NAT_A, { state: 'deleted' })
    expect(
      kinds(withNetwork(gone, { endpoints: known([{ ...endpointOf(DKR), privateDns: false }]) }), 'ecr-dkr'),
    ).toEqual(['nat-gateway-state'])
  })

  test('leaves filters for the internet out, and keeps those for S3', () => {
    const shut = change(withAcl(cut(), deny(10), BACK), 'securityGroups', TASK_GROUP, { egress: [] })
    expect(kinds(without(shut, 'endpoints', API), 'ecr-api')).toEqual(['endpoint-missing'])
    expect(kinds(shut, 's3').sort()).toEqual(['egress-closed', 'network-acl-closed', 's3-route-missing'])
  })
})

function endpointOf(id: string) {
  const { endpoints } = BY_ENDPOINTS.network
  const found = endpoints.known ? endpoints.value.find((one) => one.id === id) : undefined
  if (found === undefined) throw new Error(`no ${id}`)
  return found
}

describe('a start', () => {
  const outcomesOf = (world: World) => [...new Set(pathsOf(world).map(({ outcome }) => outcome))]

  test('is from each subnet to each host, by the task’s own interface', () => {
    const paths = pathsOf(BY_ENDPOINTS)
    expect(paths.map(({ destination, from }) => [destination, from.subnetId])).toEqual(
      ['ecr-api', 'ecr-dkr', 's3-layers', 'logs'].flatMap((one) => [
        [one, A],
        [one, C],
      ]),
    )
    expect(paths[0]?.from).toEqual({
      kind: 'task-eni',
      subnetId: A,
      availabilityZone: 'ap-northeast-2a',
      securityGroupIds: [TASK_GROUP],
      publicIp: false,
    })
    expect(outcomesOf(BY_ENDPOINTS)).toEqual(['reachable'])
    expect(paths.map(({ required, port }) => [required, port])).toEqual(paths.map(() => [true, 443]))
  })

  test('without a group has the default one of the VPC', () => {
    const bare = withService(BY_NAT, { awsvpc: { subnetIds: [A], securityGroupIds: [], assignPublicIp: 'DISABLED' } })
    expect(pathsOf(bare)[0]?.from.securityGroupIds).toEqual(['default'])
    const groups = [
      { id: 'sg-other', vpcId: 'vpc-1', name: 'default', ingress: [], egress: [] },
      { id: 'sg-web', vpcId: VPC, name: 'web', ingress: [], egress: [] },
      { id: 'sg-default', vpcId: VPC, name: 'default', ingress: [], egress: [rule({ cidrs: ['0.0.0.0/0'] })] },
    ]
    const own = withNetwork(bare, { securityGroups: known(groups) })
    expect(pathsOf(own)[0]?.from.securityGroupIds).toEqual(['sg-default'])
    expect(outcomesOf(own)).toEqual(['reachable'])
  })

  test('from a subnet that is not visible is undecided, and not even the name was asked for', () => {
    const [path] = pathsOf(without(BY_ENDPOINTS, 'subnets', A))
    expect(path).toMatchObject({
      outcome: 'indeterminate',
      via: { kind: 'none', id: null },
      from: { kind: 'task-eni', subnetId: A, availabilityZone: '', securityGroupIds: [TASK_GROUP], publicIp: false },
      destination: 'ecr-api',
      required: true,
      hops: [
        {
          at: 'route',
          id: A,
          decision: 'unknown',
          missing: { permission: 'ec2:DescribeSubnets', reason: ['subnet-unseen', A] },
        },
      ],
    })
    expect(path?.hops).toHaveLength(1)
  })

  test('on a platform of an unknown version is judged on an assumption, which leaves a blocked path blocked', () => {
    const odd = withService(BY_ENDPOINTS, { platformVersion: 'next' })
    expect(outcomesOf(odd)).toEqual(['indeterminate'])
    const last = pathsOf(odd)[0]?.hops.find(({ reason }) => reason[0] === 'platform-version-unknown')
    expect(last).toMatchObject({ at: 'route', id: null, decision: 'unknown', missing: { permission: null } })
    expect(last?.hidesRest).toBeUndefined()
    expect(outcomesOf(change(odd, 'securityGroups', ENDPOINT_GROUP, { ingress: [] }))).toEqual([
      'blocked',
      'indeterminate',
    ])
  })

  test('on Windows has source ports of its own', () => {
    const ports = { ...BACK, protocol: '6', ports: { from: 49152, to: 65535 } }
    const linux = withAcl(BY_NAT, entry(100), ports)
    const windows = {
      ...linux,
      taskDefinition: { ...linux.taskDefinition, operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' },
    }
    const first = (world: World) => pathsOf(world)[0]?.outcome
    expect(first(linux)).toBe('intermittent')
    expect(first(windows)).toBe('reachable')
  })

  const policy = (...statements: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements })
  const ALL = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }

  test('asks the policies of the endpoints on its way, each for what it is called for', () => {
    const first = (id: string, document: string | null, destination: string) => {
      const paths = pathsOf(change(BY_ENDPOINTS, 'endpoints', id, { policy: document }))
      const path = paths.find((one) => one.destination === destination)
      const hop = path?.hops.at(-1)
      const outcome = { reachable: 'allow', blocked: 'deny', indeterminate: 'unknown' }[path?.outcome as 'blocked']
      expect(outcome).toBe(hop?.decision)
      return [hop?.at, hop?.decision, hop?.fault?.kind ?? hop?.missing?.permission]
    }
    const denied = (action: string) => policy(ALL, { ...ALL, Effect: 'Deny', Action: action, Sid: 'No' })
    expect(first(DKR, policy(ALL), 'ecr-dkr')).toEqual(['endpoint-policy', 'allow', undefined])
    expect(first(DKR, denied('ecr:BatchGetImage'), 'ecr-dkr')).toEqual([
      'endpoint-policy',
      'deny',
      'endpoint-policy-denies',
    ])
    expect(first(API, denied('ecr:GetAuthorizationToken'), 'ecr-api')).toEqual([
      'endpoint-policy',
      'deny',
      'endpoint-policy-denies',
    ])
    expect(first(API, denied('s3:GetObject'), 'ecr-api')).toEqual(['endpoint-policy', 'allow', undefined])
    expect(first(S3, denied('s3:GetObject'), 's3-layers')).toEqual([
      'endpoint-policy',
      'deny',
      'endpoint-policy-denies',
    ])
    const asks = policy({ ...ALL, Condition: { StringEquals: { 'aws:PrincipalTag/team': 'web' } } })
    expect(first(DKR, asks, 'ecr-dkr')).toEqual(['endpoint-policy', 'unknown', null])
  })

  test('asks them about its own repositories, log groups, secrets, parameters and files', () => {
    const only = (service: string, action: string, resource: string) =>
      policy({ ...ALL, Action: `${service}:${action}`, Resource: resource })
    const hop = (world: World, id: string, document: string, destination: string) =>
      pathsOf(change(world, 'endpoints', id, { policy: document }))
        .find((one) => one.destination === destination)
        ?.hops.at(-1)?.decision
    const repository = (name: string) =>
      policy({ ...ALL, Action: 'ecr:*', Resource: `arn:aws:ecr:ap-northeast-2:123456789012:repository/${name}` })
    expect(hop(BY_ENDPOINTS, DKR, repository('web'), 'ecr-dkr')).toBe('allow')
    expect(hop(BY_ENDPOINTS, DKR, repository('other'), 'ecr-dkr')).toBe('deny')
    const LOGS_ENDPOINT = 'vpce-0a1b2c3d4e5f600a3'
    const group = (name: string) => only('logs', '*', `arn:aws:logs:ap-northeast-2:123456789012:log-group:${name}:*`)
    expect(hop(BY_ENDPOINTS, LOGS_ENDPOINT, group('/ecs/web'), 'logs')).toBe('allow')
    expect(hop(BY_ENDPOINTS, LOGS_ENDPOINT, group('/ecs/other'), 'logs')).toBe('deny')
    const creating = withContainer(BY_ENDPOINTS, {
      logOptions: { 'awslogs-group': '/ecs/web', 'awslogs-region': 'ap-northeast-2', 'awslogs-create-group': 'true' },
    })
    const streams = only('logs', 'CreateLogStream', '*')
    expect(hop(BY_ENDPOINTS, LOGS_ENDPOINT, only('logs', '*', '*'), 'logs')).toBe('allow')
    expect(hop(creating, LOGS_ENDPOINT, streams, 'logs')).toBe('deny')
  })
})
