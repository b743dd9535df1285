/** Our clock and that of ECS may differ by minutes: how far, as far as the polls tell. */
import type { Poll } from '../../domain/rollout.ts'
import type { Observed, Stamps } from '../state.ts'

/** For `sort`: what has no time comes first. */
export function oldestFirst(one: number | null, other: number | null): number {
  return (one ?? 0) - (other ?? 0)
}

/** Less than that is the time between two polls. */
const NOTICEABLE_MS = 30_000

export function stampedBy(before: Stamps | null, poll: Poll): Stamps | null {
  const { at } = poll
  const youngest = youngestIn(poll)
  if (youngest === null) return before
  if (before === null) return { firstAt: at, firstStamp: youngest, youngest, leastLag: at - youngest }
  const isFirst = at < before.firstAt
  const firstStamp = at === before.firstAt ? Math.max(youngest, before.firstStamp) : before.firstStamp
  return {
    firstAt: Math.min(at, before.firstAt),
    firstStamp: isFirst ? youngest : firstStamp,
    youngest: Math.max(youngest, before.youngest),
    leastLag: Math.min(at - youngest, before.leastLag),
  }
}

/** Loops, because a service may have thousands of tasks. */
function youngestIn({ service, running, stopped, serviceDeployments }: Poll): number | null {
  let youngest: number | null = null
  const take = (time: number | null) => {
    if (time !== null && (youngest === null || time > youngest)) youngest = time
  }
  const observed = service.known ? service.value : null
  for (const one of [...(observed?.deployments ?? []), ...(observed?.taskSets ?? [])]) {
    take(one.createdAt)
    take(one.updatedAt)
  }
  for (const { at } of observed?.events ?? []) take(at)
  for (const answer of [running, stopped]) {
    for (const task of answer.known ? answer.value : []) {
      for (const time of [task.createdAt, task.pullStartedAt, task.pullStoppedAt, task.startedAt]) take(time)
      for (const time of [task.stoppingAt, task.stoppedAt]) take(time)
    }
  }
  for (const one of serviceDeployments.known ? serviceDeployments.value : []) {
    for (const time of [one.createdAt, one.startedAt, one.updatedAt, one.finishedAt]) take(time)
  }
  return youngest
}

/**
 * Milliseconds that our clock is ahead of ECS's; negative where it is behind. Behind is proved by a time of ECS from our future. Ahead
 * only shows in what changed while we looked: a service in which nothing happens for minutes looks alike.
 */
export function aheadMs({ stamps }: Pick<Observed, 'stamps'>): number {
  if (stamps === null) return 0
  if (stamps.leastLag < 0) return stamps.leastLag
  const hasChanged = stamps.youngest > stamps.firstStamp
  return hasChanged && stamps.leastLag > NOTICEABLE_MS ? stamps.leastLag : 0
}
