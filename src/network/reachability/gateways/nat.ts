/** NAT gateways: zonal ones stand in a subnet whose routes and ACL count too; regional ones have a route table of their own. */
import { listed } from '../../../domain/answer.ts'
import type { NatGateway, Subnet } from '../../../domain/network.ts'
import type { Hop, Missing, Reason, Statement } from '../../../domain/path.ts'
import { everyAddress, familyOf, formatRanges, fromNat64, rangesOf, toNat64 } from '../../addresses.ts'
import type { Filtered } from '../../filtering.ts'
import { box, destinations, includes, type Packets, toward, without } from '../../packets.ts'
import { equal, type Ranges, subtract, unionAll } from '../../ranges.ts'
import { lookUp } from '../../routes.ts'
import { type At, type Flow, NAT_PORTS, type Onward, type Passage, type Segment } from '../flow.ts'
import { networkAclsInto } from '../network-acl-filter.ts'
import { allows, cannotTell, type Place, passes, stops } from '../segments.ts'
import { deadEnd, publicAccess } from './gateways.ts'

export function throughNatGateway(at: At): Segment | Passage {
  const { flow, subnet, table, sent } = at
  const { id } = at.route.target
  const place = placeOf(id)
  const { natGateways } = flow.index.network
  if (!natGateways.known) return cannotTell(place, unreadNat(id, natGateways.permission), sent)
  const nat = natGateways.value.find((one) => one.id === id)
  if (nat === undefined) return cannotTell(place, unreadNat(id, 'ec2:DescribeNatGateways'), sent)
  if (flow.from.isNatGateway && nat.subnetId === subnet.id) return leadsToItself(nat, table.id)
  const unusable = stateOf(nat, sent)
  if (unusable !== null) return unusable
  const dropped = flow.family === 6 ? without(sent, toward(sent, toNat64(everyAddress(4)))) : []
  if (dropped.length > 0) return onlyNat64(at, place)
  if (nat.availability === 'regional' || nat.subnetId === null) return throughRegional(at, nat)
  const found = flow.index.subnet(nat.subnetId)
  if (found.is === 'there') return throughZonal(at, nat, found.value)
  const because = {
    en: `could not read subnet ${nat.subnetId} of ${id}`,
    ko: `읽지 못한 서브넷: ${nat.subnetId} (${id})`,
  }
  const reason: Reason = ['nat-gateway-subnet-unread', nat.subnetId, id]
  return cannotTell(place, { permission: 'ec2:DescribeSubnets', reason, because }, sent)
}

/** Of IPv6, a NAT gateway carries what DNS64 gave out. VPC User Guide, "DNS64 and NAT64". */
function onlyNat64({ table, route }: At, place: Place): Segment {
  const { id } = route.target
  const why = {
    en: `${id} carries IPv6 to 64:ff9b::/96 alone, for IPv4 hosts`,
    ko: `IPv4 호스트를 위한 64:ff9b::/96 외의 IPv6를 전달하지 않는 NAT 게이트웨이: ${id}`,
  }
  return stops(place, { reason: ['nat-gateway-ipv6', id], why }, deadEnd(table.id, route))
}

function placeOf(id: string) {
  return { at: 'nat-gateway', id, via: { kind: 'nat-gateway', id } } as const satisfies Place
}

function unreadNat(id: string, permission: string): Missing {
  const because = { en: `could not read NAT gateway ${id}`, ko: `읽지 못한 NAT 게이트웨이: ${id}` }
  return { permission, reason: ['nat-gateway-unread', id], because }
}

/** It stands in a subnet whose default route leads to itself: a NAT gateway among the tasks that it is to serve. */
function leadsToItself({ id, subnetId }: NatGateway, routeTableId: string): Segment {
  const why = {
    en: `${id} stands in ${subnetId}, whose route table ${routeTableId} leads back to it: it does not reach the internet`,
    ko: `자신이 있는 서브넷의 경로가 자신을 가리켜 인터넷에 연결되지 않는 NAT 게이트웨이: ${id} (${subnetId}, ${routeTableId})`,
  }
  const statement = { reason: ['nat-gateway-leads-to-itself', id, routeTableId], why } as const
  const fault = { kind: 'nat-gateway-without-internet', natGatewayId: id, subnetId, routeTableId } as const
  return stops(placeOf(id), statement, fault)
}

