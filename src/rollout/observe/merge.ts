/** Joins a look with what was seen before. The join does not care for order or repetition: it keeps the furthest sight of each thing. */
import type { Unread } from '../../domain/answer.ts'
import type { Look, ServiceSeen } from '../../domain/rollout.ts'
import type { Kept, Miss, Seen } from '../state.ts'
import { keepAbsent } from './absence.ts'
import { stampedBy } from './clocks.ts'
import { rolloutRank, serviceDeploymentRank } from './lifecycle.ts'
import { isAfter, type Ranks } from './merge-order.ts'
import { keepTasks } from './merge-tasks.ts'

export function mergeLook(seen: Seen, look: Look): Seen {
  const { at } = look
  if (seen.lookedAt.includes(at)) return joined(seen, look, 0)
  return joined({ ...seen, lookedAt: sorted([...seen.lookedAt, at]) }, look, look.calls)
}

function joined(seen: Seen, look: Look, calls: number): Seen {
  const { at } = look
  const sight = look.service.known && look.service.value !== null ? look.service.value : null
  const service = sight === null ? seen.service : later(seen.service, { value: sight, seenAt: at })
  const tasks = [look.running, look.stopped].flatMap((answer) => (answer.known ? answer.value : []))
  const serviceDeployments = look.serviceDeployments.known ? look.serviceDeployments.value : []
  const goodAt = service?.seenAt ?? Number.NEGATIVE_INFINITY
  const missed = missOf(look)
  const hasMiss = [look.service, look.running, look.stopped].some((answer) => !answer.known)
  return {
    ...seen,
    service,
    firstService: sight === null ? seen.firstService : earlier(seen.firstService, { value: sight, seenAt: at }),
    deployments: keepEach(seen.deployments, sight?.deployments ?? [], at, idOf, (one) => [
      rolloutRank(one.rolloutState),
      one.updatedAt ?? 0,
    ]),
    endSeenAt: endsSeen(seen.endSeenAt, look, sight),
    mostFailed: mostFailed(seen.mostFailed, sight),
    taskSets: keepEach(seen.taskSets, sight?.taskSets ?? [], at, idOf, (one) => [one.updatedAt ?? 0]),
    serviceDeployments: keepEach(
      seen.serviceDeployments,
      serviceDeployments,
      at,
      ({ arn }) => arn,
      (one) => [serviceDeploymentRank(one.status), one.updatedAt ?? 0, fullness(one)],
    ),
    firstServiceDeployments:
      serviceDeployments.length === 0
        ? seen.firstServiceDeployments
        : earlier(seen.firstServiceDeployments, { value: serviceDeployments, seenAt: at }),
    tasks: keepTasks(seen.tasks, tasks, at),
    absent: keepAbsent(seen.absent, look.absent ?? [], at),
    ...tasksRead(seen, look),
    stamps: stampedBy(seen.stamps, look),
    events: keepEvents(seen.events, sight),
    missed: distinctMisses([...seen.missed, ...(missed === null ? [] : [missed])]).filter((miss) => miss.at > goodAt),
    missedLooks: hasMiss ? sorted([...new Set([...seen.missedLooks, at])]) : seen.missedLooks,
    calls: seen.calls + calls,
  }
}

function later<T>(before: Kept<T> | null, after: Kept<T>): Kept<T> {
  return before === null || isAfter([after.seenAt], after.value, [before.seenAt], before.value) ? after : before
}

function earlier<T>(before: Kept<T> | null, after: Kept<T>): Kept<T> {
  return before === null || isAfter([before.seenAt], before.value, [after.seenAt], after.value) ? after : before
}

/** ListServiceDeployments tells less than DescribeServiceDeployments. */
function fullness(one: { readonly breaker: unknown; readonly strategy: unknown }): number {
  return (one.breaker === null ? 0 : 1) + (one.strategy === null ? 0 : 1)
}

function idOf({ id }: { readonly id: string }): string {
  return id
}

function keepEach<T>(
  before: Readonly<Record<string, Kept<T>>>,
  values: readonly T[],
  at: number,
  key: (value: T) => string,
  ranks: (value: T) => Ranks,
): Readonly<Record<string, Kept<T>>> {
  if (values.length === 0) return before
  const kept: Record<string, Kept<T>> = { ...before }
  for (const value of values) {
    const old = kept[key(value)]
    const isNewer =
      old === undefined || isAfter([...ranks(value), at], value, [...ranks(old.value), old.seenAt], old.value)
    if (isNewer) kept[key(value)] = { value, seenAt: at }
  }
  return kept
}

function endsSeen(before: Seen['endSeenAt'], look: Look, sight: ServiceSeen | null): Seen['endSeenAt'] {
  const all = look.serviceDeployments.known ? look.serviceDeployments.value : []
  const ended = [
    ...(sight?.deployments ?? []).filter(({ rolloutState }) => rolloutState === 'FAILED').map(idOf),
    ...all.filter(({ status }) => status === 'STOPPED').map(({ arn }) => arn),
  ]
  if (ended.length === 0) return before
  return { ...before, ...Object.fromEntries(ended.map((id) => [id, Math.min(look.at, before[id] ?? look.at)])) }
}

function mostFailed(before: Seen['mostFailed'], sight: ServiceSeen | null): Seen['mostFailed'] {
  const more = (sight?.deployments ?? []).filter(({ id, failedTasks }) => failedTasks > (before[id] ?? 0))
  if (more.length === 0) return before
  return { ...before, ...Object.fromEntries(more.map(({ id, failedTasks }) => [id, failedTasks])) }
}

/** The stopped ones tell why; the running ones are named by what they were before. */
function tasksRead(seen: Seen, { at, stopped }: Look): Pick<Seen, 'tasksUnread' | 'tasksReadAt'> {
  return stopped.known
    ? { tasksUnread: seen.tasksUnread, tasksReadAt: Math.max(at, seen.tasksReadAt ?? at) }
    : { tasksUnread: later(seen.tasksUnread, { value: stopped, seenAt: at }), tasksReadAt: seen.tasksReadAt }
}

function keepEvents(before: Seen['events'], sight: ServiceSeen | null): Seen['events'] {
  const fresh = (sight?.events ?? []).filter(({ id }) => before[id] === undefined)
  return fresh.length === 0 ? before : { ...before, ...Object.fromEntries(fresh.map((event) => [event.id, event])) }
}

/** Who waits in vain hears why: credentials that have expired come back by themselves as little as a missing right. */
function missOf({ at, service, running, stopped }: Look): Miss | null {
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
