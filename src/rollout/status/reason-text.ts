/** The sentence that says why a rollout stands where it does. */
import type { Text } from '../../domain/text.ts'
import { LABELS } from '../../ecs-errors/labels.ts'
import { loggedVerdict } from '../diagnose/action-logs.ts'
import type { Rollout } from '../state.ts'
import { durationText } from '../timing/duration.ts'
import { circuitBreakerText } from './circuit-breaker.ts'
import type { CannotSucceed, Reason } from './reason.ts'
import { waitingText } from './waiting.ts'

/** After that long without seeing the service, contact is lost. */
export const LOST_AFTER_MS = 300_000

export function reasonText(state: Rollout): Text {
  return textOf(state.reason, state)
}

function textOf(reason: Reason, state: Rollout): Text {
  switch (reason.kind) {
    case 'begun':
    case 'not-observed':
    case 'service-deleted':
    case 'waits-for-traffic':
    case 'no-deployment':
    case 'cancelled':
      return PLAIN[reason.kind]
    case 'failed':
    case 'stopped':
    case 'rolling-back':
    case 'rolled-back':
    case 'rollback-failed':
      return quoting(QUOTING[reason.kind], reason.quote ?? loggedVerdict(state.actions))
    case 'credentials-expired':
    case 'service-gone':
    case 'refused':
    case 'no-answer':
      return lostText(reason)
    case 'superseded':
    case 'returning':
    case 'returned':
    case 'superseded-by-task-set':
    case 'task-set-removed':
    case 'not-listed':
      return replacedText(reason)
    case 'cannot-succeed':
      return joined(cannotSucceedText(reason.why), circuitBreakerText(state))
    case 'out-of-time':
      return outOfTimeText(reason.status, state)
    default:
      return progressText(reason)
  }
}

const PLAIN = {
  begun: { en: 'The watch has begun.', ko: '관찰을 시작했습니다.' },
  'not-observed': { en: 'The deployment has not been seen yet.', ko: '배포가 아직 보이지 않습니다.' },
  'service-deleted': { en: 'The service was deleted.', ko: '서비스가 삭제되었습니다.' },
  'waits-for-traffic': {
    en: 'All tasks of the task set run; it waits for its traffic.',
    ko: '태스크 세트의 모든 태스크가 실행 중이며 트래픽 전환을 기다립니다.',
  },
  'no-deployment': {
    en: 'ECS lists no deployment of the service that is its primary one; there is nothing to follow.',
    ko: 'ECS에 서비스의 기본 배포가 표시되지 않아 추적할 배포가 없습니다.',
  },
  cancelled: {
    en: 'The watch was cancelled. The rollout goes on: ECS carries the deployment out whether it is watched or not.',
    ko: '관찰이 취소되었습니다. 롤아웃은 계속됩니다. 관찰 여부와 관계없이 ECS가 배포를 진행합니다.',
  },
} as const

const QUOTING = {
  failed: { en: 'The deployment failed', ko: '배포가 실패했습니다' },
  stopped: { en: 'The deployment was stopped', ko: '배포가 중지되었습니다' },
  'rolling-back': {
    en: 'The deployment failed, and ECS brings the old revision back',
    ko: '배포가 실패하여 ECS가 이전 개정으로 롤백하고 있습니다',
  },
  'rolled-back': {
    en: 'The deployment failed; the service runs its old revision again',
    ko: '배포가 실패했고 서비스가 이전 개정으로 롤백되었습니다',
  },
  'rollback-failed': { en: 'The deployment failed, and so did its rollback', ko: '배포와 롤백이 모두 실패했습니다' },
} as const

function quoting({ en, ko }: Text, quote: string | null): Text {
  const end = quote === null || quote === '' ? '.' : `: ${quote}`
  return { en: `${en}${end}`, ko: `${ko}${end}` }
}

type Lost = Extract<Reason, { readonly detail: string }>

