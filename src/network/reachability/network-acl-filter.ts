/** Network ACLs as hops: what they let pass, and in one sentence which rule decided. */
import type { NetworkAcl, Subnet } from '../../domain/network.ts'
import type { Fault, Hop, Missing, PortRange, Statement } from '../../domain/path.ts'
import type { Text } from '../../domain/text.ts'
import { decisionOf, type Filtered } from '../filtering.ts'
import { type AclShare, FINAL_RULE, overQuota, sharesOf } from '../network-acls.ts'
import { type Box, NONE, type Packets, without } from '../packets.ts'
import { equal, has, intersect, isEmpty, type Ranges, spansOf, unionAll } from '../ranges.ts'
import type { FilterHop, Flow } from './flow.ts'

/** Which packets of the flow an ACL sees, and which side of them its CIDR speaks of. */
export interface AclView {
  readonly direction: 'outbound' | 'inbound'
  readonly packets: 'request' | 'reply'
}

interface AclCheck {
  readonly flow: Flow
  readonly view: AclView
  readonly shares: readonly AclShare[]
  readonly sent: Packets
}

/** A subnet's ACL in one direction, for requests (to the flow's port) or replies (to its source ports). */
export function networkAcl(flow: Flow, subnet: Subnet, view: AclView, sent: Packets): FilterHop {
  const at = view.direction === 'outbound' ? 'network-acl-out' : 'network-acl-in'
  const found = flow.index.networkAclOf(subnet)
  if (found.is === 'unread') return undecided({ at, id: null }, found.missing, sent)
  const missing = overQuota(found.value, view.direction === 'outbound')
  if (missing !== null) return undecided({ at, id: found.value.id }, missing, sent)
  const shares = sharesOf(flow.index, found.value, view.direction === 'outbound', flow.protocol, flow.family)
  const check: AclCheck = { flow, view, shares, sent }
  const pass = sharedPackets(check, true)
  const filtered: Filtered = { pass, maybe: pass }
  const decision = decisionOf(sent, filtered)
  const words = decision === 'allow' ? opened(subnet, check) : closed(found.value, subnet, check, pass)
  return { filtered, hop: { at, id: found.value.id, ...words, decision } }
}

function undecided(place: Pick<Hop, 'at' | 'id'>, missing: Missing, sent: Packets): FilterHop {
  const { reason, because: why } = missing
  const hop: Hop = { ...place, decision: 'unknown', reason, why, missing }
  return { filtered: { pass: NONE, maybe: sent, missing }, hop }
}

/** The ACL of a subnet that packets come into, and the same for the replies that leave it. */
export function networkAclsInto(flow: Flow, subnet: Subnet, sent: Packets): readonly FilterHop[] {
  return [
    networkAcl(flow, subnet, { direction: 'inbound', packets: 'request' }, sent),
    networkAcl(flow, subnet, { direction: 'outbound', packets: 'reply' }, sent),
  ]
}

/** Requests going out and replies coming in are matched by the destination's address, the other two by the source's. */
function peerIsDestination({ direction, packets }: AclView): boolean {
  return (direction === 'outbound') === (packets === 'request')
}

/** Shares of an ACL are disjoint, so what they take of the packets is, too. */
function sharedPackets({ flow, view, shares, sent }: AclCheck, allow: boolean): Packets {
  const byDestination = peerIsDestination(view)
  const taken: Box[] = []
  for (const share of shares) {
    if (share.allow !== allow) continue
    if (view.packets === 'request' && !has(share.ports, flow.port)) continue
    for (const one of sent) {
      const peers = intersect(byDestination ? one.destination : one.source, share.peers)
      const ports = view.packets === 'request' ? one.ports : intersect(one.ports, share.ports)
      if (isEmpty(peers) || isEmpty(ports)) continue
      if (peers === (byDestination ? one.destination : one.source) && ports === one.ports) taken.push(one)
      else taken.push(byDestination ? { ...one, destination: peers, ports } : { ...one, source: peers, ports })
    }
  }
  return taken.length === sent.length && taken.every((one, at) => one === sent[at]) ? sent : taken
}

function opened(subnet: Subnet, { flow, view }: AclCheck): Statement {
  const what = packetsLabel(flow, view)
  const why = {
    en: `${view.direction} ${what.en} are allowed at ${subnet.id}`,
    ko: `${SIDES[view.direction]} ${what.ko} 허용됨: ${subnet.id}`,
  }
  return { reason: ['network-acl-opens', subnet.id, ...seen(flow, view)], why }
}

function closed({ id }: NetworkAcl, subnet: Subnet, check: AclCheck, pass: Packets): Statement & { fault: Fault } {
  const { flow, view, sent } = check
  const ruleNumber = firstRefusal(check)
  const refused = without(sent, pass)
  const peers = unionAll(refused.map((one) => (peerIsDestination(view) ? one.destination : one.source)))
  const peer = peerText(flow, view, peers)
  const ports = view.packets === 'request' ? { from: flow.port, to: flow.port } : spanOf(refused)
  const fault: Fault = {
    kind: 'network-acl-closed',
    networkAclId: id,
    subnetId: subnet.id,
    direction: view.direction,
    ports,
    peer,
    ruleNumber,
    packets: view.packets,
  }
  const what = packetsLabel(flow, view)
  const rule =
    ruleNumber === FINAL_RULE
      ? { en: 'no rule allows it (rule *)', ko: '허용하는 규칙이 없음(규칙 *)' }
      : { en: `rule ${ruleNumber} denies it`, ko: `규칙 ${ruleNumber}에서 거부됨` }
  const partly = pass.length > 0 ? { en: ' in part', ko: ' 일부' } : { en: '', ko: '' }
  const where = `${portsText(ports)}, ${peer}`
  const why = {
    en: `${view.direction} ${what.en} (port ${where}) are refused${partly.en} at ${subnet.id}: ${rule.en}`,
    ko: `${SIDES[view.direction]} ${what.ko}${partly.ko} 거부됨(포트 ${where}): ${subnet.id}, ${rule.ko}`,
  }
  const extent = pass.length > 0 ? 'in part' : 'whole'
  return { reason: ['network-acl-closes', subnet.id, ...seen(flow, view), where, ruleNumber, extent], why, fault }
}

const SIDES = { outbound: '아웃바운드', inbound: '인바운드' } as const

function seen({ protocol, port }: Flow, { direction, packets }: AclView): readonly (string | number)[] {
  return [direction, packets, protocol, port]
}

function peerText(flow: Flow, view: AclView, peers: Ranges): string {
  if (peerIsDestination(view) && flow.to.kind === 'public' && equal(peers, flow.to.addresses)) {
    return flow.family === 4 ? '0.0.0.0/0' : '::/0'
  }
  return flow.index.textOf(peers)
}

/** The first of the rules that take a part of the packets and deny it. */
function firstRefusal(check: AclCheck): number {
  const refusing = check.shares.filter(
    (share) => !share.allow && sharedPackets({ ...check, shares: [share] }, false).length > 0,
  )
  return Math.min(FINAL_RULE, ...refusing.map(({ ruleNumber }) => ruleNumber))
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
