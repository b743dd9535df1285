// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables of AWS are written so
/** What AWS's documents say of single rules, row by row, with the page that says it; where they say nothing or two things, `unknown`. */
import { describe, expect, test } from '@jest/globals'
import type { Context } from '../../../src/iam/policy/context.ts'
import { isReadable, parsePolicy } from '../../../src/iam/policy/document.ts'
import type { AccessRequest, Layers } from '../../../src/iam/policy/evaluate.ts'
import {
  ACCOUNT,
  allow,
  ask,
  condition,
  deny,
  type Fields,
  OTHER_ACCOUNT,
  policy,
  REPOSITORY,
  ROLE,
  SESSION,
  USER,
} from './question.ts'

const WORDS = { allowed: 'yes', 'implicit-deny': 'no', 'explicit-deny': 'no', unknown: 'unknown' } as const
type Answer = (typeof WORDS)[keyof typeof WORDS]

const SECRET = `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:db-AbCdEf`
const OBJECT = 'arn:aws:s3:::bucket/home/ana/notes'
const TAGS: Context = { 'aws:PrincipalTag/team': ['web'], 'aws:PrincipalTag/none': [], 'aws:username': ['ana'] }

/** What is undefined is not written. */
function statementOf(fields: Fields): Fields {
  return JSON.parse(JSON.stringify(allow(fields)))
}

describe('Policy elements: variables and tags', () => {
  test.each<readonly [string, Fields, string, Answer]>([
    ['replaced in the resource portion', { Resource: 'arn:aws:s3:::bucket/home/${aws:username}/*' }, OBJECT, 'yes'],
    ['of another value', { Resource: 'arn:aws:s3:::bucket/home/${aws:PrincipalTag/team}/*' }, OBJECT, 'no'],
    ['names of keys are not case-sensitive', { Resource: 'arn:aws:s3:::bucket/home/${AWS:UserName}/*' }, OBJECT, 'yes'],
    [
      'a default stands in for a tag that is absent',
      { Resource: "arn:aws:s3:::bucket/home/${aws:PrincipalTag/none, 'ana'}/*" },
      OBJECT,
      'yes',
    ],
    [
      'a default does not stand in for a tag that is there',
      { Resource: "arn:aws:s3:::bucket/home/${aws:PrincipalTag/team, 'ana'}/*" },
      OBJECT,
      'no',
    ],
    ['without a value nothing is named', { Resource: 'arn:aws:s3:::bucket/${aws:PrincipalTag/none}/*' }, OBJECT, 'no'],
    [
      'without a value NotResource is open',
      { Resource: undefined, NotResource: 'arn:aws:s3:::other/${aws:PrincipalTag/none}/*' },
      OBJECT,
      'unknown',
    ],
    ['in the account', { Resource: 'arn:aws:secretsmanager:*:${aws:PrincipalAccount}:secret:*' }, SECRET, 'unknown'],
    [
      'in the Region',
      { Resource: `arn:aws:secretsmanager:\${aws:RequestedRegion}:${ACCOUNT}:secret:*` },
      SECRET,
      'unknown',
    ],
    [
      'in the partition',
      { Resource: `arn:\${aws:PrincipalTag/team}:secretsmanager:us-east-1:${ACCOUNT}:secret:*` },
      SECRET,
      'unknown',
    ],
    [
      'before the fifth colon of another resource altogether',
      { Resource: 'arn:aws:kms:*:${aws:PrincipalAccount}:key/*' },
      SECRET,
      'no',
    ],
    [
      'before the fifth colon of a NotResource',
      { Resource: undefined, NotResource: 'arn:aws:kms:*:${aws:PrincipalAccount}:key/*' },
      SECRET,
      'unknown',
    ],
    [
      'the star that is written as a variable is a star',
      { Resource: 'arn:aws:s3:::bucket/${*}' },
      'arn:aws:s3:::bucket/x',
      'no',
    ],
    [
      'a value that holds a star is no wildcard',
      { Resource: 'arn:aws:s3:::bucket/${aws:PrincipalTag/star}' },
      'arn:aws:s3:::bucket/x',
      'no',
    ],
  ])('a variable %s', (_, fields, resource, expected) => {
    const context = { ...TAGS, 'aws:PrincipalTag/star': ['*'] }
    expect(WORDS[ask({ identity: [policy(statementOf(fields))] }, { resource, context }).decision]).toBe(expected)
  })

  test('in a document without a version is plain text', () => {
    const old = parsePolicy({ Statement: allow({ Resource: 'arn:aws:s3:::bucket/home/${aws:username}/*' }) })
    expect(ask({ identity: [old] }, { resource: OBJECT, context: TAGS }).decision).toBe('implicit-deny')
  })

  test.each<readonly [string, Fields, Answer]>([
    ['equal', { StringEquals: { 'a:team': '${aws:PrincipalTag/team}' } }, 'yes'],
    ['in a pattern', { StringLike: { 'a:team': '${aws:PrincipalTag/team}*' } }, 'yes'],
    ['in any part of an ARN', { ArnLike: { 'a:arn': 'arn:aws:iam::${aws:PrincipalAccount}:role/*' } }, 'yes'],
    ['without a value equals nothing', { StringEquals: { 'a:team': '${aws:PrincipalTag/none}' } }, 'no'],
    ['without a value, negated, is open', { StringNotEquals: { 'a:team': '${aws:PrincipalTag/none}' } }, 'unknown'],
    [
      'without a value, like and negated, is open',
      { StringNotLike: { 'a:team': 'x${aws:PrincipalTag/none}' } },
      'unknown',
    ],
    [
      'without a value, negated for ARNs, is open',
      { ArnNotLike: { 'a:arn': 'arn:aws:iam::1:role/${aws:PrincipalTag/none}' } },
      'unknown',
    ],
    ['with several values is no variable', { StringEquals: { 'a:team': '${a:many}' } }, 'unknown'],
  ])('a variable in a condition: %s', (_, block, expected) => {
    const context: Context = { ...TAGS, 'a:team': ['web'], 'a:arn': [ROLE], 'a:many': ['web', 'api'] }
    expect(WORDS[condition(block, context).decision]).toBe(expected)
  })
})

