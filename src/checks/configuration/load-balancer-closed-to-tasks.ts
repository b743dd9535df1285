/** Do the security groups of the tasks let the load balancer's traffic and health checks in? */
import type { ChangeOf } from '../../domain/change.ts'
import { type CheckResults, couldNotTell, defineCheck, type Unseen } from '../../domain/check.ts'
import { distinct } from '../../domain/collections.ts'
import type { LoadBalancerFront, TargetGroupRecord, TargetHealth } from '../../domain/configuration.ts'
import type { Network } from '../../domain/network.ts'
import type { Service } from '../../domain/service.ts'
import type { Text } from '../../domain/text.ts'
import { type BalancerPort, balancerReach, portsToReach } from '../../network/load-balancer-reach.ts'
import { subnetsOf } from '../../network/lookup.ts'
import { indexNetwork } from '../../network/network-index.ts'
import { unreadGroup } from './balancer-changes.ts'

type AuthorizeSecurityGroupIngress = ChangeOf<'authorize-security-group-ingress'>

interface Details {
  readonly balancer: string
  readonly group: string
  readonly taskGroupIds: readonly string[]
  /** `group` or `address`: what the load balancer sends as. */
  readonly senders: readonly string[]
  readonly ports: readonly (BalancerPort & { readonly partly: boolean })[]
  readonly changes: readonly AuthorizeSecurityGroupIngress[]
}

export default defineCheck<Details, 'service' | 'network' | 'configuration'>({
  id: 'load-balancer-closed-to-tasks',
  step: 'configuration',
  severity: 'warning',
  needs: ['service', 'network', 'configuration'],
  permissions: [
    'ecs:DescribeServices',
    'ec2:DescribeSecurityGroups',
    'elasticloadbalancing:DescribeTargetGroups',
    'elasticloadbalancing:DescribeTargetHealth',
    'elasticloadbalancing:DescribeLoadBalancers',
  ],

  title: { en: 'The load balancer cannot reach the tasks', ko: '로드 밸런서가 태스크에 연결할 수 없습니다' },
  why: {
    en: 'A task starts, but its health checks are dropped by its own security group. It is called unhealthy, stopped and started again, and the deployment never becomes steady.',
    ko: '태스크는 시작되지만 태스크의 보안 그룹이 상태 확인을 막습니다. 태스크가 비정상으로 판정되어 중지되고 다시 시작되며, 배포는 안정 상태가 되지 못합니다.',
  },

  evaluate({ service, network, configuration: { targetGroups } }) {
    const { awsvpc, loadBalancers } = service
    if (awsvpc === null || awsvpc.securityGroupIds.length === 0) return []
    return targetGroups.flatMap((record): CheckResults<Details> => {
      const entry = loadBalancers.find(({ targetGroupArn }) => targetGroupArn === record.arn)
      const { group, loadBalancers: fronts } = record
      const port = entry?.containerPort ?? null
      if (!group.known) return [unreadGroup(group, record.arn)]
      if (group.value === null || group.value.targetType !== 'ip' || port === null) return []
      if (!fronts.known) {
        return [couldNotTell(fronts, ['load-balancers-of', group.value.name], balancersOf(group.value.name), false)]
      }
      const shape = group.value
      return fronts.value.flatMap((front) => judge(service, network, record, front, portsToReach(front, shape, port)))
    })
  },

  explain({ balancer, group, taskGroupIds, senders, ports }) {
    const list = ports.map(({ port }) => port).join(', ')
    const groups = taskGroupIds.join(', ')
    const partly = ports.every((one) => one.partly)
    const use = ports.some((one) => one.use === 'traffic')
      ? { en: 'traffic and health checks', ko: '트래픽과 상태 확인' }
      : { en: 'health checks', ko: '상태 확인' }
    return {
      en: `${groups} ${partly ? 'lets only a part of' : 'has no inbound rule for'} the ${use.en} of load balancer ${balancer} (target group ${group}) in: port ${list}, from ${senders.join(', ')}.`,
      ko: `태스크의 보안 그룹에 로드 밸런서의 ${use.ko} 연결을 ${partly ? '모두 허용하는' : '허용하는'} 인바운드 규칙이 없습니다: ${groups} (로드 밸런서: ${balancer}, 대상 그룹: ${group}). 포트: ${list}, 소스: ${senders.join(', ')}`,
    }
  },

  remedy: ({ changes }) => ({ changes }),
})

