/**
 * Settings of a service. What is not named stays; what is named replaces the old value as a whole, but for percentages
 * and circuit breaker, which are settings of their own. ECS API Reference, UpdateService.
 */
import { type Answer, known } from '../../domain/answer.ts'
import type { ChangeOf } from '../../domain/change.ts'
import type { ConfigurationFacts } from '../../domain/configuration.ts'
import type { GatheredFacts } from '../../domain/facts.ts'
import { type AdvancedConfiguration, isExpress, type Service } from '../../domain/service.ts'
import type { Text } from '../../domain/text.ts'
import type { Definitions, Resolved } from '../change-kind.ts'
import { callOf } from '../command-line.ts'
import { argumentsOf, type Field, fieldsOf } from '../terraform.ts'

type UpdateService = ChangeOf<'update-service'>

type Settings = Resolved<UpdateService>

export const services: Definitions<'update-service'> = {
  'update-service': {
    console(change) {
      const { cluster, service } = change
      const parts = consoleParts(change)
      return {
        en: `ECS → Clusters → ${cluster} → Services → ${service} → Update service: ${parts.map(({ en }) => en).join('; ')} → Update`,
        ko: `ECS → 클러스터 → ${cluster} → 서비스 → ${service} → 서비스 업데이트에서 다음과 같이 지정하고 업데이트를 누릅니다. ${parts.map(({ ko }) => ko).join('; ')}`,
      }
    },

    cli: (change) => {
      const { formerNetworkConfiguration: _, ...call } = change
      return [callOf('ecs', call, countsAnew(change) ? { since: '2.35.12' } : {})]
    },

    terraform(change) {
      const fields = terraformFields(change)
      const notes = unheldByTerraform(change)
      return fields.length + notes.length === 0
        ? []
        : [{ existing: 'aws_ecs_service', of: change.service, fields, notes }]
    },

    apply(facts, change) {
      const { service } = facts
      if (!service.known) return null
      const refused = refusal(service.value, facts, change)
      if (refused !== null) return { refused }
      // That the next tasks are new ones shows in no fact.
      if (change.forceNewDeployment !== undefined && change.placementConstraints === undefined) return null
      return {
        ...facts,
        service: known(changed(service.value, change)),
        configuration: withBreaker(facts.configuration, change),
      }
    },
  },
}

function consoleParts(change: Settings): readonly Text[] {
  const { taskDefinition, networkConfiguration, deploymentConfiguration = {}, loadBalancers = [] } = change
  const { minimumHealthyPercent: minimum, maximumPercent: maximum, deploymentCircuitBreaker } = deploymentConfiguration
  const { healthCheckGracePeriodSeconds: grace, placementConstraints = [], forceNewDeployment } = change
  return [
    ...when(taskDefinition, (revision) => ({
      en: `Task definition revision: ${revision}`,
      ko: `태스크 정의 개정: ${revision}`,
    })),
    ...when(networkConfiguration?.awsvpcConfiguration, ({ subnets, securityGroups = [], assignPublicIp }) => {
      const [en, ko] = assignPublicIp === 'ENABLED' ? ['on', '켜짐'] : ['off', '꺼짐']
      const [where, groups] = [subnets.join(', '), securityGroups.join(', ')]
      return {
        en: `Networking: subnets ${where}; security groups ${groups || 'the default one'}; Public IP turned ${en}`,
        ko: `네트워킹 - 서브넷: ${where}, 보안 그룹: ${groups || '기본 보안 그룹'}, 퍼블릭 IP: ${ko}`,
      }
    }),
    ...when(minimum, (percent) => ({
      en: `Deployment options: Min running tasks ${percent} %`,
      ko: `배포 옵션 - 최소 실행 작업 비율: ${percent}%`,
    })),
    ...when(maximum, (percent) => ({
      en: `Deployment options: Max running tasks ${percent} %`,
      ko: `배포 옵션 - 최대 실행 작업 비율: ${percent}%`,
    })),
    ...when(deploymentCircuitBreaker, ({ rollback, resetOnHealthyTask, thresholdConfiguration: threshold }) => {
      const [en, ko] = rollback ? ['on', '켜짐'] : ['off', '꺼짐']
      const [reset, resetKo] =
        resetOnHealthyTask === false
          ? ['; not reset by a healthy task', ', 태스크가 정상이 될 때 실패 횟수 초기화: 끄기']
          : ['', '']
      const [at, atKo] =
        threshold === undefined
          ? ['', '']
          : [`; threshold ${threshold.type} ${threshold.value}`, `, 임계값: ${threshold.type} ${threshold.value}`]
      return {
        en: `Deployment failure detection: "Use the Amazon ECS deployment circuit breaker" on, "Rollback on failures" ${en}${at}${reset}`,
        ko: `배포 실패 감지 - "Amazon ECS 배포 회로 차단기 사용": 켜짐, "실패 시 롤백": ${ko}${atKo}${resetKo}`,
      }
    }),
    ...loadBalancers.map(({ targetGroupArn, loadBalancerName, containerName, containerPort }) => {
      const target = targetGroupArn ?? loadBalancerName ?? ''
      return {
        en: `Load balancing: container ${containerName}, port ${containerPort}, target ${target}`,
        ko: `로드 밸런싱 - 컨테이너: ${containerName}, 포트: ${containerPort}, 대상: ${target}`,
      }
    }),
    ...when(grace, (seconds) => ({
      en: `Load balancing: Health check grace period ${seconds} seconds`,
      ko: `로드 밸런싱 - 상태 검사 유예 기간: ${seconds}초`,
    })),
    ...placementConstraints.map(({ type, expression }) => {
      const constraint = expression === undefined ? type : `${type} ${expression}`
      return { en: `Task placement: constraint ${constraint}`, ko: `태스크 배치 - 제약 조건: ${constraint}` }
    }),
    ...when(forceNewDeployment, () => ({ en: 'Force new deployment', ko: '새 배포 강제 적용: 선택' })),
  ]
}

