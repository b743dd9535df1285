/** A Network Load Balancer as target: its listener, and then any one healthy target that answers. */
import { listed } from '../../../domain/answer.ts'
import type { LoadBalancer, NetworkInterface, Subnet } from '../../../domain/network.ts'
import { parseBlock } from '../../addresses.ts'
import { andThen } from '../../filtering.ts'
import type { NetworkIndex } from '../../network-index.ts'
import { box, either, NONE, type Packets } from '../../packets.ts'
import type { Flow, Onward, Segment } from '../flow.ts'
import { cannotTell, stops } from '../segments.ts'

/** What it sends on to each of its targets, or the segment that ends at it. */
export function throughLoadBalancer(
  flow: Flow,
  receiver: NetworkInterface,
  subnet: Subnet,
  sent: Packets,
): Segment | readonly Onward[] {
  const place = { at: 'endpoint', id: receiver.id } as const
  const named = /\bnet\/([^/]+)\//.exec(receiver.description)?.[1]
  const balancer = listed(flow.index.network.loadBalancers).find(({ name }) => name === named)
  if (balancer === undefined) {
    const because = {
      en: `the listeners of the load balancer behind ${receiver.id} are not known`,
      ko: `리스너를 알 수 없는 로드 밸런서의 인터페이스: ${receiver.id}`,
    }
    const permission = 'elasticloadbalancing:DescribeListeners'
    return cannotTell(place, { permission, reason: ['listeners-unread', receiver.id], because }, sent)
  }
  const { name } = balancer
  const { protocol, port } = flow
  const listener = balancer.listeners.find((one) => one.port === port && one.protocol.toLowerCase().includes(protocol))
  if (listener === undefined) {
    const why = {
      en: `${name} has no ${protocol.toUpperCase()} listener on port ${port}`,
      ko: `리스너가 없음: ${name}, ${protocol.toUpperCase()} ${port}`,
    }
    const statement = { reason: ['listener-missing', name, protocol, port], why } as const
    return stops(place, statement, { kind: 'listener-missing', loadBalancer: name, port })
  }
  const onward = toTargets(flow, receiver, subnet, balancer, listener.targetGroupArns)
  if (onward.length > 0) return onward
  const because = { en: `no target of ${name} is known`, ko: `대상을 알 수 없는 로드 밸런서: ${name}` }
  const permission = 'elasticloadbalancing:DescribeTargetHealth'
  return cannotTell(place, { permission, reason: ['targets-unread', name], because }, sent)
}

/** NLB: with client addresses preserved a target sees the client itself. ELB Guide, "Client IP preservation". */
function toTargets(
  flow: Flow,
  receiver: NetworkInterface,
  subnet: Subnet,
  { crossZone, targetGroups }: LoadBalancer,
  groupArns: readonly string[],
): readonly Onward[] {
  const own = parseBlock(receiver.privateIps[0] ?? '')
  return targetGroups
    .filter(({ arn }) => groupArns.includes(arn))
    .flatMap(({ targets, preserveClientIp }) => targets.map((target) => ({ ...target, preserveClientIp })))
    .flatMap(({ id, port, preserveClientIp }) => {
      const to = targetInterface(flow.index, id, receiver.vpcId)
      const address = to === null ? null : parseBlock(to.privateIps[0] ?? '')
      if (to === null || address === null) return []
      const home = flow.index.subnet(to.subnetId)
      if (!crossZone && home.is === 'there' && home.value.zone !== subnet.zone) return []
      const keepsClient = preserveClientIp || own === null
      const addresses = keepsClient ? flow.from.addresses : own.ranges
      const groupIds = preserveClientIp ? flow.from.groupIds : receiver.groupIds
      const behind: Flow = {
        ...flow,
        port,
        passed: flow.passed + 1,
        from: { ...flow.from, subnet, addresses, groupIds },
        to: { ...flow.to, kind: 'interface', interface: to, addresses: address.ranges },
      }
      return [{ flow: behind, continueFrom: subnet, packets: box(addresses, address.ranges, flow.ports) }]
    })
}

/** `arrived`: up to the load balancer's own interface. `beyond`: where it ends there, or to each target: any of them is enough. */
export function behindLoadBalancer(arrived: Segment, beyond: Segment | readonly Segment[]): Segment {
  const segment = 'hops' in beyond ? beyond : seenFromClient(bestOf(beyond), arrived.filtered.maybe)
  return {
    ...segment,
    filtered: andThen(arrived.filtered, segment.filtered),
    hops: [...arrived.hops, ...segment.hops],
    via: arrived.via,
  }
}

function bestOf(segments: readonly Segment[]): Segment {
  return segments.findLast(({ filtered }) => filtered.pass.length > 0) ?? (segments[0] as Segment)
}

/** Only the client's ports are the same on both sides. */
function seenFromClient(best: Segment, sent: Packets): Segment {
  const { pass, maybe } = best.filtered
  const whole = (packets: Packets) =>
    packets
      .map(({ ports }) => sent.flatMap(({ source, destination }) => box(source, destination, ports)))
      .reduce<Packets>(either, NONE)
  return { ...best, filtered: { pass: whole(pass), maybe: whole(maybe) } }
}

function targetInterface(index: NetworkIndex, id: string, vpcId: string): NetworkInterface | null {
  if (!id.startsWith('i-')) return index.interfaceAt(vpcId, id)
  return listed(index.network.interfaces).find((one) => one.instanceId === id) ?? null
}
