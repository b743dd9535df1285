/** Security groups and network ACLs. */
import type { AclEntry, Permission, SecurityGroup } from './aws.ts'
import {
  addItem,
  type Cloud,
  editItem,
  itemOf,
  itemsOf,
  needed,
  type Operations,
  Refused,
  removeItem,
  replaceItems,
  type Tagged,
  tagsIn,
} from './cloud.ts'
import { GROUP_ASSOCIATIONS, NETWORK_ACLS, NETWORK_INTERFACES, PREFIX_LISTS, SECURITY_GROUPS, VPCS } from './kinds.ts'

interface RulesRequest {
  readonly GroupId?: string
  readonly IpPermissions?: readonly Permission[]
}

type Side = 'IpPermissions' | 'IpPermissionsEgress'

/** Quotas "Inbound or outbound rules per security group" and "Rules per network ACL", one direction. */
const MOST_RULES = 60
const MOST_ENTRIES = 20
const LAST_NUMBER = 32766

export const filterOperations: Operations = {
  CreateSecurityGroup(
    cloud: Cloud,
    request: Tagged & { GroupName: string; Description: string; VpcId?: string },
    answer: { GroupId: string },
  ) {
    const VpcId = needed(request.VpcId, 'VpcId')
    itemOf(cloud, VPCS, VpcId)
    if (itemsOf(cloud, SECURITY_GROUPS).some((one) => one.VpcId === VpcId && one.GroupName === request.GroupName))
      throw new Refused(
        'InvalidGroup.Duplicate',
        `The security group '${request.GroupName}' already exists in ${VpcId}`,
      )
    addItem(cloud, SECURITY_GROUPS, {
      GroupId: answer.GroupId,
      GroupName: request.GroupName,
      Description: request.Description,
      VpcId,
      OwnerId: cloud.accountId,
      IpPermissions: [],
      IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      ...tagsIn(request),
    })
  },

  DeleteSecurityGroup(cloud: Cloud, { GroupId }: { GroupId?: string }) {
    const id = needed(GroupId, 'GroupId')
    const isUsed = itemsOf(cloud, NETWORK_INTERFACES).some(({ Groups }) => Groups.some((one) => one.GroupId === id))
    const isNamed = itemsOf(cloud, SECURITY_GROUPS).some(
      (one) => one.GroupId !== id && JSON.stringify([one.IpPermissions, one.IpPermissionsEgress]).includes(id),
    )
    if (isUsed || isNamed) throw new Refused('DependencyViolation', `resource ${id} has a dependent object`)
    removeItem(cloud, SECURITY_GROUPS, id)
  },

  AssociateSecurityGroupVpc(cloud: Cloud, { GroupId, VpcId }: { GroupId: string; VpcId: string }) {
    itemOf(cloud, SECURITY_GROUPS, GroupId)
    itemOf(cloud, VPCS, VpcId)
    const own = GROUP_ASSOCIATIONS.idOf({ GroupId, VpcId, State: 'associated' })
    replaceItems(cloud, GROUP_ASSOCIATIONS, (all) => [
      ...all.filter((one) => GROUP_ASSOCIATIONS.idOf(one) !== own),
      { ...all.find((one) => GROUP_ASSOCIATIONS.idOf(one) === own), GroupId, VpcId, State: 'associated' },
    ])
  },

  DisassociateSecurityGroupVpc(cloud: Cloud, { GroupId, VpcId }: { GroupId: string; VpcId: string }) {
    editItem(cloud, GROUP_ASSOCIATIONS, `${GroupId} ${VpcId}`, (one) => {
      one.State = 'disassociated'
    })
  },

  AuthorizeSecurityGroupIngress: (cloud: Cloud, request: RulesRequest) => authorize(cloud, request, 'IpPermissions'),
  AuthorizeSecurityGroupEgress: (cloud: Cloud, request: RulesRequest) =>
    authorize(cloud, request, 'IpPermissionsEgress'),
  RevokeSecurityGroupIngress: (cloud: Cloud, request: RulesRequest) => revoke(cloud, request, 'IpPermissions'),
  RevokeSecurityGroupEgress: (cloud: Cloud, request: RulesRequest) => revoke(cloud, request, 'IpPermissionsEgress'),

  CreateNetworkAclEntry(cloud: Cloud, request: AclEntry & { NetworkAclId: string }) {
    const { NetworkAclId, ...entry } = request
    const { Entries } = itemOf(cloud, NETWORK_ACLS, NetworkAclId)
    checkEntry(entry)
    if (Entries.some((one) => sameEntry(one, entry)))
      throw new Refused('NetworkAclEntryAlreadyExists', `${NetworkAclId} has entry ${entry.RuleNumber}`)
    if (Entries.filter(({ Egress }) => Egress === entry.Egress).length >= MOST_ENTRIES)
      throw new Refused('NetworkAclEntryLimitExceeded', NetworkAclId)
    editItem(cloud, NETWORK_ACLS, NetworkAclId, (acl) => void acl.Entries.push(entry))
  },

  ReplaceNetworkAclEntry(cloud: Cloud, request: AclEntry & { NetworkAclId: string }) {
    const { NetworkAclId, ...entry } = request
    checkEntry(entry)
    entryOf(cloud, NetworkAclId, entry)
    editItem(cloud, NETWORK_ACLS, NetworkAclId, (acl) => {
      acl.Entries = acl.Entries.map((one) => (sameEntry(one, entry) ? entry : one))
    })
  },

  DeleteNetworkAclEntry(cloud: Cloud, request: { NetworkAclId: string; Egress: boolean; RuleNumber: number }) {
    entryOf(cloud, request.NetworkAclId, request)
    editItem(cloud, NETWORK_ACLS, request.NetworkAclId, (acl) => {
      acl.Entries = acl.Entries.filter((one) => !sameEntry(one, request))
    })
  },
}

