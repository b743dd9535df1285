/** probe: a preflight, then the same hosts tried from inside a running task of each subnet, and the two held against each other. */

import { describeTasks, listTasks } from '../../aws/calls/ecs.ts'
import { probeContainer } from '../../aws/exec/container-probe.ts'
import { type ExecTask, toExecTask } from '../../aws/facts/exec-task.ts'
import { translateSome } from '../../aws/facts/shape.ts'
import { gatherService, type ServiceGathering, type ServiceRequest } from '../../aws/gather/index.ts'
import type { Reader } from '../../aws/reader/reader.ts'
import type { Writer } from '../../aws/writer/writer.ts'
import { needsOf } from '../../checks/engine/judge.ts'
import { type Answer, listed } from '../../domain/answer.ts'
import type { Clock } from '../../domain/clock.ts'
import { compare, distinct } from '../../domain/collections.ts'
import type { ProbeAttempt, ProbeReport } from '../../domain/probe.ts'
import type { Report } from '../../domain/report.ts'
import type { Service } from '../../domain/service.ts'
import type { Text } from '../../domain/text.ts'
import { UsageError } from '../../domain/usage-error.ts'
import { type JudgeRequest, judgeGathered } from '../preflight/judge-gathered.ts'
import { agreementWith, endpointAddressesIn, hasAnswered, resolvedToWhat } from './agreement.ts'
import { type Candidate, candidatesOf, isCandidate } from './candidates.ts'
import { type NotProbedFacts, notProbed } from './not-probed.ts'
import { canBePut, type Targets, targetOf, targetsOf, type Wanted } from './targets.ts'

export interface ProbeRequest extends ServiceRequest, JudgeRequest {
  /** The container to run in; null takes one that can. */
  readonly container: string | null
}

export interface ProbeDeps {
  readonly reader: Reader
  readonly writer: Writer
  readonly clock: Clock
  readonly tool: Report['tool']
  readonly say: (line: Text) => void
  readonly signal?: AbortSignal
}

export interface ProbedReport extends Report {
  readonly probe: ProbeReport
}

/** Throws `UsageError` like a preflight, and for a container that no task has. Writes nothing: ExecuteCommand opens a session, and what runs in it changes nothing. */
export async function probe(request: ProbeRequest, deps: ProbeDeps): Promise<ProbedReport> {
  const gathering = await gatherService(deps.reader, request)
  const report = judgeGathered(gathering, request, deps.tool)
  const { service } = gathering.facts
  const scene = service.known ? { gathering, report, service: service.value } : null
  const { attempts, missed } = scene === null ? untried('no-hosts') : await tryAll(request, deps, scene)
  const result: ProbeReport = {
    attempts,
    notProbed: missed.map((one) => notProbed(one, report.target, [...report.findings, ...report.ignored])),
  }
  return withProbe(report, result)
}

interface Tried {
  readonly attempts: readonly ProbeAttempt[]
  readonly missed: readonly NotProbedFacts[]
}

/** In no subnet. */
function untried(kind: NotProbedFacts['kind'], detail = ''): Tried {
  return { attempts: [], missed: [{ subnetId: null, taskId: null, kind, detail }] }
}

interface Scene {
  readonly gathering: ServiceGathering
  readonly report: Report
  readonly service: Service
}

