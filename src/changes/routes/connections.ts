/** Connections with other VPCs: peering, and attachments to transit gateways. */
import { subnetsOf } from '../../network/lookup.ts'
import type { Definitions } from '../change-kind.ts'
import { changeOne, withNetwork } from '../network-facts.ts'
import { argumentsOf, list } from '../terraform.ts'

export const connections: Definitions<
  'accept-vpc-peering-connection' | 'create-transit-gateway-vpc-attachment' | 'modify-transit-gateway-vpc-attachment'
> = {
  /** A peering connection that waits for this side. EC2 API Reference, AcceptVpcPeeringConnection. */
  'accept-vpc-peering-connection': {
    console: ({ vpcPeeringConnectionId }) => ({
      en: `VPC → Peering connections → ${vpcPeeringConnectionId} → Actions → Accept request`,
      ko: `VPC → 피어링 연결 → ${vpcPeeringConnectionId} → 작업 → 요청 수락을 누릅니다.`,
    }),

    cli: 'ec2',
    terraform: (change) => ({
      type: 'aws_vpc_peering_connection_accepter',
      name: change.vpcPeeringConnectionId,
      fields: [...argumentsOf(change, 'vpcPeeringConnectionId'), ['auto_accept', 'true']],
    }),

    // Whoever runs it may be the requester, who cannot accept: the account of the accepter has to be the one that asked.
    apply(facts, { vpcPeeringConnectionId }) {
      if (!facts.network.known) return null
      const { accountId } = facts.network.value
      return changeOne(facts, 'peerings', vpcPeeringConnectionId, (peering) => {
        if (peering.state !== 'pending-acceptance') return { refused: 'InvalidStateTransition' }
        return accountId !== null && peering.accepter.ownerId !== accountId
          ? { refused: 'OperationNotPermitted' }
          : { ...peering, state: 'active' }
      })
    },
  },

  /** The attachment of a VPC to a transit gateway: made, or with more subnets. EC2 API Reference, Create- and ModifyTransitGatewayVpcAttachment. */
  'create-transit-gateway-vpc-attachment': {
    made: {
      query: 'TransitGatewayVpcAttachment.TransitGatewayAttachmentId',
      words: { en: 'the new attachment', ko: '새 연결' },
    },
    console: ({ transitGatewayId, vpcId, subnetIds }) => ({
      en: `VPC → Transit gateway attachments → Create transit gateway attachment: ${transitGatewayId}, type VPC, ${vpcId}, subnets ${subnetIds.join(', ')}`,
      ko: `VPC → Transit Gateway 연결 → Transit Gateway 연결 생성에서 다음과 같이 지정합니다. Transit Gateway: ${transitGatewayId}, VPC: ${vpcId}, 서브넷: ${subnetIds.join(', ')}`,
    }),

    cli: 'ec2',
    terraform: (change) => ({
      type: 'aws_ec2_transit_gateway_vpc_attachment',
      name: change.transitGatewayId,
      fields: argumentsOf(change, 'transitGatewayId', 'vpcId', 'subnetIds'),
    }),

    // Whether the gateway associates and propagates it by itself is a setting of the gateway that nobody read.
    apply: () => null,
  },

  'modify-transit-gateway-vpc-attachment': {
    console: ({ transitGatewayAttachmentId: id, addSubnetIds }) => ({
      en: `VPC → Transit gateway attachments → ${id} → Actions → Modify transit gateway attachment: add ${addSubnetIds.join(', ')}`,
      ko: `VPC → Transit Gateway 연결 → ${id} → 작업 → Transit Gateway 연결 수정에서 다음 서브넷을 추가합니다: ${addSubnetIds.join(', ')}`,
    }),

    cli: 'ec2',
    terraform: ({ transitGatewayAttachmentId, addSubnetIds }) => ({
      existing: 'aws_ec2_transit_gateway_vpc_attachment',
      of: transitGatewayAttachmentId,
      fields: [['subnet_ids', `${list(addSubnetIds)} # and those of before`]],
    }),

    apply(facts, { transitGatewayAttachmentId, addSubnetIds }) {
      if (!facts.network.known) return null
      const network = facts.network.value
      const { vpcAttachments } = network.transit
      if (!vpcAttachments.known) return null
      const own = vpcAttachments.value.find(({ id }) => id === transitGatewayAttachmentId)
      if (own === undefined) return { refused: 'InvalidTransitGatewayAttachmentID.NotFound' }
      const subnetIds = [...own.subnetIds, ...addSubnetIds]
      const zones = subnetsOf(network, subnetIds).map(({ zoneId }) => zoneId)
      if (new Set(zones).size < zones.length) return { refused: 'DuplicateSubnetsInSameZone' }
      const value = vpcAttachments.value.map((one) => (one === own ? { ...own, subnetIds } : one))
      return withNetwork(facts, (before) => ({
        ...before,
        transit: { ...before.transit, vpcAttachments: { known: true, value } },
      }))
    },
  },
}
