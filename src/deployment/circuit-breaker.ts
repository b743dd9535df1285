/** When the deployment circuit breaker trips, and how likely that is where only some of the subnets start tasks. */
import type { CircuitBreakerThreshold } from '../domain/configuration.ts'
import { circuitBreakerThreshold } from './deployment-arithmetic.ts'

/**
 * Failures that trip it; null for a type that this version does not know. Percentages are of the latest desired count,
 * the bounded one lies between 3 and 200. ECS API Reference, ThresholdConfiguration; ECS Developer Guide, How the Amazon
 * ECS deployment circuit breaker detects failures.
 */
export function failuresToTrip(desired: number, configured: CircuitBreakerThreshold | null): number | null {
  if (configured === null) return circuitBreakerThreshold(desired)
  const { type, value } = configured
  const share = Math.ceil((desired * value) / 100)
  if (type === 'COUNT') return value
  if (type === 'BOUNDED_PERCENT') return Math.min(200, Math.max(3, share))
  return type === 'UNBOUNDED_PERCENT' ? Math.max(1, share) : null
}

/**
 * The chance that a deployment's first starts all fail, as many as trip the breaker: only before a task runs does it count
 * failing starts one after the other.
 */
export function chanceToTrip(share: number, threshold: number): number {
  return share ** threshold
}
