/** DescribeServices, DescribeServiceDeployments and DescribeServiceRevisions of a simulated rollout. */
import { type Item, isItem, itemsOf } from '../item.ts'
import { iso } from './answer-tasks.ts'
import { thresholdOf } from './circuit-breaker.ts'
import { wantedOf } from './deployments.ts'
import type { LifecycleStage } from './scenario.ts'
import { LIFECYCLE_STAGES } from './scenario.ts'
import { currentNetwork } from './service-settings.ts'
import { arn } from './setting.ts'
import { pauseAt } from './stages.ts'
import { type Deployment, isRunning, type RolloutState, type ServiceDeployment, type Setting } from './state.ts'
import { isPending } from './task-life.ts'

export function describedService(setting: Setting, state: RolloutState): Item {
  const { loadBalancer, service } = setting
  const counts = countsOf(setting, state, () => true)
  const [primary] = state.deployments
  const [newest] = state.serviceDeployments
  return {
    ...service,
    ...state.settings,
    loadBalancers: loadBalancer === null ? [] : [shownLoadBalancer(setting)],
    desiredCount: state.desiredCount,
    runningCount: counts.running,
    pendingCount: counts.pending,
    taskDefinition: primary?.definitionArn,
    deploymentConfiguration: configuration(setting, state),
    ...carriers(setting, state),
    events: state.events.map(({ id, at, message }) => ({ id, createdAt: iso(at), message })),
    currentServiceDeployment: newest ? deploymentArn(setting, newest) : undefined,
    currentServiceRevisions: state.deployments.map(({ revision }) =>
      summary(setting, state, revision, state.desiredCount),
    ),
  }
}

/** Deployments of ECS's own, or the task sets that CodeDeploy makes. */
function carriers(setting: Setting, state: RolloutState): Item {
  const deployments = state.deployments.map((one) => describedDeployment(setting, state, one))
  if (!isByCodeDeploy(setting)) return { deployments }
  return {
    deployments: [],
    taskSets: state.deployments.map((one, at) => taskSet(setting, state, one, deployments[at] ?? {})),
  }
}

export function isByCodeDeploy({ service }: Setting): boolean {
  const controller = service['deploymentController']
  return isItem(controller) && controller['type'] === 'CODE_DEPLOY'
}

/** The new one takes the traffic once it is complete; until then the old one has it (Amazon ECS API Reference, TaskSet). */
function taskSet(setting: Setting, state: RolloutState, deployment: Deployment, described: Item): Item {
  const isOver = state.deployments[0]?.rolloutState !== 'IN_PROGRESS'
  const isNewest = deployment === state.deployments[0]
  const { running, pending } = countsOf(setting, state, (task) => task.countsFor === deployment.id)
  return {
    id: described['id'],
    taskSetArn: arn(setting, `task-set/${setting.scenario.cluster}/${setting.scenario.service}/${deployment.id}`),
    serviceArn: setting.service['serviceArn'],
    clusterArn: setting.service['clusterArn'],
    status: isNewest
      ? isOver || state.deployments.length === 1
        ? 'PRIMARY'
        : 'ACTIVE'
      : isOver
        ? 'DRAINING'
        : 'PRIMARY',
    taskDefinition: described['taskDefinition'],
    computedDesiredCount: described['desiredCount'],
    runningCount: running,
    pendingCount: pending,
    createdAt: described['createdAt'],
    updatedAt: described['updatedAt'],
    stabilityStatus: running >= Number(described['desiredCount']) && pending === 0 ? 'STEADY_STATE' : 'STABILIZING',
  }
}

function shownLoadBalancer({ loadBalancer }: Setting): Item {
  const { targetGroupArn, containerName, containerPort } = loadBalancer ?? {}
  return { targetGroupArn, containerName, containerPort }
}

