/** Who sends the packets of a start: task interfaces, or the interfaces of the instances underneath. */
import { known, listed, missing, missingFrom } from '../domain/answer.ts'
import { distinctBy } from '../domain/collections.ts'
import type { Missing } from '../domain/path.ts'
import type { CapacityProvider, Compute, ContainerInstance, Service, TaskDefinition } from '../domain/service.ts'
import type { Assumption } from './assumption.ts'
import { meetsExpression } from './cluster-query.ts'
import { isWindows, platformOf } from './fargate-platform.ts'
import { type Launch, launchesOf } from './launch.ts'

export interface StartupOrigin {
  readonly kind: 'task-eni' | 'instance-eni'
  readonly subnetId: string
  /** Empty: none was named, so the VPC's default security group applies. */
  readonly groupIds: readonly string[]
  /** Null: nobody said, so the subnet's own setting (auto-assign public IPv4 address) decides. */
  readonly publicIp: boolean | null
  /** EC2: every container instance with an interface like this one; else empty. */
  readonly instanceIds: readonly string[]
  /** False on Fargate platform 1.3.0 and older: token, secrets and environment files go through an interface that AWS owns. */
  readonly sendsTokenAndSecrets: boolean
  /** Null where AWS documents it; else on what guess this origin rests. */
  readonly assumed: Assumption | null
}

export interface Origins {
  readonly origins: readonly StartupOrigin[]
  /** Compute whose network is not known. Not empty: what the origins say is not the whole answer. */
  readonly unknown: readonly Missing[]
  /** What connects from inside the task, as ECS Exec's agent does: with the task's own interface where there is one. */
  readonly ofTask: readonly StartupOrigin[]
}

