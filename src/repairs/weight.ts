/** Which of two repairs is the smaller one: fewer changes, then less opened, then less to pay, then fewer others touched. */
import type { Change } from '../domain/change.ts'
import { compare } from '../domain/collections.ts'

/** Compared from the first number to the last. */
export type Weight = readonly number[]

/** A wait changes nothing. */
export function isWait({ kind }: Change): boolean {
  return kind === 'describe-vpc-endpoints'
}

export function countOf(changes: readonly Change[]): number {
  return changes.filter((change) => !isWait(change)).length
}

export function compareWeights(one: Weight, other: Weight): number {
  const at = one.findIndex((number, index) => number !== other[index])
  return at < 0 ? 0 : (one[at] ?? 0) - (other[at] ?? 0)
}

/** How much more is let through than before, by the widest peer and by all of the ports; a group reference opens least. */
export function opennessOf(changes: readonly Change[]): number {
  return changes.reduce((sum, change) => sum + openness(change), 0)
}

/** Of peers: a group, a prefix list, a block of addresses by its size, everybody. */
function openness(change: Change): number {
  switch (change.kind) {
    case 'authorize-security-group-egress':
    case 'authorize-security-group-ingress': {
      const ports = change.fromPort === change.toPort ? 0 : 1
      if (change.referencedGroupId !== undefined) return 1 + ports
      if (change.prefixListId !== undefined) return 2 + ports
      return ports + widthOf(change.cidrIpv4 ?? change.cidrIpv6 ?? '')
    }
    case 'create-network-acl-entry':
      return change.ruleAction === 'deny' ? 0 : widthOf(change.cidrBlock ?? change.ipv6CidrBlock ?? '')
    case 'delete-network-acl-entry':
      return 8
    case 'create-route':
    case 'replace-route':
      return widthOf(change.destinationCidrBlock ?? change.destinationIpv6CidrBlock ?? '/32')
    case 'create-vpc-block-public-access-exclusion':
      return 64
    default:
      return 0
  }
}

/** From 3 for one address to 35 and more for every address: the bits that a block leaves free. */
function widthOf(block: string): number {
  const bits = Number(block.split('/')[1] ?? (block.includes(':') ? 128 : 32))
  return 3 + (block.includes(':') ? (128 - bits) / 4 : 32 - bits)
}

/** By what is written, so that the same facts always give the same order. */
export function compareText(one: readonly Change[], other: readonly Change[]): number {
  return compare(JSON.stringify(one), JSON.stringify(other))
}
