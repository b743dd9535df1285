/** May the account run as many Fargate vCPUs as a deployment of this service starts? */
import { deploymentArithmetic } from '../../deployment/deployment-arithmetic.ts'
import { couldNotTell, defineCheck } from '../../domain/check.ts'
import { sizeOf } from '../../task-start/fargate-size.ts'
import { launchesOf } from '../../task-start/launch.ts'

interface Details {
  readonly service: string
  readonly region: string
  readonly tasks: number
  readonly peak: number
  readonly quota: number
}

/** What a new account has (AWS General Reference, Amazon ECS endpoints and quotas). */
const DEFAULT_VCPUS = 6
const CODE = 'L-3032A538'
const REQUEST = { kind: 'request-service-quota-increase', serviceCode: 'fargate', quotaCode: CODE } as const

export default defineCheck<Details, 'service' | 'taskDefinition' | 'compute' | 'network' | 'configuration'>({
  id: 'fargate-vcpu-quota-exceeded',
  step: 'configuration',
  severity: 'warning',
  needs: ['service', 'taskDefinition', 'compute', 'network', 'configuration'],
  permissions: ['ecs:DescribeServices', 'ecs:DescribeTaskDefinition'],

  title: { en: 'A deployment starts more vCPUs than the quota', ko: '배포에 필요한 vCPU가 할당량보다 많습니다' },
  why: {
    en: 'During a deployment old and new tasks run side by side. Starts above the quota fail with "You\'ve reached the limit on the number of vCPUs you can run concurrently", and are tried again until others have ended.',
    ko: '배포 중에는 이전 태스크와 새 태스크가 함께 실행됩니다. 할당량을 넘는 시작은 "You\'ve reached the limit on the number of vCPUs you can run concurrently"로 실패하고, 다른 태스크가 끝날 때까지 다시 시도됩니다.',
  },

  evaluate({ service, taskDefinition, compute, network, configuration: { fargateVcpus } }) {
    const onFargate = launchesOf(service, compute).some(({ on }) => on === 'fargate')
    const onlySpot = service.capacityProviders.length > 0 && !service.capacityProviders.includes('FARGATE')
    const cpu = sizeOf(taskDefinition.cpu, 'vcpu')
    if (!onFargate || onlySpot || cpu === null) return []
    const { applies, upper } = deploymentArithmetic(service)
    const tasks = applies ? Math.max(upper, service.desiredCount) : service.desiredCount * 2
    const each = cpu / 1024
    const peak = tasks * each
    if (!fargateVcpus.known) {
      // What runs already shows that the quota is at least so large.
      const proved = Math.max(DEFAULT_VCPUS, service.runningCount * each)
      return peak > proved ? [couldNotTell(fargateVcpus, ['fargate-vcpu-quota'], QUOTA, false)] : []
    }
    if (peak <= fargateVcpus.value) return []
    return [
      {
        subject: service.name,
        evidence: [
          { en: `${tasks} tasks × ${each} vCPU = ${peak} vCPU`, ko: `태스크 ${tasks}개 × ${each} vCPU = ${peak} vCPU` },
          { en: `quota ${CODE}: ${fargateVcpus.value}`, ko: `할당량 ${CODE}: ${fargateVcpus.value}` },
        ],
        details: { service: service.name, region: network.region, tasks, peak, quota: fargateVcpus.value },
      },
    ]
  },

  explain: ({ service, region, tasks, peak, quota }) => ({
    en: `A deployment of ${service} may run ${tasks} tasks at once, ${peak} vCPU; the account's Fargate quota in ${region} is ${quota}, for all its services together.`,
    ko: `서비스 ${service}의 배포 중 동시에 실행될 수 있는 태스크: ${tasks}개(${peak} vCPU). 이 계정의 모든 서비스가 함께 쓰는 Fargate 할당량: ${quota} (리전: ${region})`,
  }),

  remedy: ({ peak }) => ({
    changes: [{ ...REQUEST, desiredValue: Math.ceil(peak) }],
    after: [
      {
        en: `${CODE} is "Fargate On-Demand vCPU resource count". AWS may take a day to grant it.`,
        ko: `${CODE} 할당량의 이름은 "Fargate On-Demand vCPU resource count"입니다. AWS의 승인에 하루가 걸릴 수 있습니다.`,
      },
    ],
  }),
})

const QUOTA = { en: 'the quota of Fargate vCPUs', ko: 'Fargate vCPU 할당량' }
