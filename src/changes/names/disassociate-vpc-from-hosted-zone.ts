/** A private hosted zone that no longer answers in a VPC. Route 53 API Reference, DisassociateVPCFromHostedZone. */
import type { ChangeDefinition } from '../change-kind.ts'
import { withNetwork } from '../network-facts.ts'

export const disassociateVpcFromHostedZone: ChangeDefinition<'disassociate-vpc-from-hosted-zone'> = {
  kind: 'disassociate-vpc-from-hosted-zone',

  console: ({ hostedZoneId, vpc: { vpcId } }) => [
    {
      en: `Route 53 → Hosted zones → ${hostedZoneId} → Edit hosted zone → remove ${vpcId} → Save changes`,
      ko: `Route 53 → 호스팅 영역 → ${hostedZoneId} → 호스팅 영역 편집에서 다음 VPC를 제거하고 변경 사항 저장을 누릅니다: ${vpcId}`,
    },
  ],

  cli: ({ hostedZoneId, vpc: { vpcRegion, vpcId } }) => [
    {
      aws: ['route53', 'disassociate-vpc-from-hosted-zone'],
      flags: [
        ['--hosted-zone-id', hostedZoneId],
        ['--vpc', `VPCRegion=${vpcRegion},VPCId=${vpcId}`],
      ],
      region: null,
    },
  ],

  terraform: ({ hostedZoneId, vpc: { vpcId } }) => [
    { gone: 'aws_route53_zone_association', of: `${hostedZoneId}, ${vpcId}` },
  ],

  /** Route 53 keeps a zone in its last VPC, and other VPCs of it are seen only where the service has subnets there as well. */
  apply(facts, { hostedZoneId, vpc: { vpcId } }) {
    const zones = facts.network.known ? facts.network.value.hostedZones : {}
    const own = zones[vpcId]
    const others = Object.entries(zones).filter(
      ([id, list]) => id !== vpcId && list.known && list.value.some((zone) => zone.id === hostedZoneId),
    )
    if (own === undefined || !own.known) return null
    if (!own.value.some(({ id }) => id === hostedZoneId)) return { refused: 'VPCAssociationNotFound' }
    if (others.length === 0) return null
    const value = own.value.filter(({ id }) => id !== hostedZoneId)
    return withNetwork(facts, (network) => ({
      ...network,
      hostedZones: { ...network.hostedZones, [vpcId]: { known: true, value } },
    }))
  },
}
