/** What a watch that may not read the tasks knows all the same: what ECS counts, and what the service's events say. */
import type { Unread } from '../../domain/answer.ts'
import type { Text } from '../../domain/text.ts'
import { hasVanished } from '../observe/absence.ts'
import type { Observed, Rollout } from '../state.ts'
import type { FollowedDeployment } from '../status/followed-deployment.ts'
import { eventsOf } from './events.ts'

/** A look or two that were throttled hide little. */
const BLIND_MS = 30_000

/** Null where the tasks are read. */
export function unreadTasks({ tasksUnread, tasksReadAt }: Observed): Text | null {
  if (tasksUnread === null || tasksUnread.seenAt - (tasksReadAt ?? Number.NEGATIVE_INFINITY) < BLIND_MS) return null
  const { permission, detail } = tasksUnread.value
  return {
    en: `The tasks could not be read (${permission}): ${detail}`,
    ko: `태스크를 읽지 못했습니다(${permission}): ${detail}`,
  }
}

/** Nobody will read them later in this watch either. */
export function isUnreadForGood(observed: Observed): boolean {
  const because = observed.tasksUnread?.value.because
  return unreadTasks(observed) !== null && because !== 'throttled' && because !== 'unreachable'
}

const ROUTINE = new Set<string>(['progress', 'steady', 'scaling', 'unknown'])
const QUOTED = 3

/** Sentences for the report. */
export function unreadableParts(state: Rollout, followed: FollowedDeployment): readonly Text[] {
  const { observed } = state
  const blind = unreadTasks(observed)
  const counted = followed.id === null ? 0 : (observed.mostFailed[followed.id] ?? 0)
  const notes = blind === null ? [] : [blind]
  if (state.targetsUnread !== null) notes.push(unasked(state.targetsUnread))
  const known = state.failures.filter(({ taskId }) => taskId !== null).length
  if (counted > known) notes.push(uncounted(counted, known))
  const lost = Object.values(observed.tasks).filter(
    ({ task }) => task.startedBy === followed.id && followed.id !== null && hasVanished(observed, task.id),
  )
  if (lost.length > 0) notes.push(vanished(lost.map(({ task }) => task.id)))
  if (blind === null && counted <= known) return notes
  const telling = eventsOf(followed, observed).filter(({ message }) => !ROUTINE.has(message.label))
  return [...notes, ...telling.slice(-QUOTED).map(({ event }) => quoted(event.message))]
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
