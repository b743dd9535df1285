import { describe, expect, test } from '@jest/globals'
import type { Change } from '../../../src/domain/change.ts'
import { BALANCER, behind, HEALTHY } from '../../checks/configuration-world.ts'
import { PUBLIC_A, PUBLIC_C } from '../../checks/world.ts'
import { configuredFacts, factAfter, without } from '../facts.ts'
import { expectForms } from '../forms.ts'

const subnets = (...ids: readonly string[]): Change => ({
  kind: 'set-subnets',
  loadBalancerArn: BALANCER,
  subnets: ids,
})
const BEFORE = configuredFacts(behind(HEALTHY, { subnetIds: [PUBLIC_A], zones: ['ap-northeast-2a'] }).configuration)

describe('set-subnets', () => {
  test('names all that the load balancer is to have', () => {
    expectForms('set-subnets', { 'a second zone': [subnets(PUBLIC_A, PUBLIC_C)] })
  })

  test('it is in the zones of its subnets', () => {
    const front = { subnetIds: [PUBLIC_A, PUBLIC_C], zones: ['ap-northeast-2a', 'ap-northeast-2c'] }
    expect(factAfter(BEFORE, 'configuration', subnets(PUBLIC_A, PUBLIC_C))).toMatchObject({
      targetGroups: [{ loadBalancers: { value: [front] } }],
    })
  })

  test('AWS refuses two of a zone, and one that is gone', () => {
    const [own] = HEALTHY.service.awsvpc?.subnetIds ?? []
    expect(factAfter(BEFORE, 'configuration', subnets(PUBLIC_A, own ?? ''))).toEqual({ refused: 'InvalidSubnet' })
    expect(factAfter(BEFORE, 'configuration', subnets(PUBLIC_A, 'subnet-gone'))).toEqual({ refused: 'SubnetNotFound' })
  })

  test('nobody foresees what was not read', () => {
    expect(factAfter(without('network'), 'configuration', subnets(PUBLIC_A))).toBeNull()
  })
})
