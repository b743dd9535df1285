/** Which hosts are tried from a task: those that preflight follows from the interface that its containers send with. Pure. */
import { type ContainerTarget, canBeTried } from '../../aws/exec/container-script.ts'
import type { Path } from '../../domain/path.ts'
import type { StartupDestination } from '../../task-start/startup-needs.ts'
import type { Candidate } from './candidates.ts'

/** A host that the task needs, with what preflight says of the way; null where it says nothing. */
export interface Wanted {
  readonly destination: string
  readonly host: string
  readonly port: number
  /** A start fails without it. */
  readonly required: boolean
  readonly path: Path | null
}

export interface Targets {
  readonly wanted: readonly Wanted[]
  /** Needed for a start, and not sent by what a container of the task sends with. */
  readonly elsewhere: readonly string[]
}

export function targetsOf(
  { subnetId, task }: Candidate,
  allPaths: readonly Path[],
  destinations: readonly StartupDestination[],
): Targets {
  const kind = task.subnetId === null ? 'instance-eni' : 'task-eni'
  const paths = allPaths.filter(({ from }) => from.kind === kind && from.subnetId === subnetId)
  const untold = destinations.filter(({ from }) => from.some((one) => one.kind === kind && one.subnetId === subnetId))
  const wanted =
    paths.length > 0 ? paths.map((path) => ({ ...path, path })) : untold.map((one) => ({ ...one, path: null }))
  const hosts = new Set(wanted.map(({ host }) => host))
  return {
    wanted,
    elsewhere: destinations.filter((one) => one.required && !hosts.has(one.host)).map(({ host }) => host),
  }
}

/** Names are looked up in the resolver's domain where they have no dot: that is another name. */
export function canBePut(wanted: Wanted): boolean {
  return canBeTried(targetOf(wanted)) && (wanted.host.includes('.') || wanted.host === 'localhost')
}

/** File systems are mounted without TLS of their own at the port. */
export function targetOf({ destination, host, port }: Wanted): ContainerTarget {
  return { host, port, tls: !/^(efs|s3files|fsx):/.test(destination) }
}
