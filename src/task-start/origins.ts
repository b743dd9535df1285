/** Who sends the packets of a start: task interfaces, or the interfaces of the instances underneath. */
import { listed, missing, missingFrom } from '../domain/answer.ts'
import { distinctBy } from '../domain/collections.ts'
import type { Missing } from '../domain/path.ts'
import type { CapacityProvider, Compute, ContainerInstance, Service, TaskDefinition } from '../domain/service.ts'
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
  readonly assumed: Missing | null
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
  const parts = launchesOf(service, compute).map((launch) => {
    if (launch.on === 'unknown') return only([], [launch.missing])
    if (launch.on === 'fargate') return fargate(service, taskDefinition)
    if (launch.on === 'ec2') return onInstances(service, taskDefinition, ec2(compute, launch.provider))
    return onInstances(service, taskDefinition, managed(launch, service, compute))
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

function ec2(compute: Compute, provider: CapacityProvider | null): Origins {
  if (!compute.instances.known) {
    const what = { en: "the cluster's container instances", ko: '클러스터의 컨테이너 인스턴스' }
    return only([], [missingFrom(compute.instances, ['container-instances-unread'], what)])
  }
  const active = compute.instances.value.filter((instance) => instance.status === 'ACTIVE')
  const placed = active.filter((instance) => instance.subnetId !== null)
  const unplaced = active.filter((instance) => instance.subnetId === null)
  const origins = groupInstances(placed)
  const covered = new Set(origins.map((origin) => origin.subnetId))
  const next = providerInterfaces(provider, NEXT_INSTANCE).filter((origin) => !covered.has(origin.subnetId))
  const unknown = unplaced.map(unplacedInstance)
  if (active.length === 0 && next.length === 0) unknown.push(NO_INSTANCE)
  return only([...origins, ...next], unknown)
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

function managed(launch: Launch & { readonly on: 'managed-instances' }, service: Service, compute: Compute): Origins {
  const origins = managedProviders(launch.provider, service, compute).flatMap((provider) =>
    providerInterfaces(provider, MANAGED_INSTANCE),
  )
  return origins.length > 0 ? only(origins, []) : only([], [NO_MANAGED_NETWORK])
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

function providerInterfaces(provider: CapacityProvider | null, assumed: Missing): readonly StartupOrigin[] {
  return (provider?.subnetIds ?? []).map((subnetId) => ({
    kind: 'instance-eni',
    subnetId,
    groupIds: sorted(provider?.securityGroupIds ?? []),
    publicIp: null,
    instanceIds: [],
    sendsTokenAndSecrets: true,
    assumed,
  }))
}

const MANAGED_INSTANCE = missing(
  ['managed-instance-assumed'],
  'AWS does not document which interface pulls on Managed Instances; the instance, with the subnets and security groups of its capacity provider, is assumed.',
  '관리형 인스턴스에서 어느 인터페이스가 이미지를 가져오는지 AWS 문서에 없습니다. 용량 공급자의 서브넷과 보안 그룹을 사용하는 인스턴스로 가정합니다.',
)

const NEXT_INSTANCE = missing(
  ['next-instance-assumed'],
  'No instance runs in this subnet yet; the next one may be started there by the capacity provider.',
  '이 서브넷에는 아직 인스턴스가 없으나, 용량 공급자가 다음 인스턴스를 여기에서 시작할 수 있습니다.',
)

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
