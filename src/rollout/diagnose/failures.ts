/** Every failure of our deployment: tasks that ended badly, and what ECS says when it cannot even make one. */
import type { EcsTask, RolloutFailure } from '../../domain/rollout.ts'
import type { Text } from '../../domain/text.ts'
import { LABELS } from '../../ecs-errors/labels.ts'
import type { Message } from '../../ecs-errors/read-message.ts'
import { wordsFor } from '../../ecs-errors/words.ts'
import { countBySubnet, subnetOf } from '../counts.ts'
import { oldestFirst } from '../observe/clocks.ts'
import type { FollowedTask, RolloutFacts } from '../state.ts'
import { type Cause, causeOf } from './cause.ts'
import * as say from './cause-words.ts'
import { isPlacedSince } from './situations.ts'
import { type StopReason, silentStopOf } from './stop-reason.ts'
import { isUnreadForGood } from './unreadable-parts.ts'

/** A reason may come a moment after the stop. */
const SILENT_MS = 8_000

/** Oldest first. */
export function failuresOf(facts: RolloutFacts): readonly RolloutFailure[] {
  const { tasks, preflight, observed, now } = facts
  const stops = tasks.flatMap((one) => {
    const stop = one.stop ?? (isSilent(one, now) ? silentStopOf(one.task) : null)
    return stop === null ? [] : [{ task: one.task, stop }]
  })
  const counts = countBySubnet(tasks, new Set(stops.map(({ task }) => task.id)), preflight)
  const ofTasks = stops.map(({ task, stop }): RolloutFailure => {
    const subnetId = subnetOf(task, preflight)
    const cause = causeOf({ message: stop.message, subnetId }, preflight, counts)
    const { address } = stop.message
    return {
      taskId: task.id,
      at: task.stoppedAt ?? task.stoppingAt,
      subnetId,
      availabilityZone: task.availabilityZone,
      privateIp: task.privateIp,
      address: address === null ? null : { ...address, endpointId: cause.endpointId },
      container: stop.container?.name ?? null,
      exitCode: stop.container?.exitCode ?? null,
      ...explained(stop.message, stop.text, cause),
      step: stop.step,
      notes: [...containerNotes(task, stop), ...cause.notes],
    }
  })
  // What ECS says of starts in general stands in for tasks that nobody may see.
  const isBlind = ofTasks.length === 0 && isUnreadForGood(observed)
  return [...ofTasks, ...ofEvents(facts, isBlind)].sort((one, other) => oldestFirst(one.at, other.at))
}

function isSilent({ restSeenAt }: FollowedTask, now: number): boolean {
  return restSeenAt !== null && now - restSeenAt >= SILENT_MS
}

function explained(message: Message, text: string, { cause, causeSubject, confidence, destination }: Cause) {
  const { label, step, transient } = message
  const words = wordsFor({ ...message, destination })
  return { label, step, destination, text, transient, cause, causeSubject, confidence, ...words }
}

function containerNotes(task: EcsTask, { message, container, step }: StopReason): readonly Text[] {
  const { family, network } = LABELS[message.label]
  const notes: Text[] = []
  if (network === 'answered') notes.push(say.REGISTRY_ANSWERED)
  if (container !== null && container.exitCode !== null) {
    if (family === 'run' || family === 'start') notes.push(say.exited(container.name, container.exitCode))
    if (message.label === 'run/oom' && container.memory !== null) {
      notes.push(say.memoryLimit(container.name, container.memory))
    }
  }
  const culprit = family === 'health' ? null : container
  const others = task.containers.filter(({ name, exitCode }) => name !== culprit?.name && exitCode !== null)
  if (others.length > 0 && (step === 'health' || culprit !== null)) {
    notes.push(say.consequence(others.map(({ name, exitCode }) => `${name}: ${exitCode}`)))
  }
  if (task.startedAt !== null && (step === 'health' || step === 'start')) notes.push(say.PULL_WORKED)
  return notes
}

const TASK = /\(task [0-9a-f-]{8,}\)/

/** Repetitions are one. What tasks tell themselves is not told again. */
function ofEvents(facts: RolloutFacts, isBlind: boolean): readonly RolloutFailure[] {
  const { events, preflight } = facts
  const first = new Map<string, RolloutFailure>()
  for (const { event, message } of events) {
    const { label } = message
    const isTrouble = LABELS[label].isBeforeTask === true || (isBlind && label === 'deploy/crash-loop')
    if (!isTrouble || TASK.test(event.message) || first.has(label)) continue
    const cause = causeOf({ message, subnetId: null }, preflight, [])
    const own = explained(message, event.message, { ...cause, destination: message.destination })
    const hasPassed = LABELS[label].family === 'placement' && isPlacedSince(label, facts)
    const passed = hasPassed ? { transient: true, notes: [say.PLACED_SINCE] } : {}
    first.set(label, { ...NO_TASK, at: event.at, ...own, ...passed })
  }
  return [...first.values()]
}

const NO_TASK = {
  taskId: null,
  subnetId: null,
  availabilityZone: null,
  privateIp: null,
  address: null,
  container: null,
  exitCode: null,
  notes: [],
} as const
