/** What a rollout took, against the rollouts before it and against the forecast. */
import type { Forecast, Report } from '../../domain/report.ts'
import type { PastRollout, RolloutPhase, RolloutReport } from '../../domain/rollout.ts'
import type { Text } from '../../domain/text.ts'
import { durationText } from '../../rollout/timing/duration.ts'
import { instantText } from '../json/rollout.ts'
import { endWords, tally } from '../text/rollout-words.ts'
import { minutes } from '../text/words.ts'

export interface Measured {
  /** `2 min 40 s → 15 min, 2 failed starts`. */
  readonly lead: Text
  readonly lines: readonly Text[]
}

/** Null where not even the beginning was seen. */
export function measuredOf({ forecast }: Report, rollout: RolloutReport): Measured | null {
  const { seconds, tasks, history, slow, phase } = rollout
  if (seconds === null) return null
  const [last] = history
  const own = durationText(seconds)
  const isAlike = last?.status === 'SUCCESSFUL' && phase === 'steady' && tasks.started > 0
  const before = last !== undefined && isAlike ? last : null
  const from = before === null ? { en: '', ko: '' } : arrow(durationText(before.seconds))
  const [until, failed] = [UNTIL[phase], failures(rollout)]
  return {
    lead: { en: `${from.en}${own.en}${until.en}, ${failed.en}`, ko: `${from.ko}${own.ko}${until.ko}, ${failed.ko}` },
    lines: [
      ...(last === undefined ? [] : [lastLine(last)]),
      ...(slow.baselineSeconds === null ? [] : [usualLine(slow.baselineSeconds)]),
      ...(forecast === null || !COMPARED.has(phase)
        ? []
        : [
            forecastLine(forecast, {
              en: `${own.en}${until.en}, ${failed.en}`,
              ko: `${own.ko}${until.ko}, ${failed.ko}`,
            }),
          ]),
    ],
  }
}

/** What stands first: without a beginning, only how many tasks there were. */
export function leadOf(measured: Measured | null, { tasks, seconds }: RolloutReport): Text {
  return measured?.lead ?? tally(tasks.started, tasks.failed, seconds)
}

const SO_FAR: Text = { en: ' so far', ko: ' 경과' }
const NOTHING: Text = { en: '', ko: '' }
const UNTIL: Readonly<Record<RolloutPhase, Text>> = {
  steady: NOTHING,
  failed: { en: ' until it failed', ko: ' 만에 실패' },
  'rolled-back': { en: ' until it was rolled back', ko: ' 만에 롤백 완료' },
  superseded: { en: ' until it was superseded', ko: ' 만에 새 배포로 대체' },
  'not-started': NOTHING,
  rolling: SO_FAR,
  'rolling-back': SO_FAR,
  'timed-out': SO_FAR,
  lost: SO_FAR,
  cancelled: SO_FAR,
}

function arrow({ en, ko }: Text): Text {
  return { en: `${en} → `, ko: `${ko} → ` }
}

/** A task that ran before it failed is no failed start. */
function failures({ tasks: { failed }, failures: all }: RolloutReport): Text {
  const ran = all.some(({ step }) => step === 'start' || step === 'health')
  if (ran) return { en: `${failed} failed ${failed === 1 ? 'task' : 'tasks'}`, ko: `실패한 태스크 ${failed}개` }
  return { en: `${failed} failed ${failed === 1 ? 'start' : 'starts'}`, ko: `시작 실패 ${failed}회` }
}

function lastLine({ seconds, status, finishedAt }: PastRollout): Text {
  const [time, end] = [durationText(seconds), endWords(status)]
  const day = instantText(finishedAt)?.slice(0, 10) ?? ''
  return {
    en: `The rollout before it (${day}, ${end.en}): ${time.en}`,
    ko: `직전 롤아웃(${day}, ${end.ko}): ${time.ko}`,
  }
}

function usualLine(seconds: number): Text {
  const time = durationText(seconds)
  return {
    en: `Usual, median of the last successful ones: ${time.en}`,
    ko: `평소(최근 성공한 롤아웃의 중앙값): ${time.ko}`,
  }
}

/** Of what was cut short there is nothing to compare. */
const COMPARED: ReadonlySet<RolloutPhase> = new Set(['steady', 'failed', 'rolled-back', 'timed-out'])

function forecastLine({ expectedMinutes, expectedFailedTasks }: Forecast, measured: Text): Text {
  const tasks = Math.round(expectedFailedTasks * 10) / 10
  return {
    en: `Forecast ${minutes(expectedMinutes, 'en')}, about ${tasks} failed ${tasks === 1 ? 'start' : 'starts'}; measured ${measured.en}`,
    ko: `예측: ${minutes(expectedMinutes, 'ko')}, 시작 실패 약 ${tasks}회 → 측정: ${measured.ko}`,
  }
}
