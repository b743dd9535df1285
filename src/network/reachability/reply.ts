/** The way back: do replies from the receiving subnet return to the sender's VPC? Security groups never stop replies. */
import type { RouteTable, Subnet } from '../../domain/network.ts'
import type { Packets } from '../packets.ts'
import { lookUp } from '../routes.ts'
import type { Flow, Leg } from './flow.ts'
import { transitWay } from './gateways/transit-way.ts'
import { cannotTell, stops } from './segments.ts'

/** Null when replies find their way; else the leg that says why not. */
export function replyRoute(flow: Flow, receiver: Subnet, sent: Packets): Leg | null {
  const { index, from, family } = flow
  const found = index.routeTableOf(receiver)
  // Inside one VPC the local route is always there, whether the table can be seen or not.
  if (found.is !== 'there') return receiver.vpcId === from.subnet.vpcId ? null : unreadTable(found, sent)
  for (const { route, missing } of lookUp(index, found.value, from.addresses, family)) {
    if (missing !== null) return cannotTell('route', found.value.id, missing, sent)
    if (route === null || route.state === 'blackhole') return noWayBack(flow, found.value)
    const { kind, id } = route.target
    if (kind === 'local' && receiver.vpcId === from.subnet.vpcId) continue
    if (kind === 'peering' && peersWith(flow, id, receiver)) continue
    if (kind === 'transit-gateway') {
      const way = transitWay(flow, id, receiver, from.addresses)
      if (way.is === 'unknown') return cannotTell('route', found.value.id, way.missing, sent)
      if (way.is === 'vpc' && way.attachment.vpcId === from.subnet.vpcId) continue
      return noWayBack(flow, found.value)
    }
    if (['network-interface', 'instance', 'vpc-endpoint', 'other'].includes(kind)) {
      const because = {
        en: `replies go through ${id}, which cannot be seen into`,
        ko: `응답이 통과 여부를 알 수 없는 대상을 지남: ${id}`,
      }
      return cannotTell('route', found.value.id, { permission: null, because }, sent)
    }
    return noWayBack(flow, found.value)
  }
  return null
}

function unreadTable(found: ReturnType<Flow['index']['routeTableOf']>, sent: Packets): Leg {
  const missing = found.is === 'unread' ? found.missing : { permission: null, because: { en: '', ko: '' } }
  return cannotTell('route', null, missing, sent)
}

function peersWith({ index, from }: Flow, peeringId: string, receiver: Subnet): boolean {
  const { peerings } = index.network
  const peering = peerings.known ? peerings.value.find((one) => one.id === peeringId) : undefined
  if (peering?.state !== 'active') return false
  const sides = [peering.requester.vpcId, peering.accepter.vpcId]
  return sides.includes(receiver.vpcId) && sides.includes(from.subnet.vpcId)
}

function noWayBack(flow: Flow, table: RouteTable): Leg {
  const why = {
    en: `replies do not come back: ${table.id} has no working route to ${flow.from.subnet.id}`,
    ko: `응답이 돌아오지 못함: ${table.id}에서 ${flow.from.subnet.id}의 주소로 가는 경로가 없음`,
  }
  return stops('route', table.id, why, {
    kind: 'no-route',
    routeTableId: table.id,
    subnetId: flow.from.subnet.id,
    destination: 'reply',
  })
}
