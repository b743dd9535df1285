/** Over a transit gateway into another VPC, with the ACLs of the attachments' own subnets. TGW Guide, "Network ACLs". */
import type { Route, RouteTable, Subnet, TransitVpcAttachment } from '../../../domain/network.ts'
import type { Via } from '../../../domain/path.ts'
import { andThen } from '../../filtering.ts'
import { type Packets, toward, without } from '../../packets.ts'
import { deliver } from '../arrive.ts'
import { networkAcl } from '../filters.ts'
import type { Flow, Leg } from '../flow.ts'
import { beside, cannotTell, stops } from '../segments.ts'
import { transitWay } from './transit-way.ts'

export function throughTransitGateway(
  flow: Flow,
  subnet: Subnet,
  table: RouteTable,
  taken: Route,
  sent: Packets,
  turns: number,
): Leg {
  const { id } = taken.target
  const via: Via = { kind: 'transit-gateway', id }
  const way = transitWay(flow, id, subnet, flow.to.addresses)
  if (way.is === 'unknown') return cannotTell('route', table.id, way.missing, sent, via)
  if (way.is === 'none') {
    return stops(
      'route',
      table.id,
      way.why,
      { kind: 'transit-gateway-no-way', transitGatewayId: id, detail: way.why.en },
      via,
    )
  }
  const legs: Leg[] = []
  const inVpc = toward(sent, flow.index.vpcRanges(way.attachment.vpcId, flow.family))
  const beyond = without(sent, inVpc)
  if (inVpc.length > 0) legs.push(deliver(flow, way.attachment.vpcId, null, inVpc))
  const arrival = subnetIn(flow, way.attachment, subnet.zone)
  if (beyond.length > 0)
    legs.push(arrival === null ? unseen(way.attachment, beyond, via) : flow.onward(flow, arrival, beyond, turns + 1))
  return { ...attachmentAcls(flow, subnet, way.entry, beside(legs), sent), via }
}

/** Where the attachment stands in a subnet of its own, that subnet's ACL sees the packets too. */
function attachmentAcls(flow: Flow, subnet: Subnet, entry: TransitVpcAttachment, leg: Leg, sent: Packets): Leg {
  const own = subnetIn(flow, entry, subnet.zone)
  if (own === null || own.id === subnet.id) return leg
  const requests = networkAcl(flow, own, { direction: 'inbound', packets: 'request' }, sent)
  const replies = networkAcl(flow, own, { direction: 'outbound', packets: 'reply' }, sent)
  return {
    ...leg,
    filtered: andThen(leg.filtered, andThen(requests.filtered, replies.filtered)),
    hops: [...leg.hops, requests.hop, replies.hop],
  }
}

function subnetIn(flow: Flow, attachment: TransitVpcAttachment, zone: string): Subnet | null {
  const subnets = attachment.subnetIds.flatMap((id) => {
    const found = flow.index.subnet(id)
    return found.is === 'there' ? [found.value] : []
  })
  return subnets.find((one) => one.zone === zone) ?? subnets[0] ?? null
}

function unseen(attachment: TransitVpcAttachment, sent: Packets, via: Via): Leg {
  const because = {
    en: `${attachment.vpcId} behind the transit gateway is not visible`,
    ko: `Transit Gateway 너머의 VPC를 조회할 수 없음: ${attachment.vpcId}`,
  }
  return cannotTell('route', attachment.id, { permission: 'ec2:DescribeSubnets', because }, sent, via)
}
