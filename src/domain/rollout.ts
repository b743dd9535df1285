/** The words of a rollout: what one poll at ECS sees, and what a finished watch reports (contract, section 6). */
import type { Answer } from './answer.ts'
import type { CheckId } from './check-id.ts'
import type { Label } from './label.ts'
import type { StepId } from './step.ts'
import type { Text } from './text.ts'

// biome-ignore format: one line
export const ROLLOUT_PHASES = [
  'not-started', 'rolling', 'steady', 'failed', 'rolling-back', 'rolled-back', 'superseded', 'timed-out', 'lost', 'cancelled',
] as const
export type RolloutPhase = (typeof ROLLOUT_PHASES)[number]

/** All times are milliseconds since 1970. Strings that AWS may extend (states, codes) stay plain strings. */
export interface Poll {
  /** By the caller's clock, when the answers were in. */
  readonly at: number
  /** Null: there is no such service. */
  readonly service: Answer<EcsService | null>
  readonly running: Answer<readonly EcsTask[]>
  readonly stopped: Answer<readonly EcsTask[]>
  readonly serviceDeployments: Answer<readonly EcsServiceDeployment[]>
  /** Ids of tasks that were asked for by id and not described. */
  readonly absent?: readonly string[]
  /** The service was as before, so that tasks were not listed: that there are none in here says nothing. */
  readonly unlisted?: true
  /** A list of tasks did not come, though tasks that were known before did. */
  readonly partly?: true
  /** Requests that it took. */
  readonly calls: number
}

export interface EcsService {
  readonly arn: string
  readonly name: string
  readonly clusterArn: string
  /** `ACTIVE`, `DRAINING`, `INACTIVE`. */
  readonly status: string
  readonly desiredCount: number
  readonly runningCount: number
  readonly pendingCount: number
  readonly taskDefinitionArn: string
  /** `ECS`, `CODE_DEPLOY`, `EXTERNAL`. */
  readonly controller: string
  /** `REPLICA`, `DAEMON`. */
  readonly scheduling: string
  /** `ROLLING`, `BLUE_GREEN`, `LINEAR`, `CANARY`. */
  readonly strategy: string
  readonly circuitBreaker: { readonly enable: boolean; readonly rollback: boolean } | null
  readonly subnetIds: readonly string[]
  readonly targetGroupArns: readonly string[]
  /** Not on tapes of earlier versions. */
  readonly placement?: ServicePlacement
  readonly deployments: readonly EcsDeployment[]
  readonly taskSets: readonly EcsTaskSet[]
  readonly events: readonly ServiceEvent[]
  readonly currentServiceDeploymentArn: string | null
}

/** What decides whether and where ECS may start a task. */
export interface ServicePlacement {
  readonly launchType: string | null
  readonly capacityProviders: readonly string[]
  readonly minimumHealthyPercent: number
  readonly maximumPercent: number
}

export interface EcsDeployment {
  /** `ecs-svc/NNN`: what `startedBy` of its tasks says. */
  readonly id: string
  /** `PRIMARY`, `ACTIVE`, `INACTIVE`. */
  readonly status: string
  readonly taskDefinitionArn: string
  readonly desiredCount: number
  readonly pendingCount: number
  readonly runningCount: number
  readonly failedTasks: number
  readonly createdAt: number | null
  readonly updatedAt: number | null
  /** `IN_PROGRESS`, `COMPLETED`, `FAILED`; null behind a Classic Load Balancer. */
  readonly rolloutState: string | null
  readonly rolloutStateReason: string | null
}

/** What stands for a deployment under the controllers CODE_DEPLOY and EXTERNAL. */
export interface EcsTaskSet {
  readonly id: string
  /** `PRIMARY`, `ACTIVE`, `DRAINING`. */
  readonly status: string
  readonly externalId: string | null
  readonly taskDefinitionArn: string
  readonly computedDesiredCount: number
  readonly pendingCount: number
  readonly runningCount: number
  readonly createdAt: number | null
  readonly updatedAt: number | null
  /** `STABILIZING`, `STEADY_STATE`. */
  readonly stabilityStatus: string | null
}

export interface ServiceEvent {
  readonly id: string
  readonly at: number | null
  readonly message: string
}

