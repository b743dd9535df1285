/** Are the listener rules there that a blue/green, linear or canary deployment moves traffic with? */
import { movesTraffic } from '../../deployment/target-fit.ts'
import { type CheckResults, couldNotTell, defineCheck } from '../../domain/check.ts'
import type { LoadBalancerEntry, Service } from '../../domain/service.ts'

interface Details {
  readonly service: string
  readonly arn: string
  readonly isListener: boolean
  readonly use: 'production' | 'test'
}

export default defineCheck<Details, 'service' | 'configuration'>({
  id: 'listener-rule-missing',
  step: 'configuration',
  severity: 'blocker',
  needs: ['service', 'configuration'],
  permissions: ['ecs:DescribeServices', 'elasticloadbalancing:DescribeRules', 'elasticloadbalancing:DescribeListeners'],

  title: { en: 'A listener rule does not exist', ko: '리스너 규칙이 존재하지 않습니다' },
  why: {
    en: 'A blue/green, linear or canary deployment moves traffic by changing this rule. Where it is gone, the deployment fails when it is reconciled or when traffic is to move, after the new tasks have started.',
    ko: '블루/그린, 선형, 카나리 배포는 이 규칙을 변경하여 트래픽을 옮깁니다. 규칙이 없으면 새 태스크가 시작된 뒤 트래픽을 옮기는 단계에서 배포가 실패합니다.',
  },

  evaluate: ({ service, configuration: { listenerRules } }) =>
    usesOf(service).flatMap(({ arn, use }): CheckResults<Details> => {
      const record = listenerRules.find((one) => one.arn === arn)
      if (record === undefined) return []
      const { exists } = record
      const what = { en: `listener rule ${arn}`, ko: `리스너 규칙 ${arn}` }
      if (!exists.known) return [couldNotTell(exists, ['listener-rule', arn], what, true)]
      if (exists.value) return []
      return [
        {
          subject: arn,
          evidence: [{ en: `Elastic Load Balancing knows no ${arn}.`, ko: `Elastic Load Balancing에 없음: ${arn}` }],
          details: { service: service.name, arn, use, isListener: !arn.includes(':listener-rule/') },
        },
      ]
    }),

  explain: ({ service, arn, use, isListener }) => ({
    en: `Service ${service} moves its ${use} traffic with ${isListener ? 'listener' : 'listener rule'} ${arn}, which does not exist.`,
    ko: `서비스 ${service}의 ${use === 'production' ? '운영' : '테스트'} 트래픽을 옮길 ${isListener ? '리스너가' : '리스너 규칙이'} 존재하지 않습니다: ${arn}`,
  }),

  remedy: ({ arn, use, isListener }) => ({
    changes: [],
    after: [
      {
        en: `Make a ${isListener ? 'listener' : 'rule'} that forwards to both target groups, to the alternate one with weight 0, and give its ARN to the service as the ${use} listener rule (ECS → Update service → Load balancing, or loadBalancers[].advancedConfiguration) in the place of ${arn}.`,
        ko: `두 대상 그룹으로 전달하는(대체 대상 그룹의 가중치 0) ${isListener ? '리스너를' : '규칙을'} 생성하고, 그 ARN을 서비스의 ${use === 'production' ? '운영' : '테스트'} 리스너 규칙으로 지정합니다(ECS → 서비스 업데이트 → 로드 밸런싱, 또는 loadBalancers[].advancedConfiguration). 기존 값: ${arn}`,
      },
    ],
  }),
})

interface Use {
  readonly arn: string
  readonly use: Details['use']
}

function usesOf(service: Service): readonly Use[] {
  if (!movesTraffic(service)) return []
  return service.loadBalancers.flatMap(({ advancedConfiguration: own }: LoadBalancerEntry) => [
    ...ruleOf(own?.productionListenerRule, 'production'),
    ...ruleOf(own?.testListenerRule, 'test'),
  ])
}

function ruleOf(arn: string | null | undefined, use: Details['use']): readonly Use[] {
  return typeof arn === 'string' ? [{ arn, use }] : []
}
