import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { classOfAddress, isPrivateAddress, isS3Address } from '../../src/ecs-errors/s3-addresses.ts'

/** Prefixes of S3 in ap-northeast-2, as AWS IP address ranges lists them. */
const SEOUL = ['3.5.140.0/22', '3.5.184.0/21', '52.219.56.0/22', '52.219.148.0/23', '2406:daa0:2000::/40']

describe('isS3Address', () => {
  test.each([
    '52.216.27.12',
    '52.217.233.242',
    '52.219.148.62',
    '3.5.188.35',
    '16.15.180.104',
    '16.182.3.4',
    '54.231.0.1',
  ])('%s is S3 by the well-known blocks', (ip) => expect(isS3Address(ip)).toBe(true))

  test.each([
    '3.28.72.11',
    '3.112.64.17',
    '13.234.8.23',
    '34.223.1.1',
    '44.213.79.86',
    '52.46.145.142',
    '52.94.184.143',
    '54.180.1.1',
    '63.34.1.1',
    '99.79.1.1',
    '10.0.0.1',
    '52.220.0.1',
    '52.215.255.255',
  ])('%s is not', (ip) => expect(isS3Address(ip)).toBe(false))

  test('prefixes that are handed in decide alone, for their address family', () => {
    expect(isS3Address('52.219.148.62', SEOUL)).toBe(true)
    expect(isS3Address('52.216.27.12', SEOUL)).toBe(false)
    expect(isS3Address('3.36.167.70', ['3.36.167.64/28'])).toBe(true)
    expect(isS3Address('2406:daa0:2000::1', SEOUL)).toBe(true)
    expect(isS3Address('2600:1fa0:8000::1', SEOUL)).toBe(false)
    expect(isS3Address('2600:1fa0:8000::1', ['3.5.140.0/22'])).toBe(true)
    expect(isS3Address('52.219.148.62', ['not a prefix'])).toBe(true)
  })

  test('every address inside of a prefix is S3, the ones beside it are not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 184, max: 191 }), fc.integer({ min: 0, max: 255 }), (third, last) =>
        isS3Address(`3.5.${third}.${last}`, SEOUL),
      ),
    )
    expect([isS3Address('3.5.183.255', SEOUL), isS3Address('3.5.192.0', SEOUL)]).toEqual([false, false])
  })

  test.each(['', 'xx.xx.xx.xxx', '52.219.148', '52.219.148.256', '::g', '52.219.148.62:443'])(
    '%j is no address',
    (ip) => {
      expect(isS3Address(ip)).toBe(false)
      expect(classOfAddress(ip)).toBeNull()
    },
  )
})

describe('classOfAddress', () => {
  test.each([
    ['10.1.2.3', 'private'],
    ['172.16.54.241', 'private'],
    ['172.32.0.1', 'public'],
    ['192.168.0.1', 'private'],
    ['100.64.0.1', 'private'],
    ['100.128.0.1', 'public'],
    ['127.0.0.1', 'private'],
    ['fd00:ec2::253', 'private'],
    ['2406:daa0:2000::1', 's3'],
    ['2a05:d07a:a000::1', 's3'],
    ['2600:1f18:2148::1', 'public'],
    ['44.205.64.79', 'public'],
  ])('%s is %s', (ip, is) => expect(classOfAddress(ip)).toBe(is))

  test('an address is private or not, whatever its spelling', () => {
    expect(isPrivateAddress('FD00::1')).toBe(true)
    expect(isPrivateAddress('no address')).toBe(false)
  })
})
