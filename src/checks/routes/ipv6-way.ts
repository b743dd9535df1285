/** A way out over IPv6: an egress-only internet gateway, that of the VPC or a new one, and the routes to it. */
import { listed } from '../../domain/answer.ts'
import type { Change } from '../../domain/change.ts'
import type { Network } from '../../domain/network.ts'
import { type RoutePlace, routeTo } from './route-change.ts'

export const EVERYWHERE_IPV6 = '::/0'

export function ipv6Way(network: Network, vpcId: string, places: readonly RoutePlace[]): readonly Change[] {
  const own = listed(network.egressOnlyGateways).find(({ attachments }) =>
    attachments.some((one) => one.vpcId === vpcId && one.state === 'attached'),
  )
  const made: readonly Change[] =
    own === undefined ? [{ kind: 'create-egress-only-internet-gateway', makes: 'egressOnlyGateway', vpcId }] : []
  const egressOnlyInternetGatewayId = own?.id ?? { ref: 'egressOnlyGateway' }
  return [...made, ...places.map((place) => routeTo(network, place, { egressOnlyInternetGatewayId }))]
}
