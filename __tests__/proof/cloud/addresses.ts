/** Private addresses that AWS gives out. */
import type { Subnet } from './aws.ts'
import { Refused } from './cloud.ts'

/** AWS keeps the first four addresses of a subnet and the last. */
const KEPT = 4

export function freeAddress({ SubnetId, CidrBlock, AvailableIpAddressCount }: Subnet, used: readonly string[]): string {
  if (AvailableIpAddressCount <= 0) throw new Refused('InsufficientFreeAddressesInSubnet', SubnetId)
  const [base = '', length = ''] = CidrBlock.split('/')
  const first = base.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
  const size = 2 ** (32 - Number(length))
  for (let at = KEPT; at < size - 1; at++) {
    const address = dotted(first + at)
    if (!used.includes(address)) return address
  }
  throw new Refused('InsufficientFreeAddressesInSubnet', SubnetId)
}

function dotted(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.')
}
