import { type Answer, known } from '../../src/domain/answer.ts'
import type {
  Endpoint,
  NatGateway,
  Network,
  NetworkAcl,
  NetworkInterface,
  Route,
  RouteTable,
  RouteTargetKind,
  SecurityGroup,
  SecurityGroupRule,
  Subnet,
} from '../../src/domain/network.ts'
import type { Compute, Container, RunningTask, Service, TaskDefinition, Volume } from '../../src/domain/service.ts'

export interface World {
  readonly network: Network
  readonly service: Service
  readonly taskDefinition: TaskDefinition
  readonly compute: Compute
  readonly tasks: readonly RunningTask[]
}

export const REGION = 'ap-northeast-2'
export const ACCOUNT = '123456789012'
export const VPC = 'vpc-0a1b2c3d4e5f60001'
export const DHCP = 'dopt-0a1b2c3d4e5f60001'
/** Zones a and c: the private subnets where tasks start, and the public ones beside them. */
export const A = 'subnet-0a1b2c3d4e5f6000a'
export const C = 'subnet-0a1b2c3d4e5f6000c'
export const PUBLIC_A = 'subnet-0a1b2c3d4e5f6001a'
export const PUBLIC_C = 'subnet-0a1b2c3d4e5f6001c'
export const TABLE_A = 'rtb-0a1b2c3d4e5f6000a'
export const TABLE_C = 'rtb-0a1b2c3d4e5f6000c'
export const TABLE_PUBLIC = 'rtb-0a1b2c3d4e5f60010'
export const ACL_A = 'acl-0a1b2c3d4e5f6000a'
export const ACL_C = 'acl-0a1b2c3d4e5f6000c'
export const ACL_PUBLIC = 'acl-0a1b2c3d4e5f60010'
export const TASK_GROUP = 'sg-0a1b2c3d4e5f600f0'
export const ENDPOINT_GROUP = 'sg-0a1b2c3d4e5f600f1'
export const API = 'vpce-0a1b2c3d4e5f600a1'
export const DKR = 'vpce-0a1b2c3d4e5f600a2'
export const LOGS = 'vpce-0a1b2c3d4e5f600a3'
export const S3 = 'vpce-0a1b2c3d4e5f600a4'
export const S3_LIST = 'pl-78a54011'
export const GATEWAY = 'igw-0a1b2c3d4e5f60001'
export const NAT_A = 'nat-0a1b2c3d4e5f6000a'
export const NAT_C = 'nat-0a1b2c3d4e5f6000c'

const ZONES = {
  a: { zone: 'ap-northeast-2a', zoneId: 'apne2-az1' },
  b: { zone: 'ap-northeast-2b', zoneId: 'apne2-az2' },
  c: { zone: 'ap-northeast-2c', zoneId: 'apne2-az3' },
} as const

export function subnet(id: string, zone: keyof typeof ZONES, cidr: string, changes: Partial<Subnet> = {}): Subnet {
  return {
    id,
    vpcId: VPC,
    cidrs: [cidr],
    ...ZONES[zone],
    freeAddresses: 240,
    mapPublicIp: false,
    dns64: false,
    internetGatewayBlockMode: 'off',
    firewallConnectivity: null,
    name: null,
    ...changes,
  }
}

export function route(destination: string, kind: RouteTargetKind, id: string, changes: Partial<Route> = {}): Route {
  return { destination, target: { kind, id }, state: 'active', propagated: false, firewall: null, ...changes }
}

const LOCAL = route('10.0.0.0/16', 'local', 'local')

export function table(id: string, subnetIds: readonly string[], routes: readonly Route[]): RouteTable {
  return { id, vpcId: VPC, main: false, subnetIds, routes: [LOCAL, ...routes] }
}

const EVERYTHING = { allow: true, protocol: '-1', cidr: '0.0.0.0/0', ports: null } as const
const FINAL = { allow: false, protocol: '-1', cidr: '0.0.0.0/0', ports: null, ruleNumber: 32767 } as const

