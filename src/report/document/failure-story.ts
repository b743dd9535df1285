/** One failure of a rollout in lines of plain text: what, where, why, what ECS said, what to do. */
import { CONFIDENCES, type RolloutFailure } from '../../domain/rollout.ts'
import type { Language } from '../../domain/text.ts'
import { ROLLOUT_WORDS } from '../text/rollout-words.ts'
import { reasonsOf } from './failure-groups.ts'

export function failureStory(failure: RolloutFailure, language: Language): readonly string[] {
  const { taskId, subnetId, title, cause, causeSubject, confidence, text, remedy } = failure
  const who = [taskId, subnetId].filter((part) => part !== null).join(', ')
  const behind = [cause, causeSubject].filter((part) => part !== null).join(' ')
  return [
    `${title[language]}${who === '' ? '' : ` (${who})`}`,
    ...(behind === '' ? [] : [`${ROLLOUT_WORDS.cause[language]}: ${behind} (${CONFIDENCES[confidence][language]})`]),
    ...reasonsOf(failure).map((reason) => `- ${reason[language]}`),
    `${ROLLOUT_WORDS.said[language]}: ${text}`,
    ...(remedy.length === 0 ? [] : [`${ROLLOUT_WORDS.advice[language]}:`]),
    ...remedy.map((one, at) => `${at + 1}. ${one[language]}`),
  ]
}
