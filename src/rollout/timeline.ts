/** What happened when, by ECS's own clock. */

import { compare } from '../domain/collections.ts'
import { type EcsTask, TIMELINE_KINDS, type TimelineEntry, type TimelineKind } from '../domain/rollout.ts'
import type { Text } from '../domain/text.ts'
import { subnetOf } from './counts.ts'
import type { DeploymentAction, Rollout } from './state.ts'
import { reasonText } from './status/reason-text.ts'
import { spanOf } from './timing/timing.ts'

export interface Timeline {
  readonly entries: readonly TimelineEntry[]
  /** How many a large service has besides. */
  readonly leftOut: number
}

/** Entries of tasks, and those of the service beside them. */
const MOST = { ofTasks: 120, ofService: 80 } as const
/** Created, pulling, started, ended. */
const EACH = 4

export function timelineOf(state: Rollout): Timeline {
  const { startedAt, endedAt } = spanOf(state)
  const titles = new Map(state.failures.map(({ taskId, title }) => [taskId, title]))
  const tasks = state.tasks.map(({ task }) => entriesOf(task, subnetOf(task, state.preflight), titles.get(task.id)))
  const events = Object.values(state.observed.events)
    .toSorted((one, other) => compare(one.id, other.id))
    .flatMap(({ at, message }) =>
      at !== null && startedAt !== null && at >= startedAt - 2_000
        ? [entry(at, 'service-event', { en: message, ko: `ECS 이벤트: ${message}` })]
        : [],
    )
  const ofTasks = tellingTasks(tasks).flat()
  const told = [...events, ...state.actions.flatMap(actionEntry)].toSorted(byTime)
  const ofService = firstAndLast(told, MOST.ofService)
  const ends = [
    ...(startedAt === null ? [] : [entry(startedAt, 'deployment-began', BEGAN)]),
    ...(endedAt === null ? [] : [entry(endedAt, 'deployment-ended', reasonText(state))]),
  ]
  return {
    entries: [...ends, ...ofTasks, ...ofService].toSorted(byTime),
    leftOut: tasks.flat().length - ofTasks.length + told.length - ofService.length,
  }
}

function entriesOf(task: EcsTask, subnetId: string | null, title: Text | undefined): readonly TimelineEntry[] {
  const own = { taskId: task.id, subnetId, availabilityZone: task.availabilityZone }
  const add = (at: number | null, kind: TimelineKind, what: Text) =>
    at === null ? [] : [{ ...entry(at, kind, what), ...own }]
  return [
    ...add(task.createdAt, 'task-created', CREATED),
    ...add(task.pullStartedAt, 'pull-began', PULLING),
    ...add(task.startedAt, 'task-started', STARTED),
    ...(title === undefined
      ? add(task.stoppedAt, 'task-stopped', STOPPED)
      : add(task.stoppedAt ?? task.stoppingAt, 'task-failed', failed(title))),
  ]
}

/** In ECS's own words: the name of the event and its reason. */
function actionEntry({ action, taskId }: DeploymentAction): readonly TimelineEntry[] {
  const { at, eventName, reason, containerReason, stopCode } = action
  const said = [eventName, stopCode, reason, containerReason].filter((part) => part !== null).join(': ')
  if (at === null || said === '') return []
  return [{ ...entry(at, 'action', { en: `ECS Action Logs: ${said}`, ko: `ECS 작업 로그: ${said}` }), taskId }]
}

function entry(at: number, kind: TimelineKind, what: Text): TimelineEntry {
  return { at, kind, what, taskId: null, subnetId: null, availabilityZone: null }
}

/** Whole tasks, so that none seems to go on whose end was left out: some of the first that failed, and the first and last of the others. */
function tellingTasks(tasks: readonly (readonly TimelineEntry[])[]): readonly (readonly TimelineEntry[])[] {
  const most = MOST.ofTasks / EACH
  if (tasks.length <= most) return tasks
  const hasFailed = (own: readonly TimelineEntry[]) => own.some(({ kind }) => kind === 'task-failed')
  const failing = firstAndLast(tasks.filter(hasFailed), most * 0.7)
  const others = firstAndLast(
    tasks.filter((own) => !hasFailed(own)),
    most - failing.length,
  )
  return [...failing, ...others]
}

function firstAndLast<T>(all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all
  const half = Math.ceil(most / 2)
  return [...all.slice(0, half), ...all.slice(half - most)]
}

/** What came at the same time stands in the order of a rollout, then of the tasks. */
function byTime(one: TimelineEntry, other: TimelineEntry): number {
  const kinds = TIMELINE_KINDS.indexOf(one.kind) - TIMELINE_KINDS.indexOf(other.kind)
  return one.at - other.at || kinds || compare(one.taskId ?? '', other.taskId ?? '')
}

const BEGAN: Text = { en: 'The deployment began.', ko: '배포가 시작되었습니다.' }
const CREATED: Text = { en: 'Task created.', ko: '태스크가 생성되었습니다.' }
const PULLING: Text = { en: 'Image pull began.', ko: '이미지 풀이 시작되었습니다.' }
const STARTED: Text = { en: 'Task started.', ko: '태스크가 시작되었습니다.' }
const STOPPED: Text = { en: 'Task stopped.', ko: '태스크가 중지되었습니다.' }

function failed(title: Text): Text {
  return { en: `Task failed: ${title.en}`, ko: `태스크 실패: ${title.ko}` }
}
