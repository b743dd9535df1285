/** The network of a shape: subnets, ways out, groups, endpoints, as EC2 describes them. */
import {
  ACCOUNT,
  BALANCER_GROUP,
  EFS,
  ENDPOINT_GROUP,
  type Files,
  idOf,
  isAwsvpc,
  LETTERS,
  MOUNT_GROUP,
  NODE_GROUP,
  onInstances,
  REGION,
  type Shape,
  subnetId,
  TASK_GROUP,
  taskSubnets,
  VPC,
} from './shape.ts'

const CIDR = '10.40.0.0/16'
const IPV6 = '2a05:d014:8f3:4c00::/56'
const S3_LIST = 'pl-6ea54007'
const S3_BLOCKS = ['3.5.134.0/23', '3.5.136.0/22', '52.219.44.0/22', '52.219.72.0/22', '52.219.140.0/24']
const S3_ENDPOINT = 'vpce-0c1d2e3f4a5b6c7d8'
const [IGW, EGRESS_ONLY] = ['igw-0a2b4c6d8e0f1a3b5', 'eigw-0b3c5d7e9f1a2b4c6']

const SERVICES: Readonly<Record<string, readonly string[]>> = {
  'ecr.api': ['api.ecr'],
  'ecr.dkr': ['*.dkr.ecr', 'dkr.ecr'],
  logs: ['logs'],
  secretsmanager: ['secretsmanager'],
  ssm: ['ssm'],
  ecs: ['ecs'],
  'ecs-agent': ['ecs-agent'],
  'ecs-telemetry': ['ecs-telemetry'],
}

const isPublic = [true, false]

export function networkFiles(shape: Shape): Files {
  const zones = LETTERS.slice(0, Math.max(shape.zones, shape.balancer === null ? 1 : 2))
  const subnets = zones.flatMap((letter, at) => isPublic.map((open) => subnet(shape, letter, at, open)))
  const tables = zones.flatMap((_, at) => isPublic.map((open) => table(shape, at, open)))
  const interfaces = [...natInterfaces(shape), ...endpointInterfaces(shape), ...mountInterfaces(shape)]
  return {
    'ec2/describe-vpcs.json': { Vpcs: [vpc(shape)] },
    'ec2/describe-vpc-attribute/support.json': { VpcId: VPC, EnableDnsSupport: { Value: true } },
    'ec2/describe-vpc-attribute/hostnames.json': { VpcId: VPC, EnableDnsHostnames: { Value: true } },
    'ec2/describe-subnets.json': { Subnets: subnets },
    'ec2/describe-route-tables.json': { RouteTables: [mainTable(shape), ...tables] },
    'ec2/describe-network-acls.json': {
      NetworkAcls: [
        acl(
          shape,
          subnets.map(({ SubnetId }) => SubnetId),
        ),
      ],
    },
    'ec2/describe-security-groups.json': { SecurityGroups: groups(shape) },
    'ec2/describe-vpc-endpoints.json': { VpcEndpoints: [...endpoints(shape), ...gatewayEndpoint(shape)] },
    'ec2/describe-network-interfaces.json': { NetworkInterfaces: interfaces },
    'ec2/describe-nat-gateways.json': { NatGateways: natGateways(shape) },
    'ec2/describe-internet-gateways.json': {
      InternetGateways:
        shape.way === 'endpoints'
          ? []
          : [{ Attachments: [{ State: 'available', VpcId: VPC }], InternetGatewayId: IGW, OwnerId: ACCOUNT, Tags: [] }],
    },
    'ec2/describe-egress-only-internet-gateways.json': {
      EgressOnlyInternetGateways: shape.dualStack
        ? [{ Attachments: [{ State: 'attached', VpcId: VPC }], EgressOnlyInternetGatewayId: EGRESS_ONLY, Tags: [] }]
        : [],
    },
    'ec2/describe-prefix-lists.json': {
      PrefixLists: [{ Cidrs: S3_BLOCKS, PrefixListId: S3_LIST, PrefixListName: `com.amazonaws.${REGION}.s3` }],
    },
    'ec2/describe-managed-prefix-lists.json': {
      PrefixLists: [
        {
          AddressFamily: 'IPv4',
          OwnerId: 'AWS',
          PrefixListArn: `arn:aws:ec2:${REGION}:aws:prefix-list/${S3_LIST}`,
          PrefixListId: S3_LIST,
          PrefixListName: `com.amazonaws.${REGION}.s3`,
          State: 'create-complete',
          Tags: [],
        },
      ],
    },
    [`ec2/get-managed-prefix-list-entries/${S3_LIST}.json`]: { Entries: S3_BLOCKS.map((Cidr) => ({ Cidr })) },
    'ec2/describe-dhcp-options.json': {
      DhcpOptions: [
        {
          DhcpConfigurations: [
            { Key: 'domain-name', Values: [{ Value: `${REGION}.compute.internal` }] },
            { Key: 'domain-name-servers', Values: [{ Value: 'AmazonProvidedDNS' }] },
          ],
          DhcpOptionsId: 'dopt-0a1b2c3d',
          OwnerId: ACCOUNT,
          Tags: [],
        },
      ],
    },
    'ec2/describe-vpc-block-public-access-options.json': {
      VpcBlockPublicAccessOptions: {
        AwsAccountId: ACCOUNT,
        AwsRegion: REGION,
        ExclusionsAllowed: 'allowed',
        InternetGatewayBlockMode: 'off',
        ManagedBy: 'account',
        State: 'default-state',
      },
    },
    'ec2/describe-vpc-encryption-controls.json': { VpcEncryptionControls: [] },
    'ec2/describe-vpc-peering-connections.json': { VpcPeeringConnections: [] },
    'ec2/describe-transit-gateway-vpc-attachments.json': { TransitGatewayVpcAttachments: [] },
    [`route53/list-hosted-zones-by-vpc/${VPC}.json`]: { HostedZoneSummaries: [], MaxItems: '100' },
    'route53resolver/list-resolver-rule-associations.json': {
      ResolverRuleAssociations: [
        {
          Id: 'rslvr-autodefined-assoc-vpc-internet-resolver',
          Name: 'System Rule Association',
          ResolverRuleId: 'rslvr-autodefined-rr-internet-resolver',
          Status: 'COMPLETE',
          VPCId: VPC,
        },
      ],
      MaxResults: 30,
    },
    'route53resolver/list-resolver-rules.json': {
      ResolverRules: [
        {
          DomainName: '.',
          Id: 'rslvr-autodefined-rr-internet-resolver',
          Name: 'Internet Resolver',
          OwnerId: 'Route 53 Resolver',
          RuleType: 'RECURSIVE',
          ShareStatus: 'NOT_SHARED',
          Status: 'COMPLETE',
        },
      ],
      MaxResults: 30,
    },
    'route53resolver/list-firewall-rule-group-associations.json': { FirewallRuleGroupAssociations: [] },
    'route53resolver/list-firewall-configs.json': { FirewallConfigs: [] },
    'route53profiles/list-profile-associations.json': { ProfileAssociations: [] },
    ...(shape.efs ? efsFiles(shape) : {}),
  }
}