/** VPC User Guide, "NAT gateways": states; AttachedAppliances (proxy mode) may refuse anything. */
function stateOf({ id, state, failure, attachedAppliances }: NatGateway, sent: Packets): Segment | null {
  if (state === 'available') {
    if (!attachedAppliances) return null
    const because = {
      en: `an appliance is attached to ${id}; what it lets pass is not visible`,
      ko: `통과 여부를 알 수 없는 어플라이언스가 연결된 NAT 게이트웨이: ${id}`,
    }
    return cannotTell(placeOf(id), { permission: null, reason: ['nat-gateway-appliance', id], because }, sent)
  }
  const reason: Reason = ['nat-gateway-state', id, state, failure ?? '']
  if (['failed', 'deleting', 'deleted'].includes(state)) {
    const said = failure === null ? '' : `: ${failure}`
    const why = { en: `NAT gateway ${id} is ${state}${said}`, ko: `NAT 게이트웨이 ${id}의 상태: ${state}${said}` }
    return stops(placeOf(id), { reason, why }, { kind: 'nat-gateway-state', natGatewayId: id, state, failure })
  }
  const because = { en: `NAT gateway ${id} is ${state}`, ko: `NAT 게이트웨이 ${id}의 상태: ${state}` }
  return cannotTell(placeOf(id), { permission: null, reason, because }, sent)
}

function throughZonal({ flow, subnet, sent }: At, nat: NatGateway, home: Subnet): Passage {
  const own = rangesOf(
    nat.addresses.flatMap(({ privateIp }) => privateIp ?? []),
    4,
  )
  const addresses = own.length > 0 ? own : flow.index.subnetRanges(home, 4)
  const isTranslated = flow.family === 6
  const behind: Flow = {
    ...flow,
    family: 4,
    ports: NAT_PORTS,
    passed: flow.passed + 1,
    from: {
      subnet: home,
      addresses,
      groupIds: [],
      publicIp: nat.connectivity === 'public',
      isTask: false,
      isNatGateway: true,
    },
    to: { ...flow.to, addresses: isTranslated ? fromNat64(destinations(sent)) : destinations(sent) },
  }
  return {
    via: placeOf(nat.id).via,
    settled: [],
    onward: [{ flow: behind, continueFrom: home, packets: box(addresses, behind.to.addresses, NAT_PORTS) }],
    // Whether an ACL sees IPv6 packets before they are translated, AWS does not document.
    filters: home.id === subnet.id || isTranslated ? [] : networkAclsInto(flow, home, sent),
    by: { kind: 'nat-gateway', nat },
  }
}

/** What came of the packets of the NAT gateway, as it is seen from before the gateway. */
export function beforeNatGateway(nat: NatGateway, beyond: Segment, onward: readonly Onward[], sent: Packets): Segment {
  const sentOn = onward.flatMap(({ packets }) => packets)
  const { filtered, shaky } = asSent(beyond, sentOn, sent)
  const ok = allows('nat-gateway', nat.id, {
    reason: ['nat-gateway-available', nat.id, nat.connectivity],
    why: {
      en: `NAT gateway ${nat.id} (${nat.connectivity}) is available`,
      ko: `사용 가능한 NAT 게이트웨이: ${nat.id} (${nat.connectivity})`,
    },
  })
  return { filtered, shaky: shaky || beyond.shaky, hops: natHops(nat, ok, beyond), via: placeOf(nat.id).via }
}

/** What stops packets behind a NAT gateway is the gateway's fault: one cause, told at the gateway. */
function natHops(nat: NatGateway, ok: Hop, beyond: Segment): readonly Hop[] {
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
  return [broughtToNothing(nat, broken)]
}

function broughtToNothing({ id, subnetId, connectivity }: NatGateway, broken: Hop): Hop {
  if (connectivity !== 'public') {
    const why = {
      en: `${id} is a private NAT gateway: it has no public address and does not lead to the internet`,
      ko: `프라이빗 NAT 게이트웨이여서 인터넷에 연결되지 않음: ${id}`,
    }
    const fault = { kind: 'nat-gateway-private', natGatewayId: id } as const
    return { at: 'nat-gateway', id, decision: 'deny', reason: ['nat-gateway-private', id], why, fault }
  }
  const why = {
    en: `${id} stands in ${subnetId ?? 'no subnet'}, from where the internet is not reached: ${broken.why.en}`,
    ko: `인터넷에 연결되지 않는 서브넷에 있는 NAT 게이트웨이: ${id} (${subnetId ?? '-'}); ${broken.why.ko}`,
  }
  const reason: Reason = ['nat-gateway-without-internet', id, ...broken.reason]
  const fault = { kind: 'nat-gateway-without-internet', natGatewayId: id, subnetId, routeTableId: broken.id } as const
  return { at: 'nat-gateway', id, decision: 'deny', reason, why, fault }
}

