/** Amazon ECS: tags of clusters, services, tasks and task definitions. Only where a scenario plays; a folder is read-only. */
import { type Item, isItem, itemsOf, textOf, textsOf } from '../item.ts'
import type { Operations, Request } from '../operation.ts'
import { Refusal, Unrecorded } from '../refusal.ts'
import { tagsOf, withTagsOf } from '../rollout/tags.ts'
import { listIfAny, type World } from '../world.ts'

export const ECS_TAGS: Operations = {
  TagResource: tagResource,
  UntagResource: untagResource,
  ListTagsForResource: listTagsForResource,
}

/** "If existing tags on a resource aren't specified in the request parameters, they aren't changed" (API Reference, TagResource). */
function tagResource({ params }: Request, world: World): Item {
  const rollout = rolloutOf(world, 'TagResource')
  const { arn, item } = resourceOf(params, world)
  const added = checkedTags(params['tags'])
  rollout.write((state) => {
    const keys = added.map((tag) => tag['key'])
    const kept = tagsOf(state, arn, item).filter((tag) => !keys.includes(tag['key']))
    if (kept.length + added.length > MOST_TAGS) throw tooMany()
    return withTagsOf(state, arn, [...kept, ...added])
  })
  return {}
}

function untagResource({ params }: Request, world: World): Item {
  const rollout = rolloutOf(world, 'UntagResource')
  const { arn, item } = resourceOf(params, world)
  const keys = textsOf(params['tagKeys'])
  rollout.write((state) => {
    const kept = tagsOf(state, arn, item).filter((tag) => !keys.includes(textOf(tag, 'key') ?? ''))
    return withTagsOf(state, arn, kept)
  })
  return {}
}

function listTagsForResource({ params }: Request, world: World): Item {
  const rollout = rolloutOf(world, 'ListTagsForResource')
  const { arn, item } = resourceOf(params, world)
  return { tags: tagsOf(rollout.state(), arn, item) }
}

function rolloutOf(world: World, call: string) {
  if (world.rollout === undefined) throw new Unrecorded(call)
  return world.rollout
}

/** Tag restrictions of the Amazon ECS API Reference, Tag. Throws Refusal. */
export function checkedTags(value: unknown): readonly Item[] {
  const tags = itemsOf(value)
  if (tags.length > MOST_TAGS) throw tooMany()
  for (const tag of tags) {
    const [key, text] = [textOf(tag, 'key') ?? '', textOf(tag, 'value') ?? '']
    if (key.length === 0 || key.length > 128) throw invalid('Tag keys must be between 1 and 128 characters.')
    if (text.length > 256) throw invalid('Tag values cannot be longer than 256 characters.')
    if (/^aws:/i.test(key)) throw invalid("Tag keys cannot start with 'aws:'.")
    if (!TAKEN.test(key) || !TAKEN.test(text)) throw invalid('Tags hold characters that are not allowed.')
  }
  return tags
}

const MOST_TAGS = 50
/** "Letters, numbers, and spaces representable in UTF-8, and + - = . _ : / @" (API Reference, Tag). */
const TAKEN = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u

function tooMany(): Refusal {
  return invalid(`The maximum number of tags per resource is ${MOST_TAGS}.`)
}

function invalid(message: string): Refusal {
  return new Refusal('InvalidParameterException', message)
}

/** The thing that an ARN names, as it was recorded. Throws Refusal for one that is not there. */
function resourceOf({ resourceArn }: Item, world: World): { readonly arn: string; readonly item: Item } {
  const arn = typeof resourceArn === 'string' ? resourceArn : ''
  const kind = /^arn:[\w-]+:ecs:[^:]*:\d*:([\w-]+)\/./.exec(arn)?.[1] ?? ''
  const things = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined
  if (things === undefined) throw invalid(`Invalid resource ARN: ${arn}`)
  // "The long ARN format must be used for tagging" of services and tasks (Developer Guide, Tagging resources).
  if (['service', 'task'].includes(kind) && arn.split('/').length < 3) {
    throw invalid('Long arn format must be used for tagging operations')
  }
  const item = things(world).find((one) => Object.values(one).includes(arn))
  if (item === undefined) throw new Refusal('ResourceNotFoundException', 'The specified resource was not found.')
  return { arn, item }
}

const KINDS: Readonly<Record<string, (world: World) => readonly Item[]>> = {
  cluster: (world) => listIfAny(world, 'ecs/describe-clusters', 'clusters'),
  service: (world) => listIfAny(world, 'ecs/describe-services', 'services'),
  task: (world) => listIfAny(world, 'ecs/describe-tasks', 'tasks'),
  'task-definition': (world) =>
    (world.answers('ecs/describe-task-definition') ?? []).flatMap(({ content: { taskDefinition, tags } }) =>
      isItem(taskDefinition) ? [{ ...taskDefinition, tags }] : [],
    ),
}
