/** A finished report (contract, section 4): plain data, every sentence in both languages. Renderers take it and nothing else. */
import type { PassingReason } from './answer.ts'
import type { Change } from './change.ts'
import type { CheckId } from './check-id.ts'
import type { Fault, Missing, Path } from './path.ts'
import type { RolloutReport } from './rollout.ts'
import type { StepId, StepState } from './step.ts'
import type { Text } from './text.ts'

export type Severity = 'blocker' | 'warning' | 'advice'
export type Verdict = 'pass' | 'warn' | 'fail' | 'unknown'

/** Advice that can be pasted: real ids, three forms. */
export interface RemedyWords {
  readonly console: readonly Text[]
  readonly cli: readonly string[]
  readonly terraform: string
}

export interface Finding {
  readonly check: CheckId
  readonly step: StepId
  readonly severity: Severity
  /** The AWS id (or name) that is at fault. */
  readonly subject: string
  readonly title: Text
  readonly what: Text
  readonly why: Text
  /** Facts as they were read, one a line. */
  readonly evidence: readonly Text[]
  readonly remedy: RemedyWords & {
    /** What the words are made from. */
    readonly changes: readonly Change[]
    /** Exactly what is printed, applied to the facts, removes the finding and leaves no other path worse. */
    readonly verified: boolean
  }
  /** Subnets and destinations that the cause breaks, `subnet-… → s3-layers`. */
  readonly affects: readonly Affected[]
  /** The image as the task definition has it, where the subject is another name of it; not part of any rendering. */
  readonly image?: string
  /** The faults of the paths behind it; not part of any rendering. */
  readonly faults?: readonly Fault[]
  readonly docs: string
}

/** A finding that `ignore` names: it leaves the verdict, and stays in the report. */
export interface IgnoredFinding extends Finding {
  /** As given; may be empty. */
  readonly reason: string
}

export interface Affected {
  readonly subnetId: string
  readonly destination: string
}

/** A missing fact as a report tells it. Its `reason` is not part of the JSON. */
export interface Unknown extends Missing {
  readonly check: string
  /** Every check that the missing fact kept from judging; `check` alone where not given. Not part of the JSON. */
  readonly checks?: readonly string[]
  readonly step: StepId
  /** The later steps that nobody looked at for want of it. Not part of the JSON. */
  readonly beyond?: readonly StepId[]
  /** Decides the verdict (contract, section 3). */
  readonly matters: boolean
}

export interface Step {
  readonly id: StepId
  readonly title: Text
  readonly state: StepState
}

export interface Forecast {
  readonly expectedFailedTasks: number
  readonly expectedMinutes: readonly [number, number]
  readonly cleanMinutes: readonly [number, number]
  /** What the ranges rest on. */
  readonly basis: readonly Text[]
}

export interface Target {
  readonly region: string
  readonly accountId: string | null
  readonly cluster: string
  readonly service: string
  readonly taskDefinition: string
}

/** Most of the facts that decide could not be had, for reasons that may pass: nothing was looked at, and a step that goes on says nothing. */
export interface CouldNotLook {
  readonly missing: number
  readonly of: number
  readonly because: readonly PassingReason[]
}

/** What made the report. */
export interface Tool {
  readonly name: string
  readonly version: string
  /** Where its pages stand on the web, without a slash at the end; not part of the JSON. */
  readonly pages?: string
}

export interface Report {
  readonly schemaVersion: 1
  readonly tool: Tool
  readonly mode: string
  readonly target: Target
  /** What is so, whatever `fail-on` makes of it. */
  readonly verdict: Verdict
  /** It made the run fail. */
  readonly enforced: boolean
  readonly couldNotLook?: CouldNotLook
  readonly failingStep: { readonly id: StepId; readonly title: Text } | null
  readonly steps: readonly Step[]
  readonly paths: readonly Path[]
  /** Worst first, then in the order of the steps. */
  readonly findings: readonly Finding[]
  readonly ignored: readonly IgnoredFinding[]
  readonly unknowns: readonly Unknown[]
  readonly forecast: Forecast | null
  /** When the facts were read, in milliseconds since 1970; a rollout has times of its own. */
  readonly readAt?: number | null
  /** IAM actions of everything that such a run reads: what a policy has to allow. Not part of the JSON. */
  readonly reads?: readonly string[]
  /** Of `watch` and `deploy`. */
  readonly rollout?: RolloutReport
}
