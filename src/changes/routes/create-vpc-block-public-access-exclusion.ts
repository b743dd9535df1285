/** A subnet that VPC Block Public Access leaves out. EC2 API Reference, CreateVpcBlockPublicAccessExclusion. */
import type { ChangeDefinition } from '../change-kind.ts'
import { callOf } from '../command-line.ts'
import { changeOne } from '../network-facts.ts'
import { argumentsOf } from '../terraform.ts'

export const createVpcBlockPublicAccessExclusion: ChangeDefinition<'create-vpc-block-public-access-exclusion'> = {
  kind: 'create-vpc-block-public-access-exclusion',

  console({ subnetId, internetGatewayExclusionMode: mode }) {
    const [en, ko] = mode === 'allow-egress' ? ['Egress-only', '송신 전용'] : ['Bidirectional', '양방향']
    return [
      {
        en: `VPC → Settings → Block public access → Create exclusions: ${subnetId}, ${en}`,
        ko: `VPC → 설정 → 퍼블릭 액세스 차단 → 제외 생성에서 다음 서브넷을 선택합니다: ${subnetId} (${ko})`,
      },
    ]
  },

  cli: (change) => [callOf('ec2', change, { since: '2.22.1' })],

  terraform: (change) => [
    {
      type: 'aws_vpc_block_public_access_exclusion',
      name: change.subnetId,
      fields: argumentsOf(change, 'subnetId', 'internetGatewayExclusionMode'),
    },
  ],

  apply: (facts, { subnetId, internetGatewayExclusionMode }) =>
    changeOne(facts, 'subnets', subnetId, (subnet) => ({
      ...subnet,
      internetGatewayBlockMode: internetGatewayExclusionMode === 'allow-egress' ? 'block-ingress' : 'off',
    })),
}
