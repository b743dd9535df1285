import { describe, expect, test } from '@jest/globals'
import { known, unread } from '../../../src/domain/answer.ts'
import type { Service, TaskDefinition } from '../../../src/domain/service.ts'
import {
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
import { onOneLine } from '../judgement.ts'
import { expectPages } from '../page.ts'

const ID = 'ephemeral-storage-too-small'
const WARNING = [`${ID} web (warning)`]
const BLOCKER = [`${ID} web`]
const NEXT = `sha256:${'8'.repeat(64)}`
/** An image that does not run yet; of one platform, unless told. */
const image = (bytes: number | null, platforms: readonly string[] | null = null): ImageWorld =>
  withEcr(HEALTHY, {
    found: known(ecrImage({ digest: NEXT, bytes })),
    platforms: known(platforms?.map((architecture) => ({ os: 'linux', architecture, osVersion: null })) ?? null),
  })
const disk = (world: ImageWorld, ephemeralStorageGiB: number | null, changes: Partial<TaskDefinition> = {}) => ({
  ...world,
  taskDefinition: { ...world.taskDefinition, ephemeralStorageGiB, ...changes },
})
const service = (world: ImageWorld, changes: Partial<Service>) => ({
  ...world,
  service: { ...world.service, ...changes },
})
const own = (world: ImageWorld) => told(world).filter((one) => one.startsWith(ID))

describe(ID, () => {
  test('finds an image that is not likely to fit, and gives it a larger disk', () => {
    const world = image(12_800_000_000)
    expect(own(world)).toEqual(WARNING)
    const finding = findingOf(world, ID)
    expect(finding.what.en).toContain(
      'takes 11.9 GiB as pulled and about 35.8 GiB with what they unpack to; the ephemeral',
    )
    expect(onOneLine(finding.remedy.cli)[1]).toContain('--ephemeral-storage sizeInGiB=36')
    expect(finding.remedy.terraform).toContain('size_in_gib = 36')
    expect(finding.remedy.verified).toBe(true)
    expectPages(finding)
  })

  test.each<[bytes: number | null, gib: number | null, found: readonly string[]]>([
    [81_234_567, null, []],
    [7_158_278_826, null, []], // three times just fit into 20 GiB
    [7_158_278_827, null, WARNING],
    [21_474_836_481, null, BLOCKER], // 20 GiB and a byte
    [25_000_000_000, 30, WARNING],
    [25_000_000_000, 200, []],
    [12_800_000_000, 80, []],
    [null, null, []],
  ])('%p bytes on %p GiB: %j', (bytes, gib, found) => {
    expect(own(disk(image(bytes), gib))).toEqual(found)
  })

  test('of several platforms the size is the largest one’s, which need not be pulled', () => {
    expect(own(image(32_000_000_000, ['amd64', 'arm64']))).toEqual(WARNING)
    expect(own(image(32_000_000_000, ['amd64']))).toEqual(BLOCKER)
  })

  test('unless that of the platform which is pulled is known', () => {
    const sized = (pulledBytes: number) => withEcr(image(32_000_000_000, ['amd64', 'arm64']), { pulledBytes })
    expect(own(sized(31_000_000_000))).toEqual(BLOCKER)
    expect(own(sized(9_000_000_000))).toEqual(WARNING)
    expect(own(sized(90_000_000))).toEqual([])
  })

  test('adds up the images of all containers, each once', () => {
    const two = (second: string) => {
      const world = image(4_000_000_000)
      const [first] = world.images.images
      if (first?.ecr === null || first === undefined) throw new Error('no image')
      const found = known(ecrImage({ digest: second, bytes: 4_000_000_000 }))
      return withImages(world, first, { image: `${IMAGE}-2`, containers: ['side'], ecr: { ...first.ecr, found } })
    }
    expect(own(two(`sha256:${'9'.repeat(64)}`))).toEqual(WARNING)
    expect(own(two(NEXT))).toEqual([])
  })

  test('before platform version 1.4.0 there are 10 GB, and no more to be had', () => {
    const world = service(image(4_000_000_000), { platformVersion: '1.3.0' })
    expect(own(image(4_000_000_000))).toEqual([])
    expect(own(world)).toEqual(WARNING)
    expect(findingOf(world, ID).remedy.changes).toEqual([])
    expect(findingOf(world, ID).remedy.console[0]?.en).toContain('platform version LATEST')
  })

  test('of Windows the layers that Microsoft made are there before', () => {
    const windows = { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' }
    expect(own(disk(image(32_000_000_000), null, windows))).toEqual(WARNING)
  })

  test('an image of which three times the size is more than there can be is made smaller', () => {
    expect(findingOf(disk(image(80_000_000_000), 200), ID).remedy.changes).toEqual([])
  })

  test('clear where the very image runs on the very disk', () => {
    const running = withEcr(HEALTHY, { found: known(ecrImage({ bytes: 12_800_000_000 })), platforms: known(null) })
    expect(own(running)).toEqual([])
    expect(own({ ...running, taskDefinition: { ...running.taskDefinition, arn: null } })).toEqual(WARNING)
    const another = { id: 'ecs-svc/2', status: 'ACTIVE', taskDefinitionArn: '', rolloutState: 'COMPLETED' }
    expect(own(service(running, { deployments: [another, another] }))).toEqual(WARNING)
    const denied = { ...running.images, running: unread('denied', 'ecs:ListTasks') }
    expect(own({ ...running, images: denied })).toEqual(WARNING)
  })

  test('clear on instances, whose disk is another matter', () => {
    expect(own(service(image(32_000_000_000), { launchType: 'EC2' }))).toEqual([])
  })

  test('is unknown without the task definition', () => {
    expect(unsure(HEALTHY, ID, 'taskDefinition')).toHaveLength(1)
  })
})
