/** Carries the packets of a flow from their sender to their aim and the replies back, hop by hop, over sets. */
import type { Route, RouteTable, Subnet } from '../../domain/network.ts'
import type { Hop } from '../../domain/path.ts'
import { formatRanges } from '../addresses.ts'
import { andThen, type Filtered } from '../filtering.ts'
import { box, type Packets, toward, without } from '../packets.ts'
import { lookUp, type RoutePiece } from '../routes.ts'
import { deliver } from './arrive.ts'
import { type FilterHop, networkAcl, securityGroupEgress } from './filters.ts'
import type { Flow, Leg } from './flow.ts'
import {
  throughEndpoint,
  throughInterface,
  throughInternetGateway,
  throughOther,
  throughVpnGateway,
} from './gateways/gateways.ts'
import { throughNatGateway } from './gateways/nat.ts'
import { throughPeering } from './gateways/peering.ts'
import { throughTransitGateway } from './gateways/transit.ts'
import { allows, beside, cannotTell, stops } from './segments.ts'

/** Longer chains of NAT and transit gateways than this are loops. */
const MOST_TURNS = 6

/** From the sender's interface on. */
export function carry(question: Omit<Flow, 'onward'>): Leg {
  const flow: Flow = { ...question, onward: leave }
  const sent = box(flow.from.addresses, flow.to.addresses, flow.ports)
  const egress = flow.from.groupIds.length === 0 ? null : securityGroupEgress(flow, sent)
  const rest = leave(flow, flow.from.subnet, sent, 0)
  return egress === null ? rest : guarded(rest, egress)
}

function guarded(leg: Leg, ...filters: readonly FilterHop[]): Leg {
  return {
    ...leg,
    filtered: filters.reduce<Filtered>((all, { filtered }) => andThen(all, filtered), leg.filtered),
    hops: [...leg.hops, ...filters.map(({ hop }) => hop)],
  }
}

/** From inside a subnet on: to a neighbour in it, or over its border. `turns` counts the gateways already passed. */
function leave(flow: Flow, subnet: Subnet, sent: Packets, turns: number): Leg {
  const inside = toward(sent, flow.index.subnetRanges(subnet, flow.family))
  const outside = inside.length === 0 ? sent : without(sent, inside)
  const legs: Leg[] = []
  if (inside.length > 0) legs.push(deliver(flow, subnet.vpcId, subnet, inside))
  if (outside.length > 0) legs.push(crossBorder(flow, subnet, outside, turns))
  return beside(legs)
}

function crossBorder(flow: Flow, subnet: Subnet, sent: Packets, turns: number): Leg {
  const out = networkAcl(flow, subnet, { direction: 'outbound', packets: 'request' }, sent)
  const back = networkAcl(flow, subnet, { direction: 'inbound', packets: 'reply' }, sent)
  return guarded(route(flow, subnet, sent, turns), out, back)
}

/** By the subnet's route table. The ACLs of the subnet are not looked at here. */
function route(flow: Flow, subnet: Subnet, sent: Packets, turns: number): Leg {
  const found = flow.index.routeTableOf(subnet)
  if (found.is !== 'there') {
    const missing = found.is === 'unread' ? found.missing : { permission: null, because: { en: '', ko: '' } }
    return cannotTell('route', null, missing, sent)
  }
  const table = found.value
  const pieces = lookUp(flow.index, table, flow.to.addresses, flow.family)
  const legs: Leg[] = []
  for (const piece of pieces) {
    const part = pieces.length === 1 ? sent : toward(sent, piece.destinations)
    if (part.length > 0) legs.push(follow(flow, subnet, table, piece, part, turns))
  }
  return beside(legs)
}

