/** Route tables and the routes in them. */
import type { Route, RouteTable } from './aws.ts'
import { addItem, type Cloud, editItem, itemOf, itemsOf, needed, type Operations, Refused } from './cloud.ts'
import {
  EGRESS_ONLY_GATEWAYS,
  ENDPOINTS,
  INSTANCES,
  INTERNET_GATEWAYS,
  NAT_GATEWAYS,
  NETWORK_INTERFACES,
  PEERINGS,
  PREFIX_LISTS,
  ROUTE_TABLES,
  SUBNETS,
  TRANSIT_ATTACHMENTS,
} from './kinds.ts'

interface RouteRequest {
  readonly RouteTableId: string
  readonly DestinationCidrBlock?: string
  readonly DestinationIpv6CidrBlock?: string
  readonly DestinationPrefixListId?: string
  readonly GatewayId?: string
  readonly NatGatewayId?: string
  readonly TransitGatewayId?: string
  readonly VpcPeeringConnectionId?: string
  readonly VpcEndpointId?: string
  readonly EgressOnlyInternetGatewayId?: string
  readonly NetworkInterfaceId?: string
  readonly InstanceId?: string
}

const DESTINATIONS = ['DestinationCidrBlock', 'DestinationIpv6CidrBlock', 'DestinationPrefixListId'] as const
const TARGETS = [
  'GatewayId',
  'NatGatewayId',
  'TransitGatewayId',
  'VpcPeeringConnectionId',
  'VpcEndpointId',
  'EgressOnlyInternetGatewayId',
  'NetworkInterfaceId',
  'InstanceId',
] as const

/** Quota "Routes per route table". */
const MOST_ROUTES = 500

export const routeOperations: Operations = {
  CreateRoute(cloud: Cloud, request: RouteRequest) {
    const table = itemOf(cloud, ROUTE_TABLES, request.RouteTableId)
    const destination = destinationOf(cloud, request)
    const target = targetOf(cloud, table.VpcId, request)
    if (table.Routes.some((route) => goesTo(route, destination)))
      throw new Refused('RouteAlreadyExists', `${table.RouteTableId} has a route for ${Object.values(destination)}`)
    if (table.Routes.length >= MOST_ROUTES) throw new Refused('RouteLimitExceeded', table.RouteTableId)
    editItem(cloud, ROUTE_TABLES, table.RouteTableId, ({ Routes }) => {
      Routes.push({ ...destination, ...target, Origin: 'CreateRoute', State: 'active' })
    })
  },

  ReplaceRoute(cloud: Cloud, request: RouteRequest) {
    const table = itemOf(cloud, ROUTE_TABLES, request.RouteTableId)
    const destination = destinationOf(cloud, request)
    const old = routeOf(table, destination)
    const target = targetOf(cloud, table.VpcId, request)
    if (old.GatewayId === 'local' || old.GatewayId?.startsWith('vpce-') || old.Origin === 'EnableVgwRoutePropagation')
      throw new Refused('InvalidParameterValue', `the route for ${Object.values(destination)} cannot be replaced`)
    editItem(cloud, ROUTE_TABLES, table.RouteTableId, (one) => {
      one.Routes = one.Routes.map((route) =>
        goesTo(route, destination) ? { ...destination, ...target, Origin: 'CreateRoute', State: 'active' } : route,
      )
    })
  },

  DeleteRoute(cloud: Cloud, request: RouteRequest) {
    const destination = destinationOf(cloud, request)
    routeOf(itemOf(cloud, ROUTE_TABLES, request.RouteTableId), destination)
    editItem(cloud, ROUTE_TABLES, request.RouteTableId, (one) => {
      one.Routes = one.Routes.filter((route) => !goesTo(route, destination))
    })
  },

  CreateRouteTable(cloud: Cloud, { VpcId }: { VpcId: string }, answer: { RouteTable: { RouteTableId: string } }) {
    const local = itemsOf(cloud, ROUTE_TABLES)
      .filter((table) => table.VpcId === VpcId)
      .flatMap(({ Routes }) => Routes)
      .filter(({ GatewayId }) => GatewayId === 'local')
    addItem(cloud, ROUTE_TABLES, {
      RouteTableId: answer.RouteTable.RouteTableId,
      VpcId,
      OwnerId: cloud.accountId,
      Associations: [],
      Routes: [...new Map(local.map((route) => [JSON.stringify(route), route])).values()],
    })
  },

  AssociateRouteTable(cloud: Cloud, { RouteTableId, SubnetId }: { RouteTableId: string; SubnetId?: string }) {
    const subnetId = needed(SubnetId, 'subnetId')
    itemOf(cloud, SUBNETS, subnetId)
    if (itemsOf(cloud, ROUTE_TABLES).some(({ Associations }) => Associations.some((one) => one.SubnetId === subnetId)))
      throw new Refused('Resource.AlreadyAssociated', `${subnetId} is already associated`)
    editItem(cloud, ROUTE_TABLES, RouteTableId, ({ Associations }) => {
      Associations.push({
        RouteTableAssociationId: `rtbassoc-${subnetId.slice('subnet-'.length)}`,
        RouteTableId,
        SubnetId: subnetId,
        Main: false,
      })
    })
  },
}

