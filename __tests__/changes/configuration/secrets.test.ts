import { describe, expect, test } from '@jest/globals'
import { known, unread } from '../../../src/domain/answer.ts'
import type { Change } from '../../../src/domain/change.ts'
import { HEALTHY, REGION, SECRET } from '../../checks/configuration-world.ts'
import { configuredFacts, factAfter, facts, without } from '../facts.ts'
import { expectForms } from '../forms.ts'

const GONE = unread('not-found', 'secretsmanager:DescribeSecret')
const CREATE: Change = {
  kind: 'create-secret',
  makes: 'secretArn',
  name: 'prod/db',
  region: REGION,
  file: 'secret.txt',
  holds: 'the value of the secret',
}
const PUT: Change = { kind: 'put-secret-value', secretId: SECRET, region: REGION, versionStage: 'AWSPENDING' }
const KEY: Change = { kind: 'put-secret-value', secretId: SECRET, region: REGION, key: 'it\'s "so"' }
const RESTORE: Change = { kind: 'restore-secret', secretId: SECRET, region: REGION }

describe('create-secret, put-secret-value, restore-secret', () => {
  test('what the reader has to write first is named', () => {
    expectForms('create-secret', {
      'in the Region of the report': [CREATE],
      'in another Region': [{ ...CREATE, region: 'us-east-1' }],
    })
    expectForms('put-secret-value', {
      'a value': [{ kind: 'put-secret-value', secretId: SECRET, region: REGION }],
      'a value with a staging label': [PUT],
      'one key of a JSON object': [KEY],
      'one key of a version': [{ ...KEY, versionStage: 'AWSPENDING' }],
    })
    expectForms('restore-secret', { 'a secret': [RESTORE] })
  })

  test('a secret is found by its name; an ARN of the old one leads nowhere still', () => {
    const named = (id: string) => configuredFacts({ secrets: [{ id, region: REGION, secret: GONE }] })
    expect(factAfter(named('prod/db'), 'configuration', CREATE)).toMatchObject({
      secrets: [{ secret: { known: true, value: { deletedAt: null } } }],
    })
    expect(factAfter(named(SECRET), 'configuration', CREATE)).toMatchObject({ secrets: [{ secret: GONE }] })
  })

  test('a version has its staging label, and its key', () => {
    expect(factAfter(facts(), 'configuration', PUT)).toMatchObject({
      secrets: [{ secret: { value: { stages: ['AWSCURRENT', 'AWSPENDING'] } } }],
    })
    const lacking = {
      id: SECRET,
      region: REGION,
      stage: null,
      versionId: null,
      key: 'it\'s "so"',
      holds: known('no-key' as const),
    }
    const other = { ...lacking, key: 'other' }
    expect(factAfter(configuredFacts({ secretKeys: [lacking, other] }), 'configuration', KEY)).toMatchObject({
      secretKeys: [{ holds: known('key') }, { holds: known('no-key') }],
    })
    expect(factAfter(configuredFacts({ secretKeys: [lacking] }), 'configuration', PUT)).toMatchObject({
      secretKeys: [{ holds: known('no-key') }],
    })
  })

  test('a secret that is restored stays', () => {
    const [one] = HEALTHY.configuration.secrets
    const deleted = { arn: SECRET, deletedAt: 1, stages: ['AWSCURRENT'] }
    const before = configuredFacts({ secrets: one === undefined ? [] : [{ ...one, secret: known(deleted) }] })
    expect(factAfter(before, 'configuration', RESTORE)).toMatchObject({
      secrets: [{ secret: { value: { deletedAt: null } } }],
    })
    expect(factAfter(before, 'configuration', { ...RESTORE, region: 'us-east-1' })).toMatchObject({
      secrets: [{ secret: { value: { deletedAt: 1 } } }],
    })
  })

  test('nobody foresees what could not be read', () => {
    for (const one of [PUT, RESTORE]) expect(factAfter(without('configuration'), 'configuration', one)).toBeNull()
  })
})
