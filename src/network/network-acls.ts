/**
 * Network ACLs: numbered rules, the first that matches decides, stateless, at the border of a subnet.
 * VPC User Guide, "Network ACL rules". Partial overlaps are kept exact: each rule takes its part of what is left.
 */
import type { NetworkAcl, NetworkAclEntry } from '../domain/network.ts'
import type { Missing } from '../domain/path.ts'
import { everyAddress, type Family, parseBlock } from './addresses.ts'
import type { NetworkIndex } from './network-index.ts'
import { ALL_PORTS, intersect, isEmpty, portRanges, type Ranges, subtract } from './ranges.ts'
import { coversProtocol } from './security-groups.ts'

/** One rule's share of (peer address × destination port of the packet). Shares of one ACL are disjoint and cover everything. */
export interface AclShare {
  readonly allow: boolean
  /** 32767 is the final `*` entry; it stands for "no rule" too. */
  readonly ruleNumber: number
  readonly peers: Ranges
  readonly ports: Ranges<number>
}

export const FINAL_RULE = 32767

/**
 * Of one direction: 20 of each family, the final one included, "can be increased up to a maximum of 40" (VPC User Guide, Amazon VPC
 * quotas). Shares multiply where blocks and ports cross, so that a list without end could not be judged in time.
 */
const MOST_ENTRIES = 80

/** Null where the ACL is one that AWS permits. */
export function overQuota({ id, entries }: NetworkAcl, egress: boolean): Missing | null {
  let count = 0
  for (const entry of entries) if (entry.egress === egress) count += 1
  if (count <= MOST_ENTRIES) return null
  const because = {
    en: `${id} has ${count} ${egress ? 'outbound' : 'inbound'} rules, and AWS permits ${MOST_ENTRIES}, 40 of each family`,
    ko: `네트워크 ACL의 ${egress ? '아웃바운드' : '인바운드'} 규칙이 너무 많음: ${id} (규칙 ${count}개, AWS 한도는 주소 체계별 40개로 총 ${MOST_ENTRIES}개)`,
  }
  return { permission: null, reason: ['network-acl-over-quota', id, egress ? 'outbound' : 'inbound', count], because }
}

export function sharesOf(
  index: NetworkIndex,
  acl: NetworkAcl,
  egress: boolean,
  protocol: string,
  family: Family,
): readonly AclShare[] {
  return index.onceFor(acl, `${egress} ${protocol} ${family}`, () => computeShares(acl, egress, protocol, family))
}

interface Left {
  readonly peers: Ranges
  readonly ports: Ranges<number>
}

function computeShares(acl: NetworkAcl, egress: boolean, protocol: string, family: Family): AclShare[] {
  const entries = acl.entries
    .filter((entry) => entry.egress === egress && coversProtocol(entry.protocol, protocol))
    .sort((a, b) => a.ruleNumber - b.ruleNumber)
  const shares: AclShare[] = []
  let left: readonly Left[] = [{ peers: everyAddress(family), ports: ALL_PORTS }]
  for (const entry of entries) {
    const block = parseBlock(entry.cidr)
    if (block?.family !== family) continue
    const ports = portsOf(entry)
    const next: Left[] = []
    for (const one of left) {
      const peers = intersect(one.peers, block.ranges)
      const hit = intersect(one.ports, ports)
      if (isEmpty(peers) || isEmpty(hit)) {
        next.push(one)
        continue
      }
      shares.push({ allow: entry.allow, ruleNumber: entry.ruleNumber, peers, ports: hit })
      const otherPeers = subtract(one.peers, block.ranges)
      if (!isEmpty(otherPeers)) next.push({ peers: otherPeers, ports: one.ports })
      const otherPorts = subtract(one.ports, ports)
      if (!isEmpty(otherPorts)) next.push({ peers, ports: otherPorts })
    }
    left = next
  }
  for (const one of left) shares.push({ allow: false, ruleNumber: FINAL_RULE, ...one })
  return shares
}

function portsOf(entry: NetworkAclEntry): Ranges<number> {
  return entry.protocol === '-1' || entry.ports === null ? ALL_PORTS : portRanges(entry.ports.from, entry.ports.to)
}