/** One rule of one peer: what AWS counts and compares. */
export interface Rule {
  readonly key: string
  readonly permission: Permission
}

function authorize(cloud: Cloud, request: RulesRequest, side: Side): void {
  const group = itemOf(cloud, SECURITY_GROUPS, needed(request.GroupId, 'GroupId'))
  const added = rulesOf(needed(request.IpPermissions, 'IpPermissions'))
  if (added.length === 0) throw new Refused('MissingParameter', 'a rule needs a peer')
  const existing = rulesOf(group[side]).map(({ key }) => key)
  for (const { key, permission } of added) {
    checkPeers(cloud, group, permission)
    if (existing.includes(key))
      throw new Refused('InvalidPermission.Duplicate', `the specified rule "${key}" already exists in ${group.GroupId}`)
    existing.push(key)
  }
  if (existing.length > MOST_RULES) throw new Refused('RulesPerSecurityGroupLimitExceeded', group.GroupId)
  editItem(cloud, SECURITY_GROUPS, group.GroupId, (one) => void one[side].push(...added.map((rule) => rule.permission)))
}

function revoke(cloud: Cloud, request: RulesRequest, side: Side): void {
  const group = itemOf(cloud, SECURITY_GROUPS, needed(request.GroupId, 'GroupId'))
  const gone = rulesOf(needed(request.IpPermissions, 'IpPermissions')).map(({ key }) => key)
  const own = rulesOf(group[side])
  if (gone.some((key) => !own.some((rule) => rule.key === key)))
    throw new Refused('InvalidPermission.NotFound', `${group.GroupId} has no such rule`)
  editItem(cloud, SECURITY_GROUPS, group.GroupId, (one) => {
    one[side] = own.filter(({ key }) => !gone.includes(key)).map(({ permission }) => permission)
  })
}

const PROTOCOLS: Readonly<Record<string, string>> = { '6': 'tcp', '17': 'udp', '1': 'icmp', '58': 'icmpv6' }