function judge(
  service: Service,
  network: Network,
  { group, health }: TargetGroupRecord,
  front: LoadBalancerFront,
  wanted: readonly BalancerPort[],
): CheckResults<Details> {
  if (front.type === 'gateway') return []
  const taskGroupIds = service.awsvpc?.securityGroupIds ?? []
  const index = indexNetwork(network)
  const judged = wanted.map((port) => ({ port, reach: balancerReach(index, taskGroupIds, front, port) }))
  const unseen = judged.flatMap(({ reach }): readonly Unseen[] =>
    reach.is === 'unknown' ? [{ ...reach.missing, matters: false }] : [],
  )
  const ports = judged.flatMap(({ port, reach }) =>
    reach.is === 'closed' || reach.is === 'partial' ? [{ ...port, partly: reach.is === 'partial' }] : [],
  )
  if (ports.length === 0) return unseen
  const name = group.known ? (group.value?.name ?? '') : ''
  const peers = peersOf(front, network)
  const senders = peers.map((peer) => peer.referencedGroupId ?? peer.cidrIpv4)
  return [
    {
      subject: front.arn,
      evidence: [
        ...ports.map(({ port, use }) => portText(port, use, taskGroupIds)),
        {
          en: `load balancer ${front.name}: ${senders.join(', ')}`,
          ko: `로드 밸런서 ${front.name}: ${senders.join(', ')}`,
        },
        ...(health.known ? health.value.filter(({ state }) => state === 'unhealthy').map(healthText) : []),
      ],
      details: {
        balancer: front.name,
        group: name,
        taskGroupIds,
        senders,
        ports,
        changes: ports.flatMap(({ port }) =>
          peers.map(
            (peer): AuthorizeSecurityGroupIngress => ({
              kind: 'authorize-security-group-ingress',
              groupId: taskGroupIds[0] ?? '',
              ipProtocol: 'tcp',
              fromPort: port,
              toPort: port,
              ...peer,
            }),
          ),
        ),
      },
    },
    ...unseen,
  ]
}

type Peer =
  | { readonly referencedGroupId: string; readonly cidrIpv4?: never }
  | { readonly referencedGroupId?: never; readonly cidrIpv4: string }

/** Its first group, else the addresses of its subnets. */
function peersOf(front: LoadBalancerFront, network: Network): readonly Peer[] {
  const [groupId] = front.securityGroupIds
  if (groupId !== undefined) return [{ referencedGroupId: groupId }]
  const cidrs = subnetsOf(network, front.subnetIds).flatMap((subnet) =>
    subnet.cidrs.filter((one) => !one.includes(':')),
  )
  return distinct(cidrs).map((cidrIpv4) => ({ cidrIpv4 }))
}

function portText(port: number, use: BalancerPort['use'], groupIds: readonly string[]): Text {
  const groups = groupIds.join(', ')
  return use === 'traffic'
    ? {
        en: `no rule of ${groups} opens port ${port} to it (traffic)`,
        ko: `포트 ${port}(트래픽)의 규칙이 없음: ${groups}`,
      }
    : {
        en: `no rule of ${groups} opens port ${port} to it (health checks)`,
        ko: `포트 ${port}(상태 확인)의 규칙이 없음: ${groups}`,
      }
}

function healthText({ targetId, port, reason }: TargetHealth): Text {
  return {
    en: `target ${targetId}:${port} is unhealthy: ${reason}`,
    ko: `비정상 대상: ${targetId}:${port} (${reason})`,
  }
}

function balancersOf(targetGroup: string): Text {
  return { en: `the load balancers of ${targetGroup}`, ko: `대상 그룹 ${targetGroup}의 로드 밸런서` }
}
