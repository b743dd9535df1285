import { describe, expect, test } from '@jest/globals'
import { meetsExpression, type Subject } from '../../src/task-start/cluster-query.ts'

const INSTANCE: Subject = {
  instanceId: 'i-abcd1234',
  agentConnected: true,
  agentVersion: '1.99.0',
  attributes: [
    { name: 'ecs.instance-type', value: 't3.medium' },
    { name: 'ecs.availability-zone', value: 'eu-west-1a' },
    { name: 'stack', value: 'prod' },
    { name: 'rank', value: '12' },
    { name: 'ssd', value: null },
  ],
}

describe('the examples of the guide and their kin', () => {
  test.each<[expression: string, meets: boolean | null]>([
    ['attribute:ecs.instance-type == t3.medium', true],
    ['attribute:ecs.instance-type == g5.xlarge', false],
    ['attribute:ecs.instance-type==t3.medium', true],
    ["attribute:stack == 'prod'", true],
    ['attribute:stack equals "prod"', true],
    ['attribute:stack != prod', false],
    ['attribute:stack not_equals test', true],
    ['attribute:ecs.availability-zone in [eu-west-1a, eu-west-1b]', true],
    ['attribute:ecs.availability-zone in [eu-west-1b,eu-west-1c]', false],
    ['attribute:ecs.availability-zone !in [eu-west-1b]', true],
    ['attribute:ecs.availability-zone not_in [eu-west-1a]', false],
    ['attribute:ecs.instance-type =~ t3.*', true],
    ['attribute:ecs.instance-type =~ g2.* and attribute:ecs.availability-zone != us-east-1d', false],
    ['attribute:ecs.instance-type matches (t3|t2)\\.(small|medium)', true],
    ['attribute:ecs.instance-type !~ g.*', true],
    ['attribute:ecs.instance-type not_matches t.*', false],
    ['attribute:ssd exists', true],
    ['attribute:gpu exists', false],
    ['attribute:gpu !exists', true],
    ['attribute:gpu not_exists', true],
    ['not(attribute:stack == prod)', false],
    ['!(attribute:stack == prod)', false],
    ['not attribute:stack == test', true],
    ['(attribute:stack == test or attribute:rank > 9) and agentConnected == true', true],
    ['attribute:stack == test || attribute:stack == prod && attribute:rank < 9', false],
    ['(attribute:stack == prod)', true],
    ['attribute:rank >= 12', true],
    ['attribute:rank greater_than 12', false],
    ['attribute:rank less_than_equal 12', true],
    ['agentVersion < 1.14.5', false],
    ['agentVersion greater_than_equal 1.99', true],
    ["ec2InstanceId in ['i-abcd1234', 'i-wxyx7890']", true],
    ['ec2InstanceId == i-0', false],
    ['agentConnected == false', false],
  ])('%s: %p', (expression, meets) => {
    expect(meetsExpression(expression, INSTANCE)).toBe(meets)
  })
})

describe('what it cannot tell', () => {
  test.each([
    ['the groups of the tasks change as tasks start', 'task:group == service:production'],
    ['and so does their number', 'runningTasksCount == 1'],
    ['a date', 'registeredAt < 2018-02-13'],
    ['a subject of tomorrow', 'mood == good'],
    ['the negative of an attribute that is not there', 'attribute:team != red'],
    ['a built-in attribute that was not recorded', 'attribute:ecs.ami-id == ami-1'],
    ['whether a part is enough of a match', 'attribute:stack =~ pro'],
    ['a pattern that repeats a group', 'attribute:stack =~ (a+)+b'],
    ['a pattern that is none', 'attribute:stack =~ [p'],
    ['an order of words', 'attribute:stack > prod'],
    ['half an expression', 'attribute:stack =='],
    ['two in a row', 'attribute:stack == prod attribute:rank == 12'],
    ['an open parenthesis', '(attribute:stack == prod'],
    ['nothing', ''],
  ])('%s', (_, expression) => {
    expect(meetsExpression(expression, INSTANCE)).toBeNull()
  })

  test('decides nothing where the other side does', () => {
    expect(meetsExpression('task:group == a and attribute:stack == test', INSTANCE)).toBe(false)
    expect(meetsExpression('task:group == a or attribute:stack == prod', INSTANCE)).toBe(true)
    expect(meetsExpression('not(task:group == a)', INSTANCE)).toBeNull()
  })

  test('without recorded attributes, agent or version', () => {
    const bare = { ...INSTANCE, attributes: null, agentConnected: null, agentVersion: null }
    expect(meetsExpression('attribute:stack == prod', bare)).toBeNull()
    expect(meetsExpression('agentConnected == true', bare)).toBeNull()
    expect(meetsExpression('agentVersion > 1.0', bare)).toBeNull()
  })
})
