/** Has a route lost its target? It still wins its match, and drops. */
import { listed } from '../../domain/answer.ts'
import type { Change } from '../../domain/change.ts'
import { defineCheck } from '../../domain/check.ts'
import { distinct } from '../../domain/collections.ts'
import type { Network } from '../../domain/network.ts'
import { causesOf } from '../../network/causes.ts'
import { internetGatewayOf } from '../../network/lookup.ts'
import { findingOf, subnetIdsOf } from '../engine/path-finding.ts'
import { ipv6Way } from './ipv6-way.ts'
import { natWay } from './nat-way.ts'
import { EVERYWHERE, internetGatewayFor, type RoutePlace, routeGone, routeTo } from './route-change.ts'

interface Details {
  readonly target: string
  readonly places: readonly RoutePlace[]
  readonly subnetIds: readonly string[]
  readonly changes: readonly Change[]
}

export default defineCheck<Details, 'network' | 'paths'>({
  id: 'blackhole-route',
  step: 'routes',
  severity: 'blocker',
  needs: ['network', 'paths'],
  speaksFor: ['blackhole-route'],
  permissions: ['ec2:DescribeRouteTables'],

  title: { en: 'A route leads to a deleted target', ko: '삭제된 대상으로 가는 블랙홀 경로가 있습니다' },
  why: {
    en: 'A blackhole route is not skipped: it wins its match like any other and drops the packets, although a wider route may lead out. The pull times out.',
    ko: '블랙홀 경로는 건너뛰지 않습니다. 다른 경로처럼 선택된 뒤 패킷을 버리므로, 더 넓은 경로가 있어도 사용되지 않고 이미지를 가져오는 중에 시간이 초과됩니다.',
  },

  evaluate: ({ network, paths }) =>
    causesOf(paths, ['blackhole-route'], ({ target }) => target).map((cause) => {
      const { target } = cause.faults[0]
      const places = cause.faults.map(({ routeTableId, destination }) => ({ routeTableId, destination }))
      const tables = distinct(places.map(({ routeTableId }) => routeTableId))
      const changes = changesFor(network, target, places)
      const details = { target, places, subnetIds: subnetIdsOf(cause), changes }
      return findingOf(cause, tables.length > 1 ? target : (tables[0] ?? target), details)
    }),

  explain: ({ target, places, subnetIds }) => {
    const destinations = distinct(places.map(({ destination }) => destination)).join(', ')
    const tables = distinct(places.map(({ routeTableId }) => routeTableId)).join(', ')
    return {
      en: `Route ${destinations} → ${target} of ${tables} is a blackhole: the target is gone or detached. It breaks ${subnetIds.join(', ')}.`,
      ko: `대상이 없거나 분리된 블랙홀 경로입니다: ${tables}의 ${destinations} → ${target}. 영향을 받는 서브넷: ${subnetIds.join(', ')}`,
    }
  },

  remedy: ({ changes }) => ({ changes }),
})

function changesFor(network: Network, target: string, places: readonly RoutePlace[]): readonly Change[] {
  const vpcId = listed(network.routeTables).find(({ id }) => id === places[0]?.routeTableId)?.vpcId ?? ''
  if (target.startsWith('igw-')) return toGateway(network, vpcId, target, places)
  if (target.startsWith('eigw-')) return ipv6Way(network, vpcId, places)
  const wide = places.filter(({ destination }) => target.startsWith('nat-') || destination === EVERYWHERE)
  // With a narrow route gone, the wider one takes its packets.
  const narrow = places.filter((place) => !wide.includes(place))
  return [...(wide.length === 0 ? [] : natWay(network, vpcId, wide, [target])), ...narrow.map(routeGone)]
}

/** The one that is attached; else the lost one attached again, or a new one where it is deleted. */
function toGateway(network: Network, vpcId: string, target: string, places: readonly RoutePlace[]): readonly Change[] {
  const isThere = listed(network.internetGateways).some(({ id }) => id === target)
  if (isThere && internetGatewayOf(network, vpcId) === null)
    return [{ kind: 'attach-internet-gateway', internetGatewayId: target, vpcId }]
  const gateway = internetGatewayFor(network, vpcId)
  return [...gateway.changes, ...places.map((place) => routeTo(network, place, { gatewayId: gateway.id }))]
}
