/** Routes and gateways, taken back. */
import { listed } from '../../domain/answer.ts'
import type { GatheredFacts } from '../../domain/facts.ts'
import type { Route, RouteTargetKind } from '../../domain/network.ts'
import type { RouteDestination, RouteTargetId } from '../../domain/network-change.ts'
import type { Text } from '../../domain/text.ts'
import type { Resolved } from '../change-kind.ts'
import { type CommandLine, callOf } from '../command-line.ts'
import { asking, literal, type Reversals, STAYS } from '../reversal.ts'
import { destinationOf } from './routes.ts'

export const routeReversals: Reversals<'create-route' | 'replace-route' | 'delete-route'> = {
  'create-route': (change) => ({ isMade: routeWith(change), undo: [routeGone(change)] }),

  'replace-route': (change, before) => {
    const former = formerRoute(change, before)
    const back = former === null ? null : routeLine('replace-route', change, former)
    return back === null
      ? { isMade: routeWith(change), undo: [], stays: former?.state === 'blackhole' ? LED_NOWHERE : STAYS }
      : { isMade: routeWith(change), undo: [back] }
  },

  'delete-route': (change, before) => {
    const former = formerRoute(change, before)
    const back = former === null ? null : routeLine('create-route', change, former)
    const { routeTableId } = change
    const query = `RouteTables[?!(Routes[?${destinedTo(change)}] | [0])].RouteTableId | [0]`
    const isMade = asking('ec2', 'describe-route-tables', { routeTableIds: [routeTableId] }, query)
    return back === null ? { isMade, undo: [], stays: STAYS } : { isMade, undo: [back] }
  },
}

const LED_NOWHERE: Text = {
  en: 'The target that the route had is gone, so that nothing leads back to it: delete the route where it is not wanted.',
  ko: '라우팅의 이전 대상이 없어져 되돌릴 수 없습니다. 필요하지 않으면 이 라우팅을 삭제합니다.',
}

type Routed = RouteDestination & Resolved<RouteTargetId> & { readonly routeTableId: string }

/** By EC2's own names. */
const TARGETS = {
  gatewayId: 'GatewayId',
  natGatewayId: 'NatGatewayId',
  egressOnlyInternetGatewayId: 'EgressOnlyInternetGatewayId',
  transitGatewayId: 'TransitGatewayId',
  vpcPeeringConnectionId: 'VpcPeeringConnectionId',
} as const

function routeWith(change: Routed) {
  const targets = Object.entries(TARGETS).flatMap(([member, name]) => {
    const id = change[member as keyof typeof TARGETS]
    return id === undefined ? [] : [`${name}==${literal(id)}`]
  })
  const query = `RouteTables[0].Routes[?${[destinedTo(change), ...targets].join(' && ')}].State | [0]`
  return asking('ec2', 'describe-route-tables', { routeTableIds: [change.routeTableId] }, query)
}

function destinedTo({ destinationCidrBlock, destinationIpv6CidrBlock, destinationPrefixListId }: RouteDestination) {
  if (destinationCidrBlock !== undefined) return `DestinationCidrBlock==${literal(destinationCidrBlock)}`
  if (destinationIpv6CidrBlock !== undefined) return `DestinationIpv6CidrBlock==${literal(destinationIpv6CidrBlock)}`
  return `DestinationPrefixListId==${literal(destinationPrefixListId)}`
}

function routeGone({ routeTableId, destinationCidrBlock, destinationIpv6CidrBlock, destinationPrefixListId }: Routed) {
  const destination = { destinationCidrBlock, destinationIpv6CidrBlock, destinationPrefixListId }
  return callOf('ec2', { kind: 'delete-route', routeTableId, ...destination })
}

function formerRoute(change: RouteDestination & { readonly routeTableId: string }, { network }: GatheredFacts) {
  const tables = network.known ? listed(network.value.routeTables) : []
  const table = tables.find(({ id }) => id === change.routeTableId)
  return table?.routes.find(({ destination }) => destination === destinationOf(change)) ?? null
}

const FLAGS: Readonly<Partial<Record<RouteTargetKind, string>>> = {
  'internet-gateway': 'gatewayId',
  'vpn-gateway': 'gatewayId',
  'nat-gateway': 'natGatewayId',
  'egress-only-internet-gateway': 'egressOnlyInternetGatewayId',
  'transit-gateway': 'transitGatewayId',
  peering: 'vpcPeeringConnectionId',
  'network-interface': 'networkInterfaceId',
  instance: 'instanceId',
  'vpc-endpoint': 'vpcEndpointId',
}

/** Null for a target that is gone or that no flag names: AWS takes a route to what is there alone. */
function routeLine(
  kind: 'create-route' | 'replace-route',
  {
    routeTableId,
    destinationCidrBlock,
    destinationIpv6CidrBlock,
    destinationPrefixListId,
  }: RouteDestination & {
    readonly routeTableId: string
  },
  { target, state }: Route,
): CommandLine | null {
  const flag = FLAGS[target.kind]
  if (flag === undefined || state === 'blackhole') return null
  const destination = { destinationCidrBlock, destinationIpv6CidrBlock, destinationPrefixListId }
  return callOf('ec2', { kind, routeTableId, ...destination, [flag]: target.id })
}
