import { BlockList } from 'node:net'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { formatPoint, formatRanges, PUBLIC_IPV4, parseBlock, parseIpv4, rangesOf } from '../../src/network/addresses.ts'
import { has } from '../../src/network/ranges.ts'

describe('addresses', () => {
  test.each([
    '010.0.0.1',
    '10.0.0.01',
    '10.1',
    '1.2.3.4/24/8',
    '10.0.0.0/33',
    '300.1.1.1',
    '10.0.0.0/',
    '10.0.0.0/-1',
    '',
    'fe80::1%eth0',
    '::/129',
    'x',
  ])('%s is no block', (text) => {
    expect(parseBlock(text)).toBeNull()
  })

  test.each([
    ['10.1.2.3/8', '10.0.0.0/8'],
    ['52.219.148.62', '52.219.148.62/32'],
    ['2600:1f14::/56', '2600:1f14::/56'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['::/0', '::/0'],
  ])('%s is written %s', (text, canonical) => {
    expect(formatRanges(parseBlock(text)?.ranges ?? [])).toBe(canonical)
  })

  test('a block holds what the platform’s own list says it holds', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 0, max: 32 }), fc.ipV4(), (network, length, address) => {
        const list = new BlockList()
        list.addSubnet(network, length, 'ipv4')
        const point = parseIpv4(address) as number
        expect(has(parseBlock(`${network}/${length}`)?.ranges ?? [], point)).toBe(list.check(address, 'ipv4'))
      }),
      { numRuns: 3000 },
    )
    fc.assert(
      fc.property(fc.ipV6(), fc.integer({ min: 0, max: 128 }), fc.ipV6(), (network, length, address) => {
        const list = new BlockList()
        list.addSubnet(network, length, 'ipv6')
        const [from] = parseBlock(address)?.ranges ?? []
        expect(has(parseBlock(`${network}/${length}`)?.ranges ?? [], from as bigint)).toBe(list.check(address, 'ipv6'))
      }),
      { numRuns: 3000 },
    )
  })

  test.each([
    ['::ffff:10.0.0.1', '::ffff:a00:1/128'],
    ['::0.0.0.0', '::/128'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221/128'],
  ])('%s is IPv6 with its last bits in IPv4’s way', (text, canonical) => {
    expect(parseBlock(text)).toEqual(parseBlock(canonical))
  })

  test('an address survives being written and read', () => {
    fc.assert(fc.property(fc.ipV4(), (address) => formatPoint(parseIpv4(address) as number) === address))
  })

  test('the public internet leaves out what never is there', () => {
    for (const inside of ['52.219.148.62', '8.8.8.8', '1.1.1.1'])
      expect(has(PUBLIC_IPV4, parseIpv4(inside) as number)).toBe(true)
    for (const outside of ['10.0.0.1', '172.31.0.1', '192.168.1.1', '169.254.169.253', '100.64.0.1', '224.0.0.1'])
      expect(has(PUBLIC_IPV4, parseIpv4(outside) as number)).toBe(false)
  })

  test('blocks of the other family count for nothing', () => {
    expect(rangesOf(['10.0.0.0/8', '2600::/12', 'nonsense'], 6)).toEqual(parseBlock('2600::/12')?.ranges)
  })
})
