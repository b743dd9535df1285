/** May the account run as many Fargate vCPUs as a deployment of this service starts? */
import { tasksAtOnce } from '../../deployment/deployment-arithmetic.ts'
import { listed } from '../../domain/answer.ts'
import { couldNotTell, defineCheck } from '../../domain/check.ts'
import type { ConfigurationFacts } from '../../domain/configuration.ts'
import type { Compute, Service } from '../../domain/service.ts'
import { sizeOf } from '../../task-start/fargate-size.ts'
import { launchesOf } from '../../task-start/launch.ts'

interface Details {
  readonly service: string
  readonly region: string
  readonly tasks: number
  readonly peak: number
  /** All that the service may use; the first is to be raised. */
  readonly quotas: readonly Quota[]
  /** The count that Application Auto Scaling may set; null for the present one. */
  readonly maximum: number | null
}

interface Quota {
  readonly code: string
  readonly name: string
  readonly value: number
}

/** What a new account has (AWS General Reference, Amazon ECS endpoints and quotas). */
const DEFAULT_VCPUS = 6
const ON_DEMAND = { code: 'L-3032A538', name: 'Fargate On-Demand vCPU resource count' }
const SPOT = { code: 'L-36FBB829', name: 'Fargate Spot vCPU resource count' }

export default defineCheck<Details, 'service' | 'taskDefinition' | 'compute' | 'network' | 'configuration'>({
  id: 'fargate-vcpu-quota-exceeded',
  step: 'configuration',
  severity: 'warning',
  needs: ['service', 'taskDefinition', 'compute', 'network', 'configuration'],
  revealsOverrides: true,
  permissions: [
    'ecs:DescribeServices',
    'ecs:DescribeTaskDefinition',
    'servicequotas:GetServiceQuota',
    'application-autoscaling:DescribeScalableTargets',
  ],

  title: { en: 'A deployment starts more vCPUs than the quota', ko: '배포에 필요한 vCPU가 할당량보다 많습니다' },
  why: {
    en: 'During a deployment old and new tasks run side by side. Starts above the quota fail with "You\'ve reached the limit on the number of vCPUs you can run concurrently", and are tried again until others have ended.',
    ko: '배포 중에는 이전 태스크와 새 태스크가 함께 실행됩니다. 할당량을 넘는 시작은 "You\'ve reached the limit on the number of vCPUs you can run concurrently"로 실패하고, 다른 태스크가 끝날 때까지 다시 시도됩니다.',
  },

  evaluate({ service, taskDefinition, compute, network, configuration }) {
    const cpu = sizeOf(taskDefinition.cpu, 'vcpu')
    const used = quotasOf(service, compute, configuration)
    if (used.length === 0 || cpu === null) return []
    const each = cpu / 1024
    const unseen = used.find(({ value }) => !value.known)?.value
    if (unseen?.known === false) {
      // What runs already shows that the quota is at least so large.
      const proved = Math.max(DEFAULT_VCPUS, service.runningCount * each)
      const isNear = tasksAtOnce(service, service.desiredCount) * each > proved
      return isNear ? [couldNotTell(unseen, ['fargate-vcpu-quota'], QUOTA, false)] : []
    }
    const quotas = used.flatMap(({ value, ...quota }) => (value.known ? [{ ...quota, value: value.value }] : []))
    const allowed = quotas.reduce((sum, { value }) => sum + value, 0)
    const maximum = configuration.maximumTasks.known ? configuration.maximumTasks.value : null
    const exceeds = (desired: number) => tasksAtOnce(service, desired) * each > allowed
    const now = exceeds(service.desiredCount)
    if (!now && (maximum === null || !exceeds(maximum))) return []
    const tasks = tasksAtOnce(service, now ? service.desiredCount : (maximum ?? 0))
    const peak = tasks * each
    return [
      {
        subject: service.name,
        severity: now ? 'warning' : 'advice',
        evidence: [
          { en: `${tasks} tasks × ${each} vCPU = ${peak} vCPU`, ko: `태스크 ${tasks}개 × ${each} vCPU = ${peak} vCPU` },
          ...quotas.map(({ code, value }) => ({ en: `quota ${code}: ${value}`, ko: `할당량 ${code}: ${value}` })),
        ],
        details: { service: service.name, region: network.region, tasks, peak, quotas, maximum: now ? null : maximum },
      },
    ]
  },

  explain: ({ service, region, tasks, peak, quotas, maximum }) => {
    const quota = quotas.map(({ value }) => value).join(' + ')
    return maximum === null
      ? {
          en: `A deployment of ${service} may run ${tasks} tasks at once, ${peak} vCPU; the account's Fargate quota in ${region} is ${quota}, for all its services together.`,
          ko: `서비스 ${service}의 배포 중 동시에 실행될 수 있는 태스크: ${tasks}개(${peak} vCPU). 이 계정의 모든 서비스가 함께 쓰는 Fargate 할당량: ${quota} (리전: ${region})`,
        }
      : {
          en: `Scaled to its maximum of ${maximum} tasks, a deployment of ${service} may run ${tasks} at once, ${peak} vCPU; the account's Fargate quota in ${region} is ${quota}, for all its services together.`,
          ko: `서비스 ${service}의 Auto Scaling 최대 태스크 수: ${maximum}. 그때의 배포 중 동시에 실행될 수 있는 태스크: ${tasks}개(${peak} vCPU). 이 계정의 모든 서비스가 함께 쓰는 Fargate 할당량: ${quota} (리전: ${region})`,
        }
  },

  remedy: ({ peak, quotas: [first, ...others] }) => {
    if (first === undefined) return { changes: [] }
    const { code, name } = first
    const desiredValue = Math.ceil(peak - others.reduce((sum, { value }) => sum + value, 0))
    return {
      changes: [{ kind: 'request-service-quota-increase', serviceCode: 'fargate', quotaCode: code, desiredValue }],
      after: [
        {
          en: `${code} is "${name}". AWS may take a day to grant it.`,
          ko: `${code} 할당량의 이름은 "${name}"입니다. AWS의 승인에 하루가 걸릴 수 있습니다.`,
        },
      ],
    }
  },
})

const QUOTA = { en: 'the quota of Fargate vCPUs', ko: 'Fargate vCPU 할당량' }

/** Of the launch type or the strategy; how a strategy with both divides the tasks, leaves it to both quotas together. */
function quotasOf(service: Service, compute: Compute, { fargateVcpus, fargateSpotVcpus }: ConfigurationFacts) {
  if (!launchesOf(service, compute).some(({ on }) => on === 'fargate')) return []
  const { capacityProviders, launchType } = service
  const names =
    capacityProviders.length > 0 || launchType !== null ? capacityProviders : listed(compute.clusterCapacityProviders)
  const onSpot = names.includes('FARGATE_SPOT')
  return [
    ...(!onSpot || names.includes('FARGATE') ? [{ ...ON_DEMAND, value: fargateVcpus }] : []),
    ...(onSpot ? [{ ...SPOT, value: fargateSpotVcpus }] : []),
  ]
}
