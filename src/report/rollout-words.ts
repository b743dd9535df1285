/** Words of the rollout section. */
import type { RolloutPhase } from '../domain/rollout.ts'
import type { Text } from '../domain/text.ts'

export const PHASES: Readonly<Record<RolloutPhase, Text>> = {
  rolling: { en: 'rolling', ko: '진행 중' },
  steady: { en: 'steady', ko: '안정 상태' },
  failed: { en: 'failed', ko: '실패' },
  'rolling-back': { en: 'rolling back', ko: '롤백 중' },
  'rolled-back': { en: 'rolled back', ko: '롤백됨' },
  superseded: { en: 'superseded', ko: '새 배포로 대체됨' },
  'timed-out': { en: 'timed out', ko: '시간 초과' },
  lost: { en: 'contact lost', ko: '연락 끊김' },
  cancelled: { en: 'cancelled', ko: '취소됨' },
}

export const ROLLOUT_WORDS = {
  title: { en: 'Rollout', ko: '롤아웃' },
  subnet: { en: 'Subnet', ko: '서브넷' },
  zone: { en: 'Zone', ko: '가용 영역' },
  started: { en: 'started', ko: '시작' },
  failed: { en: 'failed', ko: '실패' },
  succeeded: { en: 'succeeded', ko: '성공' },
  failures: { en: 'Failures', ko: '실패한 시작' },
  cause: { en: 'Cause', ko: '원인' },
  said: { en: 'ECS said', ko: 'ECS 메시지' },
  slow: { en: 'Slow', ko: '지연' },
  logs: { en: 'Last lines of the containers', ko: '컨테이너의 마지막 로그' },
} as const satisfies Readonly<Record<string, Text>>

export const CONFIDENCES = {
  proved: { en: 'proved', ko: '입증됨' },
  likely: { en: 'likely', ko: '가능성 높음' },
  possible: { en: 'possible', ko: '가능성 있음' },
} as const satisfies Readonly<Record<string, Text>>

export function tally(started: number, failed: number, seconds: number | null): Text {
  const time = seconds === null ? '' : ` · ${seconds} s`
  const timeKo = seconds === null ? '' : ` · ${seconds}초`
  return {
    en: `${started} tasks started, ${failed} failed${time}`,
    ko: `시작한 태스크 ${started}개, 실패 ${failed}개${timeKo}`,
  }
}