export function acl(
  id: string,
  subnetIds: readonly string[],
  entries: NetworkAcl['entries'] = [
    { ...EVERYTHING, egress: false, ruleNumber: 100 },
    { ...EVERYTHING, egress: true, ruleNumber: 100 },
  ],
): NetworkAcl {
  return {
    id,
    vpcId: VPC,
    isDefault: false,
    subnetIds,
    entries: [...entries, { ...FINAL, egress: false }, { ...FINAL, egress: true }],
  }
}

export function rule(changes: Partial<SecurityGroupRule>, port = 443): SecurityGroupRule {
  return {
    protocol: 'tcp',
    ports: { from: port, to: port },
    cidrs: [],
    prefixListIds: [],
    groupIds: [],
    ...changes,
  }
}

function group(
  id: string,
  name: string,
  ingress: readonly SecurityGroupRule[],
  egress: readonly SecurityGroupRule[],
): SecurityGroup {
  return { id, vpcId: VPC, name, ingress, egress }
}

function interfaceEndpoint(id: string, suffix: string, changes: Partial<Endpoint> = {}): Endpoint {
  const digits = id.slice(-2)
  return {
    id,
    vpcId: VPC,
    type: 'interface',
    serviceName: `com.amazonaws.${REGION}.${suffix}`,
    serviceRegion: null,
    state: 'available',
    privateDns: true,
    privateDnsForInboundResolverOnly: false,
    dnsRecordIpType: 'ipv4',
    dnsNames: [],
    subnetIds: [A, C],
    interfaceIds: [`eni-0a1b2c3d4e5f6${digits}0a`, `eni-0a1b2c3d4e5f6${digits}0c`],
    routeTableIds: [],
    groupIds: [ENDPOINT_GROUP],
    policy: null,
    ...changes,
  }
}

function endpointInterfaces({ id, interfaceIds }: Endpoint, host: number): readonly NetworkInterface[] {
  return [A, C].map((subnetId, at) => ({
    id: interfaceIds[at] as string,
    subnetId,
    vpcId: VPC,
    groupIds: [ENDPOINT_GROUP],
    privateIps: [subnetId === A ? `10.0.1.${host}` : `10.0.3.${host}`],
    ipv6Addresses: [],
    publicIp: null,
    type: 'vpc_endpoint',
    status: 'in-use',
    description: `VPC Endpoint Interface ${id}`,
    instanceId: null,
    sourceDestCheck: false,
  }))
}

const ENDPOINTS = [
  interfaceEndpoint(API, 'ecr.api'),
  interfaceEndpoint(DKR, 'ecr.dkr'),
  interfaceEndpoint(LOGS, 'logs'),
] as const

const GATEWAY_ENDPOINT: Endpoint = {
  ...interfaceEndpoint(S3, 's3'),
  type: 'gateway',
  privateDns: false,
  dnsRecordIpType: null,
  subnetIds: [],
  interfaceIds: [],
  groupIds: [],
  routeTableIds: [TABLE_A, TABLE_C],
}

export function nat(id: string, subnetId: string, privateIp: string, changes: Partial<NatGateway> = {}): NatGateway {
  return {
    id,
    vpcId: VPC,
    subnetId,
    routeTableId: null,
    state: 'available',
    connectivity: 'public',
    availability: 'zonal',
    addresses: [{ privateIp, publicIp: '3.34.10.1', status: 'succeeded' }],
    attachedAppliances: false,
    failure: null,
    ...changes,
  }
}

function known0<T>(): Answer<readonly T[]> {
  return known([])
}

