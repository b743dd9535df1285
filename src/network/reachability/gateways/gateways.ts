/** What stands behind a route: internet gateways, gateway endpoints, VPN gateways, appliances. */
import { listed } from '../../../domain/answer.ts'
import type { Route } from '../../../domain/network.ts'
import type { Fault, Missing, Reason, Statement, Via } from '../../../domain/path.ts'
import { publicAddresses, rangesOf } from '../../addresses.ts'
import { toward, without } from '../../packets.ts'
import { ATTACHMENT_DOWN, ENDPOINT_DOWN } from '../../states.ts'
import type { At, Segment } from '../flow.ts'
import { allows, beside, cannotTell, passes, stops } from '../segments.ts'

/**
 * Straight to the internet. IPv4 needs a public address on the sender; VPC User Guide, "Internet gateways".
 * VPC Block Public Access closes it by account or VPC; VPC User Guide, "Block public access to VPCs and subnets".
 */
export function throughInternetGateway(at: At): Segment {
  const { flow, subnet, route, sent } = at
  const { kind, id } = route.target
  const isEgressOnly = kind === 'egress-only-internet-gateway'
  const via = { kind: isEgressOnly ? 'egress-only-internet-gateway' : 'internet-gateway', id } as const
  const outward = toward(sent, publicAddresses(flow.family))
  if (outward.length === 0) return privateAtInternet(at, via)
  const out = { ...at, sent: outward }
  const closed = gatewayDetached(out, via) ?? publicAccess(out, via, isEgressOnly || flow.from.isNatGateway)
  if (closed !== null) return closed
  const isUnaddressed = flow.family === 4 && !flow.from.publicIp
  const inspected = byFirewall(out, via)
  // In any other kind of subnet the firewall gives an address of its own.
  if (isUnaddressed && (inspected === null || subnet.firewallConnectivity === 'bidirectional'))
    return withoutPublicIp(at, via)
  if (inspected !== null) return inspected
  const why =
    flow.family === 4
      ? { en: `${id} carries it, from a public IPv4 address`, ko: `퍼블릭 IPv4 주소로 통과: ${id}` }
      : { en: `${id} carries IPv6`, ko: `IPv6 통과: ${id}` }
  const carried: Statement = { reason: ['internet-gateway-carries', id, flow.family], why }
  const segment = passes(outward, via, [allows('internet-gateway', id, carried)])
  return without(sent, outward).length === 0 ? segment : beside([segment, privateAtInternet(at, via)])
}

/** An automated internet firewall inspects what passes the gateway, by rules that nobody read. EC2 API Reference, Route and Subnet. */
function byFirewall({ subnet, route, sent }: At, via: Via & { readonly id: string }): Segment | null {
  const connectivity = subnet.firewallConnectivity
  if (connectivity === 'exclude' || connectivity === 'az-unsupported') return null
  if (route.firewall === null && connectivity === null) return null
  const name = route.firewall?.arn ?? subnet.vpcId
  const because = {
    en: `an automated internet firewall inspects what passes ${via.id}: ${name}; what it lets pass is not visible`,
    ko: `자동 인터넷 방화벽이 ${via.id}의 트래픽을 검사하며 통과 여부를 알 수 없음: ${name}`,
  }
  const missing: Missing = { permission: null, reason: ['internet-firewall', name, via.id], because }
  return cannotTell({ at: 'internet-gateway', id: name, via }, missing, sent)
}

function privateAtInternet({ table, route }: At, via: Via): Segment {
  const { id } = route.target
  const why = { en: `private addresses are dropped at ${id}`, ko: `프라이빗 주소는 다음에서 버려짐: ${id}` }
  const statement = { reason: ['internet-gateway-drops-private', id], why } as const
  return stops({ at: 'internet-gateway', id, via }, statement, deadEnd(table.id, route))
}

export function deadEnd(routeTableId: string, { destination, target }: Route): Fault {
  return { kind: 'dead-end-route', routeTableId, destination, target: target.id, targetKind: target.kind }
}

