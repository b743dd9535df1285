/** What a service's configuration names and how its deployments stand, from the answers of ECS, load balancing and others. */
import type {
  DeploymentCounts,
  LoadBalancerFront,
  RolloutState,
  Secret,
  TargetGroup,
  TargetHealth,
} from '../../domain/configuration.ts'
import { at, count, fieldsOf, flag, idOf, instant, isLoose, type Loose, listAt, text, texts, word } from './shape.ts'

/** `DescribeServices`. A task sets the breaker's count back unless the service says otherwise (ECS API, DeploymentCircuitBreaker). */
export function toRolloutState(service: Loose): RolloutState {
  const breaker = at(service, 'deploymentConfiguration', 'deploymentCircuitBreaker')
  const type = idOf(at(breaker, 'thresholdConfiguration', 'type'))
  const value = count(at(breaker, 'thresholdConfiguration', 'value'))
  return {
    circuitBreakerThreshold: type === null || value === null ? null : { type, value },
    resetOnHealthyTask: flag(at(breaker, 'resetOnHealthyTask')) ?? true,
    deployments: listAt(service, 'deployments').map(toDeploymentCounts),
  }
}

function toDeploymentCounts(record: Loose): DeploymentCounts {
  return {
    id: text(record['id']) ?? '',
    status: text(record['status']) ?? 'UNKNOWN',
    rolloutState: text(record['rolloutState']),
    desired: count(record['desiredCount']) ?? 0,
    running: count(record['runningCount']) ?? 0,
    pending: count(record['pendingCount']) ?? 0,
    failed: count(record['failedTasks']) ?? 0,
  }
}

/** `DescribeSecret`. */
export function toSecret(answer: Loose): Secret | null {
  const arn = idOf(answer['ARN'])
  const versions = answer['VersionIdsToStages']
  return arn === null
    ? null
    : {
        arn,
        deletedAt: instant(answer['DeletedDate']),
        stages: isLoose(versions) ? [...new Set(Object.values(versions).flatMap(texts))] : null,
      }
}

export function toTargetGroup(record: Loose): TargetGroup | null {
  const arn = idOf(record['TargetGroupArn'])
  return arn === null
    ? null
    : {
        arn,
        name: text(record['TargetGroupName']) ?? '',
        targetType: word(record['TargetType']),
        protocol: text(record['Protocol']),
        vpcId: idOf(record['VpcId']),
        loadBalancerArns: texts(record['LoadBalancerArns']),
        healthCheck: {
          // `traffic-port` is no number.
          port: count(record['HealthCheckPort']),
          intervalSeconds: count(record['HealthCheckIntervalSeconds']),
          unhealthyThreshold: count(record['UnhealthyThresholdCount']),
        },
      }
}

/** `DescribeTargetHealth`. */
export function toTargetHealth(answer: Loose): readonly TargetHealth[] {
  return listAt(answer, 'TargetHealthDescriptions').map((one) => ({
    targetId: text(at(one, 'Target', 'Id')) ?? '',
    port: count(at(one, 'Target', 'Port')),
    state: word(at(one, 'TargetHealth', 'State')),
    reason: text(at(one, 'TargetHealth', 'Reason')),
  }))
}

export function toLoadBalancerFront(record: Loose): LoadBalancerFront | null {
  const arn = idOf(record['LoadBalancerArn'])
  return arn === null
    ? null
    : {
        arn,
        name: text(record['LoadBalancerName']) ?? '',
        type: word(record['Type']),
        vpcId: idOf(record['VpcId']),
        securityGroupIds: texts(record['SecurityGroups']),
        subnetIds: fieldsOf(record['AvailabilityZones'], 'SubnetId'),
        zones: fieldsOf(record['AvailabilityZones'], 'ZoneName'),
        scheme: word(record['Scheme']),
      }
}