function configuration({ scenario }: Setting, { settings }: RolloutState): Item {
  const { deploymentCircuitBreaker, ...rest } = scenario.configuration
  const hooks =
    scenario.pause === undefined
      ? []
      : [
          {
            targetType: 'PAUSE',
            lifecycleStages: [scenario.pause.stage],
            timeoutConfiguration: { timeoutInMinutes: scenario.pause.timeoutMinutes, action: scenario.pause.action },
          },
        ]
  const changed = settings['deploymentConfiguration']
  return {
    ...rest,
    deploymentCircuitBreaker,
    ...(hooks.length > 0 ? { lifecycleHooks: hooks } : {}),
    ...(isItem(changed) ? changed : {}),
  }
}

interface Counts {
  readonly running: number
  readonly pending: number
}

function countsOf(
  setting: Setting,
  state: RolloutState,
  which: (task: RolloutState['tasks'][number]) => boolean,
): Counts {
  const tasks = state.tasks.filter(which)
  return {
    running: tasks.filter((task) => isRunning(task, state.now)).length,
    pending: tasks.filter((task) => isPending(task, setting.loadBalancer !== null, state.now)).length,
  }
}

function describedDeployment(setting: Setting, state: RolloutState, one: Deployment): Item {
  const { running, pending } = countsOf(setting, state, ({ countsFor }) => countsFor === one.id)
  return {
    id: one.id,
    status: one.status,
    taskDefinition: one.definitionArn,
    desiredCount: one.status === 'PRIMARY' ? state.desiredCount : wantedOf(state, one.id).length,
    pendingCount: pending,
    runningCount: running,
    // Not evaluated once a task runs (Amazon ECS API Reference, Deployment).
    failedTasks: running > 0 ? 0 : one.failures,
    createdAt: iso(one.createdAt),
    updatedAt: iso(one.updatedAt),
    launchType: setting.service['launchType'],
    platformVersion: '1.4.0',
    platformFamily: 'Linux',
    networkConfiguration: currentNetwork(setting, state),
    rolloutState: one.rolloutState,
    rolloutStateReason: one.rolloutStateReason,
  }
}

export function deploymentArn(setting: Setting, { token }: ServiceDeployment): string {
  const { cluster, service } = setting.scenario
  return arn(setting, `service-deployment/${cluster}/${service}/${token}`)
}

export function revisionArn(setting: Setting, revision: string): string {
  const { cluster, service } = setting.scenario
  return arn(setting, `service-revision/${cluster}/${service}/${revision}`)
}

function summary(setting: Setting, state: RolloutState, revision: string, requested: number): Item {
  const { running, pending } = countsOf(setting, state, (task) => task.revision === revision)
  return {
    arn: revisionArn(setting, revision),
    requestedTaskCount: requested,
    runningTaskCount: running,
    pendingTaskCount: pending,
  }
}

export function describedServiceDeployments(setting: Setting, state: RolloutState): readonly Item[] {
  return state.serviceDeployments.map((one) => describedServiceDeployment(setting, state, one))
}

function describedServiceDeployment(setting: Setting, state: RolloutState, one: ServiceDeployment): Item {
  const { service } = setting
  const pending = state.now < one.startedAt
  const carrying = state.deployments.find(({ id }) => id === one.deploymentId)
  const threshold = thresholdOf(setting, state.desiredCount)
  return {
    serviceDeploymentArn: deploymentArn(setting, one),
    serviceArn: service['serviceArn'],
    clusterArn: service['clusterArn'],
    createdAt: iso(one.createdAt),
    startedAt: pending ? undefined : iso(one.startedAt),
    finishedAt: one.finishedAt === null ? undefined : iso(one.finishedAt),
    stoppedAt: one.stoppedAt === null ? undefined : iso(one.stoppedAt),
    updatedAt: iso(one.updatedAt),
    sourceServiceRevisions: one.sources.map((source) => ({
      arn: revisionArn(setting, source.revision),
      requestedTaskCount: source.requested,
      runningTaskCount: source.running,
      pendingTaskCount: 0,
    })),
    targetServiceRevision: target(setting, state, one),
    status: pending && one.status === 'IN_PROGRESS' ? 'PENDING' : one.status,
    statusReason: one.statusReason ?? undefined,
    lifecycleStage: one.stage?.name,
    lifecycleHookDetails: one.finishedAt === null ? hooks(setting, state) : undefined,
    deploymentConfiguration: configuration(setting, state),
    rollback: one.rollback === null ? undefined : shownRollback(setting, one.rollback),
    deploymentCircuitBreaker: {
      status: one.breaker,
      failureCount: carrying?.breakerCount ?? (one.breaker === 'TRIGGERED' ? threshold : 0),
      threshold,
    },
    alarms: { status: 'DISABLED', alarmNames: [], triggeredAlarmNames: [] },
  }
}

