import { describe, expect, test } from '@jest/globals'
import { type EndpointCall, evaluateEndpointPolicy } from '../../../src/iam/policy/endpoint-policy.ts'
import { callsOfPull } from '../../../src/iam/policy/pull-calls.ts'
import { ACCOUNT, allow, deny, type Fields, OTHER_ACCOUNT, REPOSITORY, ROLE, USER } from './question.ts'

const STARPORT = 'arn:aws:s3:::prod-us-east-1-starport-layer-bucket/*'
const ORG = 'o-exampleorgid'
const LAYER: EndpointCall = { action: 's3:GetObject', resource: STARPORT, principalArn: null, account: ACCOUNT }
const IMAGE: EndpointCall = { action: 'ecr:BatchGetImage', resource: REPOSITORY, principalArn: ROLE, account: ACCOUNT }
const TOKEN: EndpointCall = { ...IMAGE, action: 'ecr:GetAuthorizationToken', resource: '*' }
const ENV_FILE: EndpointCall = { ...IMAGE, action: 's3:GetObject', resource: 'arn:aws:s3:::config/web.env' }

const text = (...statements: readonly Fields[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements })
const open = (fields: Fields = {}) => allow({ Principal: '*', ...fields })
const closed = (fields: Fields = {}) => deny({ Principal: '*', ...fields })
const when = (operator: string, key: string, value: unknown): Fields => ({
  Condition: { [operator]: { [key]: value } },
})

type Row = readonly [string, string | null, EndpointCall, 'allow' | 'deny' | 'unknown']

function run(rows: readonly Row[]): void {
  test.each(rows)('%s', (_, policy, call, expected) => {
    expect(evaluateEndpointPolicy(policy, call).decision).toBe(expected)
  })
}

describe('an endpoint for ECR', () => {
  const org = text(open(when('StringEquals', 'aws:PrincipalOrgID', ORG)))
  run([
    ['without a policy lets everything through', null, IMAGE, 'allow'],
    [
      'with the default policy lets everything through',
      '{"Statement": [{"Action": "*", "Effect": "Allow", "Principal": "*", "Resource": "*"}]}',
      IMAGE,
      'allow',
    ],
    [
      'with the default policy of 2008 lets everything through',
      '{"Version":"2008-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
      TOKEN,
      'allow',
    ],
    ['for the role lets the role through', text(open({ Principal: { AWS: ROLE }, Action: 'ecr:*' })), IMAGE, 'allow'],
    ['for another role stops the role', text(open({ Principal: { AWS: `${ROLE}2` } })), IMAGE, 'deny'],
    [
      'for the account lets the role through',
      text(open({ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } })),
      IMAGE,
      'allow',
    ],
    ['for one repository lets that one through', text(open({ Resource: REPOSITORY })), IMAGE, 'allow'],
    ['for one repository stops the token', text(open({ Resource: REPOSITORY })), TOKEN, 'deny'],
    ['for the token alone stops the image', text(open({ Action: 'ecr:GetAuthorizationToken' })), IMAGE, 'deny'],
    [
      'for other repositories stops the image',
      text(open({ Resource: REPOSITORY.replace('team', 'base') })),
      IMAGE,
      'deny',
    ],
    ['for an organization that is not known cannot tell', org, IMAGE, 'unknown'],
    [
      'for an organization that is known lets it through',
      org,
      { ...IMAGE, context: { 'aws:PrincipalOrgID': [ORG] } },
      'allow',
    ],
    [
      'for another organization stops it',
      org,
      { ...IMAGE, context: { 'aws:PrincipalOrgID': ['o-another0000'] } },
      'deny',
    ],
    [
      'for the own account lets it through',
      text(open(when('StringEquals', 'aws:PrincipalAccount', ACCOUNT))),
      IMAGE,
      'allow',
    ],
    [
      'for resources of the own account lets it through',
      text(open(when('StringEquals', 'aws:ResourceAccount', ACCOUNT))),
      IMAGE,
      'allow',
    ],
    [
      'for resources of the own account stops a foreign registry',
      text(open(when('StringEquals', 'aws:ResourceAccount', ACCOUNT))),
      { ...IMAGE, resource: REPOSITORY.replace(ACCOUNT, OTHER_ACCOUNT) },
      'deny',
    ],
    [
      'for the own account cannot tell where the account is not known',
      text(open(when('StringEquals', 'aws:PrincipalAccount', ACCOUNT))),
      { ...IMAGE, account: null },
      'unknown',
    ],
    [
      'for a source address stops everything, as endpoints show none',
      text(open(when('IpAddress', 'aws:SourceIp', '10.0.0.0/8'))),
      IMAGE,
      'deny',
    ],
    ['with a Deny wins over its Allow', text(open(), closed({ Action: 'ecr:BatchGetImage' })), IMAGE, 'deny'],
    ['with a Deny for pushes lets pulls through', text(open(), closed({ Action: 'ecr:Put*' })), IMAGE, 'allow'],
    [
      'with a Deny outside an organization cannot tell',
      text(open(), closed(when('StringNotEquals', 'aws:PrincipalOrgID', ORG))),
      IMAGE,
      'unknown',
    ],
    [
      'with a Deny for others stops nobody named',
      text(open(), closed(when('ArnNotEquals', 'aws:PrincipalArn', ROLE))),
      IMAGE,
      'allow',
    ],
    [
      'with a NotPrincipal of strangers stops the role',
      text(open(), deny({ NotPrincipal: { AWS: OTHER_ACCOUNT } })),
      IMAGE,
      'deny',
    ],
    [
      'with a NotPrincipal of the role alone cannot tell',
      text(open(), deny({ NotPrincipal: { AWS: ROLE } })),
      IMAGE,
      'unknown',
    ],
    [
      'with NotAction lets the rest through',
      text({ Effect: 'Allow', Principal: '*', NotAction: 'ecr:Delete*', Resource: '*' }),
      IMAGE,
      'allow',
    ],
    [
      'with a NotPrincipal of a user and the account cannot tell, as a boundary would matter',
      text(open(), deny({ NotPrincipal: { AWS: [USER, ACCOUNT] } })),
      { ...IMAGE, principalArn: USER },
      'unknown',
    ],
    [
      'for resources of an account cannot tell where that of the registry is not known',
      text(open(when('StringEquals', 'aws:ResourceAccount', ACCOUNT))),
      { ...IMAGE, resource: 'arn:aws:ecr:us-east-1:*:repository/*' },
      'unknown',
    ],
    ['without a principal cannot tell', text(allow()), IMAGE, 'unknown'],
    ['with an empty list of statements stops everything', '{"Version":"2012-10-17","Statement":[]}', IMAGE, 'deny'],
    ['with a text that is no JSON cannot tell', '{"Statement": [', IMAGE, 'unknown'],
  ])
})