function when<T>(value: T | undefined, say: (value: T) => Text): readonly Text[] {
  return value === undefined ? [] : [say(value)]
}

function terraformFields(change: Settings): readonly Field[] {
  const { networkConfiguration, deploymentConfiguration = {}, loadBalancers = [], placementConstraints = [] } = change
  const { minimumHealthyPercent, maximumPercent, deploymentCircuitBreaker: breaker } = deploymentConfiguration
  const awsvpc = networkConfiguration?.awsvpcConfiguration
  return [
    ...fieldsOf({
      deploymentMinimumHealthyPercent: minimumHealthyPercent,
      deploymentMaximumPercent: maximumPercent,
      healthCheckGracePeriodSeconds: change.healthCheckGracePeriodSeconds,
      forceNewDeployment: change.forceNewDeployment,
      networkConfiguration: awsvpc && { ...awsvpc, assignPublicIp: awsvpc.assignPublicIp === 'ENABLED' },
      deploymentCircuitBreaker: breaker && { enable: breaker.enable, rollback: breaker.rollback },
    }),
    ...loadBalancers.map((one): Field => ['load_balancer', balancerFields(one)]),
    ...placementConstraints.map((one): Field => ['placement_constraints', argumentsOf(one, 'type', 'expression')]),
  ]
}

function balancerFields(one: NonNullable<Settings['loadBalancers']>[number]): readonly Field[] {
  const { targetGroupArn, loadBalancerName, containerName = '', containerPort = 0 } = one
  return fieldsOf({ targetGroupArn, elbName: loadBalancerName, containerName, containerPort })
}

/** hashicorp/terraform-provider-aws, issue 48748. */
function unheldByTerraform(change: Settings): readonly string[] {
  const isMore = change.loadBalancers?.some((one) => one['advancedConfiguration'] !== undefined)
  return [
    ...(countsAnew(change) ? ['hashicorp/aws has no argument for threshold and reset of the circuit breaker yet'] : []),
    ...(isMore ? ['advanced_configuration of a load_balancer stays as it is'] : []),
  ]
}

/** Members of July 2026. */
function countsAnew({ deploymentConfiguration }: Settings): boolean {
  const breaker = deploymentConfiguration?.deploymentCircuitBreaker
  return breaker?.resetOnHealthyTask !== undefined || breaker?.thresholdConfiguration !== undefined
}

