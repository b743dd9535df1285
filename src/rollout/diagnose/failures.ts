/** Every failure of our deployment: tasks that ended badly, and what ECS says when it cannot even make one. */

import type { EcsTask, RolloutFailure } from '../../domain/rollout.ts'
import type { Text } from '../../domain/text.ts'
import { wordsFor } from '../../ecs-errors/words.ts'
import { countBySubnet, subnetOf, tasksOf } from '../counts.ts'
import type { Observed } from '../state.ts'
import type { FollowedDeployment } from '../status/followed-deployment.ts'
import { causeOf } from './cause.ts'
import * as say from './cause-words.ts'
import { eventsOf } from './events.ts'
import { isRegistrysAnswer, isServiceTrouble } from './labels.ts'
import type { PreflightEvidence } from './preflight-evidence.ts'
import { type StopReason, silentStopOf, stopReasonOf } from './stop-reason.ts'
import { isUnreadForGood } from './unreadable-parts.ts'

/** A reason may come a moment after the stop. */
const SILENT_MS = 8_000

/** Oldest first. */
export function failuresOf(
  followed: FollowedDeployment,
  observed: Observed,
  preflight: PreflightEvidence | null,
  now: number,
): readonly RolloutFailure[] {
  const tasks = tasksOf(followed, observed)
  const told = tasks.flatMap(({ task, restSeenAt }) => {
    const said = preflight === null ? stopReasonOf(task) : stopReasonOf(task, preflight.s3Prefixes)
    const one = said ?? (restSeenAt !== null && now - restSeenAt >= SILENT_MS ? silentStopOf(task) : null)
    return one === null ? [] : [{ task, told: one }]
  })
  const counts = countBySubnet(tasks, new Set(told.map(({ task }) => task.id)), preflight)
  const ofTasks = told.map((one) => {
    const subnetId = subnetOf(one.task, preflight)
    const found = causeOf({ message: one.told.message, subnetId }, preflight, counts)
    const words = wordsFor({ ...one.told.message, destination: found.destination })
    const { address, label, transient } = one.told.message
    return {
      taskId: one.task.id,
      at: one.task.stoppedAt ?? one.task.stoppingAt,
      subnetId,
      availabilityZone: one.task.availabilityZone,
      privateIp: one.task.privateIp,
      label,
      step: one.told.step,
      destination: found.destination,
      address: address === null ? null : { ...address, endpointId: found.endpointId },
      text: one.told.text,
      container: one.told.container?.name ?? null,
      exitCode: one.told.container?.exitCode ?? null,
      transient,
      cause: found.cause,
      causeSubject: found.causeSubject,
      confidence: found.confidence,
      ...words,
      notes: [...containerNotes(one.task, one.told), ...found.notes],
    }
  })
  // What ECS says of starts in general stands in for tasks that nobody may see.
  const isBlind = ofTasks.length === 0 && isUnreadForGood(observed)
  return [...ofTasks, ...ofEvents(followed, observed, preflight, isBlind)].sort(
    (one, other) => (one.at ?? 0) - (other.at ?? 0),
  )
}

function containerNotes(task: EcsTask, { message, container, step }: StopReason): readonly Text[] {
  const notes: Text[] = []
  if (isRegistrysAnswer(message.label)) notes.push(say.registryAnswered())
  if (container !== null && container.exitCode !== null) {
    if (/^(run|start)\//.test(message.label)) notes.push(say.exited(container.name, container.exitCode))
    if (message.label === 'run/oom' && container.memory !== null) {
      notes.push(say.memoryLimit(container.name, container.memory))
    }
  }
  const culprit = message.label.startsWith('health/') ? null : container
  const others = task.containers.filter(({ name, exitCode }) => name !== culprit?.name && exitCode !== null)
  if (step === 'health' || (culprit !== null && others.length > 0)) {
    if (others.length > 0) notes.push(say.consequence(others.map(({ name, exitCode }) => `${name}: ${exitCode}`)))
  }
  if (task.startedAt !== null && (step === 'health' || step === 'start')) notes.push(say.pullWorked())
  return notes
}

const TASK = /\(task [0-9a-f-]{8,}\)/

/** Repetitions are one. What tasks tell themselves is not told again. */
function ofEvents(
  followed: FollowedDeployment,
  observed: Observed,
  preflight: PreflightEvidence | null,
  isBlind: boolean,
): readonly RolloutFailure[] {
  const first = new Map<string, RolloutFailure>()
  for (const { event, message } of eventsOf(followed, observed)) {
    const { at, message: text } = event
    const isTrouble = isServiceTrouble(message.label) || (isBlind && message.label === 'deploy/crash-loop')
    if (!isTrouble || TASK.test(text) || first.has(message.label)) continue
    const found = causeOf({ message, subnetId: null }, preflight, [])
    first.set(message.label, {
      taskId: null,
      at,
      subnetId: null,
      availabilityZone: null,
      privateIp: null,
      label: message.label,
      step: message.step,
      destination: message.destination,
      address: null,
      text,
      container: null,
      exitCode: null,
      transient: message.transient,
      cause: found.cause,
      causeSubject: found.causeSubject,
      confidence: found.confidence,
      ...wordsFor(message),
      notes: [],
    })
  }
  return [...first.values()]
}
