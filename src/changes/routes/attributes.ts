/** Settings that let packets through: of subnets, instances and interfaces. */
import type { GatheredFacts } from '../../domain/facts.ts'
import type { Applied, Definitions } from '../change-kind.ts'
import { callOf } from '../command-line.ts'
import { changeOne, inTurn, itemsOf } from '../network-facts.ts'
import { argumentsOf } from '../terraform.ts'

export const packetAttributes: Definitions<
  | 'modify-subnet-attribute'
  | 'create-vpc-block-public-access-exclusion'
  | 'modify-instance-attribute'
  | 'modify-network-interface-attribute'
> = {
  /** DNS64, or public addresses for instances, switched on: one attribute a call. EC2 API Reference, ModifySubnetAttribute. */
  'modify-subnet-attribute': {
    console: ({ subnetId, enableDns64 }) =>
      enableDns64 === true
        ? {
            en: `VPC → Subnets → ${subnetId} → Actions → Edit subnet settings → Enable DNS64 → Save`,
            ko: `VPC → 서브넷 → ${subnetId} → 작업 → 서브넷 설정 편집 → DNS64 활성화를 선택하고 저장을 누릅니다.`,
          }
        : {
            en: `VPC → Subnets → ${subnetId} → Actions → Edit subnet settings → Enable auto-assign public IPv4 address → Save; then replace the container instances`,
            ko: `VPC → 서브넷 → ${subnetId} → 작업 → 서브넷 설정 편집 → 퍼블릭 IPv4 주소 자동 할당 활성화를 선택하고 저장을 누른 뒤 컨테이너 인스턴스를 교체합니다.`,
          },

    cli: 'ec2',
    terraform: (change) => ({
      existing: 'aws_subnet',
      of: change.subnetId,
      fields: argumentsOf(change, 'enableDns64', 'mapPublicIpOnLaunch'),
    }),

    apply: (facts, { subnetId, enableDns64 }) =>
      changeOne(facts, 'subnets', subnetId, (subnet) =>
        enableDns64 === true ? { ...subnet, dns64: true } : { ...subnet, mapPublicIp: true },
      ),
  },

  /** A subnet that VPC Block Public Access leaves out. EC2 API Reference, CreateVpcBlockPublicAccessExclusion. */
  'create-vpc-block-public-access-exclusion': {
    console({ subnetId, internetGatewayExclusionMode: mode }) {
      const [en, ko] = mode === 'allow-egress' ? ['Egress-only', '송신 전용'] : ['Bidirectional', '양방향']
      return {
        en: `VPC → Settings → Block public access → Create exclusions: ${subnetId}, ${en}`,
        ko: `VPC → 설정 → 퍼블릭 액세스 차단 → 제외 생성에서 다음 서브넷을 선택합니다: ${subnetId} (${ko})`,
      }
    },

    cli: (change) => [callOf('ec2', change, { since: '2.22.1' })],
    terraform: (change) => ({
      type: 'aws_vpc_block_public_access_exclusion',
      name: change.subnetId,
      fields: argumentsOf(change, 'subnetId', 'internetGatewayExclusionMode'),
    }),

    apply: (facts, { subnetId, internetGatewayExclusionMode }) =>
      changeOne(facts, 'subnets', subnetId, (subnet) => ({
        ...subnet,
        internetGatewayBlockMode: internetGatewayExclusionMode === 'allow-egress' ? 'block-ingress' : 'off',
      })),
  },

  /** An instance, or an interface, that passes on packets of others. EC2 API Reference, ModifyInstanceAttribute, ModifyNetworkInterfaceAttribute. */
  'modify-instance-attribute': {
    console: ({ instanceId }) => ({
      en: `EC2 → Instances → ${instanceId} → Actions → Networking → Change source/dest. check → Stop → Save`,
      ko: `EC2 → 인스턴스 → ${instanceId} → 작업 → 네트워킹 → 소스/대상 확인 변경 → 중지를 선택하고 저장을 누릅니다.`,
    }),

    cli: 'ec2',
    terraform: ({ instanceId }) => ({
      existing: 'aws_instance',
      of: instanceId,
      fields: [['source_dest_check', 'false']],
    }),

    apply(facts, { instanceId }) {
      const own = itemsOf(facts, 'interfaces')?.filter((one) => one.instanceId === instanceId) ?? []
      return own.length === 0
        ? null
        : withoutCheck(
            facts,
            own.map(({ id }) => id),
          )
    },
  },

  'modify-network-interface-attribute': {
    console: ({ networkInterfaceId }) => ({
      en: `EC2 → Network Interfaces → ${networkInterfaceId} → Actions → Change source/dest. check → Stop → Save`,
      ko: `EC2 → 네트워크 인터페이스 → ${networkInterfaceId} → 작업 → 소스/대상 확인 변경 → 중지를 선택하고 저장을 누릅니다.`,
    }),

    cli: 'ec2',
    terraform: ({ networkInterfaceId }) => ({
      existing: 'aws_network_interface',
      of: networkInterfaceId,
      fields: [['source_dest_check', 'false']],
    }),

    apply: (facts, { networkInterfaceId }) => withoutCheck(facts, [networkInterfaceId]),
  },
}

function withoutCheck(facts: GatheredFacts, interfaceIds: readonly string[]): Applied {
  return inTurn(facts, interfaceIds, (before, id) =>
    changeOne(before, 'interfaces', id, (one) => ({ ...one, sourceDestCheck: false })),
  )
}
