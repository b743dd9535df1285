/** The last part of a way: into a subnet of a VPC, to one interface, and the replies out of it. */
import type { NetworkInterface, Subnet } from '../../domain/network.ts'
import type { Statement } from '../../domain/path.ts'
import { formatPoint } from '../addresses.ts'
import type { Packets } from '../packets.ts'
import type { FilterHop, Flow, Segment } from './flow.ts'
import { networkAclsInto } from './network-acl-filter.ts'
import { replyRoute } from './reply.ts'
import { securityGroupIngress } from './security-group-filter.ts'
import { cannotTell, guarded, passes, stops } from './segments.ts'

export interface Arrival {
  readonly segment: Segment
  /** Who took the packets, and where; null where nobody is known to. */
  readonly receiver: NetworkInterface | null
  readonly subnet: Subnet | null
}

/** `from`: the subnet the packets come from; null when they enter the VPC over a peering or a transit gateway. */
export function arrive(flow: Flow, vpcId: string, from: Subnet | null, sent: Packets): Arrival {
  const address = formatPoint(flow.to.addresses[0] as number | bigint)
  const receiver = flow.to.interface ?? flow.index.interfaceAt(vpcId, address)
  const ending = (segment: Segment): Arrival => ({ segment, receiver: null, subnet: null })
  if (receiver === null || receiver.vpcId !== vpcId) return ending(nobodyThere(flow, vpcId, address, sent))
  if (receiver.type === 'nat_gateway') return ending(natAsTarget(receiver))
  const { subnetId } = receiver
  const found = flow.index.subnet(subnetId)
  if (found.is !== 'there') {
    const because = { en: `could not read subnet ${subnetId}`, ko: `읽지 못한 서브넷: ${subnetId}` }
    const missing = { permission: 'ec2:DescribeSubnets', reason: ['subnet-unread', subnetId], because } as const
    return ending(cannotTell({ at: 'network-acl-in', id: null }, missing, sent))
  }
  const subnet = found.value
  const border = subnet.id === from?.id ? [] : atBorder(flow, subnet, sent)
  const filters = [...border, ...groupsOf(flow, receiver, sent)]
  return { segment: guarded(passes(sent, { kind: 'local', id: receiver.id }, []), filters), receiver, subnet }
}

function atBorder(flow: Flow, subnet: Subnet, sent: Packets): readonly FilterHop[] {
  const back = replyRoute(flow, subnet, sent)
  return [
    ...(back === null ? [] : back.hops.map((hop) => ({ hop, filtered: back.filtered }))),
    ...networkAclsInto(flow, subnet, sent),
  ]
}

/** A Network Load Balancer made without security groups has none, and then nothing filters at it. */
function groupsOf(flow: Flow, receiver: NetworkInterface, sent: Packets): readonly FilterHop[] {
  if (receiver.groupIds.length === 0 && receiver.type === 'network_load_balancer') return []
  return [securityGroupIngress(flow, sent, receiver, endpointOf(receiver))]
}

function endpointOf({ description }: NetworkInterface): string | null {
  return /\bvpce-[0-9a-f]+/.exec(description)?.[0] ?? null
}

function nobodyThere({ index, to }: Flow, vpcId: string, address: string, sent: Packets): Segment {
  const where = index.subnetAt(vpcId, address)
  const subnetsSeen = index.network.subnets.known && index.subnetsOf(vpcId).length > 0
  if (!subnetsSeen || (where !== null && (to.interfacesPartlyRead || !index.network.interfaces.known))) {
    const because = {
      en: `no interface with address ${address} is known`,
      ko: `이 주소의 네트워크 인터페이스를 알 수 없음: ${address}`,
    }
    const permission = 'ec2:DescribeNetworkInterfaces'
    return cannotTell({ at: 'route', id: null }, { permission, reason: ['address-unknown', address], because }, sent)
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
  const statement: Statement = { reason: ['no-such-address', address, vpcId, where?.id ?? ''], why }
  return stops({ at: 'route', id: vpcId }, statement, { kind: 'no-such-address', address, vpcId })
}

/** A NAT gateway takes no traffic that is addressed to itself. */
function natAsTarget({ id, privateIps, vpcId }: NetworkInterface): Segment {
  const why = {
    en: `${id} belongs to a NAT gateway, which accepts nothing addressed to itself`,
    ko: `자신을 목적지로 하는 연결을 받지 않는 NAT 게이트웨이의 인터페이스: ${id}`,
  }
  const fault = { kind: 'no-such-address', address: privateIps[0] ?? '', vpcId } as const
  return stops({ at: 'nat-gateway', id }, { reason: ['nat-gateway-as-target', id], why }, fault)
}
