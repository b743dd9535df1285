/** The way back: do replies from the receiving subnet return to the sender's VPC? Security groups never stop replies. */
import { listed } from '../../domain/answer.ts'
import type { RouteTable, Subnet } from '../../domain/network.ts'
import type { Packets } from '../packets.ts'
import { lookUp } from '../routes.ts'
import type { Flow, Segment } from './flow.ts'
import { transitWay } from './gateways/transit-way.ts'
import { cannotTell, stops } from './segments.ts'

/** Null when replies find their way; else the segment that says why not. */
export function replyRoute(flow: Flow, receiver: Subnet, sent: Packets): Segment | null {
  const { index, from, family } = flow
  const found = index.routeTableOf(receiver)
  if (found.is === 'unread') {
    // Inside one VPC the local route is always there, whether the table can be seen or not.
    const isLocal = receiver.vpcId === from.subnet.vpcId
    return isLocal ? null : cannotTell({ at: 'route', id: null }, found.missing, sent)
  }
  const place = { at: 'route', id: found.value.id } as const
  for (const { route, missing } of lookUp(index, found.value, from.addresses, family)) {
    if (missing !== null) return cannotTell(place, missing, sent)
    if (route === null || route.state === 'blackhole') return noWayBack(flow, found.value)
    const { kind, id } = route.target
    if (kind === 'local' && receiver.vpcId === from.subnet.vpcId) continue
    if (kind === 'peering' && peersWith(flow, id, receiver)) continue
    if (kind === 'transit-gateway') {
      const way = transitWay(index, id, receiver, from.addresses)
      if (way.is === 'unknown') return cannotTell(place, way.missing, sent)
      if (way.is === 'vpc' && way.attachment.vpcId === from.subnet.vpcId) continue
      return noWayBack(flow, found.value)
    }
    if (['network-interface', 'instance', 'vpc-endpoint', 'other'].includes(kind)) {
      const because = {
        en: `replies go through ${id}, which cannot be seen into`,
        ko: `응답이 통과 여부를 알 수 없는 대상을 지남: ${id}`,
      }
      return cannotTell(place, { permission: null, reason: ['replies-through', id], because }, sent)
    }
    return noWayBack(flow, found.value)
  }
  return null
}

function peersWith({ index, from }: Flow, peeringId: string, receiver: Subnet): boolean {
  const peering = listed(index.network.peerings).find((one) => one.id === peeringId)
  if (peering?.state !== 'active') return false
  const sides = [peering.requester.vpcId, peering.accepter.vpcId]
  return sides.includes(receiver.vpcId) && sides.includes(from.subnet.vpcId)
}

function noWayBack({ from }: Flow, { id }: RouteTable): Segment {
  const subnetId = from.subnet.id
  const why = {
    en: `replies do not come back: ${id} has no working route to ${subnetId}`,
    ko: `응답이 돌아오지 못함: ${id}에서 ${subnetId}의 주소로 가는 경로가 없음`,
  }
  const fault = { kind: 'no-route', routeTableId: id, subnetId, destination: 'reply' } as const
  return stops({ at: 'route', id }, { reason: ['no-way-back', id, subnetId], why }, fault)
}
