import { describe, expect, test } from '@jest/globals'
import type { Change } from '../../../src/domain/change.ts'
import { BALANCER, GROUP, HEALTHY, VPC } from '../../checks/configuration-world.ts'
import { factAfter, facts, without } from '../facts.ts'
import { expectForms } from '../forms.ts'

const SHAPE = { name: 'web-2', protocol: 'HTTP', port: 8080, targetType: 'ip' } as const
const LIKE: Change = { kind: 'create-target-group', makes: 'targetGroupArn', ...SHAPE, vpcId: VPC, like: GROUP }
const NEW: Change = { kind: 'create-target-group', makes: 'targetGroupArn', ...SHAPE, like: null }
const listener = (loadBalancerArn: string | null): Change => ({
  kind: 'modify-listener',
  loadBalancerArn,
  replaces: GROUP,
  targetGroupArn: { ref: 'targetGroupArn' },
})
const SERVICE: Change = {
  kind: 'update-service',
  cluster: 'shop',
  service: 'web',
  loadBalancers: [{ targetGroupArn: { ref: 'targetGroupArn' }, containerName: 'web', containerPort: 8080 }],
}

describe('create-target-group and modify-listener', () => {
  test('a group like another one, behind its load balancer', () => {
    expectForms('create-target-group', { 'like another one': [LIKE, listener(BALANCER), SERVICE] })
    expectForms('modify-listener', { 'of a listener that the reader names': [NEW, listener(null)] })
  })

  test('it is there with the health check of the other one, and ECS takes it once a load balancer sends to it', () => {
    expect(factAfter(facts(), 'service', LIKE, SERVICE)).toEqual({ refused: 'InvalidParameterException' })
    expect(factAfter(facts(), 'service', LIKE, listener(BALANCER), SERVICE)).toMatchObject({
      loadBalancers: [{ targetGroupArn: 'new-targetGroupArn' }],
    })
    const old = HEALTHY.configuration.targetGroups[0]?.group
    expect(factAfter(facts(), 'configuration', LIKE)).toMatchObject({
      targetGroups: [
        {},
        {
          arn: 'new-targetGroupArn',
          group: {
            value: { ...SHAPE_FACTS, vpcId: VPC, healthCheck: old?.known === true ? old.value?.healthCheck : null },
          },
        },
      ],
    })
    expect(factAfter(facts(), 'configuration', NEW)).toMatchObject({
      targetGroups: [{}, { group: { value: { vpcId: null, healthCheck: { unhealthyThreshold: 2 } } } }],
    })
  })

  test('AWS refuses a name that is taken', () => {
    expect(factAfter(facts(), 'configuration', { ...LIKE, name: 'web' })).toEqual({
      refused: 'DuplicateTargetGroupName',
    })
  })

  test('nobody foresees what a listener does that the reader names, nor what could not be read', () => {
    expect(factAfter(facts(), 'configuration', NEW, listener(null))).toBeNull()
    expect(factAfter(without('configuration'), 'service', LIKE)).toBeNull()
  })
})

const SHAPE_FACTS = { name: 'web-2', protocol: 'HTTP', targetType: 'ip', loadBalancerArns: [] }
