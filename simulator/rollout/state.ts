/** The state of a simulated rollout: plain data that a step turns into the next. Times are milliseconds since 1970. */
import type { Item } from '../item.ts'
import type { Behaviour, LifecycleStage, Scenario } from './scenario.ts'
import { uuid } from './seeded-random.ts'

export interface Subnet {
  readonly id: string
  readonly availabilityZone: string
  readonly cidr: string
  readonly behaviour: Behaviour
}

export interface LoadBalancer {
  readonly targetGroupArn: string
  readonly containerName: string
  readonly containerPort: number
  readonly registerSeconds: readonly [number, number]
  readonly healthySeconds: readonly [number, number]
  readonly deregistrationSeconds: number
}

/** What never changes while the scenario plays. */
export interface Setting {
  readonly scenario: Scenario
  readonly region: string
  readonly accountId: string
  readonly partition: string
  readonly beganAt: number
  readonly subnets: readonly Subnet[]
  readonly loadBalancer: LoadBalancer | null
  /** Members of the service that no rollout changes. */
  readonly service: Item
  /** The task definition that ran before. */
  readonly definition: Item
  /** By `repository:tag`, of the images that the folder's registry has. */
  readonly digests: Readonly<Record<string, string>>
}

/** How and when a task ends. Its stop may be planned, as that of a start that will fail, or ordered by the scheduler. */
export interface Stop {
  /** `stoppingAt`. */
  readonly at: number
  /** The target has left the load balancer. */
  readonly drainedAt: number
  /** `executionStoppedAt`. */
  readonly exitedAt: number
  readonly stoppedAt: number
  readonly code: string
  readonly reason: string
  readonly exitCode: number | null
}

/** Names that a task bears from its birth. */
export interface Identity {
  readonly interfaceId: string
  readonly macAddress: string
  readonly attachmentId: string
  readonly loadBalancerAttachmentId: string
  /** One a container of the task definition, in its order. */
  readonly containers: readonly { readonly id: string; readonly digest: string }[]
}

export interface SimulatedTask {
  readonly id: string
  readonly identity: Identity
  /** Counts tasks from 1: addresses and the order of listing follow from it. */
  readonly number: number
  /** `ecs-svc/…`: the deployment that started it. */
  readonly startedBy: string
  /** The deployment that it counts for; a rollback takes the old tasks over. */
  readonly countsFor: string
  /** Number of the service revision. */
  readonly revision: string
  readonly definitionArn: string
  readonly subnet: Subnet
  readonly behaviour: Behaviour
  /** ECS Exec, as the service had it when the task was made: that is fixed from then on. */
  readonly exec: boolean
  readonly createdAt: number
  /** Its interface is attached; null for one that stays PROVISIONING. */
  readonly provisionedAt: number | null
  readonly pullStartedAt: number | null
  /** Null where the pull fails. */
  readonly pullStoppedAt: number | null
  /** RUNNING; null where the start fails. */
  readonly startedAt: number | null
  /** From when it counts as healthy; null for one that never does. */
  readonly healthyAt: number | null
  readonly stop: Stop | null
  /** What the scheduler has taken note of. */
  readonly recorded: {
    readonly running: boolean
    readonly healthy: boolean
    readonly end: boolean
    readonly gone: boolean
  }
}

/** A task of RunTask. */
export interface StandaloneTask {
  readonly task: SimulatedTask
  readonly clientToken: string | null
  /** Members that ECS shows as they were asked for. */
  readonly shown: Item
  /** Its program is not in the image. */
  readonly isProgramMissing: boolean
}

export interface Deployment {
  readonly id: string
  readonly revision: string
  readonly definitionArn: string
  readonly status: 'PRIMARY' | 'ACTIVE'
  readonly createdAt: number
  readonly updatedAt: number
  readonly rolloutState: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED'
  readonly rolloutStateReason: string
  /** Starts that failed one after another. */
  readonly failures: number
  /** What the circuit breaker has counted. */
  readonly breakerCount: number
  /** A deployment that brings an old revision back. */
  readonly isRollback: boolean
}

export interface ServiceDeployment {
  readonly token: string
  /** `ecs-svc/…` of the deployment that carries it out; a rollback has another. */
  readonly deploymentId: string
  readonly revision: string
  readonly sources: readonly { readonly revision: string; readonly requested: number; readonly running: number }[]
  readonly createdAt: number
  readonly startedAt: number
  readonly finishedAt: number | null
  readonly stoppedAt: number | null
  readonly updatedAt: number
  readonly status: ServiceDeploymentStatus
  readonly statusReason: string | null
  readonly breaker: 'DISABLED' | 'MONITORING' | 'MONITORING_COMPLETE' | 'TRIGGERED'
  readonly stage: { readonly name: LifecycleStage; readonly since: number; readonly continued: boolean } | null
  readonly rollback: {
    readonly reason: string
    readonly startedAt: number
    readonly revision: string
    readonly deploymentId: string
  } | null
  /** Final counts of one that is over. */
  readonly ended: { readonly requested: number; readonly running: number } | null
}

export type ServiceDeploymentStatus =
  | 'IN_PROGRESS'
  | 'SUCCESSFUL'
  | 'STOP_REQUESTED'
  | 'STOPPED'
  | 'ROLLBACK_REQUESTED'
  | 'ROLLBACK_IN_PROGRESS'
  | 'ROLLBACK_SUCCESSFUL'
  | 'ROLLBACK_FAILED'

