/** How a rollout ended, as one annotation: what happened, the failure that most starts had, its cause, and what to do. */
import type { Report } from '../../domain/report.ts'
import type { RolloutFailure, RolloutReport } from '../../domain/rollout.ts'
import type { Language } from '../../domain/text.ts'
import { failureStory } from '../document/failure.ts'
import type { Locate } from '../source-lines/locate.ts'
import { PHASES, ROLLOUT_WORDS, tally } from '../text/rollout-words.ts'

export interface RolloutTold {
  readonly level: 'error' | 'warning'
  readonly title: string
  readonly lines: readonly string[]
  /** The failure's own, else that of the finding behind it. */
  readonly place: ReturnType<Locate>
}

/** Null without a rollout, and for one that went well. A step that fails for want of a known end has an error, too. */
export function rolloutTold(report: Report, language: Language, locate: Locate): RolloutTold | null {
  const { rollout } = report
  if (rollout === undefined) return null
  const { phase, because, tasks, seconds, failures, situations, slow } = rollout
  const isOther = situations.some(({ kind }) => kind === 'other-image')
  if (phase === 'steady' && failures.length === 0 && !slow.is && !isOther) return null
  const main = commonest(failures)
  const lead = `${ROLLOUT_WORDS.title[language]}: ${PHASES[phase][language]}`
  return {
    level: phase === 'steady' ? 'warning' : 'error',
    title: main === null ? lead : `${lead} (${main.title[language]})`,
    lines: [
      because[language],
      ...situations.map(({ what }) => what[language]),
      tally(tasks.started, tasks.failed, seconds)[language],
      ...(main === null ? [] : failureStory(main, report.findings, language)),
      ...slowLines(rollout, language),
    ],
    place: main === null ? null : placeOf(main, report, locate),
  }
}

/** Of the same label and cause; the first of those where two are as many. */
function commonest(failures: readonly RolloutFailure[]): RolloutFailure | null {
  const alike = ({ label, cause }: RolloutFailure) =>
    failures.filter((other) => other.label === label && other.cause === cause).length
  return failures.reduce<RolloutFailure | null>(
    (most, failure) => (most === null || alike(failure) > alike(most) ? failure : most),
    null,
  )
}

function slowLines({ slow }: RolloutReport, language: Language): readonly string[] {
  if (!slow.is) return []
  const setting = slow.setting === null ? [] : [slow.setting[language]]
  return [`${ROLLOUT_WORDS.slow[language]}: ${slow.because[language]}`, ...setting]
}

function placeOf(failure: RolloutFailure, { findings }: Report, locate: Locate): ReturnType<Locate> {
  const own = locate(failure)
  if (own !== null) return own
  const { cause, causeSubject } = failure
  const behind = findings.find(({ check, subject }) => check === cause && subject === causeSubject)
  return behind === undefined ? null : locate(behind)
}
