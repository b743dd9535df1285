/** VPC peering: to the other VPC's own addresses and no further. VPC Peering Guide, "Unsupported VPC peering configurations". */
import type { Route, RouteTable, Subnet } from '../../../domain/network.ts'
import type { Via } from '../../../domain/path.ts'
import { rangesOf } from '../../addresses.ts'
import { type Packets, toward, without } from '../../packets.ts'
import { deliver } from '../arrive.ts'
import type { Flow, Leg } from '../flow.ts'
import { beside, cannotTell, stops } from '../segments.ts'

export function throughPeering(flow: Flow, subnet: Subnet, table: RouteTable, taken: Route, sent: Packets): Leg {
  const { id } = taken.target
  const via: Via = { kind: 'peering', id }
  const { index } = flow
  const { peerings } = index.network
  const peering = peerings.known ? peerings.value.find((one) => one.id === id) : undefined
  if (peering === undefined) {
    const because = { en: `could not read peering connection ${id}`, ko: `읽지 못한 피어링 연결: ${id}` }
    return cannotTell('route', table.id, { permission: 'ec2:DescribeVpcPeeringConnections', because }, sent, via)
  }
  if (peering.state !== 'active') {
    const why = { en: `peering connection ${id} is ${peering.state}`, ko: `피어링 연결 ${id}의 상태: ${peering.state}` }
    return stops('route', table.id, why, { kind: 'peering-inactive', peeringId: id, state: peering.state }, via)
  }
  const other = peering.requester.vpcId === subnet.vpcId ? peering.accepter : peering.requester
  const otherVpc = index.vpc(other.vpcId)
  const cidrs = otherVpc.is === 'there' ? otherVpc.value.cidrs : other.cidrs
  if (cidrs.length === 0) return unseenVpc(table, other.vpcId, sent, via)
  const within = toward(sent, rangesOf(cidrs, flow.family))
  const beyond = without(sent, within)
  const legs: Leg[] = []
  if (within.length > 0)
    legs.push(
      otherVpc.is === 'there' ? deliver(flow, other.vpcId, null, within) : unseenVpc(table, other.vpcId, within, via),
    )
  if (beyond.length > 0) legs.push(noFurther(table, taken, via))
  return { ...beside(legs), via }
}

function unseenVpc(table: RouteTable, vpcId: string, sent: Packets, via: Via): Leg {
  const because = { en: `${vpcId} behind the peering is not visible`, ko: `피어링된 VPC를 조회할 수 없음: ${vpcId}` }
  return cannotTell('route', table.id, { permission: 'ec2:DescribeVpcs', because }, sent, via)
}

function noFurther(table: RouteTable, taken: Route, via: Via): Leg {
  const { id } = taken.target
  const why = {
    en: `${id} leads only to the peered VPC, never to the internet or beyond`,
    ko: `피어링된 VPC까지만 연결되는 경로(인터넷 불가): ${id}`,
  }
  const fault = {
    kind: 'dead-end-route',
    routeTableId: table.id,
    destination: taken.destination,
    target: id,
    targetKind: 'peering',
  } as const
  return stops('route', table.id, why, fault, via)
}
