/** What a start of the service needs from the network: who sends, to which hosts, and for which container. */
import { distinctReasons, grouped } from '../domain/collections.ts'
import type { Missing } from '../domain/path.ts'
import type { Compute, Service, TaskDefinition } from '../domain/service.ts'
import type { Text } from '../domain/text.ts'
import { type Call, callsOf, execCalls, rankOf, type Unplaced } from './destinations.ts'
import { isWindows } from './fargate-platform.ts'
import { originsOf } from './origins.ts'
import type { Origins, StartupOrigin } from './startup-origin.ts'

export type { Unplaced } from './destinations.ts'
export type { StartupOrigin } from './startup-origin.ts'

export interface StartupNeeds {
  /** Every interface that a pull may come from, each once. */
  readonly origins: readonly StartupOrigin[]
  /** Compute whose network is not known, with what would tell. Not empty: the origins are not the whole answer. */
  readonly unknownOrigins: readonly Missing[]
  /** In the order of a start. */
  readonly destinations: readonly StartupDestination[]
  /** The tasks, and on EC2 the instances beneath them, run Windows. */
  readonly onWindows: boolean
  /** Images that no registry can be asked for. */
  readonly invalidImages: readonly Unplaced[]
  /** Secrets and environment files that name nothing this version can place. */
  readonly unplaced: readonly Unplaced[]
}

export interface StartupDestination {
  readonly destination: Call['destination']
  readonly host: string
  readonly port: number
  /** Null for hosts that are not an AWS service in a Region. */
  readonly region: string | null
  /** What the service name of a VPC endpoint for it ends with: `ecr.dkr`. Null where there is none. */
  readonly service: string | null
  /** `dualstack`: the name has IPv6 addresses as well. */
  readonly family: 'ipv4' | 'dualstack'
  /** What it is the name of; null for other hosts. */
  readonly fileSystemId: string | null
  readonly neededBy: readonly Text[]
  /** A start fails without it. */
  readonly required: boolean
  /** Who sends it from inside a VPC. Empty for what an old Fargate platform sends by itself, or where nobody is known. */
  readonly from: readonly StartupOrigin[]
}

/**
 * `region` is the service's. ECS Exec is the one destination that a start does not need, and on EC2 it comes from the
 * task's own interface, which `origins` does not list.
 */
export function startupNeeds(
  service: Service,
  taskDefinition: TaskDefinition,
  compute: Compute,
  region: string,
): StartupNeeds {
  const origins = originsOf(service, taskDefinition, compute)
  const { calls, invalidImages, unplaced } = callsOf({ taskDefinition, service }, region)
  const needed = merge(calls, (call) => ({ required: true, from: sendersOf(call, origins) }))
  const settings = compute.executeCommand?.known ? compute.executeCommand.value : null
  const execs = service.enableExecuteCommand ? execCalls(region, settings) : []
  // What a start calls as well is judged for it.
  const exec = merge(
    execs.filter(({ host }) => !needed.some((one) => one.host === host)),
    () => ({ required: false, from: origins.ofTask }),
  )
  return {
    origins: origins.origins,
    unknownOrigins: origins.unknown,
    onWindows: isWindows(service, taskDefinition),
    destinations: [...needed, ...exec].toSorted((a, b) => rankOf(a.destination) - rankOf(b.destination)),
    invalidImages,
    unplaced,
  }
}

/**
 * NFS is mounted in the task's own network, where it has one: the ECS agent gives efs-utils the namespace of the task. A Windows
 * file server is the host's affair, as a pull is. Source: ECS agent, volume resources.
 */
function sendersOf({ beforePull, destination }: Call, { origins, ofTask }: Origins): readonly StartupOrigin[] {
  if (destination.startsWith('efs:') || destination.startsWith('s3files:')) return ofTask
  return beforePull ? origins.filter((origin) => origin.sendsTokenAndSecrets) : origins
}

/** One destination for each host, with every reason to call it, each once. */
function merge(
  calls: readonly Call[],
  terms: (call: Call) => Pick<StartupDestination, 'required' | 'from'>,
): readonly StartupDestination[] {
  const byHost = grouped(calls, ({ destination, host, port }) => `${destination} ${host}:${port}`)
  return [...byHost.values()].flatMap((members) =>
    members.slice(0, 1).map((first) => merged(first, members, terms(first))),
  )
}

function merged(
  { destination, host, port, region, service, fileSystemId }: Call,
  members: readonly Call[],
  terms: Pick<StartupDestination, 'required' | 'from'>,
): StartupDestination {
  // One image by the dual-stack name is enough to ask the shared hosts over IPv6 too.
  const family = members.some((one) => one.family === 'dualstack') ? 'dualstack' : 'ipv4'
  const neededBy = distinctReasons(members.map((one) => one.neededBy))
  return { destination, host, port, region, service, family, fileSystemId, neededBy, ...terms }
}
