/** An ECS service, from DescribeServices. */
import { keptIn, type Tag } from '../../deployment/kept-settings.ts'
import type {
  AdvancedConfiguration,
  AwsvpcConfiguration,
  CapacityProviderStrategyItem,
  DeploymentConfiguration,
  Raw,
  Service,
  ServiceConnect,
  ServiceRevision,
  VolumeConfiguration,
} from '../../domain/service.ts'

import {
  at,
  count,
  countOrNone,
  fieldsOf,
  flag,
  idOf,
  isLoose,
  type Loose,
  listAt,
  members,
  text,
  texts,
} from './shape.ts'

import { toLogConfiguration, toPlacementConstraints } from './task-definition.ts'

export function toService(record: Loose): Service | null {
  const arn = idOf(record['serviceArn'])
  const clusterArn = idOf(record['clusterArn'])
  if (arn === null || clusterArn === null) return null
  // Under CODE_DEPLOY and EXTERNAL the task sets say what the service does not.
  const taskSet = listAt(record, 'taskSets').find((one) => one['status'] === 'PRIMARY') ?? listAt(record, 'taskSets')[0]
  const newest = listAt(record, 'deployments').find((one) => one['status'] === 'PRIMARY')
  // An Express service names no task definition: its newest deployment says what runs (kayac/ecspresso, issue 902).
  const express = record['taskDefinition'] === undefined ? newest : undefined
  const own = (key: string): unknown => record[key] ?? taskSet?.[key] ?? express?.[key]
  const schedulingStrategy = text(record['schedulingStrategy']) ?? 'REPLICA'
  return {
    arn,
    name: text(record['serviceName']) ?? lastPart(arn),
    clusterArn,
    clusterName: lastPart(clusterArn),
    status: text(record['status']) ?? 'UNKNOWN',
    resourceManagementType: idOf(record['resourceManagementType']),
    ...members(record, countOrNone, 'desiredCount', 'runningCount', 'pendingCount'),
    launchType: idOf(own('launchType')),
    capacityProviders: providersOf(toStrategy(own('capacityProviderStrategy'))),
    capacityProviderStrategy: toStrategy(own('capacityProviderStrategy')),
    placementConstraints: toPlacementConstraints(record['placementConstraints']),
    platformVersion: text(own('platformVersion')),
    platformFamily: text(own('platformFamily')),
    taskDefinitionArn: text(own('taskDefinition')) ?? '',
    deploymentController: text(at(record, 'deploymentController', 'type')) ?? 'ECS',
    schedulingStrategy,
    awsvpc: toAwsvpc(at(own('networkConfiguration'), 'awsvpcConfiguration')),
    deploymentConfiguration: toDeploymentConfiguration(record['deploymentConfiguration'], schedulingStrategy),
    healthCheckGracePeriodSeconds: count(record['healthCheckGracePeriodSeconds']),
    loadBalancers: listAt({ list: own('loadBalancers') }, 'list').map((one) => ({
      targetGroupArn: text(one['targetGroupArn']),
      containerName: text(one['containerName']),
      containerPort: count(one['containerPort']),
      advancedConfiguration: toAdvancedConfiguration(one['advancedConfiguration']),
      raw: one,
    })),
    serviceRegistries: listAt({ list: own('serviceRegistries') }, 'list').flatMap((one) => {
      const registryArn = idOf(one['registryArn'])
      const rest = { containerName: text(one['containerName']), ...members(one, count, 'containerPort', 'port') }
      return registryArn === null ? [] : [{ registryArn, ...rest }]
    }),
    serviceConnect: toServiceConnect(newest?.['serviceConnectConfiguration']),
    volumeConfigurations: listAt(newest, 'volumeConfigurations').map(toVolumeConfiguration),
    vpcLatticeConfigurations: listAt(newest, 'vpcLatticeConfigurations').map((one) => ({
      ...members(one, idOf, 'roleArn', 'targetGroupArn', 'portName'),
      alternateTargetGroupArn: idOf(at(one, 'advancedConfiguration', 'alternateTargetGroupArn')),
    })),
    enableExecuteCommand: flag(record['enableExecuteCommand']) ?? false,
    deployments: listAt(record, 'deployments').map((one) => ({
      id: text(one['id']) ?? '',
      status: text(one['status']) ?? 'UNKNOWN',
      taskDefinitionArn: text(one['taskDefinition']) ?? '',
      rolloutState: text(one['rolloutState']),
    })),
    revisionArns: fieldsOf(record['currentServiceRevisions'], 'arn'),
    kept: keptIn(toTags(record['tags'])),
    raw: withoutHistory(record),
  }
}