describe('an endpoint for S3, asked for image layers', () => {
  const own = when('StringEquals', 'aws:PrincipalAccount', ACCOUNT)
  run([
    ['with full access lets them through', text(open()), LAYER, 'allow'],
    [
      'with the statement that AWS documents lets them through',
      text(open({ Action: ['s3:GetObject'], Resource: [STARPORT] })),
      LAYER,
      'allow',
    ],
    [
      'with a principal of every AWS caller lets them through',
      text(open({ Principal: { AWS: '*' }, Resource: STARPORT })),
      LAYER,
      'allow',
    ],
    ['with every bucket lets them through', text(open({ Action: 's3:*', Resource: 'arn:aws:s3:::*' })), LAYER, 'allow'],
    [
      'without the layer bucket stops them',
      text(open({ Resource: ['arn:aws:s3:::config', 'arn:aws:s3:::config/*'] })),
      LAYER,
      'deny',
    ],
    ['with the bucket but not its objects stops them', text(open({ Resource: STARPORT.slice(0, -2) })), LAYER, 'deny'],
    [
      'with the bucket of another Region stops them',
      text(open({ Resource: STARPORT.replace('us-east-1', 'eu-west-1') })),
      LAYER,
      'deny',
    ],
    [
      'with the bucket of any Region lets them through',
      text(open({ Resource: STARPORT.replace('us-east-1', '*') })),
      LAYER,
      'allow',
    ],
    ['with another action stops them', text(open({ Action: 's3:ListBucket', Resource: STARPORT })), LAYER, 'deny'],
    [
      'with some objects of the bucket cannot tell',
      text(open({ Resource: STARPORT.replace('/*', '/a/*') })),
      LAYER,
      'unknown',
    ],
    ['for the organization stops them', text(open(when('StringEquals', 'aws:PrincipalOrgID', ORG))), LAYER, 'deny'],
    [
      'for paths of the organization stops them',
      text(open(when('ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', `${ORG}/*`))),
      LAYER,
      'deny',
    ],
    [
      'for resources of the organization stops them',
      text(open(when('StringEquals', 'aws:ResourceOrgID', ORG))),
      LAYER,
      'deny',
    ],
    ['for the own account stops them', text(open(own)), LAYER, 'deny'],
    [
      'for roles of the own account stops them',
      text(open(when('ArnLike', 'aws:PrincipalArn', `arn:aws:iam::${ACCOUNT}:role/*`))),
      LAYER,
      'deny',
    ],
    ['for the own account as principal stops them', text(open({ Principal: { AWS: ACCOUNT } })), LAYER, 'deny'],
    [
      'for buckets of the own account stops them',
      text(open(when('StringEquals', 's3:ResourceAccount', [ACCOUNT]))),
      LAYER,
      'deny',
    ],
    [
      'for the organization, with the layer bucket beside it, lets them through',
      text(open(when('StringEquals', 'aws:PrincipalOrgID', ORG)), open({ Resource: STARPORT })),
      LAYER,
      'allow',
    ],
    [
      'for the organization where the key exists cannot tell',
      text(open(when('StringEqualsIfExists', 'aws:PrincipalOrgID', ORG))),
      LAYER,
      'unknown',
    ],
    [
      'for any organization at all cannot tell',
      text(open(when('StringLike', 'aws:PrincipalOrgID', 'o-*'))),
      LAYER,
      'unknown',
    ],
    [
      'for another account cannot tell',
      text(open(when('StringEquals', 'aws:ResourceAccount', OTHER_ACCOUNT))),
      LAYER,
      'unknown',
    ],
    [
      'for another account as principal cannot tell',
      text(open({ Principal: { AWS: OTHER_ACCOUNT } })),
      LAYER,
      'unknown',
    ],
    ['for AWS services cannot tell', text(open(when('Bool', 'aws:PrincipalIsAWSService', 'true'))), LAYER, 'unknown'],
    [
      'for the own account cannot tell where the account is not known',
      text(open(own)),
      { ...LAYER, account: null },
      'unknown',
    ],
    ['for a VPC cannot tell', text(open(when('StringEquals', 'aws:SourceVpc', 'vpc-1'))), LAYER, 'unknown'],
    [
      'with a Deny outside the organization stops them',
      text(open(), closed(when('StringNotEquals', 'aws:PrincipalOrgID', ORG))),
      LAYER,
      'deny',
    ],
    [
      'with such a Deny that spares AWS services cannot tell',
      text(
        open(),
        closed({
          Condition: {
            StringNotEqualsIfExists: { 'aws:PrincipalOrgID': ORG },
            BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
          },
        }),
      ),
      LAYER,
      'unknown',
    ],
    [
      'with such a Deny that leaves the layer bucket out lets them through',
      text(open(), {
        Effect: 'Deny',
        Principal: '*',
        Action: '*',
        NotResource: STARPORT,
        ...when('StringNotEquals', 'aws:PrincipalOrgID', ORG),
      }),
      LAYER,
      'allow',
    ],
    [
      'with a Deny of plain HTTP lets them through',
      text(open(), closed(when('Bool', 'aws:SecureTransport', 'false'))),
      LAYER,
      'allow',
    ],
    [
      'is not moved by the role that pulls',
      text(open({ Principal: { AWS: ROLE } })),
      { ...LAYER, principalArn: ROLE },
      'deny',
    ],
  ])

  test('does not vouch for a download that only the assumption lets through', () => {
    const judged = evaluateEndpointPolicy(text(open(), closed(when('StringEquals', 'aws:PrincipalOrgID', ORG))), LAYER)
    expect(judged).toMatchObject({ decision: 'unknown', missing: ['aws:PrincipalOrgID'] })
    expect(judged.why.en).not.toContain('does not document')
  })

  test('says that the signing principal is an assumption where the verdict rests on it', () => {
    const judged = evaluateEndpointPolicy(
      text(open({ Sid: 'OrgOnly', ...when('StringEquals', 'aws:PrincipalOrgID', ORG) })),
      LAYER,
    )
    expect(judged.statement).toBe('OrgOnly')
    expect(judged.why.en).toContain('does not document')
    expect(judged.why.ko).toContain('AWS 문서에는 이 보안 주체가 나와 있지 않습니다')
  })

  test('says that the bucket is not yours where the verdict rests on that', () => {
    const judged = evaluateEndpointPolicy(text(open(when('StringEquals', 'aws:ResourceAccount', ACCOUNT))), LAYER)
    expect(judged.why.en).toContain('belongs to AWS')
    expect(judged.why.en).not.toContain('does not document')
  })

  test('rests on the bucket alone where both are demanded', () => {
    const both = { StringEquals: { 'aws:PrincipalOrgID': ORG, 'aws:ResourceOrgID': ORG } }
    expect(evaluateEndpointPolicy(text(open({ Condition: both })), LAYER).why.en).toContain('belongs to AWS')
  })

  test('assumes nothing where no statement names the bucket', () => {
    const judged = evaluateEndpointPolicy(text(open({ Resource: 'arn:aws:s3:::config/*' })), LAYER)
    expect(judged).toMatchObject({ statement: null, missing: [] })
    expect(judged.why.en).toBe(`No statement of the endpoint policy allows s3:GetObject on ${STARPORT}.`)
  })

  test('names the keys that would settle it', () => {
    const policy = text(
      open({ Condition: { StringLike: { 'aws:userid': 'AROA*' }, StringEquals: { 'aws:SourceVpc': 'vpc-1' } } }),
    )
    expect(evaluateEndpointPolicy(policy, LAYER).missing).toEqual(['aws:SourceVpc', 'aws:userid'])
  })
})

