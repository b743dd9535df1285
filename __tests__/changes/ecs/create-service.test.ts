import { describe, expect, test } from '@jest/globals'
import { HEALTHY } from '../../checks/configuration-world.ts'
import { factAfter, facts, without } from '../facts.ts'
import { expectForms } from '../forms.ts'

const CHANGE = { kind: 'create-service', cluster: 'shop', serviceName: 'web' } as const
const having = (status: string) => facts({ service: { ...HEALTHY.service, status } })

describe('create-service', () => {
  test('carries all that ECS still says of the service', () => {
    expectForms('create-service', { 'a deleted service': [CHANGE] })
  })

  test.each(['DRAINING', 'INACTIVE'])('a service that is %s is active again', (status) => {
    expect(factAfter(having(status), 'service', CHANGE)).toEqual({ ...HEALTHY.service, status: 'ACTIVE' })
  })

  test('AWS refuses to make one that is there', () => {
    expect(factAfter(having('ACTIVE'), 'service', CHANGE)).toEqual({ refused: 'InvalidParameterException' })
    expect(factAfter(without('service'), 'service', CHANGE)).toBeNull()
  })
})
