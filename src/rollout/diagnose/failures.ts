/** Every failure of our deployment: tasks that ended badly, and what ECS says when it cannot even make one. */

import type { RolloutFailure, TaskSeen } from '../../domain/rollout.ts'
import type { Text } from '../../domain/text.ts'
import { wordsFor } from '../../ecs-errors/words.ts'
import { countBySubnet, ownTasks, subnetOf } from '../counts.ts'
import type { Seen } from '../state.ts'
import type { Own } from '../status/followed-deployment.ts'
import { causeOf } from './cause.ts'
import * as say from './cause-words.ts'
import { ownEvents } from './events.ts'
import { isRegistrysAnswer, isServiceTrouble } from './labels.ts'
import type { Grounds } from './preflight-evidence.ts'
import { type Told, toldBy, untoldBy } from './stop-reason.ts'
import { isBlindForGood } from './unreadable-parts.ts'

/** A reason may come a moment after the stop. */
const SILENT_MS = 8_000

/** Oldest first. */
export function failuresOf(own: Own, seen: Seen, grounds: Grounds | null, now: number): readonly RolloutFailure[] {
  const tasks = ownTasks(own, seen)
  const told = tasks.flatMap(({ task, restSeenAt }) => {
    const said = grounds === null ? toldBy(task) : toldBy(task, grounds.s3Prefixes)
    const one = said ?? (restSeenAt !== null && now - restSeenAt >= SILENT_MS ? untoldBy(task) : null)
    return one === null ? [] : [{ task, told: one }]
  })
  const counts = countBySubnet(tasks, new Set(told.map(({ task }) => task.id)), grounds)
  const ofTasks = told.map((one) => {
    const subnetId = subnetOf(one.task, grounds)
    const found = causeOf({ message: one.told.message, subnetId }, grounds, counts)
    const words = wordsFor({ ...one.told.message, destination: found.destination })
    const { address, label, transient } = one.told.message
    return {
      taskId: one.task.id,
      at: one.task.stoppedAt ?? one.task.stoppingAt,
      subnetId,
      zone: one.task.zone,
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
  const isBlind = ofTasks.length === 0 && isBlindForGood(seen)
  return [...ofTasks, ...ofEvents(own, seen, grounds, isBlind)].sort((one, other) => (one.at ?? 0) - (other.at ?? 0))
}

function containerNotes(task: TaskSeen, { message, container, step }: Told): readonly Text[] {
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
function ofEvents(own: Own, seen: Seen, grounds: Grounds | null, isBlind: boolean): readonly RolloutFailure[] {
  const first = new Map<string, RolloutFailure>()
  for (const { event, message } of ownEvents(own, seen)) {
    const { at, message: text } = event
    const isTrouble = isServiceTrouble(message.label) || (isBlind && message.label === 'deploy/crash-loop')
    if (!isTrouble || TASK.test(text) || first.has(message.label)) continue
    const found = causeOf({ message, subnetId: null }, grounds, [])
    first.set(message.label, {
      taskId: null,
      at,
      subnetId: null,
      zone: null,
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
