/** A pull that takes far longer than this service's pulls do, in a subnet with a doubtful path: said before ECS gives up. */
import type { CheckId } from '../../domain/check-id.ts'
import type { Path } from '../../domain/path.ts'
import type { EcsTask, RolloutFailure, Suspicion } from '../../domain/rollout.ts'
import { isNetworkFault, LABELS } from '../../ecs-errors/labels.ts'
import { subnetOf } from '../counts.ts'
import { hasVanished } from '../observe/absence.ts'
import { hasStarted, isStopping } from '../observe/lifecycle.ts'
import type { Observed, RolloutFacts } from '../state.ts'
import { median } from '../timing/timing.ts'
import { findingFor } from './cause.ts'
import type { PreflightEvidence } from './preflight-evidence.ts'

/** How many times its usual time a start may take. */
const TIMES = 3
const AT_LEAST_MS = 9_000
/** Without any history: an interface takes up to half a minute, a pull of a large image about as long. */
const UNKNOWN_MS = 60_000
/** Where the path is known to be blocked, there is little doubt to wait for: no start there is expected to end well. */
const TIMES_BLOCKED = 1
const AT_LEAST_BLOCKED_MS = 5_000
const AT_MOST_BLOCKED_MS = 30_000
const UNKNOWN_BLOCKED_MS = 10_000
const HANGS_AT_MOST_MS = 600_000

/** What is over is settled: confirmed by its failure, withdrawn by its start. */
export function suspicionsOf(
  before: readonly Suspicion[],
  { tasks, observed, preflight, now }: RolloutFacts,
  failures: readonly RolloutFailure[],
): readonly Suspicion[] {
  const known = new Map(before.map((one) => [one.taskId, one]))
  const ended = new Map(failures.map((one) => [one.taskId, one]))
  const usual = usualMs(observed, preflight)
  return tasks.flatMap(({ task, seenAt }): readonly Suspicion[] => {
    const old = known.get(task.id)
    if (old !== undefined) return [{ ...old, state: stateOf(old, task, ended.get(task.id)) }]
    if (preflight === null || !isPulling(task) || hasVanished(observed, task.id)) return []
    const subnetId = subnetOf(task, preflight)
    const doubt = doubtAbout(preflight, subnetId, failures)
    if (doubt === null || waitedMs(task, seenAt, observed, now) < limitMs(usual, doubt.isBlocked)) return []
    const { destination, cause } = doubt
    return [{ taskId: task.id, subnetId, at: now, destination, cause, state: 'suspected' }]
  })
}

function limitMs(usual: number | null, isBlocked: boolean): number {
  if (!isBlocked) return usual === null ? UNKNOWN_MS : Math.max(usual * TIMES, AT_LEAST_MS)
  if (usual === null) return UNKNOWN_BLOCKED_MS
  return Math.min(Math.max(usual * TIMES_BLOCKED, AT_LEAST_BLOCKED_MS), AT_MOST_BLOCKED_MS)
}

/** What failed for another reason, or on the way to somewhere else, confirms nothing about a path. */
function stateOf(old: Suspicion, task: EcsTask, failure: RolloutFailure | undefined): Suspicion['state'] {
  if (failure === undefined) return hasStarted(task) || isStopping(task) ? 'withdrawn' : 'suspected'
  if (failure.label === 'unknown') return 'confirmed'
  if (!isNetworkFault(LABELS[failure.label])) return 'withdrawn'
  const isSame = failure.destination === old.destination || (old.cause !== null && failure.cause === old.cause)
  return isSame || old.destination === null || failure.destination === null ? 'confirmed' : 'withdrawn'
}

/** On Fargate a pull that fails may never show that it began; without an interface it has not. */
function isPulling(task: EcsTask): boolean {
  return task.lastStatus !== 'PROVISIONING' && task.pullStoppedAt === null && !hasStarted(task) && !isStopping(task)
}

/** By our own clock since it was first seen, or by ECS's since it began, as far as that can be told, but no longer than a pull may hang. */
function waitedMs(task: EcsTask, seenAt: number, { stamps }: Observed, now: number): number {
  const since = task.pullStartedAt ?? task.createdAt
  // Where our clock is ahead, ECS's is later than this by as much as nothing has happened.
  const atLeast = stamps === null || since === null ? 0 : now - stamps.leastLag - since
  return Math.max(now - seenAt, Math.min(atLeast, HANGS_AT_MOST_MS))
}

/** From creation to the end of the pull: of this rollout, of the revision before, and of what preflight read. */
function usualMs({ tasks }: Observed, preflight: PreflightEvidence | null): number | null {
  const observed = Object.values(tasks).flatMap(({ task: { createdAt, pullStoppedAt } }) =>
    createdAt === null || pullStoppedAt === null ? [] : [pullStoppedAt - createdAt],
  )
  const read = observed.length > 0 ? [] : (preflight?.startSeconds ?? []).map((seconds) => seconds * 1000)
  return median([...observed, ...read])
}

interface Doubt {
  readonly isBlocked: boolean
  /** Null where nothing points to one of them more than to the others. */
  readonly destination: string | null
  readonly cause: CheckId | null
}

/** Null where every path of the subnet is known to be open. */
function doubtAbout(
  preflight: PreflightEvidence,
  subnetId: string | null,
  failures: readonly RolloutFailure[],
): Doubt | null {
  if (subnetId === null) return null
  const ofSubnet = preflight.paths.filter((path) => path.required && path.from.subnetId === subnetId)
  const those = (wanted: Path['outcome']) => ofSubnet.filter(({ outcome }) => outcome === wanted)
  const [blocked] = those('blocked')
  if (blocked !== undefined) return { isBlocked: true, ...about(preflight, blocked) }
  const open = new Set(those('reachable').map(({ destination }) => destination))
  const wavering = those('intermittent')
  const failed = failures.find(
    (one) => one.subnetId === subnetId && isNetworkFault(LABELS[one.label]) && !open.has(one.destination ?? ''),
  )
  if (wavering.length === 0 && failed !== undefined) {
    return { isBlocked: false, destination: failed.destination, cause: failed.cause }
  }
  const doubtful = wavering.length > 0 ? wavering : those('indeterminate')
  const [first] = doubtful
  if (first === undefined) return null
  // A network that nobody could read makes each path as doubtful as the next.
  const isOne = new Set(doubtful.map(({ destination }) => destination)).size === 1
  const stands = isOne && (wavering.length > 0 || open.size > 0)
  return { isBlocked: false, ...(stands ? about(preflight, first) : { destination: null, cause: null }) }
}

function about({ findings }: PreflightEvidence, path: Path): Pick<Doubt, 'destination' | 'cause'> {
  return { destination: path.destination, cause: findingFor(findings, path)?.check ?? null }
}
