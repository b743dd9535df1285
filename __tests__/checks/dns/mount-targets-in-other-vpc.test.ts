import { describe, expect, test } from '@jest/globals'
import { type Answer, known, type UnreadBecause, unread } from '../../../src/domain/answer.ts'
import type { HostedZone } from '../../../src/domain/network.ts'
import type { ConfiguredWorld } from '../configuration-world.ts'
import {
  IN_A,
  IN_C,
  judgeMounts,
  mountFinding,
  mounting,
  S3_FILES,
  SYSTEM,
  toldOfMounts,
  unsureOfMounts,
} from '../mounting.ts'
import { expectPages } from '../page.ts'
import { A, C, REGION, VPC } from '../world.ts'

const ID = 'mount-targets-in-other-vpc'
const OTHER = 'vpc-0a1b2c3d4e5f6000b'
const AWAY = [IN_A, IN_C].map((one, at) => ({
  ...one,
  vpcId: OTHER,
  subnetId: `subnet-0a1b2c3d4e5f6002${at}`,
  interfaceId: `eni-0a1b2c3d4e5f6002${at}`,
  addresses: [`10.99.${at}.70`],
}))
const HOST = `${SYSTEM}.efs.${REGION}.amazonaws.com`

function withZone(world: ConfiguredWorld, name: string, records: HostedZone['records']): ConfiguredWorld {
  const zone: HostedZone = { id: 'Z0EFS', name, owner: '123456789012', records }
  return { ...world, network: { ...world.network, hostedZones: { [VPC]: known([zone]) } } }
}
const answering = (
  name: string,
  ...values: readonly string[]
): Answer<HostedZone['records'] extends Answer<infer R> ? R : never> => known([{ name, type: 'A', values }])

describe(ID, () => {
  test('finds mount targets of a peered VPC, whose names resolve there only', () => {
    const world = mounting(known(AWAY))
    expect(toldOfMounts(world)).toEqual([`${ID} ${SYSTEM}`])
    const finding = mountFinding(world, ID)
    expect(finding.affects.map(({ subnetId }) => subnetId)).toEqual([A, C])
    expect(finding.remedy).toMatchObject({ changes: [], verified: false })
    expectPages(finding)
  })

  test('a zone of that name answers; what its addresses are is the matter of routes and groups', () => {
    const world = withZone(mounting(known(AWAY)), HOST, answering(HOST, '10.99.0.70'))
    expect(judgeMounts(world).findings.map(({ check }) => check)).not.toContain(ID)
  })

  test.each([
    ['over it, without the name', `efs.${REGION}.amazonaws.com`, 'hosted-zone-shadows-name Z0EFS'],
    ['for another file system', `fs-0a1b2c3d4e5f60002.efs.${REGION}.amazonaws.com`, `${ID} ${SYSTEM}`],
  ])('a zone %s is no answer', (_which, zone, said) => {
    expect(toldOfMounts(withZone(mounting(known(AWAY)), zone, known([])))).toEqual([said])
  })

  test('a Resolver rule may lead to where the name resolves', () => {
    const world = mounting(known(AWAY))
    const forwarding = (domain: string, from = world): ConfiguredWorld => {
      const rules = known([{ id: 'rslvr-rr-1', vpcIds: [VPC], domain, type: 'forward', targets: ['10.99.0.2'] }])
      return { ...from, network: { ...from.network, resolver: { ...from.network.resolver, rules } } }
    }
    const there = forwarding(`efs.${REGION}.amazonaws.com`)
    expect(toldOfMounts(there)).toEqual(['resolver-rule-diverts-name rslvr-rr-1 (warning)'])
    expect(unsureOfMounts(there)).toEqual([[null, true]])
    expect(toldOfMounts(forwarding('example.com'))).toEqual([`${ID} ${SYSTEM}`])
    // The zone of a file system in its own VPC is more specific than any rule above it.
    const { affects } = mountFinding(forwarding('', mounting()), 'resolver-rule-diverts-name')
    expect(affects.map(({ destination }) => destination)).not.toContain(`efs:${SYSTEM}`)
  })

  test.each<UnreadBecause>(['garbled', 'denied', 'absent'])(
    'is unknown where nobody has read what may answer for the name: %s',
    (because) => {
      const { network, ...world } = mounting(known(AWAY))
      const rules = unread(because, 'x:Rules')
      const zones = { [VPC]: unread(because, 'x:Zones') }
      const withoutRules = { ...world, network: { ...network, resolver: { ...network.resolver, rules } } }
      const withoutZones = { ...world, network: { ...network, hostedZones: zones } }
      expect(toldOfMounts(withoutRules)).toEqual([])
      expect(unsureOfMounts(withoutRules)).toContainEqual(['x:Rules', true])
      expect(toldOfMounts(withoutZones)).toEqual([])
      expect(unsureOfMounts(withoutZones)).toContainEqual(['x:Zones', true])
    },
  )

  test('says so where nobody knows whether the VPC resolves names at all', () => {
    const { network, ...world } = mounting(known(AWAY))
    const vpcDns = { [VPC]: { hostnames: known(true), support: unread('denied', 'x') } }
    expect(toldOfMounts({ ...world, network: { ...network, vpcDns } })).toEqual([`${ID} ${SYSTEM}`])
  })

  test('S3 Files has a name for each zone', () => {
    const volume = { s3FilesFileSystemArn: S3_FILES }
    const { evidence } = mountFinding(mounting(known(AWAY), { kind: 's3files' }, volume), ID)
    expect(evidence.map(({ en }) => en)).toEqual([
      expect.stringContaining(`apne2-az1.${SYSTEM}.s3files.${REGION}.on.aws`),
      expect.stringContaining(`apne2-az3.${SYSTEM}.s3files.${REGION}.on.aws`),
    ])
  })

  test('clear in the VPC itself, whatever a zone above the name says: the file system has one of its own', () => {
    expect(toldOfMounts(mounting())).toEqual([])
    expect(toldOfMounts(withZone(mounting(), `efs.${REGION}.amazonaws.com`, known([])))).toEqual([])
  })

  test('without the attribute that names need, no name resolves', () => {
    const world = mounting()
    const hostnames = (answer: Answer<boolean>): ConfiguredWorld => ({
      ...world,
      network: { ...world.network, vpcDns: { [VPC]: { support: known(true), hostnames: answer } } },
    })
    expect(toldOfMounts(hostnames(known(false)))).toEqual([`vpc-dns-off ${VPC}`])
    expect(mountFinding(hostnames(known(false)), 'vpc-dns-off').remedy.verified).toBe(true)
    expect(unsureOfMounts(hostnames(unread('denied', 'x')))).toEqual([['ec2:DescribeVpcAttribute', true]])
  })
})
