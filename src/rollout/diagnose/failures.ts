/** Every failure of our deployment: tasks that ended badly, and what ECS says when it cannot even make one. */
import type { EcsTask, RolloutFailure } from '../../domain/rollout.ts'
import type { Text } from '../../domain/text.ts'
import { LABELS } from '../../ecs-errors/labels.ts'
import type { Message } from '../../ecs-errors/read-message.ts'
import { wordsFor } from '../../ecs-errors/words.ts'
import { countBySubnet, subnetOf } from '../counts.ts'
import { oldestFirst } from '../observe/clocks.ts'
import type { FollowedTask, RolloutFacts } from '../state.ts'
import { actionsByTask, explains, isTrouble, loggedStop } from './action-logs.ts'
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
      notes: [...(stop.isLogged === true ? [say.FROM_ACTION_LOGS] : []), ...containerNotes(task, stop), ...cause.notes],
    }
  })
  const known = [...ofTasks, ...ofUnseenTasks(facts)]
  // What ECS says of starts in general stands in for tasks that nobody may see.
  const isBlind = known.length === 0 && isUnreadForGood(observed)
  return [...known, ...ofEvents(facts, isBlind, known)].sort((one, other) => oldestFirst(one.at, other.at))
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

/** Tasks that no poll ever showed, and that a record names. */
function ofUnseenTasks({ actions, observed, preflight }: RolloutFacts): readonly RolloutFailure[] {
  return [...actionsByTask(actions)].flatMap(([taskId, own]) => {
    const stop = observed.tasks[taskId] === undefined ? loggedStop(null, own, preflight?.s3Prefixes) : null
    if (stop === null) return []
    const cause = causeOf({ message: stop.message, subnetId: null }, preflight, [])
    const { address } = stop.message
    return {
      ...NO_TASK,
      taskId,
      at: own.at(-1)?.action.at ?? null,
      address: address === null ? null : { ...address, endpointId: cause.endpointId },
      ...explained(stop.message, stop.text, cause),
      notes: [say.FROM_ACTION_LOGS, ...cause.notes],
    }
  })
}

const TASK = /\(task [0-9a-f-]{8,}\)/

/** Repetitions are one. What tasks tell themselves is not told again. */
function ofEvents(
  facts: RolloutFacts,
  isBlind: boolean,
  ofTasks: readonly RolloutFailure[],
): readonly RolloutFailure[] {
  const { events, actions, preflight } = facts
  const known = new Set(ofTasks.map(({ label }) => label))
  const ofService = events.flatMap(({ event, message }) => {
    const { label } = message
    const isOne = LABELS[label].isBeforeTask === true || (isBlind && label === 'deploy/crash-loop')
    return isOne && !TASK.test(event.message) ? [{ at: event.at, text: event.message, message, notes: [] }] : []
  })
  const logged = actions.flatMap((one) => {
    const { action, message, taskId } = one
    const isOne = taskId === null && isTrouble(one) && explains(message) && !known.has(message.label)
    const notes = [say.FROM_ACTION_LOGS]
    return isOne && action.reason !== null ? [{ at: action.at, text: action.reason, message, notes }] : []
  })
  const first = new Map<string, RolloutFailure>()
  for (const { at, text, message, notes } of [...ofService, ...logged]) {
    if (first.has(message.label)) continue
    const cause = causeOf({ message, subnetId: null }, preflight, [])
    const own = explained(message, text, { ...cause, destination: message.destination })
    const hasPassed = LABELS[message.label].family === 'placement' && isPlacedSince(message.label, facts)
    const passed = hasPassed ? { transient: true, notes: [...notes, say.PLACED_SINCE] } : { notes }
    first.set(message.label, { ...NO_TASK, at, ...own, ...passed })
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
