/** Follows the packets of a flow from their sender to their target and the replies back, hop by hop, over sets. */
import type { NetworkInterface, Subnet } from '../../domain/network.ts'
import type { Hop, Missing, Statement } from '../../domain/path.ts'
import { formatRanges } from '../addresses.ts'
import { box, type Packets, toward, without } from '../packets.ts'
import { lookUp, type RoutePiece } from '../routes.ts'
import { arrive } from './arrive.ts'
import { type At, type Flow, labelOf, type Onward, type Passage, type Segment } from './flow.ts'
import { refusedUnencrypted } from './gateways/encryption.ts'
import { throughEndpoint, throughInternetGateway, throughOther, throughVpnGateway } from './gateways/gateways.ts'
import { behindLoadBalancer, throughLoadBalancer } from './gateways/load-balancer.ts'
import { beforeNatGateway, throughNatGateway } from './gateways/nat.ts'
import { behindInstance, throughInterface } from './gateways/nat-instance.ts'
import { throughPeering } from './gateways/peering.ts'
import { throughTransitGateway } from './gateways/transit.ts'
import { networkAcl } from './network-acl-filter.ts'
import { securityGroupEgress } from './security-group-filter.ts'
import { allows, beside, cannotTell, guarded, stops } from './segments.ts'

/** Longer chains of NAT gateways, transit gateways and load balancers than this are loops. */
const MOST_PASSED = 6

/** From the sender's interface on. */
export function forward(question: Omit<Flow, 'passed'>): Segment {
  const flow: Flow = { ...question, passed: 0 }
  const sent = box(flow.from.addresses, flow.to.addresses, flow.ports)
  const filters = flow.from.groupIds.length === 0 ? [] : [securityGroupEgress(flow, sent)]
  return guarded(egress(flow, flow.from.subnet, sent), filters)
}

/** From inside a subnet on: to a neighbour in it, or over its border. */
function egress(flow: Flow, subnet: Subnet, sent: Packets): Segment {
  const inside = toward(sent, flow.index.subnetRanges(subnet, flow.family))
  const outside = inside.length === 0 ? sent : without(sent, inside)
  const segments: Segment[] = []
  if (inside.length > 0) segments.push(intoVpc(flow, subnet.vpcId, subnet, inside))
  if (outside.length > 0) segments.push(overBorder(flow, subnet, outside))
  return beside(segments)
}

function overBorder(flow: Flow, subnet: Subnet, sent: Packets): Segment {
  const out = networkAcl(flow, subnet, { direction: 'outbound', packets: 'request' }, sent)
  const back = networkAcl(flow, subnet, { direction: 'inbound', packets: 'reply' }, sent)
  return guarded(byRoutes(flow, subnet, sent), [out, back])
}

/** By the subnet's route table. The ACLs of the subnet are not looked at here. */
function byRoutes(flow: Flow, subnet: Subnet, sent: Packets): Segment {
  const found = flow.index.routeTableOf(subnet)
  if (found.is === 'unread') return cannotTell({ at: 'route', id: null }, found.missing, sent)
  const pieces = lookUp(flow.index, found.value, flow.to.addresses, flow.family)
  const segments: Segment[] = []
  for (const piece of pieces) {
    const part = pieces.length === 1 ? sent : toward(sent, piece.destinations)
    if (part.length > 0) segments.push(byRoute({ flow, subnet, table: found.value, sent: part }, piece))
  }
  return beside(segments)
}

function byRoute(at: Omit<At, 'route'>, piece: RoutePiece): Segment {
  const { missing, rival, route } = piece
  const place = { at: 'route', id: at.table.id } as const
  if (missing !== null) return cannotTell(place, missing, at.sent)
  if (route === null) return noRoute(at, piece)
  if (route.state === 'blackhole') return blackhole({ ...at, route })
  if (route.state !== 'active') {
    const { destination, state } = route
    const because = { en: `route ${destination} is in state ${state}`, ko: `경로 ${destination}의 상태: ${state}` }
    return cannotTell(place, { permission: null, reason: ['route-state', destination, state], because }, at.sent)
  }
  if (rival !== null) {
    const lists = [route.destination, rival.destination] as const
    const because = {
      en: `prefix lists ${lists.join(' and ')} overlap with different targets; AWS picks one`,
      ko: `대상이 다른 접두사 목록이 겹쳐 AWS가 하나를 임의로 선택함: ${lists.join(', ')}`,
    }
    return cannotTell(place, { permission: null, reason: ['routes-overlap', ...lists], because }, at.sent)
  }
  if (at.flow.passed >= MOST_PASSED) return cannotTell(place, TOO_LONG, at.sent)
  const segment = refusedUnencrypted({ ...at, route }) ?? throughTarget({ ...at, route })
  return { ...segment, hops: [routeHop({ ...at, route }), ...segment.hops] }
}

