/** Amazon ECS: ExecuteCommand, as far as it opens a session (Amazon ECS API Reference, ExecuteCommand). */
import { type Item, itemsOf, textOf } from '../item.ts'
import type { Operations, Request } from '../operation.ts'
import { Refusal } from '../refusal.ts'
import { listOf, type World } from '../world.ts'
import { arnOf, clusterOf, inCluster, lastName } from './ecs-names.ts'

export const ECS_EXEC: Operations = { ExecuteCommand: executeCommand }

function executeCommand({ params }: Request, world: World): Item {
  const cluster = clusterOf(params, world)
  if (params['interactive'] !== true) {
    throw new Refusal('InvalidParameterException', 'Interactive is the only mode supported currently.')
  }
  const id = lastName(textOf(params, 'task') ?? '')
  const tasks = listOf(world, 'ecs/describe-tasks', 'tasks')
  const task = tasks.find((one) => inCluster(one, cluster) && lastName(textOf(one, 'taskArn') ?? '') === id)
  if (task === undefined || task['lastStatus'] === 'STOPPED') {
    throw new Refusal('InvalidParameterException', 'The specified task was not found or is not running.')
  }
  const containers = itemsOf(task['containers'])
  const name = textOf(params, 'container') ?? (containers.length === 1 ? textOf(containers[0] ?? {}, 'name') : null)
  const container = containers.find((one) => one['name'] === name)
  if (container === undefined) {
    throw new Refusal('InvalidParameterException', 'The container name is required and must be one of the task.')
  }
  if (task['enableExecuteCommand'] !== true) throw new Refusal('InvalidParameterException', NOT_ENABLED)
  const agent = itemsOf(container['managedAgents']).find((one) => one['name'] === 'ExecuteCommandAgent')
  // The agent says that it runs before its channel stands.
  const isRunning = agent?.['lastStatus'] === 'RUNNING'
  const session = isRunning ? (world.exec?.open(textOf(params, 'command') ?? '', id, name ?? '') ?? null) : null
  if (session === null) throw new Refusal('TargetNotConnectedException', NOT_CONNECTED)
  return {
    clusterArn: arnOf(world, `cluster/${cluster}`),
    taskArn: task['taskArn'],
    containerName: name,
    containerArn: container['containerArn'],
    interactive: true,
    session,
  }
}

/** As AWS words them; the apostrophe is its own. */
const NOT_ENABLED =
  'The execute command failed because execute command was not enabled when the task was run or the execute command agent isn’t running. Wait and try again or run a new task with execute command enabled and try again.'
const NOT_CONNECTED = 'The execute command failed due to an internal error. Try again later.'
