/** Amazon ECS: the end of a task definition. Only where a scenario plays; a folder is read-only. */
import { type Item, isItem, textOf, textsOf } from '../item.ts'
import type { Operations, Request } from '../operation.ts'
import { Refusal, Unrecorded } from '../refusal.ts'
import { iso } from '../rollout/answer-tasks.ts'
import type { Rollout } from '../rollout/state.ts'
import type { World } from '../world.ts'
import { arnOf, checkCount, ECS_PAGE, lastName } from './ecs-names.ts'
import { namedDefinition } from './ecs-writes.ts'
import { jsonPage } from './json-page.ts'

export const ECS_TASK_DEFINITIONS: Operations = {
  ListTaskDefinitions: listTaskDefinitions,
  DeregisterTaskDefinition: deregisterTaskDefinition,
  DeleteTaskDefinitions: deleteTaskDefinitions,
}

function rolloutOf(world: World, call: string): Rollout {
  if (world.rollout === undefined) throw new Unrecorded(call)
  return world.rollout
}

/** `familyPrefix` is "the full family name"; ACTIVE ones unless told (API Reference, ListTaskDefinitions). */
function listTaskDefinitions(request: Request, world: World): Item {
  const { params } = request
  const [family, status] = [textOf(params, 'familyPrefix'), textOf(params, 'status') ?? 'ACTIVE']
  const definitions = (world.answers('ecs/describe-task-definition') ?? [])
    .flatMap(({ content: { taskDefinition } }) => (isItem(taskDefinition) ? [taskDefinition] : []))
    .filter((one) => (family === null || one['family'] === family) && (one['status'] ?? 'ACTIVE') === status)
    .sort(byRevision)
  const listed = textOf(params, 'sort') === 'DESC' ? definitions.reverse() : definitions
  const arns = listed.map((one) => textOf(one, 'taskDefinitionArn'))
  return jsonPage('taskDefinitionArns', arns, request, ECS_PAGE)
}

function byRevision(one: Item, other: Item): number {
  const [family, otherFamily] = [String(one['family']), String(other['family'])]
  if (family !== otherFamily) return family < otherFamily ? -1 : 1
  return Number(one['revision']) - Number(other['revision'])
}

/** "You must specify a revision" (API Reference, DeregisterTaskDefinition). What runs of it goes on. */
function deregisterTaskDefinition({ params }: Request, world: World): Item {
  const rollout = rolloutOf(world, 'DeregisterTaskDefinition')
  const named = textOf(params, 'taskDefinition') ?? ''
  if (!/:\d+$/.test(named)) throw new Refusal('ClientException', 'Revision is missing.')
  const definition = namedDefinition(world, named)
  if (definition['status'] !== 'ACTIVE') {
    throw new Refusal(
      'ClientException',
      'The specified task definition is inactive. Specify an active task definition and try again.',
    )
  }
  const taskDefinition = { ...definition, status: 'INACTIVE', deregisteredAt: iso(rollout.now()) }
  kept(rollout, taskDefinition)
  return { taskDefinition }
}

/** "A task definition must be deregistered before you delete it"; ten at once (API Reference, DeleteTaskDefinitions). */
function deleteTaskDefinitions({ params }: Request, world: World): Item {
  const rollout = rolloutOf(world, 'DeleteTaskDefinitions')
  const requested = textsOf(params['taskDefinitions'])
  checkCount(requested, 10, 'TaskDefinitions')
  const taskDefinitions: Item[] = []
  const failures: Item[] = []
  for (const name of requested) {
    const arn = name.startsWith('arn:') ? name : arnOf(world, `task-definition/${lastName(name)}`)
    const definition = foundDefinition(world, name)
    if (definition === null) failures.push({ arn, reason: 'The specified task definition does not exist.' })
    else if (definition['status'] === 'ACTIVE') failures.push({ arn, reason: STILL_ACTIVE })
    else {
      const deleted = { ...definition, status: 'DELETE_IN_PROGRESS', deleteRequestedAt: iso(rollout.now()) }
      kept(rollout, deleted)
      taskDefinitions.push(deleted)
    }
  }
  return { taskDefinitions, failures }
}

const STILL_ACTIVE =
  'The specified task definition is still in ACTIVE status. Please deregister the target and try again.'

function foundDefinition(world: World, name: string): Item | null {
  try {
    return namedDefinition(world, name)
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}

function kept(rollout: Rollout, definition: Item): void {
  const { taskDefinitionArn } = definition
  rollout.write((state) => ({
    ...state,
    definitions: [...state.definitions.filter((one) => one['taskDefinitionArn'] !== taskDefinitionArn), definition],
  }))
}
