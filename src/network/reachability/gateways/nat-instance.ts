/**
 * An interface as the target of a route: a NAT instance, a firewall, any appliance. What its system does with packets nobody
 * sees, but what cannot get into it or out of it is certain. VPC User Guide, "NAT instances".
 */
import { listed } from '../../../domain/answer.ts'
import type { NetworkInterface } from '../../../domain/network.ts'
import type { Fault, Hop, Missing } from '../../../domain/path.ts'
import type { Text } from '../../../domain/text.ts'
import { rangesOf } from '../../addresses.ts'
import type { NetworkIndex } from '../../network-index.ts'
import { box, destinations, type Packets } from '../../packets.ts'
import type { At, FilterHop, Flow, Onward, Passage, Segment, Translator } from '../flow.ts'
import { networkAclsInto } from '../network-acl-filter.ts'
import { securityGroupEgress, securityGroupIngress } from '../security-group-filter.ts'
import { cannotTell, guarded, type Place, stops } from '../segments.ts'
import { appliance, endsAt } from './gateways.ts'

export function throughInterface(at: At): Segment | Passage {
  const { flow, subnet, sent } = at
  const { kind, id } = at.route.target
  const [one, ...others] = listed(flow.index.network.interfaces).filter((entry) =>
    kind === 'instance' ? entry.instanceId === id : entry.id === id,
  )
  // Of several interfaces, a route to the instance does not say which.
  if (one === undefined || others.length > 0) return appliance(at, ['through-interface'], NOT_VISIBLE(id))
  if (one.sourceDestCheck === true)
    return endsAt(at, ['source-destination-check', id], {
      en: `${id} keeps its source/destination check, so it drops packets that are not its own`,
      ko: `소스/대상 확인이 켜져 있어 자신의 것이 아닌 패킷을 버림: ${id}`,
    })
  const instance = listed(flow.index.network.instances).find((entry) => entry.id === one.instanceId)
  if (instance !== undefined && NOT_RUNNING.includes(instance.state)) return notRunning(at, one, instance.state)
  const home = flow.index.subnet(one.subnetId)
  // With a second interface, packets may leave by that one.
  const leavesByItself = instance?.interfaceIds.length === 1 && home.is === 'there'
  return {
    via: viaOf(id),
    settled: leavesByItself ? [] : [throughSystem(id, sent)],
    onward: leavesByItself ? [onwardFrom(flow, one, home.value, sent)] : [],
    filters: [
      ...(home.is === 'there' && home.value.id !== subnet.id ? networkAclsInto(flow, home.value, sent) : []),
      ...(one.groupIds.length === 0 ? [] : [inbound(flow, one, sent)]),
    ],
    by: { kind: 'instance', id, interface: one },
  }
}

const NOT_RUNNING = ['stopping', 'stopped', 'shutting-down', 'terminated']

const NOT_VISIBLE = (id: string): Text => ({
  en: `the route leads through ${id}: what it lets pass is not visible`,
  ko: `통과 여부를 알 수 없는 대상을 지나는 경로: ${id}`,
})

function viaOf(id: string) {
  return { kind: 'appliance', id } as const
}

function throughSystem(id: string, sent: Packets): Segment {
  const missing: Missing = { permission: null, reason: ['through-interface', id], because: NOT_VISIBLE(id) }
  return cannotTell({ at: 'route', id, via: viaOf(id) }, missing, sent)
}

function notRunning(at: At, one: NetworkInterface, state: string): Segment {
  const id = one.instanceId ?? one.id
  const why = { en: `instance ${id} (${one.id}) is ${state}`, ko: `인스턴스 ${id} (${one.id})의 상태: ${state}` }
  const place: Place = { at: 'route', id: at.table.id, via: viaOf(at.route.target.id) }
  return stops(place, { reason: ['instance-state', one.id, state], why }, withoutInternet(one, null, state))
}

function withoutInternet(one: NetworkInterface, routeTableId: string | null, because: string): Fault {
  const { id: interfaceId, instanceId, subnetId } = one
  return { kind: 'nat-instance-without-internet', interfaceId, instanceId, subnetId, routeTableId, because }
}

function inbound(flow: Flow, one: NetworkInterface, sent: Packets): FilterHop {
  return ofInstance(securityGroupIngress(flow, sent, one, null), one)
}

