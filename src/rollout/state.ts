/** What a watch knows: what came in, what is known of the followed deployment, and what follows. */
import type { ActionLogs, EcsAction } from '../domain/action-logs.ts'
import type { Unread } from '../domain/answer.ts'
import type {
  ContainerLog,
  EcsDeployment,
  EcsService,
  EcsServiceDeployment,
  EcsTask,
  EcsTaskSet,
  RolloutFailure,
  RolloutPhase,
  ServiceEvent,
  Suspicion,
} from '../domain/rollout.ts'
import type { Message } from '../ecs-errors/read-message.ts'
import type { PreflightEvidence } from './diagnose/preflight-evidence.ts'
import type { Situation } from './diagnose/situation.ts'
import type { StopReason } from './diagnose/stop-reason.ts'
import type { CannotSucceed, Reason } from './status/reason.ts'

export interface WatchPlan {
  /** The deployment to follow, where the caller knows it; else the one that is in progress when the watch begins. */
  readonly deploymentId: string | null
  /** ARN or `family:revision` that the deployment is to run; null takes any. */
  readonly taskDefinition: string | null
  readonly beganAt: number
  /** How long a revision that was named may take to appear as a deployment: `wait-for-deployment`. */
  readonly appearsWithinMs: number
  /** The budget: `wait-for-minutes`. */
  readonly deadlineAt: number
  readonly onFailure: 'report' | 'rollback'
  /** `slow-after`; null is `auto`, from the history of the service. */
  readonly slowAfterSeconds: number | null
}

/** A task, and when it was first seen so. */
export interface ObservedTask {
  readonly task: EcsTask
  readonly seenAt: number
  readonly lastSeenAt: number
  /** When it was first seen on its way to STOPPED, and when at rest; null while it is not. */
  readonly stopSeenAt: number | null
  readonly restSeenAt: number | null
}

export interface Sighting<T> {
  readonly value: T
  readonly seenAt: number
}

/** Everything that polls showed, joined so that their order, repetition and loss do not matter. */
export interface Observed {
  /** The youngest and the oldest that was seen of the service. */
  readonly service: Sighting<EcsService> | null
  readonly firstService: Sighting<EcsService> | null
  readonly deployments: Readonly<Record<string, Sighting<EcsDeployment>>>
  readonly taskSets: Readonly<Record<string, Sighting<EcsTaskSet>>>
  readonly serviceDeployments: Readonly<Record<string, Sighting<EcsServiceDeployment>>>
  /** The service deployments as they were when they could first be read: a rollback may be under way already. */
  readonly firstServiceDeployments: Sighting<readonly EcsServiceDeployment[]> | null
  /** The youngest word on why they could not be read, and the youngest poll that was not refused them. */
  readonly deploymentsUnread: Sighting<Unread> | null
  readonly deploymentsReadAt: number | null
  /** When a deployment was first seen FAILED, by id. */
  readonly endSeenAt: Readonly<Record<string, number>>
  /** The most failures that ECS counted in a row, by deployment: the count goes back to 0 with a task that runs. */
  readonly mostFailed: Readonly<Record<string, number>>
  readonly tasks: Readonly<Record<string, ObservedTask>>
  /** When a task that was asked for by its id was not described, by id. */
  readonly absent: Readonly<Record<string, readonly number[]>>
  /** The youngest word on why tasks could not be read, and the youngest poll that read them. */
  readonly tasksUnread: Sighting<Unread> | null
  readonly tasksReadAt: number | null
  readonly stamps: Stamps | null
  readonly events: Readonly<Record<string, ServiceEvent>>
  /** Polls since the last good one that saw no service, by time, with why. */
  readonly missed: readonly Miss[]
  /** When any poll was made at all. */
  readonly polledAt: readonly number[]
  readonly missedPolls: readonly number[]
  readonly calls: number
}

/** Times of ECS beside times of our own, from which a difference of the clocks shows. */
export interface Stamps {
  /** Of the first poll: ours, and the youngest of ECS in it. */
  readonly firstAt: number
  readonly firstStamp: number
  /** The youngest time of ECS in all polls. */
  readonly youngest: number
  /** The least that a poll was later, by our clock, than the youngest time of ECS in it. */
  readonly leastLag: number
}

export interface Miss {
  readonly at: number
  readonly because: 'gone' | 'expired' | 'refused' | 'passing'
  /** No other part of the poll was answered either. */
  readonly isWhole: boolean
  readonly detail: string
  readonly permission: string
}

/** Reasons that the load balancer gives, by target. */
export interface TargetReason {
  readonly targetGroupArn: string
  readonly target: string
  readonly state: string
  readonly reason: string | null
  readonly description: string | null
}

