/** Through transit gateways: attachment, its TGW route table, the route that wins, the next attachment. */
import type { Answer } from '../../../domain/answer.ts'
import type { Subnet, TransitAttachment, TransitRoute, TransitVpcAttachment } from '../../../domain/network.ts'
import type { Missing } from '../../../domain/path.ts'
import type { Text } from '../../../domain/text.ts'
import { parseBlock } from '../../addresses.ts'
import { intersect, isEmpty, type Ranges, subtract } from '../../ranges.ts'
import type { Flow } from '../flow.ts'

export type TransitWay =
  | { readonly is: 'vpc'; readonly attachment: TransitVpcAttachment; readonly entry: TransitVpcAttachment }
  | { readonly is: 'none'; readonly why: Text }
  | { readonly is: 'unknown'; readonly missing: Missing }

const MOST_GATEWAYS = 4

/** Where packets to these destinations leave the transit gateways, when they enter from this subnet. */
export function transitWay(flow: Flow, gatewayId: string, from: Subnet, destinations: Ranges): TransitWay {
  const { vpcAttachments } = flow.index.network.transit
  if (!vpcAttachments.known) return unread(vpcAttachments.permission, gatewayId)
  const entry = vpcAttachments.value.find(
    (one) => one.transitGatewayId === gatewayId && one.vpcId === from.vpcId && one.state === 'available',
  )
  if (entry === undefined)
    return none(
      `${from.vpcId} has no available attachment to ${gatewayId}`,
      `사용 가능한 Transit Gateway 연결이 없음: ${from.vpcId} → ${gatewayId}`,
    )
  const zone = zoneServed(flow, entry, from)
  if (zone !== null) return zone
  return onward(flow, entry, entry.id, gatewayId, destinations, 0)
}

/** An attachment serves the zones it has a subnet in. TGW Guide, "Transit gateway VPC attachments". */
function zoneServed(flow: Flow, entry: TransitVpcAttachment, from: Subnet): TransitWay | null {
  const subnets = entry.subnetIds.map((id) => flow.index.subnet(id))
  if (subnets.some((one) => one.is === 'there' && one.value.zone === from.zone)) return null
  if (subnets.some((one) => one.is !== 'there')) return unread('ec2:DescribeSubnets', entry.id)
  return none(
    `${entry.id} has no subnet in zone ${from.zone}`,
    `Transit Gateway 연결에 서브넷이 없는 가용 영역: ${from.zone} (${entry.id})`,
  )
}

function onward(
  flow: Flow,
  entry: TransitVpcAttachment,
  cameBy: string,
  gatewayId: string,
  destinations: Ranges,
  turns: number,
): TransitWay {
  const { attachments, routeTables } = flow.index.network.transit
  if (!attachments.known) return unread(attachments.permission, gatewayId)
  if (turns > MOST_GATEWAYS) return unread(null, gatewayId)
  const own = attachments.value.find((one) => one.id === cameBy && one.transitGatewayId === gatewayId)
  if (own === undefined) return unread('ec2:DescribeTransitGatewayAttachments', cameBy)
  if (own.routeTableId === null)
    return none(
      `${cameBy} is associated with no route table of ${gatewayId}`,
      `라우팅 테이블과 연결되지 않은 Transit Gateway 연결: ${cameBy} (${gatewayId})`,
    )
  if (!routeTables.known) return unread(routeTables.permission, own.routeTableId)
  const table = routeTables.value.find((one) => one.id === own.routeTableId)
  if (table === undefined) return unread('ec2:SearchTransitGatewayRoutes', own.routeTableId)
  const winner = winningRoute(table.routes, destinations)
  if (winner === 'unread') return unread('ec2:SearchTransitGatewayRoutes', own.routeTableId)
  if (winner === 'mixed') return unread(null, own.routeTableId)
  if (winner === null)
    return none(
      `${own.routeTableId} of ${gatewayId} has no route to it`,
      `이 목적지로 가는 경로가 없음: ${own.routeTableId} (${gatewayId})`,
    )
  if (winner.attachmentId === null || winner.state === 'blackhole') {
    return none(
      `route ${winner.cidr} of ${own.routeTableId} is a blackhole`,
      `블랙홀 경로: ${own.routeTableId}의 ${winner.cidr}`,
    )
  }
  return out(flow, entry, winner.attachmentId, gatewayId, attachments, destinations, turns)
}

function out(
  flow: Flow,
  entry: TransitVpcAttachment,
  attachmentId: string,
  gatewayId: string,
  attachments: Answer<readonly TransitAttachment[]>,
  destinations: Ranges,
  turns: number,
): TransitWay {
  const { vpcAttachments } = flow.index.network.transit
  const all = attachments.known ? attachments.value : []
  const next =
    all.find((one) => one.id === attachmentId && one.transitGatewayId === gatewayId) ??
    all.find((one) => one.id === attachmentId)
  if (next?.resourceType === 'peering') {
    const far = all.find((one) => one.id === attachmentId && one.transitGatewayId !== gatewayId)
    if (far === undefined) return unread('ec2:DescribeTransitGatewayAttachments', attachmentId)
    return onward(flow, entry, attachmentId, far.transitGatewayId, destinations, turns + 1)
  }
  const vpc = vpcAttachments.known ? vpcAttachments.value.find((one) => one.id === attachmentId) : undefined
  if (vpc !== undefined) return { is: 'vpc', attachment: vpc, entry }
  return unread('ec2:DescribeTransitGatewayVpcAttachments', attachmentId)
}

/** Longest prefix, a static route before a propagated one. TGW Guide, "Route evaluation order". */
function winningRoute(
  routes: Answer<readonly TransitRoute[]>,
  destinations: Ranges,
): TransitRoute | null | 'mixed' | 'unread' {
  if (!routes.known) return 'unread'
  const entries = routes.value
    .flatMap((route) => {
      const block = parseBlock(route.cidr)
      return block === null ? [] : [{ route, block }]
    })
    .sort((a, b) => b.block.length - a.block.length || Number(a.route.propagated) - Number(b.route.propagated))
  let left = destinations
  let winner: TransitRoute | null = null
  for (const { route, block } of entries) {
    if (typeof block.ranges[0] !== typeof destinations[0]) continue
    const hit = intersect(left, block.ranges)
    if (isEmpty(hit)) continue
    if (winner !== null && winner.attachmentId !== route.attachmentId) return 'mixed'
    winner = route
    left = subtract(left, block.ranges)
    if (isEmpty(left)) return winner
  }
  return winner === null ? null : 'mixed'
}

function none(en: string, ko: string): TransitWay {
  return { is: 'none', why: { en, ko } }
}

function unread(permission: string | null, id: string): TransitWay {
  const because = {
    en: `the transit gateway beyond ${id} cannot be followed with what could be read`,
    ko: `읽은 정보만으로는 Transit Gateway 이후의 경로를 추적할 수 없음: ${id}`,
  }
  return { is: 'unknown', missing: { permission, because } }
}
