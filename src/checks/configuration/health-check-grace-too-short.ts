/** Does a new task have time to become healthy before the load balancer's checks count against it? */
import { type HealthTiming, healthTiming, type QuickestGroup } from '../../deployment/health-timing.ts'
import { defineCheck, type Unseen } from '../../domain/check.ts'
import { isExpress, type Service } from '../../domain/service.ts'
import type { Text } from '../../domain/text.ts'
import { MANAGED_BY_ECS, updateService } from '../service/service-changes.ts'
import { unreadGroup } from './balancer-changes.ts'

interface Details extends Pick<HealthTiming, 'givenSeconds'> {
  readonly service: Service
  readonly container: string
  readonly startPeriodSeconds: number
}

export default defineCheck<Details, 'service' | 'taskDefinition' | 'configuration'>({
  id: 'health-check-grace-too-short',
  step: 'configuration',
  severity: 'warning',
  needs: ['service', 'taskDefinition', 'configuration'],
  permissions: ['ecs:DescribeServices', 'ecs:DescribeTaskDefinition', 'elasticloadbalancing:DescribeTargetGroups'],

  title: { en: 'The health check grace period is too short', ko: '상태 확인 유예 기간이 너무 짧습니다' },
  why: {
    en: 'A target group calls a target unhealthy after so many failed checks, and once the grace period is over that ends the task, however close the application was to answering. A container that asks for a longer start period than both is killed and begun again, and the deployment goes round in circles.',
    ko: '대상 그룹은 정해진 횟수만큼 상태 확인이 실패하면 대상을 비정상으로 판정하고, 유예 기간이 끝난 뒤에는 애플리케이션이 곧 응답할 상태였더라도 이 판정으로 태스크가 중지됩니다. 컨테이너의 시작 기간이 둘보다 길면 태스크가 중지되고 다시 시작되기를 반복하여 배포가 제자리를 맴돕니다.',
  },

  evaluate({ service, taskDefinition, configuration: { targetGroups } }) {
    if (targetGroups.length === 0) return []
    const groups = targetGroups.flatMap(({ group }) => (group.known && group.value !== null ? [group.value] : []))
    const { healthCheckGracePeriodSeconds: grace } = service
    const { short, givenSeconds, graceSeconds, quickest } = healthTiming(grace, groups, taskDefinition.containers)
    const [longest] = short
    // A group that was not read may be quicker than the others; alone, it may be slow enough for everybody.
    const unseen = targetGroups.flatMap(({ arn, group }): readonly Unseen[] =>
      group.known ? [] : [unreadGroup(group, arn)],
    )
    if (longest === undefined || quickest === null) {
      const [asked] = healthTiming(grace, [], taskDefinition.containers).short
      return asked === undefined ? [] : unseen
    }
    return [
      {
        subject: service.name,
        evidence: [
          {
            en: `healthCheckGracePeriodSeconds: ${graceSeconds}`,
            ko: `healthCheckGracePeriodSeconds: ${graceSeconds}`,
          },
          groupText(quickest),
          ...short.map(({ container, startPeriodSeconds: seconds }) => ({
            en: `container ${container} asks for a start period of ${seconds} seconds`,
            ko: `컨테이너 ${container}의 시작 기간(startPeriod): ${seconds}초`,
          })),
        ],
        details: { service, givenSeconds, ...longest },
      },
    ]
  },

  explain: ({ service, givenSeconds, container, startPeriodSeconds }) => ({
    en: `${service.name} gives a new task ${givenSeconds} seconds to become healthy, and its container ${container} asks for ${startPeriodSeconds}.`,
    ko: `서비스 ${service.name}에서 새 태스크가 정상이 되기까지 주어진 시간이 부족합니다. 현재: ${givenSeconds}초, 컨테이너 ${container}의 시작 기간: ${startPeriodSeconds}초`,
  }),

  remedy: ({ service, startPeriodSeconds: seconds }) => {
    if (isExpress(service)) return { changes: [], before: [MANAGED_BY_ECS] }
    return {
      changes: [updateService(service, { healthCheckGracePeriodSeconds: seconds })],
      after: [
        {
          en: `Where the slowest start takes longer than ${seconds} seconds, give it that time.`,
          ko: `가장 느린 시작에 걸리는 시간이 더 길면 그 시간을 지정합니다. 현재 제안: ${seconds}초`,
        },
      ],
    }
  },
})

function groupText({ name, intervalSeconds, unhealthyThreshold, seconds }: QuickestGroup): Text {
  return {
    en: `target group ${name}: ${unhealthyThreshold} failed checks, one every ${intervalSeconds} seconds, make ${seconds} seconds`,
    ko: `대상 그룹 ${name}: 비정상 임계값 ${unhealthyThreshold}회 × 간격 ${intervalSeconds}초 = ${seconds}초`,
  }
}
