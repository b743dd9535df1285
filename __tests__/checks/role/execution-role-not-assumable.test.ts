import { describe, expect, test } from '@jest/globals'
import { unread } from '../../../src/domain/answer.ts'
import { expectPages } from '../page.ts'
import {
  ACCOUNT,
  findingOf,
  HEALTHY,
  OTHER,
  REGION,
  ROLE,
  told,
  unsure,
  withExecution,
  withTrust,
} from '../role-world.ts'

const FOUND = [`execution-role-not-assumable ${ROLE}`]
const trust = (...statements: readonly object[]) => ({ Version: '2012-10-17', Statement: statements })
const tasks = (more: object = {}) => ({
  Effect: 'Allow',
  Principal: { Service: 'ecs-tasks.amazonaws.com' },
  Action: 'sts:AssumeRole',
  ...more,
})
const of = (account: string, region = REGION) => ({
  StringEquals: { 'aws:SourceAccount': account },
  ArnLike: { 'aws:SourceArn': `arn:aws:ecs:${region}:${account}:*` },
})

describe('execution-role-not-assumable', () => {
  test('finds a trust policy that names another service', () => {
    const world = withTrust(HEALTHY, trust({ ...tasks(), Principal: { Service: 'ec2.amazonaws.com' } }))
    expect(told(world)).toEqual(FOUND)
    expectPages(findingOf(world, 'execution-role-not-assumable'))
  })

  test('adds the missing statement to what is there', () => {
    const world = withTrust(HEALTHY, trust({ ...tasks(), Principal: { Service: 'ec2.amazonaws.com' } }))
    const [command = ''] = findingOf(world, 'execution-role-not-assumable').remedy.cli
    const document = /--policy-document '(.*)'$/.exec(command)?.[1] ?? ''
    expect(told(withTrust(HEALTHY, JSON.parse(document)))).toEqual([])
    expect(document).toContain('ec2.amazonaws.com')
  })

  test.each([
    [
      'one service among several',
      trust({ ...tasks(), Principal: { Service: ['ec2.amazonaws.com', 'ecs-tasks.amazonaws.com'] } }),
    ],
    ['several actions', trust({ ...tasks(), Action: ['sts:AssumeRole', 'sts:TagSession'] })],
    [
      'the second of two statements',
      trust({ ...tasks(), Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } }, tasks()),
    ],
    ['a statement that is no list', { Version: '2012-10-17', Statement: tasks() }],
    ['the own account and Region', trust(tasks({ Condition: of(ACCOUNT) }))],
    [
      'the own account, as one of several',
      trust(tasks({ Condition: { StringEquals: { 'aws:SourceAccount': [OTHER, ACCOUNT] } } })),
    ],
    [
      'a Deny that is about others',
      trust(tasks(), { ...tasks(), Effect: 'Deny', Principal: { Service: 'ec2.amazonaws.com' } }),
    ],
  ])('is clear with %s', (_, document) => {
    expect(told(withTrust(HEALTHY, document))).toEqual([])
    expect(unsure(withTrust(HEALTHY, document))).toEqual([])
  })

  test.each([
    ['another account', trust(tasks({ Condition: of(OTHER) }))],
    ['another Region', trust(tasks({ Condition: of(ACCOUNT, 'us-east-1') }))],
    ['the ECS service instead of its tasks', trust({ ...tasks(), Principal: { Service: 'ecs.amazonaws.com' } })],
    ['another action', trust({ ...tasks(), Action: 'sts:AssumeRoleWithWebIdentity' })],
    ['a Deny', trust(tasks(), tasks({ Effect: 'Deny' }))],
  ])('finds %s', (_, document) => {
    expect(told(withTrust(HEALTHY, document))).toEqual(FOUND)
  })

  test('cannot tell from a condition on a key that it has no value of', () => {
    const world = withTrust(
      HEALTHY,
      trust(tasks({ Condition: { StringEquals: { 'aws:SourceOrgID': 'o-a1b2c3d4e5' } } })),
    )
    expect(told(world)).toEqual([])
    expect(unsure(world)).toEqual([expect.stringMatching(/^execution-role-not-assumable\*: .*aws:SourceOrgID/)])
  })

  test('cannot tell where the role may not be read', () => {
    const world = withExecution(HEALTHY, { role: unread('denied', 'iam:GetRole') })
    expect(told(world)).toEqual([])
    expect(unsure(world)).toEqual([
      `execution-role-not-assumable*: could not read the trust policy of the role ${ROLE}: access was denied`,
    ])
  })
})
