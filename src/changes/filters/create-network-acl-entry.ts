/** A rule of a network ACL. EC2 API Reference, CreateNetworkAclEntry. */
import type { NetworkAclEntry } from '../../domain/network.ts'
import type { ChangeDefinition } from '../change-kind.ts'
import { changeOne } from '../network-facts.ts'
import { text } from '../terraform.ts'

export const createNetworkAclEntry: ChangeDefinition<'create-network-acl-entry'> = {
  kind: 'create-network-acl-entry',

  console({ networkAclId, egress, ruleNumber, portRange, cidrBlock }) {
    const [en, ko] = egress ? ['outbound', '아웃바운드'] : ['inbound', '인바운드']
    const [peer, peerKo] = egress ? ['destination', '대상'] : ['source', '소스']
    const { from, to } = portRange
    const ports = from === to ? String(from) : `${from}-${to}`
    return [
      {
        en: `VPC → Network ACLs → ${networkAclId} → Edit ${en} rules → Add new rule: number ${ruleNumber}, Custom TCP, port range ${ports}, ${peer} ${cidrBlock}, Allow → Save changes`,
        ko: `VPC → 네트워크 ACL → ${networkAclId} → ${ko} 규칙 편집 → 새 규칙 추가에서 다음을 입력하고 변경 사항 저장을 누릅니다. 규칙 번호: ${ruleNumber}, 유형: 사용자 지정 TCP, 포트 범위: ${ports}, ${peerKo}: ${cidrBlock}, 허용`,
      },
    ]
  },

  cli: ({ networkAclId, egress, ruleNumber, protocol, portRange, cidrBlock, ruleAction }) => [
    {
      aws: ['ec2', 'create-network-acl-entry'],
      flags: [
        ['--network-acl-id', networkAclId],
        [egress ? '--egress' : '--ingress'],
        ['--rule-number', String(ruleNumber)],
        ['--protocol', protocol],
        ['--port-range', `From=${portRange.from},To=${portRange.to}`],
        ['--cidr-block', cidrBlock],
        ['--rule-action', ruleAction],
      ],
    },
  ],

  terraform: ({ networkAclId, egress, ruleNumber, protocol, portRange, cidrBlock, ruleAction }) => [
    {
      type: 'aws_network_acl_rule',
      name: `${networkAclId}_${egress ? 'out' : 'in'}_${ruleNumber}`,
      fields: [
        ['network_acl_id', text(networkAclId)],
        ['egress', String(egress)],
        ['rule_number', String(ruleNumber)],
        ['rule_action', text(ruleAction)],
        ['protocol', text(protocol)],
        ['from_port', String(portRange.from)],
        ['to_port', String(portRange.to)],
        ['cidr_block', text(cidrBlock)],
      ],
    },
  ],

  apply: (facts, { networkAclId, egress, ruleNumber, protocol, portRange, cidrBlock, ruleAction }) =>
    changeOne(facts, 'networkAcls', networkAclId, (acl) => {
      const taken = acl.entries.some((entry) => entry.egress === egress && entry.ruleNumber === ruleNumber)
      if (taken) return { refused: 'NetworkAclEntryAlreadyExists' }
      const entry: NetworkAclEntry = {
        egress,
        ruleNumber,
        allow: ruleAction === 'allow',
        protocol,
        cidr: cidrBlock,
        ports: portRange,
      }
      return { ...acl, entries: [...acl.entries, entry] }
    }),
}
