/** IP addresses and CIDR blocks as sets of numbers: IPv4 as numbers, IPv6 as bigints. Parsing is strict; a bad block is no block. */
import ipaddr from 'ipaddr.js'
import { intersect, type Ranges, spansOf, subtract, unionAll } from './ranges.ts'

export type Family = 4 | 6

export interface Block {
  readonly family: Family
  readonly ranges: Ranges
  /** Prefix length: 0 to 32, or to 128. */
  readonly length: number
}

/** `10.0.0.0/8`, `2600:1f14::/56`, or an address alone. Null for anything else. */
export function parseBlock(text: string): Block | null {
  const slash = text.indexOf('/')
  const address = slash < 0 ? text : text.slice(0, slash)
  const size = slash < 0 ? undefined : text.slice(slash + 1)
  if (size !== undefined && !/^\d{1,3}$/.test(size)) return null
  const v4 = parseIpv4(address)
  if (v4 !== null) {
    const length = size === undefined ? 32 : Number(size)
    if (length > 32) return null
    const width = 2 ** (32 - length)
    const from = Math.floor(v4 / width) * width
    return { family: 4, ranges: [from, from + width], length }
  }
  const v6 = parseIpv6(address)
  if (v6 === null) return null
  const length = size === undefined ? 128 : Number(size)
  if (length > 128) return null
  const width = 1n << BigInt(128 - length)
  const from = (v6 / width) * width
  return { family: 6, ranges: [from, from + width], length }
}

const [ZERO, NINE, DOT] = ['0'.charCodeAt(0), '9'.charCodeAt(0), '.'.charCodeAt(0)]

/**
 * Four decimal parts without leading zeros, as a number; null for anything else. Sign by sign, since rules come by the hundred
 * thousand and a match of a regular expression leaves six objects behind.
 */
export function parseIpv4(text: string): number | null {
  let [value, part, digits, dots] = [0, 0, 0, 0]
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === DOT && digits > 0) {
      value = value * 256 + part
      part = digits = 0
      dots += 1
    } else if (code >= ZERO && code <= NINE && (digits === 0 || part > 0)) {
      part = part * 10 + code - ZERO
      digits += 1
      if (part > 255) return null
    } else return null
  }
  return dots === 3 && digits > 0 ? value * 256 + part : null
}

export function parseIpv6(text: string): bigint | null {
  const plain = withoutDots(text)
  if (!plain.includes(':') || plain.includes('%') || !ipaddr.IPv6.isValid(plain)) return null
  return ipaddr.IPv6.parse(plain)
    .toByteArray()
    .reduce((value, byte) => (value << 8n) | BigInt(byte), 0n)
}

/** The last 32 bits may be written as an IPv4 address (RFC 4291, 2.2), which the library reads in some places only. */
function withoutDots(text: string): string {
  const at = text.lastIndexOf(':')
  const v4 = at < 0 ? null : parseIpv4(text.slice(at + 1))
  if (v4 === null) return text
  return `${text.slice(0, at + 1)}${Math.floor(v4 / 65536).toString(16)}:${(v4 % 65536).toString(16)}`
}

/** The part of these blocks that lies in one family; blocks that cannot be read count for nothing. */
export function rangesOf(cidrs: Iterable<string>, family: Family): Ranges {
  const blocks: Block[] = []
  const ipv4: number[] = []
  for (const cidr of cidrs) {
    const block = parseBlock(cidr)
    if (block?.family !== family) continue
    if (family === 4) ipv4.push(Number(block.ranges[0]) * 64 + block.length)
    else blocks.push(block)
  }
  if (family === 4) return ipv4Ranges(ipv4)
  return unionAll(blocks.map((block) => block.ranges))
}

/** Of blocks that are written as one number, 64 × first address + prefix length: a million of them are sorted in place, where objects take half a gigabyte. */
function ipv4Ranges(blocks: readonly number[]): Ranges<number> {
  const out: number[] = []
  for (const block of blocks.length > 1 ? Float64Array.from(blocks).sort() : blocks) {
    const from = Math.floor(block / 64)
    const to = from + 2 ** (32 - (block % 64))
    const end = out.at(-1)
    if (end === undefined || from > end) out.push(from, to)
    else if (to > end) out[out.length - 1] = to
  }
  return out
}

