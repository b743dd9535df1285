/** A way to the internet through a NAT gateway: one that works already, or a new one, and the routes to it. */
import { listed } from '../../domain/answer.ts'
import type { Change } from '../../domain/change.ts'
import type { NatGateway, Network, Subnet } from '../../domain/network.ts'
import { isPublic, natGatewaysOut, subnetsOf, tableOf } from '../../network/lookup.ts'
import { internetGatewayFor, type RoutePlace, routeTo } from './route-change.ts'

/** `broken` is left out of the choice. */
export function natWay(
  network: Network,
  vpcId: string,
  places: readonly RoutePlace[],
  broken: readonly string[] = [],
): readonly Change[] {
  const tableIds = places.map(({ routeTableId }) => routeTableId)
  const working = workingGateway(network, vpcId, tableIds, broken)
  const made = working === null ? newGateway(network, vpcId, tableIds) : []
  const natGatewayId = working ?? { ref: 'natGateway' }
  return [...made, ...places.map((place) => routeTo(network, place, { natGatewayId }))]
}

/** One of the tables' own zones where there is one: crossing zones costs money. */
export function workingGateway(
  network: Network,
  vpcId: string,
  tableIds: readonly string[],
  broken: readonly string[] = [],
): string | null {
  const tables = listed(network.routeTables).filter(({ id }) => tableIds.includes(id))
  const served = tables.flatMap(({ subnetIds }) => subnetIds)
  const zones = subnetsOf(network, served).map(({ zoneId }) => zoneId)
  const working = natGatewaysOut(network, vpcId).filter(({ id }) => !broken.includes(id))
  const near = working.find((one) => zones.includes(homeOf(network, one)?.zoneId ?? ''))
  return (near ?? working[0])?.id ?? null
}

/** The same one for every finding of a report. A regional one needs no public subnet. VPC User Guide, "Regional NAT gateways". */
function newGateway(network: Network, vpcId: string, tableIds: readonly string[]): readonly Change[] {
  // The tables that are to lead to it cannot lead to the internet gateway as well.
  const home = listed(network.subnets).find((subnet) => {
    const table = subnet.vpcId === vpcId ? tableOf(network, subnet) : null
    return isPublic(table) && !tableIds.includes(table?.id ?? '') && subnet.freeAddresses !== 0
  })
  if (home !== undefined) {
    const allocationId = { ref: 'elasticIp' }
    return [
      { kind: 'allocate-address', makes: allocationId.ref, domain: 'vpc', subnetId: home.id },
      { kind: 'create-nat-gateway', makes: 'natGateway', subnetId: home.id, allocationId },
    ]
  }
  const gateway = internetGatewayFor(network, vpcId)
  return [...gateway.changes, { kind: 'create-nat-gateway', makes: 'natGateway', availabilityMode: 'regional', vpcId }]
}

function homeOf(network: Network, { subnetId }: NatGateway): Subnet | undefined {
  return subnetId === null ? undefined : subnetsOf(network, [subnetId])[0]
}
