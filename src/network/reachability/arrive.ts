/** The last part of a way: into a subnet of a VPC, to one interface, and the replies out of it. */
import type { NetworkInterface, Subnet } from '../../domain/network.ts'
import type { Hop } from '../../domain/path.ts'
import { formatPoint } from '../addresses.ts'
import { andThen, type Filtered } from '../filtering.ts'
import type { Packets } from '../packets.ts'
import { networkAcl, securityGroupIngress } from './filters.ts'
import type { Flow, Leg } from './flow.ts'
import { throughLoadBalancer } from './gateways/load-balancer.ts'
import { replyRoute } from './reply.ts'
import { cannotTell, passes, stops } from './segments.ts'

/** `from`: the subnet the packets come from; null when they enter the VPC over a peering or a transit gateway. */
export function deliver(flow: Flow, vpcId: string, from: Subnet | null, sent: Packets): Leg {
  const address = formatPoint(flow.to.addresses[0] as number | bigint)
  const receiver = flow.to.interface ?? flow.index.interfaceAt(vpcId, address)
  if (receiver === null || receiver.vpcId !== vpcId) return nobodyThere(flow, vpcId, address, sent)
  if (receiver.type === 'nat_gateway') return natAsTarget(receiver)
  const found = flow.index.subnet(receiver.subnetId)
  if (found.is !== 'there') {
    const because = { en: `could not read subnet ${receiver.subnetId}`, ko: `읽지 못한 서브넷: ${receiver.subnetId}` }
    return cannotTell('network-acl-in', null, { permission: 'ec2:DescribeSubnets', because }, sent)
  }
  const arrived = arrive(flow, receiver, found.value, from, sent)
  return receiver.type === 'network_load_balancer' ? throughLoadBalancer(flow, receiver, found.value, arrived) : arrived
}

function arrive(flow: Flow, receiver: NetworkInterface, subnet: Subnet, from: Subnet | null, sent: Packets): Leg {
  let filtered: Filtered = { pass: sent, maybe: sent }
  const hops: Hop[] = []
  if (subnet.id !== from?.id) {
    const back = replyRoute(flow, subnet, sent)
    if (back !== null) {
      filtered = andThen(filtered, back.filtered)
      hops.push(...back.hops)
    }
    const views = [
      { direction: 'inbound', packets: 'request' },
      { direction: 'outbound', packets: 'reply' },
    ] as const
    for (const view of views) {
      const acl = networkAcl(flow, subnet, view, sent)
      filtered = andThen(filtered, acl.filtered)
      hops.push(acl.hop)
    }
  }
  // A Network Load Balancer made without security groups has none, and then nothing filters at it.
  if (receiver.groupIds.length > 0 || receiver.type !== 'network_load_balancer') {
    const groups = securityGroupIngress(flow, sent, receiver, endpointOf(receiver))
    filtered = andThen(filtered, groups.filtered)
    hops.push(groups.hop)
  }
  return { ...passes(sent, { kind: 'local', id: receiver.id }, hops), filtered }
}

function endpointOf({ description }: NetworkInterface): string | null {
  return /\bvpce-[0-9a-f]+/.exec(description)?.[0] ?? null
}

function nobodyThere(flow: Flow, vpcId: string, address: string, sent: Packets): Leg {
  const { index, to } = flow
  const where = index.subnetAt(vpcId, address)
  const subnetsSeen = index.network.subnets.known && index.subnetsOf(vpcId).length > 0
  if (!subnetsSeen || (where !== null && (to.interfacesPartlyRead || !index.network.interfaces.known))) {
    const because = {
      en: `no interface with address ${address} is known`,
      ko: `이 주소의 네트워크 인터페이스를 알 수 없음: ${address}`,
    }
    return cannotTell('route', null, { permission: 'ec2:DescribeNetworkInterfaces', because }, sent)
  }
  const why =
    where === null
      ? {
          en: `${address} lies in no subnet of ${vpcId}`,
          ko: `어느 서브넷에도 속하지 않는 주소: ${address} (${vpcId})`,
        }
      : {
          en: `no interface of ${where.id} has address ${address}`,
          ko: `이 주소를 가진 네트워크 인터페이스가 없음: ${address} (${where.id})`,
        }
  return stops('route', vpcId, why, { kind: 'no-such-address', address, vpcId })
}

/** A NAT gateway takes no traffic that is addressed to itself. */
function natAsTarget(receiver: NetworkInterface): Leg {
  const why = {
    en: `${receiver.id} belongs to a NAT gateway, which accepts nothing addressed to itself`,
    ko: `자신을 목적지로 하는 연결을 받지 않는 NAT 게이트웨이의 인터페이스: ${receiver.id}`,
  }
  return stops('nat-gateway', receiver.id, why, {
    kind: 'no-such-address',
    address: receiver.privateIps[0] ?? '',
    vpcId: receiver.vpcId,
  })
}
