/**
 * Route selection over a set of destinations: longest prefix, then static before prefix list before propagated.
 * A blackhole route wins its match and drops. VPC User Guide, "Route priority".
 */
import type { Route, RouteTable } from '../domain/network.ts'
import type { Missing } from '../domain/path.ts'
import { type Family, parseBlock } from './addresses.ts'
import type { NetworkIndex } from './network-index.ts'
import { intersect, isEmpty, type Ranges, subtract, union } from './ranges.ts'

export interface RoutePiece {
  /** The part of the destinations that this route takes. */
  readonly destinations: Ranges
  /** `rival`: two prefix lists of equal length with different targets; AWS picks one at random. */
  readonly route: Route | null
  readonly rival: Route | null
  /** A prefix list route whose entries are not known may take these destinations. */
  readonly missing: Missing | null
}

interface Entry {
  readonly ranges: Ranges
  readonly length: number
  readonly rank: number
  readonly route: Route
}

interface Compiled {
  readonly entries: readonly Entry[]
  readonly missing: Missing | null
}

/**
 * Of one family, prefix lists written out. AWS permits 1,000 routes and 100 propagated ones, for which a customer's list counts with all
 * that it may hold, and each of AWS's few lists with less than it holds (VPC User Guide, Amazon VPC quotas; AWS-managed prefix lists).
 */
const MOST_ENTRIES = 2_000

/** Every subnet of a table asks for the same few sets of addresses. */
export function lookUp(
  index: NetworkIndex,
  table: RouteTable,
  destinations: Ranges,
  family: Family,
): readonly RoutePiece[] {
  return index.onceFor(destinations, `${family} by ${table.id}`, () => select(index, table, destinations, family))
}

function select(index: NetworkIndex, table: RouteTable, destinations: Ranges, family: Family): readonly RoutePiece[] {
  const { entries, missing } = index.onceFor(table, family === 4 ? 'ipv4' : 'ipv6', () => compile(index, table, family))
  if (entries.length > MOST_ENTRIES)
    return [{ destinations, route: null, rival: null, missing: tooMany(table, entries.length, family) }]
  const pieces: RoutePiece[] = []
  let left = destinations
  for (const [at, entry] of entries.entries()) {
    if (isEmpty(left)) break
    const hit = intersect(left, entry.ranges)
    if (isEmpty(hit)) continue
    left = subtract(left, entry.ranges)
    const rival = rivalOf(entries, at, hit)
    pieces.push({
      destinations: hit,
      route: entry.route,
      rival,
      missing: entry.route.target.kind === 'local' ? null : missing,
    })
  }
  if (!isEmpty(left)) pieces.push({ destinations: left, route: null, rival: null, missing })
  return mergeByRoute(pieces)
}

function compile(index: NetworkIndex, table: RouteTable, family: Family): Compiled {
  const entries: Entry[] = []
  let missing: Missing | null = null
  for (const route of table.routes) {
    if (route.destination.startsWith('pl-')) {
      const list = index.prefixList(route.destination)
      if (list.is !== 'there') {
        missing ??= list.is === 'unread' ? list.missing : unknownList(route.destination)
        continue
      }
      if (!list.value.list.entries.known) continue
      for (const cidr of list.value.list.entries.value) entries.push(...entryOf(cidr, route, family, 1))
    } else entries.push(...entryOf(route.destination, route, family, route.propagated ? 2 : 0))
  }
  entries.sort((a, b) => b.length - a.length || a.rank - b.rank)
  return { entries, missing }
}

function entryOf(cidr: string, route: Route, family: Family, rank: number): Entry[] {
  const block = parseBlock(cidr)
  return block?.family === family ? [{ ranges: block.ranges, length: block.length, rank, route }] : []
}

/** Overlapping prefix lists with different targets: VPC User Guide, "Route priority and prefix lists". */
function rivalOf(entries: readonly Entry[], at: number, hit: Ranges): Route | null {
  const winner = entries[at] as Entry
  if (winner.rank !== 1) return null
  for (let i = at + 1; i < entries.length; i++) {
    const other = entries[i] as Entry
    if (other.length !== winner.length || other.rank !== winner.rank) return null
    if (other.route.target.id !== winner.route.target.id && !isEmpty(intersect(hit, other.ranges))) return other.route
  }
  return null
}

function mergeByRoute(pieces: readonly RoutePiece[]): readonly RoutePiece[] {
  const merged: RoutePiece[] = []
  for (const piece of pieces) {
    const at = merged.findIndex((one) => one.route === piece.route && one.rival === piece.rival)
    const same = merged[at]
    if (same === undefined) merged.push(piece)
    else merged[at] = { ...same, destinations: union(same.destinations, piece.destinations) }
  }
  return merged
}

function tooMany({ id }: RouteTable, count: number, family: Family): Missing {
  const because = {
    en: `${id} leads to ${count} IPv${family} blocks, and AWS permits 1,000 routes of a family and 100 propagated ones: more than ${MOST_ENTRIES} are not judged`,
    ko: `라우팅 테이블의 대상 블록이 너무 많음: ${id} (IPv${family} 블록 ${count}개, AWS 한도는 주소 체계별 경로 1,000개와 전파된 경로 100개, ${MOST_ENTRIES}개까지만 판단함)`,
  }
  return { permission: null, reason: ['route-table-over-quota', id, count], because }
}

function unknownList(id: string): Missing {
  const because = { en: `could not read the entries of ${id}`, ko: `읽지 못한 항목: 접두사 목록 ${id}` }
  return { permission: 'ec2:GetManagedPrefixListEntries', reason: ['prefix-list-unread', id], because }
}
