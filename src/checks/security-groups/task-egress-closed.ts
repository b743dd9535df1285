/** Do the task's own security groups let it out to what a start calls? */
import { listed } from '../../domain/answer.ts'
import type { ChangeOf } from '../../domain/change.ts'
import { defineCheck } from '../../domain/check.ts'
import { distinct } from '../../domain/collections.ts'
import type { Network } from '../../domain/network.ts'
import type { FaultOf, Path } from '../../domain/path.ts'
import type { Text } from '../../domain/text.ts'
import { causesOf } from '../../network/causes.ts'
import { brokenPaths, destinationsOf, findingOf } from '../engine/path-finding.ts'

type AuthorizeSecurityGroupEgress = ChangeOf<'authorize-security-group-egress'>

interface Details {
  readonly groupIds: readonly string[]
  readonly destinations: readonly string[]
  readonly changes: readonly AuthorizeSecurityGroupEgress[]
}

/** The peers that a rule can name. */
type Peer = Pick<AuthorizeSecurityGroupEgress, 'cidrIpv4' | 'cidrIpv6' | 'prefixListId'> & {
  readonly referencedGroupId?: string
}

const ANYWHERE: Peer = { cidrIpv4: '0.0.0.0/0' }
const ANYWHERE_IPV6: Peer = { cidrIpv6: '::/0' }

export default defineCheck<Details, 'network' | 'paths'>({
  id: 'task-egress-closed',
  step: 'security-groups',
  severity: 'blocker',
  needs: ['network', 'paths'],
  speaksFor: ['egress-closed'],
  permissions: ['ec2:DescribeSecurityGroups', 'ec2:DescribeManagedPrefixLists', 'ec2:GetManagedPrefixListEntries'],

  title: { en: 'The task security group lets nothing out', ko: '태스크의 보안 그룹이 아웃바운드 연결을 막습니다' },
  why: {
    en: 'Packets that no outbound rule allows are dropped without an answer. The task waits, times out and is started again. A rule for the endpoints does not cover S3, whose addresses stay public even through a gateway endpoint.',
    ko: '아웃바운드 규칙에 없는 패킷은 응답 없이 버려지므로 태스크는 기다리다 시간이 초과되고 다시 시작됩니다. 게이트웨이 엔드포인트를 거쳐도 S3의 주소는 퍼블릭이므로 엔드포인트 규칙만으로는 허용되지 않습니다.',
  },

  evaluate: ({ network, paths }) =>
    causesOf(paths, ['egress-closed'], ({ groupIds }) => groupIds.toSorted()[0] ?? '').map((cause) => {
      const groupIds = distinct(cause.faults.flatMap((fault) => fault.groupIds)).toSorted()
      return findingOf(cause, groupIds.join(), {
        groupIds,
        destinations: destinationsOf(cause),
        changes: openingsFor(
          network,
          cause.faults[0].groupIds.toSorted()[0] ?? '',
          cause.faults,
          brokenPaths(paths, cause),
        ),
      })
    }),

  explain: ({ groupIds, destinations, changes }) => ({
    en: `${groupIds.join(', ')} does not let the task out to ${destinations.join(', ')}. What is missing: ${changes.map((one) => peerText(one).en).join('; ')}.`,
    ko: `태스크의 보안 그룹이 다음 대상으로 나가는 연결을 허용하지 않습니다: ${destinations.join(', ')} (${groupIds.join(', ')}). 필요한 규칙: ${changes.map((one) => peerText(one).ko).join('; ')}`,
  }),

  remedy: ({ changes }) => ({ changes }),
})

function peerText({
  fromPort,
  referencedGroupId,
  prefixListId,
  cidrIpv4,
  cidrIpv6,
}: AuthorizeSecurityGroupEgress): Text {
  const tcp = `TCP ${fromPort}`
  if (typeof referencedGroupId === 'string')
    return {
      en: `${tcp} to the ${fromPort === 443 ? "endpoints'" : "mount targets'"} group ${referencedGroupId}`,
      ko: `${tcp}, ${fromPort === 443 ? '엔드포인트의' : '탑재 대상의'} 보안 그룹 ${referencedGroupId}`,
    }
  if (prefixListId !== undefined) return { en: `${tcp} to S3 (${prefixListId})`, ko: `${tcp}, S3 (${prefixListId})` }
  const block = cidrIpv4 ?? cidrIpv6 ?? ''
  return block === ANYWHERE.cidrIpv4 || block === ANYWHERE_IPV6.cidrIpv6
    ? { en: `${tcp} to the internet (${block})`, ko: `${tcp}, 인터넷 (${block})` }
    : { en: `${tcp} to ${block}`, ko: `${tcp}, ${block}` }
}

/** Rules of all groups of an interface add up, so one group is enough. The internet covers every other peer of its port. */
function openingsFor(
  network: Network,
  groupId: string,
  faults: readonly FaultOf<'egress-closed'>[],
  broken: readonly Path[],
): readonly AuthorizeSecurityGroupEgress[] {
  const all = faults.flatMap((fault) =>
    peersOf(network, fault, broken).map(
      (peer): AuthorizeSecurityGroupEgress => ({
        kind: 'authorize-security-group-egress',
        groupId,
        ipProtocol: 'tcp',
        fromPort: fault.port,
        toPort: fault.port,
        ...peer,
      }),
    ),
  )
  const isWide = ({ cidrIpv4, cidrIpv6 }: AuthorizeSecurityGroupEgress) =>
    cidrIpv4 === ANYWHERE.cidrIpv4 || cidrIpv6 === ANYWHERE_IPV6.cidrIpv6
  const wide = new Set(all.filter(isWide).map(({ fromPort }) => fromPort))
  const needed = all.filter((one) => isWide(one) || !wide.has(one.fromPort))
  return [...new Map(needed.map((one) => [JSON.stringify(one), one])).values()]
}

function peersOf(network: Network, fault: FaultOf<'egress-closed'>, broken: readonly Path[]): readonly Peer[] {
  const [referencedGroupId] = fault.peerGroupIds
  if (referencedGroupId !== undefined) return [{ referencedGroupId }]
  if (fault.prefixListId !== null) return [{ prefixListId: fault.prefixListId }]
  if (fault.destination === 'internet') return [ANYWHERE]
  if (fault.destination === 'ipv6-internet') return [ANYWHERE_IPV6]
  const addresses = namedAddresses(network, broken)
  return addresses.length === 0 ? [ANYWHERE] : addresses.map((address) => ({ cidrIpv4: `${address}/32` }))
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
