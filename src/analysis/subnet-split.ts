/** Which subnets a start succeeds in, and in which it fails: what makes a rollout slow instead of failed. */
import type { Path } from '../domain/path.ts'

export interface SplitSubnet {
  readonly subnetId: string
  readonly zone: string | null
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
  const required = paths.filter((path) => path.required)
  const split = { good: [] as SplitSubnet[], bad: [] as SplitSubnet[], unsure: [] as SplitSubnet[] }
  for (const subnetId of new Set(required.map((path) => path.from.subnetId))) {
    const own = required.filter((path) => path.from.subnetId === subnetId)
    const brokenBy = own.find((path) => path.outcome === 'blocked') ?? null
    const subnet = { subnetId, zone: own[0]?.from.availabilityZone || null, brokenBy }
    if (brokenBy !== null) split.bad.push(subnet)
    else if (own.every((path) => path.outcome === 'reachable' || path.outcome === 'degraded')) split.good.push(subnet)
    else split.unsure.push(subnet)
  }
  return split
}
