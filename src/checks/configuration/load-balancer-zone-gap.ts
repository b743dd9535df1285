/** Is the load balancer in every zone that a task may start in? */
import { registeredGroups } from '../../deployment/target-fit.ts'
import { type CheckResults, couldNotTell, defineCheck } from '../../domain/check.ts'
import { distinct } from '../../domain/collections.ts'
import type { LoadBalancerFront, TargetHealth } from '../../domain/configuration.ts'
import type { Network, Subnet } from '../../domain/network.ts'
import type { Compute, Service, TaskDefinition } from '../../domain/service.ts'
import type { Text } from '../../domain/text.ts'
import { isPublic, subnetsOf, tableOf } from '../../network/lookup.ts'
import { originsOf } from '../../task-start/origins.ts'
import { unreadGroup } from './balancer-changes.ts'

interface Details {
  readonly front: LoadBalancerFront
  readonly group: string
  /** Zones without it, each with the tasks' subnets in it. */
  readonly gaps: readonly Gap[]
  /** No zone of the tasks is left. */
  readonly isWhole: boolean
  /** Those that it has and one in each of these zones; null where no subnet is known that would do. */
  readonly subnets: readonly string[] | null
}

interface Gap {
  readonly zone: string
  readonly subnetIds: readonly string[]
}

type Needs = 'service' | 'taskDefinition' | 'compute' | 'network' | 'configuration'

export default defineCheck<Details, Needs>({
  id: 'load-balancer-zone-gap',
  step: 'configuration',
  severity: 'warning',
  needs: ['service', 'taskDefinition', 'compute', 'network', 'configuration'],
  permissions: [
    'ecs:DescribeServices',
    'ec2:DescribeSubnets',
    'elasticloadbalancing:DescribeTargetGroups',
    'elasticloadbalancing:DescribeTargetHealth',
    'elasticloadbalancing:DescribeLoadBalancers',
  ],

  title: { en: 'A zone of the tasks lacks the load balancer', ko: '로드 밸런서가 태스크의 가용 영역에 없습니다' },
  why: {
    en: 'A load balancer sends nothing to targets in a zone where it is not enabled, health checks included: such a target stays unused (Target.NotInUse), with cross-zone load balancing as well. ECS never sees the task healthy, stops it and starts another, and the deployment does not become steady.',
    ko: '로드 밸런서는 활성화되지 않은 가용 영역의 대상에 상태 확인을 포함해 아무것도 보내지 않습니다. 교차 영역 로드 밸런싱을 사용해도 그런 대상은 미사용(Target.NotInUse)으로 남습니다. ECS는 태스크를 정상으로 판정하지 못해 중지하고 다시 시작하며, 배포는 안정 상태가 되지 못합니다.',
  },

  evaluate: ({ service, taskDefinition, compute, network, configuration }) => {
    const subnets = subnetsOfTasks(service, taskDefinition, compute, network)
    return registeredGroups(service).flatMap(({ arn }): CheckResults<Details> => {
      const record = configuration.targetGroups.find((one) => one.arn === arn)
      if (record === undefined) return []
      const { group, loadBalancers, health } = record
      if (!group.known) return [unreadGroup(group, arn)]
      if (group.value === null || !['ip', 'instance'].includes(group.value.targetType)) return []
      const { name } = group.value
      if (!loadBalancers.known) {
        const what = { en: `the load balancers of ${name}`, ko: `대상 그룹 ${name}의 로드 밸런서` }
        return [couldNotTell(loadBalancers, ['load-balancers-of', name], what, false)]
      }
      return loadBalancers.value.flatMap((front) => {
        const gaps = gapsOf(front, subnets)
        if (gaps.length === 0) return []
        const isWhole = gaps.flatMap(({ subnetIds }) => subnetIds).length === subnets.length
        const details: Details = { front, group: name, gaps, isWhole, subnets: widened(front, gaps, network) }
        const unused = health.known ? health.value.filter(({ state }) => state === 'unused') : []
        return [
          {
            subject: front.arn,
            severity: isWhole ? ('blocker' as const) : ('warning' as const),
            evidence: [...gaps.map(gapText), zonesText(front), ...unused.map(unusedText)],
            details,
          },
        ]
      })
    })
  },

  explain({ front: { name, zones }, group, gaps, isWhole }) {
    const missing = gaps.map(({ zone }) => zone).join(', ')
    return {
      en: `Load balancer ${name} (target group ${group}) is enabled in ${zones.join(', ')} and not in ${missing}, where ${isWhole ? 'all tasks start' : 'tasks may start'}.`,
      ko: `${isWhole ? '모든 태스크가 시작되는' : '태스크가 시작될 수 있는'} 가용 영역에 로드 밸런서가 활성화되어 있지 않습니다: ${missing} (로드 밸런서: ${name}, 대상 그룹: ${group}, 활성화된 가용 영역: ${zones.join(', ')})`,
    }
  },

  remedy: ({ front, gaps, subnets }) =>
    subnets === null
      ? { changes: [], after: [byHand(front, gaps)] }
      : { changes: [{ kind: 'set-subnets', loadBalancerArn: front.arn, subnets }] },
})

