/** The ECS calls: services, what they run, and where. */
import type * as Ecs from '@aws-sdk/client-ecs'
import { arnAndName, at, byCluster, byStartingService, call, field, type Loose, list, listing, single } from './call.ts'

const spec = { service: 'ecs' } as const

export const describeClusters = call<Ecs.Cluster>({
  ...spec,
  operation: 'DescribeClusters',
  list: 'clusters',
  // Without it the settings of ECS Exec are left out.
  always: { include: ['CONFIGURATIONS'] },
  by: { cluster: list('clusters', (cluster) => arnAndName(cluster['clusterArn']), 100) },
})

export const describeServices = call<Ecs.Service>({
  ...spec,
  operation: 'DescribeServices',
  list: 'services',
  // What `emergency` and `enable-exec` have to put back stands in them.
  always: { include: ['TAGS'] },
  by: {
    cluster: byCluster,
    service: list('services', (service) => arnAndName(service['serviceArn']), 10),
  },
})

export const describeTasks = call<Ecs.Task>({
  ...spec,
  operation: 'DescribeTasks',
  list: 'tasks',
  by: { cluster: byCluster, id: list('tasks', (task) => arnAndName(task['taskArn']), 100) },
})

/**
 * Running tasks of one service: at most 5,000 (Amazon ECS endpoints and quotas), in pages of a hundred. Stopped ones are listed for an hour, in
 * which a deployment replaces each once.
 */
export const listTasks = listing({
  ...spec,
  operation: 'ListTasks',
  list: 'taskArns',
  mostPages: 100,
  by: { cluster: byCluster, service: byStartingService },
  recorded: { from: describeTasks, item: runningTask },
})

export const describeTaskDefinition = call<Ecs.DescribeTaskDefinitionResponse>({
  ...spec,
  operation: 'DescribeTaskDefinition',
  list: null,
  keyed: true,
  by: { id: single('taskDefinition', (answer) => taskDefinitionNames(at(answer, 'taskDefinition'))) },
})

/** What ECS made of a task definition when it deployed it: digests in the place of tags, above all. */
export const describeServiceRevisions = call<Ecs.ServiceRevision>({
  ...spec,
  operation: 'DescribeServiceRevisions',
  list: 'serviceRevisions',
  by: { id: list('serviceRevisionArns', field('serviceRevisionArn'), 20) },
})

export const describeCapacityProviders = call<Ecs.CapacityProvider>({
  ...spec,
  operation: 'DescribeCapacityProviders',
  list: 'capacityProviders',
  by: {
    // Managed Instances providers belong to a cluster and are told only to who names it; others name none.
    cluster: single('cluster', clusterOfProvider),
    name: list('capacityProviders', (provider) => [provider['name'], provider['capacityProviderArn']], 100),
  },
})

export const describeContainerInstances = call<Ecs.ContainerInstance>({
  ...spec,
  operation: 'DescribeContainerInstances',
  list: 'containerInstances',
  by: {
    // A container instance does not name its cluster, but its ARN does: …:container-instance/CLUSTER/ID.
    cluster: single('cluster', (instance) => clusterInArn(instance['containerInstanceArn'])),
    id: list('containerInstances', field('containerInstanceArn'), 100),
  },
})

export const listContainerInstances = listing({
  ...spec,
  operation: 'ListContainerInstances',
  list: 'containerInstanceArns',
  by: { cluster: single('cluster', (instance) => clusterInArn(instance['containerInstanceArn'])) },
  recorded: { from: describeContainerInstances, item: (instance) => instance['containerInstanceArn'] },
})

/** Managed daemons, which Managed Instances start before any task. */
export const listDaemons = call<Ecs.DaemonSummary>({
  ...spec,
  operation: 'ListDaemons',
  list: 'daemonSummariesList',
  by: { cluster: single('clusterArn', (daemon) => clusterInArn(daemon['daemonArn'])) },
})

/** What counts for the caller. */
export const listAccountSettings = call<Ecs.Setting>({
  ...spec,
  operation: 'ListAccountSettings',
  list: 'settings',
  always: { effectiveSettings: true },
  by: { name: single('name', field('name')) },
})

export const listClusters = listing({
  ...spec,
  operation: 'ListClusters',
  list: 'clusterArns',
  recorded: { from: describeServices, item: (service) => service['clusterArn'] },
})

export const listServices = listing({
  ...spec,
  operation: 'ListServices',
  list: 'serviceArns',
  // In pages of ten; a cluster has at most 5,000 services (Amazon ECS endpoints and quotas).
  mostPages: 1_000,
  by: { cluster: byCluster },
  recorded: { from: describeServices, item: (service) => service['serviceArn'] },
})

/** A recording may hold stopped tasks, which ListTasks leaves out unless asked. */
function runningTask(task: Loose): unknown {
  const wanted = task['desiredStatus']
  return wanted === undefined || wanted === 'RUNNING' ? task['taskArn'] : undefined
}

function taskDefinitionNames(definition: unknown): readonly unknown[] {
  const family = at(definition, 'family')
  return [at(definition, 'taskDefinitionArn'), `${family}:${at(definition, 'revision')}`, family]
}

/** By name or ARN; with the name alone, the ARN of the provider tells the rest: `…:capacity-provider/CLUSTER/NAME`. */
function clusterOfProvider(provider: Loose): readonly string[] | null {
  const names = arnAndName(provider['cluster'])
  const arn = provider['capacityProviderArn']
  if (names === null || typeof arn !== 'string' || names[0]?.startsWith('arn:')) return names
  return [...names, `${arn.slice(0, arn.indexOf(':capacity-provider/'))}:cluster/${names[0]}`]
}

/** `…:container-instance/CLUSTER/ID`, `…:daemon/CLUSTER/NAME`; ARNs of the old format name no cluster. */
function clusterInArn(arn: unknown): readonly unknown[] | null {
  const [prefix, cluster, id] = typeof arn === 'string' ? arn.split('/') : []
  if (prefix === undefined || id === undefined) return null
  return [cluster, `${prefix.replace(/:[^:]*$/, ':cluster')}/${cluster}`]
}
