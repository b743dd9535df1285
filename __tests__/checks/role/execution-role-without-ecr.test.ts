import { describe, expect, test } from '@jest/globals'
import { known, unread } from '../../../src/domain/answer.ts'
import { expectPages } from '../page.ts'
import {
  ACCOUNT,
  findingOf,
  HEALTHY,
  MANAGED,
  REGION,
  ROLE,
  type RoleWorld,
  reading,
  repositoryArn,
  simulated,
  simulating,
  told,
  UNREADABLE,
  unsure,
  withExecution,
  withRole,
} from '../role-world.ts'

const ID = 'execution-role-without-ecr'
const FOUND = [`${ID} ${ROLE}`]
const WEB = repositoryArn('web')
const denied = (action: string, changes = {}) =>
  simulated(action, { decision: 'implicitDeny', resource: WEB, ...changes })
const policyOf = (policy: string | null) =>
  withRole(simulating(HEALTHY, denied('ecr:BatchGetImage')), {
    repositories: [{ name: 'web', accountId: ACCOUNT, region: REGION, policy: known(policy) }],
  })
const grant = (principal: unknown, more: object = {}) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: principal, Action: 'ecr:BatchGetImage', ...more }],
  })

describe(ID, () => {
  test('finds a role that may not read the manifest', () => {
    const world = simulating(HEALTHY, denied('ecr:BatchGetImage'))
    expect(told(world)).toEqual(FOUND)
    expectPages(findingOf(world, ID))
  })

  test.each(['ecr:GetAuthorizationToken', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'])(
    'finds a role without %s',
    (action) => {
      expect(told(simulating(HEALTHY, simulated(action, { decision: 'implicitDeny' })))).toEqual(FOUND)
      expect(told(simulating(HEALTHY, simulated(action)))).toEqual([])
    },
  )

  test('needs no ecr:BatchCheckLayerAvailability', () => {
    expect(
      told(simulating(HEALTHY, simulated('ecr:BatchCheckLayerAvailability', { decision: 'implicitDeny' }))),
    ).toEqual([])
  })

  test('names the exact statement', () => {
    const world = simulating(HEALTHY, denied('ecr:BatchGetImage'), denied('ecr:GetDownloadUrlForLayer'))
    const [command = ''] = findingOf(world, ID).remedy.cli
    expect(JSON.parse(/--policy-document '(.*)'$/.exec(command)?.[1] ?? '')).toEqual({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], Resource: [WEB] }],
    })
  })

  test('tells an explicit deny and a boundary from a missing statement', () => {
    const explicit = simulating(
      HEALTHY,
      simulated('ecr:BatchGetImage', { decision: 'explicitDeny', decidedBy: ['no-ecr'] }),
    )
    const bounded = simulating(HEALTHY, denied('ecr:BatchGetImage', { allowedByBoundary: false }))
    expect(findingOf(explicit, ID).what.en).toMatch(/explicitly denies/)
    expect(findingOf(bounded, ID).what.en).toMatch(/permissions boundary/)
    expect(findingOf(explicit, ID).remedy.terraform).toBe('')
  })

  describe('under an organization', () => {
    const scp = (decision: string, decidedBy: readonly string[] = []) =>
      simulating(
        HEALTHY,
        ...MANAGED.map((action) => simulated(action, { decision, decidedBy, allowedByOrganization: false })),
      )

    test.each(['implicitDeny', 'explicitDeny'])('an administrator is not called broken (%s)', (decision) => {
      expect(told(scp(decision))).toEqual([])
      expect(unsure(scp(decision)).filter((one) => one.startsWith(`${ID}*`))).toEqual([
        expect.stringContaining('a policy of the organization (SCP) does not allow it'),
        expect.anything(),
        expect.anything(),
      ])
    })

    test('a deny of the role itself is one', () => {
      expect(told(scp('explicitDeny', ['no-ecr']))).toContain(FOUND[0])
    })

    test('an organization that allows changes nothing', () => {
      const world = simulating(HEALTHY, denied('ecr:BatchGetImage', { allowedByOrganization: true }))
      expect(told(world)).toEqual(FOUND)
    })
  })

  describe('beside the policy of its own repository', () => {
    test.each([
      ['the role', grant({ AWS: ROLE }), []],
      ['everyone', grant('*'), []],
      ['the account, which hands the question back', grant({ AWS: ACCOUNT }), FOUND],
      ['another role', grant({ AWS: `arn:aws:iam::${ACCOUNT}:role/other` }), FOUND],
      ['the role, another action', grant({ AWS: ROLE }, { Action: 'ecr:DescribeImages' }), FOUND],
      ['no one: there is none', null, FOUND],
    ])('that names %s', (_, policy, expected) => {
      expect(told(policyOf(policy))).toEqual(expected)
    })

    test('that cannot be read, its own policies decide', () => {
      const world = withRole(simulating(HEALTHY, denied('ecr:BatchGetImage')), {
        repositories: [
          { name: 'web', accountId: ACCOUNT, region: REGION, policy: unread('denied', 'ecr:GetRepositoryPolicy') },
        ],
      })
      expect(told(world)).toEqual(FOUND)
    })
  })

  describe('without the simulator', () => {
    const statement = (more: object) => ({ Effect: 'Allow', Action: [...MANAGED], Resource: '*', ...more })
    const by = (...statements: readonly object[]): RoleWorld => withExecution(HEALTHY, reading(...statements))

    test.each([
      ['everything', [statement({})], []],
      [
        'the very repository',
        [statement({ Action: ['logs:*', 'ecr:GetAuthorizationToken'] }), statement({ Action: 'ecr:*', Resource: WEB })],
        [],
      ],
      [
        'another repository',
        [
          statement({ Action: ['logs:*', 'ecr:GetAuthorizationToken'] }),
          statement({ Action: 'ecr:*', Resource: repositoryArn('api') }),
        ],
        FOUND,
      ],
      [
        'the token on a repository',
        [statement({ Action: ['logs:*'] }), statement({ Action: 'ecr:*', Resource: repositoryArn('*') })],
        FOUND,
      ],
      [
        'everything, and denies the layers',
        [statement({}), statement({ Effect: 'Deny', Action: 'ecr:GetDownload*' })],
        FOUND,
      ],
      ['everything but ECR', [{ Effect: 'Allow', NotAction: 'ecr:*', Resource: '*' }], FOUND],
    ])('reads a policy that allows %s', (_, statements, expected) => {
      expect(told(by(...statements))).toEqual(expected)
      expect(unsure(by(...statements)).filter((one) => one.includes('*:'))).toEqual([])
    })

    test('says that nobody asked the organization', () => {
      expect(unsure(by(statement({})))).toContain(
        `${ID}: could not read what the organization allows the role ${ROLE}: access was denied`,
      )
    })

    test('holds the boundary against it', () => {
      const boundary = JSON.stringify({ Version: '2012-10-17', Statement: statement({ Action: 'logs:*' }) })
      const world = withExecution(by(statement({})), { boundary: known(boundary) })
      expect(findingOf(world, ID).what.en).toMatch(/permissions boundary/)
    })

    test('cannot tell under a boundary that was not read', () => {
      const world = withExecution(by(statement({})), { boundary: unread('denied', 'iam:GetPolicyVersion') })
      expect(told(world)).toEqual([])
      expect(unsure(world).some((one) => one.startsWith(`${ID}*`))).toBe(true)
    })
  })

  test('cannot tell where neither may be read', () => {
    const world = withExecution(HEALTHY, UNREADABLE)
    expect(told(world)).toEqual([])
    expect(unsure(world)).toContain(`${ID}*: could not read the permissions of the role ${ROLE}: access was denied`)
  })

  test('cannot tell from a policy that asks for a key without a value', () => {
    const world = simulating(HEALTHY, simulated('ecr:BatchGetImage', { resource: WEB, missing: ['aws:SourceVpc'] }))
    expect(told(world)).toEqual([])
    expect(unsure(world)).toEqual([expect.stringMatching(/^execution-role-without-ecr\*: .*aws:SourceVpc\.$/)])
  })

  test('cannot tell from a decision that it does not know', () => {
    expect(unsure(simulating(HEALTHY, simulated('ecr:BatchGetImage', { decision: 'maybe' })))).toEqual([
      expect.stringContaining('maybe'),
    ])
  })

  describe('with a simulation of everything that says no', () => {
    const world = simulating(HEALTHY, simulated('ecr:BatchGetImage', { decision: 'implicitDeny' }))
    const documents = (resource: string) =>
      known([
        {
          name: 'p',
          document: JSON.stringify({
            Version: '2012-10-17',
            Statement: { Effect: 'Allow', Action: 'ecr:BatchGetImage', Resource: resource },
          }),
        },
      ])

    test('a policy for the very repository allows', () => {
      expect(told(withExecution(world, { policies: documents(WEB) }))).toEqual([])
    })

    test('a policy for everything contradicts the simulator, which sees more', () => {
      expect(told(withExecution(world, { policies: documents('*') }))).toEqual(FOUND)
    })

    test('no policy to read leaves the simulator alone', () => {
      expect(told(world)).toEqual(FOUND)
    })
  })

  test('leaves EC2 to the instance role', () => {
    const world = simulating(HEALTHY, denied('ecr:BatchGetImage'))
    expect(told({ ...world, service: { ...world.service, launchType: 'EC2' } })).toEqual([])
  })
})
