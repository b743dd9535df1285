import { describe, expect, test } from '@jest/globals'
import { type JudgedSubnets, judgedSubnets, subnetPlan } from '../../src/deployment/bad-subnets.ts'
import { execPlan, percentPlan, updateOf } from '../../src/deployment/temporary-settings.ts'
import type { Service } from '../../src/domain/service.ts'
import { ROLLOUTS } from '../report/rollout-samples.ts'
import { ALL_CLEAR, SEOUL, SUBNETS } from '../report/samples.ts'
import { service } from '../task-start/sample.ts'

function withPercentages(minimumHealthyPercent: number, maximumPercent: number, changes: Partial<Service> = {}) {
  const { deploymentConfiguration: own, ...rest } = service()
  return { ...rest, deploymentConfiguration: { ...own, minimumHealthyPercent, maximumPercent }, ...changes }
}

describe('percent', () => {
  test('is what the quick fix says: 50 and 100 become 0 and 200', () => {
    expect(percentPlan(withPercentages(50, 100))).toEqual({
      outcome: 'change',
      changes: [
        { setting: 'minimumHealthyPercent', before: 50, after: 0 },
        { setting: 'maximumPercent', before: 100, after: 200 },
      ],
    })
  })

  test('takes no room away, and leaves what is so already', () => {
    expect(percentPlan(withPercentages(50, 300))).toMatchObject({ changes: [{ setting: 'minimumHealthyPercent' }] })
    expect(percentPlan(withPercentages(0, 300)).outcome).toBe('nothing')
  })

  test.each<Partial<Service>>([
    { deploymentController: 'CODE_DEPLOY' },
    { schedulingStrategy: 'DAEMON' },
    { deploymentConfiguration: { ...service().deploymentConfiguration, strategy: 'BLUE_GREEN' } },
  ])('is refused where it would not help: %o', (changes) => {
    expect(percentPlan(withPercentages(50, 100, changes)).outcome).toBe('refused')
  })
})

test('enable-exec turns it on where it is off', () => {
  expect(execPlan(service())).toMatchObject({ changes: [{ before: false, after: true }] })
  expect(execPlan(service({ enableExecuteCommand: true })).outcome).toBe('nothing')
})

test('enable-exec is refused where it would replace a deployment in progress, and where ECS starts none', () => {
  const of = { status: 'PRIMARY', taskDefinitionArn: service().taskDefinitionArn }
  const deployments = [{ ...of, id: 'ecs-svc/42', rolloutState: 'IN_PROGRESS' }]
  const inProgress = execPlan(service({ deployments }))
  expect([inProgress.outcome, JSON.stringify(inProgress)]).toEqual(['refused', expect.stringContaining('ecs-svc/42')])
  expect(execPlan(service({ deploymentController: 'CODE_DEPLOY' })).outcome).toBe('refused')
  expect(execPlan(service({ deployments, enableExecuteCommand: true })).outcome).toBe('nothing')
})

describe('bad-subnets', () => {
  const zones = { 'subnet-a': 'zone-a', 'subnet-c': 'zone-c' }
  const plan = (judged: Partial<JudgedSubnets>, balancers: readonly string[][] = [], known: object = zones) =>
    subnetPlan(
      service(),
      { good: [], bad: [], ...judged },
      { zones: { ...known }, loadBalancers: balancers.map((of, at) => ({ name: `lb-${at}`, zones: of })) },
    )

  test('leaves out those that are bad, in the order of the rest', () => {
    expect(plan({ bad: ['subnet-c', 'subnet-of-others'] })).toEqual({
      outcome: 'change',
      changes: [{ setting: 'subnets', before: ['subnet-a', 'subnet-c'], after: ['subnet-a'] }],
    })
  })

  test('is refused where none, or all, were proved bad, and is nothing where all are good', () => {
    expect(plan({ good: ['subnet-a'] }).outcome).toBe('refused')
    expect(plan({ bad: ['subnet-a', 'subnet-c'] }).outcome).toBe('refused')
    expect(plan({ good: ['subnet-a', 'subnet-c'] }).outcome).toBe('nothing')
  })

  test('is refused where a load balancer is in no zone of what is left, as far as zones are known', () => {
    const bad = ['subnet-c']
    expect(plan({ bad }, [['zone-a', 'zone-c']]).outcome).toBe('change')
    expect(plan({ bad }, [['zone-a'], ['zone-c']]).outcome).toBe('refused')
    expect(plan({ bad }, [['zone-c']], {}).outcome).toBe('change')
    expect(plan({ bad }, [[]]).outcome).toBe('change')
  })

  test('is refused for a service whose tasks have no interface of their own', () => {
    const nowhere = subnetPlan(service({ awsvpc: null }), { good: [], bad: ['x'] }, { zones: {}, loadBalancers: [] })
    expect(nowhere.outcome).toBe('refused')
  })

  test('what a report proves: a needed path that is blocked', () => {
    const all = SUBNETS.map(([id]) => id)
    expect(judgedSubnets(ALL_CLEAR)).toEqual({ good: all, bad: [] })
    const blocked = SEOUL.paths.filter(({ outcome }) => outcome === 'blocked').map(({ from }) => from.subnetId)
    expect(judgedSubnets(SEOUL).bad).toEqual([...new Set(blocked)])
    expect(judgedSubnets({ paths: SEOUL.paths.map((path) => ({ ...path, required: false })) }).bad).toEqual([])
  })

  test('what a rollout proves: every start failed there, at a network that preflight explains', () => {
    const rollout = Object.values(ROLLOUTS).find((one) => (one.rollout?.failures.length ?? 0) > 0)?.rollout
    const [failure] = rollout?.failures ?? []
    if (rollout === undefined || failure === undefined) throw new Error('a rollout with a failure')
    const subnetId = 'subnet-x'
    const failures = [{ ...failure, subnetId, label: 'pull/network-timeout' as const }]
    const bySubnet = [{ subnetId, availabilityZone: null, started: 2, failed: 2, succeeded: 0 }]
    const proving = (confidence: 'proved' | 'likely', counts: object = {}) =>
      judgedSubnets({
        paths: [],
        rollout: {
          ...rollout,
          failures: failures.map((one) => ({ ...one, confidence })),
          bySubnet: bySubnet.map((one) => ({ ...one, ...counts })),
        },
      }).bad
    expect(proving('proved')).toEqual([subnetId])
    expect(proving('likely')).toEqual([])
    expect(proving('proved', { succeeded: 1 })).toEqual([])
  })
})

test('an update names what changes and no more, and a network configuration whole', () => {
  const own = { subnets: ['subnet-a'], securityGroups: ['sg-1'], assignPublicIp: 'ENABLED', tomorrow: true }
  const of = service({ raw: { networkConfiguration: { awsvpcConfiguration: own } } })
  expect(updateOf(of, { maximumPercent: 100 })).toEqual({ deploymentConfiguration: { maximumPercent: 100 } })
  expect(updateOf(of, { subnets: ['subnet-c'], enableExecuteCommand: false })).toEqual({
    networkConfiguration: { awsvpcConfiguration: { ...own, subnets: ['subnet-c'] } },
    enableExecuteCommand: false,
  })
})
