/** VPC peering: to the other VPC's own addresses and no further. VPC Peering Guide, "Unsupported VPC peering configurations". */
import { listed } from '../../../domain/answer.ts'
import type { RouteTable } from '../../../domain/network.ts'
import type { Via } from '../../../domain/path.ts'
import { rangesOf } from '../../addresses.ts'
import { type Packets, toward, without } from '../../packets.ts'
import { PEERING_DOWN } from '../../states.ts'
import type { At, Passage, Segment } from '../flow.ts'
import { cannotTell, stops } from '../segments.ts'
import { deadEnd } from './gateways.ts'

export function throughPeering({ flow, subnet, table, route, sent }: At): Segment | Passage {
  const { id } = route.target
  const via: Via = { kind: 'peering', id }
  const place = { at: 'route', id: table.id, via } as const
  const peering = listed(flow.index.network.peerings).find((one) => one.id === id)
  if (peering === undefined) {
    const because = { en: `could not read peering connection ${id}`, ko: `읽지 못한 피어링 연결: ${id}` }
    const permission = 'ec2:DescribeVpcPeeringConnections'
    return cannotTell(place, { permission, reason: ['peering-unread', id], because }, sent)
  }
  const { state } = peering
  if (state !== 'active' && !PEERING_DOWN.includes(state)) {
    const because = { en: `peering connection ${id} is in state ${state}`, ko: `피어링 연결의 상태: ${state} (${id})` }
    return cannotTell(place, { permission: null, reason: ['peering-state-unknown', id, state], because }, sent)
  }
  if (state !== 'active') {
    const why = { en: `peering connection ${id} is ${state}`, ko: `피어링 연결 ${id}의 상태: ${state}` }
    const statement = { reason: ['peering-state', id, state], why } as const
    return stops(place, statement, { kind: 'peering-inactive', peeringId: id, state })
  }
  const other = peering.requester.vpcId === subnet.vpcId ? peering.accepter : peering.requester
  const otherVpc = flow.index.vpc(other.vpcId)
  const cidrs = otherVpc.is === 'there' ? otherVpc.value.cidrs : other.cidrs
  if (cidrs.length === 0) return unseenVpc(table, other.vpcId, sent, via)
  const within = toward(sent, rangesOf(cidrs, flow.family))
  const isSeen = otherVpc.is === 'there'
  return {
    via,
    onward: within.length > 0 && isSeen ? [{ flow, continueFrom: { borderOf: other.vpcId }, packets: within }] : [],
    settled: [
      ...(within.length > 0 && !isSeen ? [unseenVpc(table, other.vpcId, within, via)] : []),
      ...(without(sent, within).length > 0 ? [noFurther(table.id, route, via)] : []),
    ],
    filters: [],
    by: null,
  }
}

function unseenVpc(table: RouteTable, vpcId: string, sent: Packets, via: Via): Segment {
  const because = { en: `${vpcId} behind the peering is not visible`, ko: `피어링된 VPC를 조회할 수 없음: ${vpcId}` }
  const missing = { permission: 'ec2:DescribeVpcs', reason: ['peered-vpc-unseen', vpcId], because } as const
  return cannotTell({ at: 'route', id: table.id, via }, missing, sent)
}

function noFurther(tableId: string, route: At['route'], via: Via): Segment {
  const { id } = route.target
  const why = {
    en: `${id} leads only to the peered VPC, never to the internet or beyond`,
    ko: `피어링된 VPC까지만 연결되는 경로(인터넷 불가): ${id}`,
  }
  return stops({ at: 'route', id: tableId, via }, { reason: ['peering-no-further', id], why }, deadEnd(tableId, route))
}
