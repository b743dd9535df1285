/** Failures that are the same but for their ids, as one; and the finding that stands behind them. */
import type { Finding } from '../../domain/report.ts'
import type { RolloutFailure } from '../../domain/rollout.ts'
import type { Text } from '../../domain/text.ts'

export interface FailureGroup {
  /** The first of them: its words stand for all. */
  readonly failure: RolloutFailure
  /** Of those that came to be tasks, in the order of time. */
  readonly taskIds: readonly string[]
  readonly count: number
  readonly firstAt: number | null
  readonly lastAt: number | null
  /** Subnets with their zones, where known. */
  readonly places: readonly string[]
  /** The finding that is their cause; null where none is, or where it is only possible. */
  readonly finding: Finding | null
  /** One that may be: nothing but its kind speaks for it. */
  readonly suspect: Finding | null
}

/** The largest group first; those of one size in the order of time. */
export function groupFailures(
  failures: readonly RolloutFailure[],
  findings: readonly Finding[],
): readonly FailureGroup[] {
  const groups = new Map<string, RolloutFailure[]>()
  for (const failure of failures) {
    const key = keyOf(failure)
    const known = groups.get(key)
    if (known === undefined) groups.set(key, [failure])
    else known.push(failure)
  }
  return [...groups.values()].map((own) => groupOf(own, findings)).toSorted((one, other) => other.count - one.count)
}

/** Where a failure is the subnet's, its notes name the subnet; where they do not, another subnet is no other failure. */
function keyOf({
  label,
  destination,
  cause,
  causeSubject,
  confidence,
  container,
  exitCode,
  text,
  notes,
}: RolloutFailure) {
  const said = [text, ...notes.map(({ en }) => en)].map(withoutIds)
  return JSON.stringify([label, destination, cause, causeSubject, confidence, container, exitCode, said])
}

function groupOf(own: readonly RolloutFailure[], findings: readonly Finding[]): FailureGroup {
  const [failure] = own
  if (failure === undefined) throw new TypeError('a group has a failure')
  const times = own.flatMap(({ at }) => at ?? [])
  const behind = findingBehind(failure, findings)
  const isKnown = failure.confidence !== 'possible'
  return {
    failure,
    taskIds: own.flatMap(({ taskId }) => taskId ?? []),
    count: own.length,
    firstAt: times.length === 0 ? null : times.reduce((first, at) => Math.min(first, at)),
    lastAt: times.length === 0 ? null : times.reduce((last, at) => Math.max(last, at)),
    places: [...new Set(own.flatMap(placeOf))],
    finding: isKnown ? behind : null,
    suspect: isKnown ? null : behind,
  }
}

/** What speaks for a failure's cause. Where the cause is proved, what a failure of its kind usually means is beside the point. */
export function reasonsOf({ confidence, why, notes }: RolloutFailure): readonly Text[] {
  return confidence === 'proved' && notes.length > 0 ? notes : [why, ...notes]
}

function placeOf({ subnetId, availabilityZone }: RolloutFailure): readonly string[] {
  if (subnetId === null) return availabilityZone === null ? [] : [availabilityZone]
  return [availabilityZone === null ? subnetId : `${subnetId} (${availabilityZone})`]
}

function findingBehind({ cause, causeSubject }: RolloutFailure, findings: readonly Finding[]): Finding | null {
  return findings.find(({ check, subject }) => check === cause && subject === causeSubject) ?? null
}

/** Task ids, addresses and ports are those of one task. */
function withoutIds(text: string): string {
  return text
    .replace(/\b[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}\b/gi, '·')
    .replace(/\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b/g, '·')
    .replace(/\beni-[0-9a-f]+\b/g, '·')
}