/** The revision that it brings, with its counts: those of its end, where it has ended. */
function target(setting: Setting, state: RolloutState, one: ServiceDeployment): Item {
  const live = summary(setting, state, one.revision, one.rollback === null ? state.desiredCount : 0)
  if (one.stage !== null) return { ...live, ...weights(one.stage.name) }
  if (one.ended === null) return live
  const { requested, running } = one.ended
  return { ...live, requestedTaskCount: requested, runningTaskCount: running, pendingTaskCount: 0 }
}

function shownRollback(setting: Setting, rollback: NonNullable<ServiceDeployment['rollback']>): Item {
  const { reason, startedAt, revision } = rollback
  return { reason, startedAt: iso(startedAt), serviceRevisionArn: revisionArn(setting, revision) }
}

function hooks(setting: Setting, state: RolloutState): readonly Item[] | undefined {
  const pause = pauseAt(setting, state)
  if (pause === null) return undefined
  const status = pause.waits ? 'AWAITING_ACTION' : 'SUCCEEDED'
  const { hookId, expiresAt, action } = pause
  return [{ hookId, targetType: 'PAUSE', status, expiresAt: iso(expiresAt), timeoutAction: action }]
}

/** Which part of the traffic goes to the new revision, in percent. */
function weights(stage: LifecycleStage): Item {
  const reached = (other: LifecycleStage) => LIFECYCLE_STAGES.indexOf(stage) >= LIFECYCLE_STAGES.indexOf(other)
  return {
    requestedTestTrafficWeight: reached('TEST_TRAFFIC_SHIFT') ? 100 : 0,
    requestedProductionTrafficWeight: reached('PRODUCTION_TRAFFIC_SHIFT') ? 100 : 0,
  }
}

export function describedRevisions(setting: Setting, state: RolloutState): readonly Item[] {
  const known = [
    ...state.serviceDeployments.map(({ revision, createdAt, deploymentId }) => ({
      revision,
      createdAt,
      definitionArn: state.deployments.find(({ id }) => id === deploymentId)?.definitionArn,
    })),
    ...state.deployments,
  ]
  const once = known.filter((one, at) => known.findIndex(({ revision }) => revision === one.revision) === at)
  return once.map(({ revision, createdAt, definitionArn }) => {
    const definition = state.definitions.find((one) => one['taskDefinitionArn'] === definitionArn) ?? setting.definition
    return {
      serviceRevisionArn: revisionArn(setting, revision),
      serviceArn: setting.service['serviceArn'],
      clusterArn: setting.service['clusterArn'],
      taskDefinition: definition['taskDefinitionArn'],
      launchType: setting.service['launchType'],
      platformVersion: '1.4.0',
      platformFamily: 'LINUX',
      loadBalancers: setting.loadBalancer === null ? [] : [shownLoadBalancer(setting)],
      networkConfiguration: currentNetwork(setting, state),
      containerImages: itemsOf(definition['containerDefinitions']).map(({ name, image }) => ({
        containerName: name,
        image,
      })),
      guardDutyEnabled: false,
      createdAt: iso(createdAt),
    }
  })
}
