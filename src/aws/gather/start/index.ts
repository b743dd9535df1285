/** What a start needs beyond its service and task definition. Loaded while those are being asked for. */
import { type Answer, known, unread } from '../../../domain/answer.ts'
import type { GatheredFacts } from '../../../domain/facts.ts'
import type { Place } from '../../../domain/named-resources.ts'
import type {
  Capacity,
  Compute,
  RunningTask,
  Service,
  ServiceRevision,
  TaskDefinition,
} from '../../../domain/service.ts'
import type { Organization } from '../../../iam/policy/organization.ts'
import * as ecs from '../../calls/ecs.ts'
import type { RawAnswer } from '../../facts/shape.ts'
import type { Reader } from '../../reader/reader.ts'
import { execSettings, type Placement } from '../placement.ts'
import type { Reading } from '../reading.ts'
import type { ServiceRequest } from '../service-request.ts'
import { readCapacity, readDaemons } from './capacity.ts'
import { readConfiguration } from './configuration.ts'
import { readVolumes } from './file-systems.ts'
import { readImages } from './images.ts'
import { readLimits } from './limits.ts'
import { readBalancing } from './load-balancing.ts'
import { type NetworkRounds, type Start as NetworkStart, startNetworkRounds } from './network-rounds.ts'
import { readRoles } from './role.ts'
import { type RollbackQuestion, readRollback } from './rollback.ts'

/** What needs only the service, and would take a round more beside what needs the task definition. */
export async function readAhead(reader: Reader, service: Service | null, placement: Placement | null): Promise<void> {
  await Promise.all([readBalancing(reader, service), readLimits(reader, service, providersOf(placement))])
}

/** Names of what places the tasks, be it the service's own strategy or the cluster's. */
function providersOf(placement: Placement | null): readonly string[] {
  return (placement?.strategy ?? []).map((item) => item.capacityProvider)
}

/** What the first two rounds found out. */
export interface Start {
  /** As AWS was asked for it. */
  readonly cluster: string
  readonly place: Place
  readonly service: Service | null
  readonly placement: Placement | null
  /** With the images of the request put in. */
  readonly taskDefinition: Answer<TaskDefinition>
  /** DescribeTasks. A thousand of them are ten pages, one after the other: only what needs them waits for them. */
  readonly tasks: Promise<RawAnswer>
  readonly running: Promise<Answer<readonly RunningTask[]>>
  readonly revisions: Answer<readonly ServiceRevision[]>
  readonly providers: Compute['capacityProviders']
  /** Null where no instance runs a task of the service. */
  readonly instanceArns: Answer<readonly string[]> | null
  /** Null where it would return to nothing else than what is judged. */
  readonly rollback: Pick<RollbackQuestion, 'arn' | 'taskDefinition'> | null
}

export interface StartFacts extends Pick<GatheredFacts, 'role' | 'images' | 'configuration'> {
  readonly instances: Compute['instances']
  readonly capacity: Capacity | undefined
  readonly daemons: Compute['daemons'] | undefined
  readonly organization: Organization
}

/** Rounds three to six: the network, and beside it what a start needs of roles, images and configuration. */
export async function readStart(reading: Reading, request: ServiceRequest, start: Start): Promise<StartFacts> {
  const { reader } = reading
  const { service, place, taskDefinition, tasks, running, revisions, rollback, providers, placement } = start
  const compute = { capacityProviders: providers, ...execSettings(service, placement) }
  const network = service === null ? NO_NETWORK : startNetworkRounds(reading, networkOf(service, start, request))
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
          name: { cluster: start.cluster, service: request.service ?? null },
          taskDefinition: one,
          place,
          providers: providersOf(placement),
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

/** Without its service, nothing says where to look. */
const NO_NETWORK: NetworkRounds = {
  hosting: Promise.resolve(null),
  organization: Promise.resolve(undefined),
  instances: Promise.resolve(unread('unasked', ecs.describeContainerInstances.permission)),
  finished: Promise.resolve(),
}

function networkOf(service: Service, start: Start, request: ServiceRequest): NetworkStart {
  const { providers, instanceArns, placement, taskDefinition } = start
  const images = [
    ...Object.values(request.images ?? {}),
    ...(taskDefinition.known ? taskDefinition.value.containers.map(({ image }) => image) : []),
  ]
  return { service, providers, instanceArns, placedBy: placement?.providers ?? [], hosts: registryHosts(images) }
}

/** The host of each image that names one: `HOST/path` with a dot or a port in its first part. */
function registryHosts(images: readonly string[]): readonly string[] {
  return images.flatMap((image) => {
    const first = image.includes('/') ? (image.split('/')[0] ?? '') : ''
    return /[.:]/.test(first) ? [first.replace(/:\d+$/, '').toLowerCase()] : ['registry-1.docker.io', 'auth.docker.io']
  })
}
