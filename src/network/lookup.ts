/**
 * Looks up what stands around a fault, for advice. A list that could not be read counts as empty here: the fault is
 * proved without it, and only the advice gets poorer.
 */
import { listed } from '../domain/answer.ts'
import { distinct } from '../domain/collections.ts'
import type { Endpoint, Network, RouteTable, Subnet } from '../domain/network.ts'

/** In the order of the ids; those that are not visible are left out. */
export function subnetsOf(network: Network, ids: readonly string[]): readonly Subnet[] {
  const all = listed(network.subnets)
  return distinct(ids).flatMap((id) => all.find((one) => one.id === id) ?? [])
}

/** The first of each zone: an endpoint takes one subnet a zone. PrivateLink Guide, "Create an interface VPC endpoint". */
export function oneEachZone(subnets: readonly Subnet[]): readonly Subnet[] {
  return subnets.filter(({ zoneId }, at) => subnets.findIndex((other) => other.zoneId === zoneId) === at)
}

/** The table associated with the subnet, else the main table of its VPC. VPC User Guide, "Subnet route tables". */
export function tableOf(network: Network, subnet: Subnet): RouteTable | null {
  const tables = listed(network.routeTables)
  return (
    tables.find(({ subnetIds }) => subnetIds.includes(subnet.id)) ??
    tables.find(({ vpcId, main }) => main && vpcId === subnet.vpcId) ??
    null
  )
}

export function tableIdsOf(network: Network, subnetIds: readonly string[]): readonly string[] {
  return distinct(subnetsOf(network, subnetIds).flatMap((subnet) => tableOf(network, subnet)?.id ?? []))
}

export function endpointOf(network: Network, id: string): Endpoint | null {
  return listed(network.endpoints).find((one) => one.id === id) ?? null
}

/** The internet gateway that is attached to the VPC; a VPC takes one. */
export function internetGatewayOf(network: Network, vpcId: string): string | null {
  const attached = listed(network.internetGateways).find(({ attachments }) =>
    attachments.some((one) => one.vpcId === vpcId && ['available', 'attached'].includes(one.state)),
  )
  return attached?.id ?? null
}
