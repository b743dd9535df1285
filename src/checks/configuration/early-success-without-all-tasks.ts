/** Is a deployment called successful although a subnet starts none of its tasks? */
import { failingShare, splitSubnets } from '../../deployment/subnet-split.ts'
import { defineCheck } from '../../domain/check.ts'
import type { DeploymentConfiguration } from '../../domain/service.ts'

interface Details {
  readonly name: string
  readonly healthyPercent: number
  readonly needed: number
  readonly desired: number
  readonly badIds: readonly string[]
}

export default defineCheck<Details, 'service' | 'paths'>({
  id: 'early-success-without-all-tasks',
  step: 'configuration',
  severity: 'advice',
  needs: ['service', 'paths'],
  permissions: ['ecs:DescribeServices'],

  title: {
    en: 'A deployment succeeds without all of its tasks',
    ko: '모든 태스크가 실행되지 않아도 배포가 성공으로 처리됩니다',
  },
  why: {
    en: 'With early success criteria a deployment is successful once a share of its tasks is healthy; circuit breaker and alarms watch no longer from then on. A subnet that starts no task goes unnoticed, and the service stays short of tasks.',
    ko: '조기 성공 기준을 사용하면 일부 태스크가 정상이 되는 즉시 배포가 성공으로 처리되고 그 뒤로는 회로 차단기와 경보가 감시하지 않습니다. 태스크가 시작되지 않는 서브넷이 드러나지 않고 서비스의 태스크가 계속 부족합니다.',
  },

  evaluate({ service, paths }) {
    const healthyPercent = earlySuccess(service.deploymentConfiguration)
    const { good, bad, unsure } = splitSubnets(paths)
    if (healthyPercent === null || good.length === 0 || bad.length === 0) return []
    const { desiredCount: desired } = service
    // Rounded up (ECS Developer Guide, Amazon ECS rolling deployments).
    const needed = Math.ceil((desired * healthyPercent) / 100)
    if (needed >= desired || (1 - failingShare({ good, bad, unsure })) * desired < needed) return []
    const badIds = bad.map(({ subnetId }) => subnetId)
    return [
      {
        subject: service.name,
        evidence: [
          {
            en: `earlySuccessCriteria: healthyPercent ${healthyPercent}, of ${desired} tasks: ${needed}`,
            ko: `earlySuccessCriteria: healthyPercent ${healthyPercent}, 태스크 ${desired}개 중 ${needed}개`,
          },
          { en: `${badIds.join(', ')} start no task`, ko: `태스크가 시작되지 않는 서브넷: ${badIds.join(', ')}` },
        ],
        details: { name: service.name, healthyPercent, needed, desired, badIds },
      },
    ]
  },

  explain: ({ name, needed, desired, badIds }) => ({
    en: `A deployment of ${name} is successful with ${needed} of ${desired} healthy tasks, and so may be without one in ${badIds.join(', ')}.`,
    ko: `서비스 ${name}의 배포는 정상 태스크 ${needed}/${desired}개로 성공 처리되므로 다음 서브넷에 태스크가 없어도 성공합니다: ${badIds.join(', ')}`,
  }),

  remedy: ({ badIds }) => ({
    changes: [],
    before: [
      {
        en: `Mend ${badIds.join(', ')}, as the other findings say, before the next deployment.`,
        ko: `다음 배포 전에 다른 항목에 표시된 대로 서브넷을 고칩니다: ${badIds.join(', ')}`,
      },
    ],
    after: [
      {
        en: 'Where every task counts, turn early success criteria off, or set healthyPercent to 100.',
        ko: '모든 태스크가 필요하면 조기 성공 기준을 끄거나 healthyPercent 값을 100으로 지정합니다.',
      },
    ],
  }),
})

/** Null where it is off. ECS API Reference, DeploymentEarlySuccessCriteria. */
function earlySuccess({ raw, strategy }: DeploymentConfiguration): number | null {
  const criteria = raw['earlySuccessCriteria']
  if (strategy !== 'ROLLING' || typeof criteria !== 'object' || criteria === null) return null
  const { enable, healthyPercent } = criteria as { readonly enable?: unknown; readonly healthyPercent?: unknown }
  return enable === true && typeof healthyPercent === 'number' ? healthyPercent : null
}
