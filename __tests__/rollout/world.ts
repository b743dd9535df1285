/** Looks as a test needs them: a service with deployments and tasks, each a line. Times are seconds since the epoch of the story. */
import { known } from '../../src/domain/answer.ts'
import type {
  EcsContainer,
  EcsDeployment,
  EcsService,
  EcsServiceDeployment,
  EcsTask,
  EcsTaskSet,
  Poll,
} from '../../src/domain/rollout.ts'
import { beginRollout, type Rollout, type WatchPlan } from '../../src/rollout/state.ts'
import { step } from '../../src/rollout/step.ts'

/** A Monday morning in Seoul. */
export const EPOCH = Date.parse('2025-11-03T00:00:00Z')
export const OLD = 'ecs-svc/1111111111111111111'
export const OURS = 'ecs-svc/2222222222222222222'
export const NEXT = 'ecs-svc/3333333333333333333'
export const SUBNET_A = 'subnet-0a41c7d2e9b35f608'
export const SUBNET_C = 'subnet-0c63e9f40bd57b82a'
const ARN = 'arn:aws:ecs:ap-northeast-2:123456789012'

export function at(seconds: number): number {
  return EPOCH + seconds * 1000
}

export function deployment(fields: Partial<EcsDeployment> = {}): EcsDeployment {
  return {
    id: OURS,
    status: 'PRIMARY',
    taskDefinitionArn: `${ARN}:task-definition/web:8`,
    desiredCount: 2,
    pendingCount: 0,
    runningCount: 0,
    failedTasks: 0,
    createdAt: at(0),
    updatedAt: at(0),
    rolloutState: 'IN_PROGRESS',
    rolloutStateReason: `ECS deployment ${fields.id ?? OURS} in progress.`,
    ...fields,
  }
}

export function old(fields: Partial<EcsDeployment> = {}): EcsDeployment {
  return deployment({
    id: OLD,
    status: 'ACTIVE',
    taskDefinitionArn: `${ARN}:task-definition/web:7`,
    runningCount: 2,
    createdAt: at(-86_400),
    updatedAt: at(-86_000),
    rolloutState: 'COMPLETED',
    rolloutStateReason: `ECS deployment ${OLD} completed.`,
    ...fields,
  })
}

export function service(fields: Partial<EcsService> = {}): EcsService {
  return {
    arn: `${ARN}:service/demo/web`,
    name: 'web',
    clusterArn: `${ARN}:cluster/demo`,
    status: 'ACTIVE',
    desiredCount: 2,
    runningCount: 2,
    pendingCount: 0,
    taskDefinitionArn: `${ARN}:task-definition/web:8`,
    controller: 'ECS',
    scheduling: 'REPLICA',
    strategy: 'ROLLING',
    circuitBreaker: null,
    subnetIds: [SUBNET_A, SUBNET_C],
    targetGroupArns: [],
    deployments: [deployment(), old()],
    taskSets: [],
    events: [],
    currentServiceDeploymentArn: null,
    ...fields,
  }
}

export function serviceDeployment(fields: Partial<EcsServiceDeployment> = {}): EcsServiceDeployment {
  return {
    arn: `${ARN}:service-deployment/demo/web/aaaaaaaaaaaaaaaaaaaaa`,
    status: 'IN_PROGRESS',
    statusReason: null,
    createdAt: at(0),
    startedAt: at(1),
    finishedAt: null,
    updatedAt: at(1),
    targetRevisionArn: `${ARN}:service-revision/demo/web/${OURS.slice('ecs-svc/'.length)}`,
    lifecycleStage: null,
    hooks: [],
    strategy: 'ROLLING',
    bakeMinutes: null,
    rollback: null,
    circuitBreaker: null,
    alarms: [],
    ...fields,
  }
}

export function taskSet(fields: Partial<EcsTaskSet> = {}): EcsTaskSet {
  return {
    id: OURS,
    status: 'ACTIVE',
    externalId: null,
    taskDefinitionArn: `${ARN}:task-definition/web:8`,
    computedDesiredCount: 2,
    pendingCount: 0,
    runningCount: 0,
    createdAt: at(0),
    updatedAt: at(0),
    stabilityStatus: 'STABILIZING',
    ...fields,
  }
}

