/** What is good, bad or unknown in a report, as one of few signs; each medium draws them in its own way. */
import type { Outcome } from '../../domain/path.ts'
import type { Severity, Verdict } from '../../domain/report.ts'
import type { StepState } from '../../domain/step.ts'

export type Sign = 'good' | 'notice' | 'shaky' | 'bad' | 'unknown' | 'ignored' | 'advice' | 'none'

export const VERDICT_SIGNS: Readonly<Record<Verdict, Sign>> = {
  pass: 'good',
  warn: 'notice',
  fail: 'bad',
  unknown: 'unknown',
}

export const STATE_SIGNS: Readonly<Record<StepState, Sign>> = {
  failed: 'bad',
  unknown: 'unknown',
  warning: 'notice',
  ignored: 'ignored',
  ok: 'good',
  skipped: 'none',
}

export const OUTCOME_SIGNS: Readonly<Record<Outcome, Sign>> = {
  reachable: 'good',
  degraded: 'notice',
  intermittent: 'shaky',
  blocked: 'bad',
  indeterminate: 'unknown',
}

export const SEVERITY_SIGNS: Readonly<Record<Severity, Sign>> = { blocker: 'bad', warning: 'notice', advice: 'advice' }

/** For what GitHub draws: Markdown and Mermaid. */
export const EMOJI: Readonly<Record<Sign, string>> = {
  good: '✅',
  notice: '⚠️',
  shaky: '🎲',
  bad: '❌',
  unknown: '❔',
  ignored: '🔇',
  advice: '💡',
  none: '➖',
}
