/** Security groups as hops: what they let pass, and in one sentence which rules decided. */
import { listed, missingFrom, type Unread } from '../../domain/answer.ts'
import type { NetworkInterface } from '../../domain/network.ts'
import type { Fault, Hop, Missing, Reason, Statement } from '../../domain/path.ts'
import type { Text } from '../../domain/text.ts'
import { formatRanges, publicAddresses } from '../addresses.ts'
import { decisionOf, type Filtered } from '../filtering.ts'
import { fromSources, type Packets, toward, without } from '../packets.ts'
import { intersect, isEmpty, type Ranges, unionAll } from '../ranges.ts'
import { type Direction, type Opening, openingOf, unseenGroup } from '../security-groups.ts'
import { type FilterHop, type Flow, labelOf } from './flow.ts'

/** The groups of one side, and what they do to packets. */
interface GroupCheck {
  readonly direction: Direction
  readonly groupIds: readonly string[]
  readonly opening: Opening
  /** More may be let through than `opening` says. */
  readonly missing: Missing | null
  readonly sent: Packets
  readonly filtered: Filtered
  /** Addresses that no rule covers. */
  readonly refused: Ranges
}

/** The sender's groups, outbound. */
export function securityGroupEgress(flow: Flow, sent: Packets): FilterHop {
  const { from, to, port } = flow
  const peer = { vpcId: to.interface?.vpcId ?? '', groupIds: to.interface?.groupIds ?? [] }
  const check = checkOf(flow, 'egress', from.groupIds, peer, sent)
  const fault: Fault = {
    kind: 'egress-closed',
    groupIds: from.groupIds,
    destination: destinationOf(flow),
    prefixListId: to.prefixListId,
    peerGroupIds: peer.groupIds,
    port,
  }
  return { filtered: check.filtered, hop: groupHop(flow, check, fault) }
}

function destinationOf({ to: { kind }, family }: Flow): string {
  if (kind === 's3') return 's3'
  if (kind !== 'public') return 'address'
  return family === 4 ? 'internet' : 'ipv6-internet'
}

/** The groups of the interface that receives, inbound. */
export function securityGroupIngress(
  flow: Flow,
  sent: Packets,
  { id: interfaceId, vpcId, groupIds }: Pick<NetworkInterface, 'id' | 'vpcId' | 'groupIds'>,
  endpointId: string | null,
): FilterHop {
  const { from, port } = flow
  const check = checkOf(flow, 'ingress', groupIds, { vpcId, groupIds: from.groupIds }, sent)
  const closed = {
    interfaceId,
    groupIds,
    from: formatRanges(isEmpty(check.refused) ? from.addresses : check.refused),
    fromGroupIds: from.groupIds,
    port,
  }
  const mounted = flow.index.mountTargetAt(interfaceId)
  const fault: Fault =
    mounted === null
      ? { kind: 'ingress-closed', endpointId, ...closed }
      : { kind: 'mount-target-closed', fileSystemId: mounted.fileSystemId, ...closed }
  return { filtered: check.filtered, hop: groupHop(flow, check, fault) }
}

/** A reference to a group matches members' private addresses only. `peer`: the groups of the other side, and the VPC that is not the sender's. */
function checkOf(
  flow: Flow,
  direction: Direction,
  groupIds: readonly string[],
  peer: Pick<NetworkInterface, 'vpcId' | 'groupIds'>,
  sent: Packets,
): GroupCheck {
  const isEgress = direction === 'egress'
  const opening = openingOf(flow.index, groupIds, direction, flow.protocol, flow.port)
  const isReferenced = peer.groupIds.some((id) => opening.groupIds.has(id))
  const carried = isReferenced && referenceCarries(flow, peer.vpcId, direction)
  const pass = carried === true ? sent : (isEgress ? toward : fromSources)(sent, opening.addresses(flow.family))
  const unseen = isEgress ? unseenPeer(flow, opening) : isReferenced ? null : goneOf(flow, peer, opening)
  const missing = opening.missing ?? missingOf(carried) ?? unseen
  const refused = unionAll(without(sent, pass).map((one) => (isEgress ? one.destination : one.source)))
  const filtered = { pass, maybe: missing === null ? pass : sent }
  return { direction, groupIds, opening, missing, sent, filtered, refused }
}

/**
 * A group reference works within one VPC and over peering; over a transit gateway only inbound, and only where both
 * the gateway and the attachment support it. VPC User Guide, "Security group referencing".
 */
function referenceCarries(flow: Flow, otherVpcId: string, direction: Direction): boolean | Unread {
  const own = flow.from.subnet.vpcId
  if (own === otherVpcId) return true
  const { peerings, transit } = flow.index.network
  const joins = (a: string, b: string) => (a === own && b === otherVpcId) || (a === otherVpcId && b === own)
  const active = listed(peerings).filter(({ state }) => state === 'active')
  if (active.some(({ requester, accepter }) => joins(requester.vpcId, accepter.vpcId))) return true
  if (!peerings.known) return peerings
  if (direction === 'egress') return false
  if (!transit.gateways.known) return transit.gateways
  if (!transit.vpcAttachments.known) return transit.vpcAttachments
  const supporting = transit.vpcAttachments.value.filter((one) => one.securityGroupReferencing)
  return transit.gateways.value.some(
    ({ id, securityGroupReferencing }) =>
      securityGroupReferencing &&
      [own, otherVpcId].every((vpcId) => supporting.some((one) => one.transitGatewayId === id && one.vpcId === vpcId)),
  )
}