function follow(flow: Flow, subnet: Subnet, table: RouteTable, piece: RoutePiece, sent: Packets, turns: number): Leg {
  const { missing, rival, route: taken } = piece
  if (missing !== null) return cannotTell('route', table.id, missing, sent)
  if (taken === null) return noRoute(flow, subnet, table, piece)
  if (taken.state === 'blackhole') return blackhole(flow, table, taken)
  if (taken.state !== 'active') return cannotTell('route', table.id, oddState(taken), sent)
  if (rival !== null) return cannotTell('route', table.id, undecided(taken, rival), sent)
  if (turns >= MOST_TURNS) return cannotTell('route', table.id, tooLong(), sent)
  const leg = throughTarget(flow, subnet, table, taken, sent, turns)
  return { ...leg, hops: [routeHop(flow, table, taken), ...leg.hops] }
}

/** A route that leads nowhere is told by the hop behind it; the route itself is then only where it went. */
function routeHop(flow: Flow, table: RouteTable, taken: Route): Hop {
  const away = taken.target.kind === 'local' ? 'local' : taken.target.id
  const to = `${taken.destination} → ${away}`
  return allows('route', table.id, {
    en: `${flow.to.label.en} takes route ${to}`,
    ko: `${flow.to.label.ko}의 경로: ${to}`,
  })
}

function throughTarget(flow: Flow, subnet: Subnet, table: RouteTable, taken: Route, sent: Packets, turns: number): Leg {
  switch (taken.target.kind) {
    case 'local':
      return deliver(flow, subnet.vpcId, subnet, sent)
    case 'internet-gateway':
    case 'egress-only-internet-gateway':
      return throughInternetGateway(flow, subnet, table, taken, sent)
    case 'nat-gateway':
      return throughNatGateway(flow, subnet, table, taken, sent, turns)
    case 'vpc-endpoint':
      return throughEndpoint(flow, taken, sent)
    case 'vpn-gateway':
      return throughVpnGateway(flow, table, taken, sent)
    case 'transit-gateway':
      return throughTransitGateway(flow, subnet, table, taken, sent, turns)
    case 'peering':
      return throughPeering(flow, subnet, table, taken, sent)
    case 'network-interface':
    case 'instance':
      return throughInterface(flow, table, taken, sent)
    default:
      return throughOther(taken, sent)
  }
}

function noRoute(flow: Flow, subnet: Subnet, table: RouteTable, piece: RoutePiece): Leg {
  const what =
    flow.to.kind === 'public' || flow.to.kind === 's3'
      ? flow.to.label
      : { en: formatRanges(piece.destinations), ko: formatRanges(piece.destinations) }
  const why = { en: `no route of ${table.id} leads to ${what.en}`, ko: `경로 없음: ${table.id} → ${what.ko}` }
  return stops('route', table.id, why, {
    kind: 'no-route',
    routeTableId: table.id,
    subnetId: subnet.id,
    destination: flow.to.kind,
  })
}

/** A blackhole route still wins the longest match, and drops. */
function blackhole(flow: Flow, table: RouteTable, taken: Route): Leg {
  const why = {
    en: `route ${taken.destination} → ${taken.target.id} of ${table.id} is a blackhole: its target is gone; ${flow.to.label.en} is dropped`,
    ko: `블랙홀 경로(대상이 없음): ${table.id}의 ${taken.destination} → ${taken.target.id}`,
  }
  return stops('route', table.id, why, {
    kind: 'blackhole-route',
    routeTableId: table.id,
    destination: taken.destination,
    target: taken.target.id,
  })
}

function oddState(taken: Route) {
  const because = {
    en: `route ${taken.destination} is in state ${taken.state}`,
    ko: `경로 ${taken.destination}의 상태: ${taken.state}`,
  }
  return { permission: null, because }
}

function undecided(taken: Route, rival: Route) {
  const because = {
    en: `prefix lists ${taken.destination} and ${rival.destination} overlap with different targets; AWS picks one`,
    ko: `대상이 다른 접두사 목록이 겹쳐 AWS가 하나를 임의로 선택함: ${taken.destination}, ${rival.destination}`,
  }
  return { permission: null, because }
}

function tooLong() {
  const because = {
    en: 'the packets pass more gateways than can be followed',
    ko: '추적할 수 있는 것보다 많은 게이트웨이를 지남',
  }
  return { permission: null, because }
}
