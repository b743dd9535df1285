/** NAT gateways: zonal ones stand in a subnet whose routes and ACL count too; regional ones have a route table of their own. */
import type { NatGateway, Route, RouteTable, Subnet } from '../../../domain/network.ts'
import type { Hop, Via } from '../../../domain/path.ts'
import { formatRanges, rangesOf } from '../../addresses.ts'
import { andThen, type Filtered } from '../../filtering.ts'
import { box, destinations, includes, type Packets, toward, without } from '../../packets.ts'
import { equal, subtract, unionAll } from '../../ranges.ts'
import { lookUp } from '../../routes.ts'
import { networkAcl } from '../filters.ts'
import { type Flow, type Leg, NAT_PORTS } from '../flow.ts'
import { allows, cannotTell, passes, stops } from '../segments.ts'
import { publicAccess } from './gateways.ts'

export function throughNatGateway(
  flow: Flow,
  subnet: Subnet,
  table: RouteTable,
  taken: Route,
  sent: Packets,
  turns: number,
): Leg {
  const { id } = taken.target
  const via: Via = { kind: 'nat-gateway', id }
  const { natGateways } = flow.index.network
  if (!natGateways.known) return cannotTell('nat-gateway', id, unreadNat(id, natGateways.permission), sent, via)
  const nat = natGateways.value.find((one) => one.id === id)
  if (nat === undefined) return cannotTell('nat-gateway', id, unreadNat(id, 'ec2:DescribeNatGateways'), sent, via)
  if (flow.from.isNatGateway && nat.subnetId === subnet.id) return leadsToItself(nat, table, via)
  const unusable = stateOf(nat, sent, via)
  if (unusable !== null) return unusable
  if (nat.availability === 'regional' || nat.subnetId === null) return throughRegional(flow, subnet, nat, sent, via)
  const found = flow.index.subnet(nat.subnetId)
  if (found.is !== 'there') {
    const because = {
      en: `could not read subnet ${nat.subnetId} of ${id}`,
      ko: `읽지 못한 서브넷: ${nat.subnetId} (${id})`,
    }
    return cannotTell('nat-gateway', id, { permission: 'ec2:DescribeSubnets', because }, sent, via)
  }
  return throughZonal(flow, subnet, nat, found.value, sent, via, turns)
}

function unreadNat(id: string, permission: string) {
  return { permission, because: { en: `could not read NAT gateway ${id}`, ko: `읽지 못한 NAT 게이트웨이: ${id}` } }
}

/** It stands in a subnet whose default route leads to itself: a NAT gateway among the tasks that it is to serve. */
function leadsToItself({ id, subnetId }: NatGateway, table: RouteTable, via: Via): Leg {
  const why = {
    en: `${id} stands in ${subnetId}, whose route table ${table.id} leads back to it: it does not reach the internet`,
    ko: `자신이 있는 서브넷의 경로가 자신을 가리켜 인터넷에 연결되지 않는 NAT 게이트웨이: ${id} (${subnetId}, ${table.id})`,
  }
  const fault = { kind: 'nat-gateway-without-internet', natGatewayId: id, subnetId, routeTableId: table.id } as const
  return stops('nat-gateway', id, why, fault, via)
}

/** VPC User Guide, "NAT gateways": states; AttachedAppliances (proxy mode) may refuse anything. */
function stateOf(nat: NatGateway, sent: Packets, via: Via): Leg | null {
  const { id, state, failure } = nat
  if (state === 'available') {
    if (!nat.attachedAppliances) return null
    const because = {
      en: `an appliance is attached to ${id}; what it lets pass is not visible`,
      ko: `통과 여부를 알 수 없는 어플라이언스가 연결된 NAT 게이트웨이: ${id}`,
    }
    return cannotTell('nat-gateway', id, { permission: null, because }, sent, via)
  }
  if (['failed', 'deleting', 'deleted'].includes(state)) {
    const reason = failure === null ? '' : `: ${failure}`
    const why = { en: `NAT gateway ${id} is ${state}${reason}`, ko: `NAT 게이트웨이 ${id}의 상태: ${state}${reason}` }
    return stops('nat-gateway', id, why, { kind: 'nat-gateway-state', natGatewayId: id, state, failure }, via)
  }
  const because = { en: `NAT gateway ${id} is ${state}`, ko: `NAT 게이트웨이 ${id}의 상태: ${state}` }
  return cannotTell('nat-gateway', id, { permission: null, because }, sent, via)
}

function throughZonal(
  flow: Flow,
  subnet: Subnet,
  nat: NatGateway,
  home: Subnet,
  sent: Packets,
  via: Via,
  turns: number,
): Leg {
  const addresses = nat.addresses.flatMap(({ privateIp }) => (privateIp === null ? [] : [privateIp]))
  const own = rangesOf(addresses, flow.family)
  const onward: Flow = {
    ...flow,
    ports: NAT_PORTS,
    from: {
      subnet: home,
      addresses: own.length > 0 ? own : flow.index.subnetRanges(home, flow.family),
      groupIds: [],
      publicIp: nat.connectivity === 'public',
      isTask: false,
      isNatGateway: true,
    },
  }
  const aim = destinations(sent)
  const sentOn = box(onward.from.addresses, aim, NAT_PORTS)
  const beyond = onward.onward({ ...onward, to: { ...flow.to, addresses: aim } }, home, sentOn, turns + 1)
  const { filtered, shaky } = seenFromBefore(beyond, sentOn, sent)
  const border = home.id === subnet.id ? null : natBorder(flow, home, sent)
  const ok = allows('nat-gateway', nat.id, {
    en: `NAT gateway ${nat.id} (${nat.connectivity}) is available`,
    ko: `사용 가능한 NAT 게이트웨이: ${nat.id} (${nat.connectivity})`,
  })
  return {
    filtered: border === null ? filtered : andThen(filtered, border.filtered),
    shaky: shaky || beyond.shaky,
    hops: [...natHops(nat, ok, beyond), ...(border?.hops ?? [])],
    via,
  }
}

