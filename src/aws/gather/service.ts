/** Gathers what a preflight reads about one service, in at most six rounds of calls. */
import { type Answer, known, mapped, unread } from '../../domain/answer.ts'
import type { GatheredFacts } from '../../domain/facts.ts'
import type { Place } from '../../domain/named-resources.ts'
import type { Target } from '../../domain/report.ts'
import type { Capacity, Compute, RunningTask, Service, ServiceRevision, TaskDefinition } from '../../domain/service.ts'
import type { Organization } from '../../iam/policy/organization.ts'
import * as ec2 from '../calls/ec2.ts'
import * as ecs from '../calls/ecs.ts'
import { getCallerIdentity } from '../calls/sts.ts'
import { toRunningTask } from '../facts/compute.ts'
import { lastPart, toServiceRevision } from '../facts/service.ts'
import { at, idOf, type RawAnswer, translateSome } from '../facts/shape.ts'
import type { Reader } from '../reader/reader.ts'
import { readCapacity, readDaemons } from './capacity.ts'
import { readConfiguration } from './configuration.ts'
import { readVolumes } from './file-systems.ts'
import { clusterOf, findService } from './find-service.ts'
import { type AskRegistry, type ReadImageConfig, readImages } from './images.ts'
import { networkFacts } from './network-facts.ts'
import { type NetworkRounds, type Start as NetworkStart, startNetworkRounds } from './network-rounds.ts'
import { type Placement, placementOf, readProviders } from './placement.ts'
import { createReading, type Reading, refuseWhenNothingWasRead, sharing } from './reading.ts'
import { readRoles } from './role.ts'
import { type RollbackQuestion, readRollback, rollbackArn } from './rollback.ts'
import type { LookIntoSecret } from './secret-keys.ts'
import { readTaskDefinition, withImages } from './task-definition.ts'
import { readNameAssociations, readRegion } from './vpc-reads.ts'

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
  /** Reads configurations of images for their platforms; without it, none is ever read. */
  readonly readImageConfig?: ReadImageConfig
}

export interface ServiceGathering {
  readonly facts: Omit<GatheredFacts, 'paths'>
  readonly target: Target
  /** Sequential rounds of requests, and requests altogether; both 0 for a folder. */
  readonly rounds: number
  readonly calls: number
}

/**
 * Reads the service, its task definition, where its tasks start, and the network around them.
 * What could not be read stays an `Answer` without a value. Throws `UsageError` for a name that does not exist, and when nothing
 * at all could be read.
 */
export async function gatherService(source: Reader, request: ServiceRequest): Promise<ServiceGathering> {
  const reading = createReading(sharing(source))
  const { reader } = reading
  const named = await roundOne(reading, request)
  refuseWhenNothingWasRead(reader)
  const start = await roundTwo(reading, request, named)
  const place = { region: reader.region, accountId: accountOf(named) }
  const { instances, capacity, daemons, organization, ...later } = await laterRounds(reading, request, {
    named,
    start,
    place,
  })

  const { placement, providers, taskDefinition, running } = start
  const { found: service } = named
  const { rounds, calls } = reader.meter()
  return {
    facts: {
      service: named.service,
      taskDefinition,
      compute: known({
        capacityProviders: providers,
        clusterCapacityProviders: placement?.defaults ?? unread('unasked', ecs.describeClusters.permission),
        instances,
        ...execSettings(service, placement),
        ...(capacity === undefined ? {} : { capacity }),
        ...(daemons === undefined ? {} : { daemons }),
      }),
      network: known({ ...networkFacts(reading, place.accountId), organization }),
      tasks: running,
      ...later,
    },
    target: {
      ...place,
      cluster: service?.clusterName ?? lastPart(named.cluster),
      service: service?.name ?? lastPart(request.service ?? ''),
      taskDefinition: nameOf(taskDefinition, service),
    },
    rounds,
    calls,
  }
}

interface Named {
  /** As AWS was asked for it. */
  readonly cluster: string
  readonly identity: RawAnswer
  readonly service: Answer<Service>
  readonly found: Service | null
  /** Null where the request names none. */
  readonly taskDefinition: Answer<TaskDefinition> | null
  /** Null in a recording, which is asked once the service is known. */
  readonly clusters: RawAnswer | null
  readonly taskArns: Answer<readonly string[]> | null
}

