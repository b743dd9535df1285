import { describe, expect, test } from '@jest/globals'
import { type Answer, known } from '../../../src/domain/answer.ts'
import type { LatticeTargetGroup } from '../../../src/domain/configuration.ts'
import { configured, DENIED, findingOf, HEALTHY, told, unsure, VPC, withDefinition } from '../configuration-world.ts'
import { expectPages } from '../page.ts'

const ID = 'lattice-target-group-unusable'
const ARN = 'arn:aws:vpc-lattice:ap-northeast-2:123456789012:targetgroup/tg-0a1b2c3d4e5f60001'
const FIT: LatticeTargetGroup = { type: 'ip', status: 'active', vpcId: VPC }
const registered = (group: Answer<LatticeTargetGroup | null>) =>
  configured(HEALTHY, { latticeTargetGroups: [{ arn: ARN, group }] })

describe(ID, () => {
  test.each([
    ['one that is gone', null],
    ['one of instances', { ...FIT, type: 'instance' }],
    ['one of another VPC', { ...FIT, vpcId: 'vpc-0ffffffffffffffff' }],
    ['one that is being deleted', { ...FIT, status: 'delete_in_progress' }],
  ])('finds %s', (_what, group) => {
    expect(told(registered(known(group)))).toEqual([`${ID} ${ARN}`])
    expectPages(findingOf(registered(known(null)), ID))
  })

  test('clear with one that fits, and with what nobody here knows', () => {
    for (const group of [FIT, { ...FIT, type: 'new', status: 'new', vpcId: null }]) {
      expect(told(registered(known(group)))).toEqual([])
    }
    const bridge = withDefinition(registered(known({ ...FIT, type: 'instance' })), { networkMode: 'bridge' })
    expect(told(bridge).filter((one) => one.startsWith(ID))).toEqual([])
  })

  test('is unknown, and decides, where it could not be read', () => {
    expect(unsure(registered(DENIED), ID)).toEqual([[DENIED.permission, true]])
  })
})
