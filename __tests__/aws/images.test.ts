import { describe, expect, test } from '@jest/globals'
import { seoulFiles } from '../../simulator/seoul/files.ts'
import type { SimulatedRequest, Simulator } from '../../simulator/start.ts'
import { gatherService, type ServiceRequest } from '../../src/aws/gather/index.ts'
import type { AskRegistry, RegistryReply } from '../../src/aws/gather/start/images.ts'
import { openFolder } from '../../src/aws/reader/folder.ts'
import { openLive } from '../../src/aws/reader/live.ts'
import type { Reader } from '../../src/aws/reader/reader.ts'
import { recording } from '../../src/aws/reader/recording.ts'
import { answerFiles } from '../../src/aws/reader/snapshot.ts'
import { known, unread } from '../../src/domain/answer.ts'
import type { EcrAnswers, ImageFacts } from '../../src/domain/image.ts'
import { scratch } from './scratch.ts'
import { simulate } from './simulated.ts'

let simulator: Simulator | undefined

const SERVICE = { cluster: 'cluster-nestjs-second', service: 'role-nestjs-second-service' }
const ACCOUNT = '406178923551'
const REGION = 'ap-northeast-2'
const HOST = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com`
const NAME = 'nestjs-second'
const DETAILS = `ecr/describe-images/${NAME}.json`
const MANIFESTS = `ecr/batch-get-image/${NAME}.json`
const REPOSITORIES = `ecr/describe-repositories/${NAME}.json`
const RULES = 'ecr/describe-pull-through-cache-rules/all.json'
const LIFECYCLE = `ecr/get-lifecycle-policy/${NAME}.json`

type Files = Record<string, unknown>
const files = (changes: Files = {}): Files => {
  const all = { ...(seoulFiles({ healthy: true }) as Files), ...changes }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}
// biome-ignore lint/suspicious/noExplicitAny: a file of a recording, as its test knows it
const file = (path: string): any => structuredClone(files()[path])

async function live(world: Files): Promise<Reader> {
  await simulator?.stop()
  simulator = await simulate({ files: world })
  return openLive({ region: simulator.region, endpoint: simulator.url, maxAttempts: 1 })
}

async function imagesFrom(reader: Reader, image?: string): Promise<ImageFacts> {
  const request: ServiceRequest = image === undefined ? SERVICE : { ...SERVICE, images: { nestjs: image } }
  const { facts } = await gatherService(reader, request)
  if (!facts.images.known) throw new Error('images were not gathered')
  return facts.images.value
}

async function ecrFrom(reader: Reader, image?: string): Promise<EcrAnswers> {
  const [only] = (await imagesFrom(reader, image)).images
  if (only === undefined || only.ecr === null) throw new Error('the image is not in ECR')
  return only.ecr
}

function asked(operation: string): readonly SimulatedRequest[] {
  return (simulator?.requests() ?? []).filter((one) => one.service === 'ecr' && one.operation === operation)
}

/** Both ways of reading, one after the other. */
async function both(world: Files, image?: string): Promise<readonly [EcrAnswers, EcrAnswers]> {
  return [await ecrFrom(await openFolder(scratch(world)), image), await ecrFrom(await live(world), image)]
}

describe('the image of a healthy service', () => {
  test('is read the same from a folder and over the wire', async () => {
    const [recorded, over] = await both(
      files({ [LIFECYCLE]: { registryId: ACCOUNT, repositoryName: NAME, lifecyclePolicyText: '{"rules":[]}' } }),
    )
    expect(over).toEqual(recorded)
    expect(recorded).toMatchObject({
      repository: { value: { arn: expect.stringMatching(/repository\/nestjs-second$/) } },
      found: { value: { tags: ['1.8.2'], bytes: 187_342_118, status: null } },
      platforms: { value: [{ os: 'linux', architecture: 'amd64' }] },
      cacheRule: { value: null },
      repositoryImages: { accountId: ACCOUNT, region: REGION, name: NAME, lifecycle: { value: '{"rules":[]}' } },
    })
  })

  test('is what both tasks run, asked once', async () => {
    const { running } = await imagesFrom(await live(files()))
    expect(running).toMatchObject({
      value: [{ containers: ['nestjs'], pullSeconds: [18.722, 18.722], found: { value: { tags: ['1.8.2'] } } }],
    })
    expect(asked('DescribeImages')).toHaveLength(2)
    expect(asked('DescribeRepositories')).toHaveLength(1)
  })

  test('takes no round of its own', async () => {
    const { rounds } = await gatherService(await live(files()), SERVICE)
    expect(rounds).toBeLessThanOrEqual(4)
  })
})

describe('references that others read wrongly', () => {
  const digest = file(DETAILS).imageDetails[0].imageDigest as string
  const at = (name: string): Files => {
    const own = { registryId: ACCOUNT, repositoryName: name }
    return files({
      [DETAILS]: { imageDetails: [{ ...file(DETAILS).imageDetails[0], ...own }] },
      [MANIFESTS]: { images: [{ ...file(MANIFESTS).images[0], ...own }], failures: [] },
      [REPOSITORIES]: { repositories: [{ ...file(REPOSITORIES).repositories[0], ...own }] },
      [LIFECYCLE]: { ...own, lifecyclePolicyText: '{"rules":[]}' },
    })
  }

  test.each<[string, string, string]>([
    ['a nested repository', 'team/app/web', `${HOST}/team/app/web:1.8.2`],
    ['a digest', NAME, `${HOST}/${NAME}@${digest}`],
    ['a tag and a digest, where the tag has moved on', NAME, `${HOST}/${NAME}:long-gone@${digest}`],
    ['a port', NAME, `${HOST}:443/${NAME}:1.8.2`],
    ['the dual-stack name', NAME, `${ACCOUNT}.dkr-ecr.${REGION}.on.aws/${NAME}:1.8.2`],
    ['the FIPS name', NAME, `${ACCOUNT}.dkr.ecr-fips.${REGION}.amazonaws.com/${NAME}:1.8.2`],
  ])('%s', async (_, name, image) => {
    for (const ecr of await both(at(name), image)) {
      expect(ecr).toMatchObject({
        repository: { known: true },
        found: { value: { digest } },
        platforms: { value: [{ architecture: 'amd64' }] },
        repositoryImages: { name },
      })
    }
  })

  test('a digest is asked for as a digest, and a tag as a tag', async () => {
    await ecrFrom(await live(files()), `${HOST}/${NAME}:x@${digest}`)
    expect(asked('DescribeImages').map(({ params }) => params['imageIds'])).toEqual([[{ imageDigest: digest }]])
    await ecrFrom(await live(files()), `${HOST}/${NAME}`)
    expect(asked('DescribeImages')[0]?.params['imageIds']).toEqual([{ imageTag: 'latest' }])
  })

  test('a registry in China, in a Region of China', async () => {
    const inChina = JSON.parse(
      JSON.stringify(files())
        .replaceAll(REGION, 'cn-north-1')
        .replaceAll('arn:aws:', 'arn:aws-cn:')
        .replaceAll(/(dkr\.ecr\.cn-north-1\.amazonaws\.com)(?!\.)/g, '$1.cn'),
    ) as Files
    for (const ecr of await both(inChina)) {
      expect(ecr).toMatchObject({ found: { value: { digest } }, repositoryImages: { region: 'cn-north-1' } })
    }
    expect(asked('DescribeImages')[0]?.region).toBe('cn-north-1')
  })

  test('a registry in China cannot be asked with credentials of another partition', async () => {
    const image = `${ACCOUNT}.dkr.ecr.cn-north-1.amazonaws.com.cn/${NAME}:1.8.2`
    const { found } = await ecrFrom(await live(files()), image)
    expect(found).toMatchObject({ known: false, because: 'unasked', permission: 'ecr:DescribeImages' })
    expect(asked('DescribeImages').every(({ region }) => region === REGION)).toBe(true)
  })

  test.each([
    'registry.example:5000/team/app:1',
    'public.ecr.aws/nginx/nginx:1',
    'nginx',
    'cn-north-1.amazonaws.com/app:1',
  ])('%s is nothing that ECR is asked for', async (image) => {
    const { images } = await imagesFrom(await live(files()), image)
    expect(images).toEqual([{ image, containers: ['nestjs'], ecr: null }])
    expect(asked('DescribeRepositories')).toEqual([])
  })

  test('what is no reference is nobody’s', async () => {
    expect((await imagesFrom(await openFolder(scratch(files())), 'https://x/y')).images).toEqual([])
  })
})

describe('a registry outside ECR', () => {
  const image = 'registry.example/team/app:1'
  const DIGEST = `sha256:${'7'.repeat(64)}`
  const INDEX = JSON.stringify({ manifests: [{ platform: { os: 'linux', architecture: 'arm64' } }] })
  const there = (mediaType: string, index?: string): RegistryReply => ({
    is: 'there',
    digest: DIGEST,
    mediaType,
    ...(index === undefined ? {} : { index }),
  })
  const says = async (reply: RegistryReply, world = files()) => {
    const names: string[] = []
    const askRegistry: AskRegistry = async ({ repository }) => {
      names.push(repository)
      return reply
    }
    const request = { ...SERVICE, images: { nestjs: image }, askRegistry }
    const { images } = (await gatherService(await openFolder(scratch(world)), request)).facts
    return { names, registry: images.known ? images.value.images[0]?.registry : undefined }
  }

  test.each<[RegistryReply, object]>([
    [{ is: 'missing' }, { is: 'missing' }],
    [
      { is: 'unreachable', detail: 'x' },
      { is: 'unreachable', detail: 'x' },
    ],
    [there('application/vnd.oci.image.manifest.v1+json'), { is: 'there', digest: DIGEST, platforms: 'one' }],
    [there('application/vnd.oci.image.index.v1+json'), { is: 'there', digest: DIGEST, platforms: 'unread' }],
    [
      there('application/vnd.docker.distribution.manifest.list.v2+json', 'no JSON'),
      { is: 'there', digest: DIGEST, platforms: 'unread' },
    ],
    [there(''), { is: 'there', digest: DIGEST, platforms: 'unread' }],
    [
      there('application/vnd.oci.image.index.v1+json', INDEX),
      { is: 'there', digest: DIGEST, platforms: [{ os: 'linux', architecture: 'arm64', osVersion: null }] },
    ],
  ])('is asked once, and what it says is kept: %j', async (reply, expected) => {
    expect(await says(reply)).toEqual({ names: ['team/app'], registry: expected })
  })

  test('is not asked where a container has credentials for it', async () => {
    const path = 'ecs/describe-task-definition/role-nestjs-second-41.json'
    const definition = file(path)
    definition.taskDefinition.containerDefinitions[0].repositoryCredentials = { credentialsParameter: 'arn:hub' }
    expect(await says({ is: 'missing' }, files({ [path]: definition }))).toEqual({
      names: [],
      registry: { is: 'not-public' },
    })
  })
})

describe('a large image of several platforms', () => {
  const own = { registryId: ACCOUNT, repositoryName: NAME }
  const digestOf = (letter: string) => `sha256:${letter.repeat(64)}`
  const large = (bytes: number): Files => {
    const manifests = ['amd64', 'arm64'].map((architecture, at) => ({
      digest: digestOf(at === 0 ? 'a' : 'b'),
      platform: { os: 'linux', architecture },
    }))
    const [detail, image] = [file(DETAILS).imageDetails[0], file(MANIFESTS).images[0]]
    const parts = [4_000_000_000, bytes].map((imageSizeInBytes, at) => ({
      ...own,
      imageDigest: digestOf(at === 0 ? 'a' : 'b'),
      imageSizeInBytes,
    }))
    return files({
      [DETAILS]: { imageDetails: [{ ...detail, imageSizeInBytes: bytes }, ...parts] },
      [MANIFESTS]: { images: [{ ...image, imageManifest: JSON.stringify({ manifests }) }], failures: [] },
    })
  }

  test('is as large as the platform that the task takes', async () => {
    for (const ecr of await both(large(32_000_000_000))) {
      expect(ecr).toMatchObject({ found: { value: { bytes: 32_000_000_000 } }, pulledBytes: 4_000_000_000 })
    }
    expect((await gatherService(await live(large(32_000_000_000)), SERVICE)).rounds).toBeLessThanOrEqual(5)
  })

  test('and is not asked about where it fits any disk', async () => {
    for (const ecr of await both(large(3_000_000_000))) expect(ecr.pulledBytes).toBeUndefined()
  })
})

describe('what ECS resolved', () => {
  const SERVICES = 'ecs/describe-services.json'
  const REVISIONS = 'ecs/describe-service-revisions.json'
  const revision = `arn:aws:ecs:${REGION}:${ACCOUNT}:service-revision/cluster-nestjs-second/web/1`
  const digest = `sha256:${'d'.repeat(64)}`
  const resolved = (more: Files = {}): Files => {
    const services = file(SERVICES)
    services.services[0].currentServiceRevisions = [{ arn: revision, requestedTaskCount: 2 }]
    const containerImages = [{ containerName: 'nestjs', image: `${HOST}/${NAME}:1.8.2`, imageDigest: digest }]
    const serviceRevisions = [{ serviceRevisionArn: revision, containerImages }]
    return files({ [SERVICES]: services, [REVISIONS]: { serviceRevisions, failures: [] }, ...more })
  }

  test('is looked for beside what runs, in the same rounds', async () => {
    for (const reader of [await openFolder(scratch(resolved())), await live(resolved())]) {
      const { running } = await imagesFrom(reader)
      expect(running).toMatchObject({
        value: [
          { runs: true },
          { runs: false, digest, containers: ['nestjs'], pullSeconds: [], found: { value: null } },
        ],
      })
    }
    expect((await gatherService(await live(resolved()), SERVICE)).rounds).toBeLessThanOrEqual(4)
  })

  test('that could not be read is said', async () => {
    const { running, unresolved } = await imagesFrom(await openFolder(scratch(resolved({ [REVISIONS]: undefined }))))
    expect(running).toMatchObject({ value: [{ runs: true }] })
    expect(unresolved).toMatchObject({ because: 'absent', permission: 'ecs:DescribeServiceRevisions' })
  })
})

describe('an image in the archive', () => {
  const archived = (imageStatus: string) =>
    files({ [DETAILS]: { imageDetails: [{ ...file(DETAILS).imageDetails[0], imageStatus }] } })

  test.each(['ARCHIVED', 'ACTIVATING'])('that is %s is looked for once more, and has no manifest', async (status) => {
    for (const ecr of await both(archived(status))) {
      expect(ecr).toMatchObject({ found: { value: { status } }, platforms: { known: false, because: 'unasked' } })
    }
    const filters = asked('DescribeImages').map(({ params }) => params['filter'])
    // The next image, and the one that runs: of the same repository.
    expect(filters.filter((filter) => filter !== undefined)).toEqual(Array(2).fill({ imageStatus: 'ANY' }))
  })

  test('an image that is there is asked for once', async () => {
    await ecrFrom(await live(files()))
    expect(asked('DescribeImages').every(({ params }) => params['filter'] === undefined)).toBe(true)
  })

  test('stands in a snapshot with its status', async () => {
    const recorder = recording(await live(archived('ARCHIVED')))
    await imagesFrom(recorder)
    const details = [...answerFiles(recorder.recorded())].filter(([path]) => path.startsWith('ecr/describe-images/'))
    expect(details.map(([path]) => path).join()).not.toContain('ANY')
    for (const [, content] of details) expect(content).toMatchObject({ imageDetails: [{ imageStatus: 'ARCHIVED' }] })
    expect(details).not.toEqual([])
  })
})

describe('another Region and another account', () => {
  test('the Region of the image is asked, with the registry of its account', async () => {
    const image = `210987654321.dkr.ecr.us-east-1.amazonaws.com/${NAME}:1.8.2`
    const { found, repository } = await ecrFrom(await live(files()), image)
    // The simulator has nothing in other Regions: that is what the answer has to be.
    expect([found, repository]).toEqual([
      { known: true, value: null },
      { known: true, value: null },
    ])
    const requests = [
      ...asked('DescribeImages'),
      ...asked('DescribeRepositories'),
      ...asked('DescribePullThroughCacheRules'),
    ]
      .filter(({ region }) => region === 'us-east-1')
      .map(({ params }) => params['registryId'])
    // What is not there is looked for in the archive as well.
    expect(requests).toEqual(Array(4).fill('210987654321'))
  })

  test('a recording tells another Region by the ARN of the repository alone', async () => {
    const image = `${ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/${NAME}:1.8.2`
    expect((await ecrFrom(await openFolder(scratch(files())), image)).found).toMatchObject({ because: 'absent' })
    const there = {
      ...file(REPOSITORIES).repositories[0],
      repositoryArn: `arn:aws:ecr:us-east-1:${ACCOUNT}:repository/${NAME}`,
    }
    const reader = await openFolder(scratch(files({ [REPOSITORIES]: { repositories: [there] } })))
    expect((await ecrFrom(reader, image)).found).toMatchObject({ value: { tags: ['1.8.2'] } })
  })

  test('a recording of several repositories is told apart by their names, and by their Regions', async () => {
    const other = { ...file(DETAILS).imageDetails[0], repositoryName: 'other', imageDigest: `sha256:${'8'.repeat(64)}` }
    const arn = (region: string, name: string) => `arn:aws:ecr:${region}:${ACCOUNT}:repository/${name}`
    const repository = (region: string, name: string, imageTagMutability: string) => ({
      repositoryArn: arn(region, name),
      repositoryName: name,
      registryId: ACCOUNT,
      imageTagMutability,
    })
    const reader = await openFolder(
      scratch(
        files({
          [DETAILS]: { imageDetails: [other, file(DETAILS).imageDetails[0]] },
          [REPOSITORIES]: {
            repositories: [
              repository(REGION, 'other', 'MUTABLE'),
              repository('us-east-1', NAME, 'MUTABLE'),
              repository(REGION, NAME, 'IMMUTABLE'),
            ],
          },
        }),
      ),
    )
    const ecr = await ecrFrom(reader)
    expect(ecr.found).toMatchObject({ value: { digest: file(DETAILS).imageDetails[0].imageDigest } })
    expect(ecr.repository).toEqual(known({ arn: arn(REGION, NAME) }))
  })

  test('a repository of another account is not the own one of the same name', async () => {
    const image = `210987654321.dkr.ecr.${REGION}.amazonaws.com/${NAME}:1.8.2`
    const { found } = await ecrFrom(await openFolder(scratch(files())), image)
    expect(found).toMatchObject({ known: false, because: 'absent' })
  })
})

describe('what is not there', () => {
  test('a tag, an emptied repository, a failure of BatchGetImage: all the same', async () => {
    const failure = { imageId: { imageTag: '1.8.2' }, failureCode: 'ImageNotFound', failureReason: 'not found' }
    const worlds: readonly Files[] = [
      { [DETAILS]: { imageDetails: [{ ...file(DETAILS).imageDetails[0], imageTags: ['1.8.1'] }] } },
      { [DETAILS]: { imageDetails: [] } },
      { [MANIFESTS]: { images: [], failures: [failure] } },
      { [DETAILS]: undefined, [MANIFESTS]: { images: [], failures: [failure] } },
    ]
    for (const world of worlds) {
      for (const { found } of await both(files(world))) expect(found).toEqual({ known: true, value: null })
    }
  })

  test('a repository', async () => {
    const world = files({ [REPOSITORIES]: { repositories: [] }, [DETAILS]: undefined, [MANIFESTS]: undefined })
    for (const { repository } of await both(world)) expect(repository).toEqual({ known: true, value: null })
  })

  test('who may not describe may still pull: the manifest shows the image', async () => {
    for (const { found, platforms } of await both(files({ [DETAILS]: undefined }))) {
      expect(found).toMatchObject({ value: { tags: ['1.8.2'], bytes: null } })
      expect(platforms).toMatchObject({ known: true })
    }
  })

  test('a manifest that ECR would not give is unread, with ECR’s words', async () => {
    const failure = { imageId: { imageTag: '1.8.2' }, failureCode: 'KmsError', failureReason: 'no key' }
    const { platforms } = await ecrFrom(
      await openFolder(scratch(files({ [DETAILS]: undefined, [MANIFESTS]: { images: [], failures: [failure] } }))),
    )
    expect(platforms).toEqual(unread('garbled', 'ecr:BatchGetImage', 'KmsError: no key'))
  })

  test('what nobody would say stays unknown', async () => {
    const world = files({ [DETAILS]: undefined, [MANIFESTS]: undefined })
    for (const { found } of await both(world)) expect(found).toMatchObject({ permission: 'ecr:DescribeImages' })
    const garbled = files({
      [MANIFESTS]: { images: [{ ...file(MANIFESTS).images[0], imageManifest: 'nope' }], failures: [] },
    })
    for (const { platforms } of await both(garbled)) expect(platforms).toMatchObject({ because: 'garbled' })
  })
})

describe('a repository that a pull-through cache fills', () => {
  const rules = {
    [RULES]: {
      pullThroughCacheRules: [
        { ecrRepositoryPrefix: 'hub', upstreamRegistryUrl: 'registry-1.docker.io', registryId: ACCOUNT },
      ],
    },
  }
  const image = `${HOST}/hub/library/nginx:1.29`

  test('is never asked for a manifest that it would have to import', async () => {
    const { found, cacheRule, platforms } = await ecrFrom(await live(files(rules)), image)
    expect(found).toEqual({ known: true, value: null })
    expect(cacheRule).toEqual({ known: true, value: { prefix: 'hub', upstream: 'registry-1.docker.io' } })
    expect(platforms).toMatchObject({ because: 'unasked' })
    expect(asked('BatchGetImage')).toEqual([])
  })

  test('nor where images or rules could not be read', async () => {
    await ecrFrom(await live(files({ ...rules, [DETAILS]: undefined })), image)
    expect(asked('BatchGetImage')).toEqual([])
    await ecrFrom(await live(files({ [RULES]: undefined, [DETAILS]: undefined })))
    expect(asked('BatchGetImage')).toEqual([])
  })
})

describe('the lifecycle policy', () => {
  const withRules = (countType: string): Files => ({
    [LIFECYCLE]: {
      registryId: ACCOUNT,
      repositoryName: NAME,
      lifecyclePolicyText: JSON.stringify({
        rules: [
          { rulePriority: 1, selection: { tagStatus: 'any', countType, countNumber: 1 }, action: { type: 'expire' } },
        ],
      }),
    },
  })

  test('has the whole repository read where it counts images, and only there', async () => {
    const counted = await ecrFrom(await live(files(withRules('imageCountMoreThan'))))
    expect(counted.repositoryImages.all).toMatchObject({ value: [{ tags: ['1.8.2'] }] })
    expect(asked('DescribeImages').filter(({ params }) => params['imageIds'] === undefined)).toHaveLength(1)
    const aged = await ecrFrom(await live(files(withRules('sinceImagePushed'))))
    expect(aged.repositoryImages.all).toMatchObject({ because: 'unasked' })
    expect(asked('DescribeImages').every(({ params }) => params['imageIds'] !== undefined)).toBe(true)
  })

  test('that a repository does not have is known to be none', async () => {
    const { repositoryImages } = await ecrFrom(
      await live(files({ [LIFECYCLE]: { registryId: ACCOUNT, repositoryName: NAME } })),
    )
    expect(repositoryImages.lifecycle).toEqual({ known: true, value: null })
  })
})

describe('what runs', () => {
  const withTasks = (change: (container: Record<string, unknown>) => void): Files => {
    const tasks = file('ecs/describe-tasks.json')
    for (const task of tasks.tasks) for (const container of task.containers) change(container)
    return files({ 'ecs/describe-tasks.json': tasks })
  }

  test('is looked up by its digest', async () => {
    const gone = `sha256:${'9'.repeat(64)}`
    const world = withTasks((container) => {
      container['imageDigest'] = gone
    })
    for (const reader of [await openFolder(scratch(world)), await live(world)]) {
      const { running } = await imagesFrom(reader)
      expect(running).toMatchObject({ value: [{ digest: gone, found: { known: true, value: null } }] })
    }
  })

  test.each(['aws-guardduty-agent-R9aVC', 'ecs-service-connect-x1Y2z'])(
    '%s is AWS’s own and nobody’s to look up',
    async (name) => {
      const world = withTasks((container) => {
        container['name'] = name
      })
      expect((await imagesFrom(await openFolder(scratch(world)))).running).toEqual({ known: true, value: [] })
    },
  )

  test('has nothing to look up while it is being pulled, or from elsewhere', async () => {
    const pulling = withTasks((container) => delete container['imageDigest'])
    const elsewhere = withTasks((container) => {
      container['image'] = 'nginx:1.29'
    })
    for (const world of [pulling, elsewhere])
      expect((await imagesFrom(await openFolder(scratch(world)))).running).toEqual({ known: true, value: [] })
  })
})

describe('a snapshot of ours', () => {
  async function taken(world: Files, image?: string): Promise<Files> {
    const recorder = recording(await live(world))
    await imagesFrom(recorder, image)
    return {
      'meta.json': { schemaVersion: 1, region: REGION, accountId: ACCOUNT },
      ...Object.fromEntries(answerFiles(recorder.recorded())),
    }
  }

  test('tells the image again', async () => {
    const again = await ecrFrom(await openFolder(scratch(await taken(files()))))
    expect(again).toMatchObject({
      found: { value: { tags: ['1.8.2'] } },
      platforms: { known: true },
      cacheRule: { value: null },
    })
  })

  test('tells a missing tag again, and nothing of a tag that it was not asked for', async () => {
    const image = `${HOST}/${NAME}:1.9.0`
    const folder = scratch(await taken(files(), image))
    expect((await ecrFrom(await openFolder(folder), image)).found).toEqual({ known: true, value: null })
    expect((await ecrFrom(await openFolder(folder), `${HOST}/${NAME}:2.0.0`)).found).toMatchObject({
      because: 'absent',
    })
    expect((await ecrFrom(await openFolder(folder), `${HOST}/other:1.0.0`)).repository).toMatchObject({
      because: 'absent',
    })
  })
})

describe('the definition that is about to be deployed', () => {
  test('is judged with the images put in, and the tasks that run with theirs', async () => {
    const { images, running } = await imagesFrom(await live(files()), `${HOST}/${NAME}:1.9.0`)
    expect(images).toMatchObject([{ image: `${HOST}/${NAME}:1.9.0`, ecr: { found: { value: null } } }])
    expect(running).toMatchObject({
      value: [{ image: `${HOST}/${NAME}:1.8.2`, found: { value: { tags: ['1.8.2'] } } }],
    })
  })
})