describe('Policy elements: Action and Resource', () => {
  test.each<readonly [string, Fields, Answer]>([
    ['every action', { Action: '*' }, 'yes'],
    ['every action of every service', { Action: '*:*' }, 'yes'],
    ['actions without regard to case', { Action: 'ECR:batchgetimage' }, 'yes'],
    ['a part of the name', { Action: 'ecr:Batch*' }, 'yes'],
    ['one sign of the name', { Action: 'ecr:BatchGetImag?' }, 'yes'],
    ['a wildcard in the prefix, which IAM does not save', { Action: 'e*:Batch*' }, 'unknown'],
    ['a wildcard in the prefix of another action', { Action: 's*:Get*' }, 'no'],
    ['NotAction without it', { Action: undefined, NotAction: 's3:*' }, 'yes'],
    ['NotAction with it', { Action: undefined, NotAction: 'ecr:*' }, 'no'],
    ['the resource by a star', { Resource: `arn:aws:ecr:*:${ACCOUNT}:repository/*` }, 'yes'],
    ['the resource by a star over a slash', { Resource: `arn:aws:ecr:us-east-1:${ACCOUNT}:repo*web` }, 'yes'],
    ['case matters in a resource', { Resource: REPOSITORY.replace('web', 'Web') }, 'no'],
    ['a wildcard in the service segment', { Resource: `arn:aws:ec*:us-east-1:${ACCOUNT}:repository/*` }, 'unknown'],
    ['a star for the service segment', { Resource: `arn:aws:*:us-east-1:${ACCOUNT}:*` }, 'unknown'],
    ['a wildcard in another service segment', { Resource: `arn:aws:s3*:us-east-1:${ACCOUNT}:*` }, 'no'],
    [
      'a wildcard in the service segment of NotResource',
      { Resource: undefined, NotResource: 'arn:aws:s*:::x' },
      'unknown',
    ],
    ['NotResource without it', { Resource: undefined, NotResource: 'arn:aws:s3:::*' }, 'yes'],
    ['NotResource with it', { Resource: undefined, NotResource: 'arn:aws:ecr:*:*:repository/team/*' }, 'no'],
  ])('%s', (_, fields, expected) => {
    expect(WORDS[ask({ identity: [policy(statementOf(fields))] }).decision]).toBe(expected)
  })
})

