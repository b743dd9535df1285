/** How long to wait before the next poll: closely while a task may fail, seldom when nothing can, never more than the call budget. */
import { isRunning, isStopping } from './observe/lifecycle.ts'
import type { FollowedDeployment, Observed, Rollout } from './state.ts'
import { pausedHook } from './status/followed-deployment.ts'

const CLOSE_MS = 2_000
/** A start that hangs, or a health check that fails, may end a task at any moment, and is to be diagnosed within six seconds of it. */
const WATCHFUL_MS = 4_000
const QUIET_MS = 15_000
const LONGEST_MS = 30_000
/** How long after a change polls stay close. */
const CLOSE_FOR_MS = 20_000
/** Tasks that have run for so long have passed their first health checks (30 s apart unless set otherwise, Elastic Load Balancing). */
const PROVEN_MS = 120_000
/**
 * Two on average, a tenth of what ECS refills (ECS API Reference, "Request throttling"), because others share it; and a part of
 * that is left to preflight and to what is read about a failure.
 */
const CALLS_PER_SECOND = 1.2
/** What a large poll may use of it. */
const SHARE = 0.8
/** A large poll is paid for over the polls that follow it. */
const PAID_AT_ONCE_MS = 4_500
const JITTER = 0.2

/** Milliseconds. `random` gives numbers from 0 to 1. */
export function pollIntervalMs(state: Rollout, callsOfLastLook: number, random: () => number): number {
  const misses = state.observed.missed.length
  // Where AWS throttles one call and answers the next, failures still show.
  const longest = state.observed.missed.some(({ isWhole }) => isWhole) ? LONGEST_MS : WATCHFUL_MS
  const base = misses > 0 ? Math.min(CLOSE_MS * 2 ** misses, longest) : calm(state)
  const jitter = 1 + JITTER * (misses > 0 ? random() * 2 : random() - 0.5)
  return Math.round(Math.max(base * jitter, payFor(state, callsOfLastLook), CLOSE_MS * (1 - JITTER)))
}

/** Until the calls so far are within the budget again. */
function payFor({ observed, now, plan }: Rollout, callsOfLastLook: number): number {
  const paid = Math.min((callsOfLastLook / CALLS_PER_SECOND) * 1000, PAID_AT_ONCE_MS)
  return Math.max(paid, (observed.calls / CALLS_PER_SECOND) * 1000 - (now - plan.beganAt))
}

/** So many calls more keep some of the budget for the polls between. */
export function isWithinBudget({ observed, now, plan }: Rollout, calls: number): boolean {
  return observed.calls + calls <= (CALLS_PER_SECOND * SHARE * (now - plan.beganAt)) / 1000
}

function calm(state: Rollout): number {
  const quietFor = state.now - state.changedAt
  if (quietFor < CLOSE_FOR_MS) return CLOSE_MS
  return nothingCanFail(state) ? Math.min(Math.max(quietFor / 5, WATCHFUL_MS), QUIET_MS) : WATCHFUL_MS
}

/** The end is decided, somebody else is awaited, or only old tasks are left to stop. */
function nothingCanFail({ followed, observed, phase, now, changedAt }: Rollout): boolean {
  const { serviceDeployment, deployment } = followed
  if (phase === 'rolling-back' || deployment?.rolloutState === 'COMPLETED') return true
  if (serviceDeployment !== null) {
    if (pausedHook(serviceDeployment) !== undefined) return true
    if (SETTLED_STAGES.has(serviceDeployment.lifecycleStage ?? '')) return true
  }
  return now - changedAt > PROVEN_MS && onlyDrains(followed, observed)
}

const SETTLED_STAGES = new Set(['BAKE_TIME', 'CLEAN_UP'])

function onlyDrains({ id, deployment }: FollowedDeployment, { tasks }: Observed): boolean {
  if (deployment === null || deployment.runningCount < deployment.desiredCount) return false
  const moving = Object.values(tasks).filter(({ restSeenAt }) => restSeenAt === null)
  const ours = moving.filter(({ task }) => task.startedBy === id)
  const others = moving.filter(({ task }) => task.startedBy !== id && task.startedBy !== null)
  return ours.length > 0 && ours.every(({ task }) => isRunning(task)) && others.every(({ task }) => isStopping(task))
}

/** Equal as long as nothing that matters has changed. */
export function fingerprintOf({ tasks, deployments, taskSets, serviceDeployments }: Observed): string {
  return [
    ...Object.values(tasks).map(({ task }) => `${task.id} ${task.version} ${task.lastStatus}`),
    ...Object.values(deployments).map(
      ({ value: { id, status, rolloutState, runningCount, pendingCount } }) =>
        `${id} ${status} ${rolloutState} ${runningCount} ${pendingCount}`,
    ),
    ...Object.values(taskSets).map(
      ({ value: { id, status, stabilityStatus, runningCount } }) =>
        `${id} ${status} ${stabilityStatus} ${runningCount}`,
    ),
    ...Object.values(serviceDeployments).map(
      ({ value: { arn, status, lifecycleStage } }) => `${arn} ${status} ${lifecycleStage}`,
    ),
  ]
    .sort()
    .join('\n')
}
