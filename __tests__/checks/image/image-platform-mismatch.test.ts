import { describe, expect, test } from '@jest/globals'
import { known, unread } from '../../../src/domain/answer.ts'
import type { EcrAnswers, Platform, RegistryFact } from '../../../src/domain/image.ts'
import type { TaskDefinition } from '../../../src/domain/service.ts'
import { instance } from '../../task-start/sample.ts'
import {
  DENIED,
  ecrImage,
  findingOf,
  HEALTHY,
  IMAGE,
  type ImageWorld,
  told,
  unsure,
  withEcr,
  withImages,
} from '../image-world.ts'
import { expectPages } from '../page.ts'
import { withService } from '../world.ts'

const ID = 'image-platform-mismatch'
const FOUND = [`${ID} ${IMAGE}`]
const platform = (text: string): Platform => {
  const [os = '', architecture = '', osVersion = null] = text.split(' ')
  return { os, architecture, osVersion }
}
const offering = (...platforms: readonly string[]) => withEcr(HEALTHY, { platforms: known(platforms.map(platform)) })
/** An image that does not run yet, of one platform. */
const onePlatform = (changes: Partial<EcrAnswers> = {}) =>
  withEcr(HEALTHY, {
    found: known(ecrImage({ digest: `sha256:${'8'.repeat(64)}` })),
    platforms: known(null),
    ...changes,
  })
const asking = (world: ImageWorld, changes: Partial<TaskDefinition>): ImageWorld => ({
  ...world,
  taskDefinition: { ...world.taskDefinition, ...changes },
})

