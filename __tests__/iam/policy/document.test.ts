import { describe, expect, test } from '@jest/globals'
import { isReadable, parsePolicy } from '../../../src/iam/policy/document.ts'
import { read } from './question.ts'

const STATEMENT = { Effect: 'Allow', Action: 'ecr:BatchGetImage', Resource: '*' }

describe('a policy document is read', () => {
  const one = { Version: '2012-10-17', Statement: STATEMENT }
  const spellings: readonly (readonly [string, string | object])[] = [
    ['as an object', one],
    ['as JSON text', JSON.stringify(one)],
    ['as indented JSON text', JSON.stringify(one, null, 2)],
    ['as URL-encoded text, which IAM prints', encodeURIComponent(JSON.stringify(one))],
    ['as a JSON string inside JSON', JSON.stringify(JSON.stringify(one))],
    ['with its statement in an array', { ...one, Statement: [STATEMENT] }],
    ['with its action in an array', { ...one, Statement: { ...STATEMENT, Action: ['ecr:BatchGetImage'] } }],
  ]
  test.each(spellings)('%s', (_, document) => {
    const parsed = read(document)
    expect(parsed.statements).toHaveLength(1)
    expect(parsed.statements[0]).toMatchObject({
      effect: 'Allow',
      actions: { negated: false, patterns: ['ecr:BatchGetImage'] },
      resources: { negated: false, patterns: ['*'] },
      oddities: [],
    })
  })

  test('without a version as one of 2008', () => {
    expect(read({ Statement: STATEMENT }).version).toBe('2008-10-17')
  })

  test('with every form of principal', () => {
    const parsed = read({
      Statement: {
        ...STATEMENT,
        Principal: {
          AWS: ['111122223333', 'arn:aws:iam::111122223333:role/web'],
          Service: 'ecs-tasks.amazonaws.com',
          Federated: 'cognito-identity.amazonaws.com',
          CanonicalUser: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be',
        },
      },
    })
    expect(parsed.statements[0]?.principals?.principals.map(({ type }) => type)).toEqual([
      'AWS',
      'AWS',
      'Service',
      'Federated',
      'CanonicalUser',
    ])
  })

  test('with booleans and numbers in conditions as their text', () => {
    const parsed = read({
      Statement: {
        ...STATEMENT,
        Condition: { Bool: { 'aws:SecureTransport': true }, NumericEquals: { 's3:max-keys': 10 } },
      },
    })
    expect(parsed.statements[0]?.conditions).toEqual([
      { operator: 'Bool', key: 'aws:SecureTransport', values: ['true'] },
      { operator: 'NumericEquals', key: 's3:max-keys', values: ['10'] },
    ])
  })
})

describe('a policy document is refused', () => {
  const broken: readonly (readonly [string, string | object, string])[] = [
    ['that is no JSON', '{"Statement": [', 'not-json'],
    ['that is empty', '', 'not-json'],
    ['with a broken percent sign', '%7B%', 'not-json'],
    ['that is a list', [], 'not-a-policy'],
    ['that is a number', '5', 'not-a-policy'],
    ['without a statement', { Version: '2012-10-17' }, 'not-a-policy'],
    ['with a statement that is text', { Statement: 'Allow' }, 'not-a-policy'],
    ['of a version that AWS never made', { Version: '2020-01-01', Statement: STATEMENT }, 'unknown-version'],
  ]
  test.each(broken)('%s', (_, document, reason) => {
    const parsed = parsePolicy(document)
    expect(isReadable(parsed) ? null : parsed.unreadable).toBe(reason)
  })
})

describe('an element that the grammar does not explain is kept as an oddity', () => {
  const odd: readonly (readonly [string, object, string])[] = [
    ['an unknown element of the statement', { Statement: { ...STATEMENT, Where: 'here' } }, 'Where'],
    ['an unknown element of the policy', { Statement: STATEMENT, Statements: [] }, 'Statements'],
    ['an effect in lower case', { Statement: { ...STATEMENT, Effect: 'allow' } }, 'Effect'],
    ['a statement without an action', { Statement: { Effect: 'Allow', Resource: '*' } }, 'Action'],
    ['Action beside NotAction', { Statement: { ...STATEMENT, NotAction: 's3:*' } }, 'NotAction'],
    ['Resource beside NotResource', { Statement: { ...STATEMENT, NotResource: '*' } }, 'NotResource'],
    ['a principal that is a bare ARN', { Statement: { ...STATEMENT, Principal: 'arn:aws:iam::1:root' } }, 'Principal'],
    ['an empty list of resources', { Statement: { ...STATEMENT, Resource: [] } }, 'Resource'],
    ['a condition that is text', { Statement: { ...STATEMENT, Condition: 'never' } }, 'Condition'],
    ['a condition without values', { Statement: { ...STATEMENT, Condition: { Bool: { a: [] } } } }, 'Condition.Bool.a'],
  ]
  test.each(odd)('%s', (_, document, name) => {
    expect(read(document).statements[0]?.oddities).toContain(name)
  })
})
