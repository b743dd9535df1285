/** Rules of security groups and network ACLs, taken back. */
import { listed } from '../../domain/answer.ts'
import type { ChangeOf } from '../../domain/change.ts'
import type { Resolved } from '../change-kind.ts'
import { callOf } from '../command-line.ts'
import { asking, literal, marked, type Reversal, type Reversals, STAYS } from '../reversal.ts'
import { switchOf } from './network-acl-entry.ts'
import { permissionOf } from './security-groups.ts'

type Kind =
  | 'create-security-group'
  | 'associate-security-group-vpc'
  | 'authorize-security-group-egress'
  | 'authorize-security-group-ingress'
  | 'create-network-acl-entry'
  | 'delete-network-acl-entry'

export function filterReversals(fix: string): Reversals<Kind> {
  return {
    'create-security-group': ({ makes }) => ({
      isMade: asking('ec2', 'describe-security-groups', { filters: [marked(fix)] }, 'SecurityGroups[0].GroupId'),
      undo: [callOf('ec2', { kind: 'delete-security-group', groupId: makes })],
    }),

    'associate-security-group-vpc': ({ groupId, vpcId }) => ({
      isMade: asking(
        'ec2',
        'describe-security-group-vpc-associations',
        { filters: [`Name=group-id,Values=${groupId}`, `Name=vpc-id,Values=${vpcId}`] },
        "SecurityGroupVpcAssociations[?contains(['associating', 'associated'], State)].GroupId | [0]",
      ),
      undo: [callOf('ec2', { kind: 'disassociate-security-group-vpc', groupId, vpcId })],
    }),

    'authorize-security-group-egress': (rule) => ruleBack(rule, 'IsEgress', 'revoke-security-group-egress'),
    'authorize-security-group-ingress': (rule) => ruleBack(rule, '!IsEgress', 'revoke-security-group-ingress'),

    'create-network-acl-entry': (entry) => ({
      isMade: aclEntry(entry, `RuleAction==${literal(entry.ruleAction)}`),
      undo: [
        callOf('ec2', {
          kind: 'delete-network-acl-entry',
          networkAclId: entry.networkAclId,
          ...switchOf(entry.egress),
          ruleNumber: entry.ruleNumber,
        }),
      ],
    }),

    'delete-network-acl-entry': ({ networkAclId, egress, ruleNumber }, { network }) => {
      const acls = network.known ? listed(network.value.networkAcls) : []
      const former = acls
        .find(({ id }) => id === networkAclId)
        ?.entries.find((one) => one.egress === egress && one.ruleNumber === ruleNumber)
      const place = `${egress ? 'Egress' : '!Egress'} && to_string(RuleNumber)==${literal(ruleNumber)}`
      const query = `NetworkAcls[?!(Entries[?${place}] | [0])].NetworkAclId | [0]`
      const isMade = asking('ec2', 'describe-network-acls', { networkAclIds: [networkAclId] }, query)
      // Types of ICMP are not among the facts.
      if (former === undefined || ['1', '58'].includes(former.protocol)) return { isMade, undo: [], stays: STAYS }
      const { protocol, ports, cidr, allow } = former
      const block = cidr.includes(':') ? { ipv6CidrBlock: cidr } : { cidrBlock: cidr }
      const range = ports === null ? {} : { portRange: `From=${ports.from},To=${ports.to}` }
      const rule = { ruleNumber, protocol, ...range, ...block, ruleAction: allow ? 'allow' : 'deny' }
      return {
        isMade,
        undo: [callOf('ec2', { kind: 'create-network-acl-entry', networkAclId, ...switchOf(egress), ...rule })],
      }
    },
  }
}

type Rule = Resolved<ChangeOf<'authorize-security-group-egress' | 'authorize-security-group-ingress'>>

function ruleBack(rule: Rule, direction: string, kind: string): Reversal {
  const { groupId, ipProtocol, fromPort, toPort } = rule
  const ports = `to_string(FromPort)==${literal(fromPort)} && to_string(ToPort)==${literal(toPort)}`
  const query = `SecurityGroupRules[?${direction} && IpProtocol==${literal(ipProtocol)} && ${ports} && ${peer(rule)}].SecurityGroupRuleId | [0]`
  return {
    isMade: asking('ec2', 'describe-security-group-rules', { filters: [`Name=group-id,Values=${groupId}`] }, query),
    undo: [callOf('ec2', { kind, groupId, ipPermissions: permissionOf(rule) })],
  }
}

function peer({ cidrIpv4, cidrIpv6, prefixListId, referencedGroupId }: Rule): string {
  if (cidrIpv4 !== undefined) return `CidrIpv4==${literal(cidrIpv4)}`
  if (cidrIpv6 !== undefined) return `CidrIpv6==${literal(cidrIpv6)}`
  return prefixListId === undefined
    ? `ReferencedGroupInfo.GroupId==${literal(referencedGroupId)}`
    : `PrefixListId==${literal(prefixListId)}`
}

function aclEntry(
  { networkAclId, egress, ruleNumber, cidrBlock, ipv6CidrBlock }: Resolved<ChangeOf<'create-network-acl-entry'>>,
  action: string,
) {
  const block =
    cidrBlock === undefined ? `Ipv6CidrBlock==${literal(ipv6CidrBlock)}` : `CidrBlock==${literal(cidrBlock)}`
  const place = `${egress ? 'Egress' : '!Egress'} && to_string(RuleNumber)==${literal(ruleNumber)}`
  const query = `NetworkAcls[0].Entries[?${place} && ${action} && ${block}].RuleAction | [0]`
  return asking('ec2', 'describe-network-acls', { networkAclIds: [networkAclId] }, query)
}
