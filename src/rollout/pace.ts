/** How long to wait before the next look: closely while things move, seldom when they are quiet, never more than the call budget. */
import { isAtRest, isRunning } from './lifecycle.ts'
import type { Rollout, Seen } from './state.ts'

const CLOSE_MS = 2_000
/** A start that hangs may end at any moment, and is to be diagnosed within seconds of it. */
const WAITING_MS = 4_000
const QUIET_MS = 15_000
const LONGEST_MS = 30_000
/** How long after a change looks stay close. */
const CLOSE_FOR_MS = 20_000
/** On average; a tenth of what ECS refills (ECS API Reference, "Request throttling"), because others share it. */
const CALLS_PER_SECOND = 2
const JITTER = 0.2

/** Milliseconds. `random` gives numbers from 0 to 1. */
export function nextLookIn(state: Rollout, callsOfLastLook: number, random: () => number): number {
  const misses = missesInARow(state.seen)
  const base = misses > 0 ? Math.min(CLOSE_MS * 2 ** misses, LONGEST_MS) : calm(state)
  const least = (callsOfLastLook / CALLS_PER_SECOND) * 1000
  const jitter = 1 + JITTER * (misses > 0 ? random() * 2 : random() - 0.5)
  return Math.round(Math.max(base * jitter, least, CLOSE_MS * (1 - JITTER)))
}

function calm({ seen, now, changedAt }: Rollout): number {
  if (now - changedAt < CLOSE_FOR_MS) return CLOSE_MS
  const moves = Object.values(seen.tasks).some(({ task }) => !isAtRest(task.lastStatus) && !isRunning(task))
  return moves ? WAITING_MS : Math.min(Math.max((now - changedAt) / 5, WAITING_MS), QUIET_MS)
}

function missesInARow({ missed }: Seen): number {
  return missed.length
}

/** Equal as long as nothing that matters has changed. */
export function printOf({ tasks, deployments, taskSets, serviceDeployments }: Seen): string {
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
