/** Joins a poll with what was seen before. The join does not care for order or repetition: it keeps the furthest state of each thing. */
import { mayPass, type Unread } from '../../domain/answer.ts'
import type { EcsService, Poll } from '../../domain/rollout.ts'
import type { Miss, Observed, Sighting } from '../state.ts'
import { keepAbsent } from './absence.ts'
import { stampedBy } from './clocks.ts'
import { rolloutRank, serviceDeploymentRank } from './lifecycle.ts'
import { isAfter, keepTasks, type Ranks } from './merge-tasks.ts'

export function mergePoll(observed: Observed, poll: Poll): Observed {
  const { at } = poll
  if (observed.polledAt.includes(at)) return joined(observed, poll, 0)
  return joined({ ...observed, polledAt: sorted([...observed.polledAt, at]) }, poll, poll.calls)
}

function joined(observed: Observed, poll: Poll, calls: number): Observed {
  const { at } = poll
  const seen = poll.service.known && poll.service.value !== null ? poll.service.value : null
  const service = seen === null ? observed.service : later(observed.service, { value: seen, seenAt: at })
  const tasks = [poll.running, poll.stopped].flatMap((answer) => (answer.known ? answer.value : []))
  const serviceDeployments = poll.serviceDeployments.known ? poll.serviceDeployments.value : []
  const goodAt = service?.seenAt ?? Number.NEGATIVE_INFINITY
  const missed = missOf(poll)
  const hasMiss = poll.partly === true || [poll.service, poll.running, poll.stopped].some((answer) => !answer.known)
  return {
    ...observed,
    service,
    firstService: seen === null ? observed.firstService : earlier(observed.firstService, { value: seen, seenAt: at }),
    deployments: keepEach(observed.deployments, seen?.deployments ?? [], at, idOf, (one) => [
      rolloutRank(one.rolloutState),
      one.updatedAt ?? 0,
    ]),
    endSeenAt: endsSeen(observed.endSeenAt, at, seen),
    mostFailed: mostFailed(observed.mostFailed, seen),
    taskSets: keepEach(observed.taskSets, seen?.taskSets ?? [], at, idOf, (one) => [one.updatedAt ?? 0]),
    serviceDeployments: keepEach(
      observed.serviceDeployments,
      serviceDeployments,
      at,
      ({ arn }) => arn,
      (one) => [serviceDeploymentRank(one.status), one.updatedAt ?? 0, fullness(one)],
    ),
    firstServiceDeployments:
      serviceDeployments.length === 0
        ? observed.firstServiceDeployments
        : earlier(observed.firstServiceDeployments, { value: serviceDeployments, seenAt: at }),
    ...deploymentsRead(observed, poll),
    tasks: keepTasks(observed.tasks, tasks, at),
    absent: keepAbsent(observed.absent, poll.absent ?? [], at),
    ...tasksRead(observed, poll),
    stamps: stampedBy(observed.stamps, poll),
    events: keepEvents(observed.events, seen),
    missed: distinctMisses([...observed.missed, ...(missed === null ? [] : [missed])]).filter(
      (miss) => miss.at > goodAt,
    ),
    missedPolls: hasMiss ? sorted([...new Set([...observed.missedPolls, at])]) : observed.missedPolls,
    calls: observed.calls + calls,
  }
}

function later<T>(before: Sighting<T> | null, after: Sighting<T>): Sighting<T> {
  return before === null || isAfter([after.seenAt], after.value, [before.seenAt], before.value) ? after : before
}

function earlier<T>(before: Sighting<T> | null, after: Sighting<T>): Sighting<T> {
  return before === null || isAfter([before.seenAt], before.value, [after.seenAt], after.value) ? after : before
}

/** Something in the service is not as it was, or was not said before. What AWS counts may be all that shows of a task. */
export function isServiceNews({ service, events }: Observed, seen: EcsService): boolean {
  if (service === null || seen.events.some(({ id }) => events[id] === undefined)) return true
  return shapeOf(seen) !== shapeOf(service.value)
}

function shapeOf({ events: _events, ...service }: EcsService): string {
  const deployments = service.deployments.map((one) => ({ ...one, updatedAt: null }))
  return JSON.stringify({ ...service, deployments })
}

/** ListServiceDeployments tells less than DescribeServiceDeployments. */
function fullness(one: { readonly circuitBreaker: unknown; readonly strategy: unknown }): number {
  return (one.circuitBreaker === null ? 0 : 1) + (one.strategy === null ? 0 : 1)
}

function idOf({ id }: { readonly id: string }): string {
  return id
}