/** Source: ECS Developer Guide, Fargate task networking and Task networking for Amazon EC2; ECS agent (pulls are the host's). */
export function originsOf(service: Service, taskDefinition: TaskDefinition, compute: Compute): Origins {
  const facts = { service, taskDefinition, compute }
  const parts = launchesOf(service, compute).map((launch) => {
    if (launch.on === 'unknown') return only([], [launch.missing])
    if (launch.on === 'fargate') return fargate(service, taskDefinition)
    const hosts = launch.on === 'ec2' ? ec2(facts, launch.provider) : managed(launch, facts)
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

interface Facts {
  readonly service: Service
  readonly taskDefinition: TaskDefinition
  readonly compute: Compute
}

/** Weight 0 with a base above 0, beside a provider with a weight: documents differ on whether it takes tasks. */
function isPerhapsUnused(provider: CapacityProvider | null, { service, compute }: Facts): boolean {
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

function ec2(facts: Facts, provider: CapacityProvider | null): Origins {
  const { compute } = facts
  if (!compute.instances.known) {
    const what = { en: "the cluster's container instances", ko: '클러스터의 컨테이너 인스턴스' }
    return only([], [missingFrom(compute.instances, ['container-instances-unread'], what)])
  }
  const own = compute.instances.value.filter(
    ({ capacityProviderName: name }) => provider === null || name === null || name === provider.name,
  )
  const active = takingTasks(
    own.filter((instance) => instance.status === 'ACTIVE'),
    facts,
  )
  const placed = active.filter((instance) => instance.subnetId !== null)
  const unplaced = active.filter((instance) => instance.subnetId === null)
  const origins = groupInstances(placed)
  const covered = new Set(origins.map((origin) => origin.subnetId))
  const next = nextInstances(compute, provider, own).filter((origin) => !covered.has(origin.subnetId))
  const unknown = unplaced.map(unplacedInstance)
  if (active.length === 0 && next.length === 0) unknown.push(NO_INSTANCE)
  return only([...origins, ...next], unknown)
}

/** An instance without its agent, or that a constraint keeps tasks from, sends nothing for them. Where all are such, another check tells. */
function takingTasks(
  active: readonly ContainerInstance[],
  { service, taskDefinition }: Facts,
): readonly ContainerInstance[] {
  const constraints = [...taskDefinition.placementConstraints, ...service.placementConstraints]
  const takes = active.filter(
    (instance) =>
      instance.agentConnected !== false &&
      constraints.every(({ expression }) => expression === null || meetsExpression(expression, instance) !== false),
  )
  return takes.length === 0 ? active : takes
}

/**
 * Where the Auto Scaling group of the provider starts the next instance: like those that it has started, where these are alike
 * (they have one launch template).
 */
function nextInstances(
  compute: Compute,
  provider: CapacityProvider | null,
  started: readonly ContainerInstance[],
): readonly StartupOrigin[] {
  const group = listed(compute.capacity?.autoScalingGroups ?? known([])).find(
    ({ arn }) => arn === provider?.autoScalingGroupArn,
  )
  const alike = distinctBy(
    started.filter(({ subnetId }) => subnetId !== null),
    ({ securityGroupIds, publicIp }) => JSON.stringify([sorted(securityGroupIds), publicIp !== null]),
  )
  const [like] = alike
  if (group === undefined || like === undefined || alike.length > 1) return []
  return group.subnetIds.map((subnetId) => ({
    kind: 'instance-eni',
    subnetId,
    groupIds: sorted(like.securityGroupIds),
    publicIp: like.publicIp === null ? null : true,
    instanceIds: [],
    sendsTokenAndSecrets: true,
    assumed: null,
  }))
}

/** A hundred instances of one subnet, with the same groups, are one question. */
function groupInstances(instances: readonly ContainerInstance[]): readonly StartupOrigin[] {
  const groups = new Map<string, StartupOrigin>()
  for (const instance of instances) {
    const groupIds = sorted(instance.securityGroupIds)
    const key = JSON.stringify([instance.subnetId, groupIds, instance.publicIp !== null])
    const before = groups.get(key)
    groups.set(key, {
      kind: 'instance-eni',
      subnetId: instance.subnetId ?? '',
      groupIds,
      publicIp: instance.publicIp !== null,
      instanceIds: [...(before?.instanceIds ?? []), instance.instanceId],
      sendsTokenAndSecrets: true,
      assumed: null,
    })
  }
  return [...groups.values()]
}

/** A task with an interface of its own may pull by it or by that of its instance; else there is only the latter. */
function managed(launch: Launch & { readonly on: 'managed-instances' }, facts: Facts): Origins {
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

const NO_INSTANCE = missing(
  ['no-container-instance'],
  'The cluster has no active container instance, so it is not known in which subnet the image will be pulled.',
  '클러스터에 활성 상태의 컨테이너 인스턴스가 없어 어느 서브넷에서 이미지를 가져올지 알 수 없습니다.',
)

const NO_MANAGED_NETWORK = missing(
  ['managed-instances-without-subnets'],
  'The subnets of the Managed Instances are not known.',
  '관리형 인스턴스의 서브넷을 알 수 없습니다.',
  'ecs:DescribeCapacityProviders',
)

function unplacedInstance(instance: ContainerInstance): Missing {
  return missing(
    ['container-instance-unplaced', instance.instanceId],
    `The subnet of the container instance ${instance.instanceId} is not known.`,
    `컨테이너 인스턴스의 서브넷을 알 수 없습니다: ${instance.instanceId}`,
    'ec2:DescribeInstances',
  )
}

/** A service whose deployment controller is EXTERNAL keeps its subnets in task sets, which nobody has asked for. */
const NO_SUBNETS = missing(
  ['service-without-subnets'],
  'The service names no subnets for its Fargate tasks.',
  '서비스에 Fargate 태스크의 서브넷이 지정되어 있지 않습니다.',
)

function only(origins: readonly StartupOrigin[], unknown: readonly Missing[]): Origins {
  return { origins, unknown, ofTask: origins }
}

function sorted(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)].sort()
}

/** Two launch types may lead to the same interface, for instance two providers over the same instances. */
function distinctOrigins(origins: readonly StartupOrigin[]): readonly StartupOrigin[] {
  return distinctBy(origins, (origin) => JSON.stringify({ ...origin, assumed: origin.assumed?.reason ?? null }))
}
