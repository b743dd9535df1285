/** What stands behind a route: internet gateways, gateway endpoints, VPN gateways, appliances. */
import type { Route, RouteTable, Subnet } from '../../../domain/network.ts'
import type { Missing, Via } from '../../../domain/path.ts'
import { publicAddresses, rangesOf } from '../../addresses.ts'
import { type Packets, toward, without } from '../../packets.ts'
import type { Flow, Leg } from '../flow.ts'
import { allows, beside, cannotTell, passes, stops } from '../segments.ts'

/**
 * Straight to the internet. IPv4 needs a public address on the sender; VPC User Guide, "Internet gateways".
 * VPC Block Public Access closes it by account or VPC; VPC User Guide, "Block public access to VPCs and subnets".
 */
export function throughInternetGateway(
  flow: Flow,
  subnet: Subnet,
  table: RouteTable,
  taken: Route,
  sent: Packets,
): Leg {
  const { kind, id } = taken.target
  const egressOnly = kind === 'egress-only-internet-gateway'
  const via: Via = { kind: egressOnly ? 'egress-only-internet-gateway' : 'internet-gateway', id }
  const outward = toward(sent, publicAddresses(flow.family))
  if (outward.length === 0) return privateAtInternet(table, taken, via)
  const closed =
    gatewayDetached(flow, subnet, id, egressOnly, outward, via) ??
    publicAccess(flow, subnet, egressOnly || flow.from.isNatGateway, outward, via)
  if (closed !== null) return closed
  if (flow.family === 4 && !flow.from.publicIp) return withoutPublicIp(flow, subnet, table, id, via)
  const why =
    flow.family === 4
      ? { en: `${id} carries it, from a public IPv4 address`, ko: `퍼블릭 IPv4 주소로 통과: ${id}` }
      : { en: `${id} carries IPv6`, ko: `IPv6 통과: ${id}` }
  const leg = passes(outward, via, [allows('internet-gateway', id, why)])
  const lost = without(sent, outward)
  return lost.length === 0 ? leg : beside([leg, privateAtInternet(table, taken, via)])
}

function privateAtInternet(table: RouteTable, taken: Route, via: Via): Leg {
  const why = {
    en: `private addresses are dropped at ${taken.target.id}`,
    ko: `프라이빗 주소는 다음에서 버려짐: ${taken.target.id}`,
  }
  return stops('internet-gateway', taken.target.id, why, deadEnd(table, taken), via)
}

function deadEnd(table: RouteTable, taken: Route) {
  return {
    kind: 'dead-end-route',
    routeTableId: table.id,
    destination: taken.destination,
    target: taken.target.id,
    targetKind: taken.target.kind,
  } as const
}

function gatewayDetached(
  flow: Flow,
  subnet: Subnet,
  id: string,
  egressOnly: boolean,
  sent: Packets,
  via: Via,
): Leg | null {
  const { internetGateways, egressOnlyGateways } = flow.index.network
  const list = egressOnly ? egressOnlyGateways : internetGateways
  if (!list.known) {
    const because = { en: `could not read internet gateway ${id}`, ko: `읽지 못한 인터넷 게이트웨이: ${id}` }
    return cannotTell('internet-gateway', id, { permission: list.permission, because }, sent, via)
  }
  const gateway = list.value.find((one) => one.id === id)
  const attachment = gateway?.attachments.find(({ vpcId }) => vpcId === subnet.vpcId)
  if (attachment !== undefined && ['available', 'attached'].includes(attachment.state)) return null
  if (attachment?.state === 'attaching') {
    const because = { en: `${id} is still being attached`, ko: `아직 연결 중인 인터넷 게이트웨이: ${id}` }
    return cannotTell('internet-gateway', id, { permission: null, because }, sent, via)
  }
  const why = {
    en: `${id} is not attached to ${subnet.vpcId}`,
    ko: `VPC에 연결되지 않은 인터넷 게이트웨이: ${id} (${subnet.vpcId})`,
  }
  return stops(
    'internet-gateway',
    id,
    why,
    { kind: 'internet-gateway-detached', internetGatewayId: id, vpcId: subnet.vpcId },
    via,
  )
}

/** Null where VPC Block Public Access lets it through, or where nobody could read it (a rare override). */
export function publicAccess(flow: Flow, subnet: Subnet, outboundOnly: boolean, sent: Packets, via: Via): Leg | null {
  const account = flow.index.network.blockPublicAccess
  const mode = subnet.internetGatewayBlockMode ?? (account.known ? account.value.mode : 'off')
  if (account.known && account.value.state === 'update-in-progress') {
    const because = { en: 'VPC Block Public Access is being changed', ko: 'VPC 퍼블릭 액세스 차단 설정을 변경하는 중' }
    return cannotTell('internet-gateway', via.id, { permission: null, because }, sent, via)
  }
  if (mode === 'off' || (mode === 'block-ingress' && outboundOnly)) return null
  if (!['block-ingress', 'block-bidirectional'].includes(mode)) {
    const because = { en: `VPC Block Public Access is in mode ${mode}`, ko: `VPC 퍼블릭 액세스 차단 모드: ${mode}` }
    return cannotTell('internet-gateway', via.id, { permission: null, because }, sent, via)
  }
  if (subnet.internetGatewayBlockMode === null) {
    const because = {
      en: `VPC Block Public Access is ${mode} in this account; whether ${subnet.id} is excluded is not known`,
      ko: `이 계정의 VPC 퍼블릭 액세스 차단: ${mode}. 제외 대상인지 알 수 없는 서브넷: ${subnet.id}`,
    }
    return cannotTell('internet-gateway', via.id, { permission: 'ec2:DescribeSubnets', because }, sent, via)
  }
  const why = {
    en: `VPC Block Public Access (${mode}) closes the internet to ${subnet.id}`,
    ko: `VPC 퍼블릭 액세스 차단(${mode})으로 인터넷이 막힌 서브넷: ${subnet.id}`,
  }
  return stops('internet-gateway', via.id, why, { kind: 'internet-blocked', mode, subnetId: subnet.id }, via)
}

