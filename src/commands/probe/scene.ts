/** What is known of the service and its tasks before a session is opened: preflight, and which task of each subnet is asked. */
import { describeTasks, listTasks } from '../../aws/calls/ecs.ts'
import { type ExecTask, toExecTask } from '../../aws/facts/exec-task.ts'
import { translateSome } from '../../aws/facts/shape.ts'
import { gatherService, type ServiceGathering, type ServiceRequest } from '../../aws/gather/index.ts'
import type { Reader } from '../../aws/reader/reader.ts'
import { needsOf } from '../../checks/engine/judge.ts'
import { type Answer, listed } from '../../domain/answer.ts'
import { distinct } from '../../domain/collections.ts'
import type { Report } from '../../domain/report.ts'
import type { Service } from '../../domain/service.ts'
import { UsageError } from '../../domain/usage-error.ts'
import type { StartupDestination, StartupNeeds } from '../../task-start/startup-needs.ts'
import { type JudgeRequest, judgeGathered } from '../preflight/judge-gathered.ts'
import { type Candidate, candidatesOf, isCandidate } from './candidates.ts'
import type { NotProbedFacts } from './not-probed.ts'

export interface ProbeRequest extends ServiceRequest, JudgeRequest {
  /** The container to run in; null takes one that can. */
  readonly container: string | null
}

export interface Scene {
  readonly gathering: ServiceGathering
  readonly report: Report
  /** Null where it was not read. */
  readonly service: Service | null
  readonly destinations: readonly StartupDestination[]
  readonly candidates: readonly Candidate[]
  readonly missed: readonly NotProbedFacts[]
}

type Chosen = Candidate | NotProbedFacts

/** Throws `UsageError` like a preflight, and for a container that no task has. */
export async function sceneOf(
  request: ProbeRequest,
  { reader, tool }: { readonly reader: Reader; readonly tool: Report['tool'] },
): Promise<Scene> {
  const gathering = await gatherService(reader, request)
  const report = judgeGathered(gathering, request, tool)
  const { facts, target } = gathering
  const service = facts.service.known ? facts.service.value : null
  const needs = needsOf(facts, target.region)
  const isTold = service !== null && needs !== null
  const chosen = isTold ? await chosenOf(request, reader, gathering, { service, needs }) : nowhere('no-hosts')
  const candidates = chosen.filter((one) => isCandidate(one))
  const missed = chosen.flatMap((one) => (isCandidate(one) ? [] : [one]))
  return { gathering, report, service, destinations: needs?.destinations ?? [], candidates, missed }
}

async function chosenOf(
  { container }: ProbeRequest,
  reader: Reader,
  { facts }: ServiceGathering,
  { service, needs }: { readonly service: Service; readonly needs: StartupNeeds },
): Promise<readonly Chosen[]> {
  if (needs.onWindows) return nowhere('windows')
  const { executeCommand, instances } = facts.compute.known ? facts.compute.value : {}
  const keyId = executeCommand?.known ? executeCommand.value?.kmsKeyId : null
  if (keyId) return nowhere('encrypted', keyId)
  const tasks = await readTasks(reader, service)
  if (!tasks.known) return nowhere('tasks-unread', tasks.detail)
  refuseUnknownContainer(container, tasks.value)
  return candidatesOf({
    subnetIds: service.awsvpc?.subnetIds ?? needs.origins.map(({ subnetId }) => subnetId),
    tasks: tasks.value,
    instances: instances === undefined ? [] : listed(instances),
    taskDefinition: facts.taskDefinition.known ? facts.taskDefinition.value : null,
    container,
  })
}

/** In no subnet. */
function nowhere(kind: NotProbedFacts['kind'], detail = ''): readonly Chosen[] {
  return [{ subnetId: null, taskId: null, kind, detail }]
}

function refuseUnknownContainer(container: string | null, tasks: readonly ExecTask[]): void {
  const names = distinct(tasks.flatMap(({ containers }) => containers.map(({ name }) => name)))
  if (container === null || names.length === 0 || names.includes(container)) return
  throw new UsageError({
    en: `The input "container" names ${container}, which no running task has; there are ${names.join(', ')}.`,
    ko: `"container" 입력의 컨테이너가 실행 중인 태스크에 없습니다: ${container}. 다음 중에서 지정합니다: ${names.join(', ')}`,
  })
}

async function readTasks(reader: Reader, { clusterArn, name }: Service): Promise<Answer<readonly ExecTask[]>> {
  const arns = await reader.read(listTasks, { cluster: [clusterArn], service: [name] })
  if (!arns.known) return arns
  return translateSome(await reader.read(describeTasks, { cluster: [clusterArn], id: arns.value }), toExecTask)
}
