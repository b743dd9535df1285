/** A Network Load Balancer as target: its listener, and then any one healthy target that answers. */
import type { LoadBalancer, LoadBalancerTargetGroup, NetworkInterface, Subnet } from '../../../domain/network.ts'
import { parseBlock } from '../../addresses.ts'
import { andThen } from '../../filtering.ts'
import { box, either, NONE, type Packets } from '../../packets.ts'
import type { Flow, Leg } from '../flow.ts'
import { cannotTell, stops } from '../segments.ts'

/** `arrived`: the leg up to the load balancer's own interface. */
export function throughLoadBalancer(flow: Flow, receiver: NetworkInterface, subnet: Subnet, arrived: Leg): Leg {
  const { loadBalancers } = flow.index.network
  const name = /\bnet\/([^/]+)\//.exec(receiver.description)?.[1]
  const balancer = loadBalancers.known ? loadBalancers.value.find((one) => one.name === name) : undefined
  if (balancer === undefined) {
    const because = {
      en: `the listeners of the load balancer behind ${receiver.id} are not known`,
      ko: `리스너를 알 수 없는 로드 밸런서의 인터페이스: ${receiver.id}`,
    }
    const missing = { permission: 'elasticloadbalancing:DescribeListeners', because }
    return withHops(arrived, cannotTell('endpoint', receiver.id, missing, arrived.filtered.maybe))
  }
  const listener = balancer.listeners.find(
    (one) => one.port === flow.port && one.protocol.toLowerCase().includes(flow.protocol),
  )
  if (listener === undefined) {
    const why = {
      en: `${balancer.name} has no ${flow.protocol.toUpperCase()} listener on port ${flow.port}`,
      ko: `리스너가 없음: ${balancer.name}, ${flow.protocol.toUpperCase()} ${flow.port}`,
    }
    return withHops(
      arrived,
      stops('endpoint', receiver.id, why, { kind: 'listener-missing', loadBalancer: balancer.name, port: flow.port }),
    )
  }
  const groups = balancer.targetGroups.filter((group) => listener.targetGroupArns.includes(group.arn))
  return withHops(arrived, anyTarget(flow, receiver, subnet, balancer, groups, arrived.filtered.maybe))
}

function withHops(arrived: Leg, onward: Leg): Leg {
  return {
    ...onward,
    filtered: andThen(arrived.filtered, onward.filtered),
    hops: [...arrived.hops, ...onward.hops],
    via: arrived.via,
  }
}

/** NLB: with client addresses preserved a target sees the client itself. ELB Guide, "Client IP preservation". */
function anyTarget(
  flow: Flow,
  receiver: NetworkInterface,
  subnet: Subnet,
  balancer: LoadBalancer,
  groups: readonly LoadBalancerTargetGroup[],
  sent: Packets,
): Leg {
  let best: Leg | null = null
  for (const group of groups) {
    for (const target of group.targets) {
      const to = targetInterface(flow, target.id, receiver.vpcId)
      const address = to === null ? null : parseBlock(to.privateIps[0] ?? '')
      if (to === null || address === null) continue
      const home = flow.index.subnet(to.subnetId)
      if (!balancer.crossZone && home.is === 'there' && home.value.zone !== subnet.zone) continue
      const own = parseBlock(receiver.privateIps[0] ?? '')
      const source = group.preserveClientIp || own === null ? flow.from.addresses : own.ranges
      const onward: Flow = {
        ...flow,
        port: target.port,
        from: {
          ...flow.from,
          subnet,
          addresses: source,
          groupIds: group.preserveClientIp ? flow.from.groupIds : receiver.groupIds,
        },
        to: { ...flow.to, kind: 'interface', interface: to, addresses: address.ranges },
      }
      const leg = flow.onward(onward, subnet, box(source, address.ranges, flow.ports), 1)
      if (best === null || leg.filtered.pass.length > 0) best = leg
    }
  }
  if (best === null) {
    const because = {
      en: `no target of ${balancer.name} is known`,
      ko: `대상을 알 수 없는 로드 밸런서: ${balancer.name}`,
    }
    return cannotTell(
      'endpoint',
      receiver.id,
      { permission: 'elasticloadbalancing:DescribeTargetHealth', because },
      sent,
    )
  }
  const whole = (packets: Packets): Packets =>
    packets.reduce<Packets>(
      (all, one) =>
        either(
          all,
          sent.flatMap((other) => box(other.source, other.destination, one.ports)),
        ),
      NONE,
    )
  return { ...best, filtered: { pass: whole(best.filtered.pass), maybe: whole(best.filtered.maybe) } }
}

function targetInterface({ index }: Flow, id: string, vpcId: string): NetworkInterface | null {
  if (!id.startsWith('i-')) return index.interfaceAt(vpcId, id)
  const { interfaces } = index.network
  return interfaces.known ? (interfaces.value.find((one) => one.instanceId === id) ?? null) : null
}
