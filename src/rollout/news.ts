/** What is worth a line between two states, for whoever stands by. */
import { distinct } from '../domain/collections.ts'
import { CONFIDENCES, type RolloutFailure, type Suspicion } from '../domain/rollout.ts'
import type { Language, Text } from '../domain/text.ts'
import { LABELS } from '../ecs-errors/labels.ts'
import { countTasks } from './counts.ts'
import type { Situation } from './diagnose/situation.ts'
import { situationText } from './diagnose/situation-words.ts'
import { aheadMs } from './observe/clocks.ts'
import type { Rollout } from './state.ts'
import { rollsBack } from './status/circuit-breaker.ts'
import { desiredOf } from './status/followed-deployment.ts'
import { isSameReason } from './status/reason.ts'
import { cannotSucceedText, reasonText } from './status/reason-text.ts'
import { durationText } from './timing/duration.ts'
import { spanOf } from './timing/timing.ts'

export function newsOf(before: Rollout, after: Rollout): readonly Text[] {
  const { followed, hopeless, observed } = after
  const news: Text[] = []
  if (followed.id !== null && before.followed.id === null) {
    news.push(following(followed.id, after))
  } else if (followed.id !== before.followed.id) {
    news.push({
      en: `The same revision is deployed once more: following deployment ${followed.id}.`,
      ko: `같은 개정이 다시 배포되었습니다. 추적하는 배포: ${followed.id}`,
    })
  }
  news.push(...failureNews(before, after))
  news.push(...situationNews(before, after))
  news.push(...suspicionNews(before, after))
  if (hopeless !== null && before.hopeless === null) news.push(cannotSucceedText(hopeless))
  if (isReasonNews(before, after)) news.push(reasonText(after))
  if (observed.missed.length >= IN_A_ROW && before.observed.missed.length < IN_A_ROW) news.push(MISSED)
  return news
}

/** With the time that lies between its beginning and that of the watch, from which the lines of a log count. */
function following(id: string, state: Rollout): Text {
  const { startedAt } = spanOf(state)
  const lead = startedAt === null ? 0 : state.plan.beganAt - aheadMs(state.observed) - startedAt
  if (lead < NOTICEABLE_MS) return { en: `Following deployment ${id}.`, ko: `추적하는 배포: ${id}` }
  const { en, ko } = durationText(lead / 1_000)
  return {
    en: `Following deployment ${id}, which began ${en} before the watch.`,
    ko: `추적하는 배포: ${id} (관찰보다 ${ko} 먼저 시작됨)`,
  }
}

const NOTICEABLE_MS = 2_000

/** That nothing can be seen yet is none, nor is what was said when it became clear that the deployment cannot succeed. */
function isReasonNews({ reason: before }: Rollout, after: Rollout): boolean {
  const { reason } = after
  if (isSameReason(before, reason) || reason.kind === 'not-observed') return false
  return reason.kind !== 'cannot-succeed' || rollsBack(after)
}

/** So many of a kind are told one by one; a crash loop has hundreds. */
const ONE_BY_ONE = 5

function failureNews(before: Rollout, after: Rollout): readonly Text[] {
  const known = new Set(before.failures.map(keyOf))
  const counts = new Map<string, number>()
  for (const failure of before.failures) counts.set(kindOf(failure), (counts.get(kindOf(failure)) ?? 0) + 1)
  const news: Text[] = []
  const more = new Map<string, readonly RolloutFailure[]>()
  for (const failure of after.failures.filter((one) => !known.has(keyOf(one)))) {
    const kind = kindOf(failure)
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    if (count <= ONE_BY_ONE) news.push(...failureLines(failure, count))
    else more.set(kind, [...(more.get(kind) ?? []), failure])
  }
  for (const [kind, own] of more) {
    const subnets = distinct(own.flatMap(({ subnetId }) => subnetId ?? [])).toSorted()
    for (const one of own.slice(0, 1)) news.push(moreLine(one, subnets, own.length, counts.get(kind) ?? own.length))
  }
  return news
}

/** Counted over the rollout: another subnet is no other failure. */
function kindOf({ label, cause, causeSubject, container, exitCode }: RolloutFailure): string {
  return JSON.stringify([label, cause, causeSubject, container, exitCode])
}

const PLACES = 3

function moreLine({ title }: RolloutFailure, subnets: readonly string[], count: number, all: number): Text {
  const where = subnets.length === 0 || subnets.length > PLACES ? '' : `, ${subnets.join(', ')}`
  return {
    en: `${count} more ${count === 1 ? 'task' : 'tasks'} failed alike (${all} by now${where}): ${title.en}.`,
    ko: `같은 이유로 태스크 ${count}개가 더 실패했습니다(지금까지 ${all}개${where}): ${title.ko}.`,
  }
}

function keyOf({ taskId, label }: RolloutFailure): string {
  return `${taskId} ${label}`
}

