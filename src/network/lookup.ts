/**
 * Looks up what stands around a fault, for advice. A list that could not be read counts as empty here: the fault is
 * proved without it, and only the advice gets poorer.
 */
import { listed } from '../domain/answer.ts'
import { distinct, distinctBy } from '../domain/collections.ts'
import type { Endpoint, NatGateway, Network, RouteTable, Subnet } from '../domain/network.ts'

/** In the order of the ids; those that are not visible are left out. */
export function subnetsOf(network: Network, ids: readonly string[]): readonly Subnet[] {
  const { subnets } = byId(network)
  return distinct(ids).flatMap((id) => subnets.get(id) ?? [])
}

interface ById {
  readonly subnets: ReadonlyMap<string, Subnet>
  /** By the id of a subnet that is associated with it. */
  readonly tables: ReadonlyMap<string, RouteTable>
  /** By the id of its VPC. */
  readonly mainTables: ReadonlyMap<string, RouteTable>
}

/** Kept for as long as the facts are: checks look up one subnet after the other. */
const INDEXES = new WeakMap<Network, ById>()

function byId(network: Network): ById {
  const made = INDEXES.get(network)
  if (made !== undefined) return made
  const tables = listed(network.routeTables)
  const index = {
    subnets: first(listed(network.subnets).map((one) => [one.id, one])),
    tables: first(tables.flatMap((table) => table.subnetIds.map((id) => [id, table] as const))),
    mainTables: first(tables.filter(({ main }) => main).map((table) => [table.vpcId, table])),
  }
  INDEXES.set(network, index)
  return index
}

/** Where a key comes twice, the first counts. */
function first<T>(entries: readonly (readonly [string, T])[]): ReadonlyMap<string, T> {
  return new Map(entries.toReversed())
}

/** The first of each zone: an endpoint takes one subnet a zone. PrivateLink Guide, "Create an interface VPC endpoint". */
export function oneEachZone(subnets: readonly Subnet[]): readonly Subnet[] {
  return distinctBy(subnets, ({ zoneId }) => zoneId)
}

/** The table associated with the subnet, else the main table of its VPC. VPC User Guide, "Subnet route tables". */
export function tableOf(network: Network, subnet: Subnet): RouteTable | null {
  const { tables, mainTables } = byId(network)
  return tables.get(subnet.id) ?? mainTables.get(subnet.vpcId) ?? null
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

/** Those of the VPC that lead to the internet. */
export function natGatewaysOut(network: Network, vpcId: string): readonly NatGateway[] {
  return listed(network.natGateways).filter((nat) => {
    if (nat.vpcId !== vpcId || nat.state !== 'available' || nat.connectivity !== 'public') return false
    const [home] = nat.subnetId === null ? [] : subnetsOf(network, [nat.subnetId])
    if (home !== undefined) return isPublic(tableOf(network, home))
    return isPublic(listed(network.routeTables).find(({ id }) => id === nat.routeTableId) ?? null)
  })
}

/** Does the default route lead to an internet gateway? */
export function isPublic(table: RouteTable | null): boolean {
  return (
    table?.routes.some(
      ({ destination, state, target }) =>
        destination === '0.0.0.0/0' && state === 'active' && target.kind === 'internet-gateway',
    ) === true
  )
}

/**
 * Where everything for a way out is there but its route: the target that the default route lacks. An attached internet
 * gateway for senders with public addresses, else a working NAT gateway that another table of the VPC uses.
 */
export function unroutedWayOut(network: Network, subnet: Subnet, publicIp: boolean): string | null {
  const gateway = publicIp ? internetGatewayOf(network, subnet.vpcId) : null
  if (gateway !== null) return gateway
  const others = listed(network.routeTables).filter(({ vpcId }) => vpcId === subnet.vpcId)
  const isUsed = ({ id }: NatGateway) => others.some(({ routes }) => routes.some(({ target }) => target.id === id))
  return natGatewaysOut(network, subnet.vpcId).find(isUsed)?.id ?? null
}
