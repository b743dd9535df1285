/** Who sends the packets of a start: task interfaces, or the interfaces of the instances underneath. */
import { listed, missing } from '../domain/answer.ts'
import { distinctBy } from '../domain/collections.ts'
import type { CapacityProvider, Compute, Service, TaskDefinition } from '../domain/service.ts'
import { isWindows, platformOf } from './fargate-platform.ts'
import { instanceOrigins } from './instance-origins.ts'
import { type Launch, launchesOf } from './launch.ts'
import { type Assumption, type OriginFacts, type Origins, only, type StartupOrigin, sorted } from './startup-origin.ts'

/** Source: ECS Developer Guide, Fargate task networking and Task networking for Amazon EC2; ECS agent (pulls are the host's). */
export function originsOf(service: Service, taskDefinition: TaskDefinition, compute: Compute): Origins {
  const facts = { service, taskDefinition, compute }
  const parts = launchesOf(service, compute).map((launch) => {
    if (launch.on === 'unknown') return only([], [launch.missing])
    if (launch.on === 'fargate') return fargate(service, taskDefinition)
    const hosts = launch.on === 'ec2' ? instanceOrigins(facts, launch.provider) : managed(launch, facts)
    const own = onInstances(service, taskDefinition, hosts)
    return isPerhapsUnused(launch.provider, facts) ? perhaps(own) : own
  })
  return {
    origins: distinctOrigins(parts.flatMap((part) => part.origins)),
    unknown: distinctBy(
      parts.flatMap((part) => part.unknown),
      ({ permission, reason }) => JSON.stringify([permission, reason]),
    ),
    ofTask: distinctOrigins(parts.flatMap((part) => part.ofTask)),
  }
}

/** Weight 0 with a base above 0, beside a provider with a weight: documents differ on whether it takes tasks. */
function isPerhapsUnused(provider: CapacityProvider | null, { service, compute }: OriginFacts): boolean {
  const strategy = compute.capacity?.strategy ?? service.capacityProviderStrategy
  const own = strategy.find((one) => one.capacityProvider === provider?.name)
  return own !== undefined && own.weight === 0 && strategy.some(({ weight }) => weight > 0)
}

function perhaps({ origins, ...rest }: Origins): Origins {
  return { ...rest, origins: origins.map((one) => ({ ...one, assumed: one.assumed ?? PERHAPS_UNUSED })) }
}

function fargate(service: Service, taskDefinition: TaskDefinition): Origins {
  if (service.awsvpc === null || service.awsvpc.subnetIds.length === 0) {
    return only([], [NO_SUBNETS])
  }
  const platform = platformOf(service.platformVersion, isWindows(service, taskDefinition))
  const details = { sendsTokenAndSecrets: platform.sendsTokenAndSecrets, assumed: platform.assumed }
  return only(taskInterfaces(service, service.awsvpc.assignPublicIp === 'ENABLED', details), [])
}

/** Pulls come from the instance in every network mode; a task's own interface matters only from inside its containers. */
function onInstances(service: Service, taskDefinition: TaskDefinition, hosts: Origins): Origins {
  if (taskDefinition.networkMode !== 'awsvpc' || service.awsvpc === null) return hosts
  // On EC2 a task's own interface never gets a public address.
  return { ...hosts, ofTask: taskInterfaces(service, false, { sendsTokenAndSecrets: true, assumed: null }) }
}

function taskInterfaces(
  service: Service,
  publicIp: boolean,
  details: Pick<StartupOrigin, 'sendsTokenAndSecrets' | 'assumed'>,
): readonly StartupOrigin[] {
  const groupIds = sorted(service.awsvpc?.securityGroupIds ?? [])
  return (service.awsvpc?.subnetIds ?? []).map((subnetId) => ({
    kind: 'task-eni',
    subnetId,
    groupIds,
    publicIp,
    instanceIds: [],
    ...details,
  }))
}

