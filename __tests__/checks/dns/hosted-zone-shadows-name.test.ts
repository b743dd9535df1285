import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/domain/answer.ts'
import type { HostedZone } from '../../../src/domain/network.ts'
import { commandsOf } from '../judgement.ts'
import { expectPages } from '../page.ts'
import {
  ACCOUNT,
  API,
  BY_ENDPOINTS,
  BY_NAT,
  change,
  DKR,
  findingsOf,
  judge,
  openEgress,
  told,
  unknownOf,
  VPC,
  type World,
  withNetwork,
} from '../world.ts'

const ID = 'hosted-zone-shadows-name'
const ZONE: HostedZone = {
  id: 'Z0123456789ABCDEFGHIJ',
  name: 'ap-northeast-2.amazonaws.com',
  owner: ACCOUNT,
  records: known([]),
}

function withZone(world: World, changes: Partial<HostedZone> = {}): World {
  return withNetwork(world, { hostedZones: { [VPC]: known([{ ...ZONE, ...changes }]) } })
}

function batch(name: string, type: string, ...values: readonly string[]): string {
  const records = values.map((value) => `{Value=${value}}`).join(',')
  return `Changes=[{Action=CREATE,ResourceRecordSet={Name=${name},Type=${type},TTL=300,ResourceRecords=[${records}]}}]`
}

describe(ID, () => {
  test('found where a zone covers the name and does not hold it', () => {
    const world = withZone(BY_NAT)
    expect(told(world)).toEqual([`${ID} ${ZONE.id}`])
    const [finding] = findingsOf(world, ID)
    expect(finding.what.en).toBe(
      `Private hosted zone ${ZONE.name} (${ZONE.id}), associated with ${VPC}, has no record for api.ecr.${ZONE.name}, ${ACCOUNT}.dkr.ecr.${ZONE.name}, prod-ap-northeast-2-starport-layer-bucket.s3.${ZONE.name}, logs.${ZONE.name}.`,
    )
    // Which address is meant, nobody knows: there is no endpoint.
    expect(finding.remedy.changes).toEqual([])
    expect(finding.remedy.console[0]?.en).toContain(`api.ecr.${ZONE.name}`)
  })

  test('a record is advised where the zone was made for an endpoint: to its addresses at the top, else to its name', () => {
    const top = { ...ZONE, name: `api.ecr.${ZONE.name}` }
    const below = { ...ZONE, name: `dkr.ecr.${ZONE.name}` }
    const off = [API, DKR].reduce(
      (world, id) => change(world, 'endpoints', id, { privateDns: false, dnsNames: [`${id}-1.vpce.amazonaws.com`] }),
      openEgress(BY_ENDPOINTS),
    )
    const [finding] = findingsOf(withZone(off, top), ID)
    expect(commandsOf(finding)).toEqual([
      `aws route53 change-resource-record-sets --hosted-zone-id ${ZONE.id} --change-batch '${batch(top.name, 'A', '10.0.1.11', '10.0.3.11')}'`,
    ])
    expect(finding.remedy.verified).toBe(true)
    expectPages(finding)
    const [named] = findingsOf(withZone(off, below), ID)
    expect(commandsOf(named)[0]).toContain(batch(`${ACCOUNT}.${below.name}`, 'CNAME', `${DKR}-1.vpce.amazonaws.com`))
    expect(named.remedy.verified).toBe(true)
  })

  test('the zones of private DNS are more specific: only S3 is hidden there', () => {
    expect(findingsOf(withZone(BY_ENDPOINTS), ID)[0].affects.map(({ destination }) => destination)).toEqual([
      's3-layers',
      's3-layers',
    ])
  })

  test.each([
    ['of another name', { name: 'shop.internal' }],
    ['that AWS made', { owner: 'vpce.amazonaws.com' }],
  ])('clear with a zone %s', (_, changes) => {
    expect(judge(withZone(BY_NAT, changes))).toEqual({ findings: [], unknowns: [] })
  })

  test('unknown where the network could not be read', () => {
    expect(unknownOf(BY_NAT, ID, 'network')).toEqual(['ec2:DescribeVpcs'])
  })
})
