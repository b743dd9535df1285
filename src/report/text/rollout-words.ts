/** Words of the rollout section. */

import type { Finding } from '../../domain/report.ts'
import { CONFIDENCES, type Confidence, type RolloutPhase } from '../../domain/rollout.ts'
import type { Text } from '../../domain/text.ts'
import { durationText } from '../../rollout/timing/duration.ts'

/** In a word, beside the name of what it is about. */
export const PHASES: Readonly<Record<RolloutPhase, Text>> = {
  rolling: { en: 'rolling', ko: '진행 중' },
  steady: { en: 'steady', ko: '안정 상태' },
  failed: { en: 'failed', ko: '실패' },
  'rolling-back': { en: 'rolling back', ko: '롤백 중' },
  'rolled-back': { en: 'rolled back', ko: '롤백됨' },
  'not-started': { en: 'not started', ko: '시작되지 않음' },
  superseded: { en: 'superseded', ko: '새 배포로 대체됨' },
  'timed-out': { en: 'timed out', ko: '시간 초과' },
  lost: { en: 'contact lost', ko: '연결 끊김' },
  cancelled: { en: 'cancelled', ko: '취소됨' },
}

/** How it ended, as a heading. What ended before the rollout did is the watch. */
export const OUTCOMES: Readonly<Record<RolloutPhase, Text>> = {
  rolling: { en: 'Rollout under way', ko: '롤아웃 진행 중' },
  steady: { en: 'Rollout steady', ko: '롤아웃 완료' },
  failed: { en: 'Rollout failed', ko: '롤아웃 실패' },
  'rolling-back': { en: 'Rollout being rolled back', ko: '롤아웃 롤백 중' },
  'rolled-back': { en: 'Rollout rolled back', ko: '롤아웃 롤백됨' },
  'not-started': { en: 'Rollout never started', ko: '롤아웃 시작되지 않음' },
  superseded: { en: 'Rollout superseded', ko: '롤아웃이 새 배포로 대체됨' },
  'timed-out': { en: 'Rollout not over in time', ko: '롤아웃 시간 초과' },
  lost: { en: 'Contact with the rollout lost', ko: '롤아웃 관찰 끊김' },
  cancelled: { en: 'Watch cancelled', ko: '관찰 취소됨' },
}

export const ROLLOUT_WORDS = {
  title: { en: 'Rollout', ko: '롤아웃' },
  cause: { en: 'Cause', ko: '원인' },
  slow: { en: 'Slow', ko: '지연' },
  pasteNextTime: {
    en: 'Paste this so that it does not happen again',
    ko: '다시 발생하지 않게 하려면 아래 명령을 붙여 넣습니다',
  },
  otherImage: {
    en: 'The rollout went through, but not every task runs the image that was wanted',
    ko: '롤아웃은 완료되었지만 일부 태스크가 다른 이미지를 실행합니다',
  },
  advice: { en: 'What to do', ko: '해결 방법' },
  lastLines: { en: 'The container wrote last', ko: '컨테이너의 마지막 로그' },
  measured: { en: 'Measured', ko: '측정 결과' },
  subnet: { en: 'Subnet', ko: '서브넷' },
  zone: { en: 'Zone', ko: '가용 영역' },
  tasks: { en: 'Tasks', ko: '태스크' },
  failed: { en: 'Failed', ko: '실패' },
  succeeded: { en: 'Started', ko: '시작됨' },
  said: { en: 'What ECS said', ko: 'ECS 메시지 원문' },
  time: { en: 'Time', ko: '시간' },
  phase: { en: 'Phase', ko: '단계' },
  phases: { en: 'Where the time went', ko: '단계별 소요 시간' },
  suspicions: { en: 'Suspected early', ko: '조기 의심' },
  notes: { en: 'Notes', ko: '참고' },
  logs: { en: 'Last lines of the containers', ko: '컨테이너의 마지막 로그' },
  noLines: { en: 'It wrote nothing.', ko: '남긴 로그가 없습니다.' },
  watched: { en: 'How it was watched', ko: '관찰 기록' },
} as const satisfies Readonly<Record<string, Text>>

/** What stands before a cause; one that explains only a part of the failures says which part. */
export function causeLead(confidence: Confidence, explained = 0, all = 0): Text {
  const { en, ko } = CONFIDENCES[confidence]
  const [of, ofKo] =
    explained === all ? ['', ''] : [` of ${explained} of ${all} failures`, `실패 ${all}건 중 ${explained}건의 `]
  return { en: `${ROLLOUT_WORDS.cause.en}${of} (${en})`, ko: `${ofKo}${ROLLOUT_WORDS.cause.ko}(${ko})` }
}