function keepEach<T>(
  before: Readonly<Record<string, Sighting<T>>>,
  values: readonly T[],
  at: number,
  key: (value: T) => string,
  ranks: (value: T) => Ranks,
): Readonly<Record<string, Sighting<T>>> {
  if (values.length === 0) return before
  const kept: Record<string, Sighting<T>> = { ...before }
  for (const value of values) {
    const old = kept[key(value)]
    const isNewer =
      old === undefined || isAfter([...ranks(value), at], value, [...ranks(old.value), old.seenAt], old.value)
    if (isNewer) kept[key(value)] = { value, seenAt: at }
  }
  return kept
}

function endsSeen(before: Observed['endSeenAt'], at: number, seen: EcsService | null): Observed['endSeenAt'] {
  const ended = (seen?.deployments ?? []).filter(({ rolloutState }) => rolloutState === 'FAILED').map(idOf)
  if (ended.length === 0) return before
  return { ...before, ...Object.fromEntries(ended.map((id) => [id, Math.min(at, before[id] ?? at)])) }
}

function mostFailed(before: Observed['mostFailed'], seen: EcsService | null): Observed['mostFailed'] {
  const more = (seen?.deployments ?? []).filter(({ id, failedTasks }) => failedTasks > (before[id] ?? 0))
  if (more.length === 0) return before
  return { ...before, ...Object.fromEntries(more.map(({ id, failedTasks }) => [id, failedTasks])) }
}

/** The stopped ones tell why; the running ones are named by what they were before. */
function tasksRead(observed: Observed, poll: Poll): Pick<Observed, 'tasksUnread' | 'tasksReadAt'> {
  const { at, stopped, unlisted } = poll
  if (unlisted === true) return { tasksUnread: observed.tasksUnread, tasksReadAt: observed.tasksReadAt }
  return stopped.known
    ? { tasksUnread: observed.tasksUnread, tasksReadAt: Math.max(at, observed.tasksReadAt ?? at) }
    : { tasksUnread: later(observed.tasksUnread, { value: stopped, seenAt: at }), tasksReadAt: observed.tasksReadAt }
}

function deploymentsRead(
  observed: Observed,
  { at, serviceDeployments, unlisted }: Poll,
): Pick<Observed, 'deploymentsUnread' | 'deploymentsReadAt'> {
  const { deploymentsUnread, deploymentsReadAt } = observed
  if (unlisted === true) return { deploymentsUnread, deploymentsReadAt }
  return serviceDeployments.known
    ? { deploymentsUnread, deploymentsReadAt: Math.max(at, deploymentsReadAt ?? at) }
    : { deploymentsUnread: later(deploymentsUnread, { value: serviceDeployments, seenAt: at }), deploymentsReadAt }
}

/**
 * Whether ECS went back to an old revision before the service was first seen, only service deployments tell: none was read, and the next poll may
 * read them.
 */
export function isPastOpen({ firstServiceDeployments, deploymentsUnread, deploymentsReadAt }: Observed): boolean {
  if (firstServiceDeployments !== null || deploymentsUnread === null) return false
  return mayPass(deploymentsUnread.value) && deploymentsUnread.seenAt > (deploymentsReadAt ?? Number.NEGATIVE_INFINITY)
}

function keepEvents(before: Observed['events'], seen: EcsService | null): Observed['events'] {
  const fresh = (seen?.events ?? []).filter(({ id }) => before[id] === undefined)
  return fresh.length === 0 ? before : { ...before, ...Object.fromEntries(fresh.map((event) => [event.id, event])) }
}

/** Who waits in vain hears why: credentials that have expired come back by themselves as little as a missing right. */
function missOf({ at, service, running, stopped }: Poll): Miss | null {
  const isWhole = !running.known && !stopped.known
  if (!service.known) {
    return { at, because: kindOf(service), isWhole, detail: service.detail, permission: service.permission }
  }
  if (service.value !== null) return null
  return { at, because: 'gone', isWhole, detail: '', permission: 'ecs:DescribeServices' }
}

const EXPIRED = /^(ExpiredToken|ExpiredTokenException|RequestExpired|TokenRefreshRequired)\b/

function kindOf(answer: Unread): Miss['because'] {
  if (EXPIRED.test(answer.detail)) return 'expired'
  if (answer.because === 'not-found') return 'gone'
  return answer.because === 'denied' ? 'refused' : 'passing'
}

function distinctMisses(misses: readonly Miss[]): readonly Miss[] {
  return [...new Map(misses.map((miss) => [miss.at, miss])).values()].sort((one, other) => one.at - other.at)
}

function sorted(times: readonly number[]): readonly number[] {
  return [...times].sort((one, other) => one - other)
}
