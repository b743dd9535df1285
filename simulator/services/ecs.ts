/** Amazon ECS: clusters, services and task definitions. */
import { type Item, isItem, textOf, textsOf } from '../item.ts'
import type { Operations, Request } from '../operation.ts'
import { Refusal } from '../refusal.ts'
import { answersOf, listOf, type World } from '../world.ts'
import { ECS_DEPLOYMENTS } from './ecs-deployments.ts'
import { ECS_EXEC } from './ecs-exec.ts'
import {
  arnOf,
  checkCount,
  clusterArns,
  clusterOf,
  ECS_PAGE,
  found,
  inCluster,
  lastName,
  withIncluded,
} from './ecs-names.ts'
import { ECS_RUN_TASK } from './ecs-run-task.ts'
import { ECS_TAGS } from './ecs-tags.ts'
import { ECS_TASK_DEFINITIONS } from './ecs-task-definitions.ts'
import { ECS_TASKS } from './ecs-tasks.ts'
import { ECS_WRITES } from './ecs-writes.ts'
import { jsonPage } from './json-page.ts'

export const ECS: Operations = {
  ListClusters: listClusters,
  DescribeClusters: describeClusters,
  ListServices: listServices,
  DescribeServices: describeServices,
  DescribeTaskDefinition: describeTaskDefinition,
  DescribeCapacityProviders: describeCapacityProviders,
  ListAccountSettings: listAccountSettings,
  ListDaemons: listDaemons,
  ...ECS_TASKS,
  ...ECS_DEPLOYMENTS,
  ...ECS_RUN_TASK,
  ...ECS_TASK_DEFINITIONS,
  ...ECS_TAGS,
  ...ECS_WRITES,
  ...ECS_EXEC,
}

/** From its own file, or else from what the other recorded answers mention. */
function listClusters(request: Request, world: World): Item {
  const own = world.answers('ecs/list-clusters')
  if (own === null && world.answers('ecs/describe-clusters') === null) answersOf(world, 'ecs/describe-services')
  return jsonPage('clusterArns', clusterArns(world), request, ECS_PAGE)
}

function describeClusters({ params }: Request, world: World): Item {
  const clusters = listOf(world, 'ecs/describe-clusters', 'clusters')
  const requested = textsOf(params['clusters'])
  checkCount(requested.length === 0 ? ['default'] : requested, 100, 'Clusters')
  const { items, failures } = found(
    requested.length === 0 ? ['default'] : requested,
    (name) => clusters.find((cluster) => lastName(textOf(cluster, 'clusterArn') ?? '') === lastName(name)),
    (name) => arnOf(world, `cluster/${name}`),
  )
  const included = textsOf(params['include'])
  return { clusters: items.map((cluster) => withIncluded(cluster, included, CLUSTER_EXTRAS)), failures }
}

const CLUSTER_EXTRAS = {
  attachments: 'ATTACHMENTS',
  configuration: 'CONFIGURATIONS',
  settings: 'SETTINGS',
  statistics: 'STATISTICS',
  tags: 'TAGS',
}

function listServices(request: Request, world: World): Item {
  const { params } = request
  const services = listOf(world, 'ecs/describe-services', 'services')
  const cluster = clusterOf(params, world)
  const [launchType, strategy] = [textOf(params, 'launchType'), textOf(params, 'schedulingStrategy')]
  const listed = services.filter(
    (service) =>
      inCluster(service, cluster) &&
      (launchType === null || service['launchType'] === launchType) &&
      (strategy === null || service['schedulingStrategy'] === strategy),
  )
  const arns = listed.map((service) => textOf(service, 'serviceArn'))
  return jsonPage('serviceArns', arns, request, { ...ECS_PAGE, usual: 10 })
}

/** At most ten at once; those that are not there are `failures`, not an error (ECS API Reference, DescribeServices). */
function describeServices({ params }: Request, world: World): Item {
  const services = listOf(world, 'ecs/describe-services', 'services')
  const cluster = clusterOf(params, world)
  const requested = textsOf(params['services'])
  checkCount(requested, 10, 'Services')
  const { items, failures } = found(
    requested,
    (name) => services.find((one) => inCluster(one, cluster) && isNamed(one, name)),
    (name) => arnOf(world, `service/${cluster}/${name}`),
  )
  const included = textsOf(params['include'])
  return { services: items.map((service) => withIncluded(service, included, { tags: 'TAGS' })), failures }
}

function isNamed(service: Item, nameOrArn: string): boolean {
  return nameOrArn.startsWith('arn:')
    ? lastName(textOf(service, 'serviceArn') ?? '') === lastName(nameOrArn)
    : service['serviceName'] === nameOrArn
}

/** By `family` (its newest active revision), `family:revision` or ARN. */
function describeTaskDefinition({ params }: Request, world: World): Item {
  const requested = textOf(params, 'taskDefinition') ?? ''
  const [family, revision] = lastName(requested).split(':')
  const answers = answersOf(world, 'ecs/describe-task-definition').map((answer) => answer.content)
  const candidates = answers
    .flatMap((answer) => (isItem(answer['taskDefinition']) ? [{ answer, definition: answer['taskDefinition'] }] : []))
    .filter(({ definition }) => definition['family'] === family)
    .filter(({ definition }) =>
      revision === undefined
        ? (definition['status'] ?? 'ACTIVE') === 'ACTIVE'
        : String(definition['revision']) === revision,
    )
    .sort((one, other) => Number(other.definition['revision']) - Number(one.definition['revision']))
  const newest = candidates[0]
  if (!newest) throw new Refusal('ClientException', 'Unable to describe task definition.')
  const withTags = withIncluded(newest.answer, textsOf(params['include']), { tags: 'TAGS' })
  return withTags
}

function listDaemons(request: Request, world: World): Item {
  const cluster = textOf(request.params, 'clusterArn')
  const all = listOf(world, 'ecs/list-daemons', 'daemonSummariesList')
  const own = all.filter(
    (one) => cluster === null || textOf(one, 'daemonArn')?.includes(`:daemon/${lastName(cluster)}/`),
  )
  return jsonPage('daemonSummariesList', own, request, { ...ECS_PAGE, usual: 100 })
}

/** The recorded ones are taken for those that count for the caller. */
function listAccountSettings(request: Request, world: World): Item {
  const name = textOf(request.params, 'name')
  const settings = listOf(world, 'ecs/list-account-settings', 'settings')
  const named = settings.filter((one) => name === null || one['name'] === name)
  return jsonPage('settings', named, request, { ...ECS_PAGE, usual: 10, most: 10 })
}

/** Ten a page when nobody says otherwise (ECS API Reference, DescribeCapacityProviders). */
function describeCapacityProviders(request: Request, world: World): Item {
  const { params } = request
  const providers = listOf(world, 'ecs/describe-capacity-providers', 'capacityProviders')
  const requested = textsOf(params['capacityProviders'])
  const named = found(
    requested,
    (name) => providers.find((one) => one['name'] === lastName(name)),
    (name) => arnOf(world, `capacity-provider/${name}`),
  )
  const included = textsOf(params['include'])
  const shown = (requested.length === 0 ? providers : named.items).map((one) =>
    withIncluded(one, included, { tags: 'TAGS' }),
  )
  const page = jsonPage('capacityProviders', shown, request, { ...ECS_PAGE, usual: 10, most: 10 })
  return { ...page, failures: named.failures }
}
