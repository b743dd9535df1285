/**
 * What the JSON of a report holds (contract, sections 4 and 6 to 8), as types: the writers answer with them, and `npm run docs` draws
 * `report.schema.json` from them, comments included. Prose is in the language asked for, every other word is not.
 */
import type { Change } from '../../domain/change.ts'
import type { CheckId } from '../../domain/check-id.ts'
import type { ContainerDigest } from '../../domain/deployment.ts'
import type { IllegibleBecause, KeptKind, SettingChange } from '../../domain/kept-settings.ts'
import type { Label } from '../../domain/label.ts'
import type { Decision, HopAt, Origin, Outcome, ViaKind } from '../../domain/path.ts'
import type { NotProbedKind, ProbeAttempt } from '../../domain/probe.ts'
import type { RehearsalOutcome } from '../../domain/rehearsal.ts'
import type { Affected, CouldNotLook, Severity, Verdict } from '../../domain/report.ts'
import type {
  Confidence,
  RolloutPhase,
  RunningDigest,
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
  /** Lists of changes that make every needed path reachable and leave no blocker, best first; empty where there is none to make or to be found. */
  readonly repairs: readonly RepairJson[]
  /** Changes that were supposed to have been made before anything was judged; absent where none were. */
  readonly whatIf?: readonly Change[]
  /** Settings that are other for a while, and what undoes it; absent where none is. */
  readonly temporary?: readonly TemporaryJson[]
  /** When the facts were read, ISO 8601; null where nobody knows. A rollout has times of its own. */
  readonly readAt: string | null
  /** Of `probe` only: what was tried from inside running tasks. */
  readonly probe?: readonly ProbeAttempt[]
  /** Of `probe` only: where it could not be tried, and what to switch on. */
  readonly notProbed?: readonly NotProbedJson[]
  /** Of a rollout only; null for a `deploy` that has none to tell of. */
  readonly rollout?: RolloutJson | null
  /** Of `deploy` only. */
  readonly deployment?: DeploymentJson
  /** Of a rehearsal only. */
  readonly rehearsal?: RehearsalJson
}

/** What a deploy has written, and what differs (contract, section 9). */
export interface DeploymentJson {
  /** ARN of what runs or would run; null where nothing was registered or found. */
  readonly revision: string | null
  readonly registered: boolean
  /** An identical revision existed. */
  readonly reused: boolean
  /** UpdateService, or the CodeDeploy deployment, was accepted. */
  readonly updated: boolean
  /** Null where the running revision could not be read. */
  readonly diff: readonly DiffJson[] | null
  /** No task of this rollout was ever placed there. */
  readonly untriedSubnets: readonly string[]
  readonly digests: readonly ContainerDigest[]
  /** Of `emergency`: what was put back; null where nothing was. */
  readonly restored: readonly SettingChange[] | null
}

/** A member that differs; null on the side that does not have it. What may be a secret is `(set)` before, and `(set)` or `(changed)` after. */
export interface DiffJson {
  /** What has a name by its name: `containerDefinitions.web.environment.LOG_LEVEL`; of the service, `service.subnets`. */
  readonly path: string
  readonly before: string | null
  readonly after: string | null
}

/** One throw-away task a subnet (contract, section 10). */
export interface RehearsalJson {
  readonly subnets: readonly RehearsedSubnetJson[]
  /** What Fargate bills at most: a minute at least for each task. */
  readonly vcpuSeconds: number
  /** `task/ID`, `task-definition/FAMILY:REVISION`; what earlier runs had left as well. */
  readonly removed: readonly string[]
  /** What could not be removed, with the commands that do it. */
  readonly leftovers: readonly { readonly what: string; readonly because: string; readonly cli: readonly string[] }[]
  /** Why nothing was tried; null where something was. */
  readonly because: string | null
  /** What it does not show. */
  readonly notes: readonly string[]
}

export interface RehearsedSubnetJson {
  readonly subnetId: string
  readonly availabilityZone: string | null
  /** `timed-out`: how it ends was not seen. */
  readonly outcome: RehearsalOutcome
  readonly pullSeconds: number | null
  /** Of a task that failed. */
  readonly label: Label | null
  /** As ECS put it, secrets masked; of `pulled` that the program does not exist. */
  readonly text: string
  /** The worst path of the subnet that a rehearsal takes, as preflight judges it. */
  readonly predicted: Outcome
  /** Null where one of the two could not tell. */
  readonly agrees: boolean | null
}

export interface NotProbedJson {
  /** Null for all of them. */
  readonly subnetId: string | null
  readonly taskId: string | null
  readonly kind: NotProbedKind
  readonly because: string
  /** What AWS or the agent said, secrets masked. */
  readonly detail: string
  /** What to switch on. */
  readonly remedy: readonly string[]
  /** The commands for it, in order. */
  readonly cli: readonly string[]
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

/** What tags of the service keep until it is undone. */
export interface TemporaryJson {
  /** As the input calls it; null where the tags are of a form that is not known. */
  readonly kind: KeptKind | null
  /** Null for tags that cannot be read. */
  readonly owner: string | null
  /** ISO 8601: from then on anybody may put it back. */
  readonly until: string | null
  /** False where nothing but tags is left; null where nobody can tell. */
  readonly inForce: boolean | null
  /** `before`: what to come back to. */
  readonly settings: readonly SettingChange[]
  readonly tagKeys: readonly string[]
  /** Why the tags cannot be read; null where they can. */
  readonly illegible: IllegibleBecause | null
  /** To be pasted: puts back what is in force, then takes the tags away. */
  readonly cli: readonly string[]
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

/** The smallest lists of changes, and what is known about them (contract, section 11). */
export interface RepairJson {
  /** In the order in which they are made. */
  readonly changes: readonly Change[]
  readonly cli: readonly string[]
  readonly terraform: string
  readonly cloudformation: string
  readonly because: string
  /** USD, on demand, without traffic; null where the Region's prices are not known. */
  readonly monthlyUsd: number | null
  /** Others that use what it changes. */
  readonly alsoTouches: readonly string[]
  /** With exactly these changes every needed path was judged reachable, no path worse, and no blocker is left. */
  readonly verified: boolean
  /** What is not known, or has to be done by hand beside it. */
  readonly restsOn: readonly string[]
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
  /** Subnets of the service in which no task of the rollout was placed: a replacement may go there any time. */
  readonly untriedSubnets: readonly string[]
  /** A line for each container and image that it runs in tasks that run. */
  readonly digests: readonly RunningDigest[]
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
