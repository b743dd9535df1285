/** Does the NAT gateway that the route names lead to the internet? */

import { type NatWay, natAdvice, natWay, newInternetGateway } from '../../changes/nat-way.ts'
import { type RouteChange, routeBlock, routeLine, routeStep } from '../../changes/route-lines.ts'
import { text } from '../../changes/terraform.ts'
import { defineCheck } from '../../domain/check.ts'
import type { Network } from '../../domain/network.ts'
import type { RemedyWords } from '../../domain/report.ts'
import { causesOf, type FaultOf } from '../../network/causes.ts'
import { distinct, internetGatewayOf, listed } from '../../network/lookup.ts'
import { findingOf, subnetIdsOf } from '../engine/path-finding.ts'

type Kind = 'nat-gateway-state' | 'nat-gateway-private' | 'nat-gateway-without-internet'

interface Details {
  readonly kind: Kind
  readonly natGatewayIds: readonly string[]
  readonly state: string
  readonly failure: string | null
  /** Empty for a regional one. */
  readonly natSubnetIds: readonly string[]
  /** The table that would have to lead to the internet gateway, and the gateway; null where another NAT gateway is the repair. */
  readonly ownRoute: { readonly change: RouteChange; readonly vpcId: string; readonly gatewayId: string | null } | null
  readonly way: NatWay
  readonly subnetIds: readonly string[]
}

const EVERYWHERE = '0.0.0.0/0'

export default defineCheck<Details, 'network' | 'paths'>({
  id: 'nat-gateway-broken',
  step: 'routes',
  severity: 'blocker',
  needs: ['network', 'paths'],
  speaksFor: ['nat-gateway-state', 'nat-gateway-private', 'nat-gateway-without-internet'],
  permissions: ['ec2:DescribeNatGateways', 'ec2:DescribeRouteTables', 'ec2:DescribeInternetGateways'],

  title: { en: 'The NAT gateway does not lead out', ko: 'NAT 게이트웨이가 인터넷으로 연결되지 않습니다' },
  why: {
    en: 'The route table sends everything for the internet to this NAT gateway, which drops it. There is no second try by another way: the pull times out.',
    ko: '라우팅 테이블이 인터넷으로 가는 모든 트래픽을 이 NAT 게이트웨이로 보내지만 거기에서 버려집니다. 다른 경로로 다시 시도되지 않으므로 이미지를 가져오는 중에 시간이 초과됩니다.',
  },

  evaluate: ({ network, paths }) =>
    causesOf(paths, ['nat-gateway-state', 'nat-gateway-private', 'nat-gateway-without-internet'], keyOf).map(
      (cause) => {
        const ids = distinct(cause.faults.map(({ natGatewayId }) => natGatewayId))
        const [fault] = cause.faults
        const table = fault.kind === 'nat-gateway-without-internet' ? fault.routeTableId : null
        return findingOf(
          cause,
          ids.length > 1 && table !== null ? table : fault.natGatewayId,
          detailsOf(network, fault, ids, subnetIdsOf(cause)),
        )
      },
    ),

  explain: ({ kind, natGatewayIds, state, failure, natSubnetIds, subnetIds }) => {
    const from = subnetIds.join(', ')
    const gateways = natGatewayIds.join(', ')
    if (kind === 'nat-gateway-private')
      return {
        en: `${gateways}, the way out of ${from}, is a private NAT gateway: it has no public address.`,
        ko: `퍼블릭 주소가 없는 프라이빗 NAT 게이트웨이로 경로가 설정되어 있습니다: ${gateways} (서브넷 ${from})`,
      }
    if (kind === 'nat-gateway-without-internet') {
      const home = natSubnetIds.length === 0 ? 'regional' : natSubnetIds.join(', ')
      return {
        en: `No route leads from ${home} to an internet gateway. There stands ${gateways}, the way out of ${from}.`,
        ko: `NAT 게이트웨이에서 인터넷 게이트웨이로 가는 경로가 없습니다: ${gateways} (위치 ${home}, 사용하는 서브넷 ${from})`,
      }
    }
    const because = failure === null ? '' : ` (${failure})`
    return {
      en: `${gateways}, the way out of ${from}, is ${state}${because}.`,
      ko: `사용할 수 없는 NAT 게이트웨이로 경로가 설정되어 있습니다: ${gateways}, 상태: ${state}${because}, 서브넷: ${from}`,
    }
  },

  remedy: ({ ownRoute, way }) => (ownRoute === null ? natAdvice(way) : routeOut(ownRoute)),
})

/** One table without a route to the internet gateway may cut off several NAT gateways: that is one cause. */
function keyOf(fault: FaultOf<Kind>): string {
  const table = fault.kind === 'nat-gateway-without-internet' ? fault.routeTableId : null
  return table === null ? fault.natGatewayId : `${fault.kind} ${table}`
}

function detailsOf(
  network: Network,
  fault: FaultOf<Kind>,
  natGatewayIds: readonly string[],
  subnetIds: readonly string[],
): Details {
  const { kind, natGatewayId } = fault
  const own = listed(network.natGateways).filter(({ id }) => natGatewayIds.includes(id))
  const nat = own[0]
  const vpcId = nat?.vpcId ?? ''
  const tables = listed(network.routeTables).filter(({ routes }) =>
    routes.some(({ target }) => target.id === natGatewayId),
  )
  const destination =
    tables.flatMap(({ routes }) => routes).find(({ target }) => target.id === natGatewayId)?.destination ?? EVERYWHERE
  return {
    kind,
    natGatewayIds,
    state: nat?.state ?? '',
    failure: fault.kind === 'nat-gateway-state' ? fault.failure : null,
    natSubnetIds: distinct(own.flatMap(({ subnetId }) => subnetId ?? [])),
    ownRoute: fault.kind === 'nat-gateway-without-internet' ? ownRouteOf(network, fault, vpcId) : null,
    way: natWay(
      network,
      vpcId,
      tables.map(({ id }) => id),
      { destination, broken: natGatewayId },
    ),
    subnetIds,
  }
}

/** Null where the gateway stands among the subnets it serves: their table cannot lead to both. */
function ownRouteOf(
  network: Network,
  { natGatewayId, routeTableId }: FaultOf<'nat-gateway-without-internet'>,
  vpcId: string,
): Details['ownRoute'] {
  const table = listed(network.routeTables).find(({ id }) => id === routeTableId)
  if (table === undefined || table.routes.some(({ target }) => target.id === natGatewayId)) return null
  const exists = table.routes.some(({ destination }) => destination === EVERYWHERE)
  return {
    change: { routeTableId: table.id, destination: EVERYWHERE, exists },
    vpcId,
    gatewayId: internetGatewayOf(network, vpcId),
  }
}

function routeOut({ change, vpcId, gatewayId }: NonNullable<Details['ownRoute']>): RemedyWords {
  if (gatewayId !== null) {
    return {
      console: [routeStep(change, { en: gatewayId, ko: gatewayId })],
      cli: [routeLine(change, 'gateway-id', gatewayId)],
      terraform: routeBlock(change, 'gateway-id', text(gatewayId)),
    }
  }
  const made = newInternetGateway(vpcId)
  return {
    console: [...made.console, routeStep(change, { en: 'the new internet gateway', ko: '새 인터넷 게이트웨이' })],
    cli: [...made.cli, routeLine(change, 'gateway-id', '"$IGW"')],
    terraform: `${made.terraform}\n${routeBlock(change, 'gateway-id', 'aws_internet_gateway.out.id')}`,
  }
}
