/** Can this deployment still succeed? Null while it can; else the sentence that says why not. */

import type { EcsTask, RolloutFailure, SubnetCount } from '../../domain/rollout.ts'
import type { Text } from '../../domain/text.ts'
import { wordsFor } from '../../ecs-errors/words.ts'
import { countBySubnet, failedIds, subnetOf, tasksOf } from '../counts.ts'
import { eventsOf } from '../diagnose/events.ts'
import { isAfterPull, isNetworkLabel, isPlacement, isServiceTrouble } from '../diagnose/labels.ts'
import type { PreflightEvidence } from '../diagnose/preflight-evidence.ts'
import { hasVanished } from '../observe/absence.ts'
import { hasStarted, isRunning, isStopping } from '../observe/lifecycle.ts'
import type { Observed, ObservedTask } from '../state.ts'
import { desiredOf, type FollowedDeployment } from './followed-deployment.ts'

export function whyCannotSucceed(
  followed: FollowedDeployment,
  observed: Observed,
  failures: readonly RolloutFailure[],
  preflight: PreflightEvidence | null,
): Text | null {
  const tasks = tasksOf(followed, observed)
  const ofTasks = failures.filter(({ taskId }) => taskId !== null)
  const counts = countBySubnet(tasks, failedIds(failures), preflight)
  return (
    permanentTwice(ofTasks, tasks, (failing) => mayStart(tasks, failing, observed, preflight)) ??
    refusedAgain(followed, observed, tasks) ??
    everySubnet(ofTasks, tasks, counts, observed, preflight) ??
    crashLoop(ofTasks, tasks, desiredOf(followed) ?? 1)
  )
}

/** A task that is on its way outside of the failing subnets may yet be the first to start. */
function mayStart(
  tasks: readonly ObservedTask[],
  failing: ReadonlySet<string>,
  observed: Observed,
  preflight: PreflightEvidence | null,
): boolean {
  return tasks.some(
    ({ task }) => !isStopping(task) && !hasVanished(observed, task.id) && !failing.has(subnetOf(task, preflight) ?? ''),
  )
}

/** The same answer to two different tasks, and nothing that speaks against it. A network answer may differ in another subnet. */
function permanentTwice(
  failures: readonly RolloutFailure[],
  tasks: readonly ObservedTask[],
  mayStartOutside: (failing: ReadonlySet<string>) => boolean,
): Text | null {
  const anyStarted = tasks.some(({ task }) => hasStarted(task))
  const runs = tasks.some(({ task }) => isRunning(task))
  const permanent = failures.filter(
    ({ label, transient }) =>
      transient === false && !isNetworkLabel(label) && !(isAfterPull(label) ? runs : anyStarted),
  )
  for (const { label, title } of permanent) {
    const alike = permanent.filter((one) => one.label === label)
    const same = new Set(alike.map(({ taskId }) => taskId))
    // A refusal can depend on the subnet as well: on the policy of the endpoint that its route leads to.
    const failing = new Set(alike.flatMap(({ subnetId }) => subnetId ?? []))
    if (same.size >= 2 && (failing.size === 0 || !mayStartOutside(failing))) {
      return {
        en: `${same.size} tasks got the same answer, which does not pass by itself: ${title.en}`,
        ko: `태스크 ${same.size}개가 같은 이유로 실패했으며 저절로 해결되지 않습니다: ${title.ko}`,
      }
    }
  }
  return null
}

/** A role that was just made can be assumed within seconds: an answer that passes by itself does not come again after that. */
const AGAIN_AFTER_MS = 30_000

/** ECS cannot even make a task, and says twice that it never will. */
function refusedAgain(followed: FollowedDeployment, observed: Observed, tasks: readonly ObservedTask[]): Text | null {
  if (tasks.length > 0) return null
  const refusals = eventsOf(followed, observed).filter(
    ({ event, message }) =>
      // Room for a task may come with the next instance, or when an old task stops.
      event.at !== null &&
      message.transient === false &&
      isServiceTrouble(message.label) &&
      !isPlacement(message.label),
  )
  for (const { event, message } of refusals) {
    const again = refusals.find(
      (one) => one.message.label === message.label && (one.event.at ?? 0) - (event.at ?? 0) >= AGAIN_AFTER_MS,
    )
    if (again === undefined) continue
    const { en, ko } = wordsFor(message).title
    return {
      en: `ECS cannot make a task and gave the same reason again, which does not pass by itself: ${en}`,
      ko: `ECS가 태스크를 만들지 못하고 같은 이유를 반복했으며 저절로 해결되지 않습니다: ${ko}`,
    }
  }
  return null
}

