/** From what a watch knows to what it reports (contract, section 6). */
import { grouped } from '../domain/collections.ts'
import type { RolloutReport } from '../domain/rollout.ts'
import type { Text } from '../domain/text.ts'
import { actionAdvice, actionNotes } from './action-advice.ts'
import { countBySubnet, countByZone, countTasks, failedIds, subnetOf, untriedSubnets } from './counts.ts'
import { flowNotes } from './diagnose/flow-logs.ts'
import { digestText, otherImages, runningDigests, runningTasks } from './diagnose/running-images.ts'
import { situationText } from './diagnose/situation-words.ts'
import { unreadableParts } from './diagnose/unreadable-parts.ts'
import { aheadMs } from './observe/clocks.ts'
import type { Rollout } from './state.ts'
import { cannotSucceedText, reasonText } from './status/reason-text.ts'
import { timelineOf } from './timeline.ts'
import { historyOf } from './timing/history.ts'
import { slowOf } from './timing/slow.ts'
import { phasesOf, spanOf } from './timing/timing.ts'

export function rolloutReport(state: Rollout): RolloutReport {
  const { observed, failures, preflight, followed, tasks } = state
  const failed = failedIds(failures)
  const bySubnet = countBySubnet(tasks, failed, preflight)
  const timeline = timelineOf(state)
  const stops = tasks.filter(({ task }) => failed.has(task.id)).flatMap(({ stopSeenAt }) => stopSeenAt ?? [])
  return {
    phase: state.phase,
    because: reasonText(state),
    hopeless:
      state.hopeless === null || state.phase === 'steady'
        ? null
        : { since: state.hopelessAt ?? state.now, because: cannotSucceedText(state.hopeless) },
    deploymentId: followed.id,
    serviceDeploymentArn: followed.serviceDeployment?.arn ?? null,
    taskDefinitionArn: followed.deployment?.taskDefinitionArn ?? followed.taskSet?.taskDefinitionArn ?? null,
    ...spanOf(state),
    slow: slowOf(state),
    tasks: countTasks(state),
    bySubnet,
    byZone: countByZone(bySubnet),
    failures,
    suspicions: state.suspicions,
    firstFailureSeenAt: stops.length === 0 ? null : Math.min(...stops),
    diagnosedAt: state.diagnosedAt,
    timeline: timeline.entries,
    timelineLeftOut: timeline.leftOut,
    logs: state.logs,
    phases: phasesOf(state),
    looks: { taken: observed.polledAt.length, missed: observed.missedPolls.length, calls: observed.calls },
    situations: situationReports(state),
    notes: notesOf(state),
    advice: actionAdvice(state),
    history: historyOf(state),
    untriedSubnets: untriedSubnets(state),
    digests: runningDigests(state),
    pulls: pullsOf(state),
  }
}

/** That no deployment appeared is the end itself, and stands there. */
function situationReports(state: Rollout): RolloutReport['situations'] {
  const now = state.now - aheadMs(state.observed)
  return state.situations
    .filter(({ kind }) => kind !== 'not-appeared')
    .map((one) => ({ kind: one.kind, since: one.since, until: one.until, what: situationText(one, now) }))
}

function notesOf(state: Rollout): readonly Text[] {
  const { rollbackAsked, observed, flows, targets } = state
  const service = observed.service?.value
  const notes: Text[] = []
  if (rollbackAsked !== null) notes.push(rollbackAsked.accepted ? ASKED : refused(rollbackAsked.detail))
  notes.push(...unreadableParts(state))
  if (service !== undefined && service.controller !== 'ECS') notes.push(otherController(service.controller))
  notes.push(...targetNotes(targets))
  notes.push(...flowNotes(flows))
  notes.push(...actionNotes(state))
  if (state.phase === 'steady') notes.push(...imageNotes(state), ...untriedNotes(state))
  return notes
}

function pullsOf({ tasks, preflight }: Rollout): NonNullable<RolloutReport['pulls']> {
  return tasks.flatMap(({ task }) => {
    const { pullStartedAt, pullStoppedAt } = task
    if (pullStartedAt === null || pullStoppedAt === null || pullStoppedAt < pullStartedAt) return []
    return [{ subnetId: subnetOf(task, preflight), seconds: (pullStoppedAt - pullStartedAt) / 1000 }]
  })
}

/** That every task runs what it is to run. What else runs is a situation, and stands in the head. */
function imageNotes(state: Rollout): readonly Text[] {
  const [digests, { length: tasks }] = [runningDigests(state), runningTasks(state)]
  const counted = state.followed.deployment?.runningCount ?? tasks
  const proved = digests.filter((one) => one.same === true && one.tasks === Math.max(tasks, counted))
  if (proved.length === 0 || otherImages(digests).length > 0) return []
  const images = proved.map(({ container, running }) => `${container} ${digestText(running ?? '')}`).join(', ')
  return [
    {
      en: `Every task (${tasks}) runs the image that was wanted: ${images}.`,
      ko: `태스크 ${tasks}개 모두 의도한 이미지를 실행합니다: ${images}`,
    },
  ]
}

/** Targets in the same state for the same reason are one line. */
function targetNotes(targets: Rollout['targets']): readonly Text[] {
  const groups = grouped(targets, ({ state, reason, description }) => {
    const why = [reason, description].filter((part) => part !== null).join(': ')
    return `${state}${why === '' ? '' : ` (${why})`}`
  })
  return [...groups].map(([said, names]) => {
    const all = names
      .slice(0, 10)
      .map(({ target }) => target)
      .join(', ')
    const more = names.length > 10 ? [`, and ${names.length - 10} more`, ` 외 ${names.length - 10}개`] : ['', '']
    return {
      en: `Load balancer on target ${all}${more[0]}: ${said}.`,
      ko: `로드 밸런서의 대상 상태: ${all}${more[1]} = ${said}`,
    }
  })
}

const ASKED: Text = {
  en: 'StopServiceDeployment was called to bring the old revision back (on-failure: rollback).',
  ko: '이전 개정으로 롤백하기 위해 StopServiceDeployment를 호출했습니다(on-failure: rollback).',
}

function refused(detail: string): Text {
  return {
    en: `The rollback could not be asked for (StopServiceDeployment): ${detail}`,
    ko: `롤백을 요청하지 못했습니다(StopServiceDeployment): ${detail}`,
  }
}

function otherController(controller: string): Text {
  return {
    en: `The deployment controller is ${controller}: ECS shows the task sets and their stability, and not why the deployer shifts or keeps back traffic.`,
    ko: `배포 컨트롤러: ${controller}. ECS에는 태스크 세트와 안정성만 표시되며, 배포 도구가 트래픽을 전환하거나 보류하는 이유는 표시되지 않습니다.`,
  }
}

function untriedNotes(state: Rollout): readonly Text[] {
  const ids = untriedSubnets(state).join(', ')
  if (ids === '') return []
  return [
    {
      en: `No task of this rollout was placed in ${ids}; only preflight says whether one can start there, where a replacement or a rebalancing of zones may place one at any time.`,
      ko: `이 롤아웃에서 태스크가 배치되지 않은 서브넷: ${ids}. 태스크 교체나 가용 영역 재조정으로 언제든지 그곳에 배치될 수 있으며, 시작할 수 있는지는 preflight 결과로만 알 수 있습니다.`,
    },
  ]
}