function lostText(reason: Lost): Text {
  const { detail } = reason
  switch (reason.kind) {
    case 'credentials-expired':
      return {
        en: `The AWS credentials expired during the watch; the rollout goes on. Let them live longer than wait-for-minutes (role-duration-seconds of aws-actions/configure-aws-credentials, up to the maximum session duration of the role). AWS said: ${detail}`,
        ko: `관찰 중에 AWS 자격 증명이 만료되었습니다. 롤아웃은 계속됩니다. 자격 증명의 유효 시간을 wait-for-minutes 값보다 길게 설정합니다(aws-actions/configure-aws-credentials의 role-duration-seconds, 역할의 최대 세션 기간까지). AWS 응답: ${detail}`,
      }
    case 'service-gone':
      return {
        en: `The service can no longer be found. ${detail}`.trim(),
        ko: `서비스를 더 이상 찾을 수 없습니다. ${detail}`.trim(),
      }
    case 'refused':
      return {
        en: `AWS does not let this run read the service any more (${reason.permission}). The rollout goes on. AWS said: ${detail}`,
        ko: `AWS가 서비스 읽기를 거부했습니다(${reason.permission}). 롤아웃은 계속됩니다. AWS 응답: ${detail}`,
      }
    case 'no-answer':
      return {
        en: `AWS gave no answer about the service for ${LOST_AFTER_MS / 60_000} minutes; the rollout goes on. ${detail}`.trim(),
        ko: `${LOST_AFTER_MS / 60_000}분 동안 AWS에서 서비스 정보를 받지 못했습니다. 롤아웃은 계속됩니다. ${detail}`.trim(),
      }
  }
}

/** `family:revision` */
export function nameOf(taskDefinitionArn: string): string {
  return taskDefinitionArn.slice(taskDefinitionArn.lastIndexOf('/') + 1)
}

type Replaced = Extract<
  Reason,
  { readonly kind: `superseded${string}` | 'returning' | 'returned' | 'task-set-removed' | 'not-listed' }
>

function replacedText(reason: Replaced): Text {
  switch (reason.kind) {
    case 'superseded': {
      const by = reason.by === null ? '' : `: ${reason.by}`
      return {
        en: `A newer deployment has taken the place of this one${by}.`,
        ko: `더 새로운 배포가 이 배포를 대체했습니다${by}`,
      }
    }
    case 'returning':
      return {
        en: `An older revision was deployed in place of this one, by hand or by another deployer: ${reason.by} brings back ${nameOf(reason.runs)}.`,
        ko: `누군가 또는 다른 배포 도구가 이 개정 대신 이전 개정을 다시 배포했습니다. 배포: ${reason.by}, 되돌리는 개정: ${nameOf(reason.runs)}`,
      }
    case 'returned':
      return {
        en: `The service runs an older revision again, deployed in place of this one by hand or by another deployer: ${nameOf(reason.runs)} (${reason.by}).`,
        ko: `누군가 또는 다른 배포 도구가 이 개정 대신 이전 개정을 다시 배포하여 서비스가 이전 개정을 실행하고 있습니다: ${nameOf(reason.runs)}(${reason.by})`,
      }
    case 'superseded-by-task-set':
      return {
        en: `A newer task set has taken the place of this one: ${reason.id}.`,
        ko: `더 새로운 태스크 세트가 이 태스크 세트를 대체했습니다: ${reason.id}`,
      }
    case 'task-set-removed':
      return { en: `The task set is being removed: ${reason.id}.`, ko: `태스크 세트가 제거되고 있습니다: ${reason.id}` }
    case 'not-listed':
      return {
        en: `The service has no deployment of ${reason.wanted}: whoever was to start it did not. Its primary deployment is ${reason.primary}, which runs ${nameOf(reason.runs)}.`,
        ko: `서비스에 찾는 배포가 없습니다: ${reason.wanted}. 배포가 시작되지 않았습니다. 기본 배포: ${reason.primary}, 실행 중인 개정: ${nameOf(reason.runs)}`,
      }
  }
}

type Progress = Extract<Reason, { readonly kind: 'tasks-run' | 'steady' | 'early-success' | 'paused' | 'baking' }>

