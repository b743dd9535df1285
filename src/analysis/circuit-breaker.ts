/** When the deployment circuit breaker trips, and how likely that is where only some of the subnets start tasks. */
import type { BreakerThreshold } from '../domain/configuration.ts'
import { circuitBreakerThreshold } from './deployment-arithmetic.ts'
import type { SplitSubnet, SubnetSplit } from './subnet-split.ts'

/**
 * Failures that trip it; null for a type that this version does not know. Percentages are of the latest desired count,
 * the bounded one lies between 3 and 200. ECS API Reference, ThresholdConfiguration; ECS Developer Guide, How the Amazon
 * ECS deployment circuit breaker detects failures.
 */
export function breakerThreshold(desired: number, configured: BreakerThreshold | null): number | null {
  if (configured === null) return circuitBreakerThreshold(desired)
  const { type, value } = configured
  const share = Math.ceil((desired * value) / 100)
  if (type === 'COUNT') return value
  if (type === 'BOUNDED_PERCENT') return Math.min(200, Math.max(3, share))
  return type === 'UNBOUNDED_PERCENT' ? Math.max(1, share) : null
}

/**
 * Share of the starts that land where they fail, from 0 to 1: ECS balances over zones, and between subnets of one zone no
 * rule is documented (ECS Developer Guide, Amazon ECS services). A subnet whose zone is not known is a zone of its own.
 */
export function failingShare({ good, bad, unsure }: SubnetSplit): number {
  const all = [...good, ...bad, ...unsure]
  if (all.length === 0) return 0
  const zones = new Set(all.map(zoneOf))
  const shares = [...zones].map((zone) => {
    const inZone = (subnet: SplitSubnet) => zoneOf(subnet) === zone
    return bad.filter(inZone).length / all.filter(inZone).length
  })
  return shares.reduce((sum, share) => sum + share, 0) / zones.size
}

function zoneOf({ zone, subnetId }: SplitSubnet): string {
  return zone ?? subnetId
}

/**
 * The chance that a deployment's first starts all fail, as many as trip the breaker: only before a task runs does it count
 * failing starts one after the other.
 */
export function chanceToTrip(share: number, threshold: number): number {
  return share ** threshold
}
