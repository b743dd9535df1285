/** A security group that lets nothing in and everything out. EC2 API Reference, CreateSecurityGroup. */
import type { ChangeDefinition } from '../change-kind.ts'
import { callOf } from '../command-line.ts'
import { itemOf, itemsOf, withItems } from '../network-facts.ts'
import { argumentsOf, text } from '../terraform.ts'

export const createSecurityGroup: ChangeDefinition<'create-security-group'> = {
  kind: 'create-security-group',
  made: { query: 'GroupId', words: { en: 'the new security group', ko: '새 보안 그룹' } },

  console: ({ groupName, description, vpcId }) => [
    {
      en: `VPC → Security groups → Create security group: name ${groupName}, description "${description}", VPC ${vpcId} → Create security group`,
      ko: `VPC → 보안 그룹 → 보안 그룹 생성에서 다음과 같이 지정하고 보안 그룹 생성을 누릅니다. 이름: ${groupName}, 설명: "${description}", VPC: ${vpcId}`,
    },
  ],

  cli: (change) => [callOf('ec2', change)],

  terraform: (change) => [
    {
      type: 'aws_security_group',
      name: change.groupName,
      fields: [['name', text(change.groupName)], ...argumentsOf(change, 'description', 'vpcId')],
    },
  ],

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
}
