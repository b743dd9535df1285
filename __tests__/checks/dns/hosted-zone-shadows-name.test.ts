import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/domain/answer.ts'
import type { HostedZone } from '../../../src/domain/network.ts'
import { commandsOf } from '../judgement.ts'
import { expectPages } from '../page.ts'
import {
  ACCOUNT,
  BY_ENDPOINTS,
  BY_NAT,
  findingsOf,
  judge,
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

describe(ID, () => {
  test('found where a zone covers the name and does not hold it', () => {
    const world = withZone(BY_NAT)
    expect(told(world)).toEqual([`${ID} ${ZONE.id}`])
    const [finding] = findingsOf(world, ID)
    expect(finding.what.en).toBe(
      `Private hosted zone ${ZONE.name} (${ZONE.id}), associated with ${VPC}, has no record for api.ecr.${ZONE.name}, ${ACCOUNT}.dkr.ecr.${ZONE.name}, prod-ap-northeast-2-starport-layer-bucket.s3.${ZONE.name}, logs.${ZONE.name}.`,
    )
    expect(commandsOf(finding)).toEqual([
      `aws route53 disassociate-vpc-from-hosted-zone --hosted-zone-id ${ZONE.id} --vpc VPCRegion=ap-northeast-2,VPCId=${VPC}`,
    ])
    expectPages(finding)
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
