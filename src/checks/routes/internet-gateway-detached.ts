/** Is the internet gateway that a route names attached to the VPC? */
import { listed } from '../../domain/answer.ts'
import type { Change } from '../../domain/change.ts'
import { defineCheck } from '../../domain/check.ts'
import type { Network } from '../../domain/network.ts'
import { causesOf } from '../../network/causes.ts'
import { internetGatewayOf } from '../../network/lookup.ts'
import { findingOf, subnetIdsOf } from '../engine/path-finding.ts'
import { ipv6Way } from './ipv6-way.ts'
import { routeTo } from './route-change.ts'

interface Details {
  readonly internetGatewayId: string
  readonly vpcId: string
  readonly subnetIds: readonly string[]
  readonly changes: readonly Change[]
}

export default defineCheck<Details, 'network' | 'paths'>({
  id: 'internet-gateway-detached',
  step: 'routes',
  severity: 'blocker',
  needs: ['network', 'paths'],
  speaksFor: ['internet-gateway-detached'],
  permissions: ['ec2:DescribeInternetGateways', 'ec2:DescribeRouteTables'],

  title: { en: 'The internet gateway is not attached', ko: '인터넷 게이트웨이가 VPC에 연결되어 있지 않습니다' },
  why: {
    en: 'A route to an internet gateway leads out only while the gateway is attached to the VPC. Until then everything sent to it is dropped, also what comes through NAT gateways.',
    ko: '인터넷 게이트웨이로 가는 경로는 게이트웨이가 VPC에 연결되어 있을 때만 동작합니다. 연결되지 않으면 NAT 게이트웨이를 거친 트래픽까지 모두 버려집니다.',
  },

  evaluate: ({ network, paths }) =>
    causesOf(
      paths,
      ['internet-gateway-detached'],
      ({ internetGatewayId, vpcId }) => `${internetGatewayId} ${vpcId}`,
    ).map((cause) => {
      const { internetGatewayId, vpcId } = cause.faults[0]
      return findingOf(cause, internetGatewayId, {
        internetGatewayId,
        vpcId,
        subnetIds: subnetIdsOf(cause),
        changes: changesFor(network, internetGatewayId, vpcId),
      })
    }),

  explain: ({ internetGatewayId, vpcId, subnetIds }) => ({
    en: `${internetGatewayId}, to which routes of ${vpcId} lead, is not attached to that VPC. It cuts off ${subnetIds.join(', ')}.`,
    ko: `라우팅 테이블의 대상인 인터넷 게이트웨이가 VPC에 연결되어 있지 않습니다: ${internetGatewayId} (${vpcId}). 영향을 받는 서브넷: ${subnetIds.join(', ')}`,
  }),

  remedy: ({ changes }) => ({ changes }),
})

/** A VPC takes one gateway: where another is attached, the routes have to go there. */
function changesFor(network: Network, internetGatewayId: string, vpcId: string): readonly Change[] {
  const places = listed(network.routeTables)
    .filter((table) => table.vpcId === vpcId)
    .flatMap(({ id: routeTableId, routes }) =>
      routes
        .filter(({ target }) => target.id === internetGatewayId)
        .map(({ destination }) => ({ routeTableId, destination })),
    )
  // An egress-only one is attached from the first until it is deleted.
  if (internetGatewayId.startsWith('eigw-')) return ipv6Way(network, vpcId, places)
  const gatewayId = internetGatewayOf(network, vpcId)
  if (gatewayId === null) return [{ kind: 'attach-internet-gateway', internetGatewayId, vpcId }]
  return places.map((place) => routeTo(network, place, { gatewayId }))
}