/** What the request names, and what a Region holds only once. */
async function roundOne(reading: Reading, request: ServiceRequest): Promise<Named> {
  const { reader } = reading
  const name = { cluster: request.cluster ?? null, service: request.service ?? null }
  const cluster = clusterOf(name)
  const live = reader.source === 'aws'
  const [identity, service, taskDefinition, clusters, taskArns] = await Promise.all([
    reader.read(getCallerIdentity),
    findService(reader, name),
    typeof request.taskDefinition === 'string' ? readTaskDefinition(reader, request.taskDefinition, true) : null,
    live ? reader.read(ecs.describeClusters, { cluster: [cluster] }) : null,
    live && name.service !== null ? listTasks(reader, cluster, lastPart(name.service)) : null,
    readRegion(reading),
  ])
  return { cluster, identity, service, found: service.known ? service.value : null, taskDefinition, clusters, taskArns }
}

interface Start {
  readonly placement: Placement | null
  /** With the images of the request put in. */
  readonly taskDefinition: Answer<TaskDefinition>
  /** DescribeTasks. */
  readonly tasks: RawAnswer
  readonly running: Answer<readonly RunningTask[]>
  readonly revisions: Answer<readonly ServiceRevision[]>
  readonly providers: Compute['capacityProviders']
  /** Null where no instance runs a task of the service. */
  readonly instanceArns: Answer<readonly string[]> | null
  /** Null where it would return to nothing else than what is judged. */
  readonly rollback: Pick<RollbackQuestion, 'arn' | 'taskDefinition'> | null
}

/** What the service names. */
async function roundTwo(reading: Reading, request: ServiceRequest, named: Named): Promise<Start> {
  const { reader } = reading
  const { found: service } = named
  const placement = service === null ? null : await placementOf(reader, service, named.clusters)
  const unregistered = typeof request.taskDefinition === 'object' ? request.taskDefinition : null
  const before = service === null ? null : rollbackArn(service, judgedArn(request, named))
  const [registered, tasks, revisions, providers, instanceArns, former] = await Promise.all([
    unregistered === null ? (named.taskDefinition ?? ownTaskDefinition(reader, service)) : known(unregistered),
    runningTasks(reader, service, named.taskArns),
    readRevisions(reader, service?.revisionArns ?? []),
    readProviders(reader, service, placement),
    placement?.onInstances && service !== null
      ? reader.read(ecs.listContainerInstances, { cluster: [service.clusterArn] })
      : null,
    before === null ? null : readTaskDefinition(reader, before, false),
    service === null ? undefined : reading.ask(ec2.describeSubnets, 'id', service.awsvpc?.subnetIds ?? []),
    readNameAssociations(reading),
  ])
  const taskDefinition = mapped(registered, (one) => withImages(one, request.images ?? {}))
  // The images of the request may be the ones that it has.
  const same = taskDefinition.known && taskDefinition.value.arn === before
  const rollback = before === null || former === null || same ? null : { arn: before, taskDefinition: former }
  const running = translateSome(tasks, toRunningTask)
  return { placement, taskDefinition, tasks, running, revisions, providers, instanceArns, rollback }
}

/** Null for one that is not registered yet, or may not be. */
function judgedArn({ taskDefinition, images = {} }: ServiceRequest, { taskDefinition: asked, found }: Named) {
  if (typeof taskDefinition === 'object' && taskDefinition !== null) return null
  if (Object.keys(images).length > 0) return null
  if (asked === null) return found?.taskDefinitionArn ?? null
  return asked.known ? asked.value.arn : null
}

interface LaterFacts extends Pick<ServiceGathering['facts'], 'role' | 'images' | 'configuration'> {
  readonly instances: Compute['instances']
  readonly capacity: Capacity | undefined
  readonly daemons: Compute['daemons'] | undefined
  readonly organization: Organization
}

