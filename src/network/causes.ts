/** From judged paths to causes: each fault once, with every path it breaks. One cause is one finding. */
import { distinctReasons, distinctRecords } from '../domain/collections.ts'
import type { Fault, FaultKind, FaultOf, Hop, Path } from '../domain/path.ts'
import type { Affected } from '../domain/report.ts'
import type { Text } from '../domain/text.ts'

/** What a cause does, whatever its kind. */
export interface Effects {
  readonly affects: readonly Affected[]
  /** What the hops said, each reason once. */
  readonly evidence: readonly Text[]
  /** It alone keeps a start that needs the path from succeeding; else the path still works in part, or in the end. */
  readonly blocks: boolean
  /** Some path that it breaks is needed to start, not only later (ECS Exec). */
  readonly required: boolean
}

export interface Cause<Kind extends FaultKind> extends Effects {
  /** One for each different hop that the cause shows at; never empty. */
  readonly faults: readonly [FaultOf<Kind>, ...FaultOf<Kind>[]]
}

/** Causes of these kinds, grouped by `key`: equal keys are one repair. */
export function causesOf<const Kind extends FaultKind>(
  paths: readonly Path[],
  kinds: readonly Kind[],
  key: (fault: FaultOf<Kind>) => string,
): readonly Cause<Kind>[] {
  const groups = new Map<string, { path: Path; hop: Hop; fault: FaultOf<Kind> }[]>()
  for (const path of paths) {
    for (const hop of path.hops) {
      if (hop.fault === undefined || !isOneOf(hop.fault, kinds)) continue
      const id = key(hop.fault)
      const group = groups.get(id) ?? []
      group.push({ path, hop, fault: hop.fault })
      groups.set(id, group)
    }
  }
  return [...groups.values()].map((members) => ({
    faults: distinctRecords(members.map(({ fault }) => fault)) as [FaultOf<Kind>, ...FaultOf<Kind>[]],
    affects: distinctRecords(
      members.map(({ path }) => ({ subnetId: path.from.subnetId, destination: path.destination })),
    ),
    evidence: distinctReasons(members.map(({ hop }) => hop)),
    blocks: members.some(({ path, hop }) => path.required && stopsAlone(path, hop)),
    required: members.some(({ path }) => path.required),
  }))
}

function isOneOf<Kind extends FaultKind>(fault: Fault, kinds: readonly Kind[]): fault is FaultOf<Kind> {
  return (kinds as readonly string[]).includes(fault.kind)
}

/**
 * Filters that each let a part pass, or each stop another address, may leave nothing together: then each of them stops
 * the path, unless one does so by itself.
 */
function stopsAlone(path: Path, hop: Hop): boolean {
  if (path.outcome !== 'blocked') return false
  return closes(hop) || !path.hops.some(closes)
}

function closes({ decision, fault, oneAddress }: Hop): boolean {
  return decision === 'deny' && fault !== undefined && oneAddress === undefined
}