describe(ID, () => {
  test('finds an image for Arm alone where Fargate takes its default', () => {
    const world = offering('linux arm64')
    expect(told(world)).toEqual(FOUND)
    const { remedy } = findingOf(world, ID)
    expect(remedy.cli[0]).toBe(`docker buildx build --platform linux/amd64 \\\n  --tag ${IMAGE} --push .`)
    expect(remedy.console[1]?.en).toContain('Operating system/Architecture of web: ARM64, in a new revision')
    expectPages(findingOf(world, ID))
  })

  test.each<[string, readonly string[], Partial<TaskDefinition>, boolean]>([
    ['Arm asked, Arm there', ['linux arm64'], { cpuArchitecture: 'ARM64' }, true],
    ['Arm asked, both there', ['linux amd64', 'linux arm64'], { cpuArchitecture: 'ARM64' }, true],
    ['Arm asked, X86 there', ['linux amd64'], { cpuArchitecture: 'ARM64' }, false],
    ['X86 asked, 32 bits there', ['linux 386'], { cpuArchitecture: 'X86_64' }, true],
    ['Linux asked, Windows there', ['windows amd64 10.0.20348.2402'], {}, false],
    [
      'Windows 2022 asked, its build there',
      ['windows amd64 10.0.20348.2402'],
      { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' },
      true,
    ],
    [
      'Windows 2019 asked, the build of 2022 there',
      ['windows amd64 10.0.20348.2402'],
      { operatingSystemFamily: 'WINDOWS_SERVER_2019_FULL' },
      false,
    ],
    ['Windows asked, no build told', ['windows amd64'], { operatingSystemFamily: 'WINDOWS_SERVER_2019_FULL' }, true],
    ['Windows asked, Linux there', ['linux amd64'], { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' }, false],
    ['an index that names no platform at all', [], {}, true],
  ])('%s', (_, platforms, changes, clear) => {
    expect(told(asking(offering(...platforms), changes))).toEqual(clear ? [] : FOUND)
  })

  test('an image that is missing or archived is told by others', () => {
    const platforms = unread('unasked', 'ecr:BatchGetImage')
    for (const found of [known(null), known(ecrImage({ status: 'ARCHIVED' }))])
      expect(unsure(withEcr(HEALTHY, { found, platforms }), ID)).toEqual([])
  })

  test('a manifest of one platform does not tell it, and that decides nothing', () => {
    expect(unsure(onePlatform(), ID)).toEqual([
      `null: ${IMAGE} is of one platform, its manifest does not say which, and without the input read-image-config nobody looks into its configuration.`,
    ])
  })

  test('unless it runs already, by the very revision', () => {
    expect(unsure(withEcr(HEALTHY, { platforms: known(null) }), ID)).toEqual([])
    expect(unsure(asking(withEcr(HEALTHY, { platforms: known(null) }), { arn: null }), ID)).toHaveLength(1)
  })

  test('or its configuration was read', () => {
    expect(told(onePlatform({ onePlatform: known(platform('linux arm64')) }))).toEqual(FOUND)
    const fitting = onePlatform({ onePlatform: known(platform('linux amd64')) })
    expect([told(fitting), unsure(fitting, ID)]).toEqual([[], []])
    expect(unsure(onePlatform({ onePlatform: unread('denied', 'ecr:GetDownloadUrlForLayer') }), ID)).toEqual([
      `ecr:GetDownloadUrlForLayer: could not read the configuration of the image ${IMAGE}: access was denied`,
    ])
  })

  test('on instances nothing said means whatever they are', () => {
    const onInstances = { ...offering('linux arm64'), ...withService(offering('linux arm64'), { launchType: 'EC2' }) }
    expect(told(onInstances)).toEqual([])
    expect(unsure(onInstances, ID)[0]).toMatch(/^null: The task definition does not name the processor/)
    expect(told(asking(onInstances, { cpuArchitecture: 'X86_64' }))).toEqual(FOUND)
  })

  test.each<[string, readonly (string | null)[], string[], number]>([
    ['all of the image’s processor', ['arm64', 'arm64'], [], 0],
    ['all of another', ['x86_64'], FOUND, 0],
    ['of both', ['arm64', 'x86_64'], [], 1],
    ['of which one does not say', ['arm64', null], [], 1],
  ])('instances %s', (_, processors, found, unknowns) => {
    const world = { ...offering('linux arm64'), ...withService(offering('linux arm64'), { launchType: 'EC2' }) }
    const instances = processors.map((value) =>
      instance({ attributes: value === null ? [] : [{ name: 'ecs.cpu-architecture', value }] }),
    )
    const onInstances = { ...world, compute: { ...world.compute, instances: known(instances) } }
    expect(told(onInstances)).toEqual(found)
    expect(unsure(onInstances, ID)).toHaveLength(unknowns)
  })

  test.each([{ cpuArchitecture: 'RISCV' }, { operatingSystemFamily: 'PLAN_9' }])(
    'a word of tomorrow is no finding: %j',
    (changes) => {
      expect(told(asking(offering('linux arm64'), changes))).toEqual([])
    },
  )

  test.each<[string, readonly (readonly string[])[], readonly string[]]>([
    ['for Arm alone, which ECS then runs it on', [['linux arm64']], []],
    ['for Windows alone', [['windows amd64 10.0.20348.2402']], FOUND],
    ['and a sidecar for Arm alone', [['linux arm64'], ['linux arm64']], []],
    ['for Arm, and a sidecar for X86', [['linux arm64'], ['linux amd64']], FOUND],
    ['for Arm, and a sidecar for both', [['linux arm64'], ['linux amd64', 'linux arm64']], []],
  ])('of an Express service, an image %s', (_, listed, found) => {
    const express = withService(HEALTHY, { resourceManagementType: 'ECS' })
    const [first] = HEALTHY.images.images
    const images = listed.map((platforms, index) => ({
      image: index === 0 ? IMAGE : `${IMAGE}-sidecar`,
      containers: ['web'],
      ecr: first?.ecr ? { ...first.ecr, platforms: known(platforms.map(platform)) } : null,
    }))
    expect(told(withImages({ ...HEALTHY, ...express }, ...images))).toEqual(found)
  })

  test('is unknown where image or manifest could not be read', () => {
    expect(unsure(withEcr(HEALTHY, { found: DENIED, platforms: DENIED }), ID)).toHaveLength(1)
    expect(unsure(withEcr(HEALTHY, { platforms: unread('denied', 'ecr:BatchGetImage') }), ID)).toEqual([
      `ecr:BatchGetImage*: could not read the image ${IMAGE}: access was denied`,
    ])
  })
})

describe('a registry outside ECR', () => {
  const IMAGE_OUTSIDE = 'ghcr.io/team/app:1'
  type Platforms = (RegistryFact & { readonly is: 'there' })['platforms']
  const outside = (platforms: Platforms) =>
    withImages(HEALTHY, {
      image: IMAGE_OUTSIDE,
      containers: ['web'],
      ecr: null,
      registry: { is: 'there', digest: null, platforms },
    })
  const built = (architecture: string) => outside([{ os: 'linux', architecture, osVersion: null }])

  test('has the image for another platform', () => {
    expect(told(built('arm64'))).toEqual([`image-platform-mismatch ${IMAGE_OUTSIDE}`])
    expect(findingOf(built('arm64'), 'image-platform-mismatch').evidence[0]?.en).toBe(
      `platforms of ${IMAGE_OUTSIDE}: linux/arm64`,
    )
  })

  test('has it for the platform of the task', () => {
    expect([told(built('amd64')), unsure(built('amd64'), 'image-platform-mismatch')]).toEqual([[], []])
  })

  test.each<[Platforms, string]>([
    ['one', 'its manifest does not say which'],
    ['unread', 'did not say for which platforms'],
  ])('that tells %p leaves it open, and that decides nothing', (platforms, words) => {
    expect(told(outside(platforms))).toEqual([])
    const [reason, ...more] = unsure(outside(platforms), 'image-platform-mismatch')
    expect([reason, more]).toEqual([expect.stringMatching(/^null: /), []])
    expect(reason).toContain(words)
  })
})
