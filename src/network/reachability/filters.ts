/** Security groups and network ACLs as hops: what they let pass, and in one sentence which rule decided. */
import type { NetworkAcl, Subnet } from '../../domain/network.ts'
import type { Fault, Hop, PortRange } from '../../domain/path.ts'
import type { Text } from '../../domain/text.ts'
import { formatRanges } from '../addresses.ts'
import { decisionOf, type Filtered } from '../filtering.ts'
import { type AclShare, FINAL_RULE, sharesOf } from '../network-acls.ts'
import { type Box, destinations, fromSources, NONE, type Packets, toward, without } from '../packets.ts'
import { equal, has, intersect, isEmpty, type Ranges, spansOf, unionAll } from '../ranges.ts'
import { type Opening, openingOf } from '../security-groups.ts'
import type { Flow } from './flow.ts'

export interface FilterHop {
  readonly hop: Hop
  readonly filtered: Filtered
}

/** The sender's groups, outbound. A reference to a group matches members' private addresses only. */
export function securityGroupEgress(flow: Flow, sent: Packets): FilterHop {
  const { index, from, to, protocol, port, family } = flow
  const opening = openingOf(index, from.groupIds, 'egress', protocol, port)
  const referenced = to.interface?.groupIds.some((id) => opening.groupIds.has(id)) === true
  const reaches = referenced && referenceCarries(flow, to.interface?.vpcId ?? '', 'egress')
  const open = reaches ? to.addresses : opening.addresses(family)
  const pass = reaches ? sent : toward(sent, open)
  const filtered: Filtered = { pass, maybe: opening.missing === null ? pass : sent }
  const fault: Fault = {
    kind: 'egress-closed',
    groupIds: from.groupIds,
    destination: to.kind === 's3' ? 's3' : to.kind === 'public' ? 'internet' : 'address',
    prefixListId: to.prefixListId,
    peerGroupIds: to.interface?.groupIds ?? [],
    port,
  }
  const why = groupSentence(
    flow,
    opening,
    decisionOf(sent, filtered),
    'egress',
    to.label,
    destinations(without(sent, pass)),
  )
  return {
    filtered,
    hop: filterHop('security-group-egress', from.groupIds.join(',') || null, sent, filtered, why, fault, opening),
  }
}

/** The groups of the interface that receives, inbound. */
export function securityGroupIngress(
  flow: Flow,
  sent: Packets,
  receiver: { readonly id: string; readonly vpcId: string; readonly groupIds: readonly string[] },
  endpointId: string | null,
): FilterHop {
  const { index, from, protocol, port, family } = flow
  const opening = openingOf(index, receiver.groupIds, 'ingress', protocol, port)
  const referenced = from.groupIds.some((id) => opening.groupIds.has(id))
  const all = referenced && referenceCarries(flow, receiver.vpcId, 'ingress')
  const pass = all ? sent : fromSources(sent, opening.addresses(family))
  const filtered: Filtered = { pass, maybe: opening.missing === null ? pass : sent }
  const refused = unionAll(without(sent, pass).map((one) => one.source))
  const fromText = formatRanges(isEmpty(refused) ? from.addresses : refused)
  const fault: Fault = {
    kind: 'ingress-closed',
    endpointId,
    interfaceId: receiver.id,
    groupIds: receiver.groupIds,
    from: fromText,
    fromGroupIds: from.groupIds,
    port,
  }
  const source: Text = senderLabel(flow)
  const why = groupSentence(flow, opening, decisionOf(sent, filtered), 'ingress', source, refused)
  return {
    filtered,
    hop: filterHop('security-group-ingress', receiver.groupIds.join(',') || null, sent, filtered, why, fault, opening),
  }
}

function senderLabel({ from }: Flow): Text {
  const label = [formatRanges(from.addresses), ...from.groupIds].join(', ')
  return { en: label, ko: label }
}

/**
 * A group reference works within one VPC and over peering; over a transit gateway only inbound, and only where both
 * the gateway and the attachment support it. VPC User Guide, "Security group referencing".
 */
function referenceCarries(flow: Flow, otherVpcId: string, direction: 'ingress' | 'egress'): boolean {
  const own = flow.from.subnet.vpcId
  if (own === otherVpcId) return true
  const { peerings, transit } = flow.index.network
  const joins = (a: string, b: string) => (a === own && b === otherVpcId) || (a === otherVpcId && b === own)
  if (
    peerings.known &&
    peerings.value.some((one) => one.state === 'active' && joins(one.requester.vpcId, one.accepter.vpcId))
  )
    return true
  if (direction === 'egress' || !transit.gateways.known || !transit.vpcAttachments.known) return false
  const supporting = transit.vpcAttachments.value.filter((one) => one.securityGroupReferencing)
  return transit.gateways.value.some(
    ({ id, securityGroupReferencing }) =>
      securityGroupReferencing &&
      [own, otherVpcId].every((vpcId) => supporting.some((one) => one.transitGatewayId === id && one.vpcId === vpcId)),
  )
}