function gatewayDetached({ flow, subnet, sent }: At, via: Via & { readonly id: string }): Segment | null {
  const { id } = via
  const place = { at: 'internet-gateway', id, via } as const
  const { internetGateways, egressOnlyGateways } = flow.index.network
  const list = via.kind === 'egress-only-internet-gateway' ? egressOnlyGateways : internetGateways
  if (!list.known) {
    const because = { en: `could not read internet gateway ${id}`, ko: `읽지 못한 인터넷 게이트웨이: ${id}` }
    return cannotTell(place, { permission: list.permission, reason: ['internet-gateway-unread', id], because }, sent)
  }
  const gateway = list.value.find((one) => one.id === id)
  const attachment = gateway?.attachments.find(({ vpcId }) => vpcId === subnet.vpcId)
  if (attachment !== undefined && ['available', 'attached'].includes(attachment.state)) return null
  if (attachment !== undefined && !ATTACHMENT_DOWN.includes(attachment.state)) {
    const { state } = attachment
    const because = {
      en: `the attachment of ${id} is in state ${state}`,
      ko: `인터넷 게이트웨이의 연결 상태: ${state} (${id})`,
    }
    return cannotTell(place, { permission: null, reason: ['internet-gateway-state', id, state], because }, sent)
  }
  const why = {
    en: `${id} is not attached to ${subnet.vpcId}`,
    ko: `VPC에 연결되지 않은 인터넷 게이트웨이: ${id} (${subnet.vpcId})`,
  }
  const statement = { reason: ['internet-gateway-detached', id, subnet.vpcId], why } as const
  return stops(place, statement, { kind: 'internet-gateway-detached', internetGatewayId: id, vpcId: subnet.vpcId })
}

/** Null where VPC Block Public Access lets it through, or where nobody could read it (a rare override). */
export function publicAccess(
  { flow, subnet, sent }: Pick<At, 'flow' | 'subnet' | 'sent'>,
  via: Via,
  isOutboundOnly: boolean,
): Segment | null {
  const account = flow.index.network.blockPublicAccess
  const place = { at: 'internet-gateway', id: via.id, via } as const
  const unclear = (permission: string | null, reason: Reason, because: Missing['because']) =>
    cannotTell(place, { permission, reason, because }, sent)
  const mode = subnet.internetGatewayBlockMode ?? (account.known ? account.value.mode : 'off')
  if (account.known && account.value.state === 'update-in-progress')
    return unclear(null, ['public-access-changing'], {
      en: 'VPC Block Public Access is being changed',
      ko: 'VPC 퍼블릭 액세스 차단 설정을 변경하는 중',
    })
  if (mode === 'off' || (mode === 'block-ingress' && isOutboundOnly)) return null
  if (!['block-ingress', 'block-bidirectional'].includes(mode))
    return unclear(null, ['public-access-mode', mode], {
      en: `VPC Block Public Access is in mode ${mode}`,
      ko: `VPC 퍼블릭 액세스 차단 모드: ${mode}`,
    })
  if (subnet.internetGatewayBlockMode === null)
    return unclear('ec2:DescribeSubnets', ['public-access-exclusion-unread', mode, subnet.id], {
      en: `VPC Block Public Access is ${mode} in this account; whether ${subnet.id} is excluded is not known`,
      ko: `이 계정의 VPC 퍼블릭 액세스 차단: ${mode}. 제외 대상인지 알 수 없는 서브넷: ${subnet.id}`,
    })
  const why = {
    en: `VPC Block Public Access (${mode}) closes the internet to ${subnet.id}`,
    ko: `VPC 퍼블릭 액세스 차단(${mode})으로 인터넷이 막힌 서브넷: ${subnet.id}`,
  }
  const statement = { reason: ['public-access-blocked', mode, subnet.id], why } as const
  return stops(place, statement, { kind: 'internet-blocked', mode, subnetId: subnet.id })
}

function withoutPublicIp({ flow, subnet, table }: At, via: Via & { readonly id: string }): Segment {
  const { id } = via
  const { isTask } = flow.from
  const who = isTask
    ? { en: 'the task has no public IPv4 address', ko: '태스크에 퍼블릭 IPv4 주소가 없음' }
    : { en: 'the sender has no public IPv4 address', ko: '보내는 쪽에 퍼블릭 IPv4 주소가 없음' }
  const why = {
    en: `${table.id} leads to ${id}, but ${who.en}: the gateway drops it`,
    ko: `인터넷 게이트웨이에서 버려짐(${who.ko}): ${id}`,
  }
  const statement = { reason: ['public-ip-missing', table.id, id, isTask ? 'task' : 'sender'], why } as const
  const ids = { subnetId: subnet.id, routeTableId: table.id, internetGatewayId: id }
  return stops({ at: 'internet-gateway', id, via }, statement, { kind: 'public-ip-missing', ...ids })
}

