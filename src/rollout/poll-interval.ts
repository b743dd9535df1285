/** How long to wait before the next poll, and how much it may ask: within the call budget, and never later than a failure or an end may wait. */
import type { Observed, Rollout } from './state.ts'
import { pausedHook } from './status/followed-deployment.ts'

const CLOSE_MS = 2_000
/**
 * A poll that finds the service as it was is one call, and every other one asks for one thing more: half a call a second. A stop is
 * to be diagnosed within six seconds, and an end to be told within five, of which the last poll and the report take some.
 */
const WATCHFUL_MS = 3_100
/** Only a hook that somebody has to continue is worth no more than that. */
const PAUSED_MS = 15_000
const LONGEST_MS = 30_000
/** How long after a change polls stay close. */
const CLOSE_FOR_MS = 20_000
/**
 * On average, of whole polls: with the brief ones between them less than two, a tenth of what ECS refills (ECS API Reference, "Request
 * throttling"), because others share it.
 */
const CALLS_PER_SECOND = 1.5
/** Before anything is known. */
const AT_FIRST = 12
const JITTER = 0.2

/** Milliseconds. `random` gives numbers from 0 to 1. */
export function pollIntervalMs(state: Rollout, callsOfLastLook: number, random: () => number): number {
  const misses = state.observed.missed.length
  // Where AWS throttles one call and answers the next, failures still show.
  const longest = state.observed.missed.some(({ isWhole }) => isWhole) ? LONGEST_MS : WATCHFUL_MS
  const base = misses > 0 ? Math.min(CLOSE_MS * 2 ** misses, longest) : calm(state)
  const jitter = 1 + JITTER * (misses > 0 ? random() * 2 : random() - 0.5)
  const paid = Math.min((callsOfLastLook / CALLS_PER_SECOND) * 1000, WATCHFUL_MS)
  return Math.round(Math.max(base * jitter, paid, CLOSE_MS * (1 - JITTER)))
}

/** So many calls may be made now. */
export function isWithinBudget({ observed, now, plan }: Rollout, calls: number): boolean {
  return observed.calls + calls <= AT_FIRST + (CALLS_PER_SECOND * (now - plan.beganAt)) / 1000
}

/** Something has changed so lately that what ECS lists may not show all of it yet. */
export function isClose({ now, changedAt }: Rollout): boolean {
  return now - changedAt < CLOSE_FOR_MS
}

function calm(state: Rollout): number {
  if (isClose(state)) return CLOSE_MS
  return isPaused(state) ? Math.min(Math.max((state.now - state.changedAt) / 5, WATCHFUL_MS), PAUSED_MS) : WATCHFUL_MS
}

function isPaused({ followed: { serviceDeployment } }: Rollout): boolean {
  return serviceDeployment !== null && pausedHook(serviceDeployment) !== undefined
}

/** Equal as long as nothing that matters has changed. */
export function fingerprintOf({ tasks, deployments, taskSets, serviceDeployments }: Observed): string {
  return [
    ...Object.values(tasks).map(({ task }) => `${task.id} ${task.version} ${task.lastStatus}`),
    ...Object.values(deployments).map(
      ({ value: { id, status, rolloutState, runningCount, pendingCount, failedTasks } }) =>
        `${id} ${status} ${rolloutState} ${runningCount} ${pendingCount} ${failedTasks}`,
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
