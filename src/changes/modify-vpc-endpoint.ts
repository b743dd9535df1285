/** Settings of a VPC endpoint. EC2 API Reference, ModifyVpcEndpoint. */
import type { GatheredFacts } from '../domain/facts.ts'
import type { Route } from '../domain/network.ts'
import type { ChangeDefinition, Refused } from './change-kind.ts'
import { changeOne, isRefused, itemsOf, withItems } from './network-facts.ts'
import { text } from './terraform.ts'

export const modifyVpcEndpoint: ChangeDefinition<'modify-vpc-endpoint'> = {
  kind: 'modify-vpc-endpoint',

  console: ({ vpcEndpointId, addRouteTableIds = [] }) => [
    {
      en: `VPC → Endpoints → ${vpcEndpointId} → Route tables → Manage route tables`,
      ko: `VPC → 엔드포인트 → ${vpcEndpointId} → 라우팅 테이블 → 라우팅 테이블 관리`,
    },
    {
      en: `Select ${addRouteTableIds.join(', ')} as well, then Modify route tables`,
      ko: `다음 라우팅 테이블을 추가로 선택하고 라우팅 테이블 수정을 누릅니다: ${addRouteTableIds.join(', ')}`,
    },
  ],

  cli: ({ vpcEndpointId, addRouteTableIds = [] }) => [
    {
      aws: ['ec2', 'modify-vpc-endpoint'],
      flags: [
        ['--vpc-endpoint-id', vpcEndpointId],
        ['--add-route-table-ids', ...addRouteTableIds],
      ],
    },
  ],

  terraform: ({ vpcEndpointId, addRouteTableIds = [] }) =>
    addRouteTableIds.map((routeTableId) => ({
      type: 'aws_vpc_endpoint_route_table_association',
      name: `s3_${routeTableId}`,
      fields: [
        ['vpc_endpoint_id', text(vpcEndpointId)],
        ['route_table_id', text(routeTableId)],
      ],
    })),

  apply: (facts, { vpcEndpointId, addRouteTableIds = [] }) =>
    addRouteTableIds.reduce<GatheredFacts | Refused | null>(
      (before, routeTableId) =>
        before === null || isRefused(before) ? before : withTable(before, vpcEndpointId, routeTableId),
      facts,
    ),
}

/** A gateway endpoint is a route in each of its tables, to the prefix list of its service. */
function withTable(facts: GatheredFacts, endpointId: string, routeTableId: string): GatheredFacts | Refused | null {
  const endpoint = itemsOf(facts, 'endpoints')?.find(({ id }) => id === endpointId)
  const list = itemsOf(facts, 'prefixLists')?.find(({ name }) => name === endpoint?.serviceName)
  if (endpoint === undefined || list === undefined) return null
  // A gateway endpoint takes no changes while it is pending (VPC 19 of the measured ones).
  if (endpoint.state !== 'available') return { refused: 'IncorrectState' }
  const route: Route = {
    destination: list.id,
    target: { kind: 'vpc-endpoint', id: endpointId },
    state: 'active',
    propagated: false,
  }
  const routed = changeOne(facts, 'routeTables', routeTableId, (table) =>
    table.routes.some(({ destination }) => destination === list.id)
      ? { refused: 'RouteAlreadyExists' }
      : { ...table, routes: [...table.routes, route] },
  )
  if (routed === null || isRefused(routed)) return routed
  const endpoints = itemsOf(routed, 'endpoints') ?? []
  return withItems(
    routed,
    'endpoints',
    endpoints.map((one) =>
      one.id === endpointId ? { ...one, routeTableIds: [...one.routeTableIds, routeTableId] } : one,
    ),
  )
}
