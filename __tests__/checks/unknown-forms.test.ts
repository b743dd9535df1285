/** A healthy service with one fact in a form that nobody understands: never a blocker, never a pass, and the value is named. */
import { describe, expect, test } from '@jest/globals'
import { openFolder } from '../../src/aws/reader/folder.ts'
import { preflight } from '../../src/commands/preflight/preflight.ts'
import { scratch } from '../aws/scratch.ts'
import { filesOf } from './shapes/files.ts'

type Json = Record<string, unknown>
type Edit = (record: Json) => void

const HEALTHY = {
  by: 'terraform',
  zones: 2,
  way: 'endpoints',
  compute: 'fargate',
  balancer: 'application',
  secrets: 'ssm',
} as const
const WITH_NAT = { ...HEALTHY, way: 'nat' } as const

async function judged(shape: typeof HEALTHY | typeof WITH_NAT, file: string, list: string, edit: Edit) {
  const files = JSON.parse(JSON.stringify(filesOf(shape)))
  const records = files[file]?.[list]
  if (!Array.isArray(records) || records.length === 0) throw new Error(`no ${list} in ${file}`)
  for (const record of records) edit(record)
  const reader = await openFolder(scratch(files))
  const report = await preflight({ failOn: [], ignore: [] }, { reader, tool: { name: 't', version: '0' } })
  const blockers = report.findings.filter(({ severity }) => severity === 'blocker').map(({ check }) => check)
  return { verdict: report.verdict, blockers, said: JSON.stringify(report.unknowns) }
}

const first = (record: Json, key: string): Json => (record[key] as Json[])[0] as Json

test.each([[HEALTHY], [WITH_NAT]])('the world as it is passes', async (shape) => {
  expect(await judged(shape, 'ec2/describe-subnets.json', 'Subnets', () => {})).toMatchObject({ verdict: 'pass' })
})

describe('a block of addresses', () => {
  test.each(['10.20.1', '10.20.1.0', '10.20.1.0/33', '0x0a.1.1.0/24', '10.20.1.0/1e1', '010.20.1.0/24', '*', '::/129'])(
    'of a subnet: %s',
    async (block) => {
      const { verdict, blockers, said } = await judged(HEALTHY, 'ec2/describe-subnets.json', 'Subnets', (one) => {
        one['CidrBlock'] = block
      })
      expect({ verdict, blockers }).toEqual({ verdict: 'unknown', blockers: [] })
      expect(said).toContain(block)
    },
  )

  test.each<readonly [string, string, string, Edit]>([
    [
      'of a rule of a security group',
      'ec2/describe-security-groups.json',
      'SecurityGroups',
      (one) => {
        one['IpPermissionsEgress'] = [
          { IpProtocol: '-1', IpRanges: [{ CidrIp: '0/0' }], Ipv6Ranges: [], PrefixListIds: [], UserIdGroupPairs: [] },
        ]
      },
    ],
    [
      'of a rule of a network ACL',
      'ec2/describe-network-acls.json',
      'NetworkAcls',
      (one) => {
        first(one, 'Entries')['CidrBlock'] = '0/0'
      },
    ],
    [
      'of a route',
      'ec2/describe-route-tables.json',
      'RouteTables',
      (one) => {
        first(one, 'Routes')['DestinationCidrBlock'] = '0/0'
      },
    ],
    [
      'of a VPC',
      'ec2/describe-vpcs.json',
      'Vpcs',
      (one) => {
        one['CidrBlock'] = '0/0'
      },
    ],
  ])('%s', async (_, file, list, edit) => {
    for (const shape of [HEALTHY, WITH_NAT]) {
      const { verdict, blockers, said } = await judged(shape, file, list, edit)
      expect({ verdict, blockers }).toEqual({ verdict: 'unknown', blockers: [] })
      // A group among many is left out; it is then one that nobody sees.
      expect(said).toMatch(/0\/0|security-group-unseen/)
    }
  })
})

describe('a state that AWS may add', () => {
  test.each<readonly [string, typeof HEALTHY | typeof WITH_NAT, string, string, Edit]>([
    [
      'of an endpoint',
      HEALTHY,
      'ec2/describe-vpc-endpoints.json',
      'VpcEndpoints',
      (one) => {
        one['State'] = 'available_FROM_2031'
      },
    ],
    [
      'of a NAT gateway',
      WITH_NAT,
      'ec2/describe-nat-gateways.json',
      'NatGateways',
      (one) => {
        one['State'] = 'available_FROM_2031'
      },
    ],
    [
      'of the attachment of an internet gateway',
      WITH_NAT,
      'ec2/describe-internet-gateways.json',
      'InternetGateways',
      (one) => {
        first(one, 'Attachments')['State'] = 'available_FROM_2031'
      },
    ],
    [
      'of a route',
      WITH_NAT,
      'ec2/describe-route-tables.json',
      'RouteTables',
      (one) => {
        for (const route of one['Routes'] as Json[]) route['State'] = 'available_FROM_2031'
      },
    ],
  ])('%s', async (_, shape, file, list, edit) => {
    const { verdict, blockers, said } = await judged(shape, file, list, edit)
    expect({ verdict, blockers }).toEqual({ verdict: 'unknown', blockers: [] })
    expect(said.toLowerCase()).toContain('available_from_2031')
  })
})

test.each([Number.POSITIVE_INFINITY, 'many', {}])('a count of free addresses that is none: %s', async (count) => {
  const { verdict, blockers } = await judged(HEALTHY, 'ec2/describe-subnets.json', 'Subnets', (one) => {
    // What JSON makes of 1e999.
    one['AvailableIpAddressCount'] = typeof count === 'number' ? 'Infinity' : count
  })
  expect({ verdict, blockers }).toEqual({ verdict: 'unknown', blockers: [] })
})
