/** How many tasks a rolling update may stop and start at a time, and whether it can move at all. */
import type { CircuitBreakerThreshold } from '../domain/configuration.ts'
import type { DeploymentConfiguration, Service } from '../domain/service.ts'

export interface DeploymentArithmetic {
  /** Tasks that must stay healthy: rounded up. */
  readonly lower: number
  /** Tasks that may run or be pending: rounded down. */
  readonly upper: number
  /** False where the two percentages do not steer the deployment (blue/green and its kin, other controllers). */
  readonly applies: boolean
  /** With the desired tasks running, ECS may neither start nor stop one. */
  readonly deadlock: boolean
  /** Tasks replaced at a time. 0 where nothing moves. */
  readonly batch: number
  /** Batches until every task is replaced. 0 where nothing moves. */
  readonly waves: number
  /** New tasks that may start while all desired ones still run. */
  readonly extra: number
  /** Failures in a row that trip the circuit breaker by default, whether it is on or not. */
  readonly circuitBreakerThreshold: number
}

export type DeploymentShape = Pick<Service, 'desiredCount' | 'schedulingStrategy' | 'deploymentController'> & {
  readonly deploymentConfiguration: Pick<
    DeploymentConfiguration,
    'strategy' | 'minimumHealthyPercent' | 'maximumPercent'
  >
}

/** Source: ECS API Reference, DeploymentConfiguration; ECS Developer Guide, How the Amazon ECS deployment circuit breaker detects failures. */
export function deploymentArithmetic(service: DeploymentShape): DeploymentArithmetic {
  const desired = Math.max(0, service.desiredCount)
  const { minimumHealthyPercent, maximumPercent } = service.deploymentConfiguration
  const lower = Math.ceil((desired * minimumHealthyPercent) / 100)
  const allowed = Math.floor((desired * maximumPercent) / 100)
  // A daemon has one task an instance: there is no room for a second beside it, whatever the percentage says.
  const upper = service.schedulingStrategy === 'DAEMON' ? Math.min(allowed, desired) : allowed
  const applies = isRolling(service)
  const room = Math.max(0, upper - desired)
  const spare = Math.max(0, desired - lower)
  const batch = applies ? Math.min(room + spare, desired) : desired
  return {
    lower,
    upper,
    applies,
    deadlock: applies && desired > 0 && batch === 0,
    batch,
    waves: batch === 0 ? 0 : Math.ceil(desired / batch),
    extra: applies ? room : desired,
    circuitBreakerThreshold: circuitBreakerThreshold(desired),
  }
}

/** Old and new ones together, in a deployment of so many. */
export function tasksAtOnce(service: DeploymentShape, desiredCount: number): number {
  const { applies, upper } = deploymentArithmetic({ ...service, desiredCount })
  return applies ? Math.max(upper, desiredCount) : desiredCount * 2
}

/** Half of the desired tasks, at least 3 and at most 200. A service may be configured otherwise: AWS's own count wins where it is at hand. */
export function circuitBreakerThreshold(desired: number): number {
  return Math.min(200, Math.max(3, Math.ceil(desired / 2)))
}

/** Other strategies start a whole second set of tasks; a strategy that AWS adds later is not taken for a rolling one. */
function isRolling(service: DeploymentShape): boolean {
  return service.deploymentController === 'ECS' && service.deploymentConfiguration.strategy === 'ROLLING'
}

/**
 * Failures that trip the circuit breaker; null for a type that this version does not know. Percentages are of the latest desired count,
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

/** The chance that so many starts fail before the desired tasks run, where no task that runs sets their count back. */
export function chanceOfFailures(share: number, threshold: number, desired: number): number {
  let exactly = (1 - share) ** desired
  let fewer = 0
  for (let failures = 0; failures < threshold; failures += 1) {
    fewer += exactly
    exactly *= (share * (desired + failures)) / (failures + 1)
  }
  return 1 - fewer
}