/** A failure that stays when the causes are mended. */
export function notExplained(title: Text, count: number, places: readonly string[]): Text {
  const where = places.length === 0 ? '' : `, ${places.join(', ')}`
  return {
    en: `Not explained by it: ${title.en} (${count} ${count === 1 ? 'failure' : 'failures'}${where})`,
    ko: `이 원인으로 설명되지 않는 실패: ${title.ko} (${count}건${where})`,
  }
}

/** ECS API Reference, ServiceDeployment, `status`: those in which one ends. */
const ENDS: Readonly<Record<string, Text>> = {
  SUCCESSFUL: { en: 'successful', ko: '성공' },
  STOPPED: { en: 'stopped', ko: '중지됨' },
  ROLLBACK_SUCCESSFUL: { en: 'rolled back', ko: '롤백됨' },
  ROLLBACK_FAILED: { en: 'rollback failed', ko: '롤백 실패' },
}

export function endWords(status: string): Text {
  return ENDS[status] ?? { en: status, ko: status }
}

/** The end, what went wrong, and the finding behind it, in one sentence; with how many of all failures it explains, where it leaves some. */
export function outcomeLine(
  phase: RolloutPhase,
  title: Text,
  cause: Pick<Finding, 'title' | 'subject'> | null,
  explained: { readonly some: number; readonly all: number } | null = null,
): Text {
  const { en, ko } = OUTCOMES[phase]
  const [part, partKo] =
    explained === null
      ? ['', '']
      : [
          `, cause of ${explained.some} of ${explained.all} failures`,
          `, 실패 ${explained.all}건 중 ${explained.some}건의 원인`,
        ]
  const line = (end: string, what: string, why: string | undefined, of: string) =>
    `${end}: ${what.replace(/\.$/, '')}${why === undefined ? '' : ` (${why}, ${cause?.subject}${of})`}.`
  return { en: line(en, title.en, cause?.title.en, part), ko: line(ko, title.ko, cause?.title.ko, partKo) }
}

/** Above commands that leave some of the failures as they are. */
export function pasteForSome(some: number, all: number): Text {
  return {
    en: `Paste this to fix ${some} of ${all} failures (bash or zsh)`,
    ko: `아래 명령을 붙여 넣으면 실패 ${all}건 중 ${some}건이 해결됩니다(bash 또는 zsh)`,
  }
}

export function steadyBut(failed: number, all: number): Text {
  return {
    en: `The rollout went through, but ${failed} of ${all} tasks failed`,
    ko: `롤아웃은 완료되었지만 태스크 ${all}개 중 ${failed}개가 실패했습니다`,
  }
}

export function suspected({ en, ko }: Text): Text {
  return { en: `Suspected: ${en}`, ko: `의심되는 원인: ${ko}` }
}

/** Of a rollout that went well: what preflight found and nobody has mended. */
export function stillOpen({ en, ko }: Text): Text {
  return { en: `Still open: ${en}`, ko: `남아 있는 문제: ${ko}` }
}

export function foundToo(title: Text, subject: string): Text {
  return { en: `Found by preflight: ${title.en} (${subject})`, ko: `preflight에서 발견: ${title.ko} (${subject})` }
}

/** Where, as long as the list is short. */
export function tasksFailed(failed: number, all: number, places: readonly string[], title: Text | null): Text {
  const few = places.length > 3 ? '' : places.join(', ')
  const [many, manyKo] = places.length > 3 ? [` in ${places.length} subnets`, `, 서브넷 ${places.length}개`] : ['', '']
  const [why, whyKo] = title === null ? ['', ''] : [`: ${title.en}`, `: ${title.ko}`]
  return {
    en: `${failed} of ${all} tasks failed${few === '' ? many : ` in ${few}`}${why}.`,
    ko: `태스크 ${all}개 중 ${failed}개 실패${few === '' ? manyKo : `, ${few}`}${whyKo}.`,
  }
}

export function tally(started: number, failed: number, seconds: number | null): Text {
  const time = seconds === null ? null : durationText(seconds)
  return {
    en: `${started} ${started === 1 ? 'task' : 'tasks'}, ${failed} failed${time === null ? '' : ` · ${time.en}`}`,
    ko: `태스크 ${started}개, 실패 ${failed}개${time === null ? '' : ` · ${time.ko}`}`,
  }
}
