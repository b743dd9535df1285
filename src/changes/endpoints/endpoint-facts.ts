/** What VPC endpoints do to the facts: interfaces in subnets, routes in tables. Shared by the changes that make and modify them. */
import type { GatheredFacts } from '../../domain/facts.ts'
import type { Endpoint, NetworkInterface } from '../../domain/network.ts'
import { subnetsOf } from '../../network/lookup.ts'
import type { Applied, Refused } from '../change-kind.ts'
import {
  addItems,
  changeOne,
  freeAddress,
  inTurn,
  isRefused,
  itemsOf,
  newRoute,
  withItems,
  withNetwork,
} from '../network-facts.ts'

/** A gateway endpoint is a route in each of its tables, to the prefix list of its service. */
export function withTables(facts: GatheredFacts, endpointId: string, routeTableIds: readonly string[]): Applied {
  return inTurn(facts, routeTableIds, (before, routeTableId) => {
    const endpoint = itemsOf(before, 'endpoints')?.find(({ id }) => id === endpointId)
    const list = itemsOf(before, 'prefixLists')?.find(({ name }) => name === endpoint?.serviceName)
    if (endpoint === undefined || list === undefined) return null
    const route = newRoute(list.id, { kind: 'vpc-endpoint', id: endpointId })
    const routed = changeOne(before, 'routeTables', routeTableId, (table) => {
      if (table.vpcId !== endpoint.vpcId) return { refused: 'InvalidParameter' }
      const others = table.routes.filter(({ destination }) => destination !== list.id)
      return table.routes.some(({ destination, state }) => destination === list.id && state === 'active')
        ? { refused: 'RouteAlreadyExists' }
        : { ...table, routes: [...others, route] }
    })
    return edited(routed, { ...endpoint, routeTableIds: [...endpoint.routeTableIds, routeTableId] })
  })
}

/** One address a subnet, one subnet a zone. PrivateLink Guide, "Create an interface VPC endpoint". */
export function withSubnets(facts: GatheredFacts, endpointId: string, subnetIds: readonly string[]): Applied {
  return inTurn(facts, subnetIds, (before, subnetId) => {
    const endpoint = itemsOf(before, 'endpoints')?.find(({ id }) => id === endpointId)
    const interfaces = itemsOf(before, 'interfaces')
    if (endpoint === undefined || interfaces === null || !before.network.known) return null
    const [subnet] = subnetsOf(before.network.value, [subnetId])
    if (subnet === undefined) return { refused: 'InvalidSubnetID.NotFound' }
    if (subnet.vpcId !== endpoint.vpcId) return { refused: 'InvalidParameter' }
    const others = subnetsOf(before.network.value, endpoint.subnetIds)
    if (others.some(({ zoneId }) => zoneId === subnet.zoneId)) return { refused: 'DuplicateSubnetsInSameZone' }
    const address = subnet.freeAddresses === 0 ? null : freeAddress(subnet, interfaces)
    if (address === null) return { refused: 'InsufficientFreeAddressesInSubnet' }
    const made: NetworkInterface = {
      id: `eni-${endpointId}-${subnetId}`,
      subnetId,
      vpcId: endpoint.vpcId,
      groupIds: endpoint.groupIds,
      privateIps: [address],
      ipv6Addresses: [],
      publicIp: null,
      type: 'vpc_endpoint',
      description: `VPC Endpoint Interface ${endpointId}`,
      instanceId: null,
      sourceDestCheck: true,
    }
    return edited(addItems(before, 'interfaces', made), {
      ...endpoint,
      subnetIds: [...endpoint.subnetIds, subnetId],
      interfaceIds: [...endpoint.interfaceIds, made.id],
    })
  })
}

/** Null where it may lead the name of its service; `undefined` where that is not known. PrivateLink Guide, "Private DNS". */
export function privateDnsRefusal(facts: GatheredFacts, endpoint: Endpoint): Refused | null | undefined {
  const dns = facts.network.known ? facts.network.value.vpcDns[endpoint.vpcId] : undefined
  if (dns === undefined || !dns.support.known || !dns.hostnames.known) return undefined
  if (!dns.support.value || !dns.hostnames.value) return { refused: 'InvalidParameter' }
  const rivals = (itemsOf(facts, 'endpoints') ?? []).filter(
    (other) =>
      other.id !== endpoint.id &&
      other.vpcId === endpoint.vpcId &&
      other.serviceName === endpoint.serviceName &&
      other.privateDns &&
      other.state !== 'deleted',
  )
  // Whether one that was rejected or has failed still holds the name is not documented.
  if (rivals.some(({ state }) => state !== 'failed' && state !== 'rejected')) return { refused: 'InvalidParameter' }
  return rivals.length === 0 ? null : undefined
}

/** Their interfaces and routes go with them. */
export function withoutEndpoints(facts: GatheredFacts, gone: readonly Endpoint[]): GatheredFacts | null {
  const [endpoints, interfaces] = [itemsOf(facts, 'endpoints'), itemsOf(facts, 'interfaces')]
  const routeTables = itemsOf(facts, 'routeTables')
  if (endpoints === null || interfaces === null || routeTables === null) return null
  const ids = gone.map(({ id }) => id)
  const interfaceIds = gone.flatMap((one) => one.interfaceIds)
  const known = <T>(value: readonly T[]) => ({ known: true, value }) as const
  return withNetwork(facts, (network) => ({
    ...network,
    endpoints: known(endpoints.filter(({ id }) => !ids.includes(id))),
    interfaces: known(interfaces.filter(({ id }) => !interfaceIds.includes(id))),
    routeTables: known(
      routeTables.map((one) => ({ ...one, routes: one.routes.filter(({ target }) => !ids.includes(target.id)) })),
    ),
  }))
}

export function edited(facts: Applied, endpoint: Endpoint): Applied {
  if (facts === null || isRefused(facts)) return facts
  const endpoints = itemsOf(facts, 'endpoints') ?? []
  return withItems(
    facts,
    'endpoints',
    endpoints.map((one) => (one.id === endpoint.id ? endpoint : one)),
  )
}
