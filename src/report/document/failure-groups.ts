/** Failures that are the same but for their ids, as one; and the finding that stands behind them. */
import { grouped } from '../../domain/collections.ts'
import type { Finding } from '../../domain/report.ts'
import type { RolloutFailure } from '../../domain/rollout.ts'

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
  const groups = [...grouped(failures, keyOf).values()].map((own) => groupOf(own, findings))
  return groups.toSorted((one, other) => other.count - one.count)
}

/** Another subnet is no other failure: where the network of one differs, so does the cause that was found. */
function keyOf({
  label,
  destination,
  cause,
  causeSubject,
  confidence,
  container,
  exitCode,
  text,
}: RolloutFailure): string {
  return JSON.stringify([label, destination, cause, causeSubject, confidence, container, exitCode, withoutIds(text)])
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
