/** What several remedies need alike is made once, and what they make has names of its own. */
import { describe, expect, test } from '@jest/globals'
import { shareChanges, together } from '../../src/changes/shared.ts'
import type { Change } from '../../src/domain/change.ts'

const ADDRESS: Change = { kind: 'allocate-address', makes: 'elasticIp', domain: 'vpc' }
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

  test('another one has another name, in all that names it', () => {
    const list = together([
      [ADDRESS, nat('subnet-1'), route('rtb-1')],
      [ADDRESS, nat('subnet-2'), route('rtb-2')],
    ])
    expect(list.slice(3)).toEqual([{ ...nat('subnet-2'), makes: 'natGateway_2' }, route('rtb-2', 'natGateway_2')])
  })
})
