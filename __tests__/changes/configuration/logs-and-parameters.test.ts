import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/domain/answer.ts'
import type { Change } from '../../../src/domain/change.ts'
import { LOG_GROUP, PARAMETER, REGION } from '../../checks/configuration-world.ts'
import { configuredFacts, factAfter, without } from '../facts.ts'
import { expectForms } from '../forms.ts'

const GROUP: Change = { kind: 'create-log-group', logGroupName: LOG_GROUP, region: REGION }
const PUT: Change = { kind: 'put-parameter', name: PARAMETER, type: 'SecureString', region: REGION }
const exists = known(false)
const WITHOUT_BOTH = configuredFacts({
  logGroups: [
    { name: LOG_GROUP, region: REGION, exists },
    { name: LOG_GROUP, region: 'us-east-1', exists },
  ],
  parameters: [
    { name: PARAMETER, region: REGION, exists },
    { name: `${PARAMETER}/2`, region: REGION, exists },
  ],
})

describe('create-log-group and put-parameter', () => {
  test('in the Region that they are named for', () => {
    expectForms('create-log-group', { 'a group': [GROUP], elsewhere: [{ ...GROUP, region: 'us-east-1' }] })
    expectForms('put-parameter', { 'a parameter': [PUT], elsewhere: [{ ...PUT, region: 'us-east-1' }] })
  })

  test('the very one is there, and no other', () => {
    expect(factAfter(WITHOUT_BOTH, 'configuration', GROUP)).toMatchObject({
      logGroups: [{ exists: known(true) }, { exists }],
      parameters: [{ exists }, { exists }],
    })
    expect(factAfter(WITHOUT_BOTH, 'configuration', PUT)).toMatchObject({
      parameters: [{ exists: known(true) }, { exists }],
    })
  })

  test('nobody foresees what no fact holds', () => {
    expect(factAfter(WITHOUT_BOTH, 'configuration', { ...GROUP, logGroupName: 'other' })).toBeNull()
    expect(factAfter(without('configuration'), 'configuration', PUT)).toBeNull()
  })
})
