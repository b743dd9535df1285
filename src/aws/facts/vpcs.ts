/** VPCs, subnets, DHCP options and VPC attributes, from EC2's answers. */
import { type Answer, known, unread } from '../../domain/answer.ts'
import type { BlockPublicAccess, DhcpOptions, EncryptionControl, Subnet, Vpc } from '../../domain/network.ts'
import {
  at,
  count,
  fieldsOf,
  flag,
  idOf,
  isBlockOrNone,
  isLoose,
  type Loose,
  listAt,
  type RawAnswer,
  text,
  word,
} from './shape.ts'

/** Block states of a CIDR that packets can be sent to (EC2 API, VpcCidrBlockState). */
const IN_USE = new Set(['associated', 'associating'])

export function toVpc(record: Loose): Vpc | null {
  const id = idOf(record['VpcId'])
  if (id === null || !hasOnlyBlocks(record)) return null
  const cidrs = [
    ...associated(record, 'CidrBlockAssociationSet', 'CidrBlock', 'CidrBlockState'),
    ...associated(record, 'Ipv6CidrBlockAssociationSet', 'Ipv6CidrBlock', 'Ipv6CidrBlockState'),
  ]
  const primary = text(record['CidrBlock'])
  return {
    id,
    cidrs: [...new Set([...(primary === null ? [] : [primary]), ...cidrs])],
    dhcpOptionsId: text(record['DhcpOptionsId']),
  }
}

export function toSubnet(record: Loose): Subnet | null {
  const id = idOf(record['SubnetId'])
  const vpcId = idOf(record['VpcId'])
  const ipv4 = text(record['CidrBlock'])
  const free = record['AvailableIpAddressCount']
  const isCount = free === undefined || free === null || count(free) !== null
  if (id === null || vpcId === null || !isCount || !hasOnlyBlocks(record)) return null
  return {
    id,
    vpcId,
    cidrs: [
      ...(ipv4 === null || ipv4 === '' ? [] : [ipv4]),
      ...associated(record, 'Ipv6CidrBlockAssociationSet', 'Ipv6CidrBlock', 'Ipv6CidrBlockState'),
    ],
    zone: text(record['AvailabilityZone']) ?? '',
    zoneId: text(record['AvailabilityZoneId']) ?? '',
    // IPv4 addresses are counted (EC2 API, Subnet): 0 of an IPv6-only subnet says nothing.
    freeAddresses: ipv4 === null || ipv4 === '' ? null : count(free),
    mapPublicIp: flag(record['MapPublicIpOnLaunch']) ?? false,
    dns64: flag(record['EnableDns64']) ?? false,
    internetGatewayBlockMode: blockMode(at(record, 'BlockPublicAccessStates', 'InternetGatewayBlockMode')),
    firewallConnectivity: text(record['NetworkFirewallConnectivityType']),
    name: nameTag(record),
  }
}

function hasOnlyBlocks(record: Loose): boolean {
  return [
    record['CidrBlock'],
    ...listAt(record, 'CidrBlockAssociationSet').map((one) => one['CidrBlock']),
    ...listAt(record, 'Ipv6CidrBlockAssociationSet').map((one) => one['Ipv6CidrBlock']),
  ].every(isBlockOrNone)
}

function blockMode(value: unknown): string | null {
  return text(value)?.toLowerCase() ?? null
}

/** A block without a state is taken as associated: recordings leave it out, AWS does not. */
function associated(record: Loose, list: string, block: string, state: string): readonly string[] {
  return listAt(record, list)
    .filter((one) => IN_USE.has(word(at(one, state, 'State'), 'associated')))
    .flatMap((one) => text(one[block]) ?? [])
}

export function nameTag(record: Loose): string | null {
  return text(listAt(record, 'Tags').find((tag) => tag['Key'] === 'Name')?.['Value'])
}

export function toDhcpOptions(record: Loose): DhcpOptions | null {
  const id = idOf(record['DhcpOptionsId'])
  if (id === null) return null
  const servers = listAt(record, 'DhcpConfigurations').filter((one) => one['Key'] === 'domain-name-servers')
  return { id, domainNameServers: servers.flatMap((one) => fieldsOf(one['Values'], 'Value')) }
}

/** `attribute` as the answer spells it, `EnableDnsSupport`. */
export function toVpcAttribute(answer: RawAnswer, permission: string, attribute: string): Answer<boolean> {
  if (!answer.known) return answer
  const value = flag(at(answer.value[0], attribute, 'Value'))
  return value === null ? unread('garbled', permission, attribute) : known(value)
}

export function toBlockPublicAccess(answer: RawAnswer, permission: string): Answer<BlockPublicAccess> {
  if (!answer.known) return answer
  const options = at(answer.value[0], 'VpcBlockPublicAccessOptions')
  const mode = text(at(options, 'InternetGatewayBlockMode'))
  if (mode === null) return unread('garbled', permission, 'VpcBlockPublicAccessOptions')
  return known({ mode: mode.toLowerCase(), state: word(at(options, 'State')) })
}

export function toEncryptionControl(record: Loose): EncryptionControl | null {
  const vpcId = idOf(record['VpcId'])
  if (vpcId === null) return null
  const exclusions = isLoose(record['ResourceExclusions']) ? record['ResourceExclusions'] : {}
  return {
    vpcId,
    mode: word(record['Mode']),
    state: word(record['State']),
    exclusions: Object.fromEntries(Object.entries(exclusions).map(([kind, one]) => [kind, word(at(one, 'State'))])),
  }
}
