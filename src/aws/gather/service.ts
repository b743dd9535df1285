/** Gathers what a preflight reads about one service, in at most six rounds of calls. */
import { type Answer, known, unread } from '../../domain/answer.ts'
import type { GatheredFacts } from '../../domain/facts.ts'
import type { Target } from '../../domain/report.ts'
import type { Compute, RunningTask, Service, TaskDefinition } from '../../domain/service.ts'
import * as ec2 from '../calls/ec2.ts'
import * as ecs from '../calls/ecs.ts'
import { getCallerIdentity } from '../calls/sts.ts'
import { toCapacityProvider, toRunningTask } from '../facts/compute.ts'
import { toNetwork } from '../facts/network.ts'
import { lastPart } from '../facts/service.ts'
import { at, fieldsOf, idOf, mapped, translate, translateSome } from '../facts/shape.ts'
import type { Reader } from '../reader/reader.ts'
import { sharing } from '../reader/sharing.ts'
import { readConfiguration } from './configuration.ts'
import { clusterOf, findService } from './find-service.ts'
import { type AskRegistry, readImages } from './images.ts'
import { refuseWhenNothingWasRead } from './nothing-read.ts'
import { createReading } from './reading.ts'
import { readRoles } from './role.ts'
import type { LookIntoSecret } from './secret-keys.ts'
import { readSurroundings } from './surroundings.ts'
import { readTaskDefinition, withImages } from './task-definition.ts'
import { networkAnswers, readRegion } from './vpc-reads.ts'

export interface ServiceRequest {
  /** Name or ARN. Live it is `default` unless told; in a folder any cluster will do. */
  readonly cluster?: string | null
  /** Name or ARN. In a folder with one service it may be left out. */
  readonly service?: string | null
  /** Family, `family:revision` or ARN, or a definition that is not registered yet; the service's own unless told. */
  readonly taskDefinition?: string | TaskDefinition | null
  /** Image by container name, put in place of the task definition's. */
  readonly images?: Readonly<Record<string, string>>
  /** Asks registries outside ECR about images; without it, nobody asks them. */
  readonly askRegistry?: AskRegistry
  /** Reads secrets for the keys in them; without it, no value is ever read. */
  readonly lookIntoSecret?: LookIntoSecret
}

export interface ServiceGathering {
  readonly facts: Omit<GatheredFacts, 'paths'>
  readonly target: Target
  /** Sequential rounds of requests, and requests altogether; both 0 for a folder. */
  readonly rounds: number
  readonly calls: number
}

/** What AWS calls its own capacity (ECS Developer Guide, Fargate capacity providers). */
const FARGATE = new Set(['FARGATE', 'FARGATE_SPOT'])

/**
 * Reads the service, its task definition, where its tasks start, and the network around them.
 * What could not be read stays an `Answer` without a value. Throws `UsageError` for a name that does not exist, and when nothing
 * at all could be read.
 */
export async function gatherService(source: Reader, request: ServiceRequest): Promise<ServiceGathering> {
  const reader = sharing(source)
  const reading = createReading(reader)
  const wanted = { cluster: request.cluster ?? null, service: request.service ?? null }
  const cluster = clusterOf(wanted)
  const named = typeof request.taskDefinition === 'string' ? request.taskDefinition : null
  const live = reader.source === 'aws'

  const [identity, service, early, clusters, listed] = await Promise.all([
    reader.read(getCallerIdentity),
    findService(reader, wanted),
    named === null ? null : readTaskDefinition(reader, named, true),
    live ? reader.read(ecs.describeClusters, { cluster: [cluster] }) : null,
    live && wanted.service !== null ? listTasks(reader, cluster, lastPart(wanted.service)) : null,
    readRegion(reading),
  ])
  refuseWhenNothingWasRead(reader)

  const found = service.known ? service.value : null
  const placement = found === null ? null : await placementOf(reader, found, clusters)
  const subnetIds = [...(found?.awsvpc?.subnetIds ?? [])]
  const [taskDefinition, tasks, providers, instanceArns] = await Promise.all([
    request.taskDefinition !== null && typeof request.taskDefinition === 'object'
      ? known(request.taskDefinition)
      : (early ?? ownTaskDefinition(reader, found)),
    runningTasks(reader, found, listed),
    readProviders(reader, found, placement),
    placement?.onInstances && found !== null
      ? reader.read(ecs.listContainerInstances, { cluster: [found.clusterArn] })
      : null,
    found === null ? undefined : reading.ask(ec2.describeSubnets, 'id', subnetIds),
  ])

  const images = Object.values(request.images ?? {})
  const definition = mapped(taskDefinition, (one) => withImages(one, request.images ?? {}))
  const hosts = registryHosts([
    ...images,
    ...(definition.known ? definition.value.containers.map(({ image }) => image) : []),
  ])
  const account = identity.known ? idOf(at(identity.value[0], 'Account')) : null
  const accountId = account ?? found?.arn.split(':')[4] ?? null
  const place = { region: reader.region, accountId }
  const asked = { cluster, service: wanted.service }
  let tellInstances = (_read: Compute['instances']): void => undefined
  const told = new Promise<Compute['instances']>((resolve) => {
    tellInstances = resolve
  })
  const [instances, role, imageFacts, configuration] = await Promise.all([
    readSurroundings(reading, {
      found,
      providers,
      instanceArns,
      placedBy: placement?.providers ?? [],
      hosts,
      tellInstances,
    }),
    definition.known ? readRoles(reader, { taskDefinition: definition.value, place, instances: told }) : null,
    definition.known
      ? readImages(reader, {
          taskDefinition: definition.value,
          tasks,
          accountId,
          askRegistry: request.askRegistry,
        })
      : null,
    definition.known
      ? readConfiguration(reader, {
          service: found,
          asked,
          taskDefinition: definition.value,
          place,
          lookIntoSecret: request.lookIntoSecret,
        })
      : null,
  ])

  const { rounds, calls } = reader.meter()
  return {
    facts: {
      service,
      taskDefinition: definition,
      compute: known({
        capacityProviders: providers,
        clusterCapacityProviders: placement?.defaults ?? unread('unasked', ecs.describeClusters.permission),
        instances,
      }),
      network: known(toNetwork(reader.region, accountId, networkAnswers(reading))),
      tasks,
      images: imageFacts === null ? unread('unasked', ecs.describeTaskDefinition.permission) : known(imageFacts),
      role: role === null ? unread('unasked', ecs.describeTaskDefinition.permission) : known(role),
      configuration:
        configuration === null ? unread('unasked', ecs.describeTaskDefinition.permission) : known(configuration),
    },
    target: {
      region: reader.region,
      accountId,
      cluster: found?.clusterName ?? lastPart(cluster),
      service: found?.name ?? lastPart(wanted.service ?? ''),
      taskDefinition: nameOf(definition, found),
    },
    rounds,
    calls,
  }
}

