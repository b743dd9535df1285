/** `run-task`: a task of the revision outside of the service, before the service is updated. */
import type { Loose, RawAnswer } from '../../aws/calls/call.ts'
import { describeTasks } from '../../aws/calls/ecs.ts'
import { runTask } from '../../aws/calls/writes.ts'
import { count, idOf, isLoose, listAt, prose } from '../../aws/facts/shape.ts'
import type { DeployEnding } from '../../domain/deployment.ts'
import type { DeployDeps, DeployRequest, TaskRequest } from './request.ts'

export interface StartedTasks {
  readonly arns: readonly string[]
  /** Null where all that was asked for went well. */
  readonly ending: DeployEnding | null
}

/** Starts it once, however often it is sent: ECS answers a client token with the tasks of the first request (Developer Guide, Idempotency). */
export async function ranTask(
  request: DeployRequest,
  { input, isAwaited }: TaskRequest,
  deps: DeployDeps,
  revision: string,
): Promise<StartedTasks> {
  const { cluster, retries } = request
  const asked: Loose = { cluster, taskDefinition: revision, ...input, clientToken: deps.token() }
  let written = await deps.writer.write(runTask, asked, deps.signal)
  for (let again = 0; again < retries && written.outcome === 'unsure'; again += 1) {
    await deps.clock.sleep(BETWEEN_MS, deps.signal)
    written = await deps.writer.write(runTask, asked, deps.signal)
  }
  if (written.outcome !== 'done') {
    const { outcome, permission, detail } = written
    return { arns: [], ending: { kind: outcome, permission, detail } }
  }
  const arns = listAt(written.answer, 'tasks').flatMap((one) => idOf(one['taskArn']) ?? [])
  const [failure] = listAt(written.answer, 'failures')
  if (failure !== undefined || arns.length === 0) {
    return {
      arns,
      ending: { kind: 'refused', permission: runTask.permission, detail: prose(failure?.['reason']) ?? '' },
    }
  }
  deps.say({ en: `Started ${arns.join(', ')}.`, ko: `태스크를 시작했습니다: ${arns.join(', ')}` })
  return { arns, ending: isAwaited ? await awaited(request, deps, arns) : null }
}

const BETWEEN_MS = 2_000
const EVERY_MS = 10_000

/** Until all have stopped; every container has to end with 0, as the official action has it. */
async function awaited(
  { cluster, watch, mostDelayMs }: DeployRequest,
  { reader, clock, signal }: DeployDeps,
  arns: readonly string[],
): Promise<DeployEnding | null> {
  const deadline = clock.now() + watch.waitMinutes * 60_000
  for (;;) {
    const answer: RawAnswer = await reader.read(describeTasks, { cluster: [cluster], id: arns })
    const tasks = answer.known ? answer.value.filter(isLoose) : []
    if (tasks.length === arns.length && tasks.every(({ lastStatus }) => lastStatus === 'STOPPED'))
      return tasks.map(failureOf).find((one) => one !== null) ?? null
    if (signal?.aborted === true) return { kind: 'cancelled' }
    if (clock.now() >= deadline) return { kind: 'task-not-over', taskArn: arns.join(', '), detail: '' }
    await clock.sleep(Math.min(EVERY_MS, mostDelayMs ?? EVERY_MS), signal)
  }
}

function failureOf(task: Loose): DeployEnding | null {
  const failed = listAt(task, 'containers').find((one) => count(one['exitCode']) !== 0)
  if (failed === undefined) return null
  const code = count(failed['exitCode'])
  const words = [
    `${idOf(failed['name']) ?? ''}${code === null ? '' : ` exit code ${code}`}`,
    prose(failed['reason']) ?? prose(task['stoppedReason']) ?? '',
  ]
  return {
    kind: 'task-failed',
    taskArn: idOf(task['taskArn']) ?? '',
    detail: words.filter((one) => one.trim() !== '').join(': '),
  }
}