function vpc({ dualStack }: Shape) {
  const six = { AssociationId: 'vpc-cidr-assoc-0b2c', Ipv6CidrBlock: IPV6, Ipv6CidrBlockState: { State: 'associated' } }
  return {
    BlockPublicAccessStates: { InternetGatewayBlockMode: 'off' },
    CidrBlock: CIDR,
    CidrBlockAssociationSet: [
      { AssociationId: 'vpc-cidr-assoc-0a1b', CidrBlock: CIDR, CidrBlockState: { State: 'associated' } },
    ],
    DhcpOptionsId: 'dopt-0a1b2c3d',
    InstanceTenancy: 'default',
    IsDefault: false,
    OwnerId: ACCOUNT,
    State: 'available',
    VpcId: VPC,
    ...(dualStack ? { Ipv6CidrBlockAssociationSet: [six] } : {}),
  }
}

function subnet({ dualStack, by }: Shape, letter: string, at: number, open: boolean) {
  const id = subnetId(at, open)
  const six = `2a05:d014:8f3:4c${open ? '0' : '1'}${at}::/64`
  return {
    AssignIpv6AddressOnCreation: dualStack ?? false,
    AvailabilityZone: `${REGION}${letter}`,
    AvailabilityZoneId: `euc1-az${at + 1}`,
    AvailableIpAddressCount: 243,
    BlockPublicAccessStates: { InternetGatewayBlockMode: 'off' },
    CidrBlock: `10.40.${open ? at : at + 10}.0/24`,
    DefaultForAz: false,
    EnableDns64: false,
    Ipv6CidrBlockAssociationSet: dualStack
      ? [{ AssociationId: `subnet-cidr-assoc-0${at}`, Ipv6CidrBlock: six, Ipv6CidrBlockState: { State: 'associated' } }]
      : [],
    Ipv6Native: false,
    MapPublicIpOnLaunch: by === 'cdk' && open,
    OwnerId: ACCOUNT,
    State: 'available',
    SubnetId: id,
    VpcId: VPC,
  }
}

