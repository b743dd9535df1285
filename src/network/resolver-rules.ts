/** Which Resolver rule of a VPC takes a name away from the Amazon DNS. */
import type { ResolverRule } from '../domain/network.ts'
import type { Path } from '../domain/path.ts'
import { isFileSystem } from '../task-start/destinations.ts'

/**
 * The most specific rule for the name, where it forwards; null where none does. A private hosted zone that is more specific
 * answers first; for the same name the rule does. Route 53 Developer Guide, Considerations when working with a private
 * hosted zone. `zone`: the private zone that answers, or null.
 */
export function forwardedBy(
  rules: readonly ResolverRule[],
  vpcId: string,
  host: string,
  zone: string | null,
): ResolverRule | null {
  const own = rules.filter(({ vpcIds, domain }) => vpcIds.includes(vpcId) && within(host, domain))
  const [best] = own.toSorted((a, b) => b.domain.length - a.domain.length)
  if (best === undefined || best.type !== 'forward') return null
  return zone !== null && zone.length > best.domain.length ? null : best
}

/** The zone that an endpoint's private DNS makes, or a file system in the VPC of its mount targets: the name itself. PrivateLink Guide, Private DNS. */
export function endpointZone({ via, destination, host }: Path): string | null {
  if (via.kind === 'local' && isFileSystem(destination)) return host
  if (via.kind !== 'interface-endpoint') return null
  return destination === 'ecr-dkr' ? host.slice(host.indexOf('.') + 1) : host
}

function within(host: string, domain: string): boolean {
  return domain === '' || host === domain || host.endsWith(`.${domain}`)
}
