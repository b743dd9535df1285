/**
 * Security groups: allow rules only, united over all groups of an interface; replies need no rule.
 * VPC User Guide, "Security group rules".
 */
import { missingFrom } from '../domain/answer.ts'
import type { SecurityGroup, SecurityGroupRule } from '../domain/network.ts'
import type { Missing } from '../domain/path.ts'
import { type Family, rangesOf } from './addresses.ts'
import type { NetworkIndex } from './network-index.ts'
import { type Ranges, unionAll } from './ranges.ts'

export type Direction = 'ingress' | 'egress'

/** A rule that opens the port, with the group that holds it. */
export interface OpenRule {
  readonly groupId: string
  readonly rule: SecurityGroupRule
}

/** What the groups together let through for one protocol and port. */
export interface Opening {
  readonly addresses: (family: Family) => Ranges
  /** Groups whose members' private addresses are let through. */
  readonly groupIds: ReadonlySet<string>
  readonly rules: readonly OpenRule[]
  /** Set when a group or a prefix list could not be read: more may be open than `addresses` says. */
  readonly missing: Missing | null
}

const PROTOCOL_NAMES: Readonly<Record<string, string>> = { '6': 'tcp', '17': 'udp', '1': 'icmp', '58': 'icmpv6' }

/** Does this protocol text, as AWS writes it in a rule or ACL entry, cover `tcp` or `udp`? */
export function coversProtocol(written: string, protocol: string): boolean {
  return written === '-1' || written === protocol || PROTOCOL_NAMES[written] === protocol
}

/** EC2 API, IpPermission: `-1` ignores ports; tcp and udp give an inclusive span, absent or -1 for all ports. */
function opensPort(rule: SecurityGroupRule, protocol: string, port: number): boolean {
  if (!coversProtocol(rule.protocol, protocol)) return false
  if (rule.protocol === '-1' || rule.ports === null) return true
  return rule.ports.from === -1 || (rule.ports.from <= port && port <= rule.ports.to)
}

export function openingOf(
  index: NetworkIndex,
  groupIds: readonly string[],
  direction: Direction,
  protocol: string,
  port: number,
): Opening {
  return index.once(`opening ${groupIds.join(' ')} ${direction} ${protocol} ${port}`, () => {
    const rules: OpenRule[] = []
    let missing: Missing | null = null
    for (const id of groupIds) {
      const found = index.securityGroup(id)
      if (found.is === 'there') for (const rule of openRules(found.value, direction, protocol, port)) rules.push(rule)
      else missing ??= found.is === 'unread' ? found.missing : unseenGroup(id)
    }
    const lists = [...new Set(rules.flatMap(({ rule }) => rule.prefixListIds))].map((id) => index.prefixList(id))
    for (const list of lists) {
      if (list.is === 'unread') missing ??= list.missing
      else if (list.is === 'absent') missing ??= unseenList()
    }
    const cidrs = rules.flatMap(({ rule }) => rule.cidrs)
    const addresses = (family: Family) =>
      unionAll([
        rangesOf(cidrs, family),
        ...lists.map((list) => (list.is === 'there' ? list.value.ranges(family) : [])),
      ])
    const byFamily = { 4: addresses(4), 6: addresses(6) }
    return {
      addresses: (family) => byFamily[family],
      groupIds: new Set(rules.flatMap(({ rule }) => rule.groupIds)),
      rules,
      missing,
    }
  })
}

function openRules(group: SecurityGroup, direction: Direction, protocol: string, port: number): OpenRule[] {
  return group[direction].filter((rule) => opensPort(rule, protocol, port)).map((rule) => ({ groupId: group.id, rule }))
}

export function unseenGroup(id: string): Missing {
  const because = { en: `security group ${id} is not visible`, ko: `조회할 수 없는 보안 그룹: ${id}` }
  return { permission: 'ec2:DescribeSecurityGroups', reason: ['security-group-unseen', id], because }
}

function unseenList(): Missing {
  return missingFrom(
    { known: false, because: 'not-found', permission: 'ec2:GetManagedPrefixListEntries', detail: '' },
    ['prefix-list-of-rule-unread'],
    { en: 'a prefix list that a rule names', ko: '규칙에 있는 접두사 목록' },
  )
}
