/** Routes of a table: made, sent elsewhere, taken out. */
import type { GatheredFacts } from '../../domain/facts.ts'
import type { Route, RouteTable, RouteTarget } from '../../domain/network.ts'
import type { RouteDestination, RouteTargetId } from '../../domain/network-change.ts'
import { internetGatewayOf } from '../../network/lookup.ts'
import type { Applied, Definitions, Refused, Resolved } from '../change-kind.ts'
import { changeOne, isRefused, itemOf, itemsOf, newRoute } from '../network-facts.ts'
import { argumentsOf } from '../terraform.ts'

const DESTINATIONS = ['destinationCidrBlock', 'destinationIpv6CidrBlock', 'destinationPrefixListId'] as const
export const TARGETS = ['gatewayId', 'natGatewayId', 'transitGatewayId', 'vpcPeeringConnectionId'] as const

export const routes: Definitions<'create-route' | 'replace-route' | 'delete-route'> = {
  /** A route. EC2 API Reference, CreateRoute. */
  'create-route': {
    console: (change) => {
      const [destination, target] = [destinationOf(change), targetOf(change).id]
      return {
        en: `VPC → Route tables → ${change.routeTableId} → Edit routes → Add route: ${destination} → ${target} → Save changes`,
        ko: `VPC → 라우팅 테이블 → ${change.routeTableId} → 라우팅 편집 → 라우팅 추가 → 다음을 입력하고 변경 사항 저장을 누릅니다: ${destination} → ${target}`,
      }
    },

    cli: 'ec2',
    terraform: (change) => ({
      type: 'aws_route',
      name: `${change.routeTableId}_${destinationOf(change)}`,
      fields: [...argumentsOf(change, 'routeTableId', ...DESTINATIONS), ...targetArguments(change)],
    }),

    apply: (facts, change) =>
      routed(facts, change, ({ routes }, route) =>
        routes.some(({ destination }) => destination === route.destination)
          ? { refused: 'RouteAlreadyExists' }
          : [...routes, route],
      ),
  },

  /** Another target for a route that is there. EC2 API Reference, ReplaceRoute. */
  'replace-route': {
    console: (change) => {
      const [destination, target] = [destinationOf(change), targetOf(change).id]
      return {
        en: `VPC → Route tables → ${change.routeTableId} → Edit routes → change the target of ${destination} to ${target} → Save changes`,
        ko: `VPC → 라우팅 테이블 → ${change.routeTableId} → 라우팅 편집 → ${destination}의 대상을 다음으로 바꾸고 변경 사항 저장을 누릅니다: ${target}`,
      }
    },

    cli: 'ec2',
    terraform: (change) => ({
      existing: 'aws_route',
      of: `${change.routeTableId}, ${destinationOf(change)}`,
      fields: targetArguments(change),
    }),

    apply: (facts, change) =>
      routed(facts, change, ({ routes }, route) =>
        routes.some(({ destination }) => destination === route.destination)
          ? routes.map((one) => (one.destination === route.destination ? route : one))
          : { refused: 'InvalidRoute.NotFound' },
      ),
  },

  /** A route that goes: a wider one takes its packets. EC2 API Reference, DeleteRoute. */
  'delete-route': {
    console: (change) => ({
      en: `VPC → Route tables → ${change.routeTableId} → Edit routes → remove ${destinationOf(change)} → Save changes`,
      ko: `VPC → 라우팅 테이블 → ${change.routeTableId} → 라우팅 편집에서 다음 경로를 제거하고 변경 사항 저장을 누릅니다: ${destinationOf(change)}`,
    }),

    cli: 'ec2',
    terraform: (change) => ({ gone: 'aws_route', of: `${change.routeTableId}, ${destinationOf(change)}` }),

    apply: (facts, change) =>
      changeOne(facts, 'routeTables', change.routeTableId, (table) => {
        const routes = table.routes.filter(({ destination }) => destination !== destinationOf(change))
        return routes.length === table.routes.length ? { refused: 'InvalidRoute.NotFound' } : { ...table, routes }
      }),
  },
}

/** The provider has a shorter name for one of them. */
function targetArguments({ egressOnlyInternetGatewayId: egressOnlyGatewayId, ...change }: Resolved<RouteTargetId>) {
  return argumentsOf({ ...change, egressOnlyGatewayId }, 'egressOnlyGatewayId', ...TARGETS)
}

export type Destined = RouteDestination & { readonly routeTableId: string }
type Routed = Destined & Resolved<RouteTargetId>

export function destinationOf({
  destinationCidrBlock,
  destinationIpv6CidrBlock,
  destinationPrefixListId,
}: RouteDestination): string {
  return destinationCidrBlock ?? destinationIpv6CidrBlock ?? destinationPrefixListId ?? ''
}

export function targetOf(change: Resolved<RouteTargetId>): RouteTarget {
  const { gatewayId = '', natGatewayId, egressOnlyInternetGatewayId, transitGatewayId, vpcPeeringConnectionId } = change
  if (egressOnlyInternetGatewayId !== undefined)
    return { kind: 'egress-only-internet-gateway', id: egressOnlyInternetGatewayId }
  if (natGatewayId !== undefined) return { kind: 'nat-gateway', id: natGatewayId }
  if (transitGatewayId !== undefined) return { kind: 'transit-gateway', id: transitGatewayId }
  if (vpcPeeringConnectionId !== undefined) return { kind: 'peering', id: vpcPeeringConnectionId }
  return { kind: 'internet-gateway', id: gatewayId }
}

/** The table with other routes; refused where the target cannot be one of its VPC. */
export function routed(
  facts: GatheredFacts,
  change: Routed,
  edit: (table: RouteTable, route: Route) => readonly Route[] | Refused,
): Applied {
  const { kind, id } = targetOf(change)
  const table = itemOf(facts, 'routeTables', change.routeTableId)
  const usable = table === undefined ? true : isUsable(facts, table.vpcId, { kind, id })
  if (usable === null) return null
  if (!usable) return { refused: 'InvalidParameterValue' }
  const route = newRoute(destinationOf(change), { kind, id })
  return changeOne(facts, 'routeTables', change.routeTableId, (own) => {
    const routes = edit(own, route)
    return isRefused(routes) ? routes : { ...own, routes }
  })
}

/** In the VPC, or attached to it; null where that is not known. */
function isUsable(facts: GatheredFacts, vpcId: string, { kind, id }: RouteTarget): boolean | null {
  const { network } = facts
  if (!network.known) return null
  switch (kind) {
    case 'internet-gateway':
      return network.value.internetGateways.known ? internetGatewayOf(network.value, vpcId) === id : null
    case 'egress-only-internet-gateway':
      return itemsOf(facts, 'egressOnlyGateways')?.some((one) => one.id === id) ?? null
    case 'nat-gateway':
      return itemsOf(facts, 'natGateways')?.some((one) => one.id === id && one.vpcId === vpcId) ?? null
    case 'peering':
      return (
        itemsOf(facts, 'peerings')?.some(
          (one) => one.id === id && [one.requester.vpcId, one.accepter.vpcId].includes(vpcId),
        ) ?? null
      )
    default: {
      const { vpcAttachments } = network.value.transit
      return vpcAttachments.known
        ? vpcAttachments.value.some((one) => one.transitGatewayId === id && one.vpcId === vpcId)
        : null
    }
  }
}
