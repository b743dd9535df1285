/** DNS of a VPC, switched on: one attribute a call. EC2 API Reference, ModifyVpcAttribute. */
import type { ChangeDefinition } from '../change-kind.ts'
import { callOf } from '../command-line.ts'
import { withNetwork } from '../network-facts.ts'
import { argumentsOf } from '../terraform.ts'

const LABELS = {
  support: { en: 'Enable DNS resolution', ko: 'DNS 확인 활성화' },
  hostnames: { en: 'Enable DNS hostnames', ko: 'DNS 호스트 이름 활성화' },
} as const

export const modifyVpcAttribute: ChangeDefinition<'modify-vpc-attribute'> = {
  kind: 'modify-vpc-attribute',

  console({ vpcId, enableDnsSupport }) {
    const { en, ko } = LABELS[enableDnsSupport === true ? 'support' : 'hostnames']
    return [
      {
        en: `VPC → Your VPCs → ${vpcId} → Actions → Edit VPC settings → DNS settings: ${en} → Save`,
        ko: `VPC → VPC → ${vpcId} → 작업 → VPC 설정 편집 → DNS 설정에서 다음을 선택하고 저장을 누릅니다: ${ko}`,
      },
    ]
  },

  cli: (change) => [callOf('ec2', change)],

  terraform: (change) => [
    { existing: 'aws_vpc', of: change.vpcId, fields: argumentsOf(change, 'enableDnsSupport', 'enableDnsHostnames') },
  ],

  apply(facts, { vpcId, enableDnsSupport }) {
    const own = facts.network.known ? facts.network.value.vpcDns[vpcId] : undefined
    if (own === undefined) return null
    const on = { known: true, value: true } as const
    const changed = enableDnsSupport === true ? { ...own, support: on } : { ...own, hostnames: on }
    // Hostnames need resolution. VPC User Guide, "DNS attributes for your VPC".
    if (enableDnsSupport !== true && own.support.known && !own.support.value)
      return { refused: 'InvalidParameterValue' }
    return withNetwork(facts, (network) => ({ ...network, vpcDns: { ...network.vpcDns, [vpcId]: changed } }))
  },
}