describe('an endpoint for S3, asked for an environment file', () => {
  const account = text(open({ Principal: { AWS: ACCOUNT }, Resource: 'arn:aws:s3:::config/*' }))
  run([
    ['lets a bucket that it names through', text(open({ Resource: 'arn:aws:s3:::config/*' })), ENV_FILE, 'allow'],
    ['stops a bucket that it does not name', text(open({ Resource: STARPORT })), ENV_FILE, 'deny'],
    [
      'for the own account lets the role through',
      text(open(when('StringEquals', 'aws:PrincipalAccount', ACCOUNT))),
      ENV_FILE,
      'allow',
    ],
    [
      'for buckets of an account cannot tell whose this is',
      text(open(when('StringEquals', 's3:ResourceAccount', ACCOUNT))),
      ENV_FILE,
      'unknown',
    ],
    [
      'as a gateway takes a principal account for its root user',
      account,
      { ...ENV_FILE, endpointType: 'gateway' },
      'deny',
    ],
    [
      'as an interface takes a principal account for its members',
      account,
      { ...ENV_FILE, endpointType: 'interface' },
      'allow',
    ],
    ['of a kind that is not known cannot tell', account, ENV_FILE, 'unknown'],
    [
      'as a gateway has no rule for a role as principal',
      text(open({ Principal: { AWS: ROLE } })),
      { ...ENV_FILE, endpointType: 'gateway' },
      'unknown',
    ],
    [
      'as a gateway knows aws:PrincipalArn',
      text(open(when('ArnEquals', 'aws:PrincipalArn', ROLE))),
      { ...ENV_FILE, endpointType: 'gateway' },
      'allow',
    ],
  ])
})

