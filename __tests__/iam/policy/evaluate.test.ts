import { describe, expect, test } from '@jest/globals'
import type { AccessRequest, Layers } from '../../../src/iam/policy/evaluate.ts'
import { ACCOUNT, allow, ask, deny, OTHER_ACCOUNT, policy, REPOSITORY, ROLE, SESSION, USER } from './question.ts'

const FULL = policy(allow())
const NONE = policy(allow({ Action: 'sqs:*' }))
const REFUSES = policy(deny({ Sid: 'NoPulls', Action: 'ecr:Batch*' }))
const UNREAD = { unreadable: 'denied' }
const forRole = policy(allow({ Sid: 'Web', Principal: { AWS: ROLE } }))
const forSession = policy(allow({ Principal: { AWS: SESSION } }))
const forUser = policy(allow({ Principal: { AWS: USER } }))
const forAccount = policy(allow({ Principal: { AWS: ACCOUNT } }))
const forEveryone = policy(allow({ Principal: '*' }))
const forEveryoneLike = policy(allow({ Principal: '*', Condition: { ArnLike: { 'aws:PrincipalArn': ROLE } } }))

type Row = readonly [string, Partial<Layers>, Partial<AccessRequest>, string]

function run(rows: readonly Row[]): void {
  test.each(rows)('%s', (_, layers, changes, expected) => {
    expect(ask(layers, changes).decision).toBe(expected)
  })
}

describe('within one account', () => {
  run([
    ['nothing allows by itself', {}, {}, 'implicit-deny'],
    ['an identity policy allows', { identity: [FULL] }, {}, 'allowed'],
    ['one of several identity policies is enough', { identity: [NONE, FULL] }, {}, 'allowed'],
    ['a policy for something else does not allow', { identity: [NONE] }, {}, 'implicit-deny'],
    ['a resource policy alone allows a role', { resource: forRole }, {}, 'allowed'],
    ['a resource policy alone allows everyone', { resource: forEveryone }, {}, 'allowed'],
    ['an account in a resource policy leaves it to the role', { resource: forAccount }, {}, 'implicit-deny'],
    [
      'an account in a resource policy does not stop the role',
      { identity: [FULL], resource: forAccount },
      {},
      'allowed',
    ],
    [
      'a resource policy for another does not stop the role',
      { identity: [FULL], resource: policy(allow({ Principal: { AWS: OTHER_ACCOUNT } })) },
      {},
      'allowed',
    ],
    ['a deny in an identity policy wins', { identity: [FULL, REFUSES] }, {}, 'explicit-deny'],
    [
      'a deny in a resource policy wins',
      { identity: [FULL], resource: policy(deny({ Principal: '*' })) },
      {},
      'explicit-deny',
    ],
    [
      'a deny for something else does not matter',
      { identity: [FULL, policy(deny({ Action: 's3:*' }))] },
      {},
      'allowed',
    ],
    [
      'a deny wins against a grant of the resource',
      { identity: [REFUSES], resource: forSession },
      { principalArn: SESSION },
      'explicit-deny',
    ],
  ])
})

describe('permissions boundaries', () => {
  run([
    ['a boundary alone grants nothing', { boundary: FULL }, {}, 'implicit-deny'],
    ['identity and boundary both allow', { identity: [FULL], boundary: FULL }, {}, 'allowed'],
    ['a boundary that leaves it out takes it away', { identity: [FULL], boundary: NONE }, {}, 'implicit-deny'],
    [
      'a deny in a boundary wins',
      { identity: [FULL], boundary: policy(allow(), deny({ Action: 'ecr:*' })) },
      {},
      'explicit-deny',
    ],
    ['a boundary limits a grant to the role', { boundary: NONE, resource: forRole }, {}, 'implicit-deny'],
    ['a boundary lets a grant to the role through', { boundary: FULL, resource: forRole }, {}, 'allowed'],
    [
      'a boundary does not limit a grant to the session',
      { boundary: NONE, resource: forSession },
      { principalArn: SESSION },
      'allowed',
    ],
    [
      'a boundary does not limit a grant to a user',
      { boundary: NONE, resource: forUser },
      { principalArn: USER },
      'allowed',
    ],
    [
      'a boundary does not limit everyone with aws:PrincipalArn',
      { boundary: NONE, resource: forEveryoneLike },
      {},
      'allowed',
    ],
    ['a boundary against everyone alone is not settled', { boundary: NONE, resource: forEveryone }, {}, 'unknown'],
    ['a boundary that allows settles everyone', { boundary: FULL, resource: forEveryone }, {}, 'allowed'],
    [
      'a boundary limits a grant to the account',
      { identity: [FULL], boundary: NONE, resource: forAccount },
      {},
      'implicit-deny',
    ],
  ])
})