export function toTags(value: unknown): readonly Tag[] {
  return listAt({ value }, 'value').map((one) => ({ key: text(one['key']) ?? '', value: text(one['value']) ?? '' }))
}

export function toStrategy(value: unknown): readonly CapacityProviderStrategyItem[] {
  return listAt({ value }, 'value').flatMap((one) => {
    const capacityProvider = idOf(one['capacityProvider'])
    return capacityProvider === null ? [] : [{ capacityProvider, ...members(one, countOrNone, 'base', 'weight') }]
  })
}

/**
 * Those that may take a task. Beside one with a weight, weight 0 takes none; with a base above 0 documents differ: it may
 * (ECS API Reference, CapacityProviderStrategyItem).
 */
export function providersOf(strategy: readonly CapacityProviderStrategyItem[]): readonly string[] {
  const weighted = strategy.some(({ weight }) => weight > 0)
  return strategy
    .filter(({ base, weight }) => !weighted || weight > 0 || base > 0)
    .map(({ capacityProvider }) => capacityProvider)
}

/** `DescribeServiceRevisions`. */
export function toServiceRevision(record: Loose): ServiceRevision | null {
  const arn = idOf(record['serviceRevisionArn'])
  if (arn === null) return null
  return {
    arn,
    containers: listAt(record, 'containerImages').flatMap((one) => {
      const image = idOf(one['image'])
      return image === null ? [] : [{ name: text(one['containerName']) ?? '', image, digest: idOf(one['imageDigest']) }]
    }),
  }
}

/** What a service says of the past and of its tags is no setting, and is long. */
function withoutHistory({ deployments, events, tags, ...settings }: Loose): Raw {
  return settings
}

function toAwsvpc(value: unknown): AwsvpcConfiguration | null {
  if (value === undefined || value === null) return null
  return {
    subnetIds: texts(at(value, 'subnets')),
    securityGroupIds: texts(at(value, 'securityGroups')),
    assignPublicIp: text(at(value, 'assignPublicIp')) ?? 'DISABLED',
  }
}

function toAdvancedConfiguration(value: unknown): AdvancedConfiguration | null {
  return isLoose(value)
    ? members(value, idOf, 'alternateTargetGroupArn', 'productionListenerRule', 'testListenerRule', 'roleArn')
    : null
}

function toServiceConnect(value: unknown): ServiceConnect | null {
  if (!isLoose(value) || flag(value['enabled']) !== true) return null
  const log = value['logConfiguration']
  return {
    namespace: idOf(value['namespace']),
    services: listAt(value, 'services').map((one) => ({
      portName: text(one['portName']) ?? '',
      discoveryName: idOf(one['discoveryName']),
      tls: isLoose(one['tls']) ? members(one['tls'], idOf, 'roleArn', 'kmsKey') : null,
    })),
    logConfiguration: isLoose(log) ? toLogConfiguration(log) : null,
  }
}

function toVolumeConfiguration({ name, managedEBSVolume: volume }: Loose): VolumeConfiguration {
  const settings = isLoose(volume) ? volume : {}
  return {
    name: text(name) ?? '',
    ...members(settings, idOf, 'roleArn', 'kmsKeyId', 'snapshotId'),
    sizeInGiB: count(settings['sizeInGiB']),
  }
}

/** Defaults are the API's: 200 and 100 percent, 100 and 0 for daemons (ECS API, DeploymentConfiguration). */
function toDeploymentConfiguration(value: unknown, schedulingStrategy: string): DeploymentConfiguration {
  const daemon = schedulingStrategy === 'DAEMON'
  const breaker = at(value, 'deploymentCircuitBreaker')
  return {
    maximumPercent: count(at(value, 'maximumPercent')) ?? (daemon ? 100 : 200),
    minimumHealthyPercent: count(at(value, 'minimumHealthyPercent')) ?? (daemon ? 0 : 100),
    circuitBreaker:
      breaker === undefined || breaker === null
        ? null
        : { enable: flag(at(breaker, 'enable')) ?? false, rollback: flag(at(breaker, 'rollback')) ?? false },
    strategy: text(at(value, 'strategy')) ?? 'ROLLING',
    lifecycleHooks: listAt(value, 'lifecycleHooks').map((one) => ({
      targetType: text(one['targetType']) ?? 'AWS_LAMBDA',
      ...members(one, idOf, 'hookTargetArn', 'roleArn'),
      lifecycleStages: texts(one['lifecycleStages']),
    })),
    raw: isLoose(value) ? value : {},
  }
}

/** The last part of an ARN or a path: `arn:…:service/demo/web` → `web`. */
export function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}
