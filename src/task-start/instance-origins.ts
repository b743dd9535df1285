/** Who sends on EC2: the container instances that take tasks, and the next one of an Auto Scaling group. */
import { known, listed, missing, missingFrom } from '../domain/answer.ts'
import { distinctBy } from '../domain/collections.ts'
import type { Missing } from '../domain/path.ts'
import type { CapacityProvider, Compute, ContainerInstance } from '../domain/service.ts'
import { meetsExpression } from './cluster-query.ts'
import { type OriginFacts, type Origins, only, type StartupOrigin, sorted } from './startup-origin.ts'

export function instanceOrigins(facts: OriginFacts, provider: CapacityProvider | null): Origins {
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
  { service, taskDefinition }: OriginFacts,
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

const NO_INSTANCE = missing(
  ['no-container-instance'],
  'The cluster has no active container instance, so it is not known in which subnet the image will be pulled.',
  '클러스터에 활성 상태의 컨테이너 인스턴스가 없어 어느 서브넷에서 이미지를 가져올지 알 수 없습니다.',
)

function unplacedInstance(instance: ContainerInstance): Missing {
  return missing(
    ['container-instance-unplaced', instance.instanceId],
    `The subnet of the container instance ${instance.instanceId} is not known.`,
    `컨테이너 인스턴스의 서브넷을 알 수 없습니다: ${instance.instanceId}`,
    'ec2:DescribeInstances',
  )
}