function progressText(reason: Progress): Text {
  switch (reason.kind) {
    case 'tasks-run': {
      const { running, desired, pending } = reason
      const [more, moreKo] = pending === 0 ? ['', ''] : [`, ${pending} pending`, `, 대기 중: ${pending}`]
      return {
        en: `${running} of ${desired} tasks run${more}.`,
        ko: `실행 중인 태스크: ${running}/${desired}${moreKo}`,
      }
    }
    case 'steady': {
      const { running, desired } = reason
      if (desired === 0) return NOTHING_TO_START
      return {
        en: `All ${desired} tasks of this deployment run.`,
        ko: `이 배포의 모든 태스크가 실행 중입니다: ${running}/${desired}`,
      }
    }
    case 'early-success':
      return {
        en: `ECS calls the deployment successful, but only ${reason.running} of ${reason.desired} tasks run.`,
        ko: `ECS는 배포를 성공으로 표시하지만 모든 태스크가 실행 중이지는 않습니다: ${reason.running}/${reason.desired}`,
      }
    case 'paused':
      return {
        en: `The deployment is paused by a lifecycle hook (${reason.hook}) until somebody calls ContinueServiceDeployment.`,
        ko: `수명 주기 후크로 배포가 일시 중지되었습니다(${reason.hook}). ContinueServiceDeployment 호출을 기다립니다.`,
      }
    case 'baking': {
      const { minutes } = reason
      const [time, timeKo] = minutes === null ? ['', ''] : [` (${minutes} min)`, ` (${minutes}분)`]
      return {
        en: `The new tasks have the traffic, and ECS waits for the bake time${time} to pass.`,
        ko: `새 태스크가 트래픽을 받고 있으며 베이크 시간이 지나기를 기다립니다${timeKo}.`,
      }
    }
  }
}

const NOTHING_TO_START: Text = {
  en: 'The service wants no tasks; there was nothing to start.',
  ko: '원하는 태스크 수가 0이므로 시작할 태스크가 없습니다.',
}

function outOfTimeText(status: Reason, state: Rollout): Text {
  const { en, ko } = durationText((state.plan.deadlineAt - state.plan.beganAt) / 1_000)
  const before = textOf(status, state)
  const ended: Text = {
    en: `The rollout had not ended after ${en} (wait-for-minutes); it goes on without being watched. ${before.en}`,
    ko: `지정한 시간(wait-for-minutes: ${ko}) 안에 롤아웃이 끝나지 않았습니다. 롤아웃은 관찰 없이 계속됩니다. ${before.ko}`,
  }
  return joined(ended, waitingText(state))
}

function joined(one: Text, other: Text | null): Text {
  return other === null ? one : { en: `${one.en} ${other.en}`, ko: `${one.ko} ${other.ko}` }
}

export function cannotSucceedText(why: CannotSucceed): Text {
  switch (why.kind) {
    case 'same-answer': {
      const { title } = LABELS[why.label]
      return {
        en: `${why.tasks} tasks got the same answer, which does not pass by itself: ${title.en}.`,
        ko: `태스크 ${why.tasks}개가 같은 이유로 실패했으며 저절로 해결되지 않습니다: ${title.ko}.`,
      }
    }
    case 'refused-again': {
      const { title } = LABELS[why.label]
      return {
        en: `ECS cannot make a task and gave the same reason again, which does not pass by itself: ${title.en}.`,
        ko: `ECS가 태스크를 만들지 못하고 같은 이유를 반복했으며 저절로 해결되지 않습니다: ${title.ko}.`,
      }
    }
    case 'every-subnet': {
      const ids = why.subnetIds.join(', ')
      return {
        en: `No task of this deployment has started, and starts fail in every subnet of the service (${ids}).`,
        ko: `이 배포의 태스크가 하나도 시작되지 않았고 서비스의 모든 서브넷에서 실패합니다(${ids}).`,
      }
    }
    case 'every-start':
      return {
        en: `No task of this deployment has started: ${why.starts} starts failed, wherever ECS placed them.`,
        ko: `이 배포의 태스크가 하나도 시작되지 않았습니다. 배치된 모든 위치에서 시작에 실패했습니다(${why.starts}회).`,
      }
    case 'deadlock':
      return {
        en: 'The percentages of the service let ECS neither stop nor start a task, and no task of this deployment will start until they are changed.',
        ko: '서비스의 비율 설정 때문에 ECS가 태스크를 중지할 수도 시작할 수도 없으며, 설정을 바꾸기 전에는 이 배포의 태스크가 시작되지 않습니다.',
      }
    case 'crash-loop':
      return {
        en: `${why.tasks} tasks of this deployment started and ended again, and none stays up.`,
        ko: `이 배포의 태스크 ${why.tasks}개가 시작된 뒤 종료되었고 계속 실행되는 태스크가 없습니다.`,
      }
  }
}
