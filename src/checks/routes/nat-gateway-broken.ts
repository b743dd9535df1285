/** Does the NAT gateway that the route names lead to the internet? */
import { listed } from '../../domain/answer.ts'
import type { Change } from '../../domain/change.ts'
import { defineCheck } from '../../domain/check.ts'
import { distinct } from '../../domain/collections.ts'
import type { Network } from '../../domain/network.ts'
import type { FaultOf } from '../../domain/path.ts'
import { causesOf } from '../../network/causes.ts'
import { findingOf, subnetIdsOf } from '../engine/path-finding.ts'
import { natWay } from './nat-way.ts'
import { EVERYWHERE, internetGatewayFor, routeTo } from './route-change.ts'

type Kind = 'nat-gateway-state' | 'nat-gateway-private' | 'nat-gateway-without-internet'

interface Details {
  readonly kind: Kind
  readonly natGatewayIds: readonly string[]
  readonly state: string
  readonly failure: string | null
  /** Empty for a regional one. */
  readonly natSubnetIds: readonly string[]
  readonly changes: readonly Change[]
  readonly subnetIds: readonly string[]
}

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

  remedy: ({ changes }) => ({ changes }),
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
  const { kind } = fault
  const own = listed(network.natGateways).filter(({ id }) => natGatewayIds.includes(id))
  const nat = own[0]
  return {
    kind,
    natGatewayIds,
    state: nat?.state ?? '',
    failure: fault.kind === 'nat-gateway-state' ? fault.failure : null,
    natSubnetIds: distinct(own.flatMap(({ subnetId }) => subnetId ?? [])),
    changes:
      (fault.kind === 'nat-gateway-without-internet' ? ownRoute(network, fault, nat?.vpcId ?? '') : null) ??
      anotherGateway(network, natGatewayIds, nat?.vpcId ?? ''),
    subnetIds,
  }
}

/** The route that the gateway itself lacks; null where it stands among the subnets it serves: their table cannot lead to both. */
function ownRoute(
  network: Network,
  { natGatewayId, routeTableId }: FaultOf<'nat-gateway-without-internet'>,
  vpcId: string,
): readonly Change[] | null {
  const table = listed(network.routeTables).find(({ id }) => id === routeTableId)
  if (table === undefined || table.routes.some(({ target }) => target.id === natGatewayId)) return null
  const gateway = internetGatewayFor(network, vpcId)
  const place = { routeTableId: table.id, destination: EVERYWHERE }
  return [...gateway.changes, routeTo(network, place, { gatewayId: gateway.id })]
}

function anotherGateway(network: Network, broken: readonly string[], vpcId: string): readonly Change[] {
  const places = listed(network.routeTables).flatMap(({ id, routes }) =>
    routes
      .filter(({ target }) => broken.includes(target.id))
      .map(({ destination }) => ({ routeTableId: id, destination })),
  )
  return natWay(network, vpcId, places, broken)
}
