/** What places the tasks of a service: its launch type, its strategy, or the strategy of its cluster. */
import { mapped, unread } from '../../domain/answer.ts'
import type { CapacityProviderStrategyItem, Compute, Service } from '../../domain/service.ts'
import * as ecs from '../calls/ecs.ts'
import { toCapacityProvider, toExecuteCommand } from '../facts/compute.ts'
import { providersOf, toStrategy } from '../facts/service.ts'
import { at, type RawAnswer, translate } from '../facts/shape.ts'
import type { Reader } from '../reader/reader.ts'

/** What AWS calls its own capacity (ECS Developer Guide, Fargate capacity providers). */
const FARGATE = new Set(['FARGATE', 'FARGATE_SPOT'])

export interface Placement {
  /** Capacity providers that are not Fargate's own. */
  readonly providers: readonly string[]
  readonly onInstances: boolean
  /** That places the tasks; empty for a launch type. */
  readonly strategy: readonly CapacityProviderStrategyItem[]
  readonly defaults: Compute['clusterCapacityProviders']
  readonly executeCommand: NonNullable<Compute['executeCommand']>
}

/** With neither launch type nor strategy, the cluster's default strategy places the tasks (ECS API, CreateService). */
export async function placementOf(reader: Reader, service: Service, clusters: RawAnswer | null): Promise<Placement> {
  const answer = clusters ?? (await reader.read(ecs.describeClusters, { cluster: [service.clusterArn] }))
  const ofCluster = mapped(answer, (all) => toStrategy(at(all[0], 'defaultCapacityProviderStrategy')))
  const defaults = mapped(ofCluster, providersOf)
  const executeCommand = mapped(answer, (all) => toExecuteCommand(all[0]))
  const { launchType, capacityProviders, capacityProviderStrategy } = service
  const undecided = launchType === null && capacityProviders.length === 0
  const strategy = undecided && ofCluster.known ? ofCluster.value : capacityProviderStrategy
  const names = undecided && defaults.known ? defaults.value : capacityProviders
  const providers = names.filter((name) => !FARGATE.has(name))
  // With neither, and no strategy of the cluster, its container instances take them.
  const isUnsaid = undecided && defaults.known && defaults.value.length === 0
  const onInstances = launchType === 'EC2' || (launchType === null && (providers.length > 0 || isUnsaid))
  return { providers, onInstances, strategy, defaults, executeCommand }
}

export async function readProviders(
  reader: Reader,
  service: Service | null,
  placement: Placement | null,
): Promise<Compute['capacityProviders']> {
  if (service === null || placement === null) return unread('unasked', ecs.describeCapacityProviders.permission)
  const answer = await reader.read(ecs.describeCapacityProviders, {
    cluster: [service.clusterArn],
    name: placement.providers,
  })
  return translate(answer, ecs.describeCapacityProviders.permission, toCapacityProvider)
}

/** Asked with the cluster, and of use only where Exec is on. */
export function execSettings(service: Service | null, placement: Placement | null): Pick<Compute, 'executeCommand'> {
  return service?.enableExecuteCommand && placement !== null ? { executeCommand: placement.executeCommand } : {}
}
