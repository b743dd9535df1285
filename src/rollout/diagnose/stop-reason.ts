/** What a stopped task says about its own end: the text that tells most, and the container that it is about. Null for a task that did not fail. */
import type { EcsContainer, EcsTask } from '../../domain/rollout.ts'
import type { StepId } from '../../domain/step.ts'
import { LABELS } from '../../ecs-errors/labels.ts'
import { type Message, readMessage } from '../../ecs-errors/read-message.ts'
import { isAtRest, isStopping } from '../observe/lifecycle.ts'

export interface StopReason {
  readonly message: Message
  readonly text: string
  readonly step: StepId | null
  readonly container: EcsContainer | null
  /** Action Logs tell it, and the task itself does not. */
  readonly isLogged?: true
}

export function stopReasonOf(task: EcsTask, s3Prefixes: readonly string[] = []): StopReason | null {
  const { stoppedReason, stopCode } = task
  if (!isStopping(task) || (stoppedReason === null && stopCode === null)) return null
  const context = { s3Prefixes }
  const ofTask = readMessage(stoppedReason ?? '', context)
  if (isWanted(ofTask) || stopCode === 'UserInitiated') return null
  // The scheduler also stops tasks for reasons of its own, which are no failure of theirs.
  if (stopCode === 'ServiceSchedulerInitiated' && ofTask.label === 'unknown') return null
  const ofContainers = task.containers.flatMap((container) => {
    if (container.reason === null) return []
    const message = readMessage(container.reason, context)
    return isVague(message) ? [] : [{ container, text: container.reason, message }]
  })
  const best = isVague(ofTask) || LABELS[ofTask.label].family === 'health' ? ofContainers[0] : undefined
  if (best !== undefined) return { ...best, step: best.message.step }
  const same = ofContainers.find(({ message }) => message.label === ofTask.label)
  // The reason of a task may be cut where that of its container is not.
  const longer = same !== undefined && same.text.length > (stoppedReason ?? '').length ? same : null
  const message = longer?.message ?? ofTask
  return {
    message,
    text: longer?.text ?? stoppedReason ?? stopCode ?? '',
    step: message.step ?? stepByTimes(task),
    container: same?.container ?? (message.label === 'run/essential-exited' ? culpritOf(task.containers) : null),
  }
}

/** A stop that somebody wanted: scaling in, draining the old revision, a person. */
function isWanted({ label }: Message): boolean {
  const { clarity } = LABELS[label]
  return clarity === 'routine' || clarity === 'wanted'
}

/** Only that it ended, not why. */
function isVague({ label }: Message): boolean {
  const { clarity } = LABELS[label]
  return clarity === 'vague' || clarity === 'unspecified' || clarity === 'unknown'
}

/** It came to rest without having started, and ECS gives neither a code nor a reason. */
export function silentStopOf(task: EcsTask): StopReason | null {
  const isSilent = task.stoppedReason === null && task.stopCode === null
  if (!isSilent || task.startedAt !== null || !isAtRest(task.lastStatus)) return null
  return { message: readMessage(''), text: '', step: stepByTimes(task), container: null }
}

/**
 * The container whose end ended the task. 143 is SIGTERM and 137 SIGKILL: what ECS sends to the others once one has ended, so that
 * they come last; 137 is out of memory only where the reason says so.
 */
export function culpritOf(containers: readonly EcsContainer[]): EcsContainer | null {
  const ended = containers.filter(({ exitCode }) => exitCode !== null)
  const byRank = (rank: (code: number) => boolean) => ended.find(({ exitCode }) => rank(exitCode ?? 0))
  return (
    byRank((code) => code !== 0 && code !== 143 && code !== 137) ??
    byRank((code) => code === 137) ??
    byRank((code) => code === 0) ??
    ended[0] ??
    null
  )
}

/** Without words the times tell how far it came; Fargate may leave out the start of a pull that fails. */
function stepByTimes({ pullStartedAt, pullStoppedAt, startedAt }: EcsTask): StepId {
  if (startedAt !== null || pullStoppedAt !== null) return 'start'
  return pullStartedAt === null ? 'init' : 'pull'
}
