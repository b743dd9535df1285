/** What several remedies need alike is made once, and what they make has names of its own. */
import { describe, expect, test } from '@jest/globals'
import { shareChanges, together } from '../../src/changes/shared.ts'
import type { Change } from '../../src/domain/change.ts'

const ADDRESS: Change = { kind: 'allocate-address', makes: 'elasticIp', domain: 'vpc', subnetId: 'subnet-1' }
const SUPPORT: Change = { kind: 'modify-vpc-attribute', vpcId: 'vpc-1', enableDnsSupport: true }
const nat = (subnetId: string): Change => ({
  kind: 'create-nat-gateway',
  makes: 'natGateway',
  subnetId,
  allocationId: { ref: 'elasticIp' },
})
const route = (routeTableId: string, ref = 'natGateway'): Change => ({
  kind: 'create-route',
  routeTableId,
  destinationCidrBlock: '0.0.0.0/0',
  natGatewayId: { ref },
})
const revision = (values: object): Change => ({
  kind: 'register-task-definition',
  makes: 'revision',
  family: 'web',
  like: 'web:7',
  ...values,
})
const SERVICE = { kind: 'update-service', cluster: 'shop', service: 'web' } as const
const deployed = (ref: string): Change => ({ ...SERVICE, taskDefinition: { ref } })
const configured = (subnets: readonly string[], assignPublicIp: string) => ({
  networkConfiguration: { awsvpcConfiguration: { subnets, securityGroups: ['sg-1'], assignPublicIp } },
})
/** For a service with the subnets a and b, and no public IP. */
const network = (subnets: readonly string[], assignPublicIp: string): Change => ({
  ...SERVICE,
  ...configured(subnets, assignPublicIp),
  formerNetworkConfiguration: configured(['a', 'b'], 'DISABLED').networkConfiguration,
})

describe('changes of several remedies', () => {
  test('the same change stands in the list of the first', () => {
    const shared = shareChanges([[SUPPORT], [SUPPORT, nat('subnet-1')]])
    expect(shared.map((list) => list.map(({ first }) => first))).toEqual([[0], [0, 1]])
  })

  test('a gateway is the same one where all that it is made of is, and its routes name it', () => {
    expect(
      together([
        [ADDRESS, nat('subnet-1'), route('rtb-1')],
        [ADDRESS, nat('subnet-1'), route('rtb-2')],
      ]),
    ).toEqual([ADDRESS, nat('subnet-1'), route('rtb-1'), route('rtb-2')])
  })

  test('another one has another name, in all that names it, and an address of its own', () => {
    const list = together([
      [ADDRESS, nat('subnet-1'), route('rtb-1')],
      [{ ...ADDRESS, subnetId: 'subnet-2' }, nat('subnet-2'), route('rtb-2')],
    ])
    expect(list.slice(3)).toEqual([
      { ...ADDRESS, makes: 'elasticIp_2', subnetId: 'subnet-2' },
      { ...nat('subnet-2'), makes: 'natGateway_2', allocationId: { ref: 'elasticIp_2' } },
      route('rtb-2', 'natGateway_2'),
    ])
  })

  test('a second revision starts from the first one, which stands before it', () => {
    const shared = shareChanges([
      [revision({ cpu: '512' }), deployed('revision')],
      [revision({ memory: '2048' }), deployed('revision')],
      [revision({ memory: '2048' }), deployed('revision')],
    ])
    const [first, second] = [revision({ cpu: '512' }), { ...revision({ memory: '2048' }), makes: 'revision_2' }]
    const chained = { first: 1, change: { ...second, like: { ref: 'revision' } } }
    const deployment = { first: 1, change: deployed('revision_2') }
    expect(shared[1]).toEqual([{ first: 0, change: first }, chained, deployment])
    expect(shared[2]).toEqual([chained, deployment])
  })

  test('revisions of a file that is not registered yet are edits of one file', () => {
    const edits = [
      { ...revision({ cpu: '512' }), like: null },
      { ...revision({ memory: '2048' }), like: null },
    ]
    expect(shareChanges(edits.map((one) => [one])).map((list) => list.length)).toEqual([1, 1])
  })

  test.each([
    [
      'what the second leaves as it was is as the first made it',
      ['a', 'b'],
      'ENABLED',
      ['a'],
      'DISABLED',
      ['a'],
      'ENABLED',
    ],
    ['what both of them change is as the second wants it', ['a'], 'DISABLED', ['b'], 'ENABLED', ['b'], 'ENABLED'],
    ['what the first alone changed stays', ['c'], 'DISABLED', ['a', 'b'], 'ENABLED', ['c'], 'ENABLED'],
  ])('of two network configurations %s', (_, ...rows) => {
    const [firstSubnets, firstIp, secondSubnets, secondIp, subnets, assignPublicIp] = rows
    const [, second] = together([[network(firstSubnets, firstIp)], [network(secondSubnets, secondIp)]])
    expect(second).toMatchObject(configured(subnets, assignPublicIp))
  })

  test('networks of two services have nothing to do with each other', () => {
    const other = { ...network(['a'], 'DISABLED'), service: 'api' }
    expect(together([[network(['a', 'b'], 'ENABLED')], [other]])[1]).toEqual(other)
  })
})
