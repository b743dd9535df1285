/** Which entries a network ACL needs, with rule numbers that are free and come before the deny that decides now. */
import { listed } from '../../domain/answer.ts'
import type { Change } from '../../domain/change.ts'
import { distinct, grouped } from '../../domain/collections.ts'
import type { Network, NetworkAcl } from '../../domain/network.ts'
import type { FaultOf, PortRange } from '../../domain/path.ts'
import { publicAddresses, rangesOf } from '../../network/addresses.ts'
import { FINAL_RULE } from '../../network/network-acls.ts'
import { covers, intersect, isEmpty, subtract } from '../../network/ranges.ts'

type Closed = FaultOf<'network-acl-closed'>

/** What clients of every kind use. VPC User Guide, "Ephemeral ports". */
const EPHEMERAL: PortRange = { from: 1024, to: 65535 }
/** An ACL takes 20 entries a direction by default, so a few wide ones are better than many. */
const MOST_PEERS = 4

/** Entries before the deny that decides, where numbers are free; where too few are, that deny goes, once, and entries take its place. */
export function aclChanges(network: Network, acl: NetworkAcl, faults: readonly Closed[]): readonly Change[] {
  const used = { true: numbersOf(acl, true), false: numbersOf(acl, false) }
  const gone = { true: new Set<number>(), false: new Set<number>() }
  const groups = grouped(faults, ({ direction, packets, ports, peer }) =>
    [direction, packets === 'reply' ? packets : ports.from, isIpv6(peer)].join(' '),
  )
  return [...groups.values()].flatMap((members) => {
    const [{ direction, packets, ports }] = members as [Closed]
    const egress = direction === 'outbound'
    const taken = used[`${egress}`]
    const before = Math.min(...members.map(({ ruleNumber }) => ruleNumber ?? FINAL_RULE))
    const blocks = peersOf(network, acl.vpcId, members)
    const free = freeNumbers(taken, before, blocks.length)
    const entry = { networkAclId: acl.id, egress }
    const isShort = free.length < blocks.length
    const isFirst = isShort && !gone[`${egress}`].has(before)
    if (isFirst) taken.delete(before)
    const numbers = isShort ? [...free, ...numbersFrom(taken, before, blocks.length - free.length)] : free
    for (const number of numbers) taken.add(number)
    if (isFirst) gone[`${egress}`].add(before)
    const added = blocks.flatMap((block, at): readonly Change[] => {
      const ruleNumber = numbers[at]
      if (ruleNumber === undefined) return []
      const portRange = packets === 'reply' ? EPHEMERAL : ports
      const peer = isIpv6(block) ? { ipv6CidrBlock: block } : { cidrBlock: block }
      const rule = { ...entry, ruleNumber, protocol: '6', portRange, ...peer, ruleAction: 'allow' } as const
      return [{ kind: 'create-network-acl-entry', ...rule }]
    })
    return isFirst ? [{ kind: 'delete-network-acl-entry', ...entry, ruleNumber: before }, ...added] : added
  })
}

function numbersOf(acl: NetworkAcl, egress: boolean): Set<number> {
  return new Set(acl.entries.filter((entry) => entry.egress === egress).map(({ ruleNumber }) => ruleNumber))
}

/** After the last rule when only `*` denies, in tens as people number them; else the nearest ones before the deny. */
function freeNumbers(taken: ReadonlySet<number>, before: number, count: number): readonly number[] {
  const last = Math.max(0, ...[...taken].filter((number) => number < FINAL_RULE))
  const next = Math.floor(last / 10) * 10 + 10
  const tens = Array.from({ length: count }, (_, at) => next + at * 10)
  if (before === FINAL_RULE && tens.every((number) => number < FINAL_RULE)) return tens
  const free: number[] = []
  for (let number = before - 1; number > 0 && free.length < count; number--) if (!taken.has(number)) free.push(number)
  return free
}

function numbersFrom(taken: ReadonlySet<number>, first: number, count: number): readonly number[] {
  const free: number[] = []
  for (let number = first; number < FINAL_RULE && free.length < count; number++)
    if (!taken.has(number)) free.push(number)
  return free
}

/** ACL entries take no prefix lists: public addresses become 0.0.0.0/0 or ::/0, addresses of the VPC the blocks of their subnets. */
function peersOf(network: Network, vpcId: string, faults: readonly Closed[]): readonly string[] {
  const peers = distinct(faults.flatMap(({ peer }) => peer.split(', ')))
  const family = peers.some(isIpv6) ? 6 : 4
  const everywhere = family === 6 ? '::/0' : '0.0.0.0/0'
  const ranges = rangesOf(peers, family)
  const own = listed(network.vpcs).find(({ id }) => id === vpcId)?.cidrs ?? []
  const outside = subtract(publicAddresses(family), rangesOf(own, family))
  if (!isEmpty(intersect(ranges, outside))) return [everywhere]
  const subnets = listed(network.subnets).filter((subnet) => subnet.vpcId === vpcId)
  const blocks = distinct(
    peers.map((peer) => {
      const home = subnets
        .flatMap(({ cidrs }) => cidrs)
        .find((cidr) => covers(rangesOf([cidr], family), rangesOf([peer], family)))
      return home ?? peer
    }),
  )
  if (!peers.includes('…') && blocks.length <= MOST_PEERS) return blocks
  const whole = own.filter((cidr) => isIpv6(cidr) === (family === 6))
  return whole.length > 0 && covers(rangesOf(whole, family), ranges) ? whole : [everywhere]
}

function isIpv6(block: string): boolean {
  return block.includes(':')
}
