import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/domain/answer.ts'
import type { ChangeOf } from '../../../src/domain/change.ts'
import { A, GROUP, HEALTHY, TASK_GROUP } from '../../checks/configuration-world.ts'
import { configuredFacts, factAfter, facts, without } from '../facts.ts'
import { expectForms } from '../forms.ts'

type UpdateService = ChangeOf<'update-service'>

const change = (settings: Partial<UpdateService>): UpdateService => ({
  kind: 'update-service',
  cluster: 'shop',
  service: 'web',
  ...settings,
})
const awsvpcConfiguration = { subnets: [A], securityGroups: [TASK_GROUP], assignPublicIp: 'ENABLED' }
const NETWORK = change({ networkConfiguration: { awsvpcConfiguration } })
const COUNTING = {
  enable: true,
  rollback: true,
  resetOnHealthyTask: false,
  thresholdConfiguration: { type: 'COUNT', value: 3 },
}
const breaker = (
  deploymentCircuitBreaker: NonNullable<UpdateService['deploymentConfiguration']>['deploymentCircuitBreaker'] & object,
) => change({ deploymentConfiguration: { deploymentCircuitBreaker } })
const behind = (targetGroupArn: string) =>
  change({ loadBalancers: [{ targetGroupArn, containerName: 'web', containerPort: 9000 }] })

describe('update-service', () => {
  test('names what changes and nothing else', () => {
    expectForms('update-service', {
      'a revision': [change({ taskDefinition: `${HEALTHY.service.taskDefinitionArn}8` })],
      'subnets, groups and public addresses': [NETWORK],
      'the default group, no public address': [
        change({ networkConfiguration: { awsvpcConfiguration: { subnets: [A], assignPublicIp: 'DISABLED' } } }),
      ],
      percentages: [change({ deploymentConfiguration: { maximumPercent: 150, minimumHealthyPercent: 50 } })],
      'the circuit breaker': [breaker({ enable: true, rollback: false })],
      'how the circuit breaker counts': [breaker(COUNTING)],
      'load balancers, whole': [
        change({
          loadBalancers: [
            { targetGroupArn: GROUP, containerName: 'web', containerPort: 8080 },
            { loadBalancerName: 'classic', containerName: 'web', containerPort: 80 },
            {
              targetGroupArn: GROUP,
              containerName: 'web',
              containerPort: 81,
              advancedConfiguration: { roleArn: 'a b' },
            },
          ],
        }),
      ],
      'the grace period': [change({ healthCheckGracePeriodSeconds: 90 })],
      placement: [
        change({
          placementConstraints: [{ type: 'memberOf', expression: `attribute:ecs.subnet-id in [${A}]` }],
          forceNewDeployment: true,
        }),
      ],
    })
  })

  test.each<[string, UpdateService, object]>([
    ['a revision', change({ taskDefinition: 'arn:new' }), { taskDefinitionArn: 'arn:new' }],
    ['the network', NETWORK, { awsvpc: { subnetIds: [A], securityGroupIds: [TASK_GROUP], assignPublicIp: 'ENABLED' } }],
    [
      'one percentage',
      change({ deploymentConfiguration: { maximumPercent: 150 } }),
      {
        deploymentConfiguration: {
          ...HEALTHY.service.deploymentConfiguration,
          maximumPercent: 150,
          raw: { ...HEALTHY.service.deploymentConfiguration.raw, maximumPercent: 150 },
        },
      },
    ],
    ['the grace period', change({ healthCheckGracePeriodSeconds: 90 }), { healthCheckGracePeriodSeconds: 90 }],
    [
      'a load balancer',
      behind(GROUP),
      { loadBalancers: [{ targetGroupArn: GROUP, containerName: 'web', containerPort: 9000 }] },
    ],
  ])('of %s, the rest stays', (_, one, expected) => {
    const service = factAfter(facts(), 'service', one)
    expect(service).toMatchObject(expected)
    expect(service).toMatchObject({ name: 'web', desiredCount: HEALTHY.service.desiredCount })
  })

  test('the breaker is what the deployments are judged by from then on', () => {
    expect(factAfter(facts(), 'configuration', breaker(COUNTING))).toMatchObject({
      rollout: { value: { resetOnHealthyTask: false, breakerThreshold: { type: 'COUNT', value: 3 } } },
    })
    const counting = facts({ service: { ...HEALTHY.service, desiredCount: 4 } })
    expect(factAfter(counting, 'service', breaker({ enable: true, rollback: false }))).toMatchObject({
      deploymentConfiguration: { circuitBreaker: { enable: true, rollback: false } },
    })
  })

  test.each<[string, UpdateService, Partial<typeof HEALTHY.service>, string]>([
    ['another service', { ...NETWORK, service: 'api' }, {}, 'ServiceNotFoundException'],
    ['a service that is gone', NETWORK, { status: 'INACTIVE' }, 'ServiceNotActiveException'],
    ['the network under CodeDeploy', NETWORK, { deploymentController: 'CODE_DEPLOY' }, 'InvalidParameterException'],
    [
      'a revision under CodeDeploy',
      change({ taskDefinition: 'x' }),
      { deploymentController: 'CODE_DEPLOY' },
      'InvalidParameterException',
    ],
    [
      'percentages of an Express service',
      change({ deploymentConfiguration: { maximumPercent: 150 } }),
      { resourceManagementType: 'ECS' },
      'InvalidParameterException',
    ],
    ['its load balancer', behind(GROUP), { resourceManagementType: 'ECS' }, 'InvalidParameterException'],
    [
      'both percentages at 100',
      change({ deploymentConfiguration: { maximumPercent: 100 } }),
      {},
      'InvalidParameterException',
    ],
  ])('AWS refuses %s', (_, one, service, refused) => {
    expect(factAfter(facts({ service: { ...HEALTHY.service, ...service } }), 'service', one)).toEqual({ refused })
  })

  test('AWS refuses a target group that is gone, or that no load balancer sends to', () => {
    const [record] = HEALTHY.configuration.targetGroups
    if (record?.group.known !== true || record.group.value === null) throw new Error('no group')
    const group = (value: typeof record.group.value | null) =>
      configuredFacts({ targetGroups: [{ ...record, group: known(value) }] })
    expect(factAfter(group(null), 'service', behind(GROUP))).toEqual({ refused: 'InvalidParameterException' })
    const loose = group({ ...record.group.value, loadBalancerArns: [] })
    expect(factAfter(loose, 'service', behind(GROUP))).toEqual({ refused: 'InvalidParameterException' })
  })

  test('constraints take the place of those before, with a new deployment or without', () => {
    const placementConstraints = [{ type: 'distinctInstance' }, { type: 'memberOf', expression: 'x' }]
    for (const more of [{}, { forceNewDeployment: true }] as const) {
      expect(factAfter(facts(), 'service', change({ placementConstraints, ...more }))).toMatchObject({
        placementConstraints: [
          { type: 'distinctInstance', expression: null },
          { type: 'memberOf', expression: 'x' },
        ],
      })
    }
  })

  test('nobody foresees what a new deployment alone does, nor what could not be read', () => {
    expect(factAfter(facts(), 'service', change({ forceNewDeployment: true }))).toBeNull()
    expect(factAfter(without('service'), 'service', NETWORK)).toBeNull()
  })
})
