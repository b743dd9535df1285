/** A rollout as test cases, one a step: failed with the cause, passed with what went wrong on the way, skipped where it never came. */
import type { Report, Step } from '../../domain/report.ts'
import type { RolloutFailure, RolloutReport } from '../../domain/rollout.ts'
import { ROLLOUT_STEPS } from '../../domain/step.ts'
import type { Language, Text } from '../../domain/text.ts'
import { failureStory } from '../document/failure.ts'
import { PHASES, ROLLOUT_WORDS } from '../text/rollout-words.ts'
import { type Case, caseOf } from './junit-case.ts'

const NOT_REACHED: Text = {
  en: 'The rollout did not come to this step.',
  ko: '롤아웃이 이 단계까지 진행되지 않았습니다.',
}
/** Failures of one step that are told; hundreds of a crash loop say the same. */
const SHOWN = 10

export function rolloutCases({ steps, rollout, findings }: Report, language: Language): readonly Case[] {
  if (rollout === undefined) return []
  return steps
    .filter(({ id }) => ROLLOUT_STEPS.includes(id))
    .map((step) => {
      const stories = storiesOf(step, rollout, findings, language)
      const [first] = own(step, rollout)
      const ending = `${PHASES[rollout.phase][language]}: ${rollout.because[language]}`
      const hasFailed = step.state === 'failed'
      const message = first === undefined ? ending : first.title[language]
      return caseOf({
        classname: ROLLOUT_WORDS.title[language],
        name: `${step.id}: ${step.title[language]}`,
        failure: hasFailed ? { type: rollout.phase, message, text: [ending, ...stories].join('\n\n') } : null,
        skipped: step.state === 'unknown' ? ending : step.state === 'skipped' ? NOT_REACHED[language] : null,
        told: hasFailed ? [] : stories,
      })
    })
}

/** What ECS gave no step stands at the last one: the rollout did not get steady for it. */
function own({ id }: Step, { failures }: RolloutReport): readonly RolloutFailure[] {
  return failures.filter(({ step }) => (step !== null && ROLLOUT_STEPS.includes(step) ? step : 'steady') === id)
}

function storiesOf(
  step: Step,
  rollout: RolloutReport,
  findings: Report['findings'],
  language: Language,
): readonly string[] {
  const all = own(step, rollout)
  const shown = all.slice(0, SHOWN).map((failure) => failureStory(failure, findings, language).join('\n'))
  return all.length > SHOWN ? [...shown, `+${all.length - SHOWN}`] : shown
}
