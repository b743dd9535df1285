/** Conditions on the organization in every policy that decides about a start: both truths, no organization, and nobody who could say. */
import { describe, expect, test } from '@jest/globals'
import { type Answer, known, unread } from '../../src/domain/answer.ts'
import * as roles from './role-world.ts'
import * as networks from './world.ts'

const OWN = 'o-exampleorgid'
const OTHER = 'o-anotherorgid'
const PERMISSION = 'organizations:DescribeOrganization'
const UNREAD = unread('denied', PERMISSION)
const { ACCOUNT, HEALTHY, KEY, REGION, SECRET, simulated, simulating, withContainer, withExecution, withRole } = roles

type Organization = Answer<string | null>
type Statement = { readonly Effect: 'Allow' | 'Deny'; readonly Condition?: object }

const when = (operator: string, key: string, value = OWN) => ({ Condition: { [operator]: { [`aws:${key}`]: value } } })
const document = (...statements: readonly object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements.map((one) => ({ Resource: '*', ...one })) })

/** An endpoint, all else of which is in order. */
const endpoint =
  (id: string) =>
  (statement: Statement, organization: Organization | undefined): readonly string[] => {
    const open = statement.Effect === 'Deny' ? [{ Effect: 'Allow', Principal: '*', Action: '*' }] : []
    const policy = document(...open, { Principal: '*', Action: '*', ...statement })
    const world = networks.change(networks.BY_ENDPOINTS, 'endpoints', id, { policy })
    const asked = networks.withNetwork(world, { organization })
    const unseen = networks
      .pathsOf(asked)
      .flatMap(({ hops }) => hops.flatMap((hop) => ('missing' in hop ? hop.missing : [])))
    return [
      ...networks.judge(asked).findings.map(({ check }) => check),
      ...unseen.map(({ permission }) => `? ${permission}`),
    ]
  }

const judged = (world: roles.RoleWorld): readonly string[] => {
  const { findings, unknowns } = roles.judge(world)
  return [...findings.map(({ check }) => check), ...unknowns.map(({ permission }) => `? ${permission}`)]
}

/** The policy of a repository of this account or of another. */
const repository =
  (accountId: string) =>
  (statement: Statement, organization: Organization | undefined): readonly string[] => {
    const open = statement.Effect === 'Deny' ? [{ Effect: 'Allow', Principal: '*', Action: 'ecr:*' }] : []
    const policy = known(document(...open, { Principal: '*', Action: 'ecr:*', ...statement }))
    const world = withRole(withContainer(HEALTHY, { image: roles.imageOf('web', accountId) }), {
      repositories: [{ name: 'web', accountId, region: REGION, policy }],
    })
    return judged(withExecution(world, { organization }))
  }

function key(statement: Statement, organization: Organization | undefined): readonly string[] {
  const root = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'kms:*' }
  const policy = known(document(root, { Principal: '*', Action: 'kms:*', ...statement }))
  const reading = simulating(
    withContainer(HEALTHY, { secrets: [{ name: 'DB', valueFrom: SECRET }] }),
    simulated('secretsmanager:GetSecretValue'),
    simulated('kms:Decrypt'),
  )
  const world = withRole(reading, {
    keys: [{ id: SECRET, service: 'secretsmanager', region: REGION, keyId: known(KEY) }],
    customerKeys: [{ id: KEY, region: REGION, key: known({ arn: KEY, state: 'Enabled', deletionAt: null }), policy }],
  })
  return judged(withExecution(world, { organization }))
}

function trust({ Effect, Condition }: Statement, organization: Organization | undefined): readonly string[] {
  const statement = {
    Principal: { Service: 'ecs-tasks.amazonaws.com' },
    Action: 'sts:AssumeRole',
  }
  const open = Effect === 'Deny' ? [{ Effect: 'Allow', ...statement }] : []
  const Statement = [...open, { Effect, Condition, ...statement }]
  return judged(withExecution(roles.withTrust(HEALTHY, { Version: '2012-10-17', Statement }), { organization }))
}

const allow = (...condition: Parameters<typeof when>): Statement => ({ Effect: 'Allow', ...when(...condition) })
const deny = (...condition: Parameters<typeof when>): Statement => ({ Effect: 'Deny', ...when(...condition) })

