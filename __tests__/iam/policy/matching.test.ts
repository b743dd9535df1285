// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables of AWS are written so
import { describe, expect, test } from '@jest/globals'
import type { AccessRequest } from '../../../src/iam/policy/evaluate.ts'
import {
  ACCOUNT,
  allow,
  ask,
  deny,
  type Fields,
  OTHER_ACCOUNT,
  policy,
  REPOSITORY,
  ROLE,
  read,
  SESSION,
  statement,
  USER,
} from './question.ts'

describe('actions', () => {
  const rows: readonly (readonly [string, Fields, string])[] = [
    ['the very action is allowed', { Action: 'ecr:BatchGetImage' }, 'allowed'],
    ['the case of an action does not matter', { Action: 'ECR:batchgetimage' }, 'allowed'],
    ['a star covers the end of an action', { Action: 'ecr:Batch*' }, 'allowed'],
    ['a star covers the middle of an action', { Action: 'ecr:*Get*' }, 'allowed'],
    ['a question mark covers one sign', { Action: 'ecr:BatchGetImag?' }, 'allowed'],
    ['a question mark does not cover two signs', { Action: 'ecr:BatchGetIma?' }, 'implicit-deny'],
    ['another service is not covered', { Action: 's3:*' }, 'implicit-deny'],
    ['a longer name is not covered', { Action: 'ecr:BatchGet' }, 'implicit-deny'],
    ['one of a list is enough', { Action: ['s3:GetObject', 'ecr:BatchGetImage'] }, 'allowed'],
    ['NotAction allows what it does not list', { Action: undefined, NotAction: 's3:*' }, 'allowed'],
    [
      'NotAction does not allow what it lists',
      { Action: undefined, NotAction: ['s3:*', 'ecr:Batch*'] },
      'implicit-deny',
    ],
    ['a variable in an action is plain text', { Action: 'ecr:${aws:username}' }, 'implicit-deny'],
  ]
  test.each(rows)('%s', (_, fields, expected) => {
    const { Action, ...rest } = fields
    const base: Fields = { Effect: 'Allow', Resource: '*', ...rest }
    const given = Action === undefined ? base : { ...base, Action }
    expect(ask({ identity: [policy(given)] }).decision).toBe(expected)
  })
})

