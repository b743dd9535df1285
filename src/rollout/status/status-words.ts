/** The sentence that says why a rollout stands where it does. Reasons that AWS gives are quoted, not judged. */
import type { EcsDeployment, EcsServiceDeployment } from '../../domain/rollout.ts'
import type { Text } from '../../domain/text.ts'

export const notSeenYet: Text = {
  en: 'The deployment has not been seen yet.',
  ko: '배포가 아직 보이지 않습니다.',
}
export const serviceDeleted: Text = {
  en: 'The service was deleted.',
  ko: '서비스가 삭제되었습니다.',
}
export const waitsForTraffic: Text = {
  en: 'All tasks of the task set run; it waits for its traffic.',
  ko: '태스크 세트의 모든 태스크가 실행 중이며 트래픽 전환을 기다립니다.',
}

export function running(count: number, desired: number): Text {
  return {
    en: `${count} of ${desired} tasks run.`,
    ko: `실행 중인 태스크: ${count}/${desired}`,
  }
}

export function rolling({ runningCount, pendingCount, desiredCount }: EcsDeployment): Text {
  const pending = pendingCount === 0 ? '' : `, ${pendingCount} pending`
  const pendingKo = pendingCount === 0 ? '' : `, 대기 중: ${pendingCount}`
  return {
    en: `${runningCount} of ${desiredCount} tasks run${pending}.`,
    ko: `실행 중인 태스크: ${runningCount}/${desiredCount}${pendingKo}`,
  }
}

export function steady(count: number, desired: number): Text {
  if (desired === 0) {
    return {
      en: 'The service wants no tasks; there was nothing to start.',
      ko: '원하는 태스크 수가 0이므로 시작할 태스크가 없습니다.',
    }
  }
  return {
    en: `All ${desired} tasks of this deployment run.`,
    ko: `이 배포의 모든 태스크가 실행 중입니다: ${count}/${desired}`,
  }
}

export function earlySuccess(count: number, desired: number): Text {
  return {
    en: `ECS calls the deployment successful, but only ${count} of ${desired} tasks run.`,
    ko: `ECS는 배포를 성공으로 표시하지만 모든 태스크가 실행 중이지는 않습니다: ${count}/${desired}`,
  }
}

export function failed(reason: string | null): Text {
  return quoted('The deployment failed', '배포가 실패했습니다', reason)
}

export function stopped(reason: string | null): Text {
  return quoted('The deployment was stopped', '배포가 중지되었습니다', reason)
}

export function rollingBack(reason: string | null): Text {
  return quoted(
    'The deployment failed, and ECS brings the old revision back',
    '배포가 실패하여 ECS가 이전 개정으로 롤백하고 있습니다',
    reason,
  )
}

export function rolledBack(reason: string | null): Text {
  return quoted(
    'The deployment failed; the service runs its old revision again',
    '배포가 실패했고 서비스가 이전 개정으로 롤백되었습니다',
    reason,
  )
}

export function rollbackFailed(reason: string | null): Text {
  return quoted('The deployment failed, and so did its rollback', '배포와 롤백이 모두 실패했습니다', reason)
}

export function superseded(primary: EcsDeployment | null): Text {
  const by = primary === null ? '' : `: ${primary.id}`
  return {
    en: `A newer deployment has taken the place of this one${by}.`,
    ko: `더 새로운 배포가 이 배포를 대체했습니다${by}`,
  }
}

export function supersededBySet(id: string): Text {
  return {
    en: `A newer task set has taken the place of this one: ${id}.`,
    ko: `더 새로운 태스크 세트가 이 태스크 세트를 대체했습니다: ${id}`,
  }
}

export function taskSetGone(id: string): Text {
  return { en: `The task set is being removed: ${id}.`, ko: `태스크 세트가 제거되고 있습니다: ${id}` }
}

function pausedHook({ hooks }: EcsServiceDeployment): EcsServiceDeployment['hooks'][number] | undefined {
  return hooks.find(({ status }) => status === 'AWAITING_ACTION')
}

export function isPaused(deployment: EcsServiceDeployment): boolean {
  return pausedHook(deployment) !== undefined
}

/** Null for stages in which tasks start. A pause and a bake are no standstill. */
export function stageOf(deployment: EcsServiceDeployment): Text | null {
  const { lifecycleStage, bakeMinutes } = deployment
  const paused = pausedHook(deployment)
  if (paused !== undefined) {
    return {
      en: `The deployment is paused by a lifecycle hook (${paused.id}) until somebody calls ContinueServiceDeployment.`,
      ko: `수명 주기 후크로 배포가 일시 중지되었습니다(${paused.id}). ContinueServiceDeployment 호출을 기다립니다.`,
    }
  }
  if (lifecycleStage === 'BAKE_TIME') {
    const [minutes, minutesKo] = bakeMinutes === null ? ['', ''] : [` (${bakeMinutes} min)`, ` (${bakeMinutes}분)`]
    return {
      en: `The new tasks have the traffic, and ECS waits for the bake time${minutes} to pass.`,
      ko: `새 태스크가 트래픽을 받고 있으며 베이크 시간이 지나기를 기다립니다${minutesKo}.`,
    }
  }
  return null
}

function quoted(en: string, ko: string, reason: string | null): Text {
  return reason === null || reason === ''
    ? { en: `${en}.`, ko: `${ko}.` }
    : { en: `${en}: ${reason}`, ko: `${ko}: ${reason}` }
}