function refusal(service: Service, { configuration }: GatheredFacts, change: Settings): string | null {
  if (change.service !== service.name) return 'ServiceNotFoundException'
  if (service.status !== 'ACTIVE') return 'ServiceNotActiveException'
  // ECS itself configures these of an Express service.
  if (isExpress(service) && (change.loadBalancers ?? change.deploymentConfiguration) !== undefined)
    return 'InvalidParameterException'
  // CodeDeploy and external controllers take these with the next deployment.
  const ofController = change.networkConfiguration ?? change.loadBalancers ?? change.taskDefinition
  if (service.deploymentController !== 'ECS' && ofController !== undefined) return 'InvalidParameterException'
  const { deploymentConfiguration: old } = service
  const { minimumHealthyPercent: minimum, maximumPercent: maximum } = { ...old, ...change.deploymentConfiguration }
  if (change.deploymentConfiguration !== undefined && minimum === 100 && maximum === 100)
    return 'InvalidParameterException'
  return (change.loadBalancers ?? []).some(({ targetGroupArn }) => isLoose(targetGroupArn, configuration))
    ? 'InvalidParameterException'
    : null
}

/** "The target group … does not have an associated load balancer." */
function isLoose(arn: string | undefined, configuration: Answer<ConfigurationFacts>): boolean {
  if (!configuration.known) return false
  const group = configuration.value.targetGroups.find((one) => one.arn === arn)?.group
  return group?.known === true && (group.value === null || group.value.loadBalancerArns.length === 0)
}

function withAlternate(
  before: AdvancedConfiguration | null,
  { advancedConfiguration }: NonNullable<Settings['loadBalancers']>[number],
): AdvancedConfiguration | null {
  const alternateTargetGroupArn = advancedConfiguration?.alternateTargetGroupArn
  return before === null || typeof alternateTargetGroupArn !== 'string'
    ? before
    : { ...before, alternateTargetGroupArn }
}

function changed(service: Service, change: Settings): Service {
  const { networkConfiguration, deploymentConfiguration = {}, loadBalancers } = change
  const awsvpc = networkConfiguration?.awsvpcConfiguration
  const { deploymentCircuitBreaker: circuitBreaker, ...percentages } = deploymentConfiguration
  const old = service.deploymentConfiguration
  return {
    ...service,
    taskDefinitionArn: change.taskDefinition ?? service.taskDefinitionArn,
    healthCheckGracePeriodSeconds: change.healthCheckGracePeriodSeconds ?? service.healthCheckGracePeriodSeconds,
    placementConstraints:
      change.placementConstraints?.map(({ type, expression = null }) => ({ type, expression })) ??
      service.placementConstraints,
    ...(awsvpc === undefined
      ? {}
      : {
          awsvpc: {
            subnetIds: awsvpc.subnets,
            securityGroupIds: awsvpc.securityGroups ?? [],
            assignPublicIp: awsvpc.assignPublicIp,
          },
        }),
    ...(loadBalancers === undefined
      ? {}
      : {
          loadBalancers: loadBalancers.map((raw, index) => ({
            targetGroupArn: raw.targetGroupArn ?? null,
            containerName: raw.containerName ?? null,
            containerPort: raw.containerPort ?? null,
            // A change restates the entries in their order.
            advancedConfiguration: withAlternate(service.loadBalancers[index]?.advancedConfiguration ?? null, raw),
            raw,
          })),
        }),
    deploymentConfiguration: {
      ...old,
      ...percentages,
      circuitBreaker: circuitBreaker ?? old.circuitBreaker,
      raw: { ...old.raw, ...deploymentConfiguration },
    },
  }
}

function withBreaker(
  configuration: Answer<ConfigurationFacts>,
  { deploymentConfiguration }: Settings,
): Answer<ConfigurationFacts> {
  const breaker = deploymentConfiguration?.deploymentCircuitBreaker
  if (breaker === undefined || !configuration.known || !configuration.value.rollout.known) return configuration
  const { thresholdConfiguration, resetOnHealthyTask } = breaker
  const rollout = {
    ...configuration.value.rollout.value,
    breakerThreshold: thresholdConfiguration ?? null,
    resetOnHealthyTask: resetOnHealthyTask ?? true,
  }
  return known({ ...configuration.value, rollout: known(rollout) })
}