/** The fault of a group of the instance: not of an endpoint, nor of the task. */
function ofInstance({ hop: { fault, ...hop }, filtered }: FilterHop, one: NetworkInterface): FilterHop {
  const { id: interfaceId, instanceId, groupIds } = one
  if (fault?.kind === 'ingress-closed') {
    const { from, fromGroupIds, port } = fault
    const data = { interfaceId, instanceId, groupIds, direction: 'inbound', from, fromGroupIds, port } as const
    return { filtered, hop: { ...hop, fault: { kind: 'nat-instance-closed', ...data } } }
  }
  if (fault?.kind !== 'egress-closed') return { filtered, hop: fault === undefined ? hop : { ...hop, fault } }
  const data = { interfaceId, instanceId, groupIds, direction: 'outbound', from: '', fromGroupIds: [] } as const
  return { filtered, hop: { ...hop, fault: { kind: 'nat-instance-closed', ...data, port: fault.port } } }
}

/** From an address of its own, as a NAT instance would send them on. */
function onwardFrom(flow: Flow, one: NetworkInterface, home: Flow['from']['subnet'], sent: Packets): Onward {
  const addresses = rangesOf([...one.privateIps.slice(0, 1), ...one.ipv6Addresses], flow.family)
  const from = {
    subnet: home,
    addresses: addresses.length > 0 ? addresses : flow.index.subnetRanges(home, flow.family),
    groupIds: one.groupIds,
    publicIp: one.publicIp !== null,
    isTask: false,
    isNatGateway: false,
  }
  const to = { ...flow.to, addresses: destinations(sent) }
  const behind: Flow = { ...flow, passed: flow.passed + 1, from, to }
  return { flow: behind, continueFrom: home, packets: box(from.addresses, to.addresses, flow.ports) }
}

/** What would surely not come out of it stops here; of the rest, only its system could tell. */
export function behindInstance(
  { id, interface: one }: Extract<Translator, { readonly kind: 'instance' }>,
  beyond: Segment,
  onward: readonly Onward[],
  sent: Packets,
): Segment {
  const [first] = onward
  if (first === undefined) return beyond
  const out = ofInstance(securityGroupEgress(first.flow, first.packets), one)
  const { filtered, hops } = guarded(beyond, one.groupIds.length === 0 ? [] : [out])
  const stop = filtered.maybe.length > 0 ? undefined : hops.find(({ decision }) => decision === 'deny')
  if (stop === undefined || !isCertain(first.flow.index, one, stop)) return throughSystem(id, sent)
  return { filtered, shaky: false, hops: [asItsOwn(one, stop)], via: viaOf(id) }
}

/** Unless it tunnels: by another protocol, or by another route. */
function isCertain(index: NetworkIndex, one: NetworkInterface, { at, fault }: Hop): boolean {
  if (at === 'network-acl-out' || at === 'network-acl-in') return true
  if (at === 'security-group-egress')
    return one.groupIds.every((id) => {
      const group = index.securityGroup(id)
      return group.is === 'there' && group.value.egress.every(({ protocol }) => ['tcp', '6'].includes(protocol))
    })
  const home = index.subnet(one.subnetId)
  const table = home.is === 'there' ? index.routeTableOf(home.value) : null
  if (table?.is !== 'there') return false
  // Without a public address, no route to an internet gateway is of any use.
  const useless = fault?.kind === 'public-ip-missing' ? ['internet-gateway'] : []
  const kinds = table.value.routes.filter(({ state }) => state === 'active').map(({ target }) => target.kind)
  return kinds.every((kind) => ['local', 'vpc-endpoint', ...useless].includes(kind))
}

function asItsOwn(one: NetworkInterface, stop: Hop): Hop {
  if (stop.at !== 'route' && stop.at !== 'internet-gateway') return stop
  const missing = stop.fault?.kind === 'public-ip-missing'
  if (stop.fault === undefined || ['internet-blocked', 'internet-gateway-detached'].includes(stop.fault.kind))
    return stop
  const id = one.instanceId ?? one.id
  const why = missing
    ? {
        en: `instance ${id} (${one.id}) has no public IPv4 address`,
        ko: `퍼블릭 IPv4 주소가 없는 인스턴스: ${id} (${one.id})`,
      }
    : {
        en: `instance ${id} does not reach the internet: ${stop.why.en}`,
        ko: `인터넷에 연결되지 않는 인스턴스: ${id}; ${stop.why.ko}`,
      }
  const fault = withoutInternet(one, stop.at === 'route' ? stop.id : null, missing ? 'no-public-ip' : 'no-route')
  return {
    at: 'route',
    id: one.id,
    decision: 'deny',
    reason: ['instance-without-internet', one.id, ...stop.reason],
    why,
    fault,
  }
}
