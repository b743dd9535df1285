/**
 * One poll at a rollout, in rounds of batched calls: all of it in two, or the service first and the rest only where it shows something
 * new. A part that could not be had is an `Answer` without a value.
 */

import { type Answer, known, unread } from '../../domain/answer.ts'
import { distinctBy } from '../../domain/collections.ts'
import type { EcsService, EcsServiceDeployment, EcsTask, Poll } from '../../domain/rollout.ts'
import { isStopping } from '../../rollout/observe/lifecycle.ts'
import { describeServices, describeTasks, listTasks } from '../calls/ecs.ts'
import {
  describeServiceDeployments,
  describeTaskSets,
  listServiceDeployments,
  listStoppedTasks,
} from '../calls/watch.ts'
import { toEcsService, toEcsServiceDeployment, toEcsTask, toEcsTaskSet } from '../facts/rollout.ts'
import { lastPart } from '../facts/service.ts'
import { isLoose, type RawAnswer, translateSome } from '../facts/shape.ts'
import type { Reader } from '../reader/reader.ts'

export interface PollRequest {
  readonly cluster: string
  readonly service: string
  /** Ids of tasks at rest: nothing about them changes any more, so that they are not described again. */
  readonly settled: ReadonlySet<string>
  /** ARNs of tasks seen before that are not at rest: described whatever the lists say, which may lag behind. */
  readonly awaited: readonly string[]
  /** Running tasks are listed as well; without them a poll at a large service takes a tenth of the calls. */
  readonly isWhole: boolean
  /** Service deployments to follow; null lists the newest ones. An empty list asks for none. */
  readonly serviceDeploymentArns: readonly string[] | null
  /** The one that the service names as its current one is described as well. */
  readonly withCurrent: boolean
  /** What is enough while the service stays as it is; null asks for everything at once. */
  readonly brief: BriefPoll | null
}

export interface BriefPoll {
  readonly isNews: (service: EcsService) => boolean
  /** ARNs, described beside the service. */
  readonly tasks: readonly string[]
  readonly serviceDeploymentArns: readonly string[]
}

/** Never rejects but when the caller aborts. `now` is asked once, when all answers are in. */
export async function pollRollout(source: Reader, request: PollRequest, now: () => number): Promise<Poll> {
  const { reader, calls } = counting(source)
  const { brief } = request
  const seen = brief === null ? null : await briefly(reader, request, brief)
  const isEnough =
    seen !== null && !(seen.service.known && seen.service.value !== null && brief?.isNews(seen.service.value))
  const poll = isEnough ? { ...seen, unlisted: true as const } : await wholly(reader, request, seen?.service ?? null)
  return { at: now(), ...poll, calls: calls() }
}

type Seen = Omit<Poll, 'at' | 'calls'>

async function briefly(reader: Reader, request: PollRequest, brief: BriefPoll): Promise<Seen> {
  const [service, tasks, serviceDeployments] = await Promise.all([
    describeService(reader, request),
    describe(reader, { ...request, awaited: brief.tasks }, { running: known([]), stopped: known([]), named: [] }),
    describeDeployments(reader, brief.serviceDeploymentArns),
  ])
  return { service, ...tasks, serviceDeployments }
}

/** `before`: the service, where it was asked for already. */
async function wholly(reader: Reader, request: PollRequest, before: Seen['service'] | null): Promise<Seen> {
  const service = lastPart(request.service)
  const place = { cluster: [request.cluster], service: [service] }
  const [seen, running, stopped, followed] = await Promise.all([
    before ?? describeService(reader, request),
    request.isWhole ? reader.read(listTasks, place) : known([]),
    reader.read(listStoppedTasks, place),
    followDeployments(reader, request, service),
  ])
  const [tasks, sets, current] = await Promise.all([
    describe(reader, request, { running, stopped, named: namedIn(seen, running, stopped) }),
    usesTaskSets(seen) ? reader.read(describeTaskSets, place) : null,
    request.withCurrent ? currentDeployment(reader, seen, followed) : followed,
  ])
  return { service: sets === null ? seen : withTaskSets(seen, sets), ...tasks, serviceDeployments: current }
}

async function describeService(reader: Reader, { cluster, service }: PollRequest): Promise<Answer<EcsService | null>> {
  return serviceIn(await reader.read(describeServices, { cluster: [cluster], service: [service] }))
}

/** A reader's own meter also counts what others read meanwhile. Lists come in pages of a hundred. */
function counting(source: Reader): { readonly reader: Reader; readonly calls: () => number } {
  let count = 0
  const reader: Reader = {
    ...source,
    read: async (call, query = {}) => {
      const ids = query.id?.length
      if (ids !== undefined) count += Math.ceil(ids / (call.by.id?.chunk ?? 1))
      const answer = await source.read(call, query)
      if (ids === undefined) count += answer.known ? Math.max(1, Math.ceil(answer.value.length / PAGE)) : 1
      return answer
    },
  }
  return { reader, calls: () => count }
}

function serviceIn(answer: RawAnswer): Answer<EcsService | null> {
  if (!answer.known) return answer
  const [record] = answer.value
  if (record === undefined) return known(null)
  const service = isLoose(record) ? toEcsService(record) : null
  return service === null ? unread('garbled', describeServices.permission, 'services[0]') : known(service)
}

