/** What came of an attempt, held against what preflight had said of the path. Pure. */
import { listed } from '../../domain/answer.ts'
import type { Network } from '../../domain/network.ts'
import type { Path } from '../../domain/path.ts'
import type { ProbeAttempt, ResolvedTo } from '../../domain/probe.ts'
import { isPrivateAddress } from '../../ecs-errors/s3-addresses.ts'

type Outcome = Pick<ProbeAttempt, 'connect' | 'is'>

/** Null where nothing was tried: the image has nothing to try it with. */
export function hasAnswered({ connect, is }: Outcome): boolean | null {
  if (connect !== 'not-tried') return connect === 'connected'
  return is === 'nothing' ? false : null
}

/** Null where preflight could not tell, and where nothing was tried. */
export function agreementWith(path: Path, attempt: Outcome): boolean | null {
  const answered = hasAnswered(attempt)
  if (answered === null || path.outcome === 'indeterminate') return null
  if (path.outcome === 'intermittent') return true
  const isOpen = path.outcome !== 'blocked' || isStoppedByPolicyAlone(path)
  return answered === isOpen
}

/** An endpoint policy refuses requests, not connections. */
function isStoppedByPolicyAlone({ hops }: Path): boolean {
  const stopping = hops.filter(({ decision }) => decision === 'deny')
  return stopping.length > 0 && stopping.every(({ at }) => at === 'endpoint-policy')
}

/** `wasAsked`: something looked the name up, so that no address is an answer. */
export function resolvedToWhat(
  addresses: readonly string[],
  wasAsked: boolean,
  endpointAddresses: ReadonlySet<string>,
): ResolvedTo | null {
  if (addresses.length === 0) return wasAsked ? 'nothing' : null
  if (addresses.every((address) => endpointAddresses.has(address))) return 'endpoint'
  return addresses.every(isPrivateAddress) ? 'private' : 'public'
}

export function endpointAddressesIn(network: Network): ReadonlySet<string> {
  const ofEndpoints = new Set(listed(network.endpoints).flatMap(({ interfaceIds }) => interfaceIds))
  return new Set(
    listed(network.interfaces)
      .filter(({ id, type }) => type === 'vpc_endpoint' || ofEndpoints.has(id))
      .flatMap(({ privateIps, ipv6Addresses }) => [...privateIps, ...ipv6Addresses]),
  )
}
