/** A rollout's tasks as stretches of time, from its timeline: provision, pull, started, and where it failed. */
import type { RolloutReport } from '../domain/rollout.ts'

export type SpanKind = 'provision' | 'pull' | 'start'

export interface Span {
  readonly kind: SpanKind
  readonly failed: boolean
  readonly fromAt: number
  readonly toAt: number
}

export interface TaskSpans {
  readonly taskId: string
  readonly subnetId: string | null
  readonly zone: string | null
  readonly failed: boolean
  readonly spans: readonly Span[]
}

/** The timeline's own sentences (rollout/timeline.ts): it has no other word for what an entry is. A test holds them together. */
const CREATED = 'Task created.'
const PULLING = 'Image pull began.'
const STARTED = 'Task started.'
const STOPPED = 'Task stopped.'
const FAILED = 'Task failed: '

/** In the order in which the tasks began. What is still under way lasts to the end of what is known. */
export function taskSpans(rollout: RolloutReport): readonly TaskSpans[] {
  const { timeline, endedAt, failures, suspicions } = rollout
  const lastAt = timeline.reduce((last, { at }) => Math.max(last, at), endedAt ?? 0)
  const places = new Map<string, { readonly subnetId: string | null; readonly zone: string | null }>()
  for (const { taskId, subnetId } of suspicions) places.set(taskId, { subnetId, zone: null })
  for (const { taskId, subnetId, zone } of failures) if (taskId !== null) places.set(taskId, { subnetId, zone })
  const ids = [...new Set(timeline.flatMap(({ taskId }) => taskId ?? []))]
  return ids.flatMap((taskId) => {
    const own = timeline.filter((entry) => entry.taskId === taskId)
    const at = (sentence: string) => own.find(({ what }) => what.en.startsWith(sentence))?.at
    const failedAt = at(FAILED)
    const spans = spansOf(
      [at(CREATED), at(PULLING), at(STARTED)],
      failedAt ?? at(STOPPED) ?? lastAt,
      failedAt !== undefined,
    )
    const place = places.get(taskId) ?? { subnetId: null, zone: null }
    return spans.length === 0 ? [] : [{ taskId, ...place, failed: failedAt !== undefined, spans }]
  })
}

const KINDS: readonly SpanKind[] = ['provision', 'pull', 'start']

/** Each begins where it is known to, and ends where the next known one begins; the last one is the one that failed. */
function spansOf(begins: readonly (number | undefined)[], endAt: number, failed: boolean): readonly Span[] {
  const known = begins.flatMap((fromAt, index) => {
    const kind = KINDS[index]
    return fromAt === undefined || kind === undefined ? [] : [{ kind, fromAt }]
  })
  return known.map(({ kind, fromAt }, index) => ({
    kind,
    fromAt,
    toAt: Math.max(fromAt, known[index + 1]?.fromAt ?? endAt),
    failed: failed && index === known.length - 1,
  }))
}

/** Failed ones first, then the earliest, at most so many; in the order of time. */
export function tellingTasks(tasks: readonly TaskSpans[], atMost: number): readonly TaskSpans[] {
  const kept = new Set(tasks.toSorted((one, other) => Number(other.failed) - Number(one.failed)).slice(0, atMost))
  return tasks.filter((task) => kept.has(task))
}