describe('other endpoints', () => {
  const facts = { partition: 'aws', region: 'us-east-1', account: ACCOUNT, roleArn: ROLE }
  const decisions = (destination: string, policy: string, more: object) =>
    callsOfPull(destination, { ...facts, ...more }).map((call) => evaluateEndpointPolicy(policy, call).decision)

  test('a logs policy without PutLogEvents stops the second call', () => {
    const logGroups = [{ name: '/ecs/web', create: false }]
    expect(decisions('logs', text(open({ Action: 'logs:CreateLogStream' })), { logGroups })).toEqual(['allow', 'deny'])
  })

  test('a logs policy for the group covers its streams', () => {
    const Resource = `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:/ecs/web:*`
    const logGroups = [
      { name: '/ecs/web', create: false },
      { name: '/ecs/api', create: false },
    ]
    expect(decisions('logs', text(open({ Resource })), { logGroups })).toEqual(['allow', 'allow', 'deny', 'deny'])
  })

  test('a policy for one secret stops another', () => {
    const secret = (name: string) => `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:${name}-AbCdEf`
    const policy = text(open({ Resource: `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:db-??????` }))
    expect(decisions('secretsmanager', policy, { secrets: [`${secret('db')}:password::`, secret('api')] })).toEqual([
      'allow',
      'deny',
    ])
  })

  test('a policy for GetParameter does not allow GetParameters', () => {
    expect(decisions('ssm', text(open({ Action: 'ssm:GetParameter' })), { parameters: ['/web/key'] })).toEqual(['deny'])
  })

  test('a policy for a path of parameters covers names with and without a slash', () => {
    const policy = text(open({ Action: 'ssm:*', Resource: `arn:aws:ssm:us-east-1:${ACCOUNT}:parameter/web/*` }))
    expect(decisions('ssm', policy, { parameters: ['/web/key', 'web/key', '/api/key'] })).toEqual([
      'allow',
      'allow',
      'deny',
    ])
  })

  test('an unnamed repository leaves a narrow policy open and a wide one not', () => {
    expect(decisions('ecr-dkr', text(open({ Resource: REPOSITORY })), {})).toEqual(['unknown', 'unknown'])
    expect(decisions('ecr-dkr', text(open()), {})).toEqual(['allow', 'allow'])
  })
})

test('both languages say something of every verdict, and Korean is Korean', () => {
  const policies = [
    null,
    text(open()),
    text(),
    text(closed()),
    text(open(when('Bool', 'a:b', 'true'))),
    'broken',
    text({ Effect: 'Allow' }),
  ]
  for (const policy of policies) {
    const { why } = evaluateEndpointPolicy(policy, IMAGE)
    expect(why.en).toMatch(/^[ -~]+\.$/)
    expect(why.ko).toMatch(/니다/)
  }
})