export interface EcsTask {
  readonly id: string
  readonly arn: string
  readonly group: string | null
  readonly startedBy: string | null
  readonly taskDefinitionArn: string
  /** ECS counts up with each change of the task. */
  readonly version: number
  readonly lastStatus: string
  readonly desiredStatus: string
  readonly stopCode: string | null
  readonly stoppedReason: string | null
  readonly healthStatus: string | null
  readonly availabilityZone: string | null
  readonly subnetId: string | null
  readonly privateIp: string | null
  readonly containerInstanceArn: string | null
  readonly createdAt: number | null
  readonly pullStartedAt: number | null
  readonly pullStoppedAt: number | null
  readonly startedAt: number | null
  readonly stoppingAt: number | null
  readonly stoppedAt: number | null
  readonly containers: readonly EcsContainer[]
}

export interface EcsContainer {
  readonly name: string
  readonly image: string | null
  readonly digest: string | null
  readonly lastStatus: string
  readonly exitCode: number | null
  readonly reason: string | null
  readonly healthStatus: string | null
  /** MiB, hard limit; null where the container has none of its own. */
  readonly memory: number | null
}

export interface EcsServiceDeployment {
  readonly arn: string
  readonly status: string
  readonly statusReason: string | null
  readonly createdAt: number | null
  readonly startedAt: number | null
  readonly finishedAt: number | null
  readonly updatedAt: number | null
  readonly targetRevisionArn: string | null
  /** `SCALE_UP`, `BAKE_TIME` …; null for a rolling update. */
  readonly lifecycleStage: string | null
  readonly hooks: readonly {
    readonly id: string
    readonly status: string
    readonly targetType: string | null
    readonly expiresAt: number | null
    readonly timeoutAction: string | null
  }[]
  readonly strategy: string | null
  readonly bakeMinutes: number | null
  readonly rollback: { readonly reason: string | null; readonly revisionArn: string | null } | null
  readonly circuitBreaker: { readonly status: string; readonly failureCount: number; readonly threshold: number } | null
  readonly alarms: readonly string[]
}

export type Confidence = 'proved' | 'likely' | 'possible'

/** How far the evidence bears. */
export const CONFIDENCES: Readonly<Record<Confidence, Text>> = {
  proved: { en: 'proved', ko: '입증됨' },
  likely: { en: 'likely', ko: '가능성 높음' },
  possible: { en: 'possible', ko: '가능성 있음' },
}

export interface RolloutFailure {
  /** Null where no task came into being: ECS said so in a service event. */
  readonly taskId: string | null
  readonly at: number | null
  readonly subnetId: string | null
  readonly availabilityZone: string | null
  readonly privateIp: string | null
  readonly label: Label
  readonly step: StepId | null
  readonly destination: string | null
  readonly address: {
    readonly ip: string
    readonly port: number
    readonly is: string
    /** The interface endpoint that has it. */
    readonly endpointId: string | null
  } | null
  /** As ECS and the container runtime put it; untrusted. */
  readonly text: string
  readonly container: string | null
  readonly exitCode: number | null
  /** A later try with nothing changed may work; null when nothing tells. */
  readonly transient: boolean | null
  /** The check whose finding is behind it. */
  readonly cause: CheckId | null
  readonly causeSubject: string | null
  readonly confidence: Confidence
  readonly title: Text
  readonly why: Text
  readonly remedy: readonly Text[]
  /** What ties the failure to its cause, and what it is often taken for. */
  readonly notes: readonly Text[]
}

export interface SubnetCount {
  readonly subnetId: string | null
  readonly availabilityZone: string | null
  readonly started: number
  readonly failed: number
  readonly succeeded: number
}

/** Where the time goes. */
export type SlowPhase = 'placement' | 'pull' | 'init' | 'start' | 'health' | 'steady' | 'drain' | 'bake' | 'paused'

export interface Slow {
  readonly is: boolean
  readonly because: Text
  readonly phase: SlowPhase | null
  readonly baselineSeconds: number | null
  /** The setting that governs the phase. */
  readonly setting: Text | null
}

export interface Suspicion {
  readonly taskId: string
  readonly subnetId: string | null
  readonly at: number
  readonly destination: string | null
  readonly cause: CheckId | null
  readonly state: 'suspected' | 'confirmed' | 'withdrawn'
}