/** A subnet counts as failing where a task failed, or where the path that failed elsewhere is blocked just so. */
function everySubnet(
  failures: readonly RolloutFailure[],
  tasks: readonly ObservedTask[],
  counts: readonly SubnetCount[],
  observed: Observed,
  preflight: PreflightEvidence | null,
): Text | null {
  const subnetIds = observed.service?.value.subnetIds ?? []
  if (tasks.some(({ task }) => hasStarted(task))) return null
  const early = failures.filter(({ label, transient }) => !isAfterPull(label) && transient !== true)
  const proved = early.filter(({ confidence }) => confidence === 'proved')
  if (early.length === 0 || (early.length < 2 && proved.length === 0)) return null
  const failing = new Set(early.flatMap(({ subnetId }) => subnetId ?? []))
  for (const { destination } of proved) {
    for (const path of preflight?.paths ?? []) {
      if (path.required && path.destination === destination && path.outcome === 'blocked')
        failing.add(path.from.subnetId)
    }
  }
  const all = subnetIds.length > 0 ? subnetIds : counts.flatMap(({ subnetId }) => subnetId ?? [])
  const isEvery = all.length > 0 && all.every((id) => failing.has(id))
  if (isEvery && !mayStart(tasks, failing, observed, preflight)) return startsFailIn([...failing].sort())
  // Without subnets to tell them apart it takes more of them; ECS always has the next one on its way.
  const isPattern = early.length >= MANY || (early.length >= SEVERAL && !mayStart(tasks, failing, observed, preflight))
  return all.length === 0 && isPattern ? startsFail(early.length) : null
}

const SEVERAL = 3
const MANY = 5

function startsFailIn(subnetIds: readonly string[]): Text {
  return {
    en: `No task of this deployment has started, and starts fail in every subnet of the service (${subnetIds.join(', ')}).`,
    ko: `이 배포의 태스크가 하나도 시작되지 않았고 서비스의 모든 서브넷에서 실패합니다(${subnetIds.join(', ')}).`,
  }
}

function startsFail(count: number): Text {
  return {
    en: `No task of this deployment has started: ${count} starts failed, wherever ECS placed them.`,
    ko: `이 배포의 태스크가 하나도 시작되지 않았습니다. 배치된 모든 위치에서 시작에 실패했습니다(${count}회).`,
  }
}

const CRASHES = 5
const SURVIVES_MS = 30_000

/** Milliseconds from its start to its stop; for one that runs, to the given moment. */
function upFor(task: EcsTask | undefined, until: number | null): number | null {
  const to = task?.stoppingAt ?? task?.stoppedAt ?? until
  return task === undefined || task.startedAt === null || to === null ? null : to - task.startedAt
}

/** ECS itself gives up after half the desired count, at least 3 (ECS Developer Guide, "deployment circuit breaker"); without a breaker it never does. */
function crashLoop(failures: readonly RolloutFailure[], tasks: readonly ObservedTask[], desired: number): Text | null {
  const crashed = failures.filter(({ label, transient }) => isAfterPull(label) && transient !== true)
  if (crashed.length < Math.max(CRASHES, Math.ceil(desired / 2))) return null
  const failed = failedIds(failures)
  const byId = new Map(tasks.map(({ task }) => [task.id, task]))
  const lives = crashed.flatMap(({ taskId }) => upFor(byId.get(taskId ?? ''), null) ?? [])
  const longest = Math.max(SURVIVES_MS, 2 * Math.max(0, ...lives))
  const lastAt = Math.max(...crashed.map(({ at }) => at ?? 0))
  // One that was up for longer than those that fell speaks for the revision.
  const survivors = tasks.some(({ task }) => !failed.has(task.id) && (upFor(task, lastAt) ?? 0) > longest)
  if (survivors) return null
  return {
    en: `${crashed.length} tasks of this deployment started and ended again, and none stays up.`,
    ko: `이 배포의 태스크 ${crashed.length}개가 시작된 뒤 종료되었고 계속 실행되는 태스크가 없습니다.`,
  }
}
