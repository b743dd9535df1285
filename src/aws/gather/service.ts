/** Gathers what a preflight reads about one service, in at most six rounds of calls. */
import { type Answer, known, mapped, unread } from '../../domain/answer.ts'
import type { GatheredFacts } from '../../domain/facts.ts'
import type { Target } from '../../domain/report.ts'
import type { Service, TaskDefinition } from '../../domain/service.ts'
import * as ec2 from '../calls/ec2.ts'
import * as ecr from '../calls/ecr.ts'
import * as ecs from '../calls/ecs.ts'
import { getCallerIdentity } from '../calls/sts.ts'
import { toRunningTask } from '../facts/compute.ts'
import { lastPart, toServiceRevision } from '../facts/service.ts'
import { at, idOf, type RawAnswer, translateSome } from '../facts/shape.ts'
import { nextTurn } from '../reader/next-turn.ts'
import type { Reader } from '../reader/reader.ts'
import { clusterOf, findService } from './find-service.ts'
import { networkFacts } from './network-facts.ts'
import { execSettings, type Placement, placementOf, readProviders } from './placement.ts'
import { createReading, type Reading, refuseWhenNothingWasRead, sharing } from './reading.ts'
import type { ServiceRequest } from './service-request.ts'
import type { Start } from './start/index.ts'
import { readTaskDefinition, withImages } from './task-definition.ts'
import { readNameAssociations, readRegion } from './vpc-reads.ts'

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
 * at all could be read. `whileWaiting` is called when the third round is out: what its caller will want to have loaded, it loads then.
 */
export async function gatherService(
  source: Reader,
  request: ServiceRequest,
  whileWaiting: () => unknown = () => {},
): Promise<ServiceGathering> {
  const reading = createReading(sharing(source))
  const { reader } = reading
  const named = await roundOne(reading, request)
  const starting = roundTwo(reading, request, named)
  reader.expect?.(['iam', 'logs', 'route53'])
  const loading = nextTurn().then(() => import('./start/index.ts'))
  // Its answers are shared: what is asked ahead is not asked again.
  loading.then(({ readAhead }) => readAhead(reader, named.found, named.placement)).catch(() => {})
  const start = await starting
  const { readStart } = await loading
  let isWaiting = true
  nextTurn()
    .then(() => (isWaiting ? whileWaiting() : null))
    .catch(() => {})
  const { instances, capacity, daemons, organization, ...later } = await readStart(reading, request, start)
  isWaiting = false

  const { place, service, placement, providers, taskDefinition, running } = start
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
      tasks: await running,
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
  readonly service: Answer<Service>
  readonly found: Service | null
  /** Null where the request names none. */
  readonly taskDefinition: Answer<TaskDefinition> | null
  readonly placement: Placement | null
  /** Under way; null in a recording, which is asked once the service is known. */
  readonly taskArns: Promise<Answer<readonly string[]>> | null
  /** Who asks, and what a Region holds only once: under way, as the second round can do without. */
  readonly identity: Promise<RawAnswer>
  readonly region: Promise<unknown>
}

/** What the request names. ECS is asked first, since everything waits for it. */
async function roundOne(reading: Reading, request: ServiceRequest): Promise<Named> {
  const { reader } = reading
  const name = { cluster: request.cluster ?? null, service: request.service ?? null }
  const cluster = clusterOf(name)
  const live = reader.source === 'aws'
  const asking = Promise.all([
    findService(reader, name),
    live ? reader.read(ecs.describeClusters, { cluster: [cluster] }) : null,
    typeof request.taskDefinition === 'string' ? readTaskDefinition(reader, request.taskDefinition, true) : null,
  ])
  const taskArns = live && name.service !== null ? listTasks(reader, cluster, lastPart(name.service)) : null
  const identity = reader.read(getCallerIdentity)
  const region = Promise.all([
    readRegion(reading),
    readNameAssociations(reading),
    live ? reader.read(ecr.describePullThroughCacheRules) : null,
  ])
  // Not every service is found; a cancellation that nobody waits for would end the process.
  for (const promise of [taskArns, identity, region]) promise?.catch(() => {})
  const [service, clusters, taskDefinition] = await asking
  if (!service.known) {
    await Promise.all([taskArns, identity, region])
    refuseWhenNothingWasRead(reader)
  }
  const found = service.known ? service.value : null
  const placement = found === null ? null : await placementOf(reader, found, clusters)
  return { cluster, service, found, taskDefinition, placement, taskArns, identity, region }
}

/** What the service names. */
async function roundTwo(reading: Reading, request: ServiceRequest, named: Named): Promise<Start> {
  const { reader } = reading
  const { found: service, placement } = named
  const unregistered = typeof request.taskDefinition === 'object' ? request.taskDefinition : null
  const before = service === null ? null : rollbackArn(service, judgedArn(request, named))
  const tasks = runningTasks(reader, service, named.taskArns)
  const running = tasks.then((answer) => translateSome(answer, toRunningTask))
  running.catch(() => {})
  const [registered, revisions, providers, instanceArns, former, identity] = await Promise.all([
    unregistered === null ? (named.taskDefinition ?? ownTaskDefinition(reader, service)) : known(unregistered),
    readRevisions(reader, service?.revisionArns ?? []),
    readProviders(reader, service, placement),
    placement?.onInstances && service !== null
      ? reader.read(ecs.listContainerInstances, { cluster: [service.clusterArn] })
      : null,
    before === null ? null : readTaskDefinition(reader, before, false),
    named.identity,
    named.region,
    service === null ? undefined : reading.ask(ec2.describeSubnets, 'id', service.awsvpc?.subnetIds ?? []),
  ])
  const taskDefinition = mapped(registered, (one) => withImages(one, request.images ?? {}))
  // The images of the request may be the ones that it has.
  const same = taskDefinition.known && taskDefinition.value.arn === before
  const rollback = before === null || former === null || same ? null : { arn: before, taskDefinition: former }
  const place = { region: reader.region, accountId: accountOf(identity, service) }
  return {
    cluster: named.cluster,
    place,
    service,
    placement,
    taskDefinition,
    tasks,
    running,
    revisions,
    providers,
    instanceArns,
    rollback,
  }
}

/**
 * A rollback goes to the last deployment that was completed (ECS Developer Guide, How the Amazon ECS deployment circuit breaker
 * detects failures). Null where there is none, or where it is the very revision that is judged.
 */
function rollbackArn({ deployments }: Service, judgedArn: string | null): string | null {
  const completed = deployments.find(({ rolloutState }) => rolloutState === 'COMPLETED')
  const arn = completed?.taskDefinitionArn ?? ''
  return arn === '' || arn === judgedArn ? null : arn
}

/** Null for one that is not registered yet, or may not be. */
function judgedArn({ taskDefinition, images = {} }: ServiceRequest, { taskDefinition: asked, found }: Named) {
  if (typeof taskDefinition === 'object' && taskDefinition !== null) return null
  if (Object.keys(images).length > 0) return null
  if (asked === null) return found?.taskDefinitionArn ?? null
  return asked.known ? asked.value.arn : null
}

function accountOf(identity: RawAnswer, service: Service | null): string | null {
  const caller = identity.known ? idOf(at(identity.value[0], 'Account')) : null
  return caller ?? service?.arn.split(':')[4] ?? null
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

async function runningTasks(reader: Reader, service: Service | null, listed: Named['taskArns']): Promise<RawAnswer> {
  if (service === null) return unread('unasked', ecs.listTasks.permission)
  const arns = await (listed ?? listTasks(reader, service.clusterArn, service.name))
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
