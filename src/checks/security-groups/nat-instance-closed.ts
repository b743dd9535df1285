/** Does the security group of a NAT instance that the route names let the tasks in, and their calls out? */
import type { ChangeOf } from '../../domain/change.ts'
import { defineCheck } from '../../domain/check.ts'
import { distinct } from '../../domain/collections.ts'
import type { Network } from '../../domain/network.ts'
import type { FaultOf } from '../../domain/path.ts'
import { causesOf } from '../../network/causes.ts'
import { findingOf, subnetIdsOf } from '../engine/path-finding.ts'
import { EVERYWHERE } from '../routes/route-change.ts'
import { openingsFor } from './openings.ts'

type Closed = FaultOf<'nat-instance-closed'>

interface Details {
  readonly fault: Closed
  readonly senders: readonly string[]
  readonly subnetIds: readonly string[]
  readonly changes: readonly ChangeOf<'authorize-security-group-ingress' | 'authorize-security-group-egress'>[]
}

export default defineCheck<Details, 'network' | 'paths'>({
  id: 'nat-instance-closed',
  step: 'security-groups',
  severity: 'blocker',
  needs: ['network', 'paths'],
  speaksFor: ['nat-instance-closed'],
  permissions: ['ec2:DescribeSecurityGroups', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeInstances'],

  title: { en: 'A NAT instance refuses the task', ko: 'NAT 인스턴스가 태스크의 연결을 거부합니다' },
  why: {
    en: 'The route table sends everything for the internet to this instance. What the rules of its security group do not name is dropped without an answer, and the pull times out.',
    ko: '라우팅 테이블이 인터넷으로 가는 모든 트래픽을 이 인스턴스로 보냅니다. 인스턴스의 보안 그룹 규칙에 없는 트래픽은 응답 없이 버려지고 이미지를 가져오는 중에 시간이 초과됩니다.',
  },

  evaluate: ({ network, paths }) =>
    causesOf(paths, ['nat-instance-closed'], (fault) => `${groupOf(fault)} ${fault.direction}`).map((cause) => {
      const { faults } = cause
      const subnetIds = subnetIdsOf(cause)
      return findingOf(cause, groupOf(faults[0]), {
        fault: faults[0],
        senders: distinct(faults.flatMap(({ from, fromGroupIds }) => [...fromGroupIds, from])),
        subnetIds,
        changes: openings(network, faults, subnetIds),
      })
    }),

  explain: ({ fault: { interfaceId, instanceId, groupIds, direction, port }, senders, subnetIds }) => {
    const name = `${instanceId ?? interfaceId} (${interfaceId})`
    const [from, groups] = [subnetIds.join(', '), groupIds.join(', ')]
    if (direction === 'inbound')
      return {
        en: `${groups}, the security group of ${name}, the way out of ${from}, has no inbound rule that lets TCP ${port} in from ${senders.join(', ')}.`,
        ko: `NAT 인스턴스의 보안 그룹에 TCP ${port} 연결을 허용하는 인바운드 규칙이 없습니다: ${groups} (${name}, 사용하는 서브넷 ${from}). 허용해야 할 소스: ${senders.join(', ')}`,
      }
    return {
      en: `${groups}, the security group of ${name}, the way out of ${from}, has no outbound rule that lets TCP ${port} out.`,
      ko: `NAT 인스턴스의 보안 그룹에 TCP ${port} 연결을 허용하는 아웃바운드 규칙이 없습니다: ${groups} (${name}, 사용하는 서브넷 ${from})`,
    }
  },

  remedy: ({ changes }) => ({ changes }),
})

/** Rules of all groups of an interface add up, so one group is enough. */
function groupOf({ groupIds }: Closed): string {
  return groupIds.toSorted()[0] ?? ''
}

function openings(
  network: Network,
  faults: readonly [Closed, ...Closed[]],
  subnetIds: readonly string[],
): Details['changes'] {
  const groupId = groupOf(faults[0])
  if (faults[0].direction === 'inbound') return openingsFor(network, groupId, faults, subnetIds)
  const ports = [...new Set(faults.map(({ port }) => port))]
  return ports.map((port) => ({
    kind: 'authorize-security-group-egress',
    groupId,
    ipProtocol: 'tcp',
    fromPort: port,
    toPort: port,
    cidrIpv4: EVERYWHERE,
  }))
}