export function formatPoint(point: number | bigint): string {
  if (typeof point === 'number') {
    return [point / 2 ** 24, point / 2 ** 16, point / 2 ** 8, point].map((part) => Math.floor(part) % 256).join('.')
  }
  const bytes = Array.from({ length: 16 }, (_, index) => Number((point >> BigInt(8 * (15 - index))) & 255n))
  return ipaddr.fromByteArray(bytes).toString()
}

const MOST_BLOCKS = 3

/** For people: CIDR blocks, the first three, then `…`. */
export function formatRanges(set: Ranges): string {
  // Each span has a block at least: those behind the first few are not shown.
  const cidrs = spansOf(set.slice(0, 2 * (MOST_BLOCKS + 1))).flatMap(([from, to]) =>
    cidrsOfSpan(from, to, MOST_BLOCKS + 1),
  )
  const shown = cidrs.slice(0, MOST_BLOCKS).join(', ')
  return cidrs.length > MOST_BLOCKS ? `${shown}, …` : shown
}

/** The largest block that begins at a point and fits, again and again. */
function cidrsOfSpan(from: number | bigint, to: number | bigint, most: number): string[] {
  const out: string[] = []
  if (typeof from === 'number') {
    for (let at = from; at < Number(to) && out.length < most; ) {
      let size = 0
      while (size < 32 && at % 2 ** (size + 1) === 0 && at + 2 ** (size + 1) <= Number(to)) size++
      out.push(`${formatPoint(at)}/${32 - size}`)
      at += 2 ** size
    }
    return out
  }
  for (let at = from; at < BigInt(to) && out.length < most; ) {
    let size = 0n
    while (size < 128n && (at >> size) % 2n === 0n && at + (1n << (size + 1n)) <= BigInt(to)) size++
    out.push(`${formatPoint(at)}/${128n - size}`)
    at += 1n << size
  }
  return out
}

const SPECIAL_IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/3',
]

/** Everything that an IPv4 address on the internet may be (IANA special-purpose registry left out). */
export const PUBLIC_IPV4: Ranges<number> = subtract([0, 2 ** 32], rangesOf(SPECIAL_IPV4, 4) as Ranges<number>)

/** Global unicast, without documentation addresses. */
export const PUBLIC_IPV6: Ranges<bigint> = subtract(
  rangesOf(['2000::/3'], 6) as Ranges<bigint>,
  rangesOf(['2001:db8::/32'], 6) as Ranges<bigint>,
)

export function publicAddresses(family: Family): Ranges {
  return family === 4 ? PUBLIC_IPV4 : PUBLIC_IPV6
}

const EVERY_IPV4: Ranges<number> = [0, 2 ** 32]
const EVERY_IPV6: Ranges<bigint> = [0n, 1n << 128n]

export function everyAddress(family: Family): Ranges {
  return family === 4 ? EVERY_IPV4 : EVERY_IPV6
}

export function familyOf(addresses: Ranges): Family {
  return typeof addresses[0] === 'bigint' ? 6 : 4
}

const NAT64_PREFIX = '64:ff9b::/96'
const NAT64 = rangesOf([NAT64_PREFIX], 6) as Ranges<bigint>
const NAT64_FROM = NAT64[0] ?? 0n

/** IPv4 addresses as DNS64 gives them to IPv6 clients. VPC User Guide, "DNS64 and NAT64". */
export function toNat64(addresses: Ranges): Ranges {
  return addresses.map((point) => NAT64_FROM + BigInt(point))
}

/** The IPv4 addresses that a NAT gateway makes of them; those of other prefixes it does not carry. */
export function fromNat64(addresses: Ranges): Ranges {
  return intersect(addresses as Ranges<bigint>, NAT64).map((point) => Number(point - NAT64_FROM))
}