describe('Conditions with multiple context keys or values', () => {
  const web: Context = { 'a:k': ['web'] }
  const two: Context = { 'a:k': ['web', 'api'] }
  const absent: Context = { 'a:k': [] }
  test.each<readonly [string, Fields, Context, Answer]>([
    ['several values are alternatives', { StringEquals: { 'a:k': ['api', 'web'] } }, web, 'yes'],
    ['several values of a negated operator: none may match', { StringNotEquals: { 'a:k': ['api', 'web'] } }, web, 'no'],
    ['several keys must all match', { StringEquals: { 'a:k': 'web', 'a:l': 'x' } }, { ...web, 'a:l': [] }, 'no'],
    ['several operators must all match', { StringEquals: { 'a:k': 'web' }, Null: { 'a:k': 'true' } }, web, 'no'],
    ['IfExists, the key there', { StringEqualsIfExists: { 'a:k': 'api' } }, web, 'no'],
    ['IfExists, the key absent', { StringEqualsIfExists: { 'a:k': 'api' } }, absent, 'yes'],
    ['no IfExists, the key absent', { StringEquals: { 'a:k': 'api' } }, absent, 'no'],
    ['negated, the key absent', { StringNotEquals: { 'a:k': 'api' } }, absent, 'yes'],
    ['Null true, the key absent', { Null: { 'a:k': 'true' } }, absent, 'yes'],
    ['Null true, the key there', { Null: { 'a:k': true } }, web, 'no'],
    ['Null false, the key there', { Null: { 'a:k': 'false' } }, web, 'yes'],
    ['Null with another word', { Null: { 'a:k': 'yes' } }, web, 'unknown'],
    ['ForAllValues, all match', { 'ForAllValues:StringEquals': { 'a:k': ['web', 'api', 'x'] } }, two, 'yes'],
    ['ForAllValues, one does not', { 'ForAllValues:StringEquals': { 'a:k': ['web'] } }, two, 'no'],
    ['ForAllValues, no key', { 'ForAllValues:StringEquals': { 'a:k': ['web'] } }, absent, 'yes'],
    [
      'ForAllValues, no key, guarded by Null',
      { 'ForAllValues:StringEquals': { 'a:k': ['web'] }, Null: { 'a:k': 'false' } },
      absent,
      'no',
    ],
    ['ForAnyValue, one matches', { 'ForAnyValue:StringEquals': { 'a:k': ['api'] } }, two, 'yes'],
    ['ForAnyValue, none matches', { 'ForAnyValue:StringEquals': { 'a:k': ['x'] } }, two, 'no'],
    ['ForAnyValue, no key', { 'ForAnyValue:StringEquals': { 'a:k': ['x'] } }, absent, 'no'],
    ['ForAnyValue negated, one value differs', { 'ForAnyValue:StringNotEquals': { 'a:k': ['web'] } }, two, 'yes'],
    [
      'ForAnyValue negated, no key: two rules',
      { 'ForAnyValue:StringNotEquals': { 'a:k': ['web'] } },
      absent,
      'unknown',
    ],
    [
      'ForAnyValue with IfExists, no key: two rules',
      { 'ForAnyValue:StringEqualsIfExists': { 'a:k': ['x'] } },
      absent,
      'unknown',
    ],
    ['ForAllValues with IfExists, no key', { 'ForAllValues:StringEqualsIfExists': { 'a:k': ['x'] } }, absent, 'yes'],
    ['several values without a set operator', { StringEquals: { 'a:k': 'web' } }, two, 'unknown'],
    ['an operator that no page lists', { StringMatches: { 'a:k': 'web' } }, web, 'unknown'],
    ['Bool', { Bool: { 'a:k': 'true' } }, { 'a:k': ['true'] }, 'yes'],
    ['an address in a range', { IpAddress: { 'a:k': '203.0.113.0/24' } }, { 'a:k': ['203.0.113.9'] }, 'yes'],
    [
      'NotIpAddress with several ranges: in none',
      { NotIpAddress: { 'a:k': ['203.0.113.0/24', '10.0.0.0/8'] } },
      { 'a:k': ['10.1.1.1'] },
      'no',
    ],
    ['a date as epoch seconds', { DateLessThan: { 'a:k': '2020-01-01T00:00:00Z' } }, { 'a:k': ['1500000000'] }, 'yes'],
    ['ArnEquals knows wildcards', { ArnEquals: { 'a:k': 'arn:aws:iam::*:role/*' } }, { 'a:k': [ROLE] }, 'yes'],
    ['StringEquals knows none', { StringEquals: { 'a:k': 'w*' } }, web, 'no'],
  ])('%s', (_, block, context, expected) => {
    expect(WORDS[condition(block, context).decision]).toBe(expected)
  })
})

