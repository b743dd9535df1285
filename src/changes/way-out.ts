/** What would mend a way that breaks off, as data: a NAT gateway, a route back, an attachment, a setting, or a closer look. */

import type { Network } from '../domain/network.ts'
import type { Path } from '../domain/path.ts'
import type { FaultOf } from '../network/causes.ts'
import { distinct, listed, subnetsOf, tableOf } from '../network/lookup.ts'
import { type NatWay, natWay } from './nat-way.ts'
import type { RouteChange, RouteTargetName } from './route-lines.ts'

export type WayOut =
  | { readonly is: 'nat'; readonly way: NatWay }
  | { readonly is: 'dns64'; readonly subnetId: string; readonly way: NatWay }
  | {
      readonly is: 'reply'
      readonly changes: readonly RouteChange[]
      readonly target: RouteTargetName
      readonly targetId: string
    }
  | { readonly is: 'source-check'; readonly target: string; readonly instance: boolean }
  | { readonly is: 'peering'; readonly peeringId: string; readonly state: string }
  | { readonly is: 'attach'; readonly gatewayId: string; readonly vpcId: string; readonly subnetIds: readonly string[] }
  | {
      readonly is: 'widen'
      readonly gatewayId: string
      readonly vpcId: string
      readonly attachmentId: string
      readonly subnetIds: readonly string[]
      readonly added: readonly string[]
    }
  | { readonly is: 'associate'; readonly gatewayId: string; readonly attachmentId: string }
  | { readonly is: 'transit-route'; readonly tableId: string }
  | { readonly is: 'record'; readonly zoneId: string; readonly address: string }
  | { readonly is: 'look'; readonly flows: readonly LookedAt[] }

export interface LookedAt {
  readonly subnetId: string
  readonly groupIds: readonly string[]
  readonly publicIp: boolean
  readonly to: string
}

type Own =
  | 'no-route'
  | 'dead-end-route'
  | 'peering-inactive'
  | 'transit-gateway-no-way'
  | 'no-such-address'
  | 'listener-missing'

export function wayOutOf(network: Network, fault: FaultOf<Own>, broken: readonly Path[]): WayOut {
  switch (fault.kind) {
    case 'no-route':
      if (fault.routeTableId === '') return dns64(network, fault.subnetId)
      return fault.destination === 'reply' ? reply(network, fault, broken) : byNat(network, fault.routeTableId)
    case 'dead-end-route':
      if (['network-interface', 'instance'].includes(fault.targetKind))
        return { is: 'source-check', target: fault.target, instance: fault.targetKind === 'instance' }
      return byNat(network, fault.routeTableId, fault.target)
    case 'peering-inactive':
      return { is: 'peering', peeringId: fault.peeringId, state: fault.state }
    case 'transit-gateway-no-way':
      return transit(network, fault.transitGatewayId, broken)
    case 'no-such-address':
      return staleRecord(fault.address, broken)
    default:
      return lookAt(broken)
  }
}

/** Where no fault says more: the tool's own trace, hop by hop. */
export function lookAt(broken: readonly Path[]): WayOut {
  const flows = broken.map(({ from, host, port }) => ({
    subnetId: from.subnetId,
    groupIds: from.securityGroupIds,
    publicIp: from.publicIp,
    to: `${host}:${port}`,
  }))
  return { is: 'look', flows }
}

function sendersOf(network: Network, broken: readonly Path[]) {
  return subnetsOf(
    network,
    broken.map(({ from }) => from.subnetId),
  )
}

function byNat(network: Network, routeTableId: string, broken: string | null = null): WayOut {
  const vpcId = listed(network.routeTables).find(({ id }) => id === routeTableId)?.vpcId ?? ''
  return { is: 'nat', way: natWay(network, vpcId, [routeTableId], { broken }) }
}

/** DNS64 answers IPv4-only names with NAT64 addresses, which a NAT gateway translates. VPC User Guide, "DNS64 and NAT64". */
function dns64(network: Network, subnetId: string): WayOut {
  const subnet = subnetsOf(network, [subnetId])[0]
  const table = subnet === undefined ? null : tableOf(network, subnet)
  const tableIds = table === null ? [] : [table.id]
  return {
    is: 'dns64',
    subnetId,
    way: natWay(network, subnet?.vpcId ?? '', tableIds, { destination: '64:ff9b::/96' }),
  }
}

/** The receiving side's table has to lead back to the sender's subnets, by the way the request came. */
function reply(network: Network, { routeTableId }: FaultOf<'no-route'>, broken: readonly Path[]): WayOut {
  const via = broken.find(({ via: { id } }) => id !== null)?.via
  const table = listed(network.routeTables).find(({ id }) => id === routeTableId)
  const blocks = distinct(sendersOf(network, broken).flatMap(({ cidrs }) => cidrs.slice(0, 1)))
  return {
    is: 'reply',
    target: via?.kind === 'peering' ? 'vpc-peering-connection-id' : 'transit-gateway-id',
    targetId: via?.id ?? '',
    changes: blocks.map((destination) => ({
      routeTableId,
      destination,
      exists: table?.routes.some((route) => route.destination === destination) === true,
    })),
  }
}

/** An attachment has to be there, to have a subnet in the sender's zone, a route table, and in it a route. TGW Guide. */
function transit(network: Network, gatewayId: string, broken: readonly Path[]): WayOut {
  const senders = sendersOf(network, broken)
  const vpcId = senders[0]?.vpcId ?? ''
  const { vpcAttachments, attachments } = network.transit
  const own = listed(vpcAttachments).find((one) => one.transitGatewayId === gatewayId && one.vpcId === vpcId)
  if (own === undefined) return { is: 'attach', gatewayId, vpcId, subnetIds: senders.map(({ id }) => id) }
  const zones = subnetsOf(network, own.subnetIds).map(({ zoneId }) => zoneId)
  const added = senders.filter(({ zoneId }) => !zones.includes(zoneId)).map(({ id }) => id)
  if (added.length > 0)
    return { is: 'widen', gatewayId, vpcId, attachmentId: own.id, subnetIds: [...own.subnetIds, ...added], added }
  const tableId = listed(attachments).find(({ id }) => id === own.id)?.routeTableId ?? null
  if (tableId === null) return { is: 'associate', gatewayId, attachmentId: own.id }
  return { is: 'transit-route', tableId }
}

/** A record of a private hosted zone that names an address nobody has. */
function staleRecord(address: string, broken: readonly Path[]): WayOut {
  const dns = broken.flatMap(({ hops }) => hops).find(({ at, id }) => at === 'dns' && id?.startsWith('Z') === true)
  return dns?.id == null ? lookAt(broken) : { is: 'record', zoneId: dns.id, address }
}
