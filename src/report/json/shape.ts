/**
 * What the JSON of a report holds (contract, sections 4 and 6 to 8), as types: the writers answer with them, and `npm run docs` draws
 * `report.schema.json` from them, comments included. Prose is in the language asked for, every other word is not.
 */
import type { Change } from '../../domain/change.ts'
import type { CheckId } from '../../domain/check-id.ts'
import type { Label } from '../../domain/label.ts'
import type { Decision, HopAt, Origin, Outcome, ViaKind } from '../../domain/path.ts'
import type { Affected, CouldNotLook, Severity, Verdict } from '../../domain/report.ts'
import type {
  Confidence,
  RolloutPhase,
  SituationKind,
  SlowPhase,
  SubnetCount,
  TimelineKind,
} from '../../domain/rollout.ts'
import type { StepId, StepState } from '../../domain/step.ts'

/** A report of `preflight` or `watch`. */
export interface ReportJson {
  readonly schemaVersion: 1
  readonly tool: { readonly name: string; readonly version: string }
  readonly mode: string
  readonly target: TargetJson
  /** What is so, whatever `fail-on` makes of it. */
  readonly verdict: Verdict
  /** `fail-on` made the run fail. */
  readonly enforced: boolean
  /** Most of the facts that decide could not be had, for reasons that may pass; absent where they could. */
  readonly couldNotLook?: CouldNotLook
  /** One sentence. */
  readonly headline: string
  /** The first step that fails; null when nothing does. */
  readonly failingStep: { readonly id: StepId; readonly title: string } | null
  readonly steps: readonly StepJson[]
  readonly paths: readonly PathJson[]
  /** Worst first, then in the order of the steps. */
  readonly findings: readonly FindingJson[]
  readonly ignored: readonly IgnoredJson[]
  readonly unknowns: readonly UnknownJson[]
  /** Null where a blocker stops every start, and where nobody can tell. */
  readonly forecast: ForecastJson | null
  /** When the facts were read, ISO 8601; null where nobody knows. A rollout has times of its own. */
  readonly readAt: string | null
  /** Of a rollout only. */
  readonly rollout?: RolloutJson
}

/** The reports of several services of one run (contract, section 6). */
export interface ServicesReportJson {
  readonly schemaVersion: 1
  readonly tool: { readonly name: string; readonly version: string }
  readonly mode: string
  /** The worst of all; a service without a report counts as `unknown`. */
  readonly verdict: Verdict
  readonly enforced: boolean
  /** One sentence. */
  readonly headline: string
  readonly failingStep: { readonly id: StepId; readonly title: string } | null
  /** In the order in which they were named. */
  readonly services: readonly ReportJson[]
  /** Services of which there is no report. */
  readonly missing: readonly { readonly service: string; readonly because: string }[]
}

export interface TargetJson {
  readonly region: string
  readonly accountId: string | null
  readonly cluster: string
  readonly service: string
  readonly taskDefinition: string
}

export interface StepJson {
  readonly id: StepId
  readonly title: string
  /** The worst that applies; `ok` only where its facts were read and judged. */
  readonly state: StepState
}

/** From where a task starts to a host that it must reach. */
export interface PathJson {
  readonly from: Origin
  /** `ecr-api`, `ecr-dkr`, `s3-layers`, `logs` …, or `registry:HOST`. */
  readonly destination: string
  readonly host: string
  readonly port: number
  readonly neededBy: readonly string[]
  readonly via: { readonly kind: ViaKind; readonly id: string | null }
  readonly outcome: Outcome
  readonly hops: readonly HopJson[]
}

export interface HopJson {
  readonly at: HopAt
  /** The AWS id that decided; null where none did. */
  readonly id: string | null
  readonly decision: Decision
  readonly why: string
}

export interface FindingJson {
  readonly check: CheckId
  readonly step: StepId
  readonly severity: Severity
  /** The AWS id (or name) that is at fault. */
  readonly subject: string
  readonly title: string
  readonly what: string
  readonly why: string
  readonly evidence: readonly string[]
  readonly affects: readonly Affected[]
  readonly remedy: RemedyJson
  /** A page of this repository. */
  readonly docs: string
}

export interface RemedyJson {
  readonly console: readonly string[]
  /** Lines of bash or zsh, to be pasted in order. */
  readonly cli: readonly string[]
  readonly terraform: string
  /** What the words are made from: `kind` is the AWS CLI's operation, members are the API's in lowerCamelCase. */
  readonly changes: readonly Change[]
  /** Exactly what is printed, applied to the facts, removes the finding and leaves no other path worse. */
  readonly verified: boolean
}

export interface IgnoredJson extends FindingJson {
  /** As given in `ignore`; may be empty. */
  readonly reason: string
}

export interface UnknownJson {
  readonly check: string
  readonly because: string
  /** The IAM action that reads it; null where no permission would tell. */
  readonly permission: string | null
  /** It decides the verdict. */
  readonly matters: boolean
  readonly step: StepId
}

