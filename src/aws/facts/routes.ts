/** Route tables, from DescribeRouteTables. */
import type { Route, RouteTable, RouteTarget, RouteTargetKind } from '../../domain/network.ts'
import { at, idOf, isBlockOrNone, isLoose, type Loose, listAt, text, word } from './shape.ts'

export function toRouteTable(record: Loose): RouteTable | null {
  const id = idOf(record['RouteTableId'])
  const vpcId = idOf(record['VpcId'])
  const routes = (Array.isArray(record['Routes']) ? record['Routes'] : []).map(toRoute)
  if (id === null || vpcId === null || routes.includes(null)) return null
  const associations = listAt(record, 'Associations').filter(inForce)
  return {
    id,
    vpcId,
    main: associations.some((one) => one['Main'] === true),
    subnetIds: associations.flatMap((one) => text(one['SubnetId']) ?? []),
    routes: routes.filter((route) => route !== null),
  }
}

/** An association that is being taken away, or never came about, leads no packet (EC2 API, RouteTableAssociationState). */
function inForce(association: Loose): boolean {
  return !['disassociated', 'disassociating', 'failed'].includes(word(at(association, 'AssociationState', 'State')))
}

function toRoute(record: unknown): Route | null {
  const destination =
    idOf(at(record, 'DestinationCidrBlock')) ??
    idOf(at(record, 'DestinationIpv6CidrBlock')) ??
    idOf(at(record, 'DestinationPrefixListId'))
  const blocks = [at(record, 'DestinationCidrBlock'), at(record, 'DestinationIpv6CidrBlock')]
  if (destination === null || !blocks.every(isBlockOrNone)) return null
  return {
    destination,
    target: targetOf(record as Loose),
    state: word(at(record, 'State')),
    propagated: at(record, 'Origin') === 'EnableVgwRoutePropagation',
    firewall: firewallOf(at(record, 'IgwFirewall')),
  }
}

function firewallOf(record: unknown): Route['firewall'] {
  return isLoose(record) ? { arn: text(record['FirewallArn']) ?? '', status: word(record['Status']) } : null
}

/** An instance's route names its interface as well, which is the more exact of the two and so comes first. */
const TARGET_FIELDS: readonly (readonly [string, RouteTargetKind])[] = [
  ['NatGatewayId', 'nat-gateway'],
  ['TransitGatewayId', 'transit-gateway'],
  ['VpcPeeringConnectionId', 'peering'],
  ['EgressOnlyInternetGatewayId', 'egress-only-internet-gateway'],
  ['NetworkInterfaceId', 'network-interface'],
  ['InstanceId', 'instance'],
  ['CarrierGatewayId', 'other'],
  ['LocalGatewayId', 'other'],
  ['CoreNetworkArn', 'other'],
  ['OdbNetworkArn', 'other'],
]

const GATEWAY_PREFIXES: readonly (readonly [string, RouteTargetKind])[] = [
  ['igw-', 'internet-gateway'],
  ['eigw-', 'egress-only-internet-gateway'],
  ['vgw-', 'vpn-gateway'],
  ['vpce-', 'vpc-endpoint'],
  ['nat-', 'nat-gateway'],
  ['tgw-', 'transit-gateway'],
  ['pcx-', 'peering'],
  ['eni-', 'network-interface'],
]

/** The one target field that is set (EC2 API, Route). A route whose target is gone may have none: kind `other`, no id. */
function targetOf(route: Loose): RouteTarget {
  const gateway = idOf(route['GatewayId'])
  if (gateway === 'local') return { kind: 'local', id: gateway }
  if (gateway !== null) {
    const kind = GATEWAY_PREFIXES.find(([prefix]) => gateway.startsWith(prefix))?.[1]
    return { kind: kind ?? 'other', id: gateway }
  }
  for (const [key, kind] of TARGET_FIELDS) {
    const id = idOf(route[key])
    if (id !== null) return { kind, id }
  }
  return { kind: 'other', id: '' }
}
