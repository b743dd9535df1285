/** What a watch that may not read the tasks knows all the same: what ECS counts, and what the service's events say. */
import type { Unread } from '../../domain/answer.ts'
import type { Text } from '../../domain/text.ts'
import { LABELS } from '../../ecs-errors/labels.ts'
import { hasVanished } from '../observe/absence.ts'
import type { Observed, Rollout } from '../state.ts'

/** A poll or two that were throttled hide little. */
const BLIND_MS = 30_000

/** Null where the tasks are read. */
function unreadTasks({ tasksUnread, tasksReadAt }: Observed): Unread | null {
  if (tasksUnread === null || tasksUnread.seenAt - (tasksReadAt ?? Number.NEGATIVE_INFINITY) < BLIND_MS) return null
  return tasksUnread.value
}

/** Nobody will read them later in this watch either. */
export function isUnreadForGood(observed: Observed): boolean {
  const unread = unreadTasks(observed)
  return unread !== null && unread.because !== 'throttled' && unread.because !== 'unreachable'
}

const QUOTED = 3

/** Sentences for the report. */
export function unreadableParts(state: Rollout): readonly Text[] {
  const { observed, followed, failures, targetsUnread, tasks, events } = state
  const unread = unreadTasksText(observed)
  const counted = followed.id === null ? 0 : (observed.mostFailed[followed.id] ?? 0)
  const known = failures.filter(({ taskId }) => taskId !== null).length
  const lost = tasks.flatMap(({ task: { id }, stop }) => (stop === null && hasVanished(observed, id) ? [id] : []))
  const notes: Text[] = []
  if (unread !== null) notes.push(unread)
  if (targetsUnread !== null) notes.push(unasked(targetsUnread))
  if (counted > known) notes.push(uncounted(counted, known))
  if (lost.length > 0) notes.push(vanished(lost))
  if (unread === null && counted <= known) return notes
  const telling = events.filter(({ message }) => {
    const { clarity } = LABELS[message.label]
    return clarity !== 'routine' && clarity !== 'unknown'
  })
  return [...notes, ...telling.slice(-QUOTED).map(({ event }) => quoted(event.message))]
}

/** Null where the tasks are read. */
export function unreadTasksText(observed: Observed): Text | null {
  const unread = unreadTasks(observed)
  if (unread === null) return null
  return {
    en: `The tasks could not be read (${unread.permission}): ${unread.detail}`,
    ko: `태스크를 읽지 못했습니다(${unread.permission}): ${unread.detail}`,
  }
}

function unasked({ permission, detail }: Unread): Text {
  return {
    en: `Why the load balancer refuses its targets could not be read (${permission}): ${detail}`,
    ko: `로드 밸런서가 대상을 거부하는 이유를 읽지 못했습니다(${permission}): ${detail}`,
  }
}

/** `failedTasks` counts failures in a row (ECS API Reference, Deployment). */
function uncounted(counted: number, known: number): Text {
  return {
    en: `ECS counted ${counted} starts of this deployment that failed in a row; why is known of ${known}.`,
    ko: `ECS가 집계한 이 배포의 연속 시작 실패: ${counted}회(이유를 확인한 실패: ${known}회)`,
  }
}

function vanished(ids: readonly string[]): Text {
  const list = ids.slice(0, QUOTED).join(', ')
  return {
    en: `ECS no longer describes ${ids.length} tasks of this deployment, and how they ended was not seen: ${list}.`,
    ko: `ECS에서 더 이상 조회되지 않으며 종료 이유를 확인하지 못한 태스크(${ids.length}개): ${list}`,
  }
}

function quoted(message: string): Text {
  return { en: `The service's events say: ${message}`, ko: `서비스 이벤트: ${message}` }
}