describe('resources', () => {
  const rows: readonly (readonly [string, string | readonly string[], string, string])[] = [
    ['the very ARN is covered', REPOSITORY, REPOSITORY, 'allowed'],
    ['the case of an ARN matters', REPOSITORY.replace('web', 'Web'), REPOSITORY, 'implicit-deny'],
    ['a star goes beyond a slash', `arn:aws:ecr:us-east-1:${ACCOUNT}:repository/*`, REPOSITORY, 'allowed'],
    [
      'a star in the middle goes beyond slashes',
      'arn:aws:s3:::b/*/test/*',
      'arn:aws:s3:::b/1/2/test/3/o.jpg',
      'allowed',
    ],
    ['a star may stand for nothing', 'arn:aws:s3:::b/*/test/*', 'arn:aws:s3:::b//test/', 'allowed'],
    ['the slashes around a star are needed', 'arn:aws:s3:::b/*/test/*', 'arn:aws:s3:::b/test/o.jpg', 'implicit-deny'],
    ['a part of a name is not enough', 'arn:aws:s3:::b/*/test/*', 'arn:aws:s3:::b/1-test/o.jpg', 'implicit-deny'],
    ['a star stands for a Region', `arn:aws:ecr:*:${ACCOUNT}:repository/team/web`, REPOSITORY, 'allowed'],
    ['a star stands for a part of a Region', `arn:aws:ecr:us-*:${ACCOUNT}:repository/*`, REPOSITORY, 'allowed'],
    [
      'a star stands for another Region no more',
      `arn:aws:ecr:eu-*:${ACCOUNT}:repository/*`,
      REPOSITORY,
      'implicit-deny',
    ],
    ['a star that ends a segment goes beyond the colon', 'arn:aws:ecr:*:repository/*', REPOSITORY, 'allowed'],
    ['a star at the very end covers the rest', 'arn:aws:ecr:*', REPOSITORY, 'allowed'],
    ['a star inside a segment stays there as far as is known', 'arn:aws:ecr:u*3:repository/*', REPOSITORY, 'unknown'],
    ['a pattern that is no ARN has no segments to stay in', 'a*1:111122223333:repository/*', REPOSITORY, 'allowed'],
    ['nor has a star that comes first', '*/team/web', REPOSITORY, 'allowed'],
    [
      'a question mark is one sign of its segment',
      `arn:aws:ecr:us-east-?:${ACCOUNT}:repository/*`,
      REPOSITORY,
      'allowed',
    ],
    [
      'another account is not covered',
      `arn:aws:ecr:us-east-1:${OTHER_ACCOUNT}:repository/*`,
      REPOSITORY,
      'implicit-deny',
    ],
    [
      'another partition is not covered',
      `arn:aws-cn:ecr:us-east-1:${ACCOUNT}:repository/*`,
      REPOSITORY,
      'implicit-deny',
    ],
    ['one of a list is enough', ['arn:aws:s3:::*', REPOSITORY], REPOSITORY, 'allowed'],
    ['a star alone covers actions without a resource', '*', '*', 'allowed'],
    ['an ARN never covers actions without a resource', 'arn:aws:ecr:*:*:repository/*', '*', 'implicit-deny'],
    [
      'a log group with a star covers its streams',
      'arn:aws:logs:us-east-1:1:log-group:/ecs/web:*',
      'arn:aws:logs:us-east-1:1:log-group:/ecs/web:log-stream:*',
      'allowed',
    ],
    [
      'a log group without a star does not',
      'arn:aws:logs:us-east-1:1:log-group:/ecs/web',
      'arn:aws:logs:us-east-1:1:log-group:/ecs/web:log-stream:*',
      'implicit-deny',
    ],
    [
      'a star after the fifth colon goes beyond colons',
      'arn:aws:logs:us-east-1:1:log-group:*stream:x',
      'arn:aws:logs:us-east-1:1:log-group:/ecs/web:log-stream:x',
      'allowed',
    ],
    ['a part of a set of resources leaves it open', 'arn:aws:s3:::b/public/*', 'arn:aws:s3:::b/*', 'unknown'],
    ['nothing of a set of resources is a refusal', 'arn:aws:s3:::c/*', 'arn:aws:s3:::b/*', 'implicit-deny'],
    [
      'an account that is not known leaves it open',
      REPOSITORY,
      'arn:aws:ecr:us-east-1:*:repository/team/web',
      'unknown',
    ],
  ]
  test.each(rows)('%s', (_, Resource, resource, expected) => {
    expect(statement({ Resource }, { resource })).toBe(expected)
  })

  test('NotResource allows what it does not list', () => {
    const fields = { Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::*' }
    expect(ask({ identity: [policy(fields)] }).decision).toBe('allowed')
  })

  test('NotResource does not allow what it lists', () => {
    const fields = { Effect: 'Allow', Action: '*', NotResource: ['arn:aws:s3:::*', 'arn:aws:ecr:*'] }
    expect(ask({ identity: [policy(fields)] }).decision).toBe('implicit-deny')
  })

  test('NotResource with an unknown variable leaves it open', () => {
    const NotResource = 'arn:aws:ecr:us-east-1:111122223333:repository/${aws:userid}/*'
    expect(ask({ identity: [policy({ Effect: 'Allow', Action: '*', NotResource })] }).decision).toBe('unknown')
  })

  test('a statement whose effect is misspelt leaves it open', () => {
    expect(statement({ Effect: 'allow' })).toBe('unknown')
    expect(ask({ identity: [policy(allow(), deny({ Effect: 'deny' }))] }).decision).toBe('unknown')
  })

  test('an identity policy without a resource gives no definite answer', () => {
    expect(ask({ identity: [policy({ Effect: 'Allow', Action: '*' })] }).decision).toBe('unknown')
  })

  test('a pattern of many stars is judged at once', () => {
    const Resource = `arn:aws:s3:::${'*a'.repeat(500)}`
    expect(statement({ Resource }, { resource: `arn:aws:s3:::${'b'.repeat(2000)}` })).toBe('implicit-deny')
  })
})

describe('policy variables', () => {
  const home = 'arn:aws:s3:::b/home/${aws:username}/*'
  const rows: readonly (readonly [string, string, Partial<AccessRequest>, string])[] = [
    [
      'a variable stands for its value',
      home,
      { principalArn: USER, resource: 'arn:aws:s3:::b/home/carlos/a' },
      'allowed',
    ],
    [
      'the case of its name does not matter',
      home.replace('username', 'UserName'),
      { principalArn: USER, resource: 'arn:aws:s3:::b/home/carlos/a' },
      'allowed',
    ],
    [
      'another value is not covered',
      home,
      { principalArn: USER, resource: 'arn:aws:s3:::b/home/ana/a' },
      'implicit-deny',
    ],
    ['a variable without a value matches nothing', home, { resource: 'arn:aws:s3:::b/home//a' }, 'implicit-deny'],
    [
      'a variable of unknown value leaves it open',
      'arn:aws:s3:::b/${aws:userid}/*',
      { resource: 'arn:aws:s3:::b/x/a' },
      'unknown',
    ],
    [
      'an unknown variable cannot save another bucket',
      'arn:aws:s3:::c/${aws:userid}/*',
      { resource: 'arn:aws:s3:::b/x/a' },
      'implicit-deny',
    ],
    [
      'a default stands in for a value that is absent',
      "arn:aws:s3:::b/${aws:PrincipalTag/team, 'all'}/*",
      { resource: 'arn:aws:s3:::b/all/a', context: { 'aws:PrincipalTag/team': [] } },
      'allowed',
    ],
    [
      'a default gives way to a value',
      "arn:aws:s3:::b/${aws:PrincipalTag/team, 'all'}/*",
      { resource: 'arn:aws:s3:::b/red/a', context: { 'aws:PrincipalTag/team': ['red'] } },
      'allowed',
    ],
    [
      'a key of several values is no variable',
      'arn:aws:s3:::b/${aws:TagKeys}/*',
      { resource: 'arn:aws:s3:::b/x/a', context: { 'aws:TagKeys': ['x', 'y'] } },
      'unknown',
    ],
    ['${*} is a star and no wildcard', 'arn:aws:s3:::b/${*}x', { resource: 'arn:aws:s3:::b/yx' }, 'implicit-deny'],
    ['${?} is a question mark', 'arn:aws:s3:::b/a${?}', { resource: 'arn:aws:s3:::b/a?' }, 'allowed'],
    ['${$} is a dollar sign', 'arn:aws:s3:::b/${$}a', { resource: 'arn:aws:s3:::b/$a' }, 'allowed'],
  ]
  test.each(rows)('%s', (_, Resource, changes, expected) => {
    expect(statement({ Resource }, { action: 's3:GetObject', ...changes })).toBe(expected)
  })

  test('in a policy of 2008 a variable is plain text', () => {
    const old = read({ Version: '2008-10-17', Statement: allow({ Resource: home }) })
    const changes = { principalArn: USER, resource: 'arn:aws:s3:::b/home/carlos/a' }
    expect(ask({ identity: [old] }, changes).decision).toBe('implicit-deny')
    expect(ask({ identity: [old] }, { ...changes, resource: 'arn:aws:s3:::b/home/${aws:username}/a' }).decision).toBe(
      'allowed',
    )
  })

  test('the missing variable is named', () => {
    const open = policy(allow({ Resource: 'arn:aws:ecr:us-east-1:111122223333:repository/${aws:PrincipalTag/team}/*' }))
    expect(ask({ identity: [open] }).missing).toEqual(['aws:PrincipalTag/team'])
  })

  test('NotResource with a variable without a value leaves it open: the statement may be invalid', () => {
    const all = {
      Effect: 'Allow',
      Action: '*',
      NotResource: 'arn:aws:ecr:us-east-1:111122223333:repository/${aws:username}',
    }
    expect(ask({ identity: [policy(all)] }).decision).toBe('unknown')
  })
})

describe('principals of a resource policy, asked from another account', () => {
  const deleted = 'AROAEXAMPLEDELETED12'
  const rows: readonly (readonly [string, unknown, Partial<AccessRequest>, string])[] = [
    ['everyone', '*', {}, 'allowed'],
    ['every AWS principal', { AWS: '*' }, {}, 'allowed'],
    ['the account by its id', { AWS: ACCOUNT }, {}, 'allowed'],
    ['the account by its root ARN', { AWS: `arn:aws:iam::${ACCOUNT}:root` }, {}, 'allowed'],
    ['another account', { AWS: OTHER_ACCOUNT }, {}, 'implicit-deny'],
    ['the role', { AWS: ROLE }, {}, 'allowed'],
    ['one of several', { AWS: [OTHER_ACCOUNT, ROLE] }, {}, 'allowed'],
    ['the role, asked by its session', { AWS: ROLE }, { principalArn: SESSION }, 'allowed'],
    [
      'a role with a path, asked by its session',
      { AWS: ROLE.replace('role/', 'role/ecs/') },
      { principalArn: SESSION },
      'allowed',
    ],
    [
      'a role of the same name in another account',
      { AWS: ROLE.replace(ACCOUNT, OTHER_ACCOUNT) },
      { principalArn: SESSION },
      'implicit-deny',
    ],
    ['a role of the same name with another path', { AWS: ROLE.replace('role/', 'role/ecs/') }, {}, 'implicit-deny'],
    ['a role that differs in case', { AWS: ROLE.replace('ecsTask', 'ECSTask') }, {}, 'implicit-deny'],
    ['the session itself', { AWS: SESSION }, { principalArn: SESSION }, 'allowed'],
    ['another session of the role', { AWS: `${SESSION}x` }, { principalArn: SESSION }, 'implicit-deny'],
    ['a session, where only the role is known', { AWS: SESSION }, {}, 'unknown'],
    ['a user', { AWS: USER }, { principalArn: USER }, 'allowed'],
    ['another user', { AWS: `${USER}2` }, { principalArn: USER }, 'implicit-deny'],
    ['the unique id of a deleted role', { AWS: deleted }, {}, 'implicit-deny'],
    ['the unique id of this very role', { AWS: deleted }, { principalId: deleted }, 'allowed'],
    ['a wildcard in a role name, which AWS refuses', { AWS: `arn:aws:iam::${ACCOUNT}:role/ecs*` }, {}, 'unknown'],
    ['a wildcard that could not match anyway', { AWS: `arn:aws:iam::${OTHER_ACCOUNT}:role/*` }, {}, 'implicit-deny'],
    ['a service', { Service: 'ecs-tasks.amazonaws.com' }, {}, 'implicit-deny'],
    ['a federation', { Federated: 'accounts.google.com' }, {}, 'implicit-deny'],
    ['a canonical user, whose account is not known', { CanonicalUser: '79a59df9' }, {}, 'unknown'],
    ['a role, where the caller is not known', { AWS: ROLE }, { principalArn: null }, 'unknown'],
    [
      'a role of another account, where the caller is not known',
      { AWS: ROLE.replace(ACCOUNT, OTHER_ACCOUNT) },
      { principalArn: null },
      'implicit-deny',
    ],
  ]
  test.each(rows)('%s', (_, Principal, changes, expected) => {
    const resource = policy(allow({ Principal }))
    const asked = ask({ identity: [policy(allow())], resource }, { resourceAccount: '777788889999', ...changes })
    expect(asked.decision).toBe(expected)
  })

  test('a resource policy that names no principal gives no definite answer', () => {
    const asked = ask({ identity: [policy(allow())], resource: policy(allow()) }, { resourceAccount: OTHER_ACCOUNT })
    expect(asked.decision).toBe('unknown')
  })

  test('a resource policy may leave the resource out', () => {
    const resource = policy({ Effect: 'Allow', Principal: { AWS: ROLE }, Action: 'ecr:*' })
    expect(ask({ resource }).decision).toBe('allowed')
  })
})

describe('NotPrincipal', () => {
  const root = `arn:aws:iam::${ACCOUNT}:root`
  const rows: readonly (readonly [string, unknown, Partial<AccessRequest>, string])[] = [
    ['denies whom it does not list', { AWS: OTHER_ACCOUNT }, {}, 'explicit-deny'],
    ['spares a user listed with the account', { AWS: [USER, root] }, { principalArn: USER }, 'allowed'],
    ['may deny a user listed without the account', { AWS: USER }, { principalArn: USER }, 'unknown'],
    [
      'spares a session listed with role and account',
      { AWS: [SESSION, ROLE, root] },
      { principalArn: SESSION },
      'allowed',
    ],
    ['may deny a session listed without itself', { AWS: [ROLE, root] }, { principalArn: SESSION }, 'unknown'],
    ['may deny the members of an account listed alone', { AWS: root }, {}, 'unknown'],
    ['denies nobody when it lists everyone', '*', {}, 'allowed'],
  ]
  test.each(rows)('%s', (_, NotPrincipal, changes, expected) => {
    const resource = policy(deny({ NotPrincipal }))
    expect(ask({ identity: [policy(allow())], resource }, changes).decision).toBe(expected)
  })

  test('always denies a principal with a permissions boundary', () => {
    const resource = policy(deny({ NotPrincipal: { AWS: [USER, root] } }))
    const layers = { identity: [policy(allow())], boundary: policy(allow()), resource }
    expect(ask(layers, { principalArn: USER }).decision).toBe('explicit-deny')
  })

  test('with Allow gives no definite answer, as AWS does not support it', () => {
    const resource = policy(allow({ NotPrincipal: { AWS: OTHER_ACCOUNT } }))
    expect(ask({ resource }).decision).toBe('unknown')
  })
})
