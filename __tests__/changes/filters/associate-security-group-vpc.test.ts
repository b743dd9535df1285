import { describe, expect, test } from '@jest/globals'
import type { Change } from '../../../src/domain/change.ts'
import type { Network } from '../../../src/domain/network.ts'
import { BY_ENDPOINTS, TASK_GROUP, VPC } from '../../checks/world.ts'
import { expectWords, networkAfter, withoutList } from '../kind.ts'

const KIND = 'associate-security-group-vpc'
const ASSOCIATE: Change = { kind: KIND, groupId: TASK_GROUP, vpcId: VPC }

describe(KIND, () => {
  test('in words', () => expectWords(KIND, [ASSOCIATE]))

  test('the group may be used in the VPC', () => {
    const { groupAssociations } = networkAfter(BY_ENDPOINTS, ASSOCIATE) as Network
    expect(groupAssociations).toEqual({
      known: true,
      value: [{ groupId: TASK_GROUP, vpcId: VPC, state: 'associated' }],
    })
  })

  test('AWS refuses what is not there', () => {
    expect(networkAfter(BY_ENDPOINTS, { ...ASSOCIATE, groupId: 'sg-1' })).toBe('InvalidGroup.NotFound')
    expect(networkAfter(BY_ENDPOINTS, { ...ASSOCIATE, vpcId: 'vpc-1' })).toBe('InvalidVpcID.NotFound')
    expect(networkAfter(withoutList(BY_ENDPOINTS, 'groupAssociations'), ASSOCIATE)).toBeNull()
  })
})
