/** VPC endpoints, network interfaces and the instances that have them, from EC2's answers. */
import type { Endpoint, Instance, NetworkInterface } from '../../domain/network.ts'
import { at, fieldsOf, flag, idOf, isLoose, type Loose, listAt, text, texts, word } from './shape.ts'

export function toEndpoint(record: Loose): Endpoint | null {
  const id = idOf(record['VpcEndpointId'])
  const vpcId = idOf(record['VpcId'])
  // Resource and service-network endpoints name no service: their ARNs stand elsewhere.
  const serviceName = text(record['ServiceName']) ?? ''
  if (id === null || vpcId === null) return null
  return {
    id,
    vpcId,
    // Gateway is what the API takes when no type is given (EC2 API, CreateVpcEndpoint).
    type: word(record['VpcEndpointType'], 'gateway'),
    serviceName,
    serviceRegion: text(record['ServiceRegion']),
    state: word(record['State']),
    privateDns: flag(record['PrivateDnsEnabled']) ?? false,
    privateDnsForInboundResolverOnly:
      flag(at(record, 'DnsOptions', 'PrivateDnsOnlyForInboundResolverEndpoint')) ?? false,
    dnsRecordIpType: text(at(record, 'DnsOptions', 'DnsRecordIpType'))?.toLowerCase() ?? null,
    dnsNames: fieldsOf(record['DnsEntries'], 'DnsName').map((name) => name.toLowerCase()),
    subnetIds: texts(record['SubnetIds']),
    interfaceIds: texts(record['NetworkInterfaceIds']),
    routeTableIds: texts(record['RouteTableIds']),
    groupIds: fieldsOf(record['Groups'], 'GroupId'),
    policy: policyOf(record['PolicyDocument']),
  }
}

/** Recordings that went through other tools may hold the policy as JSON and not as text. */
function policyOf(value: unknown): string | null {
  if (isLoose(value)) return JSON.stringify(value)
  return idOf(value)
}

export function toInterface(record: Loose): NetworkInterface | null {
  const id = idOf(record['NetworkInterfaceId'])
  const subnetId = idOf(record['SubnetId'])
  if (id === null || subnetId === null) return null
  const addresses = listAt(record, 'PrivateIpAddresses')
  const primary = text(record['PrivateIpAddress'])
  const privateIps = [...(primary === null ? [] : [primary]), ...fieldsOf(addresses, 'PrivateIpAddress')]
  return {
    id,
    subnetId,
    vpcId: text(record['VpcId']) ?? '',
    groupIds: fieldsOf(record['Groups'], 'GroupId'),
    privateIps: [...new Set(privateIps)],
    ipv6Addresses: fieldsOf(record['Ipv6Addresses'], 'Ipv6Address'),
    publicIp: publicIpOf(record, addresses),
    type: word(record['InterfaceType'], 'interface'),
    description: text(record['Description']) ?? '',
    instanceId: text(at(record, 'Attachment', 'InstanceId')),
    sourceDestCheck: flag(record['SourceDestCheck']),
  }
}

function publicIpOf(record: Loose, addresses: readonly Loose[]): string | null {
  const own = text(at(record, 'Association', 'PublicIp'))
  return own ?? addresses.map((one) => text(at(one, 'Association', 'PublicIp'))).find((ip) => ip !== null) ?? null
}

export function toInstance(record: Loose): Instance | null {
  const id = idOf(record['InstanceId'])
  if (id === null) return null
  const interfaceIds = fieldsOf(record['NetworkInterfaces'], 'NetworkInterfaceId')
  return { id, state: word(at(record, 'State', 'Name')), interfaceIds }
}
