/**
 * ECS Action Logs of a simulated rollout. Records of deployments have the form that public examples show; no document shows one of a
 * service's task that stopped: it has the members that the Developer Guide names for those of a daemon.
 */
import type { Item } from '../item.ts'
import { deploymentArn } from './answer-service.ts'
import { taskArn } from './answer-tasks.ts'
import { arn } from './setting.ts'
import type { LoggedAction, RolloutState, ServiceDeployment, Setting } from './state.ts'

/** What has happened and is not in the log yet, added to it. */
export function logged(setting: Setting, state: RolloutState): RolloutState {
  if (setting.scenario.actionLogs === undefined) return state
  const fresh = [...deploymentActions(setting, state), ...taskActions(setting, state)]
  return fresh.length === 0 ? state : { ...state, actions: [...state.actions, ...fresh] }
}

function deploymentActions(
  setting: Setting,
  { serviceDeployments, actions, now }: RolloutState,
): readonly LoggedAction[] {
  return serviceDeployments
    .filter(({ createdAt }) => createdAt >= setting.beganAt)
    .flatMap((one) => {
      const key = `${one.token} ${one.status}`
      if (isLogged(actions, key)) return []
      const detail = {
        statusReason: one.statusReason ?? undefined,
        serviceDeploymentArn: deploymentArn(setting, one),
        status: one.status,
        eventName: `SERVICE_DEPLOYMENT_${one.status}`,
      }
      return [{ key, at: now, message: record(setting, levelOf(one), now, detail) }]
    })
}

function levelOf({ status }: ServiceDeployment): string {
  if (status === 'STOPPED' || status === 'ROLLBACK_FAILED') return 'ERROR'
  return status.startsWith('ROLLBACK') ? 'WARN' : 'INFO'
}

/** Expected stops are left out (ECS Developer Guide, "Troubleshooting with Amazon ECS Action Logs"). */
const EXPECTED = ['UserInitiated', 'ServiceSchedulerInitiated']

function taskActions(setting: Setting, { tasks, serviceDeployments, actions, now }: RolloutState) {
  return tasks.flatMap((task): readonly LoggedAction[] => {
    const { stop } = task
    const key = `${task.id} stopped`
    if (stop === null || stop.at > now || EXPECTED.includes(stop.code) || isLogged(actions, key)) return []
    const own = serviceDeployments.find(({ deploymentId }) => deploymentId === task.startedBy)
    const detail = {
      taskArn: taskArn(setting, task),
      stopCode: stop.code,
      statusReason: stop.reason,
      serviceDeploymentArn: own === undefined ? undefined : deploymentArn(setting, own),
      eventName: 'SERVICE_TASK_START_IMPAIRED',
    }
    return [{ key, at: stop.at, message: record(setting, 'WARN', stop.at, detail) }]
  })
}

function isLogged(actions: readonly LoggedAction[], wanted: string): boolean {
  return actions.some(({ key }) => key === wanted)
}

function record(setting: Setting, logLevel: string, eventTimestamp: number, detail: Item): string {
  return JSON.stringify({ ...head(setting), logLevel, eventTimestamp, detail })
}

function head(setting: Setting): Item {
  const { cluster, service } = setting.scenario
  return { resourceArn: arn(setting, `cluster/${cluster}`), actionSourceId: `service/${cluster}/${service}` }
}

/** Everything that can be read by now: what happened, and what the scenario writes besides. */
export function actionEvents(
  setting: Setting,
  { actions, now }: RolloutState,
): readonly (LoggedAction & { stream: string })[] {
  const { cluster, service, actionLogs } = setting.scenario
  if (actionLogs === undefined) return []
  const own = `service/${cluster}/${service}`
  const written = actionLogs.writes.map(({ at, message, stream = own }, index) => {
    const time = setting.beganAt + at * 1000
    const text =
      typeof message === 'string' ? message : JSON.stringify({ ...head(setting), eventTimestamp: time, ...message })
    return { key: `written ${index}`, at: time, message: text, stream }
  })
  return [...actions.map((one) => ({ ...one, stream: own })), ...written]
    .filter(({ at }) => at + actionLogs.late * 1000 <= now)
    .toSorted((one, other) => one.at - other.at)
}
