import { describe, expect, test } from '@jest/globals'
import { commandsOf } from '../judgement.ts'
import { expectPages } from '../page.ts'
import {
  A,
  BY_ENDPOINTS,
  BY_NAT,
  C,
  change,
  findingsOf,
  judge,
  NAT_A,
  route,
  S3,
  S3_LIST,
  TABLE_A,
  TABLE_C,
  told,
  unknownOf,
  withNetwork,
} from '../world.ts'

const ID = 's3-route-missing'
const MISSING = change(BY_ENDPOINTS, 'routeTables', TABLE_C, ({ routes }) => ({
  routes: routes.filter(({ destination }) => destination !== S3_LIST),
}))

describe(ID, () => {
  test('found for the route table that the gateway endpoint was not given', () => {
    expect(told(MISSING)).toEqual(['service-spans-good-and-bad-subnets web (warning)', `${ID} ${TABLE_C}`])
    const [finding] = findingsOf(MISSING, ID)
    expect(finding.affects).toEqual([{ subnetId: C, destination: 's3-layers' }])
    expect(finding.faults).toMatchObject([{ kind: 's3-route-missing', routeTableId: TABLE_C }])
    expect(commandsOf(finding)).toEqual([
      `aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${S3} --add-route-table-ids ${TABLE_C}`,
    ])
    expectPages(finding)
  })

  test('every subnet of one table is one finding; two tables are two', () => {
    const shared = change(change(MISSING, 'routeTables', TABLE_A, { subnetIds: [] }), 'routeTables', TABLE_C, {
      subnetIds: [A, C],
    })
    expect(told(shared)).toEqual([`${ID} ${TABLE_C}`])
    expect(findingsOf(shared, ID)[0].what.en).toContain(`${A}, ${C}`)
  })

  test('an endpoint that is still pending is waited for: it takes no changes', () => {
    const [finding] = findingsOf(change(MISSING, 'endpoints', S3, { state: 'pending' }), ID)
    expect(finding.remedy.changes.map(({ kind }) => kind)).toEqual(['describe-vpc-endpoints', 'modify-vpc-endpoint'])
    expect(finding.remedy.cli[0]).toContain('grep -qi pending')
    expect(finding.remedy.verified).toBe(true)
  })

  test('clear with the route', () => {
    const mended = change(MISSING, 'routeTables', TABLE_C, ({ routes }) => ({
      routes: [...routes, route(S3_LIST, 'vpc-endpoint', S3)],
    }))
    expect(judge(mended)).toEqual({ findings: [], unknowns: [] })
  })

  test('clear where a NAT gateway leads to S3 as well', () => {
    const { endpoints } = BY_ENDPOINTS.network
    const gateway = endpoints.known ? endpoints.value.filter(({ id }) => id === S3) : []
    expect(judge(withNetwork(BY_NAT, { endpoints: { known: true, value: gateway } })).findings).toEqual([])
    expect(BY_NAT.network.natGateways.known && BY_NAT.network.natGateways.value.map(({ id }) => id)).toContain(NAT_A)
  })

  test('unknown where the paths could not be judged', () => {
    expect(unknownOf(BY_ENDPOINTS, ID, 'paths')).toEqual(['ec2:DescribeSubnets'])
  })
})
