/** Do the VPC endpoints on the way let the task in? */
import { defineCheck } from '../../domain/check.ts'
import { distinct } from '../../domain/collections.ts'
import type { Network } from '../../domain/network.ts'
import { causesOf } from '../../network/causes.ts'
import { endpointOf } from '../../network/lookup.ts'
import { findingOf, subnetIdsOf } from '../engine/path-finding.ts'
import { type Opening, opened, openingsFor } from './openings.ts'

interface Details {
  /** `vpce-… (service)`; interfaces where no endpoint is known. */
  readonly receivers: readonly string[]
  readonly groupIds: readonly string[]
  readonly senders: readonly string[]
  readonly port: number
  readonly changes: readonly Opening[]
}

export default defineCheck<Details, 'network' | 'paths'>({
  id: 'endpoint-closed-to-tasks',
  step: 'security-groups',
  severity: 'blocker',
  needs: ['network', 'paths'],
  speaksFor: ['ingress-closed'],
  permissions: ['ec2:DescribeSecurityGroups', 'ec2:DescribeVpcEndpoints', 'ec2:DescribeNetworkInterfaces'],

  title: { en: 'A VPC endpoint refuses the task', ko: 'VPC 엔드포인트가 태스크의 연결을 거부합니다' },
  why: {
    en: 'Private DNS sends every call of the VPC to the endpoint, even where a NAT gateway leads out. Its security group drops the call; nothing else is tried, and the task times out.',
    ko: '프라이빗 DNS는 NAT 게이트웨이가 있어도 VPC의 모든 호출을 엔드포인트로 보냅니다. 그 보안 그룹이 호출을 막으면 다른 경로는 시도되지 않고 태스크는 시간 초과로 실패합니다.',
  },

  evaluate: ({ network, paths }) =>
    // Groups of an interface add up: what one of them lets in is enough, for every interface that has it.
    causesOf(paths, ['ingress-closed'], ({ groupIds }) => opened(groupIds)).map((cause) => {
      const { faults } = cause
      const groupIds = distinct(faults.flatMap((fault) => fault.groupIds)).toSorted()
      const groupId = opened(faults[0].groupIds)
      const ids = distinct(faults.map(({ endpointId, interfaceId }) => endpointId ?? interfaceId ?? ''))
      return findingOf(cause, ids.length === 1 ? (ids[0] ?? '') : groupId, {
        receivers: ids.map((id) => named(network, id)),
        groupIds,
        senders: distinct(faults.flatMap(({ from, fromGroupIds }) => [...fromGroupIds, from])),
        port: faults[0].port,
        changes: openingsFor(network, groupId, faults, subnetIdsOf(cause)),
      })
    }),

  explain: ({ receivers, groupIds, senders, port }) => ({
    en: `${groupIds.join(', ')}, the security group of ${receivers.join(', ')}, has no inbound rule that lets TCP ${port} in from ${senders.join(', ')}.`,
    ko: `엔드포인트의 보안 그룹에 태스크의 TCP ${port} 연결을 허용하는 인바운드 규칙이 없습니다: ${groupIds.join(', ')} (${receivers.join(', ')}). 허용해야 할 소스: ${senders.join(', ')}`,
  }),

  remedy: ({ changes }) => ({ changes }),
})

function named(network: Network, id: string): string {
  const endpoint = endpointOf(network, id)
  return endpoint === null ? id : `${id} (${endpoint.serviceName})`
}
