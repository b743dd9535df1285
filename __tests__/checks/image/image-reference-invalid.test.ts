import { describe, expect, test } from '@jest/globals'
import { findingOf, HEALTHY, IMAGE, type ImageWorld, judge, REGISTRY, told, unsure } from '../image-world.ts'
import { expectPages } from '../page.ts'
import { withContainer } from '../world.ts'

const ID = 'image-reference-invalid'
const withImage = (image: string): ImageWorld => ({ ...HEALTHY, ...withContainer(HEALTHY, { image }) })

describe(ID, () => {
  test('finds a scheme in front of the registry, and says what was meant', () => {
    const world = withImage(`https://${IMAGE}`)
    expect(told(world)).toEqual([`${ID} web`])
    const { remedy } = findingOf(world, ID)
    expect(remedy.cli.join('\n')).toContain(`= "${IMAGE}"`)
    expect(remedy.terraform).toContain(`# container_definitions, web: image = "${IMAGE}"`)
    expect(remedy.cli[2]).toContain('--task-definition "$REVISION"')
    expectPages(findingOf(world, ID))
  })

  test.each([
    [`${REGISTRY}/Web:V7`, `${REGISTRY}/web:V7`],
    [` ${IMAGE}\n`, IMAGE],
    [`docker://${IMAGE}`, IMAGE],
  ])('takes %j for %s', (image, meant) => {
    expect(findingOf(withImage(image), ID).remedy.console[0]?.en).toContain(meant)
  })

  test.each([`${REGISTRY}/web:`, `${REGISTRY}/web@sha256:77`, '$IMAGE_URI', '<IMAGE1_NAME>'])(
    'finds %s and does not guess',
    (image) => {
      const { remedy, subject } = findingOf(withImage(image), ID)
      expect(subject).toBe('web')
      expect(remedy.console[0]?.en).toContain('REGISTRY/REPOSITORY:TAG')
      // What the user wrote is never part of a command.
      expect(remedy.cli.join()).not.toContain(image)
    },
  )

  test('a definition that is not registered yet is changed in its file', () => {
    const world = withImage(`https://${IMAGE}`)
    const { remedy } = findingOf(
      { ...world, taskDefinition: { ...world.taskDefinition, arn: null, revision: null } },
      ID,
    )
    expect(remedy.console[0]?.en).toContain('about to be registered (web)')
    expect(remedy.cli).toEqual([`# in the file of task definition web: container web: image URI ${IMAGE}`])
  })

  test('is clear for a proper reference', () => {
    expect(told(withImage(IMAGE))).toEqual([])
    expect(judge(HEALTHY)).toEqual({ findings: [], unknowns: [] })
  })

  test('is unknown without the task definition', () => {
    expect(unsure(HEALTHY, ID, 'taskDefinition')).toEqual([
      'ecs:DescribeTaskDefinition*: could not read the task definition: access was denied',
    ])
  })
})
