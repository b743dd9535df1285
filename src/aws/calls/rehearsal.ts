/** The calls that a rehearsal makes to see its own tasks and what earlier ones left. Nothing of them is recorded. */
import type * as Ecs from '@aws-sdk/client-ecs'
import { byCluster, type Call, call, list, listing, single } from './call.ts'
import { describeTasks } from './ecs.ts'

const spec = { service: 'ecs' } as const

/** Of one family (`familyPrefix` is its full name), in one status. */
export const listTaskDefinitions = listing({
  ...spec,
  operation: 'ListTaskDefinitions',
  file: 'ecs/list-task-definitions-of-rehearsals',
  list: 'taskDefinitionArns',
  by: { name: single('familyPrefix', () => null), status: single('status', () => null) },
})

/** Those that should run. */
export const listTasksOfFamily = listing({
  ...spec,
  operation: 'ListTasks',
  file: 'ecs/list-tasks-of-family',
  list: 'taskArns',
  by: { cluster: byCluster, name: single('family', () => null) },
})

/** `status`: RUNNING or STOPPED, as they are wanted. */
export const listTasksStartedBy = listing({
  ...spec,
  operation: 'ListTasks',
  file: 'ecs/list-tasks-started-by',
  list: 'taskArns',
  by: { cluster: byCluster, name: single('startedBy', () => null), status: single('desiredStatus', () => null) },
})

export const describeTaggedTasks = call<Ecs.Task>({
  ...spec,
  operation: 'DescribeTasks',
  file: 'ecs/describe-tagged-tasks',
  list: 'tasks',
  always: { include: ['TAGS'] },
  by: { cluster: byCluster, id: list('tasks', () => null, 100) },
})

/** By ARN. */
export const describeTaggedDefinition = call<Ecs.DescribeTaskDefinitionResponse>({
  ...spec,
  operation: 'DescribeTaskDefinition',
  file: 'ecs/describe-tagged-task-definition',
  list: null,
  always: { include: ['TAGS'] },
  by: { id: single('taskDefinition', () => null) },
})

/** What a rehearsal asks beyond what a preflight asks. */
export const REHEARSAL_CALLS: readonly Call<unknown>[] = [
  listTaskDefinitions,
  listTasksOfFamily,
  listTasksStartedBy,
  describeTasks,
  describeTaggedTasks,
  describeTaggedDefinition,
] as readonly Call<unknown>[]
