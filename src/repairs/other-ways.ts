/** Ways to the same host that its natural repair does not take: a NAT gateway in place of endpoints, endpoints in place of a way out. */
import { newGatewayEndpoint, newInterfaceEndpoint } from '../checks/endpoints/endpoint-changes.ts'
import { natWay } from '../checks/routes/nat-way.ts'
import { EVERYWHERE } from '../checks/routes/route-change.ts'
import { listed } from '../domain/answer.ts'
import type { Change } from '../domain/change.ts'
import type { Network } from '../domain/network.ts'
import { endpointServiceName, matchesService } from '../domain/partition.ts'
import type { FaultKind, Path } from '../domain/path.ts'
import { FAULTS } from '../network/faults.ts'
import { oneEachZone, subnetsOf, tableIdsOf } from '../network/lookup.ts'
import { indexNetwork } from '../network/network-index.ts'
import { nameOf } from '../network/reachability/names/service-name.ts'

/** Of faults that say that no way leads there; filters on a way that is there are opened and not gone round. */
export function otherWays(path: Path, broken: readonly Path[], network: Network): readonly (readonly Change[])[] {
  const faults = path.hops.flatMap(({ fault }) => fault ?? [])
  const [subnet] = subnetsOf(network, [path.from.subnetId])
  if (subnet === undefined || !faults.some(({ kind }) => isWithoutWay(kind))) return []
  const { vpcId } = subnet
  const [routeTableId] = tableIdsOf(network, [subnet.id])
  if (routeTableId === undefined || subnet.cidrs.every((cidr) => cidr.includes(':'))) return []
  const places = [{ routeTableId, destination: EVERYWHERE }]
  const natGateway = path.from.publicIp ? [] : natWay(network, vpcId, places, stopped(faults))
  const alike = broken.filter(({ host }) => host === path.host).map(({ from }) => from.subnetId)
  return [natGateway, endpointWay(network, broken, path, vpcId, subnetsIn(network, vpcId, [subnet.id, ...alike]))]
}

const WITHOUT_WAY: readonly FaultKind[] = [
  'endpoint-missing',
  'endpoint-not-available',
  's3-route-missing',
  'blackhole-route',
  'nat-gateway-state',
  'nat-gateway-without-internet',
  'internet-gateway-detached',
]

function isWithoutWay(kind: FaultKind): boolean {
  return FAULTS[kind].endpointWouldDo === true || WITHOUT_WAY.includes(kind)
}

/** Gateways that do not lead out. */
function stopped(faults: readonly NonNullable<Path['hops'][number]['fault']>[]): readonly string[] {
  return faults.flatMap((fault) => ('natGatewayId' in fault ? [fault.natGatewayId] : []))
}

function subnetsIn(network: Network, vpcId: string, ids: readonly string[]): readonly string[] {
  return subnetsOf(network, ids).flatMap((subnet) => (subnet.vpcId === vpcId ? [subnet.id] : []))
}

/** None where an endpoint of the service is there: its own fault is told by a check. */
function endpointWay(
  network: Network,
  paths: readonly Path[],
  { host }: Path,
  vpcId: string,
  subnetIds: readonly string[],
): readonly Change[] {
  const { service, region } = nameOf(indexNetwork(network), host)
  if (service === null || region !== network.region || !network.endpoints.known) return []
  const serviceName = endpointServiceName(region, service)
  const own = listed(network.endpoints).filter(
    (one) => one.vpcId === vpcId && matchesService(one.serviceName, region, service),
  )
  if (service !== 's3') {
    const subnets = oneEachZone(subnetsOf(network, subnetIds)).map(({ id }) => id)
    return own.length > 0 ? [] : newInterfaceEndpoint(network, paths, { vpcId, serviceName, subnetIds: subnets })
  }
  const gateway = own.find(({ type, state }) => type === 'gateway' && state === 'available')
  const tables = tableIdsOf(network, subnetIds)
  if (gateway === undefined) return [newGatewayEndpoint(vpcId, serviceName, tables)]
  const lacking = tables.filter((id) => !gateway.routeTableIds.includes(id))
  return lacking.length === 0
    ? []
    : [{ kind: 'modify-vpc-endpoint', vpcEndpointId: gateway.id, addRouteTableIds: lacking }]
}
