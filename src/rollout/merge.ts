/** Joins a look with what was seen before. The join does not care for order or repetition: it keeps the furthest sight of each thing. */
import type { Unread } from '../domain/answer.ts'
import type { Look, ServiceSeen, TaskSeen } from '../domain/rollout.ts'
import { isStopping, rolloutRank, serviceDeploymentRank, taskRank } from './lifecycle.ts'
import type { Kept, KeptTask, Miss, Seen } from './state.ts'

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
    failedSeenAt: failedSeen(seen.failedSeenAt, sight, at),
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
    tasks: tasks.reduce((kept, task) => keepTask(kept, task, at), seen.tasks),
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

type Ranks = readonly number[]

/** A total order, so that two sights at the same moment are settled alike in whatever order they come. */
function isAfter(ranks: Ranks, value: unknown, otherRanks: Ranks, other: unknown): boolean {
  for (const [index, rank] of ranks.entries()) {
    const difference = rank - (otherRanks[index] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return JSON.stringify(value) > JSON.stringify(other)
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

function failedSeen(before: Seen['failedSeenAt'], sight: ServiceSeen | null, at: number): Seen['failedSeenAt'] {
  const failed = (sight?.deployments ?? []).filter(({ rolloutState }) => rolloutState === 'FAILED')
  if (failed.length === 0) return before
  return { ...before, ...Object.fromEntries(failed.map(({ id }) => [id, Math.min(at, before[id] ?? at)])) }
}

function keepTask(before: Seen['tasks'], task: TaskSeen, at: number): Seen['tasks'] {
  const old: KeptTask | undefined = before[task.id]
  const stopSeenAt = isStopping(task) ? at : null
  if (old === undefined) return { ...before, [task.id]: { task, seenAt: at, stopSeenAt } }
  const isNewer = isAfter(ranksOf(task), task, ranksOf(old.task), old.task)
  return {
    ...before,
    [task.id]: {
      task: isNewer ? filled(task, old.task) : filled(old.task, task),
      seenAt: Math.min(at, old.seenAt),
      stopSeenAt: least(stopSeenAt, old.stopSeenAt),
    },
  }
}

function ranksOf(task: TaskSeen): Ranks {
  const times = [task.pullStartedAt, task.pullStoppedAt, task.startedAt, task.stoppingAt, task.stoppedAt]
  return [task.version, taskRank(task.lastStatus), times.filter((time) => time !== null).length]
}

const FILLED = ['subnetId', 'privateIp', 'zone', 'createdAt', 'pullStartedAt', 'pullStoppedAt', 'startedAt'] as const

/** What the further sight no longer tells: attachments of a stopped task may be gone. */
function filled(task: TaskSeen, other: TaskSeen): TaskSeen {
  const isWhole = FILLED.every((key) => task[key] !== null || other[key] === null)
  // The same object stays the same object: what was concluded of it is remembered by it.
  if (isWhole && (task.containers.length > 0 || other.containers.length === 0)) return task
  return {
    ...task,
    subnetId: task.subnetId ?? other.subnetId,
    privateIp: task.privateIp ?? other.privateIp,
    zone: task.zone ?? other.zone,
    createdAt: task.createdAt ?? other.createdAt,
    pullStartedAt: task.pullStartedAt ?? other.pullStartedAt,
    pullStoppedAt: task.pullStoppedAt ?? other.pullStoppedAt,
    startedAt: task.startedAt ?? other.startedAt,
    containers: task.containers.length > 0 ? task.containers : other.containers,
  }
}

function least(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other
  return Math.min(one, other)
}

function keepEvents(before: Seen['events'], sight: ServiceSeen | null): Seen['events'] {
  const fresh = (sight?.events ?? []).filter(({ id }) => before[id] === undefined)
  return fresh.length === 0 ? before : { ...before, ...Object.fromEntries(fresh.map((event) => [event.id, event])) }
}

/** Who waits in vain hears why: credentials that have expired come back by themselves as little as a missing right. */
function missOf({ at, service }: Look): Miss | null {
  if (!service.known) return { at, because: kindOf(service), detail: service.detail, permission: service.permission }
  return service.value === null ? { at, because: 'gone', detail: '', permission: 'ecs:DescribeServices' } : null
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
