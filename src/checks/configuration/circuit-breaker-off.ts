/** Does a deployment that cannot succeed ever end? */
import { deploymentArithmetic } from '../../deployment/deployment-arithmetic.ts'
import { defineCheck } from '../../domain/check.ts'
import { isExpress, type Service } from '../../domain/service.ts'
import { updateService } from '../service/service-changes.ts'

interface Details {
  readonly service: Service
  readonly threshold: number
}

export default defineCheck<Details, 'service'>({
  id: 'circuit-breaker-off',
  step: 'configuration',
  severity: 'advice',
  needs: ['service'],
  permissions: ['ecs:DescribeServices'],

  title: { en: 'The deployment circuit breaker is off', ko: '배포 회로 차단기가 꺼져 있습니다' },
  why: {
    en: 'Without it a deployment whose tasks fail is never given up: ECS starts and loses tasks for as long as it takes somebody to notice, with pauses of up to 27 minutes between them, and nothing returns to the revision that worked.',
    ko: '회로 차단기가 없으면 태스크가 실패하는 배포가 끝나지 않습니다. 누군가 알아차릴 때까지 ECS가 최대 27분 간격으로 태스크를 계속 다시 시작하며, 정상이던 개정으로 돌아가지도 않습니다.',
  },

  evaluate({ service }) {
    const { applies, circuitBreakerThreshold } = deploymentArithmetic(service)
    const { circuitBreaker } = service.deploymentConfiguration
    if (!applies || service.schedulingStrategy !== 'REPLICA' || circuitBreaker?.enable === true) return []
    // Of an Express service nobody but ECS can switch it.
    if (isExpress(service)) return []
    const value = circuitBreaker === null ? 'null' : JSON.stringify(circuitBreaker)
    return [
      {
        subject: service.name,
        evidence: [{ en: `deploymentCircuitBreaker: ${value}`, ko: `deploymentCircuitBreaker: ${value}` }],
        details: { service, threshold: circuitBreakerThreshold },
      },
    ]
  },

  explain: ({ service, threshold }) => ({
    en: `${service.name} is deployed without the circuit breaker, which would give up after ${threshold} failed tasks.`,
    ko: `배포 회로 차단기 없이 배포되는 서비스입니다: ${service.name}. 차단기를 켰을 때 배포가 중단되는 실패 태스크 수: ${threshold}`,
  }),

  /** Threshold and reset stay as they were read. */
  remedy: ({ service }) => {
    const breaker = service.deploymentConfiguration.raw['deploymentCircuitBreaker']
    const read = typeof breaker === 'object' && breaker !== null ? breaker : {}
    const deploymentCircuitBreaker = { ...read, enable: true, rollback: true }
    return { changes: [updateService(service, { deploymentConfiguration: { deploymentCircuitBreaker } })] }
  },
})
