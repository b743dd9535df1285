/** Which kind of address a client dialled: Amazon S3, another public one, or one inside the VPC. */
import { type Block, parseBlock } from '../network/addresses.ts'

export type AddressClass = 's3' | 'public' | 'private'

/**
 * Blocks that hold nothing but S3, in any Region, as AWS IP address ranges (ip-ranges.json, service S3) has listed them for years.
 * Wider than the prefixes of one Region and never complete: smaller S3 prefixes lie inside blocks shared with EC2.
 */
const WELL_KNOWN_S3 = [
  '3.5.0.0/16',
  '16.12.0.0/16',
  '16.15.0.0/16',
  '16.182.0.0/16',
  '18.34.0.0/19',
  '18.34.232.0/21',
  '18.34.240.0/20',
  '52.92.0.0/16',
  '52.95.128.0/18',
  '52.216.0.0/14',
  '54.231.0.0/16',
  '54.222.48.0/21',
  '108.175.48.0/21',
  '1.178.4.0/22',
  '1.178.90.0/23',
]

/** The third and fourth byte of AWS IPv6 addresses name the service: the same pairs stand for S3 in every Region. */
const WELL_KNOWN_S3_IPV6 =
  /^(2600:1f(60|68|a0|b9|ef|f0|f4|f8|f9|fa)|2406:da(60|61|68|a0|b9|ef|f0|f4|f8|f9|fa)|2a05:d0(50|59|70|74|78|79|7a)):/

const PRIVATE = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  'fc00::/7',
  'fe80::/10',
  '::1/128',
]

/**
 * Is this an address of Amazon S3? Prefixes that are handed in (from the managed prefix list com.amazonaws.REGION.s3, which is what a
 * gateway endpoint routes by) decide alone for their address family; without them, the well-known blocks above do.
 * False for anything that is no address.
 */
export function isS3Address(ip: string, prefixes: readonly string[] = []): boolean {
  const address = parseBlock(ip)
  if (address === null) return false
  const given = prefixes.map(parseBlock).filter((block) => block?.family === address.family) as Block[]
  if (given.length > 0) return given.some((block) => holds(block, address))
  if (address.family === 6) return WELL_KNOWN_S3_IPV6.test(ip.toLowerCase())
  return inAny(WELL_KNOWN_S3, address)
}

/** RFC 1918, shared address space (RFC 6598), loopback, link-local and their IPv6 counterparts. False for anything that is no address. */
export function isPrivateAddress(ip: string): boolean {
  const address = parseBlock(ip)
  return address !== null && inAny(PRIVATE, address)
}

/** Null for anything that is no address, for instance one that its author masked. */
export function classOfAddress(ip: string, s3Prefixes: readonly string[] = []): AddressClass | null {
  if (parseBlock(ip) === null) return null
  if (isPrivateAddress(ip)) return 'private'
  return isS3Address(ip, s3Prefixes) ? 's3' : 'public'
}

function inAny(cidrs: readonly string[], address: Block): boolean {
  return cidrs.some((cidr) => {
    const block = parseBlock(cidr)
    return block !== null && holds(block, address)
  })
}

function holds(block: Block, address: Block): boolean {
  if (block.family !== address.family) return false
  const [from, to] = block.ranges
  const [point] = address.ranges
  return from !== undefined && to !== undefined && point !== undefined && point >= from && point < to
}
