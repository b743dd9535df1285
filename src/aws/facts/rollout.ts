/** What one look sees, from the answers of ECS: DescribeServices, DescribeTasks, DescribeServiceDeployments. */
import type {
  EcsContainer,
  EcsDeployment,
  EcsService,
  EcsServiceDeployment,
  EcsTask,
  EcsTaskSet,
  ServiceEvent,
} from '../../domain/rollout.ts'
import { lastPart, toService } from './service.ts'
import { at, count, idOf, instant, isLoose, type Loose, listAt, text, texts } from './shape.ts'

/** Null for a record without the names that give it meaning. */
export function toEcsService(record: Loose): EcsService | null {
  const service = toService(record)
  if (service === null) return null
  const deployments = listAt(record, 'deployments').flatMap((one) => toEcsDeployment(one) ?? [])
  return {
    arn: service.arn,
    name: service.name,
    clusterArn: service.clusterArn,
    status: service.status,
    desiredCount: service.desiredCount,
    runningCount: service.runningCount,
    pendingCount: service.pendingCount,
    taskDefinitionArn: service.taskDefinitionArn,
    controller: service.deploymentController,
    scheduling: service.schedulingStrategy,
    strategy: service.deploymentConfiguration.strategy,
    circuitBreaker: service.deploymentConfiguration.circuitBreaker,
    subnetIds: service.awsvpc?.subnetIds ?? [],
    targetGroupArns: service.loadBalancers.flatMap(({ targetGroupArn }) => targetGroupArn ?? []),
    deployments,
    taskSets: listAt(record, 'taskSets').flatMap((one) => toEcsTaskSet(one) ?? []),
    events: listAt(record, 'events').flatMap((one) => toEvent(one) ?? []),
    currentServiceDeploymentArn: idOf(record['currentServiceDeployment']),
  }
}

export function toEcsDeployment(record: Loose): EcsDeployment | null {
  const id = idOf(record['id'])
  if (id === null) return null
  return {
    id,
    status: text(record['status']) ?? 'UNKNOWN',
    taskDefinitionArn: text(record['taskDefinition']) ?? '',
    desiredCount: count(record['desiredCount']) ?? 0,
    pendingCount: count(record['pendingCount']) ?? 0,
    runningCount: count(record['runningCount']) ?? 0,
    failedTasks: count(record['failedTasks']) ?? 0,
    createdAt: instant(record['createdAt']),
    updatedAt: instant(record['updatedAt']),
    rolloutState: idOf(record['rolloutState']),
    rolloutStateReason: idOf(record['rolloutStateReason']),
  }
}

export function toEcsTaskSet(record: Loose): EcsTaskSet | null {
  const id = idOf(record['id'])
  if (id === null) return null
  return {
    id,
    status: text(record['status']) ?? 'UNKNOWN',
    externalId: idOf(record['externalId']),
    taskDefinitionArn: text(record['taskDefinition']) ?? '',
    computedDesiredCount: count(record['computedDesiredCount']) ?? 0,
    pendingCount: count(record['pendingCount']) ?? 0,
    runningCount: count(record['runningCount']) ?? 0,
    createdAt: instant(record['createdAt']),
    updatedAt: instant(record['updatedAt']),
    stabilityStatus: idOf(record['stabilityStatus']),
  }
}

function toEvent(record: Loose): ServiceEvent | null {
  const id = idOf(record['id'])
  const message = idOf(record['message'])
  return id === null || message === null ? null : { id, at: instant(record['createdAt']), message }
}

/** DescribeTasks calls the attachment `ElasticNetworkInterface`, EventBridge `eni`. A task may have none, or several of other types. */
const INTERFACES = new Set(['ElasticNetworkInterface', 'eni'])