/** Whatever takes the place of a group that is gone may be one that the rules name. */
function goneOf({ index }: Flow, { groupIds }: Pick<NetworkInterface, 'groupIds'>, opening: Opening): Missing | null {
  const gone = opening.groupIds.size === 0 ? undefined : groupIds.find((id) => index.securityGroup(id).is !== 'there')
  return gone === undefined ? null : unseenGroup(gone)
}

/** A private address may be that of a member of any group that the rules name, where its interface was not read. */
function unseenPeer({ to }: Flow, { groupIds }: Opening): Missing | null {
  const isOpen = to.kind !== 'address' || to.interface !== null || !to.interfacesPartlyRead || groupIds.size === 0
  if (isOpen || !isEmpty(intersect(to.addresses, publicAddresses(4)))) return null
  const because = { en: `the groups of ${to.name} are not known`, ko: `보안 그룹을 알 수 없는 주소: ${to.name}` }
  return { permission: 'ec2:DescribeNetworkInterfaces', reason: ['groups-unknown', to.name], because }
}

function missingOf(carried: boolean | Unread): Missing | null {
  if (typeof carried === 'boolean') return null
  const what = { en: 'what joins the two VPCs', ko: '두 VPC를 연결하는 리소스' }
  return missingFrom(carried, ['group-reference-undecided', carried.permission], what)
}

function groupHop(flow: Flow, check: GroupCheck, fault: Fault): Hop {
  const { direction, groupIds, missing, sent, filtered } = check
  const at = direction === 'egress' ? 'security-group-egress' : 'security-group-ingress'
  const decision = decisionOf(sent, filtered)
  const hop: Hop = { at, id: groupIds.join(',') || null, decision, ...groupStatement(flow, check, decision) }
  if (decision === 'allow') return hop
  return decision === 'unknown' && missing !== null ? { ...hop, missing } : { ...hop, fault }
}

function groupStatement(flow: Flow, check: GroupCheck, decision: Hop['decision']): Statement {
  const { direction, opening, missing, refused } = check
  const isEgress = direction === 'egress'
  const sender = [flow.index.textOf(flow.from.addresses), ...flow.from.groupIds].join(', ')
  const peer: Text = isEgress ? labelOf(flow.to) : { en: sender, ko: sender }
  const service = `${flow.protocol.toUpperCase()} ${flow.port}`
  const [toward, side, sideKo] = isEgress ? ['to', 'outbound', '아웃바운드'] : ['from', 'inbound', '인바운드']
  const said = (values: Reason | readonly string[], why: Text): Statement => ({
    reason: [`security-group-${decision}`, direction, service, isEgress ? flow.to.name : sender, ...values],
    why,
  })
  switch (decision) {
    case 'unknown':
      return said(missing?.reason ?? [], {
        en: `${missing?.because.en ?? 'rules not known'}; ${service} ${toward} ${peer.en} may or may not be allowed`,
        ko: `${missing?.because.ko ?? '규칙을 알 수 없음'}; ${service} 허용 여부를 판단할 수 없음: ${peer.ko}`,
      })
    case 'allow':
      return said([], {
        en: `${side} ${service} ${toward} ${peer.en} is allowed`,
        ko: `${sideKo} ${service} 허용됨: ${peer.ko}`,
      })
    case 'partial': {
      const rest = formatRanges(refused)
      return said([rest], {
        en: `${side} ${service} ${toward} ${peer.en} is allowed in part; no rule covers ${rest}`,
        ko: `${sideKo} ${service} 일부만 허용됨: ${peer.ko}; 규칙에 없는 주소: ${rest}`,
      })
    }
    default: {
      const list = openPeers(opening)
      const has =
        list === null
          ? { en: 'no rule opens this port', ko: '이 포트를 여는 규칙이 없음' }
          : { en: `rules for this port name only ${list}`, ko: `이 포트의 규칙에 있는 대상: ${list}` }
      return said(list === null ? [] : [list], {
        en: `${side} ${service} ${toward} ${peer.en} is not allowed: ${has.en}`,
        ko: `${sideKo} ${service} 허용되지 않음: ${peer.ko} (${has.ko})`,
      })
    }
  }
}

/** Null where no rule opens the port. */
function openPeers({ rules }: Opening): string | null {
  if (rules.length === 0) return null
  const peers = rules.flatMap(({ rule }) => [...rule.cidrs, ...rule.prefixListIds, ...rule.groupIds])
  return `${peers.slice(0, 4).join(', ')}${peers.length > 4 ? ', …' : ''}`
}