/** The way beyond judges the NAT gateway's packets; before the gateway only their destinations are the same. */
function asSent(beyond: Segment, sentOn: Packets, sent: Packets): { filtered: Filtered; shaky: boolean } {
  const { pass, maybe } = beyond.filtered
  const certain = includes(pass, maybe)
  const some = destinations(pass)
  const whole = subtract(some, destinations(without(sentOn, pass)))
  const isTranslated = familyOf(destinations(sent)) === 6
  const asSeen = (addresses: Ranges) => toward(sent, isTranslated ? toNat64(addresses) : addresses)
  return {
    filtered: { pass: asSeen(certain ? some : whole), maybe: asSeen(destinations(maybe)) },
    shaky: certain && !equal(some, whole),
  }
}

/** VPC User Guide, "Regional NAT gateways": no subnet, no ACL of one; its own route table leads to the internet gateway. */
function throughRegional({ flow, subnet, sent }: At, { id, routeTableId }: NatGateway): Segment {
  const place = placeOf(id)
  if (flow.family === 6) {
    const because = {
      en: `whether regional NAT gateway ${id} carries IPv6 is not documented`,
      ko: `리전 NAT 게이트웨이의 IPv6 전달 여부가 문서에 없음: ${id}`,
    }
    return cannotTell(place, { permission: null, reason: ['nat-gateway-regional-ipv6', id], because }, sent)
  }
  if (routeTableId === null) {
    const because = {
      en: `the route table of ${id} is not known`,
      ko: `라우팅 테이블을 알 수 없는 NAT 게이트웨이: ${id}`,
    }
    const reason: Reason = ['nat-gateway-table-unknown', id]
    return cannotTell(place, { permission: 'ec2:DescribeNatGateways', reason, because }, sent)
  }
  const table = listed(flow.index.network.routeTables).find((one) => one.id === routeTableId)
  if (table === undefined) {
    const because = {
      en: `could not read ${routeTableId} of ${id}`,
      ko: `읽지 못한 라우팅 테이블: ${routeTableId} (${id})`,
    }
    const reason: Reason = ['nat-gateway-table-unread', routeTableId, id]
    return cannotTell(place, { permission: 'ec2:DescribeRouteTables', reason, because }, sent)
  }
  const closed = publicAccess({ flow, subnet, sent }, place.via, true)
  if (closed !== null) return closed
  const pieces = lookUp(flow.index, table, destinations(sent), flow.family)
  const unseen = pieces.find(({ missing }) => missing !== null)?.missing
  if (unseen != null) return cannotTell(place, unseen, sent)
  const dropped = pieces.filter(
    ({ route }) => route === null || route.state !== 'active' || route.target.kind !== 'internet-gateway',
  )
  const firewall = table.routes.find((route) => route.firewall !== null)?.firewall
  if (dropped.length === 0 && firewall != null) {
    const because = {
      en: `an automated internet firewall inspects what ${id} sends: ${firewall.arn}; what it lets pass is not visible`,
      ko: `자동 인터넷 방화벽이 ${id}의 트래픽을 검사하며 통과 여부를 알 수 없음: ${firewall.arn}`,
    }
    return cannotTell(place, { permission: null, reason: ['internet-firewall', firewall.arn, id], because }, sent)
  }
  if (dropped.length > 0) {
    const what = formatRanges(unionAll(dropped.map((piece) => piece.destinations)))
    const statement: Statement = {
      reason: ['nat-gateway-without-route', id, routeTableId, what],
      why: {
        en: `${routeTableId} of ${id} has no active route to an internet gateway for ${what}`,
        ko: `인터넷 게이트웨이로 가는 활성 경로 없음: ${routeTableId} (${id}), ${what}`,
      },
    }
    const fault = { kind: 'nat-gateway-without-internet', natGatewayId: id, subnetId: null, routeTableId } as const
    return stops(place, statement, fault)
  }
  const why = { en: `regional NAT gateway ${id} is available`, ko: `사용 가능한 리전 NAT 게이트웨이: ${id}` }
  return passes(sent, place.via, [allows('nat-gateway', id, { reason: ['nat-gateway-regional', id], why })])
}