/** A gateway endpoint keeps public destination addresses; VPC User Guide, "Gateway endpoints". */
export function throughEndpoint(at: At): Segment {
  const { flow, route, sent } = at
  const { id } = route.target
  const via: Via = { kind: 'gateway-endpoint', id }
  const place = { at: 'endpoint', id, via } as const
  const found = flow.index.endpoint(id)
  if (found.is === 'unread') return cannotTell(place, found.missing, sent)
  if (found.is === 'absent') {
    const because = {
      en: `endpoint ${id} is not visible to this account`,
      ko: `이 계정에서 조회할 수 없는 엔드포인트: ${id}`,
    }
    return cannotTell(place, { permission: 'ec2:DescribeVpcEndpoints', reason: ['endpoint-unseen', id], because }, sent)
  }
  const { type, state, serviceName } = found.value
  if (type !== 'gateway')
    return appliance(at, ['endpoint-behind', type], {
      en: `${id} is a ${type} endpoint: what stands behind it is not visible`,
      ko: `연결된 대상을 알 수 없는 엔드포인트: ${id} (${type})`,
    })
  if (state !== 'available' && !ENDPOINT_DOWN.includes(state)) {
    const because = { en: `endpoint ${id} is ${state}`, ko: `엔드포인트 ${id}의 상태: ${state}` }
    return cannotTell(place, { permission: null, reason: ['gateway-endpoint-state', id, state], because }, sent)
  }
  if (state !== 'available') {
    const why = {
      en: `endpoint ${id} (${serviceName}) is ${state}`,
      ko: `엔드포인트 ${id} (${serviceName})의 상태: ${state}`,
    }
    const statement = { reason: ['endpoint-state', id, serviceName, state], why } as const
    return stops(place, statement, { kind: 'endpoint-not-available', endpointId: id, serviceName, state })
  }
  const why = { en: `gateway endpoint ${id} is available`, ko: `사용 가능한 게이트웨이 엔드포인트: ${id}` }
  return passes(sent, via, [allows('endpoint', id, { reason: ['gateway-endpoint-available', id], why })])
}

export function appliance({ route, sent }: At, [kind, ...values]: Reason, because: Missing['because']): Segment {
  const { id } = route.target
  const missing: Missing = { permission: null, reason: [kind, id, ...values], because }
  return cannotTell({ at: 'route', id, via: { kind: 'appliance', id } }, missing, sent)
}

export function endsAt({ table, route }: At, reason: Reason, why: Statement['why']): Segment {
  const via: Via = { kind: 'appliance', id: route.target.id }
  return stops({ at: 'route', id: table.id, via }, { reason, why }, deadEnd(table.id, route))
}

/** Static routes of its VPN connections, where they are readable; what lies behind is never visible. */
export function throughVpnGateway(at: At): Segment {
  const { flow, sent } = at
  const { id } = at.route.target
  const { connections } = flow.index.network.vpn
  const own = listed(connections).filter((one) => one.vpnGatewayId === id && one.state === 'available')
  const isOnlyStatic = own.length > 0 && own.every((one) => one.staticRoutesOnly)
  const routes = own.flatMap((one) => one.routes)
  if (isOnlyStatic && toward(sent, rangesOf(routes, flow.family)).length === 0)
    return endsAt(at, ['vpn-without-route', id], {
      en: `no VPN connection of ${id} has a route to it`,
      ko: `이 목적지로 가는 경로가 있는 VPN 연결이 없음: ${id}`,
    })
  return appliance(at, ['behind-vpn-gateway'], {
    en: `the route leads to ${id}: the network behind it is not visible`,
    ko: `이후의 네트워크를 알 수 없는 경로: ${id}`,
  })
}

export function throughOther(at: At): Segment {
  const { id } = at.route.target
  return appliance(at, ['target-not-followed'], {
    en: `the route leads to ${id}, which cannot be followed`,
    ko: `추적할 수 없는 경로 대상: ${id}`,
  })
}