async function tryAll(request: ProbeRequest, deps: ProbeDeps, scene: Scene): Promise<Tried> {
  const { facts, target } = scene.gathering
  const needs = needsOf(facts, target.region)
  if (needs === null) return untried('no-hosts')
  if (needs.onWindows) return untried('windows')
  const { executeCommand, instances } = facts.compute.known ? facts.compute.value : {}
  if (executeCommand?.known && executeCommand.value?.kmsKeyId)
    return untried('encrypted', executeCommand.value.kmsKeyId)
  const tasks = await readTasks(deps.reader, scene.service)
  if (!tasks.known) return untried('tasks-unread', tasks.detail)
  refuseUnknownContainer(request.container, tasks.value)
  const { awsvpc } = scene.service
  const chosen = candidatesOf({
    subnetIds: awsvpc?.subnetIds ?? needs.origins.map(({ subnetId }) => subnetId),
    tasks: tasks.value,
    instances: instances === undefined ? [] : listed(instances),
    taskDefinition: facts.taskDefinition.known ? facts.taskDefinition.value : null,
    container: request.container,
  })
  const tries = await Promise.all(
    chosen.map((one) =>
      isCandidate(one)
        ? tryFrom(one, targetsOf(one, scene.report.paths, needs.destinations), deps, scene)
        : { attempts: [], missed: [one] },
    ),
  )
  return { attempts: tries.flatMap((one) => one.attempts), missed: tries.flatMap((one) => one.missed) }
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

/** Of an image without a shell or a tool the next container is asked: they share one network. */
async function tryFrom(candidate: Candidate, targets: Targets, deps: ProbeDeps, scene: Scene): Promise<Tried> {
  const { subnetId, task, containers } = candidate
  const { wanted, elsewhere } = targets
  const tryable = wanted.filter(canBePut)
  const missed =
    elsewhere.length === 0
      ? []
      : [{ subnetId, taskId: task.id, kind: 'other-interface' as const, detail: elsewhere.join(', ') }]
  if (tryable.length === 0) return { attempts: [], missed }
  const place = { clusterArn: scene.service.clusterArn, taskArn: task.arn }
  let last: Awaited<ReturnType<typeof probeContainer>> | null = null
  for (const container of containers.slice(0, MOST_CONTAINERS)) {
    deps.say(opening(task.id, container, subnetId))
    last = await probeContainer({ ...place, container, targets: tryable.map(targetOf) }, deps)
    if (last.missing?.kind !== 'no-shell' && !isWithoutTools(last.answers)) break
  }
  const answers = last?.answers ?? []
  const attempts = wanted.map((one) => attemptOf(candidate, one, answers[tryable.indexOf(one)] ?? null, scene))
  const own = last?.missing ?? (isWithoutTools(answers) ? { kind: 'no-tool' as const, detail: '' } : null)
  const hasBegun = answers.some((one) => one !== null)
  return {
    attempts: hasBegun ? attempts : [],
    missed: [...missed, ...(own === null ? [] : [{ subnetId, taskId: task.id, ...own }])],
  }
}

const MOST_CONTAINERS = 4

type Answers = Awaited<ReturnType<typeof probeContainer>>['answers']

function isWithoutTools(answers: Answers): boolean {
  const come = answers.filter((one) => one !== null)
  return (
    come.length > 0 &&
    come.every(({ by, resolvedTo, namesBy }) => by === null && (resolvedTo.length > 0 || namesBy === null))
  )
}

function attemptOf(
  { task, subnetId }: Candidate,
  { destination, host, port, required, path }: Wanted,
  answer: Answers[number],
  { gathering }: Scene,
): ProbeAttempt {
  const { network } = gathering.facts
  const { resolvedTo = [], namesBy = null, connect = 'not-tried', by = null } = answer ?? {}
  const addresses = network.known ? endpointAddressesIn(network.value) : new Set<string>()
  // Who connects without an address was told one all the same.
  const is = resolvedToWhat(resolvedTo, namesBy !== null && connect === 'not-tried', addresses)
  return {
    taskId: task.id,
    subnetId,
    destination,
    host,
    port,
    resolvedTo: resolvedTo.toSorted(compare),
    is,
    connect,
    by,
    predicted: path?.outcome ?? null,
    agrees: path === null ? null : agreementWith(path, { connect, is }),
    required,
  }
}

/** What was seen decides before what was foretold; where something could not be tried, nothing is promised. */
function withProbe(report: Report, result: ProbeReport): ProbedReport {
  const exitCode = exitCodeOf(result)
  const verdict = exitCode === 1 ? 'fail' : exitCode === 3 ? 'unknown' : report.verdict
  return {
    ...report,
    mode: 'probe',
    verdict,
    enforced: exitCode === 1,
    probe: result,
    foretold: report.verdict,
    forecast: null,
  }
}

/** Contract, section 10. */
export function exitCodeOf({ attempts, notProbed: missing }: ProbeReport): 0 | 1 | 3 {
  const needed = attempts.filter(({ required }) => required)
  if (needed.some((one) => hasAnswered(one) === false)) return 1
  if (missing.length > 0 || needed.length === 0 || needed.some((one) => hasAnswered(one) === null)) return 3
  return 0
}

function opening(taskId: string, container: string, subnetId: string): Text {
  return {
    en: `Opening a session in container ${container} of task ${taskId} (${subnetId}).`,
    ko: `세션을 엽니다: 태스크 ${taskId}, 컨테이너 ${container} (${subnetId})`,
  }
}