// biome-ignore format: one line
export const TIMELINE_KINDS = [
  'deployment-began', 'task-created', 'pull-began', 'task-started', 'task-failed', 'task-stopped', 'service-event', 'action',
  'deployment-ended',
] as const
export type TimelineKind = (typeof TIMELINE_KINDS)[number]

export interface TimelineEntry {
  readonly at: number
  readonly kind: TimelineKind
  readonly what: Text
  readonly taskId: string | null
  /** Where the task is; null for what is of no task, and where nobody knows. */
  readonly subnetId: string | null
  readonly availabilityZone: string | null
}

/** An earlier deployment of the service that is over. */
export interface PastRollout {
  readonly seconds: number
  /** Of a service deployment: `SUCCESSFUL`, `ROLLBACK_SUCCESSFUL`, `STOPPED` …. */
  readonly status: string
  readonly finishedAt: number
}

export interface ContainerLog {
  readonly taskId: string
  readonly container: string
  readonly lines: readonly string[]
  /** Why there are none; null where there are, or where the container wrote nothing. */
  readonly missing: Text | null
}

/** What a rollout as a whole is in, where that has a name of its own. */
// biome-ignore format: one line
export const SITUATIONS = ['not-appeared', 'same-revision', 'deadlock', 'capacity-missing', 'instances-late', 'crash-loop', 'other-image'] as const
export type SituationKind = (typeof SITUATIONS)[number]

export interface SituationReport {
  readonly kind: SituationKind
  readonly since: number | null
  /** Null while it lasts, and where it does not pass. */
  readonly until: number | null
  readonly what: Text
}

/** The image that a container is to run, and one that it runs in some of the tasks. */
export interface RunningDigest {
  readonly container: string
  /** As the task definition names it. */
  readonly image: string
  /** What the reference led to when it was read; null where nobody could tell. */
  readonly wanted: string | null
  /** Null where ECS shows none. */
  readonly running: string | null
  /** Of the tasks that run. */
  readonly tasks: number
  /** `running` is `wanted`, or of its platforms one; null where one of the two is not known. */
  readonly same: boolean | null
}

export interface RolloutReport {
  readonly phase: RolloutPhase
  /** Why it is in this phase, in a sentence. */
  readonly because: Text
  /** Since when it was known that it cannot succeed, and why; null while it can. */
  readonly hopeless: { readonly since: number; readonly because: Text } | null
  readonly deploymentId: string | null
  readonly serviceDeploymentArn: string | null
  /** What the deployment runs; not given where it was never seen. */
  readonly taskDefinitionArn?: string | null
  readonly startedAt: number | null
  readonly endedAt: number | null
  readonly seconds: number | null
  readonly slow: Slow
  readonly tasks: { readonly started: number; readonly failed: number; readonly successRate: number | null }
  readonly bySubnet: readonly SubnetCount[]
  readonly byZone: readonly Omit<SubnetCount, 'subnetId'>[]
  readonly failures: readonly RolloutFailure[]
  readonly suspicions: readonly Suspicion[]
  readonly firstFailureSeenAt: number | null
  readonly diagnosedAt: number | null
  readonly timeline: readonly TimelineEntry[]
  /** Entries that a long timeline has no room for. */
  readonly timelineLeftOut: number
  readonly logs: readonly ContainerLog[]
  /** Median seconds of the tasks that started, by phase. */
  readonly phases: readonly { readonly phase: SlowPhase; readonly seconds: number }[]
  readonly looks: { readonly taken: number; readonly missed: number; readonly calls: number }
  readonly situations: readonly SituationReport[]
  readonly notes: readonly Text[]
  /** What would tell the next time what nothing told now. Not given where there is nothing to switch on. */
  readonly advice?: { readonly what: Text; readonly cli: readonly string[] } | null
  /** Earlier ones, newest first, at most 10: what this one is measured against. */
  readonly history: readonly PastRollout[]
  /** Subnets of the service in which no task of the rollout was placed: a replacement may go there any time. */
  readonly untriedSubnets?: readonly string[]
  /** A line for each container and image that it runs; none where the task definition could not be read. */
  readonly digests?: readonly RunningDigest[]
  /** How long each pull took that came to its end. Not part of the JSON. */
  readonly pulls?: readonly { readonly subnetId: string | null; readonly seconds: number }[]
}