export interface ServiceEvent {
  readonly id: string
  readonly at: number
  readonly message: string
}

/** A record of ECS Action Logs. */
export interface LoggedAction {
  /** What it is about, so that nothing is told twice. */
  readonly key: string
  readonly at: number
  readonly message: string
}

/** A log stream that somebody made by the API. */
export interface WrittenStream {
  readonly group: string
  readonly stream: string
  readonly events: readonly { readonly timestamp: number; readonly message: string; readonly ingestionTime: number }[]
}

export interface CodeDeployment {
  readonly id: string
  readonly application: string
  readonly group: string
  readonly content: string
  readonly sha256: string
  readonly description: string | null
  readonly createdAt: number
  /** `ecs-svc/…` of the deployment that stands for its task set. */
  readonly deploymentId: string
}

export interface RolloutState {
  readonly now: number
  readonly desiredCount: number
  /** What CodeDeploy was told to deploy, newest first. */
  readonly codeDeployments: readonly CodeDeployment[]
  readonly tasks: readonly SimulatedTask[]
  /** Tasks of RunTask, which no scheduler counts. */
  readonly standalone: readonly StandaloneTask[]
  /** Tasks that were ever created. */
  readonly created: number
  /** Newest first; the first is PRIMARY. */
  readonly deployments: readonly Deployment[]
  /** Newest first. */
  readonly serviceDeployments: readonly ServiceDeployment[]
  /** Newest first, a hundred at most. */
  readonly events: readonly ServiceEvent[]
  readonly eventCount: number
  /** Oldest first; none where the cluster delivers none. */
  readonly actions: readonly LoggedAction[]
  /** What was registered since the beginning, and what ran before. */
  readonly definitions: readonly Item[]
  /** Members of the service that UpdateService changed, as it was asked. */
  readonly settings: Item
  /** By ARN, of what was tagged or created with tags since the beginning. */
  readonly tags: Readonly<Record<string, readonly Item[]>>
  readonly logStreams: readonly WrittenStream[]
  /** How tasks of a revision start, where it is not as their subnet has it. */
  readonly behaviours: Readonly<Record<string, Behaviour>>
  /** The deployment to come back to. */
  readonly completed: { readonly id: string; readonly revision: string; readonly definitionArn: string }
  readonly backOff: { readonly failures: number; readonly nextStartAt: number }
  /** Since when nothing is left to do; null while something is. */
  readonly settledAt: number | null
  readonly lastSteadyEventAt: number
  /** The scheduler cannot move at all, and has said so. */
  readonly blockedEventSent: boolean
}

/** A scenario under way. */
export interface Rollout {
  readonly setting: Setting
  /** Simulated milliseconds since 1970. */
  readonly now: () => number
  readonly state: () => RolloutState
  /** Changes the state as of now, and answers with it. Whatever `change` throws leaves it as it was. */
  readonly write: (change: (state: RolloutState) => RolloutState) => RolloutState
}

export const STEADY_EVENT_EVERY_MS = 6 * 3600 * 1000

export function primaryOf(state: RolloutState): Deployment {
  const [primary] = state.deployments
  if (primary === undefined) throw new Error('a service has a deployment')
  return primary
}

/** The service deployment that has not ended; null where there is none. */
export function currentOf(state: RolloutState): ServiceDeployment | null {
  return state.serviceDeployments.find(({ finishedAt }) => finishedAt === null) ?? null
}

/** Ordered to go on running: neither stopping nor stopped. */
export function isWanted(task: SimulatedTask, now: number): boolean {
  return task.stop === null || now < task.stop.at
}

export function isRunning(task: SimulatedTask, now: number): boolean {
  return task.startedAt !== null && task.startedAt <= now && isWanted(task, now)
}

export function isHealthy(task: SimulatedTask, now: number): boolean {
  return isRunning(task, now) && task.healthyAt !== null && task.healthyAt <= now
}

export function isGone(task: SimulatedTask, now: number): boolean {
  return task.stop !== null && task.stop.stoppedAt <= now
}

export function withEvent(setting: Setting, state: RolloutState, text: string): RolloutState {
  // Two events of one look keep their order.
  const at = Math.max(state.now, (state.events[0]?.at ?? 0) + 1)
  const event = {
    id: uuid(setting.scenario.seed, 'event', state.eventCount),
    at,
    message: `(service ${setting.scenario.service}) ${text}`,
  }
  return { ...state, eventCount: state.eventCount + 1, events: [event, ...state.events].slice(0, 100) }
}

export function withTasks(state: RolloutState, change: (task: SimulatedTask) => SimulatedTask | null): RolloutState {
  return { ...state, tasks: state.tasks.map((task) => change(task) ?? task) }
}

export function withDeployment(state: RolloutState, id: string, change: Partial<Deployment>): RolloutState {
  const deployments = state.deployments.map((one) =>
    one.id === id ? { ...one, ...change, updatedAt: state.now } : one,
  )
  return { ...state, deployments }
}

export function withServiceDeployment(
  state: RolloutState,
  token: string,
  change: Partial<ServiceDeployment>,
): RolloutState {
  const serviceDeployments = state.serviceDeployments.map((one) =>
    one.token === token ? { ...one, ...change, updatedAt: state.now } : one,
  )
  return { ...state, serviceDeployments }
}