/** Rounds three to six: the network, and beside it what a start needs of roles, images and configuration. */
async function laterRounds(
  reading: Reading,
  request: ServiceRequest,
  { named, start, place }: { readonly named: Named; readonly start: Start; readonly place: Place },
): Promise<LaterFacts> {
  const { reader } = reading
  const { taskDefinition, tasks, running, revisions, rollback, providers, placement } = start
  const { found: service } = named
  const compute = { capacityProviders: providers, ...execSettings(service, placement) }
  const network = service === null ? NO_NETWORK : startNetworkRounds(reading, networkStart(service, start, request))
  const volumes = taskDefinition.known
    ? readVolumes(reading, taskDefinition.value)
    : Promise.resolve({ fileSystems: [], accessPoints: [] })
  const ofDefinition = async <T>(read: (definition: TaskDefinition) => Promise<T>): Promise<Answer<T>> =>
    taskDefinition.known
      ? known(await read(taskDefinition.value))
      : unread('unasked', ecs.describeTaskDefinition.permission)
  const [instances, organization, capacity, daemons, role, images, configuration] = await Promise.all([
    network.instances,
    network.organization,
    readCapacity(reader, { placement, providers, taskDefinition, tasks, hosting: network.hosting }),
    readDaemons(reader, service, { placement, providers }),
    ofDefinition((one) =>
      readRoles(reader, { taskDefinition: one, service, place, compute, instances: network.instances }),
    ),
    ofDefinition((one) =>
      readImages(reader, {
        taskDefinition: one,
        tasks: running,
        revisions,
        accountId: place.accountId,
        askRegistry: request.askRegistry,
        readConfig: request.readImageConfig,
      }),
    ),
    ofDefinition(async (one) => {
      const [configuration, target] = await Promise.all([
        readConfiguration(reader, {
          service,
          name: { cluster: named.cluster, service: request.service ?? null },
          taskDefinition: one,
          place,
          providers: (placement?.strategy ?? []).map((item) => item.capacityProvider),
          volumes,
          lookIntoSecret: request.lookIntoSecret,
        }),
        rollback === null ? null : readRollback(reader, { ...rollback, tasks: running, revisions, place }),
      ])
      return target === null ? configuration : { ...configuration, rollback: target }
    }),
    network.finished,
  ])
  return { instances, capacity, daemons, organization, role, images, configuration }
}

/** Asked with the cluster, and of use only where Exec is on. */
function execSettings(service: Service | null, placement: Placement | null): Pick<Compute, 'executeCommand'> {
  return service?.enableExecuteCommand && placement !== null ? { executeCommand: placement.executeCommand } : {}
}

/** Without its service, nothing says where to look. */
const NO_NETWORK: NetworkRounds = {
  hosting: Promise.resolve(null),
  organization: Promise.resolve(undefined),
  instances: Promise.resolve(unread('unasked', ecs.describeContainerInstances.permission)),
  finished: Promise.resolve(),
}

function networkStart(service: Service, start: Start, request: ServiceRequest): NetworkStart {
  const { providers, instanceArns, placement, taskDefinition } = start
  const images = [
    ...Object.values(request.images ?? {}),
    ...(taskDefinition.known ? taskDefinition.value.containers.map(({ image }) => image) : []),
  ]
  return { service, providers, instanceArns, placedBy: placement?.providers ?? [], hosts: registryHosts(images) }
}

function accountOf({ identity, found }: Named): string | null {
  const caller = identity.known ? idOf(at(identity.value[0], 'Account')) : null
  return caller ?? found?.arn.split(':')[4] ?? null
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
): Promise<RawAnswer> {
  if (service === null) return unread('unasked', ecs.listTasks.permission)
  const arns = listed ?? (await listTasks(reader, service.clusterArn, service.name))
  if (!arns.known) return arns
  return reader.read(ecs.describeTasks, { cluster: [service.clusterArn], id: arns.value })
}

/** What ECS resolved, which no task tells where none runs. */
async function readRevisions(reader: Reader, id: readonly string[]): Promise<Start['revisions']> {
  return translateSome(await reader.read(ecs.describeServiceRevisions, { id }), toServiceRevision)
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