/** The first of a kind with all that speaks for its cause, a fact a line; the next ones only name the task. */
function failureLines(failure: RolloutFailure, count: number): readonly Text[] {
  const { taskId, subnetId, availabilityZone, title, notes, text } = failure
  const where = [subnetId, availabilityZone].filter((part) => part !== null).join(', ')
  const who = `${taskId}${where === '' ? '' : ` (${where})`}`
  if (count > 1 && taskId !== null) {
    return [
      {
        en: `Task failed alike: ${who}: ${title.en} (${count} by now).`,
        ko: `같은 이유로 태스크 실패: ${who}: ${title.ko} (지금까지 ${count}개).`,
      },
    ]
  }
  const [en, ko] =
    taskId !== null
      ? [`Task failed: ${who}`, `태스크 실패: ${who}`]
      : LABELS[failure.label].isBeforeTask === true
        ? ['ECS cannot start a task', 'ECS가 태스크를 시작하지 못합니다']
        : ['ECS reports a failure', 'ECS가 실패를 보고했습니다']
  return [
    { en: `${en}: ${title.en}.${causeIn(failure, 'en')}`, ko: `${ko}: ${title.ko}.${causeIn(failure, 'ko')}` },
    ...notes.map((note) => ({ en: `· ${note.en}`, ko: `· ${note.ko}` })),
    { en: `· ECS said: ${text}`, ko: `· ECS 메시지: ${text}` },
  ]
}

function causeIn({ cause, causeSubject, confidence }: RolloutFailure, language: Language): string {
  if (cause === null) return ''
  const what = [cause, causeSubject].filter((part) => part !== null).join(' ')
  return ` ${language === 'en' ? 'Cause' : '원인'}: ${what} (${CONFIDENCES[confidence][language]}).`
}

/** Each when it begins and when it passes; a further deployment of the same revision is told by the deployment that is followed. */
function situationNews(before: Rollout, after: Rollout): readonly Text[] {
  const key = ({ kind, until }: Situation) => `${kind} ${until === null}`
  const known = new Set(before.situations.map(key))
  const now = after.now - aheadMs(after.observed)
  return after.situations
    .filter((one) => one.kind !== 'same-revision' && !known.has(key(one)))
    .map((one) => situationText(one, now))
}

/** The first of a kind says what is in doubt; the next ones only which task hangs alike. */
function suspicionNews(before: Rollout, after: Rollout): readonly Text[] {
  const known = new Map(before.suspicions.map((one) => [one.taskId, one.state]))
  const counts = new Map<string, number>()
  return after.suspicions.flatMap((one): readonly Text[] => {
    const { taskId, destination, cause, state } = one
    const kind = JSON.stringify([destination, cause])
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    if (known.get(taskId) === state || state === 'confirmed') return []
    return [state === 'withdrawn' ? withdrawn(taskId, destination) : suspected(one, count)]
  })
}

function suspected({ taskId, subnetId, destination, cause }: Suspicion, count: number): Text {
  if (count > 1) {
    return {
      en: `Suspected as well: task ${taskId} in ${subnetId} hangs alike (${count} by now).`,
      ko: `같은 의심: 태스크 ${taskId}, 서브넷: ${subnetId} (지금까지 ${count}개).`,
    }
  }
  const by = cause === null ? '' : ` (${cause})`
  const [doubt, doubtKo] =
    destination === null
      ? ['which of its paths is at fault cannot be told', '어느 경로가 원인인지는 알 수 없습니다']
      : [`the path to ${destination} is in doubt${by}`, `경로에 문제가 있을 수 있습니다(대상: ${destination}${by})`]
  return {
    en: `Suspected: task ${taskId} in ${subnetId} should have started by now, and ${doubt}. ECS has not given up yet.`,
    ko: `의심: 평소라면 이미 시작되었어야 하는 태스크이며 ${doubtKo}. 태스크: ${taskId}, 서브넷: ${subnetId}. ECS는 아직 포기하지 않았습니다.`,
  }
}

function withdrawn(taskId: string, destination: string | null): Text {
  return destination === null
    ? {
        en: `Suspicion withdrawn: task ${taskId} did not hang on the network.`,
        ko: `의심을 철회합니다. 네트워크 때문에 멈춘 태스크가 아닙니다: ${taskId}`,
      }
    : {
        en: `Suspicion withdrawn: task ${taskId} did not hang on the path to ${destination}.`,
        ko: `의심을 철회합니다. 이 경로(${destination}) 때문에 멈춘 태스크가 아닙니다: ${taskId}`,
      }
}

/** One answer that does not come is nothing to speak of. */
const IN_A_ROW = 2

const MISSED: Text = {
  en: 'AWS gave no answer about the service; the watch goes on and asks less often.',
  ko: 'AWS에서 서비스 정보를 받지 못했습니다. 관찰을 계속하며 조회 간격을 늘립니다.',
}

/** Once a minute when nothing else is said. */
export function heartbeat(state: Rollout): Text {
  const { followed, reason } = state
  const running = followed.deployment?.runningCount ?? followed.taskSet?.runningCount ?? 0
  const desired = desiredOf(followed) ?? 0
  const { started, failed } = countTasks(state)
  const because = reasonText(state)
  // The state of a rollout under way is the count itself.
  const isCount = reason.kind === 'tasks-run' && reason.running === running && reason.desired === desired
  const [en, ko] = isCount
    ? [because.en, because.ko]
    : [`${running} of ${desired} tasks run. ${because.en}`, `실행 중인 태스크: ${running}/${desired}. ${because.ko}`]
  return {
    en: `Still under way: ${en} ${started} started, ${failed} failed so far.`,
    ko: `계속 진행 중입니다. ${ko} (지금까지 시작 ${started}, 실패 ${failed})`,
  }
}
