/** Amazon ECS: tasks that somebody starts and stops beside a service. Only where a scenario plays; a folder is read-only. */
import { type Item, isItem, itemsOf, numberOf, textOf, textsOf } from '../item.ts'
import type { Operations, Request } from '../operation.ts'
import { Refusal, Unrecorded } from '../refusal.ts'
import { describedTasks, taskArn } from '../rollout/answer-tasks.ts'
import { orderedStop } from '../rollout/plan-task.ts'
import {
  behaviourOf,
  describedStandaloneTask,
  describedStandaloneTasks,
  type Launch,
  standaloneTasks,
  subnetNamed,
} from '../rollout/standalone-tasks.ts'
import { isWanted, type Rollout, type RolloutState, type StandaloneTask, withTasks } from '../rollout/state.ts'
import { withTagsOf } from '../rollout/tags.ts'
import type { World } from '../world.ts'
import { clusterOf, lastName } from './ecs-names.ts'
import { checkedTags } from './ecs-tags.ts'
import { namedDefinition } from './ecs-writes.ts'

export const ECS_RUN_TASK: Operations = { RunTask: runTask, StopTask: stopTask }

function rolloutOf(world: World, call: string): Rollout {
  if (world.rollout === undefined) throw new Unrecorded(call)
  return world.rollout
}

const NO_CAPACITY = 'Capacity is unavailable at this time. Please try again later or in a different availability zone'

/** "Requests with the same client token are answered with the tasks of the first" (Developer Guide, Ensuring idempotency). */
function runTask({ params }: Request, world: World): Item {
  const rollout = rolloutOf(world, 'RunTask')
  clusterOf(params, world)
  const launch = launchIn(params, world)
  const tags = checkedTags(params['tags'])
  const { setting } = rollout
  const before = launch.clientToken === null ? [] : tasksOf(rollout.state(), launch.clientToken)
  if (before.length > 0) {
    if (before.some(({ shown }) => JSON.stringify(shown) !== JSON.stringify(launch.shown))) throw conflict()
    return answerOf(rollout, rollout.state(), before)
  }
  const homes = launch.subnets.map((id) => subnetNamed(setting, id).behaviour)
  if ([behaviourOf(setting, launch.definition), ...homes].some(({ kind }) => kind === 'no-capacity')) {
    return { tasks: [], failures: [{ reason: NO_CAPACITY }] }
  }
  let started: readonly StandaloneTask[] = []
  const state = rollout.write((now) => {
    started = standaloneTasks(setting, now, launch)
    const running: RolloutState = { ...now, standalone: [...now.standalone, ...started] }
    return started.reduce((so, { task }) => withTagsOf(so, taskArn(setting, task), tags), running)
  })
  return answerOf(rollout, state, started)
}

function tasksOf(state: RolloutState, clientToken: string): readonly StandaloneTask[] {
  return state.standalone.filter((one) => one.clientToken === clientToken)
}

function answerOf({ setting }: Rollout, state: RolloutState, tasks: readonly StandaloneTask[]): Item {
  const described = tasks.map((one) => ({
    ...describedStandaloneTask(setting, state, one),
    tags: state.tags[taskArn(setting, one.task)],
  }))
  return { tasks: described, failures: [] }
}

/** Throws Refusal for what ECS does not take. */
function launchIn(params: Item, world: World): Launch {
  const definition = namedDefinition(world, textOf(params, 'taskDefinition') ?? '')
  if (definition['status'] !== 'ACTIVE') throw new Refusal('ClientException', 'TaskDefinition is inactive')
  const network = isItem(params['networkConfiguration'])
    ? params['networkConfiguration']['awsvpcConfiguration']
    : undefined
  const subnets = isItem(network) ? textsOf(network['subnets']) : []
  if (definition['networkMode'] === 'awsvpc' && subnets.length === 0) {
    throw invalid("Network Configuration must be provided when networkMode 'awsvpc' is specified.")
  }
  const strategy = itemsOf(params['capacityProviderStrategy'])
  const launchType = textOf(params, 'launchType')
  if (launchType !== null && strategy.length > 0) {
    throw invalid(
      'Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.',
    )
  }
  const count = numberOf(params, 'count') ?? 1
  if (count < 1 || count > 10) throw invalid('Count should be between 1 and 10.')
  const [clientToken, startedBy, group] = ['clientToken', 'startedBy', 'group'].map((member) => textOf(params, member))
  if (clientToken != null && !/^[!-~]{1,64}$/.test(clientToken)) throw invalid('Client token is not valid.')
  if (startedBy != null && !/^[\w\-/=@.+:]{1,128}$/.test(startedBy)) throw invalid('startedBy is not valid.')
  if (group?.startsWith('service:')) throw invalid('Group name cannot start with service:.')
  return {
    definition,
    subnets,
    count,
    clientToken: clientToken ?? null,
    shown: {
      group: group ?? `family:${definition['family']}`,
      startedBy: startedBy ?? undefined,
      launchType: launchType ?? (strategy.length === 0 ? 'EC2' : 'FARGATE'),
      capacityProviderName: textOf(strategy[0] ?? {}, 'capacityProvider') ?? undefined,
      platformVersion: platformOf(textOf(params, 'platformVersion')),
      taskDefinitionArn: definition['taskDefinitionArn'],
    },
  }
}

function platformOf(asked: string | null): string {
  return asked === null || asked === 'LATEST' ? '1.4.0' : asked
}

function invalid(message: string): Refusal {
  return new Refusal('InvalidParameterException', message)
}

function conflict(): Refusal {
  return new Refusal(
    'ConflictException',
    'The request uses the same client token as a previous, but non-identical request.',
  )
}

/** A task that is stopping or stopped stays as it is. */
function stopTask({ params }: Request, world: World): Item {
  const rollout = rolloutOf(world, 'StopTask')
  clusterOf(params, world)
  const { setting } = rollout
  const id = lastName(textOf(params, 'task') ?? '')
  const known = [...rollout.state().tasks, ...rollout.state().standalone.map(({ task }) => task)]
  if (!known.some((task) => task.id === id)) throw invalid('The referenced task was not found.')
  const reason = textOf(params, 'reason') ?? 'Task stopped by user'
  const state = rollout.write((now) => {
    const stopped = <Task extends RolloutState['tasks'][number]>(task: Task): Task => {
      if (task.id !== id || !isWanted(task, now.now)) return task
      return { ...task, stop: { ...orderedStop(task, now.now, reason, setting), code: 'UserInitiated' } }
    }
    const standalone = now.standalone.map((one) => ({ ...one, task: stopped(one.task) }))
    return withTasks({ ...now, standalone }, stopped)
  })
  const described = [...describedTasks(setting, state), ...describedStandaloneTasks(setting, state)]
  const task = described.find((one) => lastName(textOf(one, 'taskArn') ?? '') === id)
  return task === undefined ? {} : { task }
}
