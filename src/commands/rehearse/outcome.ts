/** What the end of a rehearsal's task says of its subnet. */

import type { RehearsedSubnet } from '../../domain/rehearsal.ts'
import type { EcsContainer, EcsTask } from '../../domain/rollout.ts'
import { LABELS } from '../../ecs-errors/labels.ts'
import { readMessage } from '../../ecs-errors/read-message.ts'
import { stopReasonOf } from '../../rollout/diagnose/stop-reason.ts'
import { isAtRest, isStopping } from '../../rollout/observe/lifecycle.ts'
import { NO_PROGRAM } from './definition.ts'

export type End = Pick<RehearsedSubnet, 'outcome' | 'pullSeconds' | 'label' | 'text'>

/** Null while it goes on. */
export function endOf(task: EcsTask): End | null {
  const pullSeconds = pullSecondsOf(task)
  const isOver = isAtRest(task.lastStatus)
  const pulled = pulledText(task)
  if (pulled !== null) {
    const unseen = unseenImage(task)
    if (unseen === null) return { outcome: 'pulled', pullSeconds, label: null, text: pulled }
    // A digest may come later.
    return isOver ? { outcome: 'timed-out', pullSeconds, label: null, text: `${unseen}: ${pulled}` } : null
  }
  const reason = stopReasonOf(task)
  // Reasons of containers may come later than that of the task.
  if (!isStopping(task) || (!isOver && (reason === null || isVague(reason.message.label)))) return null
  if (reason === null) return { outcome: 'timed-out', pullSeconds, label: null, text: task.stoppedReason ?? '' }
  const { label } = reason.message
  const outcome = LABELS[label].step === 'placement' ? 'not-placed' : 'failed'
  return { outcome, pullSeconds, label, text: reason.text }
}

/** What ECS says of a program that is not there: pulled, secrets and logs in order, and only then this. */
function pulledText(task: EcsTask): string | null {
  const texts = [task.stoppedReason, ...task.containers.map(({ reason }) => reason)].filter((one) => one !== null)
  const told = texts.find(isOfNoProgram)
  if (told !== undefined) return told
  // A shell or an init process of the platform may say it with its exit code alone.
  const isSilent = task.pullStoppedAt !== null && task.containers.some(({ exitCode }) => exitCode === NOT_FOUND)
  return isSilent && isStopping(task) ? (task.stoppedReason ?? '') : null
}

const NOT_FOUND = 127

function isOfNoProgram(text: string): boolean {
  // ECS cuts long reasons.
  return text.includes(NO_PROGRAM.slice(0, 15)) || readMessage(text).label === 'start/command-not-found'
}

/**
 * The first container that ends takes the others with it, maybe while they pull. Each has shown that its image came by its digest or by a
 * failed start of its own; else another one has that pulled from the same registry. Null where all have.
 */
function unseenImage({ containers }: EcsTask): string | null {
  const seen = containers.filter((one) => one.digest !== null || isOfNoProgram(one.reason ?? ''))
  // Not every platform says it of each container.
  if (seen.length === 0) return null
  const registries = new Set(seen.map(registryOf))
  return containers.find((one) => !registries.has(registryOf(one)))?.image ?? null
}

function registryOf({ image }: EcsContainer): string {
  const [first = '', ...rest] = (image ?? '').split('/')
  return rest.length > 0 && /[.:]|^localhost$/.test(first) ? first : 'docker.io'
}

function pullSecondsOf({ pullStartedAt, pullStoppedAt }: EcsTask): number | null {
  if (pullStartedAt === null || pullStoppedAt === null) return null
  return Math.max(0, Math.round((pullStoppedAt - pullStartedAt) / 100) / 10)
}

function isVague(label: keyof typeof LABELS): boolean {
  const { clarity } = LABELS[label]
  return clarity === 'vague' || clarity === 'unspecified' || clarity === 'unknown'
}
