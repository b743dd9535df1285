import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/domain/answer.ts'
import {
  ACCOUNT,
  type ConfiguredWorld,
  configured,
  findingOf,
  HEALTHY,
  REGION,
  told,
  unsure,
  withContainer,
} from '../configuration-world.ts'
import { expectPages } from '../page.ts'

const ID = 'registry-credentials-of-other-account'
const secretOf = (account: string) => `arn:aws:secretsmanager:${REGION}:${account}:secret:quay-pull-QwErTy`
const pullingWith = (id: string): ConfiguredWorld =>
  configured(withContainer(HEALTHY, { repositoryCredentials: id, secrets: [] }), {
    secrets: [{ id, region: REGION, secret: known({ arn: id, deletedAt: null, stages: ['AWSCURRENT'] }) }],
    secretKeys: [],
  })

describe(ID, () => {
  test('finds a secret of another account, even one that both sides allow', () => {
    const world = pullingWith(secretOf('210987654321'))
    expect(told(world)).toEqual([`${ID} ${secretOf('210987654321')}`])
    expectPages(findingOf(world, ID))
  })

  test('is clear of a secret of its own, by ARN or by name', () => {
    expect(told(pullingWith(secretOf(ACCOUNT)))).toEqual([])
    expect(told(configured(pullingWith('quay-pull'), { secrets: [] }))).toEqual([])
  })

  test('a secret of another account in a variable is another matter', () => {
    const secrets = [{ name: 'DB', valueFrom: secretOf('210987654321') }]
    expect(told(configured(withContainer(HEALTHY, { secrets }), { secrets: [], secretKeys: [] }))).toEqual([])
  })

  test('is unknown without the task definition', () => {
    expect(unsure(HEALTHY, ID, 'taskDefinition')).toEqual([['read:taskDefinition', true]])
  })
})
