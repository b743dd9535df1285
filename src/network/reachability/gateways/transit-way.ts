/** Through transit gateways: attachment, its TGW route table, the route that wins, the next attachment. */
import type { Answer } from '../../../domain/answer.ts'
import type { Subnet, TransitRoute, TransitVpcAttachment } from '../../../domain/network.ts'
import type { Missing, Statement, TransitEnd } from '../../../domain/path.ts'
import { parseBlock } from '../../addresses.ts'
import type { NetworkIndex } from '../../network-index.ts'
import { intersect, isEmpty, type Ranges, subtract } from '../../ranges.ts'

export type TransitWay =
  | { readonly is: 'vpc'; readonly attachment: TransitVpcAttachment; readonly entry: TransitVpcAttachment }
  | { readonly is: 'none'; readonly because: TransitEnd; readonly statement: Statement }
  | { readonly is: 'unknown'; readonly missing: Missing }

/** Packets inside a transit gateway, and the attachment that they came in by. */
interface Inside {
  readonly gatewayId: string
  readonly attachmentId: string
}

const MOST_GATEWAYS = 5

/** Where packets to these destinations leave the transit gateways, when they enter from this subnet. */
export function transitWay(index: NetworkIndex, gatewayId: string, from: Subnet, destinations: Ranges): TransitWay {
  const { vpcAttachments } = index.network.transit
  if (!vpcAttachments.known) return unread(vpcAttachments.permission, gatewayId)
  const entry = vpcAttachments.value.find(
    (one) => one.transitGatewayId === gatewayId && one.vpcId === from.vpcId && one.state === 'available',
  )
  if (entry === undefined)
    return none('no-attachment', [from.vpcId, gatewayId], {
      en: `${from.vpcId} has no available attachment to ${gatewayId}`,
      ko: `사용 가능한 Transit Gateway 연결이 없음: ${from.vpcId} → ${gatewayId}`,
    })
  const zone = zoneServed(index, entry, from)
  if (zone !== null) return zone
  let inside: Inside = { gatewayId, attachmentId: entry.id }
  for (let passed = 0; passed < MOST_GATEWAYS; passed++) {
    const exit = exitOf(index, inside, destinations)
    if ('is' in exit) return exit
    const next = leaveBy(index, inside.gatewayId, exit.attachmentId, entry)
    if ('is' in next) return next
    inside = next
  }
  return unread(null, inside.gatewayId)
}

/** An attachment serves the zones it has a subnet in. TGW Guide, "Transit gateway VPC attachments". */
function zoneServed(index: NetworkIndex, entry: TransitVpcAttachment, from: Subnet): TransitWay | null {
  const subnets = entry.subnetIds.map((id) => index.subnet(id))
  if (subnets.some((one) => one.is === 'there' && one.value.zone === from.zone)) return null
  if (subnets.some((one) => one.is !== 'there')) return unread('ec2:DescribeSubnets', entry.id)
  return none('zone-not-served', [entry.id, from.zone], {
    en: `${entry.id} has no subnet in zone ${from.zone}`,
    ko: `Transit Gateway 연결에 서브넷이 없는 가용 영역: ${from.zone} (${entry.id})`,
  })
}

/** The attachment that the route table of the incoming one sends the packets out by. */
function exitOf(
  { network }: NetworkIndex,
  { gatewayId, attachmentId }: Inside,
  destinations: Ranges,
): TransitWay | { readonly attachmentId: string } {
  const { attachments, routeTables } = network.transit
  if (!attachments.known) return unread(attachments.permission, gatewayId)
  const own = attachments.value.find((one) => one.id === attachmentId && one.transitGatewayId === gatewayId)
  if (own === undefined) return unread('ec2:DescribeTransitGatewayAttachments', attachmentId)
  const tableId = own.routeTableId
  if (tableId === null)
    return none('no-route-table', [attachmentId, gatewayId], {
      en: `${attachmentId} is associated with no route table of ${gatewayId}`,
      ko: `라우팅 테이블과 연결되지 않은 Transit Gateway 연결: ${attachmentId} (${gatewayId})`,
    })
  if (!routeTables.known) return unread(routeTables.permission, tableId)
  const table = routeTables.value.find((one) => one.id === tableId)
  if (table === undefined) return unread('ec2:SearchTransitGatewayRoutes', tableId)
  const winner = winningRoute(table.routes, destinations)
  if (winner === 'unread') return unread('ec2:SearchTransitGatewayRoutes', tableId)
  if (winner === 'mixed') return unread(null, tableId)
  if (winner === null)
    return none('no-route', [tableId, gatewayId], {
      en: `${tableId} of ${gatewayId} has no route to it`,
      ko: `이 목적지로 가는 경로가 없음: ${tableId} (${gatewayId})`,
    })
  if (winner.attachmentId === null || winner.state === 'blackhole')
    return none('blackhole', [tableId, winner.cidr], {
      en: `route ${winner.cidr} of ${tableId} is a blackhole`,
      ko: `블랙홀 경로: ${tableId}의 ${winner.cidr}`,
    })
  return { attachmentId: winner.attachmentId }
}

/** Into a VPC, or over a peering into the next transit gateway. */
function leaveBy(
  { network }: NetworkIndex,
  gatewayId: string,
  attachmentId: string,
  entry: TransitVpcAttachment,
): TransitWay | Inside {
  const { attachments, vpcAttachments } = network.transit
  const sides = attachments.known ? attachments.value.filter((one) => one.id === attachmentId) : []
  const near = sides.find((one) => one.transitGatewayId === gatewayId) ?? sides[0]
  if (near?.resourceType === 'peering') {
    const far = sides.find((one) => one.transitGatewayId !== gatewayId)
    return far === undefined
      ? unread('ec2:DescribeTransitGatewayAttachments', attachmentId)
      : { gatewayId: far.transitGatewayId, attachmentId }
  }
  const vpc = vpcAttachments.known ? vpcAttachments.value.find((one) => one.id === attachmentId) : undefined
  if (vpc !== undefined) return { is: 'vpc', attachment: vpc, entry }
  if (near !== undefined && near.resourceType !== 'vpc') return intoOther(attachmentId, near.resourceType)
  return unread('ec2:DescribeTransitGatewayVpcAttachments', attachmentId)
}

/** A firewall of the gateway (`network-function`), a VPN, `client-vpn`, `vpn-concentrator` …: nobody sees behind it. */
function intoOther(attachmentId: string, resourceType: string): TransitWay {
  const because = {
    en: `${attachmentId} leads into a ${resourceType}, behind which nothing is visible`,
    ko: `이후의 경로를 알 수 없는 Transit Gateway 연결: ${attachmentId} (유형: ${resourceType})`,
  }
  return { is: 'unknown', missing: { permission: null, reason: ['transit-into', attachmentId, resourceType], because } }
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

function none(because: TransitEnd, ids: readonly string[], why: Statement['why']): TransitWay {
  return { is: 'none', because, statement: { reason: [`transit-${because}`, ...ids], why } }
}

function unread(permission: string | null, id: string): TransitWay {
  const because = {
    en: `the transit gateway beyond ${id} cannot be followed with what could be read`,
    ko: `읽은 정보만으로는 Transit Gateway 이후의 경로를 추적할 수 없음: ${id}`,
  }
  return { is: 'unknown', missing: { permission, reason: ['transit-unread', id], because } }
}
