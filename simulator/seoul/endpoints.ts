/** The VPC endpoints of the Seoul incident, and the network interfaces of endpoints and tasks. */
import {
  ACCOUNT,
  attachmentId,
  ENDPOINT_GROUP,
  ecsArn,
  named,
  REGION,
  S3_ENDPOINT,
  SUBNETS,
  type Subnet,
  s3Tables,
  subnetOfTask,
  TASK_GROUP,
  TASKS,
  VPC,
} from './names.ts'

interface Endpoint {
  readonly service: string
  /** That it answers for. */
  readonly host: string
  readonly id: string
  /** Byte of its addresses. */
  readonly last: number
  /** One in each subnet. */
  readonly interfaceIds: readonly string[]
}

// biome-ignore format: one line an endpoint
const ENDPOINTS: readonly Endpoint[] = [
  { service: 'ecr.api', host: 'api.ecr', id: 'vpce-01b7e3d95ac28f640', last: 21, interfaceIds: ['eni-0a15c9e7b3d82f461', 'eni-0b26d0f8c4e93a572'] },
  { service: 'ecr.dkr', host: '*.dkr.ecr', id: 'vpce-02c8f4e06bd39a751', last: 22, interfaceIds: ['eni-0c37e1a9d5f04b683', 'eni-0d48f2b0e6a15c794'] },
  { service: 'logs', host: 'logs', id: 'vpce-03d9a5f17ce40b862', last: 23, interfaceIds: ['eni-0e59a3c1f7b26d805', 'eni-0f60b4d2a8c37e916'] },
]

const OPEN_POLICY = JSON.stringify({ Statement: [{ Action: '*', Effect: 'Allow', Principal: '*', Resource: '*' }] })

/** Three interface endpoints that lack nothing, and the gateway endpoint that lacks a route table unless `healthy`. */
export function endpoints(healthy: boolean) {
  return [...ENDPOINTS.map(endpoint), s3Endpoint(healthy)]
}

function endpoint({ service, host, id, interfaceIds }: Endpoint) {
  const zones = SUBNETS.map(({ zone }) => `-${zone}`)
  const names = ['', ...zones].map(
    (zone) => `${id}-4h2k9x7q${zone}.${host.replace('*.', '')}.${REGION}.vpce.amazonaws.com`,
  )
  return {
    VpcEndpointId: id,
    VpcEndpointType: 'Interface',
    VpcId: VPC,
    ServiceName: `com.amazonaws.${REGION}.${service}`,
    State: 'available',
    PolicyDocument: OPEN_POLICY,
    RouteTableIds: [],
    SubnetIds: SUBNETS.map((one) => one.id),
    Groups: [{ GroupId: ENDPOINT_GROUP, GroupName: 'nestjs-endpoints' }],
    IpAddressType: 'ipv4',
    DnsOptions: { DnsRecordIpType: 'ipv4' },
    PrivateDnsEnabled: true,
    RequesterManaged: false,
    NetworkInterfaceIds: interfaceIds,
    DnsEntries: [
      ...names.map((DnsName) => ({ DnsName, HostedZoneId: 'Z27UANNT0PRK1T' })),
      { DnsName: `${host}.${REGION}.amazonaws.com`, HostedZoneId: 'ZONEIDPENDING' },
    ],
    CreationTimestamp: '2026-03-04T07:51:18.420000+00:00',
    Tags: named(`nestjs-${service}`),
    OwnerId: ACCOUNT,
    ServiceRegion: REGION,
  }
}

function s3Endpoint(healthy: boolean) {
  return {
    VpcEndpointId: S3_ENDPOINT,
    VpcEndpointType: 'Gateway',
    VpcId: VPC,
    ServiceName: `com.amazonaws.${REGION}.s3`,
    State: 'available',
    PolicyDocument: OPEN_POLICY,
    RouteTableIds: s3Tables(healthy),
    SubnetIds: [],
    Groups: [],
    PrivateDnsEnabled: false,
    RequesterManaged: false,
    NetworkInterfaceIds: [],
    DnsEntries: [],
    CreationTimestamp: '2026-03-04T07:49:02+00:00',
    Tags: named('nestjs-s3'),
    OwnerId: ACCOUNT,
    ServiceRegion: REGION,
  }
}

export function interfaces(healthy: boolean) {
  const ofEndpoints = ENDPOINTS.flatMap(({ id, last, interfaceIds }) =>
    SUBNETS.map((one, at) => ({
      ...networkInterface(interfaceIds[at] ?? '', one, last, {
        GroupId: ENDPOINT_GROUP,
        GroupName: 'nestjs-endpoints',
      }),
      Description: `VPC Endpoint Interface ${id}`,
      InterfaceType: 'vpc_endpoint',
      RequesterManaged: true,
      SourceDestCheck: true,
    })),
  )
  const ofTasks = TASKS.map((own, at) => ({
    ...networkInterface(own.interfaceId, subnetOfTask(at, healthy), own.last, {
      GroupId: TASK_GROUP,
      GroupName: 'nestjs-tasks',
    }),
    Description: ecsArn(`attachment/${attachmentId(own)}`),
    InterfaceType: 'interface',
    RequesterManaged: true,
    SourceDestCheck: true,
  }))
  return [...ofEndpoints, ...ofTasks]
}

function networkInterface(
  NetworkInterfaceId: string,
  { id, host, zone }: Subnet,
  last: number,
  group: Readonly<Record<string, string>>,
) {
  return {
    Attachment: {
      AttachmentId: NetworkInterfaceId.replace('eni', 'ela-attach'),
      DeleteOnTermination: false,
      DeviceIndex: 1,
      InstanceOwnerId: 'amazon-aws',
      Status: 'attached',
    },
    AvailabilityZone: zone,
    Groups: [group],
    Ipv6Addresses: [],
    NetworkInterfaceId,
    OwnerId: ACCOUNT,
    PrivateIpAddress: host(last),
    PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: host(last) }],
    Status: 'in-use',
    SubnetId: id,
    TagSet: [],
    VpcId: VPC,
  }
}
