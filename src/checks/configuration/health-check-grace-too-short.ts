/** Does a new task have time to become healthy before the load balancer's checks count against it? */
import { type HealthNeed, healthTiming } from '../../deployment/health-timing.ts'
import { defineCheck, type Found, type Unseen } from '../../domain/check.ts'
import type { Service } from '../../domain/service.ts'
import type { Text } from '../../domain/text.ts'
import { updateService } from '../service/service-changes.ts'
import { unreadGroup } from './balancer-changes.ts'

interface Details {
  readonly service: Pick<Service, 'name' | 'clusterName'>
  readonly graceSeconds: number
  readonly longest: HealthNeed
}

export default defineCheck<Details, 'service' | 'taskDefinition' | 'configuration'>({
  id: 'health-check-grace-too-short',
  step: 'configuration',
  severity: 'warning',
  needs: ['service', 'taskDefinition', 'configuration'],
  permissions: ['ecs:DescribeServices', 'ecs:DescribeTaskDefinition', 'elasticloadbalancing:DescribeTargetGroups'],

  title: { en: 'The health check grace period is too short', ko: '상태 확인 유예 기간이 너무 짧습니다' },
  why: {
    en: 'When the grace period is over, one unhealthy report of the load balancer ends the task, however close the application was to answering. A start that takes a little longer than usual is killed and begun again, and the deployment goes round in circles.',
    ko: '유예 기간이 끝나면 애플리케이션이 곧 응답할 상태였더라도 로드 밸런서의 비정상 판정 하나로 태스크가 중지됩니다. 평소보다 조금 오래 걸린 시작은 중지되고 다시 시작되므로 배포가 제자리를 맴돕니다.',
  },

  evaluate({ service, taskDefinition, configuration: { targetGroups } }) {
    if (targetGroups.length === 0) return []
    const unseen = targetGroups.flatMap(({ arn, group }): readonly Unseen[] =>
      group.known ? [] : [unreadGroup(group, arn)],
    )
    const groups = targetGroups.flatMap(({ group }) => (group.known && group.value !== null ? [group.value] : []))
    const { graceSeconds, needs } = healthTiming(
      service.healthCheckGracePeriodSeconds,
      groups,
      taskDefinition.containers,
    )
    const short = needs.filter(({ seconds }) => seconds > graceSeconds)
    const [longest] = short
    if (longest === undefined) return unseen
    const found: Found<Details> = {
      subject: service.name,
      evidence: [
        {
          en: `healthCheckGracePeriodSeconds: ${service.healthCheckGracePeriodSeconds}`,
          ko: `healthCheckGracePeriodSeconds: ${service.healthCheckGracePeriodSeconds}`,
        },
        ...short.map(needText),
      ],
      details: { service: { name: service.name, clusterName: service.clusterName }, graceSeconds, longest },
    }
    return [found, ...unseen]
  },

  explain({ service, graceSeconds, longest }) {
    const why = needText(longest)
    return {
      en: `${service.name} gives a new task ${graceSeconds} seconds, but needs at least ${longest.seconds}: ${why.en}.`,
      ko: `서비스 ${service.name}의 유예 기간이 부족합니다. 현재: ${graceSeconds}초, 최소: ${longest.seconds}초. ${why.ko}`,
    }
  },

  remedy: ({ service, longest: { seconds } }) => ({
    changes: [updateService(service, { healthCheckGracePeriodSeconds: seconds })],
    after: [
      {
        en: `Where the slowest start takes longer than ${seconds} seconds, give it that time.`,
        ko: `가장 느린 시작에 걸리는 시간이 더 길면 그 시간을 지정합니다. 현재 제안: ${seconds}초`,
      },
    ],
  }),
})

function needText(need: HealthNeed): Text {
  if (need.by === 'container') {
    return {
      en: `container ${need.name} asks for a start period of ${need.seconds} seconds`,
      ko: `컨테이너 ${need.name}의 시작 기간(startPeriod): ${need.seconds}초`,
    }
  }
  const { name, intervalSeconds, unhealthyThreshold, seconds } = need
  return {
    en: `target group ${name}: ${unhealthyThreshold} failed checks, one every ${intervalSeconds} seconds, make ${seconds} seconds`,
    ko: `대상 그룹 ${name}: 비정상 임계값 ${unhealthyThreshold}회 × 간격 ${intervalSeconds}초 = ${seconds}초`,
  }
}
