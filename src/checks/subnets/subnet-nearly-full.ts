/** Have the subnets addresses for the tasks that a deployment starts beside the running ones? */
import { deploymentArithmetic } from '../../deployment/deployment-arithmetic.ts'
import { listed } from '../../domain/answer.ts'
import type { Remedy } from '../../domain/change.ts'
import { defineCheck } from '../../domain/check.ts'
import { grouped } from '../../domain/collections.ts'
import type { Network, Subnet } from '../../domain/network.ts'
import { isExpress, type Service } from '../../domain/service.ts'
import type { Text } from '../../domain/text.ts'
import { subnetsOf, tableOf } from '../../network/lookup.ts'
import { changeNetwork, hasOwnNetwork, type OwnNetworkService, updateService } from '../service/service-changes.ts'

interface Details {
  /** Null: no subnet has an address left. */
  readonly zone: string | null
  readonly subnets: readonly { readonly id: string; readonly free: number }[]
  /** Tasks that the deployment may start beside the running ones, and this zone's share of them. */
  readonly starting: number
  readonly share: number
  readonly service: OwnNetworkService
  /** Subnets of the same zone and route table with room, to be added. */
  readonly spare: readonly string[]
  /** Subnets of the service with room. */
  readonly roomy: readonly string[]
}

interface Counted {
  readonly subnet: Subnet
  readonly free: number
}

export default defineCheck<Details, 'service' | 'network'>({
  id: 'subnet-nearly-full',
  step: 'subnets',
  severity: 'warning',
  needs: ['service', 'network'],
  permissions: ['ecs:DescribeServices', 'ec2:DescribeSubnets'],

  title: { en: 'A subnet has too few free addresses', ko: '서브넷에 사용 가능한 IP 주소가 부족합니다' },
  why: {
    en: 'Every task takes an address of its subnet. ECS spreads tasks over the zones; one that gets none stops with InsufficientFreeAddressesInSubnet and is started again.',
    ko: '태스크마다 서브넷의 IP 주소를 하나씩 사용합니다. ECS는 가용 영역에 태스크를 분산하며, 주소를 받지 못한 태스크는 InsufficientFreeAddressesInSubnet으로 중지되고 다시 시작됩니다.',
  },

  evaluate: ({ service, network }) => {
    const starting = startingTasks(service)
    if (!hasOwnNetwork(service) || starting === 0) return []
    const own = subnetsOf(network, service.awsvpc.subnetIds)
    // An IPv6-only subnet always has room.
    const counted = own.flatMap((subnet): readonly Counted[] =>
      subnet.freeAddresses === null ? [] : [{ subnet, free: subnet.freeAddresses }],
    )
    if (counted.length === 0) return []
    const roomyZones = own.filter(({ freeAddresses }) => freeAddresses === null).map(({ zoneId }) => zoneId)
    const zones = grouped(own, ({ zoneId }) => zoneId)
    const share = Math.ceil(starting / zones.size)
    const found = (members: readonly Counted[], zone: string | null) => ({
      subject: zone === null ? service.name : fullest(members).id,
      severity: zone === null ? ('blocker' as const) : ('warning' as const),
      evidence: members.map(({ subnet, free }) => ({
        en: `${subnet.id} (${subnet.zone}, ${subnet.cidrs.join(', ')}): free addresses: ${free}`,
        ko: `${subnet.id} (${subnet.zone}, ${subnet.cidrs.join(', ')}): 사용 가능한 IP 주소 수: ${free}`,
      })),
      details: {
        zone,
        subnets: members.map(({ subnet, free }) => ({ id: subnet.id, free })),
        starting,
        share,
        service,
        spare: spareBeside(network, service, members, share),
        roomy: counted.filter(({ free }) => free >= share).map(({ subnet }) => subnet.id),
      },
    })
    if (total(counted) === 0 && counted.length === own.length) return [found(counted, null)]
    return [...grouped(counted, ({ subnet }) => subnet.zoneId).values()]
      .filter((members) => total(members) < share && !roomyZones.includes(members[0]?.subnet.zoneId ?? ''))
      .map((members) => found(members, members[0]?.subnet.zone ?? ''))
  },

  explain: ({ zone, subnets, starting, share, service }) => {
    const list = subnets.map(({ id, free }) => `${id} (${free})`).join(', ')
    if (zone === null) {
      return {
        en: `No subnet of ${service.name} has a free address, so not one more task can start: ${list}.`,
        ko: `서비스의 어느 서브넷에도 사용 가능한 IP 주소가 없어 태스크를 하나도 더 시작할 수 없습니다: ${list} (서비스 ${service.name})`,
      }
    }
    return {
      en: `A deployment of ${service.name} may start ${starting} tasks beside the running ones, ${share} of them in ${zone}, where the free addresses are: ${list}.`,
      ko: `가용 영역 ${zone}의 사용 가능한 IP 주소가 부족합니다: ${list}. 배포 중 추가로 시작될 수 있는 태스크 수: ${starting}, 이 가용 영역의 몫: ${share} (서비스 ${service.name})`,
    }
  },

  remedy: ({ service, spare, roomy }) => {
    const { subnetIds } = service.awsvpc
    if (spare.length > 0) return changeNetwork(service, { subnetIds: [...subnetIds, ...spare] })
    if (roomy.length > 0) return changeNetwork(service, { subnetIds: roomy })
    return stopFirst(service)
  },
})