function groupSentence(
  { protocol, port }: Flow,
  opening: Opening,
  decision: Hop['decision'],
  direction: 'egress' | 'ingress',
  peer: Text,
  refused: Ranges,
): Text {
  const service = `${protocol.toUpperCase()} ${port}`
  const [toward, side] = direction === 'egress' ? ['to', 'outbound'] : ['from', 'inbound']
  const sideKo = direction === 'egress' ? '아웃바운드' : '인바운드'
  if (decision === 'unknown') {
    return {
      en: `${opening.missing?.because.en ?? 'rules not known'}; ${service} ${toward} ${peer.en} may or may not be allowed`,
      ko: `${opening.missing?.because.ko ?? '규칙을 알 수 없음'}; ${service} 허용 여부를 판단할 수 없음: ${peer.ko}`,
    }
  }
  if (decision === 'allow') {
    return { en: `${side} ${service} ${toward} ${peer.en} is allowed`, ko: `${sideKo} ${service} 허용됨: ${peer.ko}` }
  }
  if (decision === 'partial') {
    const rest = formatRanges(refused)
    return {
      en: `${side} ${service} ${toward} ${peer.en} is allowed in part; no rule covers ${rest}`,
      ko: `${sideKo} ${service} 일부만 허용됨: ${peer.ko}; 규칙에 없는 주소: ${rest}`,
    }
  }
  const has =
    opening.rules.length === 0
      ? { en: 'no rule opens this port', ko: '이 포트를 여는 규칙이 없음' }
      : openPeers(opening)
  return {
    en: `${side} ${service} ${toward} ${peer.en} is not allowed: ${has.en}`,
    ko: `${sideKo} ${service} 허용되지 않음: ${peer.ko} (${has.ko})`,
  }
}

function openPeers({ rules }: Opening): Text {
  const peers = rules.flatMap(({ rule }) => [...rule.cidrs, ...rule.prefixListIds, ...rule.groupIds])
  const list = `${peers.slice(0, 4).join(', ')}${peers.length > 4 ? ', …' : ''}`
  return { en: `rules for this port name only ${list}`, ko: `이 포트의 규칙에 있는 대상: ${list}` }
}

function filterHop(
  at: Hop['at'],
  id: string | null,
  sent: Packets,
  filtered: Filtered,
  why: Text,
  fault: Fault,
  opening: Opening,
): Hop {
  const decision = decisionOf(sent, filtered)
  if (decision === 'allow') return { at, id, decision, why }
  if (decision === 'unknown' && opening.missing !== null) return { at, id, decision, why, missing: opening.missing }
  return { at, id, decision, why, fault }
}

/** Which packets of the flow an ACL sees, and which side of them its CIDR speaks of. */
export interface AclView {
  readonly direction: 'outbound' | 'inbound'
  readonly packets: 'request' | 'reply'
}

/** A subnet's ACL in one direction, for requests (to the flow's port) or replies (to its source ports). */
export function networkAcl(flow: Flow, subnet: Subnet, view: AclView, sent: Packets): FilterHop {
  const at = view.direction === 'outbound' ? 'network-acl-out' : 'network-acl-in'
  const found = flow.index.networkAclOf(subnet)
  if (found.is !== 'there') {
    const missing = found.is === 'unread' ? found.missing : { permission: null, because: { en: '', ko: '' } }
    return {
      filtered: { pass: NONE, maybe: sent, missing },
      hop: { at, id: null, decision: 'unknown', why: missing.because, missing },
    }
  }
  const shares = sharesOf(flow.index, found.value, view.direction === 'outbound', flow.protocol, flow.family)
  const pass = sharedPackets(flow, shares, view, sent, true)
  const filtered: Filtered = { pass, maybe: pass }
  return { filtered, hop: aclHop(flow, found.value, subnet, view, shares, sent, filtered) }
}

/** Requests going out and replies coming in are matched by the destination's address, the other two by the source's. */
function peerIsDestination({ direction, packets }: AclView): boolean {
  return (direction === 'outbound') === (packets === 'request')
}

