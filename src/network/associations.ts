/**
 * Which route table, or which network ACL, is a subnet's: the one associated with it, else the VPC's own (the main table, the default ACL).
 * VPC User Guide, "Subnet route tables", "Network ACL basics": of either a subnet has exactly one.
 */
import { distinctBy, grouped } from '../domain/collections.ts'
import type { Subnet } from '../domain/network.ts'

interface OfSubnets {
  readonly id: string
  readonly vpcId: string
  readonly subnetIds: readonly string[]
}

/**
 * Those that claim the subnet: one, or none where it belongs to somebody else (a shared VPC). AWS never answers with more than one; where
 * facts do, nobody knows which of them it is.
 */
export function associations<T extends OfSubnets>(
  all: readonly T[],
  isOwnOfVpc: (one: T) => boolean,
): (subnet: Subnet) => readonly T[] {
  const each = distinctBy(all, ({ id }) => id)
  const bySubnet = new Map<string, T[]>()
  for (const one of each) {
    for (const id of new Set(one.subnetIds)) {
      const others = bySubnet.get(id)
      if (others === undefined) bySubnet.set(id, [one])
      else others.push(one)
    }
  }
  const byVpc = grouped(each.filter(isOwnOfVpc), ({ vpcId }) => vpcId)
  return ({ id, vpcId }) => bySubnet.get(id) ?? byVpc.get(vpcId) ?? []
}
