/** Network ACLs and security groups, from EC2's answers. A rule that makes no sense spoils its filter: it may be the one that decides. */
import type {
  GroupAssociation,
  NetworkAcl,
  NetworkAclEntry,
  SecurityGroup,
  SecurityGroupRule,
} from '../../domain/network.ts'
import type { PortRange } from '../../domain/path.ts'
import { at, count, fieldsOf, flag, idOf, isBlock, isLoose, type Loose, text, word } from './shape.ts'

export function toNetworkAcl(record: Loose): NetworkAcl | null {
  const id = idOf(record['NetworkAclId'])
  const vpcId = idOf(record['VpcId'])
  const entries = Array.isArray(record['Entries']) ? record['Entries'].map(toEntry) : [null]
  if (id === null || vpcId === null || entries.includes(null)) return null
  return {
    id,
    vpcId,
    isDefault: flag(record['IsDefault']) ?? false,
    subnetIds: fieldsOf(record['Associations'], 'SubnetId'),
    entries: entries.filter((entry) => entry !== null),
  }
}

function toEntry(record: unknown): NetworkAclEntry | null {
  if (!isLoose(record)) return null
  const ruleNumber = count(record['RuleNumber'])
  const protocol = protocolOf(record['Protocol'])
  const cidr = idOf(record['CidrBlock']) ?? idOf(record['Ipv6CidrBlock'])
  const egress = flag(record['Egress'])
  const action = text(record['RuleAction'])?.toLowerCase()
  const ports = portsOf(at(record, 'PortRange', 'From'), at(record, 'PortRange', 'To'))
  if (ruleNumber === null || protocol === null || !isBlock(cidr) || egress === null || ports === undefined) return null
  if (action !== 'allow' && action !== 'deny') return null
  return { egress, ruleNumber, allow: action === 'allow', protocol, cidr, ports }
}

export function toSecurityGroup(record: Loose): SecurityGroup | null {
  const id = idOf(record['GroupId'])
  const ingress = rulesOf(record['IpPermissions'])
  const egress = rulesOf(record['IpPermissionsEgress'])
  if (id === null || ingress === null || egress === null) return null
  return { id, vpcId: text(record['VpcId']) ?? '', name: text(record['GroupName']) ?? '', ingress, egress }
}

export function toGroupAssociation(record: Loose): GroupAssociation | null {
  const groupId = idOf(record['GroupId'])
  const vpcId = idOf(record['VpcId'])
  return groupId === null || vpcId === null ? null : { groupId, vpcId, state: word(record['State']) }
}

/** Null when a rule is not one: a group without its rules would be a closed group. */
function rulesOf(value: unknown): readonly SecurityGroupRule[] | null {
  if (!Array.isArray(value)) return null
  const rules = value.map(toRule)
  return rules.includes(null) ? null : rules.filter((rule) => rule !== null)
}

function toRule(record: unknown): SecurityGroupRule | null {
  if (!isLoose(record)) return null
  const protocol = protocolOf(record['IpProtocol'])
  const ports = portsOf(record['FromPort'], record['ToPort'])
  const cidrs = [...valuesOf(record['IpRanges'], 'CidrIp'), ...valuesOf(record['Ipv6Ranges'], 'CidrIpv6')]
  if (protocol === null || ports === undefined || !cidrs.every(isBlock)) return null
  return {
    protocol,
    ports,
    cidrs,
    prefixListIds: fieldsOf(record['PrefixListIds'], 'PrefixListId'),
    groupIds: fieldsOf(record['UserIdGroupPairs'], 'GroupId'),
  }
}

/** Of each element, whatever it is. */
function valuesOf(list: unknown, key: string): readonly unknown[] {
  return Array.isArray(list) ? list.map((one) => at(one, key)) : []
}

function protocolOf(value: unknown): string | null {
  const protocol = typeof value === 'number' ? String(value) : idOf(value)
  return protocol?.toLowerCase() ?? null
}

/** Null means every port (no range, or AWS's -1); undefined a range with half of it missing. ICMP puts type and code here. */
function portsOf(from: unknown, to: unknown): PortRange | null | undefined {
  if ((from === undefined || from === null) && (to === undefined || to === null)) return null
  const first = count(from)
  const last = count(to)
  if (first === null || last === null) return undefined
  return first === -1 && last === -1 ? null : { from: first, to: last }
}
