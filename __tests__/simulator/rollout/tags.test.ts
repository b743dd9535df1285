import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ListTagsForResourceCommand,
  RegisterTaskDefinitionCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-ecs'
import { expect, test } from '@jest/globals'
import { seoulFiles } from '../../../simulator/seoul/files.ts'
import { clientsOf, refusal, simulate } from '../support.ts'
import { sceneOf, seoulScenario } from './scene.ts'

const quiet = () => sceneOf(seoulScenario({ script: [] }))

async function serviceOf(scene: Awaited<ReturnType<typeof quiet>>) {
  const resourceArn = (await scene.look()).serviceArn ?? ''
  const tags = async () => (await scene.ecs.send(new ListTagsForResourceCommand({ resourceArn }))).tags
  return { resourceArn, tags }
}

test('tags of a service are added, replaced by key and taken away, and shown to who asks for them', async () => {
  const scene = await quiet()
  const { resourceArn, tags } = await serviceOf(scene)
  const before = (await tags()) ?? []
  const tag = (key: string, value: string) =>
    scene.ecs.send(new TagResourceCommand({ resourceArn, tags: [{ key, value }] }))
  await tag('a', '1')
  await tag('b', '2')
  await tag('a', '3')
  const added = [
    { key: 'b', value: '2' },
    { key: 'a', value: '3' },
  ]
  expect(await tags()).toEqual([...before, ...added])
  const input = { cluster: scene.cluster, services: [scene.service] }
  const shown = await scene.ecs.send(new DescribeServicesCommand({ ...input, include: ['TAGS'] }))
  expect(shown.services?.[0]?.tags).toEqual([...before, ...added])
  expect((await scene.look()).tags).toBeUndefined()
  await scene.ecs.send(new UntagResourceCommand({ resourceArn, tagKeys: ['a', 'none'] }))
  expect(await tags()).toEqual([...before, { key: 'b', value: '2' }])
})

test('a task definition keeps the tags that it was registered with', async () => {
  const { ecs } = await quiet()
  const tags = [{ key: 'ecs-pull-guard:rehearsal', value: 'me until 2026-11-21T04:00:00Z' }]
  const containerDefinitions = [{ name: 'app', image: 'example.com/app:2' }]
  const registered = await ecs.send(new RegisterTaskDefinitionCommand({ family: 'new', containerDefinitions, tags }))
  const resourceArn = registered.taskDefinition?.taskDefinitionArn ?? ''
  expect((await ecs.send(new ListTagsForResourceCommand({ resourceArn }))).tags).toEqual(tags)
  const input = { taskDefinition: 'new', include: ['TAGS' as const] }
  expect((await ecs.send(new DescribeTaskDefinitionCommand(input))).tags).toEqual(tags)
})

test('what no tag may be, and what there is not, is refused; a folder without a scenario is read-only', async () => {
  const scene = await quiet()
  const { resourceArn } = await serviceOf(scene)
  const refused = async (arn: string, key: string, value: string) =>
    (await refusal(scene.ecs.send(new TagResourceCommand({ resourceArn: arn, tags: [{ key, value }] })))).name
  expect(await refused(resourceArn, 'a', 'b'.repeat(257))).toBe('InvalidParameterException')
  expect(await refused(resourceArn, 'aws:a', 'b')).toBe('InvalidParameterException')
  expect(await refused(resourceArn, 'a', '{"no": "braces"}')).toBe('InvalidParameterException')
  expect(await refused(`${resourceArn}-none`, 'a', 'b')).toBe('ResourceNotFoundException')
  expect(await refused('arn:aws:s3:::bucket', 'a', 'b')).toBe('InvalidParameterException')
  const many = Array.from({ length: 51 }, (_, at) => ({ key: `k${at}`, value: '' }))
  expect((await refusal(scene.ecs.send(new TagResourceCommand({ resourceArn, tags: many })))).name).toBe(
    'InvalidParameterException',
  )
  const { ecs } = clientsOf(await simulate({ files: seoulFiles() }))
  const tags = [{ key: 'a', value: 'b' }]
  expect((await refusal(ecs.send(new TagResourceCommand({ resourceArn, tags })))).name).toBe('AccessDeniedException')
})
