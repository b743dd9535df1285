/** Amazon ECS: tasks and container instances. */
import { type Item, textOf, textsOf } from '../item.ts'
import type { Operations, Request } from '../operation.ts'
import { Refusal } from '../refusal.ts'
import { listIfAny, listOf, type World } from '../world.ts'
import { arnOf, checkCount, clusterOf, ECS_PAGE, found, inCluster, lastName, withIncluded } from './ecs-names.ts'
import { jsonPage } from './json-page.ts'

export const ECS_TASKS: Operations = {
  ListTasks: listTasks,
  DescribeTasks: describeTasks,
  ListContainerInstances: listContainerInstances,
  DescribeContainerInstances: describeContainerInstances,
}

/** Tasks that should run, unless `desiredStatus` says STOPPED (ECS API Reference, ListTasks). */
function listTasks(request: Request, world: World): Item {
  const { params } = request
  const tasks = listOf(world, 'ecs/describe-tasks', 'tasks')
  const cluster = clusterOf(params, world)
  const service = textOf(params, 'serviceName')
  const besides = ['serviceName', 'family', 'containerInstance'].some((filter) => textOf(params, filter) !== null)
  if (textOf(params, 'startedBy') !== null && besides) {
    // "When you specify startedBy as the filter, it must be the only filter that you use" (API Reference, ListTasks).
    throw new Refusal('InvalidParameterException', 'startedBy cannot be combined with another filter.')
  }
  if (service !== null && !hasService(world, cluster, service)) {
    throw new Refusal('ServiceNotFoundException', 'Service not found.')
  }
  const wanted: Readonly<Record<string, string | null>> = {
    desiredStatus: textOf(params, 'desiredStatus') ?? 'RUNNING',
    group: service === null ? null : `service:${lastName(service)}`,
    startedBy: textOf(params, 'startedBy'),
    launchType: textOf(params, 'launchType'),
  }
  const instance = textOf(params, 'containerInstance')
  const family = textOf(params, 'family')
  const listed = tasks.filter(
    (task) =>
      inCluster(task, cluster) &&
      Object.entries(wanted).every(([member, value]) => value === null || textOf(task, member) === value) &&
      (instance === null || lastName(textOf(task, 'containerInstanceArn') ?? '') === lastName(instance)) &&
      (family === null || lastName(textOf(task, 'taskDefinitionArn') ?? '').split(':')[0] === family),
  )
  const arns = listed.map((task) => textOf(task, 'taskArn'))
  return jsonPage('taskArns', arns, request, ECS_PAGE)
}

/** A folder may hold tasks without their service; then every name is taken for one that exists. */
function hasService(world: World, cluster: string, name: string): boolean {
  if (world.answers('ecs/describe-services') === null) return true
  return listIfAny(world, 'ecs/describe-services', 'services').some(
    (service) => inCluster(service, cluster) && service['serviceName'] === lastName(name),
  )
}

function describeTasks({ params }: Request, world: World): Item {
  const tasks = listOf(world, 'ecs/describe-tasks', 'tasks')
  const cluster = clusterOf(params, world)
  const requested = textsOf(params['tasks'])
  checkCount(requested, 100, 'Tasks')
  const { items, failures } = found(
    requested,
    (name) => tasks.find((task) => inCluster(task, cluster) && idOf(task, 'taskArn') === lastName(name)),
    (name) => arnOf(world, `task/${cluster}/${name}`),
  )
  const included = textsOf(params['include'])
  return { tasks: items.map((task) => withIncluded(task, included, { tags: 'TAGS' })), failures }
}

/** Instances of every status but INACTIVE, unless `status` names one. */
function listContainerInstances(request: Request, world: World): Item {
  const { params } = request
  const instances = listOf(world, 'ecs/describe-container-instances', 'containerInstances')
  const cluster = clusterOf(params, world)
  const status = textOf(params, 'status')
  const listed = instances.filter(
    (one) => inCluster(one, cluster) && (status === null ? one['status'] !== 'INACTIVE' : one['status'] === status),
  )
  const arns = listed.map((one) => textOf(one, 'containerInstanceArn'))
  return jsonPage('containerInstanceArns', arns, request, ECS_PAGE)
}

function describeContainerInstances({ params }: Request, world: World): Item {
  const instances = listOf(world, 'ecs/describe-container-instances', 'containerInstances')
  const cluster = clusterOf(params, world)
  const requested = textsOf(params['containerInstances'])
  checkCount(requested, 100, 'Container instances')
  const { items, failures } = found(
    requested,
    (name) => instances.find((one) => inCluster(one, cluster) && idOf(one, 'containerInstanceArn') === lastName(name)),
    (name) => arnOf(world, `container-instance/${cluster}/${name}`),
  )
  const included = textsOf(params['include'])
  const optional = { tags: 'TAGS', healthStatus: 'CONTAINER_INSTANCE_HEALTH' }
  return { containerInstances: items.map((one) => withIncluded(one, included, optional)), failures }
}

function idOf(item: Item, member: string): string {
  return lastName(textOf(item, member) ?? '')
}
