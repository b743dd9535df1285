import {
  ImageActionType,
  ImageFailureCode,
  ImageStatus,
  ImageTagMutability,
  LifecyclePolicyStorageClass,
  LifecyclePolicyTargetStorageClass,
  TagStatus,
  TargetStorageClass,
} from '@aws-sdk/client-ecr'
import { CPUArchitecture, OSFamily, VersionConsistency } from '@aws-sdk/client-ecs'
import { describe, expect, test } from '@jest/globals'
import { manifestIn, platformsIn, toEcrImage, toEcrRepository } from '../../../src/aws/facts/images.ts'
import { wantedPlatform } from '../../../src/task-start/images/image-platform.ts'

const DIGEST = `sha256:${'1'.repeat(64)}`

describe('an image', () => {
  test('is read as the CLI prints it and as the SDK answers', () => {
    const detail = {
      registryId: '123456789012',
      repositoryName: 'web',
      imageDigest: DIGEST,
      imageTags: ['v7'],
      imageSizeInBytes: 187_342_118,
      imagePushedAt: '2026-11-19T00:58:37+00:00',
      imageStatus: 'ACTIVE',
    }
    const expected = {
      digest: DIGEST,
      tags: ['v7'],
      bytes: 187_342_118,
      pushedAt: Date.parse('2026-11-19T00:58:37Z'),
      pulledAt: null,
      status: 'ACTIVE',
    }
    expect(toEcrImage(detail)).toEqual(expected)
    expect(toEcrImage({ ...detail, imagePushedAt: new Date(expected.pushedAt) })).toEqual(expected)
    expect(toEcrImage({ imageDigest: DIGEST })).toEqual({
      digest: DIGEST,
      tags: [],
      bytes: null,
      pushedAt: null,
      pulledAt: null,
      status: null,
    })
    expect(toEcrImage({ imageTags: ['v7'] })).toBeNull()
    expect(toEcrRepository({ repositoryName: 'web' })).toBeNull()
  })
})

describe('the platforms of a manifest', () => {
  const index = (...platforms: readonly object[]) =>
    JSON.stringify({ schemaVersion: 2, manifests: platforms.map((platform) => ({ digest: DIGEST, platform })) })

  test('are those of an index, without the attestations that a build leaves beside them', () => {
    const text = index(
      { architecture: 'amd64', os: 'linux' },
      { architecture: 'unknown', os: 'unknown' },
      { architecture: 'amd64', os: 'windows', 'os.version': '10.0.20348.2402' },
    )
    expect(platformsIn(text)).toEqual([
      { os: 'linux', architecture: 'amd64', osVersion: null },
      { os: 'windows', architecture: 'amd64', osVersion: '10.0.20348.2402' },
    ])
  })

  test('are not told by a manifest of one platform', () => {
    expect(platformsIn(JSON.stringify({ schemaVersion: 2, config: { digest: DIGEST }, layers: [] }))).toBeNull()
  })

  test('are told by the first format of Docker', () => {
    expect(platformsIn(JSON.stringify({ schemaVersion: 1, architecture: 'arm64', fsLayers: [] }))).toEqual([
      { os: 'linux', architecture: 'arm64', osVersion: null },
    ])
  })

  test.each(['', 'nope', '[]', '"text"'])('are not those of %j', (text) => {
    expect(platformsIn(text)).toBeUndefined()
  })
})

describe('what BatchGetImage says', () => {
  const image = { repositoryName: 'web', imageId: { imageDigest: DIGEST, imageTag: 'v7' }, imageManifest: '{}' }
  const failure = (failureCode: string) => ({
    images: [],
    failures: [{ imageId: { imageTag: 'v7' }, failureCode, failureReason: 'Requested image not found' }],
  })

  test('of an image that is there', () => {
    for (const ids of [['v7'], [DIGEST], ['v6', DIGEST]])
      expect(manifestIn([{ images: [image], failures: [] }], 'web', ids)).toEqual({
        is: 'there',
        digest: DIGEST,
        tag: 'v7',
        text: '{}',
      })
  })

  test('of another repository or another tag is nothing', () => {
    expect(manifestIn([{ images: [image], failures: [] }], 'api', ['v7'])).toEqual({ is: 'unread', detail: '' })
    expect(manifestIn([{ images: [image], failures: [] }], 'web', ['v6'])).toEqual({ is: 'unread', detail: '' })
  })

  test('of an image that is not', () => {
    expect(manifestIn([failure('ImageNotFound')], 'web', ['v7'])).toEqual({ is: 'missing' })
  })

  test.each(Object.values(ImageFailureCode).filter((code) => code !== 'ImageNotFound'))(
    '%s does not say that it is missing',
    (code) => {
      expect(manifestIn([failure(code)], 'web', ['v7'])).toEqual({
        is: 'unread',
        detail: `${code}: Requested image not found`,
      })
    },
  )
})

describe('words that the code compares with are AWS’s', () => {
  test('ECR', () => {
    expect(Object.values(ImageFailureCode)).toContain('ImageNotFound')
    expect(Object.values(ImageStatus).toSorted()).toEqual(['ACTIVATING', 'ACTIVE', 'ARCHIVED'])
    expect(Object.values(TargetStorageClass)).toContain('STANDARD')
    expect(Object.values(ImageTagMutability)).toEqual(
      expect.arrayContaining(['MUTABLE', 'IMMUTABLE', 'IMMUTABLE_WITH_EXCLUSION', 'MUTABLE_WITH_EXCLUSION']),
    )
    // A policy's own text has them in lower case; the model has them as a preview answers.
    expect(Object.values(TagStatus).toSorted()).toEqual(['ANY', 'TAGGED', 'UNTAGGED'])
    expect(Object.values(ImageActionType).toSorted()).toEqual(['EXPIRE', 'TRANSITION'])
    expect(Object.values(LifecyclePolicyStorageClass).toSorted()).toEqual(['ARCHIVE', 'STANDARD'])
    expect(Object.values(LifecyclePolicyTargetStorageClass)).toEqual(['ARCHIVE'])
  })

  test.each(Object.values(CPUArchitecture))('the architecture %s is known', (cpuArchitecture) => {
    expect(wantedPlatform({ cpuArchitecture, operatingSystemFamily: null }, false)).toMatchObject({ os: 'linux' })
  })

  test.each(Object.values(OSFamily))(
    'the operating system %s is known, with the build of its host',
    (operatingSystemFamily) => {
      const wanted = wantedPlatform({ cpuArchitecture: 'X86_64', operatingSystemFamily }, true)
      expect(wanted?.os).toBe(operatingSystemFamily === 'LINUX' ? 'linux' : 'windows')
      if (wanted?.os === 'windows') expect(wanted.build).toMatch(/^10\.0\.\d{5}$/)
    },
  )

  test('ECS', () => {
    expect(Object.values(VersionConsistency)).toContain('disabled')
  })
})