export function toEcsTask(record: Loose): EcsTask | null {
  const arn = idOf(record['taskArn'])
  if (arn === null) return null
  const details = listAt(record, 'attachments')
    .filter((one) => INTERFACES.has(String(one['type'])))
    .flatMap((one) => listAt(one, 'details'))
  const detail = (name: string) => idOf(details.find((one) => one['name'] === name)?.['value'])
  const containers = listAt(record, 'containers')
  const addresses = containers.flatMap((one) =>
    listAt(one, 'networkInterfaces').flatMap((eni) => idOf(eni['privateIpv4Address']) ?? []),
  )
  return {
    id: lastPart(arn),
    arn,
    group: idOf(record['group']),
    startedBy: idOf(record['startedBy']),
    taskDefinitionArn: text(record['taskDefinitionArn']) ?? '',
    version: count(record['version']) ?? 0,
    lastStatus: text(record['lastStatus']) ?? 'UNKNOWN',
    desiredStatus: text(record['desiredStatus']) ?? 'UNKNOWN',
    stopCode: idOf(record['stopCode']),
    stoppedReason: idOf(record['stoppedReason']),
    healthStatus: idOf(record['healthStatus']),
    availabilityZone: idOf(record['availabilityZone']),
    subnetId: detail('subnetId'),
    privateIp: detail('privateIPv4Address') ?? addresses[0] ?? null,
    containerInstanceArn: idOf(record['containerInstanceArn']),
    createdAt: instant(record['createdAt']),
    pullStartedAt: instant(record['pullStartedAt']),
    pullStoppedAt: instant(record['pullStoppedAt']),
    startedAt: instant(record['startedAt']),
    stoppingAt: instant(record['stoppingAt']),
    stoppedAt: instant(record['stoppedAt']),
    containers: containers.map(toEcsContainer),
  }
}

function toEcsContainer(record: Loose): EcsContainer {
  return {
    name: text(record['name']) ?? '',
    image: idOf(record['image']),
    digest: idOf(record['imageDigest']),
    lastStatus: text(record['lastStatus']) ?? 'UNKNOWN',
    exitCode: count(record['exitCode']),
    reason: idOf(record['reason']),
    healthStatus: idOf(record['healthStatus']),
    memory: count(record['memory']),
  }
}

/** A full deployment, or a brief one of ListServiceDeployments. */
export function toEcsServiceDeployment(record: Loose): EcsServiceDeployment | null {
  const arn = idOf(record['serviceDeploymentArn'])
  if (arn === null) return null
  const circuitBreaker = record['deploymentCircuitBreaker']
  const rollback = record['rollback']
  return {
    arn,
    status: text(record['status']) ?? 'UNKNOWN',
    statusReason: idOf(record['statusReason']),
    createdAt: instant(record['createdAt']),
    startedAt: instant(record['startedAt']),
    finishedAt: instant(record['finishedAt']) ?? instant(record['stoppedAt']),
    updatedAt: instant(record['updatedAt']),
    targetRevisionArn: idOf(at(record, 'targetServiceRevision', 'arn')) ?? idOf(record['targetServiceRevisionArn']),
    lifecycleStage: idOf(record['lifecycleStage']),
    hooks: listAt(record, 'lifecycleHookDetails').map((one) => ({
      id: text(one['hookId']) ?? '',
      status: text(one['status']) ?? 'UNKNOWN',
      targetType: idOf(one['targetType']),
      expiresAt: instant(one['expiresAt']),
      timeoutAction: idOf(one['timeoutAction']),
    })),
    strategy: idOf(at(record, 'deploymentConfiguration', 'strategy')),
    bakeMinutes: count(at(record, 'deploymentConfiguration', 'bakeTimeInMinutes')),
    rollback: isLoose(rollback)
      ? { reason: idOf(rollback['reason']), revisionArn: idOf(rollback['serviceRevisionArn']) }
      : null,
    circuitBreaker: isLoose(circuitBreaker)
      ? {
          status: text(circuitBreaker['status']) ?? 'UNKNOWN',
          failureCount: count(circuitBreaker['failureCount']) ?? 0,
          threshold: count(circuitBreaker['threshold']) ?? 0,
        }
      : null,
    alarms: texts(at(record, 'alarms', 'triggeredAlarmNames')),
  }
}
