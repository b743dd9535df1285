/** What of a service's load balancer entry does not go together with its task definition, or with the target group. */
import type { TargetGroup } from '../domain/configuration.ts'
import type { LoadBalancerEntry, Service, TaskDefinition } from '../domain/service.ts'

/** A target group that ECS registers tasks with. */
export interface RegisteredGroup {
  readonly arn: string
  readonly entry: LoadBalancerEntry
  /** That of the revision that is not in production. */
  readonly isAlternate: boolean
}

/** A deployment that moves traffic uses the alternate groups too; a rolling one leaves them alone. ECS Developer Guide, Blue/green deployments. */
export function registeredGroups(service: Service): readonly RegisteredGroup[] {
  const moves = movesTraffic(service)
  return service.loadBalancers.flatMap((entry) => {
    const { targetGroupArn, advancedConfiguration } = entry
    const alternate = moves ? (advancedConfiguration?.alternateTargetGroupArn ?? null) : null
    return [
      ...(targetGroupArn === null ? [] : [{ arn: targetGroupArn, entry, isAlternate: false }]),
      ...(alternate === null ? [] : [{ arn: alternate, entry, isAlternate: true }]),
    ]
  })
}

/** Rules of an Application Load Balancer, or listeners of a Network Load Balancer, that a deployment moves traffic with. */
export function rulesOf(service: Service): readonly string[] {
  if (!movesTraffic(service)) return []
  return service.loadBalancers.flatMap(({ advancedConfiguration: own }) =>
    [own?.productionListenerRule, own?.testListenerRule].filter((arn) => typeof arn === 'string'),
  )
}

/** `BLUE_GREEN`, `LINEAR`, `CANARY`. */
export function movesTraffic({ deploymentConfiguration }: Service): boolean {
  return deploymentConfiguration.strategy !== 'ROLLING'
}

export type Misfit =
  | { readonly is: 'container'; readonly containers: readonly string[] }
  | { readonly is: 'port'; readonly ports: readonly number[] }
  | { readonly is: 'target-type'; readonly has: string; readonly wants: 'ip' | 'instance' }
  | { readonly is: 'vpc'; readonly has: string; readonly wants: string }
  /** No rule can send to both. */
  | { readonly is: 'protocol'; readonly has: string; readonly wants: string }

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

/** An Application Load Balancer sends HTTP or HTTPS, a Network Load Balancer the others: the two groups have one load balancer. */
export function protocolMisfits(alternate: TargetGroup | null, main: TargetGroup | null): readonly Misfit[] {
  const has = alternate?.protocol ?? null
  const wants = main?.protocol ?? null
  if (has === null || wants === null || isHttp(has) === isHttp(wants)) return []
  return [{ is: 'protocol', has, wants }]
}

function isHttp(protocol: string): boolean {
  return protocol.startsWith('HTTP')
}

/** Tasks with an interface of their own are registered by address, others by their instance. */
export function groupMisfits(
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