function withoutPublicIp(flow: Flow, subnet: Subnet, table: RouteTable, id: string, via: Via): Leg {
  const who = flow.from.isTask
    ? { en: 'the task has no public IPv4 address', ko: '태스크에 퍼블릭 IPv4 주소가 없음' }
    : { en: 'the sender has no public IPv4 address', ko: '보내는 쪽에 퍼블릭 IPv4 주소가 없음' }
  const why = {
    en: `${table.id} leads to ${id}, but ${who.en}: the gateway drops it`,
    ko: `인터넷 게이트웨이에서 버려짐(${who.ko}): ${id}`,
  }
  return stops(
    'internet-gateway',
    id,
    why,
    { kind: 'public-ip-missing', subnetId: subnet.id, routeTableId: table.id, internetGatewayId: id },
    via,
  )
}

/** A gateway endpoint keeps public destination addresses; VPC User Guide, "Gateway endpoints". */
export function throughEndpoint(flow: Flow, taken: Route, sent: Packets): Leg {
  const { id } = taken.target
  const via: Via = { kind: 'gateway-endpoint', id }
  const found = flow.index.endpoint(id)
  if (found.is === 'unread') return cannotTell('endpoint', id, found.missing, sent, via)
  if (found.is === 'absent') {
    const because = {
      en: `endpoint ${id} is not visible to this account`,
      ko: `이 계정에서 조회할 수 없는 엔드포인트: ${id}`,
    }
    return cannotTell('endpoint', id, { permission: 'ec2:DescribeVpcEndpoints', because }, sent, via)
  }
  const { type, state, serviceName } = found.value
  if (type !== 'gateway')
    return appliance(
      id,
      {
        en: `${id} is a ${type} endpoint: what stands behind it is not visible`,
        ko: `연결된 대상을 알 수 없는 엔드포인트: ${id} (${type})`,
      },
      sent,
    )
  if (['pending', 'pendingacceptance', 'partial'].includes(state)) {
    const because = { en: `endpoint ${id} is ${state}`, ko: `엔드포인트 ${id}의 상태: ${state}` }
    return cannotTell('endpoint', id, { permission: null, because }, sent, via)
  }
  if (state !== 'available') {
    const why = {
      en: `endpoint ${id} (${serviceName}) is ${state}`,
      ko: `엔드포인트 ${id} (${serviceName})의 상태: ${state}`,
    }
    return stops('endpoint', id, why, { kind: 'endpoint-not-available', endpointId: id, serviceName, state }, via)
  }
  return passes(sent, via, [
    allows('endpoint', id, {
      en: `gateway endpoint ${id} is available`,
      ko: `사용 가능한 게이트웨이 엔드포인트: ${id}`,
    }),
  ])
}

function appliance(id: string, because: Missing['because'], sent: Packets): Leg {
  return cannotTell('route', id, { permission: null, because }, sent, { kind: 'appliance', id })
}

/** A NAT instance, firewall or other interface as target: SourceDestCheck drops what is not for itself. */
export function throughInterface(flow: Flow, table: RouteTable, taken: Route, sent: Packets): Leg {
  const { kind, id } = taken.target
  const { interfaces } = flow.index.network
  const all = interfaces.known ? interfaces.value : []
  const one = all.find((entry) => (kind === 'instance' ? entry.instanceId === id : entry.id === id))
  if (one?.sourceDestCheck === true) {
    const why = {
      en: `${id} keeps its source/destination check, so it drops packets that are not its own`,
      ko: `소스/대상 확인이 켜져 있어 자신의 것이 아닌 패킷을 버림: ${id}`,
    }
    return stops('route', table.id, why, deadEnd(table, taken), { kind: 'appliance', id })
  }
  return appliance(
    id,
    {
      en: `the route leads through ${id}: what it lets pass is not visible`,
      ko: `통과 여부를 알 수 없는 대상을 지나는 경로: ${id}`,
    },
    sent,
  )
}

/** Static routes of its VPN connections, where they are readable; what lies behind is never visible. */
export function throughVpnGateway(flow: Flow, table: RouteTable, taken: Route, sent: Packets): Leg {
  const { id } = taken.target
  const { connections } = flow.index.network.vpn
  const own = connections.known
    ? connections.value.filter((one) => one.vpnGatewayId === id && one.state === 'available')
    : []
  const onlyStatic = own.length > 0 && own.every((one) => one.staticRoutesOnly)
  const covered = toward(
    sent,
    rangesOf(
      own.flatMap((one) => one.routes),
      flow.family,
    ),
  )
  if (onlyStatic && covered.length === 0) {
    const why = {
      en: `no VPN connection of ${id} has a route to it`,
      ko: `이 목적지로 가는 경로가 있는 VPN 연결이 없음: ${id}`,
    }
    return stops('route', table.id, why, deadEnd(table, taken), { kind: 'appliance', id })
  }
  return appliance(
    id,
    {
      en: `the route leads to ${id}: the network behind it is not visible`,
      ko: `이후의 네트워크를 알 수 없는 경로: ${id}`,
    },
    sent,
  )
}

export function throughOther(taken: Route, sent: Packets): Leg {
  const { id } = taken.target
  return appliance(
    id,
    { en: `the route leads to ${id}, which cannot be followed`, ko: `추적할 수 없는 경로 대상: ${id}` },
    sent,
  )
}
