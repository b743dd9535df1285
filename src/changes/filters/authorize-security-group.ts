/** A rule of a security group. EC2 API Reference, AuthorizeSecurityGroupIngress and -Egress. */
import type { ChangeOf } from '../../domain/change.ts'
import type { GatheredFacts } from '../../domain/facts.ts'
import type { SecurityGroupRule } from '../../domain/network.ts'
import type { Text } from '../../domain/text.ts'
import { coversProtocol } from '../../network/security-groups.ts'
import type { Applied, ChangeDefinition, Resolved } from '../change-kind.ts'
import type { CommandLine } from '../command-line.ts'
import { changeOne, itemOf, itemsOf } from '../network-facts.ts'
import { type TerraformBlock, text } from '../terraform.ts'

type Kind = 'authorize-security-group-egress' | 'authorize-security-group-ingress'
type Rule = Resolved<ChangeOf<Kind>>

export const authorizeSecurityGroupEgress: ChangeDefinition<'authorize-security-group-egress'> = {
  kind: 'authorize-security-group-egress',
  ...forms('egress'),
}

export const authorizeSecurityGroupIngress: ChangeDefinition<'authorize-security-group-ingress'> = {
  kind: 'authorize-security-group-ingress',
  ...forms('ingress'),
}

function forms(direction: 'egress' | 'ingress') {
  return {
    console: (rule: Rule) => [direction === 'egress' ? outbound(rule) : inbound(rule)],

    cli: (rule: Rule): readonly CommandLine[] => [
      {
        aws: ['ec2', `authorize-security-group-${direction}`],
        flags: [
          ['--group-id', rule.groupId],
          ['--ip-permissions', permissionOf(rule)],
        ],
      },
    ],

    terraform: (rule: Rule): readonly TerraformBlock[] => [
      {
        type: `aws_vpc_security_group_${direction}_rule`,
        name: `${rule.groupId}_${peerOf(rule).id}_${rule.fromPort}`,
        fields: [
          ['security_group_id', text(rule.groupId)],
          ['ip_protocol', text(rule.ipProtocol)],
          ['from_port', String(rule.fromPort)],
          ['to_port', String(rule.toPort)],
          [peerOf(rule).argument, text(peerOf(rule).id)],
        ],
      },
    ],

    apply: (facts: GatheredFacts, rule: Rule) => withRule(facts, rule, direction),
  }
}

function inbound(rule: Rule): Text {
  const [{ groupId }, { id }, type] = [rule, peerOf(rule), typeOf(rule)]
  return {
    en: `EC2 → Security groups → ${groupId} → Inbound rules → Edit inbound rules → Add rule: ${type.en}, source ${id} → Save rules`,
    ko: `EC2 → 보안 그룹 → ${groupId} → 인바운드 규칙 → 인바운드 규칙 편집 → 규칙 추가에서 다음 규칙을 입력하고 규칙 저장을 누릅니다. ${type.ko}, 소스: ${id}`,
  }
}

function outbound(rule: Rule): Text {
  const [{ groupId }, { id }, type] = [rule, peerOf(rule), typeOf(rule)]
  return {
    en: `EC2 → Security groups → ${groupId} → Outbound rules → Edit outbound rules → Add rule: ${type.en}, destination ${id} → Save rules`,
    ko: `EC2 → 보안 그룹 → ${groupId} → 아웃바운드 규칙 → 아웃바운드 규칙 편집 → 규칙 추가에서 다음 규칙을 입력하고 규칙 저장을 누릅니다. ${type.ko}, 대상: ${id}`,
  }
}

function typeOf({ fromPort, toPort }: Rule): Text {
  if (fromPort === 443 && toPort === 443) return { en: 'HTTPS (443)', ko: 'HTTPS(443)' }
  const ports = fromPort === toPort ? fromPort : `${fromPort}-${toPort}`
  return { en: `TCP ${ports}`, ko: `TCP ${ports}` }
}

/** As IpPermission writes it, and as Terraform names it. */
function peerOf({ cidrIpv4, cidrIpv6, prefixListId, referencedGroupId = '' }: Rule) {
  if (cidrIpv4 !== undefined)
    return { id: cidrIpv4, member: `IpRanges=[{CidrIp=${cidrIpv4}}]`, argument: 'cidr_ipv4' } as const
  if (cidrIpv6 !== undefined)
    return { id: cidrIpv6, member: `Ipv6Ranges=[{CidrIpv6=${cidrIpv6}}]`, argument: 'cidr_ipv6' } as const
  if (prefixListId !== undefined)
    return { id: prefixListId, member: `PrefixListIds=[{PrefixListId=${prefixListId}}]`, argument: 'prefix_list_id' }
  const member = `UserIdGroupPairs=[{GroupId=${referencedGroupId}}]`
  return { id: referencedGroupId, member, argument: 'referenced_security_group_id' } as const
}

function permissionOf(rule: Rule): string {
  return `IpProtocol=${rule.ipProtocol},FromPort=${rule.fromPort},ToPort=${rule.toPort},${peerOf(rule).member}`
}

function withRule(facts: GatheredFacts, rule: Rule, direction: 'egress' | 'ingress'): Applied {
  const { groupId, prefixListId, referencedGroupId } = rule
  if (itemsOf(facts, 'securityGroups') === null) return null
  // Groups of other accounts and lists that nobody read may well be there.
  if (referencedGroupId !== undefined && itemOf(facts, 'securityGroups', referencedGroupId) === undefined) return null
  if (prefixListId !== undefined && itemOf(facts, 'prefixLists', prefixListId) === undefined) return null
  const added = ruleOf(rule)
  return changeOne(facts, 'securityGroups', groupId, (group) =>
    group[direction].some((one) => holds(one, added))
      ? { refused: 'InvalidPermission.Duplicate' }
      : { ...group, [direction]: [...group[direction], added] },
  )
}

function ruleOf({ ipProtocol, fromPort, toPort, ...peer }: Rule): SecurityGroupRule {
  const { cidrIpv4, cidrIpv6, prefixListId, referencedGroupId } = peer
  return {
    protocol: ipProtocol,
    ports: { from: fromPort, to: toPort },
    cidrs: [cidrIpv4 ?? [], cidrIpv6 ?? []].flat(),
    prefixListIds: prefixListId === undefined ? [] : [prefixListId],
    groupIds: referencedGroupId === undefined ? [] : [referencedGroupId],
  }
}

/** The very rule; a wider one is no obstacle. */
function holds(one: SecurityGroupRule, added: SecurityGroupRule): boolean {
  return (
    one.protocol !== '-1' &&
    coversProtocol(one.protocol, added.protocol) &&
    one.ports?.from === added.ports?.from &&
    one.ports?.to === added.ports?.to &&
    added.cidrs.every((cidr) => one.cidrs.includes(cidr)) &&
    added.prefixListIds.every((id) => one.prefixListIds.includes(id)) &&
    added.groupIds.every((id) => one.groupIds.includes(id))
  )
}