interface Placement {
  /** Capacity providers that are not Fargate's own. */
  readonly providers: readonly string[]
  readonly onInstances: boolean
  readonly defaults: Compute['clusterCapacityProviders']
}

/** With neither launch type nor strategy, the cluster's default strategy places the tasks (ECS API, CreateService). */
async function placementOf(
  reader: Reader,
  service: Service,
  clusters: Answer<readonly unknown[]> | null,
): Promise<Placement> {
  const answer = clusters ?? (await reader.read(ecs.describeClusters, { cluster: [service.clusterArn] }))
  const defaults = mapped(answer, (all) => fieldsOf(at(all[0], 'defaultCapacityProviderStrategy'), 'capacityProvider'))
  const { launchType, capacityProviders } = service
  const undecided = launchType === null && capacityProviders.length === 0
  const names = undecided && defaults.known ? defaults.value : capacityProviders
  const providers = names.filter((name) => !FARGATE.has(name))
  const onInstances = launchType === 'EC2' || (launchType === null && providers.length > 0)
  return { providers, onInstances, defaults }
}

async function readProviders(
  reader: Reader,
  service: Service | null,
  placement: Placement | null,
): Promise<Compute['capacityProviders']> {
  if (service === null || placement === null) return unread('unasked', ecs.describeCapacityProviders.permission)
  const answer = await reader.read(ecs.describeCapacityProviders, {
    cluster: [service.clusterArn],
    name: placement.providers,
  })
  return translate(answer, ecs.describeCapacityProviders.permission, toCapacityProvider)
}

function ownTaskDefinition(
  reader: Reader,
  service: Service | null,
): Promise<Answer<TaskDefinition>> | Answer<TaskDefinition> {
  if (service === null || service.taskDefinitionArn === '') {
    return unread('unasked', ecs.describeTaskDefinition.permission)
  }
  return readTaskDefinition(reader, service.taskDefinitionArn, false)
}

function listTasks(reader: Reader, cluster: string, service: string): Promise<Answer<readonly string[]>> {
  return reader.read(ecs.listTasks, { cluster: [cluster], service: [service] })
}

async function runningTasks(
  reader: Reader,
  service: Service | null,
  listed: Answer<readonly string[]> | null,
): Promise<Answer<readonly RunningTask[]>> {
  if (service === null) return unread('unasked', ecs.listTasks.permission)
  const arns = listed ?? (await listTasks(reader, service.clusterArn, service.name))
  if (!arns.known) return arns
  const answer = await reader.read(ecs.describeTasks, { cluster: [service.clusterArn], id: arns.value })
  return translateSome(answer, toRunningTask)
}

function nameOf(definition: Answer<TaskDefinition>, service: Service | null): string {
  if (!definition.known) return service === null ? '' : lastPart(service.taskDefinitionArn)
  const { family, revision } = definition.value
  return revision === null ? family : `${family}:${revision}`
}

/** The host of each image that names one: `HOST/path` with a dot or a port in its first part. */
function registryHosts(images: readonly string[]): readonly string[] {
  return images.flatMap((image) => {
    const first = image.includes('/') ? (image.split('/')[0] ?? '') : ''
    return /[.:]/.test(first) ? [first.replace(/:\d+$/, '').toLowerCase()] : ['registry-1.docker.io', 'auth.docker.io']
  })
}