function tableOf(id: string, association: object, routes: readonly object[]) {
  return {
    Associations: [{ AssociationState: { State: 'associated' }, RouteTableId: id, ...association }],
    OwnerId: ACCOUNT,
    PropagatingVgws: [],
    RouteTableId: id,
    Routes: routes,
    Tags: [],
    VpcId: VPC,
  }
}

function localRoutes({ dualStack }: Shape) {
  const made = { GatewayId: 'local', Origin: 'CreateRouteTable', State: 'active' }
  return [{ DestinationCidrBlock: CIDR, ...made }, ...(dualStack ? [{ DestinationIpv6CidrBlock: IPV6, ...made }] : [])]
}

function mainTable(shape: Shape) {
  return tableOf(idOf('rtb', 99), { Main: true, RouteTableAssociationId: 'rtbassoc-0f' }, localRoutes(shape))
}

function table(shape: Shape, at: number, open: boolean) {
  const id = idOf('rtb', (open ? 100 : 200) + at)
  const made = { Origin: 'CreateRoute', State: 'active' }
  const nat = natAt(shape, at)
  const four = open ? { GatewayId: IGW } : nat === null ? null : { NatGatewayId: nat }
  const six = open ? { GatewayId: IGW } : { EgressOnlyInternetGatewayId: EGRESS_ONLY }
  const association = {
    Main: false,
    RouteTableAssociationId: `rtbassoc-0${open ? 1 : 2}${at}`,
    SubnetId: subnetId(at, open),
  }
  return tableOf(id, association, [
    ...localRoutes(shape),
    ...(shape.way === 'endpoints' || four === null ? [] : [{ DestinationCidrBlock: '0.0.0.0/0', ...four, ...made }]),
    ...(shape.dualStack ? [{ DestinationIpv6CidrBlock: '::/0', ...six, ...made }] : []),
    ...(hasS3(shape) && !open ? [{ DestinationPrefixListId: S3_LIST, GatewayId: S3_ENDPOINT, ...made }] : []),
  ])
}

function hasS3({ way }: Shape): boolean {
  return way === 'endpoints' || way === 'nat-and-s3'
}

function natAt({ way }: Shape, at: number): string | null {
  if (way === 'nat' || way === 'nat-and-s3') return idOf('nat', at)
  return way === 'one-nat' || way === 'regional-nat' ? idOf('nat', 0) : null
}

function natsOf(shape: Shape): readonly number[] {
  const count =
    shape.way === 'nat' || shape.way === 'nat-and-s3' ? Math.max(shape.zones, shape.balancer === null ? 1 : 2) : 1
  return natAt(shape, 0) === null || shape.way === 'regional-nat' ? [] : Array.from({ length: count }, (_, at) => at)
}

function natGateways(shape: Shape) {
  const zonal = natsOf(shape).map((at) => ({
    AvailabilityMode: 'zonal',
    ConnectivityType: 'public',
    CreateTime: '2026-02-03T08:11:09+00:00',
    NatGatewayAddresses: [
      {
        AllocationId: `eipalloc-0a${at}`,
        AssociationId: `eipassoc-0a${at}`,
        IsPrimary: true,
        NetworkInterfaceId: idOf('eni', 300 + at),
        PrivateIp: `10.40.${at}.17`,
        PublicIp: `18.196.40.${at + 7}`,
        Status: 'succeeded',
      },
    ],
    NatGatewayId: idOf('nat', at),
    State: 'available',
    SubnetId: subnetId(at, true),
    Tags: [],
    VpcId: VPC,
  }))
  if (shape.way !== 'regional-nat') return zonal
  const address = {
    AllocationId: 'eipalloc-0a',
    AvailabilityZone: `${REGION}a`,
    PublicIp: '18.196.40.7',
    Status: 'succeeded',
  }
  return [
    {
      AutoProvisionZones: 'enabled',
      AvailabilityMode: 'regional',
      ConnectivityType: 'public',
      CreateTime: '2026-02-03T08:11:09+00:00',
      NatGatewayAddresses: [address],
      NatGatewayId: idOf('nat', 0),
      RouteTableId: idOf('rtb', 100),
      State: 'available',
      Tags: [],
      VpcId: VPC,
    },
  ]
}

function interfaceOf(number: number, subnet: string, privateIp: string, more: object) {
  return {
    AvailabilityZone: `${REGION}a`,
    Groups: [],
    Ipv6Addresses: [],
    NetworkInterfaceId: idOf('eni', number),
    OwnerId: ACCOUNT,
    PrivateIpAddress: privateIp,
    PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: privateIp }],
    RequesterManaged: true,
    SourceDestCheck: true,
    Status: 'in-use',
    SubnetId: subnet,
    VpcId: VPC,
    ...more,
  }
}

