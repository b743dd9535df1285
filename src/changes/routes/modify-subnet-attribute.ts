/** DNS64, or public addresses for instances, switched on: one attribute a call. EC2 API Reference, ModifySubnetAttribute. */
import type { ChangeDefinition } from '../change-kind.ts'
import { callOf } from '../command-line.ts'
import { changeOne } from '../network-facts.ts'
import { argumentsOf } from '../terraform.ts'

export const modifySubnetAttribute: ChangeDefinition<'modify-subnet-attribute'> = {
  kind: 'modify-subnet-attribute',

  console: ({ subnetId, enableDns64 }) => [
    enableDns64 === true
      ? {
          en: `VPC → Subnets → ${subnetId} → Actions → Edit subnet settings → Enable DNS64 → Save`,
          ko: `VPC → 서브넷 → ${subnetId} → 작업 → 서브넷 설정 편집 → DNS64 활성화를 선택하고 저장을 누릅니다.`,
        }
      : {
          en: `VPC → Subnets → ${subnetId} → Actions → Edit subnet settings → Enable auto-assign public IPv4 address → Save; then replace the container instances`,
          ko: `VPC → 서브넷 → ${subnetId} → 작업 → 서브넷 설정 편집 → 퍼블릭 IPv4 주소 자동 할당 활성화를 선택하고 저장을 누른 뒤 컨테이너 인스턴스를 교체합니다.`,
        },
  ],

  cli: (change) => [callOf('ec2', change)],

  terraform: (change) => [
    {
      existing: 'aws_subnet',
      of: change.subnetId,
      fields: argumentsOf(change, 'enableDns64', 'mapPublicIpOnLaunch'),
    },
  ],

  apply: (facts, { subnetId, enableDns64 }) =>
    changeOne(facts, 'subnets', subnetId, (subnet) =>
      enableDns64 === true ? { ...subnet, dns64: true } : { ...subnet, mapPublicIp: true },
    ),
}
