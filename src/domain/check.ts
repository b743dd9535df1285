/** One check: what it looks for, which facts it needs, and how it words what it found. */
import { missingFrom, type Unread } from './answer.ts'
import type { Remedy } from './change.ts'
import type { CheckId } from './check-id.ts'
import type { FactName, Facts } from './facts.ts'
import type { Fault, FaultKind, Missing, Reason } from './path.ts'
import type { Affected, Severity } from './report.ts'
import type { StepId } from './step.ts'
import type { Text } from './text.ts'

/** What `evaluate` returns: data only. Words are a function of `details`. */
export interface Found<Details> {
  readonly subject: string
  readonly evidence: readonly Text[]
  readonly details: Details
  /** Where it differs from the check's own. */
  readonly severity?: Severity
  readonly step?: StepId
  readonly affects?: readonly Affected[]
  /** The image as the task definition has it, where the subject is another name of it. */
  readonly image?: string
  /** The faults of the paths behind it: what a repair has to make go away. */
  readonly faults?: readonly Fault[]
}

export interface Check<Details = unknown, Needs extends FactName = FactName> {
  /** Kebab case, the failing state; file, test and page have the same name. Permanent. */
  readonly id: CheckId
  readonly step: StepId
  readonly severity: Severity
  readonly needs: readonly Needs[]
  /** What it misses only reveals rare overrides (quotas, lifecycle policies: contract, section 3), and leaves the verdict alone. */
  readonly revealsOverrides?: true
  /** The faults of paths that it tells; each kind has one check that does. */
  readonly speaksFor?: readonly FaultKind[]
  /** The IAM actions behind the facts, for docs/permissions.md. */
  readonly permissions: readonly string[]
  readonly title: Text
  readonly why: Text
  /** Findings, and facts that it missed on the way. */
  readonly evaluate: (facts: Pick<Facts, Needs>) => CheckResults<Details>
  readonly explain: (details: Details) => Text
  readonly remedy: (details: Details) => Remedy
}

/** A check's way to say that it could not tell, for one subject. */
export interface Unseen extends Missing {
  /** Decides the verdict, for whatever reason it is missing (contract, section 3). */
  readonly matters: boolean
}

export type CheckResults<Details> = readonly (Found<Details> | Unseen)[]

/** `reason` and `what` as of `missingFrom`. */
export function couldNotTell(unread: Unread, reason: Reason, what: Text, matters: boolean): Unseen {
  return { ...missingFrom(unread, reason, what), matters }
}

/** What no permission would tell. */
export function cannotSee(reason: Reason, because: Text, matters = false): Unseen {
  return { permission: null, reason, because, matters }
}

/** Types a check and erases its details, so that checks of every kind fit one list. */
export function defineCheck<Details, const Needs extends FactName>(check: Check<Details, Needs>): Check {
  return check as unknown as Check
}
