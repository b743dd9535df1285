/** The change that points a route at a target: made where the table has no such route yet, replaced where it has. */
import { listed } from '../../domain/answer.ts'
import type { Change, Id } from '../../domain/change.ts'
import type { Network } from '../../domain/network.ts'
import type { RouteDestination, RouteTargetId } from '../../domain/network-change.ts'
import { internetGatewayOf } from '../../network/lookup.ts'

export interface RoutePlace {
  readonly routeTableId: string
  /** CIDR block or prefix list. */
  readonly destination: string
}

export const EVERYWHERE = '0.0.0.0/0'

export function routeTo(network: Network, { routeTableId, destination }: RoutePlace, target: RouteTargetId): Change {
  const table = listed(network.routeTables).find(({ id }) => id === routeTableId)
  const exists = table?.routes.some((route) => route.destination === destination) === true
  const kind = exists ? 'replace-route' : 'create-route'
  return { kind, routeTableId, ...destinationMember(destination), ...target }
}

export function routeGone({ routeTableId, destination }: RoutePlace): Change {
  return { kind: 'delete-route', routeTableId, ...destinationMember(destination) }
}

function destinationMember(destination: string): RouteDestination {
  if (destination.startsWith('pl-')) return { destinationPrefixListId: destination }
  return destination.includes(':') ? { destinationIpv6CidrBlock: destination } : { destinationCidrBlock: destination }
}

/** The internet gateway of the VPC, which takes one; else a new one. */
export function internetGatewayFor(
  network: Network,
  vpcId: string,
): { readonly id: Id; readonly changes: readonly Change[] } {
  const attached = internetGatewayOf(network, vpcId)
  if (attached !== null) return { id: attached, changes: [] }
  const id = { ref: 'internetGateway' }
  return {
    id,
    changes: [
      { kind: 'create-internet-gateway', makes: id.ref },
      { kind: 'attach-internet-gateway', internetGatewayId: id, vpcId },
    ],
  }
}
