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
  record,
  TASK_ROLE,
  told,
  trusting,
  unsure,
  withTask,
} from '../role-world.ts'

const ID = 'task-role-not-assumable'
const FOUND = [`${ID} ${TASK_ROLE}`]
const trusted = (service: string, condition?: object) =>
  withTask(HEALTHY, {
    role: trusting(service, {
      arn: TASK_ROLE,
      ...(condition === undefined
        ? {}
        : {
            trust: JSON.stringify({
              Version: '2012-10-17',
              Statement: {
                Effect: 'Allow',
                Principal: { Service: service },
                Action: 'sts:AssumeRole',
                Condition: condition,
              },
            }),
          }),
    }),
  })

describe(ID, () => {
  test('finds a task role that trusts another service, though the execution role is in order', () => {
    expect(told(trusted('ec2.amazonaws.com'))).toEqual(FOUND)
    expectPages(findingOf(trusted('ec2.amazonaws.com'), ID))
  })

  test('is clear where it trusts ECS tasks, and where there is none', () => {
    expect([told(trusted('ecs-tasks.amazonaws.com')), unsure(trusted('ecs-tasks.amazonaws.com'))]).toEqual([[], []])
    expect(told(HEALTHY)).toEqual([])
  })

  test.each([
    ['the own account', { StringEquals: { 'aws:SourceAccount': ACCOUNT } }, []],
    ['another account', { StringEquals: { 'aws:SourceAccount': OTHER } }, FOUND],
    ['the own Region', { ArnLike: { 'aws:SourceArn': `arn:aws:ecs:${REGION}:${ACCOUNT}:*` } }, []],
    ['another Region', { ArnLike: { 'aws:SourceArn': `arn:aws:ecs:us-east-1:${ACCOUNT}:*` } }, FOUND],
  ])('judges a condition on %s', (_, condition, expected) => {
    expect(told(trusted('ecs-tasks.amazonaws.com', condition))).toEqual(expected)
  })

  test('the repair mends it', () => {
    const [command = ''] = findingOf(trusted('ec2.amazonaws.com'), ID).remedy.cli
    const trust = /--policy-document '(.*)'$/.exec(command)?.[1] ?? ''
    expect(told(withTask(HEALTHY, { role: trusting('', { arn: TASK_ROLE, trust }) }))).toEqual([])
  })

  test('a role that is the execution role as well is told once', () => {
    const both = record({ role: trusting('ec2.amazonaws.com', { arn: ROLE }) })
    const world = withTask(HEALTHY, both)
    expect(told({ ...world, role: { ...world.role, execution: both } })).toEqual([
      `execution-role-not-assumable ${ROLE}`,
    ])
  })

  test('cannot tell where the role may not be read', () => {
    expect(unsure(withTask(HEALTHY, { role: unread('denied', 'iam:GetRole') }))).toEqual([
      `task-role-not-found*: could not read the role ${TASK_ROLE}: access was denied`,
      `${ID}*: could not read the trust policy of the role ${TASK_ROLE}: access was denied`,
    ])
  })
})