const NETWORK: Network = {
  region: REGION,
  accountId: ACCOUNT,
  vpcs: known([{ id: VPC, cidrs: ['10.0.0.0/16'], dhcpOptionsId: DHCP, ownerId: ACCOUNT }]),
  vpcDns: { [VPC]: { support: known(true), hostnames: known(true) } },
  subnets: known([
    subnet(A, 'a', '10.0.1.0/24'),
    subnet(C, 'c', '10.0.3.0/24'),
    subnet(PUBLIC_A, 'a', '10.0.101.0/24'),
    subnet(PUBLIC_C, 'c', '10.0.103.0/24'),
  ]),
  routeTables: known([
    { ...table('rtb-0a1b2c3d4e5f60000', [], []), main: true },
    table(TABLE_PUBLIC, [PUBLIC_A, PUBLIC_C], [route('0.0.0.0/0', 'internet-gateway', GATEWAY)]),
    table(TABLE_A, [A], [route(S3_LIST, 'vpc-endpoint', S3)]),
    table(TABLE_C, [C], [route(S3_LIST, 'vpc-endpoint', S3)]),
  ]),
  networkAcls: known([acl(ACL_A, [A]), acl(ACL_C, [C]), acl(ACL_PUBLIC, [PUBLIC_A, PUBLIC_C])]),
  securityGroups: known([
    group(TASK_GROUP, 'web-task', [], [rule({ groupIds: [ENDPOINT_GROUP] }), rule({ prefixListIds: [S3_LIST] })]),
    group(ENDPOINT_GROUP, 'endpoints', [rule({ groupIds: [TASK_GROUP] })], []),
  ]),
  groupAssociations: known0(),
  instances: known0(),
  endpoints: known([...ENDPOINTS, GATEWAY_ENDPOINT]),
  interfaces: known(ENDPOINTS.flatMap((one, at) => endpointInterfaces(one, 11 + at))),
  natGateways: known0(),
  internetGateways: known([{ id: GATEWAY, attachments: [{ vpcId: VPC, state: 'available' }] }]),
  egressOnlyGateways: known0(),
  prefixLists: known([
    {
      id: S3_LIST,
      name: `com.amazonaws.${REGION}.s3`,
      entries: known(['52.219.60.0/23', '52.219.148.0/23', '3.5.140.0/22']),
    },
  ]),
  dhcpOptions: known([{ id: DHCP, domainNameServers: ['AmazonProvidedDNS'] }]),
  peerings: known0(),
  transit: { gateways: known0(), vpcAttachments: known0(), attachments: known0(), routeTables: known0() },
  vpn: { gateways: known0(), connections: known0() },
  blockPublicAccess: known({ mode: 'off', state: 'default-state' }),
  encryptionControls: known0(),
  hostedZones: { [VPC]: known0() },
  resolver: { rules: known0(), firewallRules: known0(), profiles: known0() },
  loadBalancers: known0(),
}

const SERVICE: Service = {
  arn: `arn:aws:ecs:${REGION}:${ACCOUNT}:service/shop/web`,
  name: 'web',
  clusterArn: `arn:aws:ecs:${REGION}:${ACCOUNT}:cluster/shop`,
  clusterName: 'shop',
  status: 'ACTIVE',
  resourceManagementType: null,
  desiredCount: 2,
  runningCount: 2,
  pendingCount: 0,
  launchType: 'FARGATE',
  capacityProviders: [],
  capacityProviderStrategy: [],
  placementConstraints: [],
  platformVersion: '1.4.0',
  platformFamily: 'Linux',
  taskDefinitionArn: `arn:aws:ecs:${REGION}:${ACCOUNT}:task-definition/web:7`,
  deploymentController: 'ECS',
  schedulingStrategy: 'REPLICA',
  awsvpc: { subnetIds: [A, C], securityGroupIds: [TASK_GROUP], assignPublicIp: 'DISABLED' },
  deploymentConfiguration: {
    maximumPercent: 200,
    minimumHealthyPercent: 100,
    circuitBreaker: { enable: true, rollback: true },
    strategy: 'ROLLING',
    lifecycleHooks: [],
    raw: {
      deploymentCircuitBreaker: { enable: true, rollback: true },
      maximumPercent: 200,
      minimumHealthyPercent: 100,
    },
  },
  healthCheckGracePeriodSeconds: null,
  loadBalancers: [],
  serviceRegistries: [],
  serviceConnect: null,
  volumeConfigurations: [],
  vpcLatticeConfigurations: [],
  enableExecuteCommand: false,
  deployments: [],
  revisionArns: [],
  raw: {},
}

