/** Edits of the facts of a network, as changes make them. What was not read cannot be edited: null. */
import type { Answer } from '../domain/answer.ts'
import type { GatheredFacts } from '../domain/facts.ts'
import type { Network, NetworkInterface, Route, RouteTarget, Subnet } from '../domain/network.ts'
import { formatPoint, rangesOf } from '../network/addresses.ts'
import { has } from '../network/ranges.ts'
import type { Applied, Refused } from './change-kind.ts'

type Lists = {
  [Name in keyof Network]-?: Network[Name] extends Answer<readonly (infer Item extends { readonly id: string })[]>
    ? Item
    : never
}
export type ListName = { [Name in keyof Lists]: [Lists[Name]] extends [never] ? never : Name }[keyof Lists]
export type ItemOf<Name extends ListName> = Lists[Name]

/** EC2 API Reference, "Error codes". */
const NOT_FOUND: { readonly [Name in ListName]: string } = {
  vpcs: 'InvalidVpcID.NotFound',
  subnets: 'InvalidSubnetID.NotFound',
  routeTables: 'InvalidRouteTableID.NotFound',
  networkAcls: 'InvalidNetworkAclID.NotFound',
  securityGroups: 'InvalidGroup.NotFound',
  endpoints: 'InvalidVpcEndpointId.NotFound',
  interfaces: 'InvalidNetworkInterfaceID.NotFound',
  instances: 'InvalidInstanceID.NotFound',
  natGateways: 'NatGatewayNotFound',
  internetGateways: 'InvalidInternetGatewayID.NotFound',
  egressOnlyGateways: 'InvalidGatewayID.NotFound',
  prefixLists: 'InvalidPrefixListID.NotFound',
  dhcpOptions: 'InvalidDhcpOptionID.NotFound',
  peerings: 'InvalidVpcPeeringConnectionID.NotFound',
}

/** AWS refuses an id that its list does not hold. */
export function changeOne<Name extends ListName>(
  facts: GatheredFacts,
  name: Name,
  id: string,
  change: (one: ItemOf<Name>) => ItemOf<Name> | Refused,
): Applied {
  const items = itemsOf(facts, name)
  if (items === null) return null
  const one = items.find((item) => item.id === id)
  if (one === undefined) return { refused: NOT_FOUND[name] }
  const changed = change(one)
  if (isRefused(changed)) return changed
  return withItems(
    facts,
    name,
    items.map((item) => (item === one ? changed : item)),
  )
}

export function addItems<Name extends ListName>(
  facts: GatheredFacts,
  name: Name,
  ...added: readonly ItemOf<Name>[]
): GatheredFacts | null {
  const items = itemsOf(facts, name)
  return items === null ? null : withItems(facts, name, [...items, ...added])
}

export function itemsOf<Name extends ListName>({ network }: GatheredFacts, name: Name): readonly ItemOf<Name>[] | null {
  const list = network.known ? (network.value[name] as Answer<readonly ItemOf<Name>[]>) : null
  return list?.known ? list.value : null
}

export function itemOf<Name extends ListName>(facts: GatheredFacts, name: Name, id: string): ItemOf<Name> | undefined {
  return itemsOf(facts, name)?.find((item) => item.id === id)
}

export function withItems<Name extends ListName>(
  facts: GatheredFacts,
  name: Name,
  value: readonly ItemOf<Name>[],
): GatheredFacts {
  return withNetwork(facts, (network) => ({ ...network, [name]: { known: true, value } }))
}

export function withNetwork(facts: GatheredFacts, edit: (network: Network) => Network): GatheredFacts {
  const { network } = facts
  return network.known ? { ...facts, network: { known: true, value: edit(network.value) } } : facts
}

/** One step after another, until one is refused or cannot be foreseen. */
export function inTurn<T>(
  facts: GatheredFacts,
  steps: readonly T[],
  apply: (facts: GatheredFacts, step: T) => Applied,
) {
  return steps.reduce<Applied>(
    (before, step) => (before === null || isRefused(before) ? before : apply(before, step)),
    facts,
  )
}

/** AWS keeps the first four addresses of a block and the last one. VPC User Guide, "Subnet sizing". */
export function freeAddress(subnet: Subnet, interfaces: readonly NetworkInterface[]): string | null {
  const taken = new Set(interfaces.flatMap(({ subnetId, privateIps }) => (subnetId === subnet.id ? privateIps : [])))
  const block = rangesOf(subnet.cidrs, 4) as readonly number[]
  for (let point = (block[0] ?? 0) + 4; has(block, point + 1); point++)
    if (!taken.has(formatPoint(point))) return formatPoint(point)
  return null
}

export function isRefused(value: object): value is Refused {
  return 'refused' in value
}

/** A route as CreateRoute makes it. */
export function newRoute(destination: string, target: RouteTarget): Route {
  return { destination, target, state: 'active', propagated: false, firewall: null }
}
