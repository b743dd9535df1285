/** Does it hang on where the first tasks are placed whether a deployment is rolled back? */
import {
  chanceOfFailures,
  chanceToTrip,
  deploymentArithmetic,
  failuresToTrip,
} from '../../deployment/deployment-arithmetic.ts'
import { failingShare, splitSubnets } from '../../deployment/subnet-split.ts'
import { defineCheck } from '../../domain/check.ts'

interface Details {
  readonly name: string
  readonly threshold: number
  readonly badIds: readonly string[]
  /** Whole percents. */
  readonly share: number
  readonly chance: number
}

/** Of a breaker that is set back, a smaller one is told by circuit-breaker-cannot-trip. */
const WORTH_TELLING = { set: 0.5, counting: 0.25 }

export default defineCheck<Details, 'service' | 'paths' | 'configuration'>({
  id: 'circuit-breaker-trips-by-chance',
  step: 'configuration',
  severity: 'advice',
  needs: ['service', 'paths', 'configuration'],
  permissions: ['ecs:DescribeServices'],

  title: {
    en: 'Chance decides whether a deployment is given up',
    ko: '배포 중단 여부가 태스크 배치에 따라 달라집니다',
  },
  why: {
    en: 'While some subnets start tasks and others do not, a circuit breaker that trips after few failures ends some of the deployments and lets others pass, with the same image and the same settings.',
    ko: '일부 서브넷에서만 태스크가 시작되는 동안 몇 번의 실패로 작동하는 회로 차단기는 이미지와 설정이 같아도 어떤 배포는 중단하고 어떤 배포는 통과시킵니다.',
  },

  // What could not be read, and a breaker that hardly ever trips, circuit-breaker-cannot-trip tells.
  evaluate({ service, paths, configuration: { rollout } }) {
    const split = splitSubnets(paths)
    const isOn = service.deploymentConfiguration.circuitBreaker?.enable === true
    if (!isOn || !deploymentArithmetic(service).applies || !rollout.known) return []
    if (split.good.length === 0 || split.bad.length === 0) return []
    const { circuitBreakerThreshold: configured, resetOnHealthyTask } = rollout.value
    const threshold = failuresToTrip(service.desiredCount, configured)
    if (threshold === null) return []
    const share = failingShare(split)
    const chance = resetOnHealthyTask
      ? chanceToTrip(share, threshold)
      : chanceOfFailures(share, threshold, service.desiredCount)
    if (chance < WORTH_TELLING[resetOnHealthyTask ? 'set' : 'counting']) return []
    const badIds = split.bad.map(({ subnetId }) => subnetId)
    const [percent, asPercent] = [share, chance].map((one) => Math.round(one * 100)) as [number, number]
    return [
      {
        subject: service.name,
        evidence: [
          {
            en: `${badIds.join(', ')} start no task; about ${percent} % of the starts land there`,
            ko: `태스크가 시작되지 않는 서브넷: ${badIds.join(', ')}. 이 서브넷에 배치되는 태스크의 비율: 약 ${percent}%`,
          },
          {
            en: `${threshold} failures ${resetOnHealthyTask ? 'in a row' : 'altogether'} trip the breaker (desired tasks: ${service.desiredCount})`,
            ko: `회로 차단기가 작동하는 ${resetOnHealthyTask ? '연속' : '누적'} 실패 횟수: ${threshold} (원하는 태스크 수: ${service.desiredCount})`,
          },
        ],
        details: { name: service.name, threshold, badIds, share: percent, chance: asPercent },
      },
    ]
  },

  explain: ({ name, threshold, share, chance }) => ({
    en: `About ${share} % of the starts of ${name} fail, and its circuit breaker trips after ${threshold} ${threshold === 1 ? 'failure' : 'failures'}: about ${chance} % of the deployments are given up.`,
    ko: `서비스 ${name}의 배포가 중단될 확률: 약 ${chance}%. 시작이 실패하는 비율: 약 ${share}%, 회로 차단기가 작동하는 실패 횟수: ${threshold}`,
  }),

  remedy: ({ badIds }) => ({
    changes: [],
    before: [
      {
        en: `Mend ${badIds.join(', ')}, as the other findings say, or take them out of the service: then no start fails by its subnet.`,
        ko: `다른 항목에 표시된 대로 다음 서브넷을 고치거나 서비스에서 제외합니다. 그러면 서브넷 때문에 실패하는 시작이 없어집니다: ${badIds.join(', ')}`,
      },
    ],
  }),
})
