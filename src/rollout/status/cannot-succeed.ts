/** Can this deployment still succeed? Null while it can. */
import type { EcsTask, RolloutFailure } from '../../domain/rollout.ts'
import { isNetworkFault, LABELS } from '../../ecs-errors/labels.ts'
import { failedIds, subnetOf } from '../counts.ts'
import { deadlock } from '../diagnose/situations.ts'
import { hasVanished } from '../observe/absence.ts'
import { aheadMs, oldestFirst } from '../observe/clocks.ts'
import { hasStarted, isRunning, isStopping } from '../observe/lifecycle.ts'
import type { RolloutFacts } from '../state.ts'
import { desiredOf } from './followed-deployment.ts'
import type { CannotSucceed } from './reason.ts'

export function whyCannotSucceed(facts: RolloutFacts, failures: readonly RolloutFailure[]): CannotSucceed | null {
  const ofTasks = failures.filter((one) => one.taskId !== null && isRecent(one, facts))
  return (
    permanentTwice(facts, ofTasks) ??
    refusedAgain(facts) ??
    everySubnet(facts, ofTasks) ??
    crashLoop(facts, ofTasks) ??
    standstill(facts)
  )
}

/** Action Logs go back for days, and what they say of tasks that no poll showed may be mended since. */
function isRecent({ taskId, at }: RolloutFailure, { observed, plan }: RolloutFacts): boolean {
  return observed.tasks[taskId ?? ''] !== undefined || (at !== null && at >= plan.beganAt - aheadMs(observed))
}

/** A task that is on its way outside of the failing subnets may yet be the first to start. */
function mayStartOutside(failing: ReadonlySet<string>, { tasks, observed, preflight }: RolloutFacts): boolean {
  return tasks.some(
    ({ task }) => !isStopping(task) && !hasVanished(observed, task.id) && !failing.has(subnetOf(task, preflight) ?? ''),
  )
}

/** The same answer to two different tasks, and nothing that speaks against it. A network answer may differ in another subnet. */
function permanentTwice(facts: RolloutFacts, failures: readonly RolloutFailure[]): CannotSucceed | null {
  const anyStarted = facts.tasks.some(({ task }) => hasStarted(task))
  const anyRuns = facts.tasks.some(({ task }) => isRunning(task))
  const permanent = failures.filter(({ label, transient }) => {
    const row = LABELS[label]
    return transient === false && !isNetworkFault(row) && !(row.isAfterPull === true ? anyRuns : anyStarted)
  })
  for (const { label } of permanent) {
    const alike = permanent.filter((one) => one.label === label)
    const tasks = failedIds(alike).size
    // A refusal can depend on the subnet as well: on the policy of the endpoint that its route leads to.
    const failing = new Set(alike.flatMap(({ subnetId }) => subnetId ?? []))
    if (tasks >= 2 && (failing.size === 0 || !mayStartOutside(failing, facts))) {
      return { kind: 'same-answer', tasks, label }
    }
  }
  return null
}

/** A role that was just made can be assumed within seconds: an answer that passes by itself does not come again after that. */
const AGAIN_AFTER_MS = 30_000

/** ECS cannot even make a task, and says twice that it never will. */
function refusedAgain({ tasks, events }: RolloutFacts): CannotSucceed | null {
  if (tasks.length > 0) return null
  const refusals = events.filter(({ event, message }) => {
    const { isBeforeTask, family } = LABELS[message.label]
    // Room for a task may come with the next instance, or when an old task stops.
    return event.at !== null && message.transient === false && isBeforeTask === true && family !== 'placement'
  })
  const again = refusals.find(({ event, message }) =>
    refusals.some(
      (one) => one.message.label === message.label && oldestFirst(one.event.at, event.at) >= AGAIN_AFTER_MS,
    ),
  )
  return again === undefined ? null : { kind: 'refused-again', label: again.message.label }
}

/** The scheduler looks every few seconds; what it has not begun by then it will not begin. */
const STANDS_MS = 60_000

/** The percentages let nothing move, and ECS has said so, or has done nothing for a while. */
function standstill(facts: RolloutFacts): CannotSucceed | null {
  const stuck = deadlock(facts)
  if (stuck === null) return null
  const isSaid = facts.events.some(({ message }) => message.label === 'deploy/config-blocked')
  const since = stuck.since ?? facts.now
  return isSaid || facts.now - aheadMs(facts.observed) - since >= STANDS_MS ? { kind: 'deadlock' } : null
}

const SEVERAL = 3
const MANY = 5

/** A subnet counts as failing where a task failed, or where the path that failed elsewhere is blocked just so. */
function everySubnet(facts: RolloutFacts, failures: readonly RolloutFailure[]): CannotSucceed | null {
  const { tasks, observed, preflight } = facts
  if (tasks.some(({ task }) => hasStarted(task))) return null
  const early = failures.filter(({ label, transient }) => LABELS[label].isAfterPull !== true && transient !== true)
  const proved = early.filter(({ confidence }) => confidence === 'proved')
  if (early.length < 2 && proved.length === 0) return null
  const destinations = new Set(proved.map(({ destination }) => destination))
  const blocked = (preflight?.paths ?? []).filter(
    ({ required, destination, outcome }) => required && outcome === 'blocked' && destinations.has(destination),
  )
  const failing = new Set([
    ...early.flatMap(({ subnetId }) => subnetId ?? []),
    ...blocked.map(({ from }) => from.subnetId),
  ])
  const mayStart = mayStartOutside(failing, facts)
  const ofService = observed.service?.value.subnetIds ?? []
  const all = ofService.length > 0 ? ofService : tasks.flatMap(({ task }) => subnetOf(task, preflight) ?? [])
  if (all.length > 0) {
    const isEvery = all.every((id) => failing.has(id)) && !mayStart
    return isEvery ? { kind: 'every-subnet', subnetIds: [...failing].sort() } : null
  }
  // Without subnets to tell them apart it takes more of them; ECS always has the next one on its way.
  const isPattern = early.length >= MANY || (early.length >= SEVERAL && !mayStart)
  return isPattern ? { kind: 'every-start', starts: early.length } : null
}

const CRASHES = 5
const SURVIVES_MS = 30_000

/** Milliseconds from its start to its stop; for one that runs, to the given moment. */
function upFor({ startedAt, stoppingAt, stoppedAt }: EcsTask, until: number | null): number | null {
  const to = stoppingAt ?? stoppedAt ?? until
  return startedAt === null || to === null ? null : to - startedAt
}

/** ECS itself gives up after half the desired count, at least 3 (ECS Developer Guide, "deployment circuit breaker"); without a breaker it never does. */
function crashLoop({ followed, tasks }: RolloutFacts, failures: readonly RolloutFailure[]): CannotSucceed | null {
  const crashes = failures.filter(({ label, transient }) => LABELS[label].isAfterPull === true && transient !== true)
  if (crashes.length < Math.max(CRASHES, Math.ceil((desiredOf(followed) ?? 1) / 2))) return null
  const crashed = failedIds(crashes)
  const lives = tasks.flatMap(({ task }) => (crashed.has(task.id) ? (upFor(task, null) ?? []) : []))
  const longest = Math.max(SURVIVES_MS, 2 * Math.max(0, ...lives))
  const lastAt = Math.max(...crashes.map(({ at }) => at ?? 0))
  // One that was up for longer than those that fell speaks for the revision.
  const failed = failedIds(failures)
  const survives = tasks.some(({ task }) => !failed.has(task.id) && (upFor(task, lastAt) ?? 0) > longest)
  return survives ? null : { kind: 'crash-loop', tasks: crashes.length }
}
