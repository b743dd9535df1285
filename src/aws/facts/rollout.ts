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
import {
  at,
  count,
  countOrNone,
  idOf,
  instant,
  isLoose,
  type Loose,
  listAt,
  members,
  prose,
  text,
  texts,
} from './shape.ts'

/** Null for a record without the names that give it meaning. */
export function toEcsService(record: Loose): EcsService | null {
  const service = toService(record)
  if (service === null) return null
  const { arn, name, clusterArn, status, desiredCount, runningCount, pendingCount, taskDefinitionArn } = service
  return {
    arn,
    name,
    clusterArn,
    status,
    desiredCount,
    runningCount,
    pendingCount,
    taskDefinitionArn,
    controller: service.deploymentController,
    scheduling: service.schedulingStrategy,
    strategy: service.deploymentConfiguration.strategy,
    circuitBreaker: service.deploymentConfiguration.circuitBreaker,
    subnetIds: service.awsvpc?.subnetIds ?? [],
    targetGroupArns: service.loadBalancers.flatMap(({ targetGroupArn }) => targetGroupArn ?? []),
    placement: {
      launchType: service.launchType,
      capacityProviders: service.capacityProviders,
      minimumHealthyPercent: service.deploymentConfiguration.minimumHealthyPercent,
      maximumPercent: service.deploymentConfiguration.maximumPercent,
    },
    deployments: listAt(record, 'deployments').flatMap((one) => toEcsDeployment(one) ?? []),
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
    ...members(record, countOrNone, 'desiredCount', 'pendingCount', 'runningCount', 'failedTasks'),
    ...members(record, instant, 'createdAt', 'updatedAt'),
    ...members(record, idOf, 'rolloutState'),
    ...members(record, prose, 'rolloutStateReason'),
  }
}

export function toEcsTaskSet(record: Loose): EcsTaskSet | null {
  const id = idOf(record['id'])
  if (id === null) return null
  return {
    id,
    status: text(record['status']) ?? 'UNKNOWN',
    taskDefinitionArn: text(record['taskDefinition']) ?? '',
    ...members(record, idOf, 'externalId', 'stabilityStatus'),
    ...members(record, countOrNone, 'computedDesiredCount', 'pendingCount', 'runningCount'),
    ...members(record, instant, 'createdAt', 'updatedAt'),
  }
}

function toEvent(record: Loose): ServiceEvent | null {
  const id = idOf(record['id'])
  const message = prose(record['message'])
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
    taskDefinitionArn: text(record['taskDefinitionArn']) ?? '',
    version: count(record['version']) ?? 0,
    lastStatus: text(record['lastStatus']) ?? 'UNKNOWN',
    desiredStatus: text(record['desiredStatus']) ?? 'UNKNOWN',
    ...members(record, idOf, 'group', 'startedBy', 'stopCode', 'healthStatus'),
    ...members(record, prose, 'stoppedReason'),
    ...members(record, idOf, 'availabilityZone', 'containerInstanceArn'),
    ...members(record, instant, 'createdAt', 'pullStartedAt', 'pullStoppedAt', 'startedAt', 'stoppingAt', 'stoppedAt'),
    subnetId: detail('subnetId'),
    privateIp: detail('privateIPv4Address') ?? addresses[0] ?? null,
    containers: containers.map(toEcsContainer),
  }
}

function toEcsContainer(record: Loose): EcsContainer {
  return {
    name: text(record['name']) ?? '',
    digest: idOf(record['imageDigest']),
    lastStatus: text(record['lastStatus']) ?? 'UNKNOWN',
    ...members(record, idOf, 'image', 'healthStatus'),
    ...members(record, prose, 'reason'),
    ...members(record, count, 'exitCode', 'memory'),
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
    ...members(record, idOf, 'lifecycleStage'),
    ...members(record, prose, 'statusReason'),
    ...members(record, instant, 'createdAt', 'startedAt', 'updatedAt'),
    finishedAt: instant(record['finishedAt']) ?? instant(record['stoppedAt']),
    targetRevisionArn: idOf(at(record, 'targetServiceRevision', 'arn')) ?? idOf(record['targetServiceRevisionArn']),
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
      ? { reason: prose(rollback['reason']), revisionArn: idOf(rollback['serviceRevisionArn']) }
      : null,
    circuitBreaker: isLoose(circuitBreaker)
      ? {
          status: text(circuitBreaker['status']) ?? 'UNKNOWN',
          ...members(circuitBreaker, countOrNone, 'failureCount', 'threshold'),
        }
      : null,
    alarms: texts(at(record, 'alarms', 'triggeredAlarmNames')),
  }
}