/** Shares of an ACL are disjoint, so what they take of the packets is, too. */
function sharedPackets(flow: Flow, shares: readonly AclShare[], view: AclView, sent: Packets, allow: boolean): Packets {
  const byDestination = peerIsDestination(view)
  const taken: Box[] = []
  for (const share of shares) {
    if (share.allow !== allow) continue
    if (view.packets === 'request' && !has(share.ports, flow.port)) continue
    for (const one of sent) {
      const peers = intersect(byDestination ? one.destination : one.source, share.peers)
      const ports = view.packets === 'request' ? one.ports : intersect(one.ports, share.ports)
      if (isEmpty(peers) || isEmpty(ports)) continue
      if (
        byDestination ? peers === one.destination && ports === one.ports : peers === one.source && ports === one.ports
      )
        taken.push(one)
      else taken.push(byDestination ? { ...one, destination: peers, ports } : { ...one, source: peers, ports })
    }
  }
  return taken.length === sent.length && taken.every((one, at) => one === sent[at]) ? sent : taken
}

function aclHop(
  flow: Flow,
  acl: NetworkAcl,
  subnet: Subnet,
  view: AclView,
  shares: readonly AclShare[],
  sent: Packets,
  filtered: Filtered,
): Hop {
  const at = view.direction === 'outbound' ? 'network-acl-out' : 'network-acl-in'
  const decision = decisionOf(sent, filtered)
  const what = packetsLabel(flow, view)
  const sideKo = view.direction === 'outbound' ? '아웃바운드' : '인바운드'
  if (decision === 'allow') {
    const why = {
      en: `${view.direction} ${what.en} are allowed at ${subnet.id}`,
      ko: `${sideKo} ${what.ko} 허용됨: ${subnet.id}`,
    }
    return { at, id: acl.id, decision, why }
  }
  const refusing = refusals(flow, shares, view, sent)
  const rule = refusing[0]?.ruleNumber ?? FINAL_RULE
  const refused = without(sent, filtered.pass)
  const peers = unionAll(refused.map((one) => (peerIsDestination(view) ? one.destination : one.source)))
  const ports = portsText(view.packets === 'request' ? { from: flow.port, to: flow.port } : spanOf(refused))
  const ruleText =
    rule === FINAL_RULE
      ? { en: 'no rule allows it (rule *)', ko: '허용하는 규칙이 없음(규칙 *)' }
      : { en: `rule ${rule} denies it`, ko: `규칙 ${rule}에서 거부됨` }
  const fault: Fault = {
    kind: 'network-acl-closed',
    networkAclId: acl.id,
    subnetId: subnet.id,
    direction: view.direction,
    ports: view.packets === 'request' ? { from: flow.port, to: flow.port } : spanOf(refused),
    peer: peerText(flow, view, peers),
    ruleNumber: rule,
    packets: view.packets,
  }
  const partly = decision === 'partial' ? { en: ' in part', ko: ' 일부' } : { en: '', ko: '' }
  const why = {
    en: `${view.direction} ${what.en} (port ${ports}, ${fault.peer}) are refused${partly.en} at ${subnet.id}: ${ruleText.en}`,
    ko: `${sideKo} ${what.ko}${partly.ko} 거부됨(포트 ${ports}, ${fault.peer}): ${subnet.id}, ${ruleText.ko}`,
  }
  return { at, id: acl.id, decision, why, fault }
}

function peerText(flow: Flow, view: AclView, peers: Ranges): string {
  if (peerIsDestination(view) && flow.to.kind === 'public' && equal(peers, flow.to.addresses)) {
    return flow.family === 4 ? '0.0.0.0/0' : '::/0'
  }
  return formatRanges(peers)
}

function refusals(flow: Flow, shares: readonly AclShare[], view: AclView, sent: Packets): readonly AclShare[] {
  return shares
    .filter((share) => !share.allow && sharedPackets(flow, [share], view, sent, false).length > 0)
    .sort((a, b) => a.ruleNumber - b.ruleNumber)
}

function packetsLabel({ protocol, port }: Flow, { packets }: AclView): Text {
  const service = `${protocol.toUpperCase()} ${port}`
  return packets === 'request'
    ? { en: `requests (${service})`, ko: `요청(${service})` }
    : { en: `replies (${service} to ephemeral ports)`, ko: `응답(${service}, 임시 포트)` }
}

function spanOf(packets: Packets): PortRange {
  const spans = spansOf(unionAll(packets.map((one) => one.ports)))
  return { from: spans[0]?.[0] ?? 0, to: (spans.at(-1)?.[1] ?? 65536) - 1 }
}

function portsText({ from, to }: PortRange): string {
  return from === to ? String(from) : `${from}-${to}`
}