describe('Policy evaluation logic', () => {
  const FULL = policy(allow())
  const NONE = policy(allow({ Action: 's3:*' }))
  const to = (principal: unknown, more: Fields = {}) => policy(allow({ Principal: principal, ...more }))
  const elsewhere = { resourceAccount: OTHER_ACCOUNT }
  const user = { principalArn: USER }
  type Row = readonly [
    string,
    Partial<Layers>,
    Partial<AccessRequest>,
    'allowed' | 'explicit-deny' | 'implicit-deny' | 'unknown',
  ]
  test.each<Row>([
    ['nothing allows', {}, {}, 'implicit-deny'],
    ['an identity policy allows', { identity: [FULL] }, {}, 'allowed'],
    [
      'an explicit deny wins over every allow',
      { identity: [FULL, policy(deny())], resource: to('*') },
      {},
      'explicit-deny',
    ],
    ['a boundary limits the identity policy', { identity: [FULL], boundary: NONE }, {}, 'implicit-deny'],
    ['a boundary grants nothing', { boundary: FULL }, {}, 'implicit-deny'],
    ['a session policy limits the identity policy', { identity: [FULL], sessionPolicies: [NONE] }, {}, 'implicit-deny'],
    [
      'an endpoint policy limits',
      { identity: [FULL], endpoint: policy(allow({ Principal: '*', Action: 's3:*' })) },
      {},
      'implicit-deny',
    ],
    ['the role named by its resource policy', { resource: to({ AWS: ROLE }) }, {}, 'allowed'],
    [
      'the role named, and a boundary that does not allow',
      { resource: to({ AWS: ROLE }), boundary: NONE },
      {},
      'implicit-deny',
    ],
    [
      'its session named, and a boundary that does not allow',
      { resource: to({ AWS: SESSION }), boundary: NONE },
      { principalArn: SESSION },
      'allowed',
    ],
    [
      'the user named, and a boundary that does not allow',
      { resource: to({ AWS: USER }), boundary: NONE },
      user,
      'allowed',
    ],
    ['the account named, and no identity policy that allows', { resource: to({ AWS: ACCOUNT }) }, {}, 'implicit-deny'],
    [
      'the root named, and no identity policy that allows',
      { resource: to({ AWS: `arn:aws:iam::${ACCOUNT}:root` }) },
      {},
      'implicit-deny',
    ],
    [
      'the account named, and identity policies that nobody read',
      { identity: null, resource: to({ AWS: ACCOUNT }) },
      {},
      'unknown',
    ],
    [
      'the account named, and an identity policy that allows',
      { identity: [FULL], resource: to({ AWS: ACCOUNT }) },
      {},
      'allowed',
    ],
    ['everyone named', { resource: to('*') }, {}, 'allowed'],
    ['another account, both sides allow', { identity: [FULL], resource: to({ AWS: ACCOUNT }) }, elsewhere, 'allowed'],
    ['another account, only the identity side', { identity: [FULL] }, elsewhere, 'implicit-deny'],
    ['another account, only the resource side', { resource: to({ AWS: ROLE }) }, elsewhere, 'implicit-deny'],
    [
      'another account, its deny',
      { identity: [FULL], resource: policy(allow({ Principal: '*' }), deny({ Principal: { AWS: ROLE } })) },
      elsewhere,
      'explicit-deny',
    ],
    [
      'NotPrincipal with Allow, which AWS does not support',
      { resource: policy(allow({ NotPrincipal: { AWS: OTHER_ACCOUNT } })) },
      {},
      'unknown',
    ],
    [
      'NotPrincipal with Deny that does not list the caller',
      { identity: [FULL], resource: policy(deny({ NotPrincipal: { AWS: OTHER_ACCOUNT } })) },
      {},
      'explicit-deny',
    ],
    [
      'NotPrincipal with Deny that lists account and user, no boundary',
      { identity: [FULL], boundary: null, resource: policy(deny({ NotPrincipal: { AWS: [ACCOUNT, USER] } })) },
      user,
      'allowed',
    ],
    [
      'NotPrincipal with Deny that lists the caller with a boundary',
      { identity: [FULL], boundary: FULL, resource: policy(deny({ NotPrincipal: { AWS: [ACCOUNT, USER] } })) },
      user,
      'explicit-deny',
    ],
    [
      'a KMS key whose policy names nobody here',
      { identity: [FULL], resource: to({ AWS: OTHER_ACCOUNT }) },
      { action: 'kms:Decrypt', resource: `arn:aws:kms:us-east-1:${ACCOUNT}:key/k` },
      'implicit-deny',
    ],
    [
      'a KMS key whose policy names the account',
      { identity: [FULL], resource: to({ AWS: ACCOUNT }) },
      { action: 'kms:Decrypt', resource: `arn:aws:kms:us-east-1:${ACCOUNT}:key/k` },
      'allowed',
    ],
    [
      'a KMS key whose policy nobody read',
      { identity: [FULL] },
      { action: 'kms:Decrypt', resource: `arn:aws:kms:us-east-1:${ACCOUNT}:key/k` },
      'unknown',
    ],
  ])('%s', (_, layers, changes, expected) => {
    expect(ask(layers, changes).decision).toBe(expected)
  })
})

describe('Quotas: what AWS cannot have saved is not evaluated', () => {
  const pad = (length: number) => 'a'.repeat(length)
  test.each([
    ['a document of a megabyte', JSON.stringify({ Statement: allow({ Sid: pad(1_000_000) }) })],
    ['twenty thousand statements', { Statement: Array.from({ length: 20_000 }, () => allow()) }],
  ])('%s', (_, document) => {
    const read = parsePolicy(document)
    expect(isReadable(read)).toBe(false)
    expect(ask({ identity: [read] }).decision).toBe('unknown')
  })

  test.each([
    ['a resource', { Resource: `arn:aws:s3:::${'*a'.repeat(5_000)}` }],
    ['an action', { Action: `ecr:${'*'.repeat(100_000)}` }],
    ['a value of a condition', { Condition: { StringLike: { 'a:k': '*a'.repeat(50_000) } } }],
  ])('%s longer than any ARN', (_, fields) => {
    expect(ask({ identity: [policy(allow(fields))] }, { context: { 'a:k': ['x'] } }).decision).toBe('unknown')
  })
})