export function rulesOf(permissions: readonly Permission[]): readonly Rule[] {
  return permissions.flatMap(({ IpProtocol, FromPort, ToPort, ...peers }) => {
    const protocol = PROTOCOLS[IpProtocol] ?? IpProtocol
    const ports = protocol === '-1' ? {} : { FromPort, ToPort }
    if ((protocol === 'tcp' || protocol === 'udp') && (FromPort === undefined || ToPort === undefined))
      throw new Refused('MissingParameter', `${protocol} needs ports`)
    if (FromPort !== undefined && ToPort !== undefined && protocol !== 'icmp' && FromPort > ToPort)
      throw new Refused('InvalidParameterValue', `Invalid TCP/UDP port range (${FromPort}:${ToPort})`)
    const head = {
      IpProtocol: protocol,
      ...Object.fromEntries(Object.entries(ports).filter(([, port]) => port !== undefined)),
    }
    const rule = (key: string, peer: Partial<Permission>): Rule => ({
      key: `${protocol} ${ports.FromPort}-${ports.ToPort} ${key}`,
      permission: { ...head, ...peer },
    })
    return [
      ...(peers.IpRanges ?? []).map((one) => rule(one.CidrIp, { IpRanges: [one] })),
      ...(peers.Ipv6Ranges ?? []).map((one) => rule(one.CidrIpv6, { Ipv6Ranges: [one] })),
      ...(peers.PrefixListIds ?? []).map((one) => rule(one.PrefixListId, { PrefixListIds: [one] })),
      ...(peers.UserIdGroupPairs ?? []).map((one) => rule(one.GroupId, { UserIdGroupPairs: [one] })),
    ]
  })
}

function checkPeers(cloud: Cloud, group: SecurityGroup, permission: Permission): void {
  for (const { PrefixListId } of permission.PrefixListIds ?? []) itemOf(cloud, PREFIX_LISTS, PrefixListId)
  for (const { GroupId } of permission.UserIdGroupPairs ?? []) itemOf(cloud, SECURITY_GROUPS, GroupId)
  for (const { CidrIp } of permission.IpRanges ?? [])
    if (!/^\d+\.\d+\.\d+\.\d+\/\d+$/.test(CidrIp))
      throw new Refused('InvalidParameterValue', `CIDR block ${CidrIp} is malformed`)
  for (const { CidrIpv6 } of permission.Ipv6Ranges ?? [])
    if (!/^[0-9a-f:]+\/\d+$/.test(CidrIpv6))
      throw new Refused('InvalidParameterValue', `CIDR block ${CidrIpv6} is malformed (${group.GroupId})`)
}

function checkEntry(entry: AclEntry): void {
  if (entry.RuleNumber < 1 || entry.RuleNumber > LAST_NUMBER)
    throw new Refused('InvalidParameterValue', `rule number ${entry.RuleNumber}`)
  if (entry.CidrBlock === undefined && entry.Ipv6CidrBlock === undefined)
    throw new Refused('MissingParameter', 'cidrBlock')
  if ((entry.Protocol === '6' || entry.Protocol === '17') && entry.PortRange === undefined)
    throw new Refused('MissingParameter', 'portRange')
  const { From, To } = entry.PortRange ?? { From: 0, To: 0 }
  if (From > To || To > 65535) throw new Refused('InvalidParameterValue', `port range ${From}-${To}`)
}

function sameEntry(one: Pick<AclEntry, 'Egress' | 'RuleNumber'>, other: Pick<AclEntry, 'Egress' | 'RuleNumber'>) {
  return one.Egress === other.Egress && one.RuleNumber === other.RuleNumber
}

function entryOf(cloud: Cloud, aclId: string, entry: Pick<AclEntry, 'Egress' | 'RuleNumber'>): AclEntry {
  const found = itemOf(cloud, NETWORK_ACLS, aclId).Entries.find((one) => sameEntry(one, entry))
  if (found === undefined) throw new Refused('InvalidNetworkAclEntry.NotFound', `${aclId} entry ${entry.RuleNumber}`)
  return found
}
