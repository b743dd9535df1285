/** Over a transit gateway into another VPC, with the ACLs of the attachments' own subnets. TGW Guide, "Network ACLs". */
import type { Subnet, TransitVpcAttachment } from '../../../domain/network.ts'
import type { Via } from '../../../domain/path.ts'
import { type Packets, toward, without } from '../../packets.ts'
import type { At, FilterHop, Flow, Passage, Segment } from '../flow.ts'
import { networkAclsInto } from '../network-acl-filter.ts'
import { cannotTell, stops } from '../segments.ts'
import { transitWay } from './transit-way.ts'

export function throughTransitGateway(at: At): Segment | Passage {
  const { flow, subnet, table, sent } = at
  const { id } = at.route.target
  const via: Via = { kind: 'transit-gateway', id }
  const place = { at: 'route', id: table.id, via } as const
  const way = transitWay(flow.index, id, subnet, flow.to.addresses)
  if (way.is === 'unknown') return cannotTell(place, way.missing, sent)
  if (way.is === 'none')
    return stops(place, way.statement, { kind: 'transit-gateway-no-way', transitGatewayId: id, because: way.because })
  const inVpc = toward(sent, flow.index.vpcRanges(way.attachment.vpcId, flow.family))
  const beyond = without(sent, inVpc)
  const arrival = subnetIn(flow, way.attachment, subnet.zone)
  const onward = [
    ...(inVpc.length > 0 ? [{ flow, continueFrom: { borderOf: way.attachment.vpcId }, packets: inVpc }] : []),
    ...(beyond.length > 0 && arrival !== null
      ? [{ flow: { ...flow, passed: flow.passed + 1 }, continueFrom: arrival, packets: beyond }]
      : []),
  ]
  const settled = beyond.length > 0 && arrival === null ? [unseen(way.attachment, beyond, via)] : []
  return { via, onward, settled, filters: aclsOfAttachment(at, way.entry), by: null }
}

/** Where the attachment stands in a subnet of its own, that subnet's ACL sees the packets too. */
function aclsOfAttachment({ flow, subnet, sent }: At, entry: TransitVpcAttachment): readonly FilterHop[] {
  const own = subnetIn(flow, entry, subnet.zone)
  return own === null || own.id === subnet.id ? [] : networkAclsInto(flow, own, sent)
}

function subnetIn(flow: Flow, attachment: TransitVpcAttachment, zone: string): Subnet | null {
  const subnets = attachment.subnetIds.flatMap((id) => {
    const found = flow.index.subnet(id)
    return found.is === 'there' ? [found.value] : []
  })
  return subnets.find((one) => one.zone === zone) ?? subnets[0] ?? null
}

function unseen({ id, vpcId }: TransitVpcAttachment, sent: Packets, via: Via): Segment {
  const because = {
    en: `${vpcId} behind the transit gateway is not visible`,
    ko: `Transit Gateway 너머의 VPC를 조회할 수 없음: ${vpcId}`,
  }
  const missing = { permission: 'ec2:DescribeSubnets', reason: ['transit-vpc-unseen', vpcId], because } as const
  return cannotTell({ at: 'route', id, via }, missing, sent)
}