/** On EC2 a task is placed in a zone of its instances; with an interface of its own, in a subnet of the service there. */
function subnetsOfTasks(
  service: Service,
  taskDefinition: TaskDefinition,
  compute: Compute,
  network: Network,
): readonly Subnet[] {
  const { origins, ofTask } = originsOf(service, taskDefinition, compute)
  const subnetIds = (all: typeof origins) => distinct(all.map(({ subnetId }) => subnetId))
  const hosts = new Set(subnetsOf(network, subnetIds(origins)).map(({ zoneId }) => zoneId))
  return subnetsOf(network, subnetIds(ofTask)).filter(({ zoneId }) => hosts.size === 0 || hosts.has(zoneId))
}

function gapsOf({ zones, type }: LoadBalancerFront, subnets: readonly Subnet[]): readonly Gap[] {
  if (zones.length === 0 || type === 'gateway') return []
  const outside = subnets.filter(({ zone }) => !zones.includes(zone))
  return distinct(outside.map(({ zone }) => zone)).map((zone) => ({
    zone,
    subnetIds: outside.filter((one) => one.zone === zone).map(({ id }) => id),
  }))
}

/** One that faces the internet needs a subnet with a route there in each zone; one inside the VPC takes any, that of the tasks too. */
function widened(front: LoadBalancerFront, gaps: readonly Gap[], network: Network): readonly string[] | null {
  const vpcId = front.vpcId ?? subnetsOf(network, front.subnetIds)[0]?.vpcId
  const all = network.subnets.known ? network.subnets.value.filter((one) => one.vpcId === vpcId) : []
  const fits = (subnet: Subnet) => front.scheme === 'internal' || isPublic(tableOf(network, subnet))
  const added = gaps.map(({ zone }) => all.find((subnet) => subnet.zone === zone && fits(subnet))?.id)
  const found = added.filter((id) => id !== undefined)
  return found.length === added.length ? [...front.subnetIds, ...found] : null
}

function gapText({ zone, subnetIds }: Gap): Text {
  return {
    en: `tasks may start in ${zone} (${subnetIds.join(', ')})`,
    ko: `태스크가 시작될 수 있는 가용 영역: ${zone} (${subnetIds.join(', ')})`,
  }
}

function zonesText({ name, zones }: LoadBalancerFront): Text {
  return {
    en: `load balancer ${name} is enabled in ${zones.join(', ')}`,
    ko: `로드 밸런서 ${name}의 가용 영역: ${zones.join(', ')}`,
  }
}

function unusedText({ targetId, port, reason }: TargetHealth): Text {
  return {
    en: `target ${targetId}:${port} is unused: ${reason}`,
    ko: `미사용 대상: ${targetId}:${port} (${reason})`,
  }
}

function byHand({ name, scheme }: LoadBalancerFront, gaps: readonly Gap[]): Text {
  const zones = gaps.map(({ zone }) => zone).join(', ')
  const subnets = gaps.flatMap(({ subnetIds }) => subnetIds).join(', ')
  const isOutside = scheme !== 'internal'
  return {
    en: `Add a ${isOutside ? 'public subnet (with a route to an internet gateway)' : 'subnet'} in ${zones} to ${name} (EC2 → Load balancers → Network mapping → Edit subnets), or take ${subnets} out of the service.`,
    ko: `로드 밸런서(${name})에 다음 가용 영역의 ${isOutside ? '퍼블릭 서브넷(인터넷 게이트웨이 경로 필요)' : '서브넷'} 하나를 추가합니다(EC2 → 로드 밸런서 → 네트워크 매핑 → 서브넷 편집): ${zones}. 또는 다음 서브넷을 서비스에서 제외합니다: ${subnets}`,
  }
}