/** A task with an interface of its own may pull by it or by that of its instance; else there is only the latter. */
function managed(launch: Launch & { readonly on: 'managed-instances' }, facts: OriginFacts): Origins {
  const { service, taskDefinition, compute } = facts
  const assumed = taskDefinition.networkMode === 'awsvpc' && service.awsvpc !== null ? EITHER_INTERFACE : null
  const instances = managedProviders(launch.provider, service, compute).flatMap((provider) =>
    providerInterfaces(provider, assumed),
  )
  if (instances.length === 0) return only([], [NO_MANAGED_NETWORK])
  const tasks = assumed === null ? [] : taskInterfaces(service, false, { sendsTokenAndSecrets: true, assumed })
  return only([...instances, ...tasks], [])
}

/** The launch type alone names no provider: any of the cluster's may take the task. */
function managedProviders(
  named: CapacityProvider | null,
  service: Service,
  compute: Compute,
): readonly CapacityProvider[] {
  if (named !== null) return [named]
  if (!compute.capacityProviders.known) return []
  const names = listed(compute.clusterCapacityProviders)
  const candidates = [...service.capacityProviders, ...names]
  return compute.capacityProviders.value.filter(
    (one) => one.kind === 'managed-instances' && (candidates.length === 0 || candidates.includes(one.name)),
  )
}

function providerInterfaces(provider: CapacityProvider, assumed: Assumption | null): readonly StartupOrigin[] {
  return provider.subnetIds.map((subnetId) => ({
    kind: 'instance-eni',
    subnetId,
    groupIds: sorted(provider.securityGroupIds),
    publicIp: null,
    instanceIds: [],
    sendsTokenAndSecrets: true,
    assumed,
  }))
}

/** ECS Developer Guide, Allocate a network interface for tasks on Amazon ECS Managed Instances; nobody has measured it. */
const EITHER_INTERFACE: Assumption = {
  ...missing(
    ['managed-instance-interface'],
    'AWS says in one place only that the primary interface of a Managed Instance pulls; the interface of the task in the same zone comes out differently.',
    '관리형 인스턴스에서는 인스턴스의 기본 네트워크 인터페이스로 이미지를 가져온다는 설명이 AWS 문서 한 곳에만 있으며, 같은 가용 영역에 있는 태스크의 네트워크 인터페이스에서는 결과가 다릅니다.',
  ),
  holds: 'agreement',
}

/** ECS API Reference, CapacityProviderStrategyItem: "can't be used to place tasks", and "base requirements are satisfied first". */
const PERHAPS_UNUSED: Assumption = {
  ...missing(
    ['provider-perhaps-unused'],
    'AWS documents differ on whether a capacity provider with weight 0 and a base takes tasks; these instances belong to one.',
    '가중치가 0이고 기본값(base)이 있는 용량 공급자에 태스크가 배치되는지 AWS 문서마다 설명이 다릅니다. 이 인스턴스는 그런 용량 공급자에 속합니다.',
  ),
  holds: 'reachable',
}

const NO_MANAGED_NETWORK = missing(
  ['managed-instances-without-subnets'],
  'The subnets of the Managed Instances are not known.',
  '관리형 인스턴스의 서브넷을 알 수 없습니다.',
  'ecs:DescribeCapacityProviders',
)

/** A service whose deployment controller is EXTERNAL keeps its subnets in task sets, which nobody has asked for. */
const NO_SUBNETS = missing(
  ['service-without-subnets'],
  'The service names no subnets for its Fargate tasks.',
  '서비스에 Fargate 태스크의 서브넷이 지정되어 있지 않습니다.',
)

/** Two launch types may lead to the same interface, for instance two providers over the same instances. */
function distinctOrigins(origins: readonly StartupOrigin[]): readonly StartupOrigin[] {
  return distinctBy(origins, (origin) => JSON.stringify({ ...origin, assumed: origin.assumed?.reason ?? null }))
}
