/** Security groups and their rules. */
import type { ChangeOf } from '../../domain/change.ts'
import type { GatheredFacts } from '../../domain/facts.ts'
import type { SecurityGroupRule } from '../../domain/network.ts'
import type { Text } from '../../domain/text.ts'
import { coversProtocol } from '../../network/security-groups.ts'
import type { Applied, Definitions, Resolved } from '../change-kind.ts'
import { callOf } from '../command-line.ts'
import { changeOne, itemOf, itemsOf, withItems, withNetwork } from '../network-facts.ts'
import { argumentsOf, fieldsOf, text } from '../terraform.ts'

type Kind = 'authorize-security-group-egress' | 'authorize-security-group-ingress'
type Rule = Resolved<ChangeOf<Kind>>
type Peer = Pick<Rule, 'cidrIpv4' | 'cidrIpv6' | 'prefixListId' | 'referencedGroupId'>

export const securityGroups: Definitions<
  | 'create-security-group'
  | 'associate-security-group-vpc'
  | 'authorize-security-group-egress'
  | 'authorize-security-group-ingress'
> = {
  /** A security group that lets nothing in and everything out. EC2 API Reference, CreateSecurityGroup. */
  'create-security-group': {
    made: { query: 'GroupId', words: { en: 'the new security group', ko: '새 보안 그룹' } },
    console: ({ groupName, description, vpcId }) => ({
      en: `VPC → Security groups → Create security group: name ${groupName}, description "${description}", VPC ${vpcId} → Create security group`,
      ko: `VPC → 보안 그룹 → 보안 그룹 생성에서 다음과 같이 지정하고 보안 그룹 생성을 누릅니다. 이름: ${groupName}, 설명: "${description}", VPC: ${vpcId}`,
    }),

    cli: 'ec2',
    terraform: (change) => ({
      type: 'aws_security_group',
      name: change.groupName,
      fields: [['name', text(change.groupName)], ...argumentsOf(change, 'description', 'vpcId')],
    }),

    apply(facts, { makes, groupName, vpcId }) {
      const groups = itemsOf(facts, 'securityGroups')
      if (groups === null) return null
      if (itemOf(facts, 'vpcs', vpcId) === undefined) return { refused: 'InvalidVpcID.NotFound' }
      if (groups.some((one) => one.vpcId === vpcId && one.name === groupName))
        return { refused: 'InvalidGroup.Duplicate' }
      const everywhere = { protocol: '-1', ports: null, cidrs: ['0.0.0.0/0'], prefixListIds: [], groupIds: [] }
      const made = { id: makes, vpcId, name: groupName, ingress: [], egress: [everywhere] }
      return withItems(facts, 'securityGroups', [...groups, made])
    },
  },

  /** A group that another VPC of the Region may use as well. EC2 API Reference, AssociateSecurityGroupVpc. */
  'associate-security-group-vpc': {
    console: ({ groupId, vpcId }) => ({
      en: `VPC → Security groups → ${groupId} → VPC associations → Associate VPC: ${vpcId}`,
      ko: `VPC → 보안 그룹 → ${groupId} → VPC 연결 → VPC 연결에서 다음 VPC를 선택합니다: ${vpcId}`,
    }),

    cli: 'ec2',
    terraform: (change) => ({
      type: 'aws_vpc_security_group_vpc_association',
      name: `${change.groupId}_${change.vpcId}`,
      fields: fieldsOf({ securityGroupId: change.groupId, vpcId: change.vpcId }),
    }),

    apply: (facts, { groupId, vpcId }) => {
      const associations = facts.network.known ? facts.network.value.groupAssociations : null
      if (associations?.known !== true) return null
      if (itemOf(facts, 'securityGroups', groupId) === undefined) return { refused: 'InvalidGroup.NotFound' }
      if (itemOf(facts, 'vpcs', vpcId) === undefined) return { refused: 'InvalidVpcID.NotFound' }
      const others = associations.value.filter((one) => one.groupId !== groupId || one.vpcId !== vpcId)
      const value = [...others, { groupId, vpcId, state: 'associated' }]
      return withNetwork(facts, (network) => ({ ...network, groupAssociations: { known: true, value } }))
    },
  },

  /** A rule of a security group. EC2 API Reference, AuthorizeSecurityGroupIngress and -Egress. */
  'authorize-security-group-egress': forms('egress'),

  'authorize-security-group-ingress': forms('ingress'),
}

function forms(direction: 'egress' | 'ingress') {
  return {
    console: direction === 'egress' ? outbound : inbound,

    cli: ({ kind, groupId, ...rule }: Rule) => [callOf('ec2', { kind, groupId, ipPermissions: permissionOf(rule) })],
    terraform: (rule: Rule) => ({
      type: `aws_vpc_security_group_${direction}_rule`,
      name: `${rule.groupId}_${peerOf(rule).id}_${rule.fromPort}`,
      fields: [
        ...fieldsOf({ securityGroupId: rule.groupId }),
        ...argumentsOf(rule, 'ipProtocol', 'fromPort', 'toPort'),
        [peerOf(rule).argument, text(peerOf(rule).id)] as const,
      ],
    }),

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
function peerOf({ cidrIpv4, cidrIpv6, prefixListId, referencedGroupId = '' }: Peer) {
  if (cidrIpv4 !== undefined)
    return { id: cidrIpv4, member: `IpRanges=[{CidrIp=${cidrIpv4}}]`, argument: 'cidr_ipv4' } as const
  if (cidrIpv6 !== undefined)
    return { id: cidrIpv6, member: `Ipv6Ranges=[{CidrIpv6=${cidrIpv6}}]`, argument: 'cidr_ipv6' } as const
  if (prefixListId !== undefined)
    return { id: prefixListId, member: `PrefixListIds=[{PrefixListId=${prefixListId}}]`, argument: 'prefix_list_id' }
  const member = `UserIdGroupPairs=[{GroupId=${referencedGroupId}}]`
  return { id: referencedGroupId, member, argument: 'referenced_security_group_id' } as const
}

export function permissionOf(rule: Omit<Rule, 'kind' | 'groupId'>): string {
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
