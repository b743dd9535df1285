/** What of a service's load balancer entry does not go together with its task definition, or with the target group. */
import type { TargetGroup } from '../domain/configuration.ts'
import type { Service, TaskDefinition } from '../domain/service.ts'

export type Misfit =
  | { readonly is: 'container'; readonly containers: readonly string[] }
  | { readonly is: 'port'; readonly ports: readonly number[] }
  | { readonly is: 'target-type'; readonly has: string; readonly wants: 'ip' | 'instance' }
  | { readonly is: 'vpc'; readonly has: string; readonly wants: string }

/** Every misfit that the facts at hand show. A null `group` or `vpcId` is not known. Source: ECS API Reference, LoadBalancer. */
export function misfits(
  entry: Service['loadBalancers'][number],
  taskDefinition: TaskDefinition,
  group: TargetGroup | null,
  vpcId: string | null,
): readonly Misfit[] {
  return [...containerMisfits(entry, taskDefinition), ...groupMisfits(taskDefinition, group, vpcId)]
}

function containerMisfits(
  { containerName, containerPort }: Service['loadBalancers'][number],
  { containers }: TaskDefinition,
): readonly Misfit[] {
  const container = containers.find(({ name }) => name === containerName)
  if (container === undefined) return [{ is: 'container', containers: containers.map(({ name }) => name) }]
  const ports = container.portMappings.map((mapping) => mapping.containerPort)
  return containerPort === null || ports.includes(containerPort) ? [] : [{ is: 'port', ports }]
}

/** Tasks with an interface of their own are registered by address, others by their instance. */
function groupMisfits(
  { networkMode }: TaskDefinition,
  group: TargetGroup | null,
  vpcId: string | null,
): readonly Misfit[] {
  if (group === null) return []
  const wants = networkMode === 'awsvpc' ? 'ip' : 'instance'
  const known = ['ip', 'instance', 'lambda', 'alb'].includes(group.targetType)
  const found: Misfit[] = []
  if (known && group.targetType !== wants) found.push({ is: 'target-type', has: group.targetType, wants })
  if (group.vpcId !== null && vpcId !== null && group.vpcId !== vpcId) {
    found.push({ is: 'vpc', has: group.vpcId, wants: vpcId })
  }
  return found
}
