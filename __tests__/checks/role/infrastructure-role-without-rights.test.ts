import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/domain/answer.ts'
import { expectPages } from '../page.ts'
import {
  FUNCTION,
  findingOf,
  INFRASTRUCTURE_ROLE,
  RULE,
  simulated,
  told,
  UNREADABLE,
  USES,
  unsure,
  using,
} from '../role-world.ts'

const ID = 'infrastructure-role-without-rights'
const FOUND = [`${ID} ${INFRASTRUCTURE_ROLE}`]
const denying = (action: string, resource = '*') => ({
  simulation: known([simulated(action, { decision: 'implicitDeny', resource })]),
})
const HOOK = USES['a lifecycle hook'] ?? {}

describe(ID, () => {
  test('finds a role that may not call the function of its hook', () => {
    const world = using(HOOK, denying('lambda:InvokeFunction', FUNCTION))
    expect(told(world)).toEqual(FOUND)
    expectPages(findingOf(world, ID))
  })

  test.each([
    ['a load balancer', 'elasticloadbalancing:ModifyRule', RULE],
    ['VPC Lattice', 'vpc-lattice:RegisterTargets', 'arn:lattice'],
    ['an EBS volume', 'ec2:CreateVolume', '*'],
  ])('of %s needs %s', (use, action, resource) => {
    expect(told(using(USES[use] ?? {}, denying(action, resource)))).toEqual(FOUND)
    expect(told(using(USES[use] ?? {}))).toEqual([])
  })

  test('allows any volume: the one that is to be made has no id yet', () => {
    const finding = findingOf(using(USES['an EBS volume'] ?? {}, denying('ec2:CreateVolume')), ID)
    expect(finding.what.en).toContain('ec2:CreateVolume (volume/*)')
    expect(finding.remedy.cli.join()).toContain(':volume/*"]')
  })

  test('a Network Load Balancer has its listener changed', () => {
    const [entry] = USES['a load balancer']?.loadBalancers ?? []
    if (!entry?.advancedConfiguration) throw new Error('no load balancer')
    const listener = RULE.replace('listener-rule/app', 'listener/net')
    const advancedConfiguration = { ...entry.advancedConfiguration, productionListenerRule: listener }
    const use = { ...USES['a load balancer'], loadBalancers: [{ ...entry, advancedConfiguration }] }
    expect(told(using(use, denying('elasticloadbalancing:ModifyListener', listener)))).toEqual(FOUND)
  })

  test("AWS's own policy for volumes asks for tags of the request: what nobody can see leaves the verdict alone", () => {
    const open = simulated('ec2:CreateVolume', {
      decision: 'implicitDeny',
      missing: ['aws:RequestTag/AmazonECSManaged'],
    })
    const world = using(USES['an EBS volume'] ?? {}, { simulation: known([open]) })
    expect(told(world)).toEqual([])
    expect(unsure(world)).toEqual(expect.arrayContaining([expect.stringMatching(`^${ID}: .*AmazonECSManaged`)]))
  })

  test('cannot tell where neither simulator nor policies may be read', () => {
    expect(unsure(using(HOOK, UNREADABLE))).toEqual([
      `${ID}*: could not read the permissions of the role ${INFRASTRUCTURE_ROLE}: access was denied`,
    ])
  })
})
