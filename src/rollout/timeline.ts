/** What happened when, by ECS's own clock. */
import type { TimelineEntry } from '../domain/rollout.ts'
import type { Text } from '../domain/text.ts'
import { ownTasks } from './counts.ts'
import { ownOf } from './own-deployment.ts'
import type { Rollout } from './state.ts'
import { spanOf } from './timing.ts'

/** The first and the last of them tell the story of a large service. */
const MOST = 200

export function timelineOf(state: Rollout): readonly TimelineEntry[] {
  const own = ownOf(state.plan, state.seen)
  const { startedAt, endedAt } = spanOf(state)
  const titles = new Map(state.failures.map((one) => [one.taskId, one.title]))
  const entries: TimelineEntry[] = []
  const add = (at: number | null, what: Text, taskId: string | null = null) => {
    if (at !== null) entries.push({ at, what, taskId })
  }
  add(startedAt, BEGAN)
  for (const { task } of ownTasks(own, state.seen)) {
    add(task.createdAt, CREATED, task.id)
    add(task.pullStartedAt, PULLING, task.id)
    add(task.startedAt, STARTED, task.id)
    const title = titles.get(task.id)
    if (title !== undefined) add(task.stoppedAt ?? task.stoppingAt, failed(title), task.id)
    else add(task.stoppedAt, STOPPED, task.id)
  }
  for (const { at, message } of Object.values(state.seen.events)) {
    if (at !== null && startedAt !== null && at >= startedAt - 2_000)
      add(at, { en: message, ko: `ECS 이벤트: ${message}` })
  }
  add(endedAt, state.because)
  const sorted = entries.sort((one, other) => one.at - other.at || compare(one, other))
  if (sorted.length <= MOST) return sorted
  return [...sorted.slice(0, MOST / 2), ...sorted.slice(-MOST / 2)]
}

function compare(one: TimelineEntry, other: TimelineEntry): number {
  const [left, right] = [`${one.taskId} ${one.what.en}`, `${other.taskId} ${other.what.en}`]
  return left < right ? -1 : left > right ? 1 : 0
}

const BEGAN: Text = { en: 'The deployment began.', ko: '배포가 시작되었습니다.' }
const CREATED: Text = { en: 'Task created.', ko: '태스크가 생성되었습니다.' }
const PULLING: Text = { en: 'Image pull began.', ko: '이미지 풀이 시작되었습니다.' }
const STARTED: Text = { en: 'Task started.', ko: '태스크가 시작되었습니다.' }
const STOPPED: Text = { en: 'Task stopped.', ko: '태스크가 중지되었습니다.' }

function failed(title: Text): Text {
  return { en: `Task failed: ${title.en}`, ko: `태스크 실패: ${title.ko}` }
}
