/** What is said of ECS Action Logs themselves: what they tell of the deployment, why they tell nothing, and how they are turned on. */
import { type AwsCall, commandText } from '../changes/command-line.ts'
import { BECAUSE } from '../domain/answer.ts'
import type { Unknown } from '../domain/report.ts'
import type { RolloutPhase, RolloutReport } from '../domain/rollout.ts'
import type { Text } from '../domain/text.ts'
import { LABELS } from '../ecs-errors/labels.ts'
import { readMessage } from '../ecs-errors/read-message.ts'
import { explains, isTrouble, loggedVerdict } from './diagnose/action-logs.ts'
import { hasVanished } from './observe/absence.ts'
import type { Rollout } from './state.ts'

const BAD: ReadonlySet<RolloutPhase> = new Set(['failed', 'rolling-back', 'rolled-back', 'timed-out'])

/** It did not go well, and for some of that there is no "why". A program that ended by itself has one in its own log. */
function isCauseUnknown(state: Rollout): boolean {
  const { phase, hopeless, failures, tasks, observed, reason } = state
  if (hopeless === null && !BAD.has(phase)) return false
  const isLost = tasks.some(({ task, stop }) => stop === null && hasVanished(observed, task.id))
  const isOpen = failures.some(({ label, cause }) => cause === null && !explains({ label }) && !isOwnEnd(label))
  if (isLost || isOpen) return true
  if (failures.length > 0) return false
  // Out of time, ECS may be waiting for somebody, or for tasks that are on their way.
  if (phase === 'timed-out')
    return tasks.length === 0 && reason.kind === 'out-of-time' && reason.status.kind === 'tasks-run'
  return !('quote' in reason && explains(readMessage(reason.quote ?? loggedVerdict(state.actions) ?? '')))
}

function isOwnEnd(label: keyof typeof LABELS): boolean {
  return LABELS[label].family === 'run'
}

const QUOTED = 3

/** What records say of the deployment itself that nothing else in the report says, and where those are that cannot be read here. */
export function actionNotes(state: Rollout): readonly Text[] {
  const { actions, actionLogs, failures, reason } = state
  const quote = 'quote' in reason ? (reason.quote ?? loggedVerdict(actions)) : null
  const told = new Set([...failures.map(({ text }) => text), quote])
  const reasons = actions.flatMap((one) => (isTrouble(one) && one.taskId === null ? (one.action.reason ?? []) : []))
  const fresh = [...new Set(reasons)].filter((text) => !told.has(text))
  const { logGroups = [], others = [] } = actionLogs?.delivery ?? {}
  const isElsewhere = logGroups.length === 0 && others.length > 0 && isCauseUnknown(state)
  return [...fresh.slice(-QUOTED).map(quoted), ...(isElsewhere ? [elsewhere(others)] : [])]
}

/** The commands that turn them on, where the cluster delivers none and a cause stayed unknown; else null. */
export function actionAdvice(state: Rollout): NonNullable<RolloutReport['advice']> | null {
  const { actionLogs, observed } = state
  const service = observed.service?.value
  const { delivery } = actionLogs ?? { delivery: null }
  if (service === undefined || delivery === null || !isCauseUnknown(state)) return null
  if (delivery.logGroups.length > 0 || delivery.others.length > 0) return null
  return { what: TURN_ON, cli: turnOn(service.clusterArn) }
}

/** What kept them from being read, where they might have told the cause. */
export function actionUnknowns(state: Rollout): readonly Unknown[] {
  const { unread } = state.actionLogs ?? { unread: null }
  if (unread === null || !isCauseUnknown(state)) return []
  const { because, permission, detail } = unread
  return [
    {
      check: 'action-logs',
      step: 'steady',
      reason: ['action-logs-unread', because],
      because: {
        en: `could not read the ECS Action Logs, which may tell why: ${BECAUSE[because].en} (${detail})`,
        ko: `실패 이유가 기록되었을 수 있는 ECS 작업 로그를 읽지 못했습니다: ${BECAUSE[because].ko} (${detail})`,
      },
      permission: permission === '' ? null : permission,
      matters: false,
    },
  ]
}

function quoted(reason: string): Text {
  return { en: `ECS Action Logs say: ${reason}`, ko: `ECS 작업 로그: ${reason}` }
}

function elsewhere(arns: readonly string[]): Text {
  const all = arns.join(', ')
  return {
    en: `The ECS Action Logs of the cluster, which may tell why, are not read from where they are delivered: ${all}.`,
    ko: `실패 이유가 기록되었을 수 있는 클러스터의 ECS 작업 로그는 다음 위치로 전송되어 읽지 않았습니다: ${all}`,
  }
}

const TURN_ON: Text = {
  en: 'No cause was found for some of this. ECS Action Logs keep the steps between two states and the reasons behind placement, failed tasks and rollbacks for longer than ECS shows them; the cluster delivers none. To turn them on (CloudWatch bills them as vended logs):',
  ko: '일부 실패의 원인을 찾지 못했습니다. ECS 작업 로그(Action Logs)에는 상태 사이의 단계와 배치, 태스크 실패, 롤백의 이유가 ECS에 표시되는 기간보다 오래 남지만, 이 클러스터는 작업 로그를 전송하지 않습니다. 켜려면 다음 명령을 실행합니다(CloudWatch vended logs 요금이 부과됩니다).',
}

/** A name of a delivery source or destination has at most 60 characters (CloudWatch Logs API Reference, PutDeliverySource). */
const NAME = 60

/** ECS Developer Guide, "Getting started with Amazon ECS Action Logs"; the API takes `ACTION_LOGS`. */
function turnOn(clusterArn: string): readonly string[] {
  const [, partition, , region = '', account] = clusterArn.split(':')
  const cluster = clusterArn.slice(clusterArn.lastIndexOf('/') + 1)
  const ending = '-action-logs'
  const name = `${cluster.slice(0, NAME - ending.length)}${ending}`
  const logs = `arn:${partition}:logs:${region}:${account}`
  const group = `/aws/vendedlogs/ecs/action-logs/${cluster}`
  const call = (operation: string, ...flags: AwsCall['flags']) =>
    commandText({ aws: ['logs', operation], flags }, region)
  return [
    call('create-log-group', ['--log-group-name', group]),
    call('put-retention-policy', ['--log-group-name', group], ['--retention-in-days', '30']),
    call('put-delivery-source', ['--name', name], ['--resource-arn', clusterArn], ['--log-type', 'ACTION_LOGS']),
    call(
      'put-delivery-destination',
      ['--name', name],
      ['--output-format', 'json'],
      ['--delivery-destination-configuration', `destinationResourceArn=${logs}:log-group:${group}`],
    ),
    call(
      'create-delivery',
      ['--delivery-source-name', name],
      ['--delivery-destination-arn', `${logs}:delivery-destination:${name}`],
    ),
  ]
}
