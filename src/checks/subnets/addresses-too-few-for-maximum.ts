/** Have the subnets addresses for the tasks that Application Auto Scaling may make of the service? */
import { tasksAtOnce } from '../../deployment/deployment-arithmetic.ts'
import { defineCheck } from '../../domain/check.ts'
import type { Text } from '../../domain/text.ts'
import { subnetsOf } from '../../network/lookup.ts'
import { hasOwnNetwork } from '../service/service-changes.ts'

interface Details {
  readonly service: string
  readonly maximum: number
  /** Tasks of a deployment at the maximum beside the running ones, and the addresses that are left for them. */
  readonly starting: number
  readonly free: number
}

export default defineCheck<Details, 'service' | 'network' | 'configuration'>({
  id: 'addresses-too-few-for-maximum',
  step: 'subnets',
  severity: 'advice',
  needs: ['service', 'network', 'configuration'],
  permissions: ['ecs:DescribeServices', 'ec2:DescribeSubnets', 'application-autoscaling:DescribeScalableTargets'],

  title: {
    en: 'Scaled to its maximum, the service lacks addresses',
    ko: 'Auto Scaling 최대 태스크 수에 비해 IP 주소가 부족합니다',
  },
  why: {
    en: 'Every task takes an address of its subnet, and during a deployment old and new tasks run side by side. A task that gets no address stops with InsufficientFreeAddressesInSubnet, just when the load is highest.',
    ko: '태스크마다 서브넷의 IP 주소를 하나씩 사용하며, 배포 중에는 이전 태스크와 새 태스크가 함께 실행됩니다. 주소를 받지 못한 태스크는 부하가 가장 높은 때에 InsufficientFreeAddressesInSubnet으로 중지됩니다.',
  },

  evaluate({ service, network, configuration: { maximumTasks } }) {
    // Whoever may not read the maximum misses advice, and nothing else.
    const maximum = maximumTasks.known ? maximumTasks.value : null
    if (!hasOwnNetwork(service) || maximum === null) return []
    const subnets = subnetsOf(network, service.awsvpc.subnetIds)
    // An IPv6-only subnet always has room.
    if (subnets.length === 0 || subnets.some(({ freeAddresses }) => freeAddresses === null)) return []
    const free = subnets.reduce((sum, { freeAddresses }) => sum + (freeAddresses ?? 0), 0)
    const beside = (desired: number) => tasksAtOnce(service, desired) - service.runningCount - service.pendingCount
    // Where they are too few for a deployment today, another check says so.
    if (beside(service.desiredCount) > free || beside(maximum) <= free) return []
    return [
      {
        subject: service.name,
        evidence: subnets.map(({ id, zone, cidrs, freeAddresses }) => ({
          en: `${id} (${zone}, ${cidrs.join(', ')}): free addresses: ${freeAddresses}`,
          ko: `${id} (${zone}, ${cidrs.join(', ')}): 사용 가능한 IP 주소 수: ${freeAddresses}`,
        })),
        details: { service: service.name, maximum, starting: beside(maximum), free },
      },
    ]
  },

  explain: ({ service, maximum, starting, free }) => ({
    en: `Scaled to its maximum of ${maximum} tasks, a deployment of ${service} may run ${starting} more than run now; its subnets have ${free} free addresses.`,
    ko: `서비스 ${service}의 Auto Scaling 최대 태스크 수: ${maximum}. 그때의 배포 중 지금보다 더 실행될 수 있는 태스크: ${starting}개, 서브넷의 사용 가능한 IP 주소: ${free}개`,
  }),

  remedy: () => ({ changes: [], before: [LARGER_SUBNET] }),
})

const LARGER_SUBNET: Text = {
  en: 'VPC → Subnets → Create subnet: a larger one, with the route table of the others. Then add it to the networking settings of the service, or scale it to fewer tasks.',
  ko: 'VPC → 서브넷 → 서브넷 생성에서 다른 서브넷과 같은 라우팅 테이블을 사용하는 더 큰 서브넷을 만들어 서비스의 네트워킹 설정에 추가하거나, Auto Scaling 최대 태스크 수를 줄입니다.',
}
