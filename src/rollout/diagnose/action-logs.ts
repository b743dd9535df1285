/** What ECS Action Logs add: ends of tasks that ECS no longer describes, why none can be made, and why a deployment failed. */
import type { EcsAction } from '../../domain/action-logs.ts'
import { compare, grouped } from '../../domain/collections.ts'
import type { Label } from '../../domain/label.ts'
import type { EcsContainer, EcsTask } from '../../domain/rollout.ts'
import { LABELS } from '../../ecs-errors/labels.ts'
import { type Message, readMessage, tells } from '../../ecs-errors/read-message.ts'
import { hasVanished } from '../observe/absence.ts'
import { oldestFirst } from '../observe/clocks.ts'
import { isStopping } from '../observe/lifecycle.ts'
import type { DeploymentAction, FollowedDeployment, Observed, RolloutInputs } from '../state.ts'
import { type StopReason, stopReasonOf } from './stop-reason.ts'

/** What service events write; of a list of tasks none is meant. */
const TASK = /\(task ([0-9a-f-]{8,})\)/g

/**
 * Those that name our service deployment, or none, since `since`; oldest first. A service has one log stream, whatever is deployed.
 * Those of the rollout before stand in the same list.
 */
export function actionsOf(
  { deployment, taskSet, serviceDeployment }: FollowedDeployment,
  { actionLogs }: RolloutInputs,
  since: number | null,
  before: readonly DeploymentAction[],
): readonly DeploymentAction[] {
  if (actionLogs === null || (deployment === null && taskSet === null && serviceDeployment === null)) return []
  const known = new Map(before.map((one) => [one.action.id, one]))
  return actionLogs.actions
    .filter(
      ({ at, serviceDeploymentArn: arn }) =>
        (at === null || since === null || at >= since) &&
        (arn === null || serviceDeployment === null || arn === serviceDeployment.arn),
    )
    .toSorted((one, other) => oldestFirst(one.at, other.at) || compare(one.id, other.id))
    .map((action) => known.get(action.id) ?? read(action))
}

function read(action: EcsAction): DeploymentAction {
  const named = [...new Set([...(action.reason ?? '').matchAll(TASK)].flatMap(([, id]) => id ?? []))]
  const taskId = action.taskId ?? (named.length === 1 ? (named[0] ?? null) : null)
  return { action, taskId, message: readMessage(action.reason ?? '') }
}

export function actionsByTask(actions: readonly DeploymentAction[]): ReadonlyMap<string, readonly DeploymentAction[]> {
  return grouped(
    actions.filter(({ taskId }) => taskId !== null),
    ({ taskId }) => taskId ?? '',
  )
}

/** Names of events end so where something went wrong, whatever their level (ECS Developer Guide: `DAEMON_TASK_START_IMPAIRED` is a WARN). */
const TROUBLE = /_(?:FAILED|IMPAIRED)$/

/** Something went wrong for good: other warnings are tries that ECS makes again. */
export function isTrouble({ action: { level, eventName } }: DeploymentAction): boolean {
  return level === 'ERROR' || TROUBLE.test(eventName ?? '')
}

/** What the task says of its own end, unless its records say more. One that ECS still shows on its way will say it itself. */
export function stopWithLog(
  task: EcsTask,
  own: StopReason | null,
  actions: readonly DeploymentAction[],
  observed: Observed,
  s3Prefixes?: readonly string[],
): StopReason | null {
  if (own === null ? hasSpoken(task) : tells(own.message)) return own
  if (!isStopping(task) && !hasVanished(observed, task.id)) return own
  const logged = loggedStop(task, actions, s3Prefixes)
  return logged !== null && (own === null || tells(logged.message)) ? logged : own
}

/** And it was no failure. */
function hasSpoken({ stoppedReason, stopCode }: EcsTask): boolean {
  return stoppedReason !== null || stopCode !== null
}

/** The end of a task by its records: the first that tells, else the first that names an end. `task` is what is known of it otherwise. */
export function loggedStop(
  task: EcsTask | null,
  actions: readonly DeploymentAction[],
  s3Prefixes: readonly string[] = [],
): StopReason | null {
  const stops = actions.flatMap((one) => {
    const { reason, stopCode, containerReason } = one.action
    if (stopCode === null && !(isTrouble(one) && (reason ?? containerReason) !== null)) return []
    const containers = containerReason === null ? [] : [{ ...NO_CONTAINER, reason: containerReason }]
    const stop = stopReasonOf(
      { ...(task ?? NO_TASK), ...STOPPED, stopCode, stoppedReason: reason, containers },
      s3Prefixes,
    )
    if (stop === null) return []
    // Nothing is known of how far a task came that nobody saw.
    const step = task === null ? stop.message.step : stop.step
    return [{ ...stop, step, container: null, isLogged: true as const }]
  })
  return stops.find(({ message }) => tells(message)) ?? stops[0] ?? null
}

const STOPPED = { lastStatus: 'STOPPED', desiredStatus: 'STOPPED' } as const

const NO_CONTAINER: EcsContainer = {
  name: '',
  image: null,
  digest: null,
  lastStatus: 'STOPPED',
  exitCode: null,
  reason: null,
  healthStatus: null,
  memory: null,
}

const NO_TASK: EcsTask = {
  ...STOPPED,
  id: '',
  arn: '',
  group: null,
  startedBy: null,
  taskDefinitionArn: '',
  version: 0,
  stopCode: null,
  stoppedReason: null,
  healthStatus: null,
  availabilityZone: null,
  subnetId: null,
  privateIp: null,
  containerInstanceArn: null,
  createdAt: null,
  pullStartedAt: null,
  pullStoppedAt: null,
  startedAt: null,
  stoppingAt: null,
  stoppedAt: null,
  containers: [],
}

/** Of a deployment that goes back ECS may say so at any level. */
const GOES_BACK = /^SERVICE_DEPLOYMENT_(?:\w+_)?ROLLBACK/

/** Why the deployment failed or went back, where ECS gives no reason itself; null where no record does. */
export function loggedVerdict(actions: readonly DeploymentAction[]): string | null {
  const isVerdict = (one: DeploymentAction) => isTrouble(one) || GOES_BACK.test(one.action.eventName ?? '')
  return (
    actions.find((one) => one.taskId === null && one.action.reason !== null && isVerdict(one))?.action.reason ?? null
  )
}

/** That it failed, and not why. */
const VERDICTS: ReadonlySet<Label> = new Set(['deploy/failed', 'deploy/crash-loop', 'rollback'])

/** It says what is wrong. */
export function explains({ label }: Pick<Message, 'label'>): boolean {
  return LABELS[label].clarity === undefined && !VERDICTS.has(label)
}