/** Tasks over the running ones: ECS API Reference, DeploymentConfiguration. */
function startingTasks(service: Service): number {
  const { applies, upper, extra } = deploymentArithmetic(service)
  return applies ? Math.max(0, upper - service.runningCount - service.pendingCount) : extra
}

function total(members: readonly Counted[]): number {
  return members.reduce((sum, { free }) => sum + free, 0)
}

function fullest(members: readonly Counted[]): Subnet {
  return (members.toSorted((a, b) => a.free - b.free)[0] as Counted).subnet
}

/** The roomiest subnet of each full one's zone and route table that the service does not use. */
function spareBeside(
  network: Network,
  service: OwnNetworkService,
  full: readonly Counted[],
  share: number,
): readonly string[] {
  const spare = full.flatMap(({ subnet }) => {
    const table = tableOf(network, subnet)
    const beside = listed(network.subnets)
      .filter((one) => one.vpcId === subnet.vpcId && one.zoneId === subnet.zoneId)
      .filter((one) => !service.awsvpc.subnetIds.includes(one.id) && (one.freeAddresses ?? 0) >= share)
      .filter((one) => table !== null && tableOf(network, one)?.id === table.id)
      .sort((a, b) => (b.freeAddresses ?? 0) - (a.freeAddresses ?? 0))
    return beside.slice(0, 1).map(({ id }) => id)
  })
  return [...new Set(spare)]
}

/** With fewer tasks kept healthy, ECS stops one before it starts the next, which then has its address. */
function stopFirst(service: Service): Remedy {
  const { desiredCount: desired } = service
  if (isExpress(service)) return { changes: [], before: [LARGER_SUBNET] }
  const minimumHealthyPercent = Math.floor(((desired - 1) * 100) / desired)
  return {
    changes: [updateService(service, { deploymentConfiguration: { maximumPercent: 100, minimumHealthyPercent } })],
    after: [
      {
        en: `So tasks stop before others start. For good: ${LARGER_SUBNET.en}`,
        ko: `이렇게 하면 기존 태스크가 먼저 중지됩니다. 근본적인 조치: ${LARGER_SUBNET.ko}`,
      },
    ],
  }
}

const LARGER_SUBNET: Text = {
  en: 'add a larger subnet (VPC → Subnets → Create subnet) with the same route table to the service.',
  ko: '같은 라우팅 테이블을 사용하는 더 큰 서브넷을 만들어(VPC → 서브넷 → 서브넷 생성) 서비스에 추가합니다.',
}
