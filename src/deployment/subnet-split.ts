/** Which subnets a start succeeds in, and in which it fails: what makes a rollout slow instead of failed. */
import { grouped } from '../domain/collections.ts'
import type { Path } from '../domain/path.ts'

export interface ZonedSubnet {
  readonly subnetId: string
  /** Null where it is not known. */
  readonly zone: string | null
}

export interface SplitSubnet extends ZonedSubnet {
  /** The first required path that is blocked; null in a good subnet. */
  readonly brokenBy: Path | null
}

export interface SubnetSplit {
  readonly good: readonly SplitSubnet[]
  readonly bad: readonly SplitSubnet[]
  /** Neither surely good nor surely bad. */
  readonly unsure: readonly SplitSubnet[]
}

export function splitSubnets(paths: readonly Path[]): SubnetSplit {
  const split = { good: [] as SplitSubnet[], bad: [] as SplitSubnet[], unsure: [] as SplitSubnet[] }
  const required = paths.filter((path) => path.required)
  for (const [subnetId, own] of grouped(required, ({ from }) => from.subnetId)) {
    const brokenBy = own.find((path) => path.outcome === 'blocked') ?? null
    const subnet = { subnetId, zone: own[0]?.from.availabilityZone || null, brokenBy }
    if (brokenBy !== null) split.bad.push(subnet)
    else if (own.every((path) => path.outcome === 'reachable' || path.outcome === 'degraded')) split.good.push(subnet)
    else split.unsure.push(subnet)
  }
  return split
}

/**
 * Share of the starts that land where they fail, from 0 to 1: ECS balances over zones, and between subnets of one zone no
 * rule is documented (ECS Developer Guide, Amazon ECS services). A subnet whose zone is not known is a zone of its own.
 */
export function failingShare({
  good,
  bad,
  unsure,
}: Readonly<Record<keyof SubnetSplit, readonly ZonedSubnet[]>>): number {
  const all = [...good, ...bad, ...unsure]
  if (all.length === 0) return 0
  const zones = grouped(all, zoneOf)
  const badOfZone = grouped(bad, zoneOf)
  const shares = [...zones].map(([zone, own]) => (badOfZone.get(zone)?.length ?? 0) / own.length)
  return shares.reduce((sum, share) => sum + share, 0) / zones.size
}

function zoneOf({ zone, subnetId }: ZonedSubnet): string {
  return zone ?? subnetId
}