/** What VPC Flow Logs have of the packets between a failing task and the address that it dialled. */
export interface FlowProof {
  readonly taskId: string
  readonly taskIp: string
  readonly dialledIp: string
  /** Records with the action REJECT, as the log has them. */
  readonly rejected: readonly string[]
  /** Why they could not be had; null where they could. */
  readonly missing: string | null
}

/** What came in. */
export interface RolloutInputs {
  readonly plan: WatchPlan
  readonly observed: Observed
  readonly preflight: PreflightEvidence | null
  readonly targets: readonly TargetReason[]
  /** Why the load balancer could not be asked; null where it was, or nobody asked. */
  readonly targetsUnread: Unread | null
  readonly flows: readonly FlowProof[]
  /** Null while nothing called for them. */
  readonly actionLogs: ActionLogs | null
  readonly logs: readonly ContainerLog[]
  readonly cancelledAt: number | null
  /** The answer to StopServiceDeployment; null while nobody asked. */
  readonly rollbackAsked: { readonly at: number; readonly accepted: boolean; readonly detail: string } | null
  /** The youngest time of all polls. */
  readonly now: number
}

/** Which deployment is ours, and what stands for it. */
export interface FollowedDeployment {
  /** Null while it has not appeared. */
  readonly id: string | null
  readonly deployment: EcsDeployment | null
  /** Under CODE_DEPLOY and EXTERNAL, in place of a deployment. */
  readonly taskSet: EcsTaskSet | null
  readonly serviceDeployment: EcsServiceDeployment | null
  /** It and the earlier ones of the same revision, which it goes on with. */
  readonly ids: readonly string[]
}

/** A task of the followed deployment, with what it says about its own end. */
export interface FollowedTask extends ObservedTask {
  readonly stop: StopReason | null
}

/** A service event since the deployment began, with what it says. */
export interface DeploymentEvent {
  readonly event: ServiceEvent
  readonly message: Message
}

/** A record of the followed deployment, with what its reason says. */
export interface DeploymentAction {
  readonly action: EcsAction
  /** The task that it is about: named by the record, or by its text. */
  readonly taskId: string | null
  readonly message: Message
}

/** What is known of the followed deployment from that. */
export interface RolloutFacts extends RolloutInputs {
  readonly followed: FollowedDeployment
  /** Oldest first, as the events are. */
  readonly tasks: readonly FollowedTask[]
  readonly events: readonly DeploymentEvent[]
  readonly actions: readonly DeploymentAction[]
}

export interface DeploymentStatus {
  readonly phase: RolloutPhase
  readonly reason: Reason
}

/** And what follows from it all. */
export interface Rollout extends RolloutFacts, DeploymentStatus {
  readonly over: boolean
  /** Why it can no longer succeed, whatever ECS still tries. */
  readonly hopeless: CannotSucceed | null
  readonly hopelessAt: number | null
  readonly failures: readonly RolloutFailure[]
  readonly situations: readonly Situation[]
  readonly suspicions: readonly Suspicion[]
  readonly diagnosedAt: number | null
  /** What was observed, in short, and when it last changed: how closely to look. */
  readonly fingerprint: string
  readonly changedAt: number
}

export const NOTHING_OBSERVED: Observed = {
  service: null,
  firstService: null,
  deployments: {},
  taskSets: {},
  serviceDeployments: {},
  firstServiceDeployments: null,
  deploymentsUnread: null,
  deploymentsReadAt: null,
  endSeenAt: {},
  mostFailed: {},
  tasks: {},
  absent: {},
  tasksUnread: null,
  tasksReadAt: null,
  stamps: null,
  events: {},
  missed: [],
  polledAt: [],
  missedPolls: [],
  calls: 0,
}

export function beginRollout(plan: WatchPlan): Rollout {
  return {
    plan,
    observed: NOTHING_OBSERVED,
    preflight: null,
    targets: [],
    targetsUnread: null,
    flows: [],
    actionLogs: null,
    logs: [],
    cancelledAt: null,
    rollbackAsked: null,
    now: plan.beganAt,
    followed: { id: plan.deploymentId, ids: [], deployment: null, taskSet: null, serviceDeployment: null },
    tasks: [],
    events: [],
    actions: [],
    phase: 'rolling',
    reason: { kind: 'begun' },
    over: false,
    hopeless: null,
    hopelessAt: null,
    failures: [],
    situations: [],
    suspicions: [],
    diagnosedAt: null,
    fingerprint: '',
    changedAt: plan.beganAt,
  }
}
