/** A rollout's tasks as stretches of time, from its timeline: provision, pull, run, and where it failed. */
import { grouped } from '../../domain/collections.ts'
import type { RolloutReport, TimelineKind } from '../../domain/rollout.ts'
import type { Text } from '../../domain/text.ts'
import { PICTURE_WORDS } from '../diagrams/picture-words.ts'

export type SpanKind = 'provision' | 'pull' | 'run'

export interface Span {
  readonly kind: SpanKind
  readonly failed: boolean
  readonly fromAt: number
  readonly toAt: number
}

export interface TaskSpans {
  readonly taskId: string
  readonly subnetId: string | null
  readonly availabilityZone: string | null
  readonly failed: boolean
  readonly spans: readonly Span[]
}

const BEGINS: readonly (readonly [TimelineKind, SpanKind])[] = [
  ['task-created', 'provision'],
  ['pull-began', 'pull'],
  ['task-started', 'run'],
]

/** In the order in which the tasks began. What is still under way lasts to the end of what is known. */
export function taskSpans(rollout: RolloutReport): readonly TaskSpans[] {
  const knownTo = knownUntil(rollout)
  const ofTasks = rollout.timeline.filter(({ taskId }) => taskId !== null)
  return [...grouped(ofTasks, ({ taskId }) => taskId ?? '')].flatMap(([taskId, own]) => {
    const at = (kind: TimelineKind) => own.find((entry) => entry.kind === kind)?.at
    const failedAt = at('task-failed')
    const failed = failedAt !== undefined
    const begins = BEGINS.flatMap(([kind, span]) => {
      const fromAt = at(kind)
      return fromAt === undefined ? [] : [{ kind: span, fromAt }]
    })
    const endAt = failedAt ?? at('task-stopped') ?? knownTo
    // Each ends where the next known one begins; the last one is the one that failed.
    const spans = begins.map(({ kind, fromAt }, index) => {
      const isLast = index === begins.length - 1
      return { kind, fromAt, toAt: Math.max(fromAt, begins[index + 1]?.fromAt ?? endAt), failed: failed && isLast }
    })
    const { subnetId = null, availabilityZone = null } = own[0] ?? {}
    return spans.length === 0 ? [] : [{ taskId, subnetId, availabilityZone, failed, spans }]
  })
}

/** The watch may have gone on after the last thing that happened. */
function knownUntil({ timeline, startedAt, endedAt, seconds }: RolloutReport): number {
  const watchedTo = endedAt ?? (startedAt === null || seconds === null ? 0 : startedAt + seconds * 1000)
  return timeline.reduce((last, { at }) => Math.max(last, at), watchedTo)
}

/** On Fargate a pull that fails may never show that it began: then nobody knows which of the two failed. */
export function spanName(kind: SpanKind, failed: boolean): Text {
  return failed && kind === 'provision' ? PICTURE_WORDS.startUp : PICTURE_WORDS[kind]
}

/** Failed ones first, then the earliest, at most so many; in the order of time. */
export function tellingTasks(tasks: readonly TaskSpans[], atMost: number): readonly TaskSpans[] {
  const kept = new Set(tasks.toSorted((one, other) => Number(other.failed) - Number(one.failed)).slice(0, atMost))
  return tasks.filter((task) => kept.has(task))
}
