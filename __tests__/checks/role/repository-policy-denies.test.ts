import { describe, expect, test } from '@jest/globals'
import { type Answer, known, unread } from '../../../src/domain/answer.ts'
import { expectPages } from '../page.ts'
import {
  ACCOUNT,
  findingOf,
  HEALTHY,
  imageOf,
  OTHER,
  REGION,
  ROLE,
  repositoryArn,
  told,
  unsure,
  withContainer,
  withRole,
} from '../role-world.ts'

const ID = 'repository-policy-denies'
const PULL = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']
const FOUND = [`${ID} ${repositoryArn('web', OTHER)}`]
const statement = (more: object) => ({ Effect: 'Allow', Principal: { AWS: ROLE }, Action: PULL, ...more })
const text = (...statements: readonly object[]) =>
  known(JSON.stringify({ Version: '2012-10-17', Statement: statements }))
const of = (accountId: string, policy: Answer<string | null>) =>
  withRole(withContainer(HEALTHY, { image: imageOf('web', accountId) }), {
    repositories: [{ name: 'web', accountId, region: REGION, policy }],
  })

describe(ID, () => {
  test('finds a repository of another account that lets another role pull', () => {
    const world = of(OTHER, text(statement({ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/other` } })))
    expect(told(world)).toEqual(FOUND)
    expectPages(findingOf(world, ID))
  })

  test.each([
    ['grants what the repository does not', known(null), { Effect: 'Allow' }, []],
    ['denies what the repository grants', text(statement({})), { Effect: 'Deny' }, FOUND],
    ['is about other repositories', text(statement({})), { Effect: 'Deny', Resource: repositoryArn('api', OTHER) }, []],
  ])('holds the call against a registry policy that %s', (_, policy, more, expected) => {
    const registry = text(statement({ Resource: repositoryArn('web', OTHER), ...more }))
    const world = withRole(of(OTHER, policy), {
      registries: [{ accountId: OTHER, region: REGION, policy: registry }],
    })
    expect(told(world)).toEqual(expected)
  })

  test('adds its statement to the policy that is there', () => {
    const world = of(OTHER, text(statement({ Sid: 'CI', Action: 'ecr:PutImage' })))
    const { remedy } = findingOf(world, ID)
    const document = /--policy-text '(.*)'/.exec(remedy.cli[1] ?? '')?.[1] ?? ''
    expect(remedy.verified).toBe(true)
    expect(document).toContain('"Sid":"CI"')
    expect(told(of(OTHER, known(document)))).toEqual([])
  })

  test.each([
    ['the role', [statement({})]],
    ['the account', [statement({ Principal: { AWS: ACCOUNT } })]],
    ['the account by its root', [statement({ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } })]],
    ['everyone', [statement({ Principal: '*' })]],
    [
      'everyone of the account',
      [statement({ Principal: '*', Condition: { StringEquals: { 'aws:PrincipalAccount': ACCOUNT } } })],
    ],
    ['one action a statement', PULL.map((Action) => statement({ Action }))],
  ])('is clear where it names %s', (_, statements) => {
    expect(told(of(OTHER, text(...statements)))).toEqual([])
    expect(unsure(of(OTHER, text(...statements)))).toEqual([])
  })

  test.each([
    ['there is no policy', known(null)],
    ['it names a third account', text(statement({ Principal: { AWS: '333333333333' } }))],
    ['it lets only one of the two calls in', text(statement({ Action: 'ecr:BatchGetImage' }))],
    [
      'it denies the role',
      text(statement({}), statement({ Effect: 'Deny', Principal: '*', Action: 'ecr:GetDownloadUrlForLayer' })),
    ],
  ])('finds that %s', (_, policy) => {
    expect(told(of(OTHER, policy))).toEqual(FOUND)
  })

  test('of the own account finds a deny, and nothing but one', () => {
    const deny = statement({ Effect: 'Deny', Principal: '*', Action: 'ecr:*' })
    expect(told(of(ACCOUNT, text(deny)))).toEqual([`${ID} ${repositoryArn('web')}`])
    // No statement helps against a deny.
    expect(findingOf(of(ACCOUNT, text(deny)), ID).remedy.cli.join()).not.toContain('set-repository-policy')
    expect(told(of(ACCOUNT, known(null)))).toEqual([])
    expect(told(of(ACCOUNT, text(statement({ Principal: { AWS: OTHER } }))))).toEqual([])
  })

  test('cannot tell of another account’s policy that may not be read; of an own one the verdict stands', () => {
    const lost = unread('denied', 'ecr:GetRepositoryPolicy')
    expect(unsure(of(OTHER, lost))).toEqual([
      `${ID}*: could not read the policy of the repository web in the account ${OTHER}: access was denied`,
    ])
    expect(unsure(of(ACCOUNT, lost))).toEqual([
      `${ID}: could not read the policy of the repository web in the account ${ACCOUNT}: access was denied`,
    ])
  })

  test('cannot tell from a condition on the organization', () => {
    const world = of(
      OTHER,
      text(statement({ Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } })),
    )
    expect(told(world)).toEqual([])
    expect(unsure(world)).toEqual([expect.stringMatching(/^repository-policy-denies\*: .*aws:PrincipalOrgID/)])
  })

  test('leaves a repository that does not exist to the step of the image', () => {
    const world = of(OTHER, unread('not-found', 'ecr:GetRepositoryPolicy', 'RepositoryNotFoundException'))
    expect([told(world), unsure(world)]).toEqual([[], []])
  })
})
