/** Rules of a network ACL. */
import type { NetworkAclEntry } from '../../domain/network.ts'
import type { Definitions } from '../change-kind.ts'
import { callOf } from '../command-line.ts'
import { changeOne } from '../network-facts.ts'
import { argumentsOf, fieldsOf } from '../terraform.ts'

export const networkAclEntries: Definitions<'create-network-acl-entry' | 'delete-network-acl-entry'> = {
  /** A rule of a network ACL. EC2 API Reference, CreateNetworkAclEntry. */
  'create-network-acl-entry': {
    console({ networkAclId, egress, ruleNumber, portRange, cidrBlock, ipv6CidrBlock }) {
      const block = cidrBlock ?? ipv6CidrBlock ?? ''
      const [en, ko] = egress ? ['outbound', '아웃바운드'] : ['inbound', '인바운드']
      const [peer, peerKo] = egress ? ['destination', '대상'] : ['source', '소스']
      const { from, to } = portRange
      const ports = from === to ? String(from) : `${from}-${to}`
      return {
        en: `VPC → Network ACLs → ${networkAclId} → Edit ${en} rules → Add new rule: number ${ruleNumber}, Custom TCP, port range ${ports}, ${peer} ${block}, Allow → Save changes`,
        ko: `VPC → 네트워크 ACL → ${networkAclId} → ${ko} 규칙 편집 → 새 규칙 추가에서 다음을 입력하고 변경 사항 저장을 누릅니다. 규칙 번호: ${ruleNumber}, 유형: 사용자 지정 TCP, 포트 범위: ${ports}, ${peerKo}: ${block}, 허용`,
      }
    },

    cli: ({ kind, networkAclId, egress, ruleNumber, protocol, portRange, ...rule }) => {
      const rest = { ruleNumber, protocol, portRange: `From=${portRange.from},To=${portRange.to}`, ...rule }
      return [callOf('ec2', { kind, networkAclId, ...switchOf(egress), ...rest })]
    },

    terraform: (change) => ({
      type: 'aws_network_acl_rule',
      name: `${change.networkAclId}_${change.egress ? 'out' : 'in'}_${change.ruleNumber}`,
      fields: [
        ...argumentsOf(change, 'networkAclId', 'egress', 'ruleNumber', 'ruleAction', 'protocol'),
        ...fieldsOf({ fromPort: change.portRange.from, toPort: change.portRange.to }),
        ...argumentsOf(change, 'cidrBlock', 'ipv6CidrBlock'),
      ],
    }),

    apply: (facts, { networkAclId, egress, ruleNumber, protocol, portRange, cidrBlock, ipv6CidrBlock, ruleAction }) =>
      changeOne(facts, 'networkAcls', networkAclId, (acl) => {
        const taken = acl.entries.some((entry) => entry.egress === egress && entry.ruleNumber === ruleNumber)
        if (taken) return { refused: 'NetworkAclEntryAlreadyExists' }
        const entry: NetworkAclEntry = {
          egress,
          ruleNumber,
          allow: ruleAction === 'allow',
          protocol,
          cidr: cidrBlock ?? ipv6CidrBlock ?? '',
          ports: portRange,
        }
        return { ...acl, entries: [...acl.entries, entry] }
      }),
  },

  /** A rule of a network ACL that goes. EC2 API Reference, DeleteNetworkAclEntry. */
  'delete-network-acl-entry': {
    console({ networkAclId, egress, ruleNumber }) {
      const [en, ko] = egress ? ['outbound', '아웃바운드'] : ['inbound', '인바운드']
      return {
        en: `VPC → Network ACLs → ${networkAclId} → Edit ${en} rules → remove rule ${ruleNumber} → Save changes`,
        ko: `VPC → 네트워크 ACL → ${networkAclId} → ${ko} 규칙 편집에서 규칙 ${ruleNumber}의 제거를 누르고 변경 사항 저장을 누릅니다.`,
      }
    },

    cli: ({ kind, networkAclId, egress, ruleNumber }) => [
      callOf('ec2', { kind, networkAclId, ...switchOf(egress), ruleNumber }),
    ],

    // A rule that Terraform holds goes with its block, whatever the block is called.
    apply: (facts, { networkAclId, egress, ruleNumber }) =>
      changeOne(facts, 'networkAcls', networkAclId, (acl) => {
        const entries = acl.entries.filter((entry) => entry.egress !== egress || entry.ruleNumber !== ruleNumber)
        return entries.length === acl.entries.length
          ? { refused: 'InvalidNetworkAclEntry.NotFound' }
          : { ...acl, entries }
      }),
  },
}

/** The command has a switch for either direction. */
export function switchOf(egress: boolean) {
  return egress ? { egress } : { ingress: true }
}
