/** The session in one task, and what came of each host that was tried from there. */
import { probeContainer } from '../../aws/exec/container-probe.ts'
import type { ServiceGathering } from '../../aws/gather/index.ts'
import type { Writer } from '../../aws/writer/writer.ts'
import type { Clock } from '../../domain/clock.ts'
import { compare } from '../../domain/collections.ts'
import type { ProbeAttempt } from '../../domain/probe.ts'
import type { Text } from '../../domain/text.ts'
import { agreementWith, endpointAddressesIn, resolvedToWhat } from './agreement.ts'
import type { Candidate } from './candidates.ts'
import type { NotProbedFacts } from './not-probed.ts'
import { canBePut, type Targets, targetOf, type Wanted } from './targets.ts'

export interface Tried {
  readonly attempts: readonly ProbeAttempt[]
  readonly missed: readonly NotProbedFacts[]
}

export interface SessionDeps {
  readonly writer: Writer
  readonly clock: Clock
  readonly say: (line: Text) => void
  readonly signal?: AbortSignal
}

export interface SessionScene {
  readonly gathering: ServiceGathering
  readonly clusterArn: string
}

/** Of an image without a shell or a tool the next container is asked: they share one network. */
export async function tryFrom(
  candidate: Candidate,
  targets: Targets,
  deps: SessionDeps,
  scene: SessionScene,
): Promise<Tried> {
  const { subnetId, task, containers } = candidate
  const { wanted, elsewhere } = targets
  const tryable = wanted.filter(canBePut)
  const missed =
    elsewhere.length === 0
      ? []
      : [{ subnetId, taskId: task.id, kind: 'other-interface' as const, detail: elsewhere.join(', ') }]
  if (tryable.length === 0) return { attempts: [], missed }
  const place = { clusterArn: scene.clusterArn, taskArn: task.arn }
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
  { gathering }: SessionScene,
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

function opening(taskId: string, container: string, subnetId: string): Text {
  return {
    en: `Opening a session in container ${container} of task ${taskId} (${subnetId}).`,
    ko: `세션을 엽니다: 태스크 ${taskId}, 컨테이너 ${container} (${subnetId})`,
  }
}
