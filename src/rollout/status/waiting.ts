/** What a rollout that has not ended waits for, as far as its tasks show it. */
import type { EcsTask } from '../../domain/rollout.ts'
import type { Text } from '../../domain/text.ts'
import { unreadTasksText } from '../diagnose/unreadable-parts.ts'
import { hasVanished } from '../observe/absence.ts'
import { isAtRest, isRunning, isStopping } from '../observe/lifecycle.ts'
import type { DeploymentEvent, RolloutFacts } from '../state.ts'
import { desiredOf } from './followed-deployment.ts'

/** Null where there is no deployment whose tasks could tell. */
export function waitingText({ followed, observed, tasks: all, events }: RolloutFacts): Text | null {
  const desired = desiredOf(followed)
  if (desired === null) return null
  const unread = unreadTasksText(observed)
  if (unread !== null) return unread
  const tasks = all.map(({ task }) => task).filter((task) => !isStopping(task) && !hasVanished(observed, task.id))
  const waiting = tasks.filter((task) => !isRunning(task))
  if (waiting.length > 0) return forTasks(waiting)
  if (tasks.length < desired) return forStarts(tasks.length, desired, events.at(-1))
  const others = Object.values(observed.tasks).filter(
    ({ task }) =>
      task.startedBy !== followed.id &&
      task.startedBy?.startsWith('ecs-svc/') === true &&
      !isAtRest(task.lastStatus) &&
      !hasVanished(observed, task.id),
  ).length
  return others > 0 ? forOldTasks(others) : FOR_HEALTH
}

function forTasks(waiting: readonly EcsTask[]): Text {
  const early = waiting.filter(({ lastStatus }) => lastStatus === 'PROVISIONING')
  const late = waiting.filter(({ lastStatus }) => lastStatus !== 'PROVISIONING')
  const parts: Text[] = []
  if (early.length > 0) {
    parts.push({
      en: `It waits for tasks in PROVISIONING (${where(early)}): capacity or a network interface is missing, and ECS gives no reason yet.`,
      ko: `PROVISIONING 상태의 태스크를 기다립니다(${where(early)}). 용량 또는 네트워크 인터페이스가 준비되지 않았으며 ECS는 아직 이유를 알리지 않았습니다.`,
    })
  }
  if (late.length > 0) {
    const statuses = [...new Set(late.map(({ lastStatus }) => lastStatus))].sort().join(', ')
    parts.push({
      en: `It waits for tasks that have not started (${statuses}; ${where(late)}): secrets, the image pull or the container start is not done, and ECS gives no reason yet.`,
      ko: `시작되지 않은 태스크를 기다립니다(${statuses}; ${where(late)}). 보안 암호 조회, 이미지 풀, 컨테이너 시작 중 하나가 끝나지 않았으며 ECS는 아직 이유를 알리지 않았습니다.`,
    })
  }
  return { en: parts.map(({ en }) => en).join(' '), ko: parts.map(({ ko }) => ko).join(' ') }
}

/** Few are named, and a hundred are counted. */
const NAMED = 3

function where(tasks: readonly EcsTask[]): string {
  const subnets = [...new Set(tasks.flatMap(({ subnetId }) => subnetId ?? []))].sort()
  const ids = tasks.length > NAMED ? `${tasks.length}` : tasks.map(({ id }) => id).join(', ')
  return subnets.length === 0 ? ids : `${ids}; ${subnets.join(', ')}`
}

function forStarts(count: number, desired: number, last: DeploymentEvent | undefined): Text {
  const message = last?.event.message
  const [said, saidKo] =
    message === undefined
      ? ['', '']
      : [` The last event of the service: ${message}`, ` 서비스의 마지막 이벤트: ${message}`]
  return {
    en: `It waits for ECS to start tasks: ${count} of ${desired} are there.${said}`,
    ko: `ECS가 태스크를 시작하기를 기다립니다(${count}/${desired}).${saidKo}`,
  }
}

function forOldTasks(count: number): Text {
  return {
    en: `All of its tasks run; it waits for their health checks or for ${count} older tasks to stop.`,
    ko: `모든 태스크가 실행 중입니다. 상태 확인 또는 이전 태스크(${count}개)의 중지를 기다립니다.`,
  }
}

const FOR_HEALTH: Text = {
  en: 'All of its tasks run; it waits for health checks, or for ECS to call the deployment complete.',
  ko: '모든 태스크가 실행 중입니다. 상태 확인 또는 ECS의 배포 완료 처리를 기다립니다.',
}