function natInterfaces(shape: Shape) {
  return natsOf(shape).map((at) =>
    interfaceOf(300 + at, subnetId(at, true), `10.40.${at}.17`, {
      Association: { IpOwnerId: ACCOUNT, PublicIp: `18.196.40.${at + 7}` },
      Description: `Interface for NAT Gateway ${idOf('nat', at)}`,
      InterfaceType: 'nat_gateway',
      SourceDestCheck: false,
    }),
  )
}

function served(shape: Shape): readonly string[] {
  if (shape.way !== 'endpoints') return []
  const agent = onInstances(shape) ? ['ecs', 'ecs-agent', 'ecs-telemetry'] : []
  return ['ecr.api', 'ecr.dkr', 'logs', ...(shape.secrets === undefined ? [] : [shape.secrets]), ...agent]
}

function endpoints(shape: Shape) {
  return served(shape).map((service, at) => {
    const id = idOf('vpce', at)
    const names = SERVICES[service] ?? []
    const own = [...names.filter((name) => !name.startsWith('*'))][0]
    return {
      CreationTimestamp: '2026-02-03T08:30:00+00:00',
      DnsEntries: [
        { DnsName: `${id}-a1b2c3d4.${own}.${REGION}.vpce.amazonaws.com`, HostedZoneId: 'Z273ZU8SZ5RJPC' },
        ...names.map((name) => ({ DnsName: `${name}.${REGION}.amazonaws.com`, HostedZoneId: 'Z05501623QH3DTLDE3P1V' })),
      ],
      DnsOptions: { DnsRecordIpType: 'ipv4' },
      Groups: [{ GroupId: ENDPOINT_GROUP, GroupName: 'endpoints' }],
      IpAddressType: 'ipv4',
      NetworkInterfaceIds: taskSubnets(shape).map((_, zone) => idOf('eni', 400 + at * 10 + zone)),
      OwnerId: ACCOUNT,
      PolicyDocument: '{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}]}',
      PrivateDnsEnabled: true,
      RequesterManaged: false,
      RouteTableIds: [],
      ServiceName: `com.amazonaws.${REGION}.${service}`,
      ServiceRegion: REGION,
      State: 'available',
      SubnetIds: taskSubnets(shape),
      Tags: [],
      VpcEndpointId: id,
      VpcEndpointType: 'Interface',
      VpcId: VPC,
    }
  })
}

function endpointInterfaces(shape: Shape) {
  return served(shape).flatMap((_, at) =>
    taskSubnets(shape).map((subnet, zone) =>
      interfaceOf(400 + at * 10 + zone, subnet, `10.40.${zone + 10}.${20 + at}`, {
        Description: `VPC Endpoint Interface ${idOf('vpce', at)}`,
        Groups: [{ GroupId: ENDPOINT_GROUP, GroupName: 'endpoints' }],
        InterfaceType: 'vpc_endpoint',
      }),
    ),
  )
}

function gatewayEndpoint(shape: Shape) {
  if (!hasS3(shape)) return []
  return [
    {
      CreationTimestamp: '2026-02-03T08:30:00+00:00',
      DnsEntries: [],
      DnsOptions: { DnsRecordIpType: 'service-defined' },
      Groups: [],
      IpAddressType: 'ipv4',
      NetworkInterfaceIds: [],
      OwnerId: ACCOUNT,
      PolicyDocument:
        '{"Version":"2008-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
      PrivateDnsEnabled: false,
      RequesterManaged: false,
      RouteTableIds: taskSubnets(shape).map((_, at) => idOf('rtb', 200 + at)),
      ServiceName: `com.amazonaws.${REGION}.s3`,
      ServiceRegion: REGION,
      State: 'available',
      SubnetIds: [],
      Tags: [],
      VpcEndpointId: S3_ENDPOINT,
      VpcEndpointType: 'Gateway',
      VpcId: VPC,
    },
  ]
}

function acl({ dualStack }: Shape, subnets: readonly string[]) {
  const entry = (Egress: boolean, RuleNumber: number, RuleAction: string, block: object) => ({
    Egress,
    Protocol: '-1',
    RuleAction,
    RuleNumber,
    ...block,
  })
  const entries = (Egress: boolean) => [
    entry(Egress, 100, 'allow', { CidrBlock: '0.0.0.0/0' }),
    entry(Egress, 32767, 'deny', { CidrBlock: '0.0.0.0/0' }),
    ...(dualStack
      ? [
          entry(Egress, 101, 'allow', { Ipv6CidrBlock: '::/0' }),
          entry(Egress, 32768, 'deny', { Ipv6CidrBlock: '::/0' }),
        ]
      : []),
  ]
  const id = 'acl-0a9b8c7d6e5f4a3b2'
  return {
    Associations: subnets.map((SubnetId, at) => ({
      NetworkAclAssociationId: `aclassoc-0${at}`,
      NetworkAclId: id,
      SubnetId,
    })),
    Entries: [...entries(true), ...entries(false)],
    IsDefault: true,
    NetworkAclId: id,
    OwnerId: ACCOUNT,
    Tags: [],
    VpcId: VPC,
  }
}

