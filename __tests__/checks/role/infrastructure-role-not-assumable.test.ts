import { describe, expect, test } from '@jest/globals'
import { known, unread } from '../../../src/domain/answer.ts'
import type { RoleRecord } from '../../../src/domain/role.ts'
import { expectPages } from '../page.ts'
import {
  ACCOUNT,
  findingOf,
  HOST_ROLE,
  INFRASTRUCTURE_ROLE,
  OTHER,
  onManagedInstances,
  PROFILE,
  record,
  told,
  trusting,
  USES,
  unsure,
  using,
  withRole,
} from '../role-world.ts'

const ID = 'infrastructure-role-not-assumable'
const FOUND = [`${ID} ${INFRASTRUCTURE_ROLE}`]
const VOLUME = USES['an EBS volume'] ?? {}

describe(ID, () => {
  test('finds a role of EBS volumes that trusts ECS tasks instead of ECS', () => {
    const world = using(VOLUME, { role: trusting('ecs-tasks.amazonaws.com') })
    expect(told(world)).toEqual(FOUND)
    expectPages(findingOf(world, ID))
  })

  test.each(Object.entries(USES))('of %s: clear where it trusts ECS, found where it trusts another', (_, use) => {
    expect([told(using(use)), unsure(using(use))]).toEqual([[], []])
    expect(told(using(use, { role: trusting('elasticloadbalancing.amazonaws.com') }))).toEqual(FOUND)
  })

  test('of Managed Instances it is a warning: those that run take tasks without it', () => {
    expect(told(onManagedInstances())).toEqual([])
    expect(told(onManagedInstances({ role: trusting('ec2.amazonaws.com') }))).toEqual([`${FOUND} (warning)`])
  })

  test('the role of their instance profile has to trust EC2, where it could be read', () => {
    const startedWith = (role: RoleRecord['role']) =>
      withRole(onManagedInstances(), {
        managedInstances: [{ profileArn: PROFILE, role: known(record({ arn: HOST_ROLE, role })) }],
      })
    const arn = HOST_ROLE
    expect(told(startedWith(trusting('ec2.amazonaws.com', { arn })))).toEqual([])
    expect(told(startedWith(trusting('ecs.amazonaws.com', { arn })))).toEqual([`${ID} ${HOST_ROLE} (warning)`])
    expect(unsure(startedWith(unread('denied', 'iam:GetRole')))).toEqual([])
  })

  test('a role with several uses is one finding, which names them all', () => {
    const world = using({ ...VOLUME, ...USES['VPC Lattice'] }, { role: trusting('ec2.amazonaws.com') })
    expect(told(world)).toEqual(FOUND)
    expect(findingOf(world, ID).evidence.map(({ en }) => en)).toEqual(
      expect.arrayContaining([
        'The role is for EBS volume data.',
        'The role is for VPC Lattice target group arn:lattice.',
      ]),
    )
  })

  test('a rolling deployment moves no traffic', () => {
    const { loadBalancers } = USES['a load balancer'] ?? {}
    expect(told(using({ loadBalancers: loadBalancers ?? [] }, { role: trusting('ec2.amazonaws.com') }))).toEqual([])
  })

  test('the repair mends it', () => {
    const [command = ''] = findingOf(using(VOLUME, { role: trusting('ec2.amazonaws.com') }), ID).remedy.cli
    const trust = /--policy-document '(.*)'$/.exec(command)?.[1] ?? ''
    expect(told(using(VOLUME, { role: trusting('', { trust }) }))).toEqual([])
  })

  test.each([
    ['another account can never hold', OTHER, FOUND, []],
    ['the own account is not known to be sent', ACCOUNT, [], [expect.stringMatching(`^${ID}\\*: .*aws:SourceAccount`)]],
  ])('a condition on %s', (_, account, found, unknown) => {
    const statement = {
      Effect: 'Allow',
      Principal: { Service: 'ecs.amazonaws.com' },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'aws:SourceAccount': account } },
    }
    const role = trusting('', { trust: JSON.stringify({ Version: '2012-10-17', Statement: statement }) })
    expect([told(using(VOLUME, { role })), unsure(using(VOLUME, { role }))]).toEqual([found, unknown])
  })

  test('cannot tell where the role may not be read', () => {
    expect(unsure(using(VOLUME, { role: unread('denied', 'iam:GetRole') }))).toContain(
      `${ID}*: could not read the trust policy of the role ${INFRASTRUCTURE_ROLE}: access was denied`,
    )
  })
})
