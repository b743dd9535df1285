/** A rule of a network ACL that goes. EC2 API Reference, DeleteNetworkAclEntry. */
import type { ChangeDefinition } from '../change-kind.ts'
import { changeOne } from '../network-facts.ts'

export const deleteNetworkAclEntry: ChangeDefinition<'delete-network-acl-entry'> = {
  kind: 'delete-network-acl-entry',

  console({ networkAclId, egress, ruleNumber }) {
    const [en, ko] = egress ? ['outbound', '아웃바운드'] : ['inbound', '인바운드']
    return [
      {
        en: `VPC → Network ACLs → ${networkAclId} → Edit ${en} rules → remove rule ${ruleNumber} → Save changes`,
        ko: `VPC → 네트워크 ACL → ${networkAclId} → ${ko} 규칙 편집에서 규칙 ${ruleNumber}의 제거를 누르고 변경 사항 저장을 누릅니다.`,
      },
    ]
  },

  cli: ({ networkAclId, egress, ruleNumber }) => [
    {
      aws: ['ec2', 'delete-network-acl-entry'],
      flags: [
        ['--network-acl-id', networkAclId],
        [egress ? '--egress' : '--ingress'],
        ['--rule-number', String(ruleNumber)],
      ],
    },
  ],

  // A rule that Terraform holds goes with its block, whatever the block is called.
  terraform: () => [],

  apply: (facts, { networkAclId, egress, ruleNumber }) =>
    changeOne(facts, 'networkAcls', networkAclId, (acl) => {
      const entries = acl.entries.filter((entry) => entry.egress !== egress || entry.ruleNumber !== ruleNumber)
      return entries.length === acl.entries.length
        ? { refused: 'InvalidNetworkAclEntry.NotFound' }
        : { ...acl, entries }
    }),
}
