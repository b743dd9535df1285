/** Do the tasks of a deployment find a place on the container instances, beside or in place of those that run? */
import { type Placement, placementsOf } from '../../deployment/placement/placement.ts'
import { scaleOutOf } from '../../deployment/placement/scale-out.ts'
import { listed, mapped } from '../../domain/answer.ts'
import { type CheckResults, defineCheck } from '../../domain/check.ts'
import type { Facts } from '../../domain/facts.ts'
import type { Capacity, Service } from '../../domain/service.ts'
import { type PlacementDetails, placementRemedy } from './placement-remedy.ts'
import { doubtsOf, unlikeInstance } from './placement-unknowns.ts'
import { obstacleEvidence, obstacleSentence } from './placement-words.ts'

type PlacementCheckFacts = Pick<Facts, 'service' | 'taskDefinition' | 'compute' | 'network'>

export default defineCheck<PlacementDetails, keyof PlacementCheckFacts>({
  id: 'tasks-without-place',
  step: 'service',
  severity: 'blocker',
  needs: ['service', 'taskDefinition', 'compute', 'network'],
  permissions: [
    'ecs:DescribeServices',
    'ecs:DescribeTaskDefinition',
    'ecs:ListContainerInstances',
    'ecs:DescribeContainerInstances',
    'ecs:DescribeCapacityProviders',
    'ecs:DescribeTasks',
    'ecs:ListAccountSettings',
    'ec2:DescribeInstances',
    'ec2:DescribeInstanceTypes',
    'autoscaling:DescribeAutoScalingGroups',
  ],

  title: {
    en: 'Tasks find no place on the container instances',
    ko: '컨테이너 인스턴스에 태스크를 배치할 수 없습니다',
  },
  why: {
    en: 'ECS places a task only on an active instance with a connected agent that meets its constraints and has CPU, memory, ports, GPUs and interfaces left. Else the deployment waits, and nothing is pulled.',
    ko: 'ECS는 활성 상태이고 에이전트가 연결되어 있으며 제약 조건을 충족하고 CPU, 메모리, 포트, GPU, 네트워크 인터페이스가 남아 있는 인스턴스에만 태스크를 배치합니다. 그런 인스턴스가 없으면 배포는 이미지를 가져오지도 못하고 기다립니다.',
  },

  evaluate(facts) {
    const { capacity } = facts.compute
    if (capacity === undefined) return []
    return placements(facts, facts.service).flatMap((placement) => judge(placement, facts, capacity))
  },

  explain: ({ service, placement }) => obstacleSentence(service, placement),
  remedy: placementRemedy,
})

function placements({ taskDefinition, compute, network }: PlacementCheckFacts, service: Service) {
  const zoneOf = (id: string) => listed(network.subnets).find((subnet) => subnet.id === id)?.zone ?? null
  return placementsOf({ service, taskDefinition, compute, zoneOf })
}

function judge(placement: Placement, facts: PlacementCheckFacts, capacity: Capacity): CheckResults<PlacementDetails> {
  const { service } = facts
  const { provider, wanted, placed, surely } = placement
  if (surely >= wanted) return []
  const scaleOut = scaleOutOf(provider, capacity)
  if (scaleOut.is === 'possible') return placement.moreWouldHelp ? [] : [unlikeInstance(placement)]
  if (scaleOut.is === 'unknown') return [{ ...scaleOut.missing, matters: true }]
  if (placed >= wanted) return doubtsOf(placement, capacity)
  return [
    {
      subject: placement.instances.length === 0 ? (provider?.name ?? service.clusterName) : service.name,
      severity: placed === 0 && !awaitsAgentsOnly(placement, facts) ? 'blocker' : 'warning',
      evidence: obstacleEvidence(placement),
      details: { service, placement, group: scaleOut.group, minimumHealthyPercent: helpfulMinimum(placement, facts) },
    },
  ]
}

/**
 * Every task fits once the agents are back. An agent disconnects several times an hour as a matter of course (ECS Developer Guide,
 * container instance state change events), so that one look does not tell for how long.
 */
function awaitsAgentsOnly({ provider }: Placement, facts: PlacementCheckFacts): boolean {
  const { compute, service } = facts
  const instances = mapped(compute.instances, (all) => all.map((one) => ({ ...one, agentConnected: true })))
  return placements({ ...facts, compute: { ...compute, instances } }, service).some(
    (one) => one.provider === provider && one.placed >= one.wanted,
  )
}

/** With fewer tasks kept, ECS stops some before it starts others: one less, or else none kept. */
function helpfulMinimum({ provider }: Placement, facts: PlacementCheckFacts): number | null {
  const { desiredCount, deploymentConfiguration } = facts.service
  const less = [Math.floor(((desiredCount - 1) * 100) / desiredCount), 0].filter(
    (percent) => percent < deploymentConfiguration.minimumHealthyPercent,
  )
  const helps = (minimumHealthyPercent: number) =>
    placements(facts, {
      ...facts.service,
      deploymentConfiguration: { ...deploymentConfiguration, minimumHealthyPercent },
    }).some((one) => one.provider === provider && one.surely >= one.wanted)
  return less.find(helps) ?? null
}