export function container(fields: Partial<EcsContainer> = {}): EcsContainer {
  return {
    name: 'web',
    image: '123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/web:8',
    digest: null,
    lastStatus: 'PENDING',
    exitCode: null,
    reason: null,
    healthStatus: null,
    memory: null,
    ...fields,
  }
}

export function task(id: string, fields: Partial<EcsTask> = {}): EcsTask {
  return {
    id,
    arn: `${ARN}:task/demo/${id}`,
    group: 'service:web',
    startedBy: OURS,
    taskDefinitionArn: `${ARN}:task-definition/web:8`,
    version: 1,
    lastStatus: 'PROVISIONING',
    desiredStatus: 'RUNNING',
    stopCode: null,
    stoppedReason: null,
    healthStatus: null,
    availabilityZone: 'ap-northeast-2a',
    subnetId: SUBNET_A,
    privateIp: '10.20.1.15',
    containerInstanceArn: null,
    createdAt: at(5),
    pullStartedAt: null,
    pullStoppedAt: null,
    startedAt: null,
    stoppingAt: null,
    stoppedAt: null,
    containers: [container()],
    ...fields,
  }
}

export function running(id: string, fields: Partial<EcsTask> = {}): EcsTask {
  return task(id, {
    version: 4,
    lastStatus: 'RUNNING',
    pullStartedAt: at(20),
    pullStoppedAt: at(30),
    startedAt: at(35),
    containers: [container({ lastStatus: 'RUNNING' })],
    ...fields,
  })
}

export const S3_TIMEOUT =
  'CannotPullContainerError: ref pull has been retried 5 time(s): failed to copy: httpReadSeeker: failed open: failed to do request: Get "123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/web:8": dial tcp 52.219.148.62:443: i/o timeout'
export const NO_SUCH_IMAGE =
  'CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref 123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/web:8: 123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/web:8: not found'

export function failedToStart(id: string, stoppedReason: string, fields: Partial<EcsTask> = {}): EcsTask {
  return task(id, {
    version: 5,
    lastStatus: 'STOPPED',
    desiredStatus: 'STOPPED',
    stopCode: 'TaskFailedToStart',
    stoppedReason,
    stoppingAt: at(200),
    stoppedAt: at(215),
    ...fields,
  })
}

export function exited(id: string, exitCode: number, fields: Partial<EcsTask> = {}): EcsTask {
  return running(id, {
    version: 6,
    lastStatus: 'STOPPED',
    desiredStatus: 'STOPPED',
    stopCode: 'EssentialContainerExited',
    stoppedReason: 'Essential container in task exited',
    stoppingAt: at(50),
    stoppedAt: at(60),
    containers: [container({ lastStatus: 'STOPPED', exitCode })],
    ...fields,
  })
}

export interface Sight {
  readonly service?: EcsService | null
  readonly tasks?: readonly EcsTask[]
  readonly serviceDeployments?: readonly EcsServiceDeployment[]
}

export function poll(
  seconds: number,
  { service: observed = service(), tasks = [], serviceDeployments = [] }: Sight = {},
): Poll {
  return {
    at: at(seconds),
    service: known(observed),
    running: known(tasks.filter(({ desiredStatus }) => desiredStatus !== 'STOPPED')),
    stopped: known(tasks.filter(({ desiredStatus }) => desiredStatus === 'STOPPED')),
    serviceDeployments: known(serviceDeployments),
    calls: 5,
  }
}

export function plan(fields: Partial<WatchPlan> = {}): WatchPlan {
  return {
    deploymentId: null,
    taskDefinition: null,
    beganAt: at(0),
    appearsWithinMs: 60_000,
    deadlineAt: at(1800),
    onFailure: 'report',
    slowAfterSeconds: null,
    ...fields,
  }
}

export function followed(looks: readonly Poll[], fields: Partial<WatchPlan> = {}): Rollout {
  return looks.reduce((state, one) => step(state, one, one.at), beginRollout(plan(fields)))
}

export function labelsOf({ failures }: Rollout): readonly string[] {
  return failures.map(({ label }) => label)
}