function destinationOf(cloud: Cloud, request: RouteRequest): Partial<Route> {
  const given = DESTINATIONS.filter((name) => request[name] !== undefined)
  const [name] = given
  if (name === undefined) throw new Refused('MissingParameter', 'The request must contain exactly one destination')
  if (given.length > 1) throw new Refused('InvalidParameterCombination', given.join(', '))
  const value = request[name] ?? ''
  if (name === 'DestinationPrefixListId') itemOf(cloud, PREFIX_LISTS, value)
  else if (!/^[0-9a-f.:]+\/\d+$/.test(value)) throw new Refused('InvalidParameterValue', `${value} is not a CIDR block`)
  return { [name]: value }
}

function goesTo(route: Route, destination: Partial<Route>): boolean {
  return DESTINATIONS.every((name) => route[name] === destination[name])
}

function routeOf(table: RouteTable, destination: Partial<Route>): Route {
  const route = table.Routes.find((one) => goesTo(one, destination))
  if (route === undefined)
    throw new Refused('InvalidRoute.NotFound', `${table.RouteTableId} has no route for ${Object.values(destination)}`)
  return route
}

function targetOf(cloud: Cloud, vpcId: string, request: RouteRequest): Partial<Route> {
  const given = TARGETS.filter((name) => request[name] !== undefined)
  const [name] = given
  if (name === undefined) throw new Refused('MissingParameter', 'The request must contain exactly one target')
  if (given.length > 1) throw new Refused('InvalidParameterCombination', given.join(', '))
  const id = request[name] ?? ''
  EXISTS[name](cloud, vpcId, id)
  return name === 'VpcEndpointId' ? { GatewayId: id } : { [name]: id }
}

/** Refuses a target that a table of this VPC cannot have. */
const EXISTS: Readonly<Record<(typeof TARGETS)[number], (cloud: Cloud, vpcId: string, id: string) => void>> = {
  GatewayId(cloud, vpcId, id) {
    if (id.startsWith('vgw-')) return
    if (!id.startsWith('igw-')) throw new Refused('InvalidGatewayID.NotFound', `${id} does not exist`)
    const { Attachments } = itemOf(cloud, INTERNET_GATEWAYS, id)
    if (!Attachments.some((one) => one.VpcId === vpcId))
      throw new Refused('InvalidParameterValue', `route table and network gateway ${id} belong to different networks`)
  },
  NatGatewayId(cloud, vpcId, id) {
    const nat = itemOf(cloud, NAT_GATEWAYS, id)
    if (nat.State !== 'available') throw new Refused('InvalidNatGatewayID.NotFound', `${id} is ${nat.State}`)
    if (nat.VpcId !== vpcId) throw new Refused('InvalidParameterValue', `${id} belongs to another network`)
  },
  TransitGatewayId(cloud, vpcId, id) {
    const attached = itemsOf(cloud, TRANSIT_ATTACHMENTS).some(
      (one) => one.TransitGatewayId === id && one.VpcId === vpcId && one.State === 'available',
    )
    if (!attached) throw new Refused('InvalidTransitGatewayID.NotFound', `${id} is not attached to ${vpcId}`)
  },
  VpcPeeringConnectionId(cloud, _vpcId, id) {
    if (itemOf(cloud, PEERINGS, id).Status.Code !== 'active') throw new Refused('InvalidStateTransition', id)
  },
  VpcEndpointId(cloud, vpcId, id) {
    const endpoint = itemOf(cloud, ENDPOINTS, id)
    if (endpoint.VpcEndpointType !== 'GatewayLoadBalancer' || endpoint.VpcId !== vpcId)
      throw new Refused('InvalidParameterValue', `${id} is no target of a route`)
  },
  EgressOnlyInternetGatewayId: (cloud, _vpcId, id) => void itemOf(cloud, EGRESS_ONLY_GATEWAYS, id),
  NetworkInterfaceId: (cloud, _vpcId, id) => void itemOf(cloud, NETWORK_INTERFACES, id),
  InstanceId: (cloud, _vpcId, id) => void itemOf(cloud, INSTANCES, id),
}
