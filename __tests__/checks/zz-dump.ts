import { known } from '../../src/domain/answer.ts'
import * as W from './world.ts'

const { A, C, API, DKR, LOGS, S3, BY_ENDPOINTS: E, BY_NAT: N, IN_PUBLIC: P } = W
const show = (name: string, w: W.World, full = false) => {
  console.log('##', name, W.told(w))
  if (full)
    for (const f of W.judge(w).findings)
      console.log(
        f.what.en,
        '\n',
        f.what.ko,
        '\n',
        f.evidence.map((e) => e.en),
        '\n',
        f.remedy.cli.join('\n'),
        '\n',
        f.remedy.console.map((e) => e.ko).join('\n'),
        '\n' + f.remedy.terraform,
      )
  const u = W.judge(w).unknowns
  if (u.length) console.log('unknowns', u)
}
const full = process.argv[2] === 'full'
const cases: Record<string, () => W.World> = {
  status: () => W.withService(E, { status: 'DRAINING' }),
  status2: () => W.withService(E, { status: 'ODD' }),
  s3route: () => W.change(E, 'routeTables', W.TABLE_C, (t) => ({ routes: t.routes.slice(0, 1) })),
  dkrMissing: () => W.without(E, 'endpoints', DKR),
  s3missing: () =>
    W.change(
      W.change(W.without(E, 'endpoints', S3), 'routeTables', W.TABLE_C, (t) => ({ routes: t.routes.slice(0, 1) })),
      'routeTables',
      W.TABLE_A,
      (t) => ({ routes: t.routes.slice(0, 1) }),
    ),
  failed: () => W.change(E, 'endpoints', DKR, { state: 'failed' }),
  noifs: () => W.change(E, 'endpoints', DKR, { interfaceIds: [], subnetIds: [] }),
  ipv6: () => W.change(E, 'endpoints', DKR, { dnsRecordIpType: 'ipv6' }),
  s3failed: () => W.change(E, 'endpoints', S3, { state: 'failed' }),
  zonegap: () => W.change(E, 'endpoints', DKR, (e) => ({ subnetIds: [A], interfaceIds: e.interfaceIds.slice(0, 1) })),
  privdns: () => W.change(E, 'endpoints', API, { privateDns: false }),
  dnsoff: () => W.withNetwork(E, { vpcDns: { [W.VPC]: { support: known(false), hostnames: known(true) } } }),
  hostoff: () => W.withNetwork(E, { vpcDns: { [W.VPC]: { support: known(true), hostnames: known(false) } } }),
  dns: () => W.change(E, 'dhcpOptions', W.DHCP, { domainNameServers: ['10.9.0.53', '10.9.1.53'] }),
  zone: () =>
    W.withNetwork(E, {
      hostedZones: {
        [W.VPC]: known([
          {
            id: 'Z0123456789ABCDEFGHIJ',
            name: 'dkr.ecr.ap-northeast-2.amazonaws.com',
            owner: '123456789012',
            records: known([]),
          },
        ]),
      },
    }),
  zone2: () =>
    W.withNetwork(E, {
      hostedZones: {
        [W.VPC]: known([
          {
            id: 'Z0123456789ABCDEFGHIJ',
            name: 'ap-northeast-2.amazonaws.com',
            owner: '123456789012',
            records: known([]),
          },
        ]),
      },
    }),
  zone3: () =>
    W.withNetwork(E, {
      hostedZones: {
        [W.VPC]: known([
          {
            id: 'Z0123456789ABCDEFGHIJ',
            name: '123456789012.dkr.ecr.ap-northeast-2.amazonaws.com',
            owner: '123456789012',
            records: known([
              { name: '123456789012.dkr.ecr.ap-northeast-2.amazonaws.com', type: 'A', values: ['10.0.3.99'] },
            ]),
          },
        ]),
      },
    }),
  natstate: () => W.change(N, 'natGateways', W.NAT_A, { state: 'failed', failure: 'InternalError' }),
  natpriv: () => W.change(N, 'natGateways', W.NAT_A, { connectivity: 'private' }),
  natnoinet: () => W.change(N, 'routeTables', W.TABLE_PUBLIC, (t) => ({ routes: t.routes.slice(0, 1) })),
  natinpriv: () => W.change(N, 'natGateways', W.NAT_A, { subnetId: A }),
  pubip: () => W.withService(P, { awsvpc: { ...P.service.awsvpc!, assignPublicIp: 'DISABLED' } }),
  black: () =>
    W.change(N, 'routeTables', W.TABLE_A, (t) => ({
      routes: t.routes.map((r) => (r.target.kind === 'local' ? r : { ...r, state: 'blackhole' })),
    })),
  blackigw: () =>
    W.change(P, 'routeTables', W.TABLE_PUBLIC, (t) => ({
      routes: t.routes.map((r) => (r.target.kind === 'local' ? r : { ...r, state: 'blackhole' })),
    })),
  igw: () => W.change(P, 'internetGateways', W.GATEWAY, { attachments: [] }),
  igwnat: () => W.change(N, 'internetGateways', W.GATEWAY, { attachments: [] }),
  bpa: () => W.change(P, 'subnets', W.PUBLIC_A, { internetGatewayBlockMode: 'block-ingress' }),
  bpanat: () => W.change(N, 'subnets', W.PUBLIC_A, { internetGatewayBlockMode: 'block-bidirectional' }),
  bpanat2: () => W.change(N, 'subnets', W.PUBLIC_A, { internetGatewayBlockMode: 'block-ingress' }),
  egress: () => W.change(E, 'securityGroups', W.TASK_GROUP, (g) => ({ egress: g.egress.slice(0, 1) })),
  egress2: () => W.change(E, 'securityGroups', W.TASK_GROUP, { egress: [] }),
  egress3: () => W.change(N, 'securityGroups', W.TASK_GROUP, { egress: [] }),
  egresspart: () =>
    W.change(E, 'securityGroups', W.TASK_GROUP, (g) => ({
      egress: [...g.egress.slice(0, 1), W.rule({ cidrs: ['52.219.0.0/16'] })],
    })),
  ingress: () => W.change(E, 'securityGroups', W.ENDPOINT_GROUP, { ingress: [] }),
  ingressHalf: () => W.change(E, 'securityGroups', W.ENDPOINT_GROUP, { ingress: [W.rule({ cidrs: ['10.0.1.0/24'] })] }),
  aclreply: () =>
    W.change(
      E,
      'networkAcls',
      W.ACL_C,
      W.acl(
        W.ACL_C,
        [C],
        [
          {
            egress: false,
            ruleNumber: 100,
            allow: true,
            protocol: '6',
            cidr: '0.0.0.0/0',
            ports: { from: 443, to: 443 },
          },
          { egress: true, ruleNumber: 100, allow: true, protocol: '-1', cidr: '0.0.0.0/0', ports: null },
        ],
      ),
    ),
  acldeny: () =>
    W.change(N, 'networkAcls', W.ACL_C, (a) => ({
      entries: [
        { egress: true, ruleNumber: 50, allow: false, protocol: '6', cidr: '0.0.0.0/0', ports: { from: 443, to: 443 } },
        ...a.entries,
      ],
    })),
  aclpub: () =>
    W.change(N, 'networkAcls', W.ACL_PUBLIC, (a) => ({
      entries: a.entries.filter((e) => !(e.egress === false && e.ruleNumber === 100)),
    })),
  aclpart: () =>
    W.change(E, 'networkAcls', W.ACL_C, (a) => ({
      entries: [
        { egress: false, ruleNumber: 1, allow: false, protocol: '6', cidr: '52.219.148.0/23', ports: null },
        ...a.entries,
      ],
    })),
  policyS3: () =>
    W.change(E, 'endpoints', S3, {
      policy: JSON.stringify({
        Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::my-bucket/*' }],
      }),
    }),
  policyDeny: () =>
    W.change(E, 'endpoints', DKR, {
      policy: JSON.stringify({
        Statement: [
          { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' },
          { Sid: 'NoPull', Effect: 'Deny', Principal: '*', Action: 'ecr:BatchGetImage', Resource: '*' },
        ],
      }),
    }),
  hub: () => W.withContainer(E, { image: 'nginx:1.27' }),
  hubNat: () => W.withContainer(N, { image: 'nginx:1.27' }),
  norouteNat: () => W.change(N, 'routeTables', W.TABLE_C, (t) => ({ routes: t.routes.slice(0, 1) })),
  exec: () => W.withService(E, { enableExecuteCommand: true }),
  full: () => W.change(E, 'subnets', A, { freeAddresses: 0 }),
  fullall: () => W.change(W.change(E, 'subnets', A, { freeAddresses: 0 }), 'subnets', C, { freeAddresses: 0 }),
  elsewhere: () => ({ ...E, tasks: [{ ...W.TASK, subnetId: W.PUBLIC_A }] }),
  dead: () =>
    W.change(
      W.add(N, 'peerings', {
        id: 'pcx-0a1b2c3d4e5f60001',
        state: 'active',
        requester: { vpcId: W.VPC, ownerId: null, region: null, cidrs: ['10.0.0.0/16'] },
        accepter: { vpcId: 'vpc-0ffffffffffffffff', ownerId: null, region: null, cidrs: ['10.7.0.0/16'] },
      }),
      'routeTables',
      W.TABLE_A,
      (t) => ({ routes: [t.routes[0]!, W.route('0.0.0.0/0', 'peering', 'pcx-0a1b2c3d4e5f60001')] }),
    ),
  natinst: () =>
    W.withNetwork(
      W.change(N, 'routeTables', W.TABLE_A, (t) => ({
        routes: [t.routes[0]!, W.route('0.0.0.0/0', 'network-interface', 'eni-0a1b2c3d4e5f6ffff')],
      })),
      {
        interfaces: known([
          {
            id: 'eni-0a1b2c3d4e5f6ffff',
            subnetId: W.PUBLIC_A,
            vpcId: W.VPC,
            groupIds: [],
            privateIps: ['10.0.101.9'],
            ipv6Addresses: [],
            publicIp: '3.3.3.3',
            type: 'interface',
            status: 'in-use',
            description: '',
            instanceId: 'i-1',
            sourceDestCheck: true,
          },
        ]),
      },
    ),
  ipv6only: () => W.change(E, 'subnets', A, { cidrs: ['2600:1f14::/64'] }),
}
for (const [name, make] of Object.entries(cases))
  if (process.argv[3] === undefined || process.argv[3].split(',').includes(name)) show(name, make(), full)
