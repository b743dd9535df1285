/** An ECS service, from DescribeServices. */
import type { AwsvpcConfiguration, DeploymentConfiguration, Raw, Service } from '../../domain/service.ts'
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

export function toService(record: Loose): Service | null {
  const arn = idOf(record['serviceArn'])
  const clusterArn = idOf(record['clusterArn'])
  if (arn === null || clusterArn === null) return null
  // Under CODE_DEPLOY and EXTERNAL the task sets say what the service does not.
  const taskSet = listAt(record, 'taskSets').find((one) => one['status'] === 'PRIMARY') ?? listAt(record, 'taskSets')[0]
  // An Express service names no task definition: its primary deployment says what runs (kayac/ecspresso, issue 902).
  const primary =
    record['taskDefinition'] === undefined
      ? listAt(record, 'deployments').find((one) => one['status'] === 'PRIMARY')
      : undefined
  const own = (key: string): unknown => record[key] ?? taskSet?.[key] ?? primary?.[key]
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
    capacityProviders: fieldsOf(own('capacityProviderStrategy'), 'capacityProvider'),
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
      raw: one,
    })),
    enableExecuteCommand: flag(record['enableExecuteCommand']) ?? false,
    deployments: listAt(record, 'deployments').map((one) => ({
      id: text(one['id']) ?? '',
      status: text(one['status']) ?? 'UNKNOWN',
      taskDefinitionArn: text(one['taskDefinition']) ?? '',
      rolloutState: text(one['rolloutState']),
    })),
    raw: withoutHistory(record),
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
    raw: isLoose(value) ? value : {},
  }
}

/** The last part of an ARN or a path: `arn:…:service/demo/web` → `web`. */
export function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}