test('everyone narrowed by aws:PrincipalArn is one direct grant, and not one to everyone beside it', () => {
  const { statements } = ask({ boundary: FULL, resource: forEveryoneLike })
  expect(statements).toEqual([{ layer: 'resource', policy: 0, index: 0, sid: null }])
})

describe('session policies', () => {
  run([
    ['a session policy that allows changes nothing', { identity: [FULL], sessionPolicies: [FULL] }, {}, 'allowed'],
    [
      'a session policy that leaves it out takes it away',
      { identity: [FULL], sessionPolicies: [NONE] },
      {},
      'implicit-deny',
    ],
    ['one of several session policies is enough', { identity: [FULL], sessionPolicies: [NONE, FULL] }, {}, 'allowed'],
    [
      'a session policy limits a grant to the role',
      { sessionPolicies: [NONE], resource: forRole },
      {},
      'implicit-deny',
    ],
    [
      'a session policy does not limit a grant to the session',
      { sessionPolicies: [NONE], resource: forSession },
      { principalArn: SESSION },
      'allowed',
    ],
  ])
})

describe('across accounts', () => {
  const across = { resourceAccount: OTHER_ACCOUNT, resource: REPOSITORY.replace(ACCOUNT, OTHER_ACCOUNT) }
  run([
    ['the identity policy alone is not enough', { identity: [FULL] }, across, 'implicit-deny'],
    ['the resource policy alone is not enough', { resource: forRole }, across, 'implicit-deny'],
    ['both together allow', { identity: [FULL], resource: forRole }, across, 'allowed'],
    [
      'the account in the resource policy is enough for its side',
      { identity: [FULL], resource: forAccount },
      across,
      'allowed',
    ],
    [
      'even a grant to the session needs the identity policy',
      { resource: forSession },
      { ...across, principalArn: SESSION },
      'implicit-deny',
    ],
    [
      'a boundary limits the identity side',
      { identity: [FULL], boundary: NONE, resource: forRole },
      across,
      'implicit-deny',
    ],
    [
      'a deny of the other account wins',
      { identity: [FULL], resource: policy(allow({ Principal: '*' }), deny({ Principal: { AWS: ACCOUNT } })) },
      across,
      'explicit-deny',
    ],
    [
      'an organization that is not known leaves it open',
      {
        identity: [FULL],
        resource: policy(
          allow({ Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg' } } }),
        ),
      },
      across,
      'unknown',
    ],
    [
      'an organization that is known settles it',
      {
        identity: [FULL],
        resource: policy(
          allow({ Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg' } } }),
        ),
      },
      { ...across, context: { 'aws:PrincipalOrgID': ['o-exampleorg'] } },
      'allowed',
    ],
    [
      'where the accounts are not known, one policy leaves it open',
      { identity: [FULL] },
      { resourceAccount: null },
      'unknown',
    ],
    [
      'where the accounts are not known, both policies settle it',
      { identity: [FULL], resource: forRole },
      { resourceAccount: null },
      'allowed',
    ],
    ['the caller may say that the accounts differ', { identity: [FULL] }, { sameAccount: false }, 'implicit-deny'],
  ])
})

describe('KMS keys', () => {
  const key = { action: 'kms:Decrypt', resource: `arn:aws:kms:us-east-1:${ACCOUNT}:key/1234abcd` }
  run([
    [
      'the key policy must name the account for identity policies to count',
      { identity: [FULL], resource: forAccount },
      key,
      'allowed',
    ],
    [
      'a key policy that names others stops the role',
      { identity: [FULL], resource: policy(allow({ Principal: { AWS: USER } })) },
      key,
      'implicit-deny',
    ],
    ['a key policy that names the role is enough', { resource: forRole }, key, 'allowed'],
    ['a key policy that names the account alone is not', { resource: forAccount }, key, 'implicit-deny'],
    ['a key policy that nobody read leaves it open', { identity: [FULL] }, key, 'unknown'],
  ])
})

describe('an endpoint policy is one more filter', () => {
  run([
    ['no policy lets everything through', { identity: [FULL], endpoint: null }, {}, 'allowed'],
    ['a policy that allows lets it through', { identity: [FULL], endpoint: forEveryone }, {}, 'allowed'],
    [
      'a policy that does not allow stops it',
      { identity: [FULL], endpoint: policy(allow({ Principal: '*', Action: 's3:*' })) },
      {},
      'implicit-deny',
    ],
    [
      'a policy that denies stops it',
      { identity: [FULL], endpoint: policy(allow({ Principal: '*' }), deny({ Principal: '*' })) },
      {},
      'explicit-deny',
    ],
    ['a policy never grants', { endpoint: forEveryone }, {}, 'implicit-deny'],
    [
      'a policy stops what the resource grants',
      { resource: forSession, endpoint: policy(allow({ Principal: { AWS: OTHER_ACCOUNT } })) },
      { principalArn: SESSION },
      'implicit-deny',
    ],
  ])
})

describe('a layer that could not be read', () => {
  run([
    ['leaves it open where it might allow', { identity: [UNREAD] }, {}, 'unknown'],
    ['leaves it open where it might deny', { identity: [FULL, UNREAD] }, {}, 'unknown'],
    ['leaves it open as a boundary', { identity: [FULL], boundary: UNREAD }, {}, 'unknown'],
    ['leaves it open as a resource policy', { identity: [FULL], resource: UNREAD }, {}, 'unknown'],
    ['leaves it open as an endpoint policy', { identity: [FULL], endpoint: UNREAD }, {}, 'unknown'],
    ['leaves it open as a session policy', { identity: [FULL], sessionPolicies: [UNREAD] }, {}, 'unknown'],
    ['does not matter when another denies', { identity: [UNREAD, REFUSES] }, {}, 'explicit-deny'],
    ['does not matter when nothing else could allow', { identity: [NONE], boundary: UNREAD }, {}, 'implicit-deny'],
    ['leaves it open when the list of policies itself is missing', { identity: null }, {}, 'unknown'],
    [
      'may hold a Deny when the list of policies is missing',
      { identity: null, resource: forSession },
      { principalArn: SESSION },
      'unknown',
    ],
  ])
})

describe('what decided is named', () => {
  test('the statement that denies, by layer, place and Sid', () => {
    const asked = ask({ identity: [FULL, REFUSES] })
    expect(asked.statements).toEqual([{ layer: 'identity', policy: 1, index: 0, sid: 'NoPulls' }])
    expect(asked.why.en).toBe('Explicitly denied by identity NoPulls.')
  })

  test('the statement that allows', () => {
    const asked = ask({ resource: forRole })
    expect(asked.statements).toContainEqual({ layer: 'resource', policy: 0, index: 0, sid: 'Web' })
  })

  test('a statement without a Sid by its place', () => {
    expect(ask({ identity: [policy(allow({ Action: 's3:*' }), allow())] }).why.en).toBe(
      'Allowed by identity Statement[1].',
    )
  })

  test('no statement when none allows', () => {
    expect(ask({ identity: [NONE] })).toMatchObject({ statements: [], missing: [] })
  })

  test('the missing keys, and both of them', () => {
    const Condition = { StringEquals: { 'aws:SourceVpce': 'vpce-1' }, StringLike: { 'aws:userid': 'AROA*' } }
    const asked = ask({ identity: [policy(allow({ Sid: 'Home', Condition }))] })
    expect(asked).toMatchObject({ decision: 'unknown', missing: ['aws:SourceVpce', 'aws:userid'] })
    expect(asked.why.en).toContain('aws:SourceVpce, aws:userid')
  })

  test('no missing key of a statement that does not matter', () => {
    const Condition = { StringEquals: { 'aws:SourceVpce': 'vpce-1' } }
    expect(ask({ identity: [policy(allow({ Condition }), allow())] }).missing).toEqual([])
  })

  test('a Deny on a missing key keeps an Allow open', () => {
    const Condition = { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } }
    const layers = { identity: [policy(allow(), deny({ Condition }))] }
    expect(ask(layers)).toMatchObject({ decision: 'unknown', missing: ['aws:SourceVpce'] })
    expect(ask(layers, { context: { 'aws:SourceVpce': ['vpce-1'] } }).decision).toBe('allowed')
    expect(ask(layers, { context: { 'aws:SourceVpce': [] } }).decision).toBe('explicit-deny')
  })
})

describe('keys that follow from the request', () => {
  const holds = (Condition: object, changes: Partial<AccessRequest> = {}) =>
    ask({ identity: [policy(allow({ Condition }))] }, changes).decision
  const rows: readonly (readonly [string, object, Partial<AccessRequest>, string])[] = [
    ['the ARN of the role', { ArnEquals: { 'aws:PrincipalArn': ROLE } }, {}, 'allowed'],
    [
      'the ARN of the role, asked by a session',
      { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/*` } },
      { principalArn: SESSION },
      'allowed',
    ],
    [
      'the ARN of another role, asked by a session',
      { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/web` } },
      { principalArn: SESSION },
      'implicit-deny',
    ],
    [
      'the path of a role, which a session does not show',
      { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/ecs/*` } },
      { principalArn: SESSION },
      'unknown',
    ],
    ['the account of the caller', { StringEquals: { 'aws:PrincipalAccount': ACCOUNT } }, {}, 'allowed'],
    ['the account of the resource', { StringEquals: { 'aws:ResourceAccount': OTHER_ACCOUNT } }, {}, 'implicit-deny'],
    ['the Region, from the ARN', { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } }, {}, 'allowed'],
    [
      'no Region where the ARN has none',
      { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } },
      { resource: '*' },
      'unknown',
    ],
    ['TLS', { Bool: { 'aws:SecureTransport': 'false' } }, {}, 'implicit-deny'],
    ['that a role is no service', { Bool: { 'aws:PrincipalIsAWSService': 'true' } }, {}, 'implicit-deny'],
    ['that a role has no user name', { Null: { 'aws:username': 'true' } }, {}, 'allowed'],
    ['that only services act for a source', { StringEquals: { 'aws:SourceAccount': ACCOUNT } }, {}, 'implicit-deny'],
    ['nothing about the organization', { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg' } }, {}, 'unknown'],
    [
      'what the caller knows better',
      { Bool: { 'aws:SecureTransport': 'false' } },
      { context: { 'AWS:securetransport': ['false'] } },
      'allowed',
    ],
  ]
  test.each(rows)('%s', (_, Condition, changes, expected) => {
    expect(holds(Condition, changes)).toBe(expected)
  })
})

describe('the policies that AWS prints', () => {
  const managed = policy({
    Effect: 'Allow',
    Action: [
      'ecr:GetAuthorizationToken',
      'ecr:BatchCheckLayerAvailability',
      'ecr:GetDownloadUrlForLayer',
      'ecr:BatchGetImage',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
    ],
    Resource: '*',
  })
  const rows: readonly (readonly [string, string, string])[] = [
    ['AmazonECSTaskExecutionRolePolicy allows the token', 'ecr:GetAuthorizationToken', 'allowed'],
    ['AmazonECSTaskExecutionRolePolicy allows the pull', 'ecr:BatchGetImage', 'allowed'],
    ['AmazonECSTaskExecutionRolePolicy allows log streams', 'logs:CreateLogStream', 'allowed'],
    ['AmazonECSTaskExecutionRolePolicy does not allow log groups', 'logs:CreateLogGroup', 'implicit-deny'],
    ['AmazonECSTaskExecutionRolePolicy does not allow secrets', 'secretsmanager:GetSecretValue', 'implicit-deny'],
  ]
  test.each(rows)('%s', (_, action, expected) => {
    expect(ask({ identity: [managed] }, { action, resource: '*' }).decision).toBe(expected)
  })
})