export const CONTAINER: Container = {
  name: 'web',
  image: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/web:v7`,
  secrets: [],
  environmentFiles: [],
  repositoryCredentials: null,
  logDriver: 'awslogs',
  logOptions: { 'awslogs-group': '/ecs/web', 'awslogs-region': REGION, 'awslogs-stream-prefix': 'web' },
  logSecretOptions: [],
  firelens: null,
  portMappings: [],
  healthCheck: null,
  versionConsistency: null,
  reservation: { cpu: 0, memory: 0, gpus: 0 },
}

export const VOLUME: Volume = {
  name: 'data',
  efs: null,
  s3FilesFileSystemArn: null,
  fsx: null,
  configuredAtLaunch: false,
}

export const TASK: RunningTask = {
  id: '0123456789abcdef0123456789abcdef',
  subnetId: A,
  lastStatus: 'RUNNING',
  pullSeconds: null,
  startSeconds: null,
}

/** No way to the internet: three interface endpoints in both zones, and the gateway endpoint for S3. */
export const BY_ENDPOINTS: World = {
  network: NETWORK,
  service: SERVICE,
  taskDefinition: {
    arn: SERVICE.taskDefinitionArn,
    family: 'web',
    revision: 7,
    status: 'ACTIVE',
    isNamed: false,
    networkMode: 'awsvpc',
    cpu: '256',
    memory: '512',
    executionRoleArn: `arn:aws:iam::${ACCOUNT}:role/ecsTaskExecutionRole`,
    taskRoleArn: null,
    cpuArchitecture: null,
    operatingSystemFamily: null,
    ephemeralStorageGiB: null,
    containers: [CONTAINER],
    volumes: [],
    compatibilities: [],
    placementConstraints: [],
    requiresAttributes: [],
  },
  compute: { capacityProviders: known([]), clusterCapacityProviders: known([]), instances: known([]) },
  tasks: [TASK, { ...TASK, id: '1123456789abcdef0123456789abcdef', subnetId: C }],
}

const OPEN_GROUPS = known([group(TASK_GROUP, 'web-task', [], [rule({ cidrs: ['0.0.0.0/0'] })])])

/** No endpoints: a NAT gateway in each zone. */
export const BY_NAT: World = {
  ...BY_ENDPOINTS,
  network: {
    ...NETWORK,
    endpoints: known([]),
    interfaces: known([]),
    securityGroups: OPEN_GROUPS,
    natGateways: known([nat(NAT_A, PUBLIC_A, '10.0.101.5'), nat(NAT_C, PUBLIC_C, '10.0.103.5')]),
    routeTables: known([
      { ...table('rtb-0a1b2c3d4e5f60000', [], []), main: true },
      table(TABLE_PUBLIC, [PUBLIC_A, PUBLIC_C], [route('0.0.0.0/0', 'internet-gateway', GATEWAY)]),
      table(TABLE_A, [A], [route('0.0.0.0/0', 'nat-gateway', NAT_A)]),
      table(TABLE_C, [C], [route('0.0.0.0/0', 'nat-gateway', NAT_C)]),
    ]),
  },
}

/** Tasks in the public subnets, with public addresses. */
export const IN_PUBLIC: World = {
  ...BY_ENDPOINTS,
  network: { ...NETWORK, endpoints: known([]), interfaces: known([]), securityGroups: OPEN_GROUPS },
  service: {
    ...SERVICE,
    awsvpc: { subnetIds: [PUBLIC_A, PUBLIC_C], securityGroupIds: [TASK_GROUP], assignPublicIp: 'ENABLED' },
  },
  tasks: [{ ...TASK, subnetId: PUBLIC_A }],
}
