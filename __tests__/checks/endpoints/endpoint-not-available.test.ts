import { describe, expect, test } from '@jest/globals'
import { commandsOf } from '../judgement.ts'
import { expectPages } from '../page.ts'
import {
  A,
  BY_ENDPOINTS,
  C,
  change,
  DKR,
  ENDPOINT_GROUP,
  findingsOf,
  judge,
  openEgress,
  PUBLIC_A,
  PUBLIC_C,
  route,
  S3,
  S3_LIST,
  subnet,
  TABLE_A,
  TABLE_C,
  told,
  unknownOf,
  VPC,
  withTaskSubnet,
} from '../world.ts'

const ID = 'endpoint-not-available'
const HEALTHY = openEgress(BY_ENDPOINTS)
const CREATE = `ECR_DKR_ENDPOINT=$(aws ec2 create-vpc-endpoint --vpc-endpoint-type Interface --vpc-id ${VPC} --service-name com.amazonaws.ap-northeast-2.ecr.dkr --subnet-ids ${A} ${C} --security-group-ids ${ENDPOINT_GROUP} --private-dns-enabled)`

describe(ID, () => {
  test('found where the endpoint failed: it is deleted and made again as it was', () => {
    const world = change(HEALTHY, 'endpoints', DKR, { state: 'failed' })
    expect(told(world)).toEqual([`${ID} ${DKR}`])
    const [finding] = findingsOf(world, ID)
    expect(finding.what.en).toContain('is in state failed')
    expect(commandsOf(finding)).toEqual([`aws ec2 delete-vpc-endpoints --vpc-endpoint-ids ${DKR}`, CREATE])
    expectPages(finding)
  })

  test.each(['deleted', 'deleting'])('one that is %s needs no deleting', (state) => {
    expect(commandsOf(findingsOf(change(HEALTHY, 'endpoints', DKR, { state }), ID)[0])).toEqual([CREATE])
  })

  test('it is made again in its own subnets', () => {
    const world = change(HEALTHY, 'endpoints', DKR, { state: 'failed', subnetIds: [PUBLIC_A, PUBLIC_C] })
    expect(commandsOf(findingsOf(world, ID)[0]).at(-1)).toContain(`--subnet-ids ${PUBLIC_A} ${PUBLIC_C} `)
  })

  test('one whose subnets are gone gets those of the tasks', () => {
    const world = change(HEALTHY, 'endpoints', DKR, { state: 'deleted', subnetIds: [] })
    expect(commandsOf(findingsOf(world, ID)[0])).toEqual([CREATE])
  })

  test('a gateway endpoint is made again with its route tables', () => {
    const world = change(BY_ENDPOINTS, 'endpoints', S3, { state: 'failed' })
    expect(told(world)).toEqual([`${ID} ${S3}`])
    expect(commandsOf(findingsOf(world, ID)[0]).at(-1)).toBe(
      `S3_ENDPOINT=$(aws ec2 create-vpc-endpoint --vpc-endpoint-type Gateway --vpc-id ${VPC} --service-name com.amazonaws.ap-northeast-2.s3 --route-table-ids ${TABLE_A} ${TABLE_C})`,
    )
  })

  test('found where it stands in no subnet', () => {
    const world = change(BY_ENDPOINTS, 'endpoints', DKR, { subnetIds: [], interfaceIds: [] })
    expect(told(world)).toEqual([`${ID} ${DKR}`])
    const [finding] = findingsOf(world, ID)
    expect(finding.what.en).toContain('stands in no subnet')
    expect(commandsOf(finding)).toEqual([
      `aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${DKR} --add-subnet-ids ${A} ${C}`,
    ])
  })

  test('one subnet of each zone is added', () => {
    const beside = subnet('subnet-0a1b2c3d4e5f6002a', 'a', '10.0.11.0/24')
    const world = withTaskSubnet(change(BY_ENDPOINTS, 'endpoints', DKR, { subnetIds: [], interfaceIds: [] }), beside, [
      route(S3_LIST, 'vpc-endpoint', S3),
    ])
    expect(commandsOf(findingsOf(world, ID)[0])[0]).toMatch(new RegExp(`--add-subnet-ids ${A} ${C}$`))
  })

  test('found where it answers with IPv6 addresses alone', () => {
    const world = change(BY_ENDPOINTS, 'endpoints', DKR, { dnsRecordIpType: 'ipv6' })
    expect(told(world)).toEqual([`${ID} ${DKR}`])
    const [finding] = findingsOf(world, ID)
    expect(finding.what.en).toContain('IPv6 addresses only')
    expect(commandsOf(finding)[0]).toContain('--ip-address-type dualstack --dns-options DnsRecordIpType=dualstack')
  })

  test('clear with an endpoint that is available', () => {
    expect(judge(change(HEALTHY, 'endpoints', DKR, { state: 'available' })).findings).toEqual([])
    expect(judge(change(HEALTHY, 'endpoints', DKR, { dnsRecordIpType: 'dualstack' })).findings).toEqual([])
  })

  test('clear, since not yet decided, while it is being made', () => {
    const world = change(HEALTHY, 'endpoints', DKR, { state: 'pending' })
    expect(judge(world).findings.map(({ check }) => check)).not.toContain(ID)
  })

  test('unknown where the network could not be read', () => {
    expect(unknownOf(BY_ENDPOINTS, ID, 'network')).toEqual(['ec2:DescribeVpcs'])
  })
})