/** What is reported in the organization that is named, in another, in none, and where nobody could say. */
type Row = readonly [
  string,
  (statement: Statement, organization: Organization | undefined) => readonly string[],
  Statement,
  readonly [own: string, other: string, none: string, nobodySays: string],
]

const ASK = `? ${PERMISSION}`
const ENDPOINT = 'endpoint-policy-denies'
const REPOSITORY = 'repository-policy-denies'
const KEY_POLICY = 'key-policy-denies'
const TRUST = 'execution-role-not-assumable'

// biome-ignore format: one line a case
const ROWS: readonly Row[] = [
  ['an endpoint for the organization of the role', endpoint(networks.DKR), allow('StringEquals', 'PrincipalOrgID'), ['', ENDPOINT, ENDPOINT, ASK]],
  ['an endpoint against everybody else', endpoint(networks.DKR), deny('StringNotEquals', 'PrincipalOrgID'), ['', ENDPOINT, ENDPOINT, ASK]],
  ['an endpoint against everybody else who is in one', endpoint(networks.DKR), deny('StringNotEqualsIfExists', 'principalorgid'), ['', ENDPOINT, ENDPOINT, ASK]],
  ['an endpoint for repositories of the organization', endpoint(networks.DKR), allow('StringEquals', 'ResourceOrgID'), ['', ENDPOINT, ENDPOINT, ASK]],
  ['an endpoint for log groups of the organization', endpoint(networks.LOGS), allow('StringLike', 'ResourceOrgID'), ['', ENDPOINT, ENDPOINT, ASK]],
  ['an endpoint against a partner', endpoint(networks.DKR), deny('StringEquals', 'PrincipalOrgID', OTHER), ['', ENDPOINT, '', ASK]],
  ['a repository of another account for the organization', repository(roles.OTHER), allow('StringEquals', 'PrincipalOrgID'), ['', REPOSITORY, REPOSITORY, ASK]],
  ['an own repository against everybody else', repository(ACCOUNT), deny('StringNotEquals', 'PrincipalOrgID'), ['', REPOSITORY, REPOSITORY, ASK]],
  ['a key against everybody else', key, deny('StringNotEquals', 'PrincipalOrgID'), ['', KEY_POLICY, KEY_POLICY, ASK]],
  ['a trust for roles of the organization', trust, allow('StringEquals', 'ResourceOrgID'), ['', TRUST, TRUST, ASK]],
]

describe.each(ROWS)('%s', (_, judge, statement, [own, other, none, nobodySays]) => {
  test.each([
    ['in it', known(OWN), own],
    ['in another', known(OTHER), other],
    ['in none', known(null), none],
    ['where nobody says', UNREAD, nobodySays],
  ])('%s', (_where, organization, expected) => {
    expect(distinct(judge(statement, organization))).toEqual(expected === '' ? [] : [expected])
  })
})

// biome-ignore format: one line a case
test.each<readonly [string, Row[1], Statement, readonly string[]]>([
  ['the bucket of the layers is AWS’s: it is refused', endpoint(networks.S3), allow('StringEquals', 'ResourceOrgID'), [ENDPOINT]],
  ['the layers are not pulled by the role: they are refused', endpoint(networks.S3), allow('StringEquals', 'PrincipalOrgID'), [ENDPOINT]],
  ['a token is of no account’s', endpoint(networks.API), allow('StringEquals', 'ResourceOrgID'), ['? null']],
  ['of another account’s repository nobody says', repository(roles.OTHER), allow('StringEquals', 'ResourceOrgID'), ['? null']],
  ['of the path of the account nobody says', endpoint(networks.DKR), allow('StringLike', 'PrincipalOrgPaths', `${OWN}/*`), ['? null']],
  ['whether ECS names the organization of the source is said nowhere', trust, allow('StringEquals', 'SourceOrgID'), ['? null']],
  ['a service is no principal of the organization', trust, allow('StringEquals', 'PrincipalOrgID'), ['? null']],
])('with the organization known, %s', (_, judge, statement, expected) => {
  expect(distinct(judge(statement, known(OWN)))).toEqual(expected)
})

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)]
}
