import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/domain/answer.ts'
import type { Change } from '../../../src/domain/change.ts'
import { DIGEST, HEALTHY as IMAGES, withEcr } from '../../checks/image-world.ts'
import { ACCOUNT, REGION } from '../../checks/role-world.ts'
import { factAfter, facts, without } from '../facts.ts'
import { expectForms } from '../forms.ts'

const WEB = { registryId: ACCOUNT, repositoryName: 'web', region: REGION } as const
const RULES = JSON.stringify({
  rules: [
    {
      rulePriority: 1,
      selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 9 },
      action: { type: 'expire' },
    },
  ],
})
const CREATE: Change = { kind: 'create-repository', ...WEB }
const LIFECYCLE: Change = { kind: 'put-lifecycle-policy', ...WEB, lifecyclePolicyText: RULES }
const policy = (isFirst: boolean): Change => ({
  kind: 'set-repository-policy',
  ...WEB,
  isFirst,
  policyText: '{"Statement":[]}',
})
const RESTORE: Change = {
  kind: 'update-image-storage-class',
  ...WEB,
  imageId: { imageDigest: DIGEST },
  targetStorageClass: 'STANDARD',
}
const CACHE: Change = {
  kind: 'create-pull-through-cache-rule',
  ecrRepositoryPrefix: 'docker-hub',
  upstreamRegistryUrl: 'registry-1.docker.io',
  credentialArn: 'arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:ecr-pullthroughcache/docker-hub-a1B2c3',
}

describe('changes of a repository', () => {
  test('each form names registry, repository and Region', () => {
    expectForms('create-repository', {
      'an empty one': [CREATE],
      'in another Region': [{ ...CREATE, region: 'us-east-1' }],
    })
    expectForms('put-lifecycle-policy', { 'the whole policy': [LIFECYCLE] })
    expectForms('set-repository-policy', { 'the first policy': [policy(true)], 'in the place of one': [policy(false)] })
    expectForms('update-image-storage-class', { 'an archived image': [RESTORE] })
    expectForms('create-pull-through-cache-rule', { 'of Docker Hub': [CACHE] })
  })

  test('a repository is there, and empty', () => {
    const { images } = withEcr(IMAGES, { repository: known(null) })
    expect(factAfter(facts({ images }), 'images', CREATE)).toMatchObject({
      images: [
        {
          ecr: {
            repository: { value: { arn: `arn:aws:ecr:${REGION}:${ACCOUNT}:repository/web` } },
            found: known(null),
          },
        },
      ],
    })
    expect(factAfter(facts({ images }), 'images', { ...CREATE, repositoryName: 'api' })).toMatchObject({
      images: [{ ecr: { repository: known(null) } }],
    })
  })

  test('its lifecycle policy holds for the images that run as well', () => {
    const lifecycle = known(RULES)
    expect(factAfter(facts(), 'images', LIFECYCLE)).toMatchObject({
      images: [{ ecr: { repositoryImages: { lifecycle } } }],
      running: { value: [{ repositoryImages: { lifecycle } }] },
    })
  })

  test('its policy is what roles are judged by', () => {
    expect(factAfter(facts(), 'role', policy(false))).toMatchObject({
      repositories: [{ policy: known('{"Statement":[]}') }],
    })
    const other: Change = {
      kind: 'set-repository-policy',
      ...WEB,
      repositoryName: 'api',
      isFirst: true,
      policyText: '{}',
    }
    expect(factAfter(facts(), 'role', other)).not.toMatchObject({ repositories: [{ policy: known('{}') }] })
  })

  test('nobody foresees when an image is back, what a cache will hold, or what could not be read', () => {
    expect(factAfter(facts(), 'images', RESTORE)).toBeNull()
    expect(factAfter(facts(), 'images', CACHE)).toBeNull()
    expect(factAfter(without('images'), 'images', LIFECYCLE)).toBeNull()
    expect(factAfter(without('role'), 'role', policy(true))).toBeNull()
  })
})
