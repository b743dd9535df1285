/** Takes tasks and task definitions away, and makes sure that they are gone: what could not be is left with the commands that do it. */
import { at, isLoose, type Loose, listAt } from '../../aws/calls/call.ts'
import { describeTaskDefinition, describeTasks } from '../../aws/calls/ecs.ts'
import { deleteTaskDefinitions, deregisterTaskDefinition, stopTask, type WriteCall } from '../../aws/calls/writes.ts'
import { lastPart } from '../../aws/facts/service.ts'
import { prose } from '../../aws/facts/shape.ts'
import { shellWord } from '../../changes/command-line.ts'
import type { Unread } from '../../domain/answer.ts'
import type { Leftover } from '../../domain/rehearsal.ts'
import type { Things } from './leftovers.ts'
import type { RehearseDeps } from './request.ts'

export interface Removal {
  readonly removed: readonly string[]
  readonly leftovers: readonly Leftover[]
}

type RemovalDeps = Pick<RehearseDeps, 'reader' | 'writer' | 'clock'> & {
  readonly cluster: string
  /** A cancelled job is killed after ten seconds; else a throttled account gets its time. */
  readonly isHurried: () => boolean
}

/** All at once: ECS deletes a definition when the last task of it has stopped. */
export async function removal({ tasks, definitions }: Things, deps: RemovalDeps): Promise<Removal> {
  const ends = await Promise.all([
    ...tasks.map(async (arn) => endOf(`task/${lastPart(arn)}`, stopCommands(arn, deps), await stopped(arn, deps))),
    ...definitions.map(async (arn) =>
      endOf(`task-definition/${lastPart(arn)}`, deleteCommands(arn, deps), await deleted(arn, deps)),
    ),
  ])
  return {
    removed: ends.flatMap(({ what, because }) => (because === null ? [what] : [])),
    leftovers: ends.flatMap(({ what, because, cli }) => (because === null ? [] : [{ what, because, cli }])),
  }
}

function endOf(what: string, cli: readonly string[], because: string | null) {
  return { what, cli, because }
}

function stopped(task: string, deps: RemovalDeps): Promise<string | null> {
  const { cluster, reader } = deps
  return settled(stopTask, { cluster, task, reason: 'ecs-pull-guard: end of the rehearsal' }, deps, async () => {
    const answer = await reader.read(describeTasks, { cluster: [cluster], id: [task] })
    return answer.known && answer.value.every(({ desiredStatus }) => desiredStatus === 'STOPPED')
  })
}

async function deleted(arn: string, deps: RemovalDeps): Promise<string | null> {
  const isBeyond = (statuses: readonly unknown[]) => async () => {
    const answer = await deps.reader.read(describeTaskDefinition, { id: [arn] })
    if (!answer.known) return answer.because === 'not-found'
    return statuses.includes(at(answer.value[0], 'taskDefinition', 'status'))
  }
  const kept = await settled(
    deregisterTaskDefinition,
    { taskDefinition: arn },
    deps,
    isBeyond(['INACTIVE', 'DELETE_IN_PROGRESS']),
  )
  if (kept !== null) return kept
  return settled(deleteTaskDefinitions, { taskDefinitions: [arn] }, deps, isBeyond(['DELETE_IN_PROGRESS']))
}

/** Any of these may be sent twice: each is done once. Null where it is done; else what AWS or the network said last. */
async function settled(
  call: WriteCall,
  input: Loose,
  { writer, clock, isHurried }: RemovalDeps,
  isDone: () => Promise<boolean>,
): Promise<string | null> {
  for (let attempt = 1; ; attempt += 1) {
    // Waits are ours, as they are shorter for a job that is being cancelled.
    const written = await writer.write(call, input, AbortSignal.abort())
    const refusal = written.outcome === 'done' ? failureIn(written.answer) : null
    if (written.outcome === 'done' && refusal === null) return null
    const isFinal = refusal !== null || (written.outcome === 'refused' && written.because !== 'throttled')
    const isThrottled = written.outcome === 'refused' && written.because === 'throttled'
    if (!isThrottled && (await isDone())) return null
    if (isFinal || attempt >= (isHurried() ? FEW_ATTEMPTS : MOST_ATTEMPTS)) {
      return refusal ?? ('detail' in written ? written.detail : '')
    }
    await clock.sleep(isHurried() ? 300 : Math.min(attempt * 1_000, 10_000))
  }
}

const FEW_ATTEMPTS = 8
/** About two minutes. */
const MOST_ATTEMPTS = 16

/** DeleteTaskDefinitions is answered with what it did not do. */
function failureIn(answer: Loose): string | null {
  const [failure] = listAt(answer, 'failures')
  return isLoose(failure) ? (prose(failure['reason']) ?? '') : null
}

function stopCommands(arn: string, { cluster, writer }: RemovalDeps): readonly string[] {
  return [
    `aws ecs stop-task --cluster ${shellWord(cluster)} --task ${shellWord(lastPart(arn))} --region ${shellWord(writer.region)}`,
  ]
}

function deleteCommands(arn: string, { writer }: RemovalDeps): readonly string[] {
  const [name, region] = [shellWord(lastPart(arn)), shellWord(writer.region)]
  return [
    `aws ecs deregister-task-definition --task-definition ${name} --region ${region}`,
    `aws ecs delete-task-definitions --task-definitions ${name} --region ${region}`,
  ]
}

/** Its ARN is not known: the list tells it. */
export function lostDefinition(family: string, { detail }: Unread, { writer }: Pick<RehearseDeps, 'writer'>): Leftover {
  const region = shellWord(writer.region)
  const cli = [`aws ecs list-task-definitions --family-prefix ${shellWord(family)} --region ${region}`]
  return { what: `task-definition/${family}`, because: detail, cli }
}

export function lostTask(
  cluster: string,
  family: string,
  { detail }: Unread,
  { writer }: Pick<RehearseDeps, 'writer'>,
): Leftover {
  const flags = `--cluster ${shellWord(cluster)} --family ${shellWord(family)} --region ${shellWord(writer.region)}`
  return { what: `task/${family}`, because: detail, cli: [`aws ecs list-tasks ${flags}`] }
}