/** A route that leads nowhere is told by the hop behind it; the route itself is then only where it went. */
function routeHop({ flow, table, route }: At): Hop {
  const away = route.target.kind === 'local' ? 'local' : route.target.id
  const to = labelOf(flow.to)
  return allows('route', table.id, {
    reason: ['route-taken', flow.to.name, route.destination, away],
    why: {
      en: `${to.en} takes route ${route.destination} → ${away}`,
      ko: `${to.ko}의 경로: ${route.destination} → ${away}`,
    },
  })
}

function throughTarget(at: At): Segment {
  switch (at.route.target.kind) {
    case 'local':
      return intoVpc(at.flow, at.subnet.vpcId, at.subnet, at.sent)
    case 'internet-gateway':
    case 'egress-only-internet-gateway':
      return throughInternetGateway(at)
    case 'nat-gateway':
      return behind(throughNatGateway(at), at.sent)
    case 'vpc-endpoint':
      return throughEndpoint(at)
    case 'vpn-gateway':
      return throughVpnGateway(at)
    case 'transit-gateway':
      return behind(throughTransitGateway(at), at.sent)
    case 'peering':
      return behind(throughPeering(at), at.sent)
    case 'network-interface':
    case 'instance':
      return behind(throughInterface(at), at.sent)
    default:
      return throughOther(at)
  }
}

/** What becomes of the packets that a gateway sends on. */
function behind(passage: Segment | Passage, sent: Packets): Segment {
  if ('hops' in passage) return passage
  const { onward, filters, via } = passage
  return { ...guarded(before(passage, beside([...onward.map(goOn), ...passage.settled]), sent), filters), via }
}

/** What came of it, as it is seen from before the one who sends it on. */
function before({ by, onward }: Passage, beyond: Segment, sent: Packets): Segment {
  if (by === null) return beyond
  return by.kind === 'nat-gateway'
    ? beforeNatGateway(by.nat, beyond, onward, sent)
    : behindInstance(by, beyond, onward, sent)
}

function goOn({ flow, continueFrom, packets }: Onward): Segment {
  return 'borderOf' in continueFrom
    ? intoVpc(flow, continueFrom.borderOf, null, packets)
    : egress(flow, continueFrom, packets)
}

/** `from`: the subnet the packets come from; null when they enter the VPC over a peering or a transit gateway. */
function intoVpc(flow: Flow, vpcId: string, from: Subnet | null, sent: Packets): Segment {
  const { segment, receiver, subnet } = arrive(flow, vpcId, from, sent)
  return receiver?.type === 'network_load_balancer' && subnet !== null
    ? toTargets(flow, receiver, subnet, segment)
    : segment
}

function toTargets(flow: Flow, balancer: NetworkInterface, subnet: Subnet, arrived: Segment): Segment {
  const targets = throughLoadBalancer(flow, balancer, subnet, arrived.filtered.maybe)
  if ('hops' in targets) return behindLoadBalancer(arrived, targets)
  if (flow.passed >= MOST_PASSED)
    return behindLoadBalancer(
      arrived,
      cannotTell({ at: 'endpoint', id: balancer.id }, TOO_LONG, arrived.filtered.maybe),
    )
  return behindLoadBalancer(arrived, targets.map(goOn))
}

function noRoute({ flow, subnet, table }: Omit<At, 'route'>, piece: RoutePiece): Segment {
  const { kind, name } = flow.to
  const ranges = formatRanges(piece.destinations)
  const isWhole = kind === 'public' || kind === 's3'
  const to = isWhole ? labelOf(flow.to) : { en: ranges, ko: ranges }
  const statement: Statement = {
    reason: ['no-route', table.id, isWhole ? name : ranges],
    why: { en: `no route of ${table.id} leads to ${to.en}`, ko: `경로 없음: ${table.id} → ${to.ko}` },
  }
  const destination = flow.family === 6 ? 'ipv6' : kind
  const fault = { kind: 'no-route', routeTableId: table.id, subnetId: subnet.id, destination } as const
  return stops({ at: 'route', id: table.id }, statement, fault)
}

/** A blackhole route still wins the longest match, and drops. */
function blackhole({ flow, table, route }: At): Segment {
  const { destination, target } = route
  const statement: Statement = {
    reason: ['blackhole-route', table.id, destination, target.id, flow.to.name],
    why: {
      en: `route ${destination} → ${target.id} of ${table.id} is a blackhole: its target is gone; ${labelOf(flow.to).en} is dropped`,
      ko: `블랙홀 경로(대상이 없음): ${table.id}의 ${destination} → ${target.id}`,
    },
  }
  const fault = { kind: 'blackhole-route', routeTableId: table.id, destination, target: target.id } as const
  return stops({ at: 'route', id: table.id }, statement, fault)
}

const TOO_LONG: Missing = {
  permission: null,
  reason: ['too-many-gateways'],
  because: {
    en: 'the packets pass more gateways than can be followed',
    ko: '추적할 수 있는 것보다 많은 게이트웨이를 지남',
  },
}
