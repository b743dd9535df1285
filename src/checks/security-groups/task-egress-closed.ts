/** Do the task's own security groups let it out to what a start calls? */

import { type GroupOpening, openGroups, type Peer } from '../../changes/group-rules.ts'
import { defineCheck } from '../../domain/check.ts'
import type { Network } from '../../domain/network.ts'
import type { Path } from '../../domain/path.ts'
import type { Text } from '../../domain/text.ts'
import { causesOf, type FaultOf } from '../../network/causes.ts'
import { distinct, listed } from '../../network/lookup.ts'
import { brokenPaths, destinationsOf, findingOf } from '../engine/path-finding.ts'

interface Details {
  readonly groupIds: readonly string[]
  readonly destinations: readonly string[]
  readonly openings: readonly GroupOpening[]
}

const ANYWHERE: Peer = { is: 'cidr', id: '0.0.0.0/0' }

export default defineCheck<Details, 'network' | 'paths'>({
  id: 'task-egress-closed',
  step: 'security-groups',
  severity: 'blocker',
  needs: ['network', 'paths'],
  speaksFor: ['egress-closed'],
  permissions: ['ec2:DescribeSecurityGroups', 'ec2:DescribeManagedPrefixLists', 'ec2:GetManagedPrefixListEntries'],

  title: {
    en: 'The task security group lets nothing out',
    ko: '태스크의 보안 그룹이 아웃바운드 연결을 막습니다',
  },
  why: {
    en: 'Packets that no outbound rule allows are dropped without an answer. The task waits, times out and is started again. A rule for the endpoints does not cover S3, whose addresses stay public even through a gateway endpoint.',
    ko: '아웃바운드 규칙에 없는 패킷은 응답 없이 버려지므로 태스크는 기다리다 시간이 초과되고 다시 시작됩니다. 게이트웨이 엔드포인트를 거쳐도 S3의 주소는 퍼블릭이므로 엔드포인트 규칙만으로는 허용되지 않습니다.',
  },

  evaluate: ({ network, paths }) =>
    causesOf(paths, ['egress-closed'], ({ groupIds }) => [...groupIds].sort().join()).map((cause) => {
      const groupIds = [...cause.faults[0].groupIds].sort()
      return findingOf(cause, groupIds.join(), {
        groupIds,
        destinations: destinationsOf(cause),
        openings: openingsFor(network, groupIds[0] ?? '', cause.faults, brokenPaths(paths, cause)),
      })
    }),

  explain: ({ groupIds, destinations, openings }) => ({
    en: `${groupIds.join(', ')} does not let the task out to ${destinations.join(', ')}. What is missing: ${openings.map((one) => peerText(one).en).join('; ')}.`,
    ko: `태스크의 보안 그룹이 다음 대상으로 나가는 연결을 허용하지 않습니다: ${destinations.join(', ')} (${groupIds.join(', ')}). 필요한 규칙: ${openings.map((one) => peerText(one).ko).join('; ')}`,
  }),

  remedy: ({ openings }) => openGroups(openings),
})

function peerText({ port, peer }: GroupOpening): Text {
  if (peer.is === 'group')
    return {
      en: `TCP ${port} to the endpoints' group ${peer.id}`,
      ko: `TCP ${port}, 엔드포인트의 보안 그룹 ${peer.id}`,
    }
  if (peer.is === 'prefix-list') return { en: `TCP ${port} to S3 (${peer.id})`, ko: `TCP ${port}, S3 (${peer.id})` }
  return peer.id === ANYWHERE.id
    ? { en: `TCP ${port} to the internet (${peer.id})`, ko: `TCP ${port}, 인터넷 (${peer.id})` }
    : { en: `TCP ${port} to ${peer.id}`, ko: `TCP ${port}, ${peer.id}` }
}

/** Rules of all groups of an interface add up, so one group is enough. The internet covers every other peer of its port. */
function openingsFor(
  network: Network,
  groupId: string,
  faults: readonly FaultOf<'egress-closed'>[],
  broken: readonly Path[],
): readonly GroupOpening[] {
  const all = faults.flatMap((fault) =>
    peersOf(network, fault, broken).map(
      (peer): GroupOpening => ({ groupId, direction: 'egress', port: fault.port, peer }),
    ),
  )
  const wide = new Set(all.filter(({ peer }) => peer.id === ANYWHERE.id).map(({ port }) => port))
  const needed = all.filter(({ port, peer }) => peer.id === ANYWHERE.id || !wide.has(port))
  return [...new Map(needed.map((one) => [`${one.port} ${one.peer.id}`, one])).values()]
}

function peersOf(network: Network, fault: FaultOf<'egress-closed'>, broken: readonly Path[]): readonly Peer[] {
  const [group] = fault.peerGroupIds
  if (group !== undefined) return [{ is: 'group', id: group }]
  if (fault.prefixListId !== null) return [{ is: 'prefix-list', id: fault.prefixListId }]
  if (fault.destination === 'internet') return [ANYWHERE]
  const addresses = namedAddresses(network, broken)
  return addresses.length === 0 ? [ANYWHERE] : addresses.map((address) => ({ is: 'cidr', id: `${address}/32` }))
}

/** IPv4 addresses that private hosted zones give for the hosts. */
function namedAddresses(network: Network, broken: readonly Path[]): readonly string[] {
  const records = Object.values(network.hostedZones)
    .flatMap(listed)
    .flatMap(({ records: one }) => listed(one))
  return distinct(
    broken.flatMap(({ host }) =>
      records
        .filter(
          ({ name, type }) => type === 'A' && (name === host || name === `*.${host.slice(host.indexOf('.') + 1)}`),
        )
        .flatMap(({ values }) => values),
    ),
  )
}