function groups(shape: Shape) {
  const blank = { IpRanges: [], Ipv6Ranges: [], PrefixListIds: [], UserIdGroupPairs: [] }
  const tcp = (from: number, to: number, peers: object) => ({
    FromPort: from,
    IpProtocol: 'tcp',
    ToPort: to,
    ...blank,
    ...peers,
  })
  const ofGroup = (GroupId: string) => ({ UserIdGroupPairs: [{ GroupId, UserId: ACCOUNT }] })
  const world = {
    IpRanges: [{ CidrIp: '0.0.0.0/0' }],
    ...(shape.dualStack ? { Ipv6Ranges: [{ CidrIpv6: '::/0' }] } : {}),
  }
  const group = (GroupId: string, GroupName: string, IpPermissions: readonly object[]) => ({
    Description: GroupName,
    GroupId,
    GroupName,
    IpPermissions,
    IpPermissionsEgress: [{ IpProtocol: '-1', ...blank, ...world }],
    OwnerId: ACCOUNT,
    SecurityGroupArn: `arn:aws:ec2:${REGION}:${ACCOUNT}:security-group/${GroupId}`,
    Tags: [],
    VpcId: VPC,
  })
  const sender = isAwsvpc(shape) ? TASK_GROUP : NODE_GROUP
  const web = shape.balancer === null ? [] : [tcp(8080, 8080, ofGroup(BALANCER_GROUP))]
  return [
    group(TASK_GROUP, 'checkout-tasks', web),
    group(NODE_GROUP, 'shop-nodes', [tcp(32768, 65535, ofGroup(BALANCER_GROUP))]),
    group(BALANCER_GROUP, 'checkout-balancer', [tcp(80, 80, world)]),
    group(ENDPOINT_GROUP, 'endpoints', [tcp(443, 443, { IpRanges: [{ CidrIp: CIDR }] })]),
    group(MOUNT_GROUP, 'checkout-files', [tcp(2049, 2049, ofGroup(sender))]),
  ]
}

function mountInterfaces(shape: Shape) {
  if (!shape.efs) return []
  return taskSubnets(shape).map((subnet, zone) =>
    interfaceOf(500 + zone, subnet, `10.40.${zone + 10}.90`, {
      Description: `EFS mount target for ${EFS} (fsmt-0a${zone})`,
      Groups: [{ GroupId: MOUNT_GROUP, GroupName: 'checkout-files' }],
      InterfaceType: 'efs',
    }),
  )
}

function efsFiles(shape: Shape): Files {
  const targets = taskSubnets(shape).map((SubnetId, zone) => ({
    AvailabilityZoneId: `euc1-az${zone + 1}`,
    AvailabilityZoneName: `${REGION}${LETTERS[zone]}`,
    FileSystemId: EFS,
    IpAddress: `10.40.${zone + 10}.90`,
    LifeCycleState: 'available',
    MountTargetId: `fsmt-0a${zone}`,
    NetworkInterfaceId: idOf('eni', 500 + zone),
    OwnerId: ACCOUNT,
    SubnetId,
    VpcId: VPC,
  }))
  const ofTarget = targets.map(({ MountTargetId }) => [
    `efs/describe-mount-target-security-groups/${MountTargetId}.json`,
    { SecurityGroups: [MOUNT_GROUP] },
  ])
  return {
    [`efs/describe-mount-targets/${EFS}.json`]: { MountTargets: targets },
    [`efs/describe-file-system-policy/${EFS}.json`]: { FileSystemId: EFS, Policy: JSON.stringify(BY_MOUNT_TARGET) },
    ...Object.fromEntries(ofTarget),
  }
}

/** What CDK and the console give a file system: everybody by a mount target, and encryption in transit. */
const BY_MOUNT_TARGET = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: ['elasticfilesystem:ClientRootAccess', 'elasticfilesystem:ClientWrite', 'elasticfilesystem:ClientMount'],
      Condition: { Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'true' } },
    },
    { Effect: 'Deny', Principal: { AWS: '*' }, Action: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
  ],
}