function usesTaskSets(service: Answer<EcsService | null>): boolean {
  return service.known && service.value !== null && service.value.controller !== 'ECS'
}

/** DescribeServices shows them as well; the younger answer counts. */
function withTaskSets(service: Answer<EcsService | null>, sets: RawAnswer): Answer<EcsService | null> {
  const taskSets = translateSome(sets, toEcsTaskSet)
  if (!service.known || service.value === null || !taskSets.known || taskSets.value.length === 0) return service
  return known({ ...service.value, taskSets: taskSets.value })
}

/** The events of a service name tasks: all that is left of them where they may not be listed. */
function namedIn(
  service: Answer<EcsService | null>,
  running: Answer<readonly string[]>,
  stopped: Answer<readonly string[]>,
): readonly string[] {
  if ((running.known && stopped.known) || !service.known) return []
  const events = service.value?.events ?? []
  return events.flatMap(({ message }) => [...message.matchAll(TASK_IN_EVENT)].flatMap(([, id]) => id ?? []))
}

const TASK_IN_EVENT = /\(task ([0-9a-f-]{8,})\)/g

interface Lists {
  readonly running: Answer<readonly string[]>
  readonly stopped: Answer<readonly string[]>
  readonly named: readonly string[]
}

/** ListTasks gives a hundred a page, and DescribeTasks takes as many (ECS API Reference). */
const PAGE = 100

/** All lists in one call for every hundred tasks. A call that fails costs no more than its hundred. */
async function describe(
  reader: Reader,
  { cluster, settled, awaited }: PollRequest,
  { running, stopped, named }: Lists,
): Promise<Pick<Poll, 'running' | 'stopped' | 'absent' | 'partly'>> {
  const listed = [running, stopped].flatMap((answer) => (answer.known ? answer.value : []))
  const asked = new Map([...named, ...awaited, ...listed].map((arn) => [lastPart(arn), arn]))
  const ids = [...asked.keys()].filter((id) => !settled.has(id))
  const chunks = Array.from({ length: Math.ceil(ids.length / PAGE) }, (_, at) => ids.slice(at * PAGE, (at + 1) * PAGE))
  const answers = await Promise.all(
    chunks.map(async (chunk) => {
      const id = chunk.map((one) => asked.get(one) ?? one)
      const answer = translateSome(await reader.read(describeTasks, { cluster: [cluster], id }), toEcsTask)
      return { chunk, answer }
    }),
  )
  const found = answers.flatMap(({ answer }) => (answer.known ? answer.value : []))
  const there = new Set(found.map(({ id }) => id))
  const read = answers.flatMap(({ chunk, answer }) => (answer.known ? chunk : []))
  const absent = read.filter((id) => !there.has(id))
  const missing = answers.map(({ answer }) => answer).find((answer) => !answer.known)
  const part = (list: Answer<readonly string[]>, which: (task: EcsTask) => boolean): Answer<readonly EcsTask[]> => {
    const own = found.filter(which)
    if (own.length > 0) return known(own)
    return list.known ? (missing ?? known([])) : list
  }
  return {
    running: part(running, (task) => !isStopping(task)),
    stopped: part(stopped, isStopping),
    ...(absent.length === 0 ? {} : { absent }),
    ...((running.known && stopped.known) || found.length === 0 ? {} : { partly: true as const }),
  }
}

type Deployments = Answer<readonly EcsServiceDeployment[]>

async function followDeployments(
  reader: Reader,
  { cluster, serviceDeploymentArns }: PollRequest,
  service: string,
): Promise<Deployments> {
  if (serviceDeploymentArns !== null) return describeDeployments(reader, serviceDeploymentArns)
  const listed = await reader.read(listServiceDeployments, { cluster: [cluster], service: [service] })
  const brief = translateSome(listed, toEcsServiceDeployment)
  if (!brief.known || brief.value.length === 0) return brief
  const byAge = [...brief.value].sort((one, other) => (other.createdAt ?? 0) - (one.createdAt ?? 0))
  const full = await describeDeployments(
    reader,
    byAge.slice(0, DESCRIBED).map(({ arn }) => arn),
  )
  // A full record comes before the brief one of the same deployment.
  return full.known ? known(distinctBy([...full.value, ...brief.value], ({ arn }) => arn)) : brief
}

/** The newest, and the one before it in case the newest has just replaced it. */
const DESCRIBED = 2

async function describeDeployments(reader: Reader, arns: readonly string[]): Promise<Deployments> {
  return translateSome(await reader.read(describeServiceDeployments, { id: arns }), toEcsServiceDeployment)
}

/** A newer deployment than those that are followed shows in the service itself. */
async function currentDeployment(
  reader: Reader,
  service: Answer<EcsService | null>,
  followed: Deployments,
): Promise<Deployments> {
  const current = service.known ? (service.value?.currentServiceDeploymentArn ?? null) : null
  if (current === null || !followed.known || followed.value.some(({ arn }) => arn === current)) return followed
  const more = await describeDeployments(reader, [current])
  return more.known ? known([...more.value, ...followed.value]) : followed
}