export interface ForecastJson {
  readonly expectedFailedTasks: number
  /** From and to; null is never. */
  readonly expectedMinutes: readonly [number | null, number | null]
  readonly cleanMinutes: readonly [number | null, number | null]
  readonly basis: readonly string[]
}

/** Times are ISO 8601. */
export interface RolloutJson {
  readonly phase: RolloutPhase
  /** Since when it was known that it cannot succeed; null while it can. */
  readonly hopeless: { readonly since: string | null; readonly because: string } | null
  readonly deploymentId: string | null
  readonly serviceDeploymentArn: string | null
  readonly startedAt: string | null
  readonly endedAt: string | null
  readonly seconds: number | null
  readonly slow: SlowJson
  readonly tasks: { readonly started: number; readonly failed: number; readonly successRate: number | null }
  readonly bySubnet: readonly SubnetCount[]
  readonly failures: readonly FailureJson[]
  readonly firstFailureSeenAt: string | null
  readonly diagnosedAt: string | null
  readonly timeline: readonly TimelineJson[]
  readonly logs: readonly LogJson[]
  readonly because: string
  readonly byZone: readonly ZoneCountJson[]
  readonly suspicions: readonly SuspicionJson[]
  /** Median seconds of the tasks that started. */
  readonly phases: readonly { readonly phase: SlowPhase; readonly seconds: number }[]
  readonly looks: { readonly taken: number; readonly missed: number; readonly calls: number }
  readonly notes: readonly string[]
  /** Entries that a long timeline has no room for. */
  readonly timelineLeftOut: number
  /** Earlier rollouts, newest first. */
  readonly history: readonly { readonly seconds: number; readonly status: string; readonly finishedAt: string | null }[]
  /** States of the rollout as a whole that have a name; `until` is null while one lasts. */
  readonly situations: readonly SituationJson[]
  /** What would show more the next time; null where nothing would, or nothing is missing. */
  readonly advice: AdviceJson | null
}

export interface AdviceJson {
  readonly what: string
  readonly cli: readonly string[]
}

export interface SituationJson {
  readonly kind: SituationKind
  readonly since: string | null
  readonly until: string | null
  readonly what: string
}

export interface SlowJson {
  readonly is: boolean
  readonly because: string
  readonly phase: SlowPhase | null
  readonly baselineSeconds: number | null
  /** The setting that governs the phase. */
  readonly setting: string | null
}

export interface ZoneCountJson {
  readonly availabilityZone: string | null
  readonly started: number
  readonly failed: number
  readonly succeeded: number
}

export interface FailureJson {
  /** Null where no task came into being. */
  readonly taskId: string | null
  readonly at: string | null
  readonly subnetId: string | null
  readonly privateIp: string | null
  readonly label: Label
  readonly destination: string | null
  readonly address: {
    readonly ip: string
    readonly port: number
    readonly is: string
    /** The interface endpoint that has it. */
    readonly endpointId: string | null
  } | null
  /** As ECS and the container runtime put it, secrets masked. */
  readonly text: string
  /** The check whose finding is behind it. */
  readonly cause: CheckId | null
  readonly confidence: Confidence
  readonly causeSubject: string | null
  readonly step: StepId | null
  readonly availabilityZone: string | null
  readonly container: string | null
  readonly exitCode: number | null
  /** A later try with nothing changed may work; null when nothing tells. */
  readonly transient: boolean | null
  readonly title: string
  readonly why: string
  readonly remedy: readonly string[]
  readonly notes: readonly string[]
}

export interface TimelineJson {
  readonly at: string | null
  readonly what: string
  readonly taskId: string | null
  readonly kind: TimelineKind
}

export interface LogJson {
  readonly taskId: string
  readonly container: string
  readonly lines: readonly string[]
  /** Why there are none; null where there are, or where the container wrote nothing. */
  readonly missing: string | null
}

export interface SuspicionJson {
  readonly taskId: string
  readonly subnetId: string | null
  readonly at: string | null
  readonly destination: string | null
  readonly cause: CheckId | null
  readonly state: 'suspected' | 'confirmed' | 'withdrawn'
}

/** What `explain` says of a text: the deciding failure, and further ones of the same text. */
export interface ExplanationJson extends ReadJson {
  /** From 1; with `--lines` only. */
  readonly line?: number
  readonly also: readonly ReadJson[]
}

export interface ReadJson {
  /** As given, secrets masked, at most 400 characters. */
  readonly text: string
  readonly label: Label
  readonly step: StepId | null
  readonly destination: string | null
  readonly transient: boolean | null
  readonly address: {
    readonly ip: string
    readonly port: number
    readonly is: 's3' | 'public' | 'private' | null
  } | null
  readonly title: string
  readonly why: string
  readonly remedy: readonly string[]
}
