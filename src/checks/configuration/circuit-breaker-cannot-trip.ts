import { chanceToTrip, deploymentArithmetic, failuresToTrip } from '../../deployment/deployment-arithmetic.ts'
import { failingShare, splitSubnets } from '../../deployment/subnet-split.ts'
import { cannotSee, couldNotTell, defineCheck, type Unseen } from '../../domain/check.ts'
import { isExpress, type Service } from '../../domain/service.ts'
import { updateService } from '../service/service-changes.ts'

interface Details {
  readonly service: Service
  readonly threshold: number
  /** Whole percents. */
  readonly share: number
  /** Percents, two digits that mean something. */
  readonly chance: number
}

/** More likely than not, it does its work. */
const LIKELY = 0.5

export default defineCheck<Details, 'service' | 'paths' | 'configuration'>({
  id: 'circuit-breaker-cannot-trip',
  step: 'configuration',
  severity: 'advice',
  needs: ['service', 'paths', 'configuration'],
  permissions: ['ecs:DescribeServices'],

  title: { en: 'The circuit breaker will hardly ever trip', ko: '배포 회로 차단기가 작동할 가능성이 거의 없습니다' },
  why: {
    en: 'The breaker counts failures in a row, and one task that runs sets the count back to 0. While some subnets start tasks and others do not, that happens again and again: the deployment is neither stopped nor quick.',
    ko: '회로 차단기는 연속 실패를 세며, 태스크가 하나라도 실행되면 0부터 다시 셉니다. 일부 서브넷에서만 태스크가 시작되면 이 일이 반복되어 배포가 중단되지도 빨리 끝나지도 않습니다.',
  },

  evaluate({ service, paths, configuration: { rollout } }) {
    const { circuitBreaker } = service.deploymentConfiguration
    const split = splitSubnets(paths)
    const { applies } = deploymentArithmetic(service)
    if (
      !applies ||
      isExpress(service) ||
      circuitBreaker?.enable !== true ||
      split.good.length === 0 ||
      split.bad.length === 0
    )
      return []
    if (!rollout.known) return [couldNotTell(rollout, ['circuit-breaker-settings'], SETTINGS, false)]
    const { circuitBreakerThreshold: configured, resetOnHealthyTask } = rollout.value
    const threshold = failuresToTrip(service.desiredCount, configured)
    if (threshold === null) return [unknownType(configured?.type ?? '')]
    const share = failingShare(split)
    const chance = chanceToTrip(share, threshold)
    if (!resetOnHealthyTask || chance >= LIKELY) return []
    const percent = Math.round(share * 100)
    const badIds = split.bad.map(({ subnetId }) => subnetId).join(', ')
    return [
      {
        subject: service.name,
        evidence: [
          {
            en: `${badIds} start no task; about ${percent} % of the starts land there`,
            ko: `태스크가 시작되지 않는 서브넷: ${badIds}. 이 서브넷에 배치되는 태스크의 비율: 약 ${percent}%`,
          },
          {
            en: `${threshold} failures in a row trip the breaker (desired tasks: ${service.desiredCount}); ${share.toFixed(2)} to the power of ${threshold} is ${percentOf(chance)} %`,
            ko: `회로 차단기가 작동하는 연속 실패 횟수: ${threshold} (원하는 태스크 수: ${service.desiredCount}). ${share.toFixed(2)}의 ${threshold}제곱 = ${percentOf(chance)}%`,
          },
        ],
        details: { service, threshold, share: percent, chance: percentOf(chance) },
      },
    ]
  },

  explain: ({ service: { name, desiredCount: desired }, threshold, share, chance }) => ({
    en: `With ${desired} desired tasks, ${threshold} starts in a row would have to fail. About ${share} % fail, so the breaker of ${name} trips in about ${chance} % of the deployments.`,
    ko: `서비스 ${name}의 배포에서 회로 차단기가 작동할 확률: 약 ${chance}%. 원하는 태스크 수: ${desired}, 필요한 연속 실패 횟수: ${threshold}, 시작이 실패하는 비율: 약 ${share}%`,
  }),

  /** ECS API Reference, DeploymentCircuitBreaker. */
  remedy: ({ service, threshold: value }) => {
    const { circuitBreaker, raw } = service.deploymentConfiguration
    const read = raw['deploymentCircuitBreaker']
    const deploymentCircuitBreaker = {
      ...(typeof read === 'object' ? read : {}),
      enable: true,
      rollback: circuitBreaker?.rollback ?? true,
      resetOnHealthyTask: false,
      thresholdConfiguration: { type: 'COUNT', value },
    }
    return {
      before: [
        {
          en: 'Mend the subnets first, as the other findings say: then the breaker has nothing to count.',
          ko: '먼저 다른 항목에 표시된 대로 서브넷을 고칩니다. 그러면 회로 차단기가 셀 실패가 없어집니다.',
        },
      ],
      changes: [updateService(service, { deploymentConfiguration: { deploymentCircuitBreaker } })],
      after: [
        {
          en: 'An older AWS CLI refuses the command with "Unknown parameter in input": update it, or use the console.',
          ko: '이전 버전의 AWS CLI는 "Unknown parameter in input" 오류로 명령을 거부하므로, 업데이트하거나 콘솔을 사용합니다.',
        },
      ],
    }
  },
})

const SETTINGS = { en: 'the circuit breaker settings of the service', ko: '서비스의 회로 차단기 설정' }

function unknownType(type: string): Unseen {
  return cannotSee(['threshold-type-unknown', type], {
    en: `This version does not know the circuit breaker threshold type ${type}.`,
    ko: `이 버전에서 인식하지 못하는 회로 차단기 임계값 유형입니다: ${type}`,
  })
}

/** `13`, `1.6`, `0.0015`. */
function percentOf(chance: number): number {
  return Number((chance * 100).toPrecision(2))
}
