/** The calls that only a watch makes: deployments, stopped tasks, the last words of containers, flow logs, action logs, and the one that ends a deployment. */
import type * as Logs from '@aws-sdk/client-cloudwatch-logs'
import type * as Ecs from '@aws-sdk/client-ecs'
import {
  arnAndName,
  byCluster,
  byStartingService,
  type Call,
  call,
  elsewhere,
  field,
  isLoose,
  type Loose,
  list,
  listing,
  single,
} from './call.ts'
import * as ecs from './ecs.ts'
import { describeTargetHealth } from './elbv2.ts'

/** Tasks that are stopped or on their way, for about an hour (ECS API Reference, DescribeTasks). */
export const listStoppedTasks = listing({
  service: 'ecs',
  operation: 'ListTasks',
  file: 'ecs/list-tasks-stopped',
  list: 'taskArns',
  always: { desiredStatus: 'STOPPED' },
  mostPages: ecs.listTasks.mostPages,
  by: { cluster: byCluster, service: byStartingService },
  recorded: {
    from: ecs.describeTasks,
    item: (task) => (task['desiredStatus'] === 'STOPPED' ? task['taskArn'] : undefined),
  },
})

/** The newest ones; older pages tell nothing that a watch needs. */
export const listServiceDeployments = call<Ecs.ServiceDeploymentBrief>({
  service: 'ecs',
  operation: 'ListServiceDeployments',
  list: 'serviceDeployments',
  always: { maxResults: 20 },
  next: () => null,
  by: { cluster: byCluster, service: single('service', (one) => arnAndName(one['serviceArn'])) },
})

export const describeServiceDeployments = call<Ecs.ServiceDeployment>({
  service: 'ecs',
  operation: 'DescribeServiceDeployments',
  list: 'serviceDeployments',
  by: { id: list('serviceDeploymentArns', field('serviceDeploymentArn'), 20) },
})

/** Under the deployment controllers CODE_DEPLOY and EXTERNAL. */
export const describeTaskSets = call<Ecs.TaskSet>({
  service: 'ecs',
  operation: 'DescribeTaskSets',
  list: 'taskSets',
  by: { cluster: byCluster, service: single('service', (one) => arnAndName(one['serviceArn'])) },
})

/** The youngest lines of one stream. A recording of lines is never asked for. */
export const getLogEvents = call<Logs.OutputLogEvent>({
  service: 'logs',
  operation: 'GetLogEvents',
  list: 'events',
  keyed: true,
  always: { limit: 100, startFromHead: false },
  next: () => null,
  by: {
    name: single('logGroupName', () => null),
    id: single('logStreamName', (_answer, stem) => [stem]),
    region: elsewhere,
  },
})

/** The whole request is the value, as JSON: times and a query string narrow nothing that a recording could hold. */
export const startQuery = call<Logs.StartQueryResponse>({
  service: 'logs',
  operation: 'StartQuery',
  list: null,
  by: { id: { input: ([request]) => requestIn(request), of: () => null, chunk: 1 } },
})

export const getQueryResults = call<Logs.GetQueryResultsResponse>({
  service: 'logs',
  operation: 'GetQueryResults',
  list: null,
  by: { id: single('queryId', () => null) },
})

/** Of every service that vends logs here; there is no way to ask for those of one resource. */
export const describeDeliverySources = call<Logs.DeliverySource>({
  service: 'logs',
  operation: 'DescribeDeliverySources',
  list: 'deliverySources',
  always: { limit: 50 },
})

export const describeDeliveries = call<Logs.Delivery>({
  service: 'logs',
  operation: 'DescribeDeliveries',
  list: 'deliveries',
  always: { limit: 50 },
})

export const getDeliveryDestination = call<Logs.GetDeliveryDestinationResponse>({
  service: 'logs',
  operation: 'GetDeliveryDestination',
  list: null,
  by: { id: single('name', () => null) },
})

/** A page: the whole request is the value, as JSON, with the token of the page before. */
export const filterLogEvents = call<Logs.FilterLogEventsResponse>({
  service: 'logs',
  operation: 'FilterLogEvents',
  list: null,
  next: () => null,
  by: { id: { input: ([request]) => requestIn(request), of: () => null, chunk: 1 } },
})

/** The only one that changes anything: asked for by `on-failure: rollback`, and by nothing else. ROLLBACK is its default stop type. */
export const stopServiceDeployment = call<Ecs.StopServiceDeploymentResponse>({
  service: 'ecs',
  operation: 'StopServiceDeployment',
  list: null,
  always: { stopType: 'ROLLBACK' },
  by: { id: single('serviceDeploymentArn', () => null) },
})

/** What a watch may ask beyond what a preflight asks. */
export const WATCH_CALLS: readonly Call<unknown>[] = [
  ecs.describeServices,
  ecs.listTasks,
  listStoppedTasks,
  ecs.describeTasks,
  listServiceDeployments,
  describeServiceDeployments,
  describeTaskSets,
  getLogEvents,
  startQuery,
  getQueryResults,
  describeDeliverySources,
  describeDeliveries,
  getDeliveryDestination,
  filterLogEvents,
  describeTargetHealth,
] as readonly Call<unknown>[]

export const WATCH_WRITES: readonly Call<unknown>[] = [stopServiceDeployment as Call<unknown>]

function requestIn(text: string | undefined): Loose {
  const request: unknown = JSON.parse(text ?? '{}')
  return isLoose(request) ? request : {}
}
