import { describe, expect, test } from '@jest/globals'
import { type Answer, known, unread } from '../../../src/domain/answer.ts'
import type { RepositoryAccess } from '../../../src/domain/role.ts'
import { expectPages } from '../page.ts'
import {
  ACCOUNT,
  findingOf,
  HEALTHY,
  imageOf,
  OTHER,
  REGION,
  ROLE,
  simulated,
  simulating,
  told,
  unsure,
  withContainer,
  withRole,
} from '../role-world.ts'

const ID = 'pull-through-cache-without-rights'
const FOUND = [`${ID} ${ROLE} (warning)`]
const RULE = { prefix: 'docker-hub', upstream: 'registry-1.docker.io' }
const NAME = 'docker-hub/library/nginx'
const repository = (policy: Answer<string | null>, accountId = ACCOUNT): RepositoryAccess => ({
  name: NAME,
  accountId,
  region: REGION,
  policy,
})
const at = (access: RepositoryAccess, account = ACCOUNT) =>
  withRole(withContainer(HEALTHY, { image: imageOf(NAME, account) }), {
    repositories: [access],
    pullThroughRules: known([RULE]),
  })
const CACHED = at(repository(known(null)))
const EMPTY = at(repository(unread('not-found', 'ecr:GetRepositoryPolicy', 'RepositoryNotFoundException')))
const imports = (decision: string) => simulated('ecr:BatchImportUpstreamImage', { decision })
const creates = (decision: string) => simulated('ecr:CreateRepository', { decision })

describe(ID, () => {
  test('warns of a role that may not import', () => {
    const world = simulating(CACHED, imports('implicitDeny'))
    expect(told(world)).toEqual(FOUND)
    expectPages(findingOf(world, ID))
  })

  test('is clear where it may, and where no rule covers the repository', () => {
    expect(told(simulating(CACHED, imports('allowed')))).toEqual([])
    const other = withRole(simulating(CACHED, imports('implicitDeny')), {
      pullThroughRules: known([{ ...RULE, prefix: 'docker' }]),
    })
    expect(told(other)).toEqual([])
  })

  test('asks the registry policy, which may grant it instead: read, nothing stays open', () => {
    const grant = (principal: string) =>
      known(
        JSON.stringify({
          Version: '2012-10-17',
          Statement: {
            Effect: 'Allow',
            Principal: { AWS: principal },
            Action: ['ecr:BatchImportUpstreamImage', 'ecr:CreateRepository'],
            Resource: `arn:aws:ecr:${REGION}:${ACCOUNT}:repository/docker-hub/*`,
          },
        }),
      )
    const under = (policy: Answer<string | null>) =>
      withRole(simulating(CACHED, imports('implicitDeny')), {
        registries: [{ accountId: ACCOUNT, region: REGION, policy }],
      })
    expect([told(under(grant(ROLE))), unsure(under(grant(ROLE)))]).toEqual([[], []])
    const refusals = [grant(`arn:aws:iam::${ACCOUNT}:role/other`), grant(`arn:aws:iam::${ACCOUNT}:root`), known(null)]
    for (const policy of refusals) {
      expect([told(under(policy)), unsure(under(policy))]).toEqual([FOUND, []])
    }
    expect(told(under(unread('denied', 'ecr:GetRegistryPolicy')))).toEqual(FOUND)
  })

  test('needs to create the repository where there is none', () => {
    expect(told(simulating(EMPTY, imports('allowed'), creates('implicitDeny')))).toEqual(FOUND)
    expect(told(simulating(EMPTY, imports('allowed'), creates('allowed')))).toEqual([])
    expect(told(simulating(CACHED, imports('allowed'), creates('implicitDeny')))).toEqual([])
  })

  test('takes a rule for the whole registry for repositories that do not exist', () => {
    const root = { pullThroughRules: known([{ ...RULE, prefix: 'ROOT' }]) }
    expect(told(simulating(withRole(EMPTY, root), imports('implicitDeny')))).toEqual(FOUND)
    expect(told(simulating(withRole(CACHED, root), imports('implicitDeny')))).toEqual([])
  })

  test('knows no rules of another account', () => {
    const theirs = at(
      repository(
        known(
          JSON.stringify({
            Version: '2012-10-17',
            Statement: { Effect: 'Allow', Principal: { AWS: ROLE }, Action: 'ecr:*' },
          }),
        ),
        OTHER,
      ),
      OTHER,
    )
    expect(told(simulating(theirs, imports('implicitDeny')))).toEqual([])
  })

  test('says so where the rules cannot be read, and leaves the verdict alone', () => {
    const world = withRole(CACHED, { pullThroughRules: unread('denied', 'ecr:DescribePullThroughCacheRules') })
    expect(unsure(world)).toEqual([`${ID}: could not read the pull-through cache rules: access was denied`])
  })

  test('leaves the verdict alone where nobody simulated it', () => {
    expect(unsure(CACHED)).toEqual([
      `${ID}: could not read the permissions of the role ${ROLE}: something it depends on is not known`,
    ])
  })
})