/** What stops packets behind a NAT gateway is the gateway's fault: one cause, told at the gateway. */
function natHops(nat: NatGateway, ok: Hop, beyond: Leg): readonly Hop[] {
  const itself = beyond.hops.find((hop) => hop.decision === 'deny' && hop.at === 'nat-gateway' && hop.id === nat.id)
  if (itself !== undefined) return [itself]
  const broken = beyond.hops.find(
    (hop) => hop.decision === 'deny' && (hop.at === 'route' || hop.at === 'internet-gateway'),
  )
  if (broken === undefined) {
    return [ok, ...beyond.hops.filter((hop) => hop.at !== 'route' || hop.decision !== 'allow')]
  }
  // The setting and the gateway that is not attached are causes of their own.
  if (['internet-blocked', 'internet-gateway-detached'].includes(broken.fault?.kind ?? '')) return [ok, broken]
  const isPrivate = nat.connectivity !== 'public'
  const reason = isPrivate
    ? {
        en: `${nat.id} is a private NAT gateway: it has no public address and does not lead to the internet`,
        ko: `프라이빗 NAT 게이트웨이여서 인터넷에 연결되지 않음: ${nat.id}`,
      }
    : {
        en: `${nat.id} stands in ${nat.subnetId ?? 'no subnet'}, from where the internet is not reached: ${broken.why.en}`,
        ko: `인터넷에 연결되지 않는 서브넷에 있는 NAT 게이트웨이: ${nat.id} (${nat.subnetId ?? '-'}); ${broken.why.ko}`,
      }
  const fault = isPrivate
    ? ({ kind: 'nat-gateway-private', natGatewayId: nat.id } as const)
    : ({
        kind: 'nat-gateway-without-internet',
        natGatewayId: nat.id,
        subnetId: nat.subnetId,
        routeTableId: broken.id,
      } as const)
  return [{ at: 'nat-gateway', id: nat.id, decision: 'deny', why: reason, fault }]
}

/** The far leg judges the NAT gateway's packets; before the gateway only their destinations are the same. */
function seenFromBefore(beyond: Leg, sentOn: Packets, sent: Packets): { filtered: Filtered; shaky: boolean } {
  const { pass, maybe } = beyond.filtered
  const certain = includes(pass, maybe)
  const some = destinations(pass)
  const whole = subtract(some, destinations(without(sentOn, pass)))
  return {
    filtered: { pass: toward(sent, certain ? some : whole), maybe: toward(sent, destinations(maybe)) },
    shaky: certain && !equal(some, whole),
  }
}

/** The ACL of the NAT gateway's subnet towards the sender: requests in, replies out. */
function natBorder(flow: Flow, home: Subnet, sent: Packets): { filtered: Filtered; hops: readonly Hop[] } {
  const requests = networkAcl(flow, home, { direction: 'inbound', packets: 'request' }, sent)
  const replies = networkAcl(flow, home, { direction: 'outbound', packets: 'reply' }, sent)
  return { filtered: andThen(requests.filtered, replies.filtered), hops: [requests.hop, replies.hop] }
}

/** VPC User Guide, "Regional NAT gateways": no subnet, no ACL of one; its own route table leads to the internet gateway. */
function throughRegional(flow: Flow, subnet: Subnet, nat: NatGateway, sent: Packets, via: Via): Leg {
  if (nat.routeTableId === null) {
    const because = {
      en: `the route table of ${nat.id} is not known`,
      ko: `라우팅 테이블을 알 수 없는 NAT 게이트웨이: ${nat.id}`,
    }
    return cannotTell('nat-gateway', nat.id, { permission: 'ec2:DescribeNatGateways', because }, sent, via)
  }
  const { routeTables } = flow.index.network
  const table = routeTables.known ? routeTables.value.find((one) => one.id === nat.routeTableId) : undefined
  if (table === undefined) {
    const because = {
      en: `could not read ${nat.routeTableId} of ${nat.id}`,
      ko: `읽지 못한 라우팅 테이블: ${nat.routeTableId} (${nat.id})`,
    }
    return cannotTell('nat-gateway', nat.id, { permission: 'ec2:DescribeRouteTables', because }, sent, via)
  }
  const closed = publicAccess(flow, subnet, true, sent, via)
  if (closed !== null) return closed
  const aim = destinations(sent)
  const dropped = lookUp(flow.index, table, aim, flow.family).filter(
    ({ route }) => route === null || route.state !== 'active' || route.target.kind !== 'internet-gateway',
  )
  if (dropped.length > 0) {
    const what = formatRanges(unionAll(dropped.map((piece) => piece.destinations)))
    const why = {
      en: `${table.id} of ${nat.id} has no active route to an internet gateway for ${what}`,
      ko: `인터넷 게이트웨이로 가는 활성 경로 없음: ${table.id} (${nat.id}), ${what}`,
    }
    return stops(
      'nat-gateway',
      nat.id,
      why,
      { kind: 'nat-gateway-without-internet', natGatewayId: nat.id, subnetId: null, routeTableId: table.id },
      via,
    )
  }
  return passes(sent, via, [
    allows('nat-gateway', nat.id, {
      en: `regional NAT gateway ${nat.id} is available`,
      ko: `사용 가능한 리전 NAT 게이트웨이: ${nat.id}`,
    }),
  ])
}
