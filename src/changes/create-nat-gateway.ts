/** A public NAT gateway. EC2 API Reference, CreateNatGateway. */
import type { ChangeDefinition } from './change-kind.ts'
import { addOne, itemsOf } from './network-facts.ts'
import { text } from './terraform.ts'

export const createNatGateway: ChangeDefinition<'create-nat-gateway'> = {
  kind: 'create-nat-gateway',
  made: {
    query: 'NatGateway.NatGatewayId',
    type: 'aws_nat_gateway',
    name: 'out',
    words: { en: 'the new NAT gateway', ko: '새 NAT 게이트웨이' },
  },

  console: ({ subnetId, allocationId }) => [
    {
      en: `VPC → NAT gateways → Create NAT gateway: subnet ${subnetId}, connectivity type Public, ${allocationId}`,
      ko: `VPC → NAT 게이트웨이 → NAT 게이트웨이 생성에서 연결 유형을 퍼블릭으로 지정하고 탄력적 IP를 선택합니다. 서브넷: ${subnetId}, 탄력적 IP: ${allocationId}`,
    },
  ],

  cli: ({ makes, subnetId, allocationId }) => [
    {
      aws: ['ec2', 'create-nat-gateway'],
      flags: [
        ['--subnet-id', subnetId],
        ['--allocation-id', allocationId],
      ],
    },
    { aws: ['ec2', 'wait', 'nat-gateway-available'], flags: [['--nat-gateway-ids', makes]] },
  ],

  terraform: ({ subnetId, allocationId }) => [
    {
      type: 'aws_nat_gateway',
      name: 'out',
      fields: [
        ['subnet_id', text(subnetId)],
        ['allocation_id', text(allocationId)],
      ],
    },
  ],

  apply(facts, { makes, subnetId, allocationId }) {
    const subnet = itemsOf(facts, 'subnets')?.find(({ id }) => id === subnetId)
    if (subnet === undefined) return null
    return addOne(facts, 'natGateways', {
      id: makes,
      vpcId: subnet.vpcId,
      subnetId,
      routeTableId: null,
      state: 'available',
      connectivity: 'public',
      availability: 'zonal',
      addresses: [{ privateIp: null, publicIp: allocationId, status: 'succeeded' }],
      attachedAppliances: false,
      failure: null,
    })
  },
}
