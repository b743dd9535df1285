import { describe, expect, test } from '@jest/globals'
import type { Change } from '../../../src/domain/change.ts'
import { factAfter, facts } from '../facts.ts'
import { expectForms } from '../forms.ts'

const QUOTA: Change = {
  kind: 'request-service-quota-increase',
  serviceCode: 'fargate',
  quotaCode: 'L-3032A538',
  desiredValue: 8,
}
const COPY: Change = {
  kind: 'copy-object',
  copySource: 'settings/web/prod.txt',
  bucket: 'settings',
  key: 'web/prod.env',
}

describe('request-service-quota-increase and copy-object', () => {
  test('what is asked for, and what is copied', () => {
    expectForms('request-service-quota-increase', { 'of Fargate': [QUOTA] })
    expectForms('copy-object', { 'under another name': [COPY] })
  })

  test('AWS may take a day to grant it, and no fact says which objects there are', () => {
    expect(factAfter(facts(), 'configuration', QUOTA)).toBeNull()
    expect(factAfter(facts(), 'configuration', COPY)).toBeNull()
  })
})
