/** One look at a rollout, in two rounds of batched calls. A part that could not be had is an `Answer` without a value. */
import { type Answer, known, unread } from '../domain/answer.ts'
import type { Look, ServiceDeploymentSeen, ServiceSeen, TaskSeen } from '../domain/rollout.ts'
import { describeServices, describeTasks, listTasks } from './calls/ecs.ts'
import {
  describeServiceDeployments,
  describeTaskSets,
  listServiceDeployments,
  listStoppedTasks,
} from './calls/watch.ts'
import { toServiceDeploymentSeen, toServiceSeen, toTaskSeen, toTaskSetSeen } from './facts/rollout.ts'
import { lastPart } from './facts/service.ts'
import { isLoose, mapped, translateSome } from './facts/shape.ts'
import type { Reader } from './reader.ts'

export interface LookRequest {
  readonly cluster: string
  readonly service: string
  /** Ids of tasks at rest: nothing about them changes any more, so that they are not described again. */
  readonly settled: ReadonlySet<string>
  /** Service deployments to follow; null lists the newest ones. An empty list asks for none. */
  readonly serviceDeploymentArns: readonly string[] | null
}

/** Never rejects but when the caller aborts. `now` is asked once, when all answers are in. */
export async function lookAt(source: Reader, request: LookRequest, now: () => number): Promise<Look> {
  const { reader, calls } = counting(source)
  const service = lastPart(request.service)
  const place = { cluster: [request.cluster], service: [service] }
  const [described, running, stopped, followed] = await Promise.all([
    reader.read(describeServices, { cluster: [request.cluster], service: [request.service] }),
    reader.read(listTasks, place),
    reader.read(listStoppedTasks, place),
    followDeployments(reader, request, service),
  ])
  const seen = serviceIn(described)
  const [tasks, sets, current] = await Promise.all([
    describe(reader, request, running, stopped),
    usesTaskSets(seen) ? reader.read(describeTaskSets, place) : null,
    currentDeployment(reader, seen, followed),
  ])
  return {
    at: now(),
    service: sets === null ? seen : withTaskSets(seen, sets),
    ...tasks,
    serviceDeployments: current,
    calls: calls(),
  }
}

/** A reader's own meter also counts what others read meanwhile. Pages of a list count as one. */
function counting(source: Reader): { readonly reader: Reader; readonly calls: () => number } {
  let count = 0
  const reader: Reader = {
    ...source,
    read: (call, query = {}) => {
      const ids = query.id?.length
      count += ids === undefined ? 1 : Math.ceil(ids / 100)
      return source.read(call, query)
    },
  }
  return { reader, calls: () => count }
}

function serviceIn(answer: Answer<readonly unknown[]>): Answer<ServiceSeen | null> {
  if (!answer.known) return answer
  const [record] = answer.value
  if (record === undefined) return known(null)
  const service = isLoose(record) ? toServiceSeen(record) : null
  return service === null ? unread('garbled', describeServices.permission, 'services[0]') : known(service)
}

function usesTaskSets(service: Answer<ServiceSeen | null>): boolean {
  return service.known && service.value !== null && service.value.controller !== 'ECS'
}

/** DescribeServices shows them as well; the younger answer counts. */
function withTaskSets(
  service: Answer<ServiceSeen | null>,
  sets: Answer<readonly unknown[]>,
): Answer<ServiceSeen | null> {
  const taskSets = translateSome(sets, toTaskSetSeen)
  if (!service.known || service.value === null || !taskSets.known || taskSets.value.length === 0) return service
  return known({ ...service.value, taskSets: taskSets.value })
}

interface Tasks {
  readonly running: Answer<readonly TaskSeen[]>
  readonly stopped: Answer<readonly TaskSeen[]>
}

/** Both lists in one call for every hundred tasks. */
async function describe(
  reader: Reader,
  { cluster, settled }: LookRequest,
  running: Answer<readonly string[]>,
  stopped: Answer<readonly string[]>,
): Promise<Tasks> {
  const listed = [running, stopped].flatMap((answer) => (answer.known ? answer.value : []))
  const fresh = [...new Set(listed)].filter((arn) => !settled.has(lastPart(arn)))
  const answer = await reader.read(describeTasks, { cluster: [cluster], id: fresh })
  const tasks = translateSome(answer, toTaskSeen)
  const those = (list: Answer<readonly string[]>): Answer<readonly TaskSeen[]> => {
    if (!list.known) return list
    const arns = new Set(list.value)
    return mapped(tasks, (all) => all.filter(({ arn }) => arns.has(arn)))
  }
  return { running: those(running), stopped: those(stopped) }
}

type Deployments = Answer<readonly ServiceDeploymentSeen[]>

async function followDeployments(
  reader: Reader,
  { cluster, serviceDeploymentArns }: LookRequest,
  service: string,
): Promise<Deployments> {
  if (serviceDeploymentArns !== null) return describeDeployments(reader, serviceDeploymentArns)
  const listed = await reader.read(listServiceDeployments, { cluster: [cluster], service: [service] })
  const brief = translateSome(listed, toServiceDeploymentSeen)
  if (!brief.known || brief.value.length === 0) return brief
  const byAge = [...brief.value].sort((one, other) => (other.createdAt ?? 0) - (one.createdAt ?? 0))
  const full = await describeDeployments(
    reader,
    byAge.slice(0, DESCRIBED).map(({ arn }) => arn),
  )
  return full.known ? known(distinct([...full.value, ...brief.value])) : brief
}

/** The newest, and the one before it in case the newest has just replaced it. */
const DESCRIBED = 2

async function describeDeployments(reader: Reader, arns: readonly string[]): Promise<Deployments> {
  return translateSome(await reader.read(describeServiceDeployments, { id: arns }), toServiceDeploymentSeen)
}

/** A newer deployment than those that are followed shows in the service itself. */
async function currentDeployment(
  reader: Reader,
  service: Answer<ServiceSeen | null>,
  followed: Deployments,
): Promise<Deployments> {
  const current = service.known ? (service.value?.currentServiceDeploymentArn ?? null) : null
  if (current === null || !followed.known || followed.value.some(({ arn }) => arn === current)) return followed
  const more = await describeDeployments(reader, [current])
  return more.known ? known([...more.value, ...followed.value]) : followed
}

/** A full record comes before the brief one of the same deployment. */
function distinct(all: readonly ServiceDeploymentSeen[]): readonly ServiceDeploymentSeen[] {
  const first = new Map<string, ServiceDeploymentSeen>()
  for (const one of all) if (!first.has(one.arn)) first.set(one.arn, one)
  return [...first.values()]
}
