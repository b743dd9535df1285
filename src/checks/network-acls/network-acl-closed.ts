/** Do the network ACLs on the way let requests out and replies back in? They keep no state: both need a rule. */
import { listed } from '../../domain/answer.ts'
import type { Change } from '../../domain/change.ts'
import { defineCheck } from '../../domain/check.ts'
import { distinct, grouped } from '../../domain/collections.ts'
import type { FaultOf } from '../../domain/path.ts'
import type { Text } from '../../domain/text.ts'
import { causesOf } from '../../network/causes.ts'
import { FINAL_RULE } from '../../network/network-acls.ts'
import { findingOf } from '../engine/path-finding.ts'
import { aclChanges } from './acl-changes.ts'

type Closed = FaultOf<'network-acl-closed'>

interface Details {
  readonly networkAclId: string
  readonly subnetIds: readonly string[]
  readonly closed: readonly Closed[]
  readonly changes: readonly Change[]
}

export default defineCheck<Details, 'network' | 'paths'>({
  id: 'network-acl-closed',
  step: 'network-acls',
  severity: 'blocker',
  needs: ['network', 'paths'],
  speaksFor: ['network-acl-closed'],
  permissions: ['ec2:DescribeNetworkAcls', 'ec2:DescribeSubnets'],

  title: {
    en: 'A network ACL drops packets that a start needs',
    ko: '네트워크 ACL이 태스크 시작에 필요한 패킷을 차단합니다',
  },
  why: {
    en: 'Network ACLs keep no state: a request that leaves on port 443 comes back to an ephemeral port, and each direction needs a rule of its own. What is dropped gives no error, only a timeout.',
    ko: '네트워크 ACL은 상태를 저장하지 않습니다. 포트 443으로 나간 요청의 응답은 임시 포트로 돌아오므로 방향마다 규칙이 필요합니다. 차단된 패킷은 오류 없이 시간 초과로만 나타납니다.',
  },

  evaluate: ({ network, paths }) =>
    causesOf(paths, ['network-acl-closed'], ({ networkAclId }) => networkAclId).map((cause) => {
      const { networkAclId } = cause.faults[0]
      const acl = listed(network.networkAcls).find(({ id }) => id === networkAclId)
      return findingOf(cause, networkAclId, {
        networkAclId,
        subnetIds: distinct(cause.faults.map(({ subnetId }) => subnetId)),
        closed: cause.faults,
        changes: acl === undefined ? [] : aclChanges(network, acl, cause.faults),
      })
    }),

  explain: ({ networkAclId, subnetIds, closed }) => ({
    en: `${networkAclId}, the network ACL of ${subnetIds.join(', ')}, drops ${lines(closed)
      .map(({ en }) => en)
      .join('; ')}.`,
    ko: `네트워크 ACL이 패킷을 버립니다: ${networkAclId} (서브넷 ${subnetIds.join(', ')}). ${lines(closed)
      .map(({ ko }) => ko)
      .join('; ')}`,
  }),

  remedy: ({ changes }) => ({ changes, after: [NOTE] }),
})

const NOTE: Text = {
  en: 'Note: the ECS page on verifying connectivity prints this pair the other way round (outbound 1024-65535, inbound 443), which fits the subnet of an endpoint, not that of a task.',
  ko: '참고: ECS의 연결 확인 문서에는 이 한 쌍이 반대로(아웃바운드 1024-65535, 인바운드 443) 적혀 있으며, 이는 태스크가 아니라 엔드포인트의 서브넷에 맞는 규칙입니다.',
}

/** One line for each direction, kind of packet, port and rule, whatever the number of peers. */
function lines(closed: readonly Closed[]): readonly Text[] {
  const groups = grouped(closed, ({ direction, packets, ports, ruleNumber }) =>
    [direction, packets, portText(ports), ruleText(ruleNumber)].join(' '),
  )
  return [...groups.values()].map((members) => {
    const [{ direction, packets, ports, ruleNumber }] = members as [Closed]
    const [span, number] = [portText(ports), ruleText(ruleNumber)]
    const peers = distinct(members.flatMap(({ peer }) => peer.split(', '))).join(', ')
    const sent = packets === 'request' ? { en: 'requests', ko: '요청' } : { en: 'replies', ko: '응답' }
    const side = direction === 'outbound' ? '아웃바운드' : '인바운드'
    return {
      en: `${direction} ${sent.en} (port ${span}, by rule ${number}: ${peers})`,
      ko: `${side} ${sent.ko}(포트 ${span}, 규칙 ${number}: ${peers})`,
    }
  })
}

function ruleText(number: number | null): string {
  return number === null || number === FINAL_RULE ? '*' : String(number)
}

function portText({ from, to }: { readonly from: number; readonly to: number }): string {
  return from === to ? String(from) : `${from}-${to}`
}
