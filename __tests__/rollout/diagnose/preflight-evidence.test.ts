/** What preflight read, as a failure is held against it. */
import { describe, expect, test } from '@jest/globals'
import { known, unread } from '../../../src/domain/answer.ts'
import type { Network } from '../../../src/domain/network.ts'
import type { Compute, RunningTask } from '../../../src/domain/service.ts'
import { evidenceOf } from '../../../src/rollout/diagnose/preflight-evidence.ts'
import { BY_ENDPOINTS, DKR, TASK } from '../../checks/worlds.ts'

const NETWORK = BY_ENDPOINTS.network
const MISSING = unread('denied', 'ec2:DescribeX', 'no')
const NO_COMPUTE: Compute = { capacityProviders: MISSING, clusterCapacityProviders: MISSING, instances: MISSING }

function evidence(network: Partial<Network>, compute: Partial<Compute> = {}, tasks: readonly RunningTask[] = []) {
  return evidenceOf(
    { paths: [], findings: [] },
    { network: known({ ...NETWORK, ...network }), compute: known({ ...NO_COMPUTE, ...compute }), tasks: known(tasks) },
  )
}

describe('whose address is whose', () => {
  const all = NETWORK.endpoints.known ? NETWORK.endpoints.value : []
  const dkr = all.find(({ id }) => id === DKR)
  const interfaces = NETWORK.interfaces.known ? NETWORK.interfaces.value : []
  const own = interfaces.find(({ id }) => dkr?.interfaceIds.includes(id))

  test('each address of an endpoint leads to it, IPv6 as well', () => {
    const dual = known(interfaces.map((one) => (one === own ? { ...one, ipv6Addresses: ['2001:db8::1'] } : one)))
    const { endpoints } = evidence({ interfaces: dual })
    const expected = { endpointId: DKR, serviceName: dkr?.serviceName }
    expect(endpoints[own?.privateIps[0] ?? '']).toEqual(expected)
    expect(endpoints['2001:db8::1']).toEqual(expected)
  })

  test('an interface of nobody leads nowhere', () => {
    const { endpoints } = evidence({ endpoints: known([]) })
    expect(endpoints).toEqual({})
  })

  test.each(['endpoints', 'interfaces'] as const)('nothing without the %s', (part) => {
    expect(evidence({ [part]: MISSING }).endpoints).toEqual({})
  })
})

describe('the addresses of S3', () => {
  const list = (name: string, entries: readonly string[]) => ({ id: `pl-${name}`, name, entries: known(entries) })
  test('are those of the list of the Region, without what is no block', () => {
    const prefixLists = known([
      list(`com.amazonaws.${NETWORK.region}.s3express`, ['1.1.1.0/24']),
      list('com.amazonaws.eu-west-1.s3', ['2.2.2.0/24']),
      list(`com.amazonaws.${NETWORK.region}.s3`, ['52.219.148.0/23', 'x']),
    ])
    expect(evidence({ prefixLists }).s3Prefixes).toEqual(['52.219.148.0/23'])
  })
  test.each([
    ['no list could be read', MISSING],
    ['there is none of the Region', known([])],
    ['its entries could not be read', known([{ ...list(`com.amazonaws.${NETWORK.region}.s3`, []), entries: MISSING }])],
  ])('are not known where %s', (_, prefixLists) => {
    expect(evidence({ prefixLists }).s3Prefixes).toEqual([])
  })
})

test('instances are in their subnets, where both are known', () => {
  const instance = { arn: 'arn:i1', subnetId: 'subnet-1' }
  const instances = known([instance, { arn: 'arn:i2', subnetId: null }]) as unknown as Compute['instances']
  expect(evidence({}, { instances }).instanceSubnets).toEqual({ 'arn:i1': 'subnet-1' })
  expect(evidence({}, {}).instanceSubnets).toEqual({})
})

test('the times of the tasks that ran before, where they say them', () => {
  const ran = [
    { ...TASK, pullSeconds: 9, startSeconds: null },
    { ...TASK, pullSeconds: null, startSeconds: 20 },
  ]
  expect(evidence({}, {}, ran)).toMatchObject({ pullSeconds: [9], startSeconds: [20] })
})

test('of what could not be read nothing is known', () => {
  const facts = { network: MISSING, compute: MISSING, tasks: MISSING }
  expect(evidenceOf({ paths: [], findings: [] }, facts)).toMatchObject({
    endpoints: {},
    s3Prefixes: [],
    instanceSubnets: {},
    pullSeconds: [],
    startSeconds: [],
  })
})
