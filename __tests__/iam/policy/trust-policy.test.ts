import { describe, expect, test } from '@jest/globals'
import { type Assumption, evaluateTrust } from '../../../src/iam/policy/trust-policy.ts'
import { ACCOUNT, type Fields, OTHER_ACCOUNT, policy } from './question.ts'

const TASKS = 'ecs-tasks.amazonaws.com'
const ASKED: Assumption = {
  service: TASKS,
  sourceAccount: ACCOUNT,
  sourceArn: `arn:aws:ecs:us-west-2:${ACCOUNT}:*`,
}
const trust = (fields: Fields = {}): Fields => ({
  Effect: 'Allow',
  Principal: { Service: TASKS },
  Action: 'sts:AssumeRole',
  ...fields,
})
const from = (operator: string, key: string, value: unknown) => trust({ Condition: { [operator]: { [key]: value } } })

describe('a trust policy', () => {
  const rows: readonly (readonly [string, readonly Fields[], Partial<Assumption>, string])[] = [
    ['for ECS tasks lets them in', [trust()], {}, 'allowed'],
    [
      'for several services lets them in',
      [trust({ Principal: { Service: ['ec2.amazonaws.com', TASKS] } })],
      {},
      'allowed',
    ],
    ['with several actions lets them in', [trust({ Action: ['sts:TagSession', 'sts:AssumeRole'] })], {}, 'allowed'],
    ['with every action of STS lets them in', [trust({ Action: 'sts:*' })], {}, 'allowed'],
    ['with a second statement lets them in', [trust({ Principal: { AWS: ACCOUNT } }), trust()], {}, 'allowed'],
    ['for everyone lets them in', [trust({ Principal: '*' })], {}, 'allowed'],
    ['for EC2 does not', [trust({ Principal: { Service: 'ec2.amazonaws.com' } })], {}, 'implicit-deny'],
    [
      'for the ECS service does not let tasks in',
      [trust({ Principal: { Service: 'ecs.amazonaws.com' } })],
      {},
      'implicit-deny',
    ],
    ['for an account does not', [trust({ Principal: { AWS: ACCOUNT } })], {}, 'implicit-deny'],
    ['for every AWS account is not settled for a service', [trust({ Principal: { AWS: '*' } })], {}, 'unknown'],
    [
      'for a Regional name of the service is not settled',
      [trust({ Principal: { Service: 'ecs-tasks.us-west-2.amazonaws.com' } })],
      {},
      'unknown',
    ],
    ['for web identities does not', [trust({ Action: 'sts:AssumeRoleWithWebIdentity' })], {}, 'implicit-deny'],
    ['with a Deny shuts them out', [trust(), trust({ Effect: 'Deny' })], {}, 'explicit-deny'],
    ['with a Resource, which it cannot have, is not settled', [trust({ Resource: '*' })], {}, 'unknown'],
    ['for this account lets them in', [from('StringEquals', 'aws:SourceAccount', ACCOUNT)], {}, 'allowed'],
    ['for another account does not', [from('StringEquals', 'aws:SourceAccount', OTHER_ACCOUNT)], {}, 'implicit-deny'],
    [
      'for one of two accounts lets them in',
      [from('StringEquals', 'aws:SourceAccount', [OTHER_ACCOUNT, ACCOUNT])],
      {},
      'allowed',
    ],
    [
      'for this account is open where the account is not known',
      [from('StringEquals', 'aws:SourceAccount', ACCOUNT)],
      { sourceAccount: null },
      'unknown',
    ],
    [
      'for resources of this account lets them in',
      [from('ArnLike', 'aws:SourceArn', `arn:aws:ecs:us-west-2:${ACCOUNT}:*`)],
      {},
      'allowed',
    ],
    [
      'for resources of any Region lets them in',
      [from('ArnLike', 'aws:SourceArn', `arn:aws:ecs:*:${ACCOUNT}:*`)],
      {},
      'allowed',
    ],
    [
      'for resources of another account does not',
      [from('ArnLike', 'aws:SourceArn', `arn:aws:ecs:us-west-2:${OTHER_ACCOUNT}:*`)],
      {},
      'implicit-deny',
    ],
    [
      'for resources of another Region does not',
      [from('ArnLike', 'aws:SourceArn', `arn:aws:ecs:us-east-1:${ACCOUNT}:*`)],
      {},
      'implicit-deny',
    ],
    [
      'for one cluster is open',
      [from('ArnLike', 'aws:SourceArn', `arn:aws:ecs:us-west-2:${ACCOUNT}:cluster/prod`)],
      {},
      'unknown',
    ],
    [
      'with ArnEquals works alike',
      [from('ArnEquals', 'aws:SourceArn', `arn:aws:ecs:us-west-2:${ACCOUNT}:*`)],
      {},
      'allowed',
    ],
    ['with StringLike works alike', [from('StringLike', 'aws:SourceArn', `arn:aws:ecs:*:${ACCOUNT}:*`)], {}, 'allowed'],
    [
      'with StringEquals for another account does not',
      [from('StringEquals', 'aws:SourceArn', `arn:aws:ecs:us-west-2:${OTHER_ACCOUNT}:cluster/prod`)],
      {},
      'implicit-deny',
    ],
    [
      'with StringEquals and a star is not settled',
      [from('StringEquals', 'aws:SourceArn', `arn:aws:ecs:us-west-2:${ACCOUNT}:*`)],
      {},
      'unknown',
    ],
    [
      'with StringEquals lets a known resource in',
      [from('StringEquals', 'aws:SourceArn', 'arn:aws:ecs:us-west-2:1:cluster/c')],
      { sourceArn: 'arn:aws:ecs:us-west-2:1:cluster/c' },
      'allowed',
    ],
    [
      'for resources is open where none is known',
      [from('ArnLike', 'aws:SourceArn', `arn:aws:ecs:*:${ACCOUNT}:*`)],
      { sourceArn: null },
      'unknown',
    ],
    ['for an external id does not know', [from('StringEquals', 'sts:ExternalId', 'x')], {}, 'unknown'],
    [
      'with both conditions lets them in',
      [
        trust({
          Condition: {
            ArnLike: { 'aws:SourceArn': `arn:aws:ecs:us-west-2:${ACCOUNT}:*` },
            StringEquals: { 'aws:SourceAccount': ACCOUNT },
          },
        }),
      ],
      {},
      'allowed',
    ],
    [
      'with one of both wrong does not',
      [
        trust({
          Condition: {
            ArnLike: { 'aws:SourceArn': `arn:aws:ecs:us-west-2:${ACCOUNT}:*` },
            StringEquals: { 'aws:SourceAccount': OTHER_ACCOUNT },
          },
        }),
      ],
      {},
      'implicit-deny',
    ],
    [
      'with a Deny for other accounts lets this one in',
      [trust(), trust({ Effect: 'Deny', Condition: { StringNotEquals: { 'aws:SourceAccount': ACCOUNT } } })],
      {},
      'allowed',
    ],
  ]
  test.each(rows)('%s', (_, statements, changes, expected) => {
    expect(evaluateTrust(policy(...statements), { ...ASKED, ...changes }).decision).toBe(expected)
  })

  test('is read URL-encoded, as IAM prints it', () => {
    const document = encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement: [trust()] }))
    expect(evaluateTrust(document, ASKED).decision).toBe('allowed')
  })

  test('that cannot be read is open', () => {
    expect(evaluateTrust('no policy', ASKED).decision).toBe('unknown')
    expect(evaluateTrust({ unreadable: 'denied' }, ASKED).decision).toBe('unknown')
  })

  test('names the key that is missing', () => {
    const open = policy(from('ArnLike', 'aws:SourceArn', `arn:aws:ecs:us-west-2:${ACCOUNT}:cluster/prod`))
    expect(evaluateTrust(open, ASKED).missing).toEqual(['aws:SourceArn'])
  })
})
