/** The steps as lines: what is said of each that is not simply in order, and in one line all that are. */
import { grouped } from '../../domain/collections.ts'
import type { Report, Step, Unknown } from '../../domain/report.ts'
import type { StepId } from '../../domain/step.ts'
import type { Language } from '../../domain/text.ts'
import { andMore, ignoredTitle } from '../text/words.ts'
import type { Inline, StepLine } from './blocks.ts'
import { STATE_SIGNS } from './signs.ts'

/** Of one step; its findings stand below with all that belongs to them. */
const NOTES = 3

export function stepLines(report: Report, language: Language): readonly StepLine[] {
  const all = report.steps.map((step) => ({ step, notes: notesOf(report, step, language) }))
  const isPlain = ({ step: { state }, notes }: (typeof all)[number]) =>
    notes.length === 0 && (state === 'ok' || state === 'skipped')
  const loud = grouped(
    all.filter((one) => !isPlain(one)),
    ({ step, notes }) => keyOf(report, step, notes.length),
  )
  const plain = grouped(all.filter(isPlain), ({ step }) => step.state)
  return [...loud.values(), ...['ok', 'skipped'].flatMap((state) => [plain.get(state) ?? []])].flatMap((own) => {
    const [first] = own
    if (first === undefined) return []
    const { state } = first.step
    // A tick before advice would be a lie, and a cross one, too.
    const sign = state === 'ok' && first.notes.length > 0 ? 'advice' : STATE_SIGNS[state]
    return [{ titles: own.map(({ step }) => step.title[language]), state, sign, notes: first.notes }]
  })
}

/** Steps that the same missing fact keeps from being judged, and nothing else is said of, are one line. */
function keyOf(report: Report, { id, state }: Step, notes: number): string {
  const unknown = state === 'unknown' && notes === 1 ? missedAt(report, id) : undefined
  return unknown === undefined ? id : `unknown ${report.unknowns.indexOf(unknown)}`
}

/** What could not be read there, its findings, those that are ignored, and how a rollout failed. */
export function notesOf(report: Report, { id, state }: Step, language: Language): readonly Inline[] {
  const unknown = state === 'unknown' ? missedAt(report, id) : undefined
  const open = report.findings.filter(({ step }) => step === id)
  const ignored = report.ignored.filter(({ step }) => step === id)
  const failure = report.rollout?.failures.find(({ step }) => step === id)
  const notes: readonly Inline[] = [
    ...(unknown === undefined ? [] : [unknown.because[language]]),
    ...open.map(({ title, subject }): Inline => [`${title[language]} (`, { code: subject }, ')']),
    ...ignored.map(({ title, subject }): Inline => [`${ignoredTitle(title)[language]} (`, { code: subject }, ')']),
    ...(failure === undefined ? [] : [failure.title[language]]),
  ]
  const rest = notes.length - NOTES
  return rest > 1 ? [...notes.slice(0, NOTES), andMore(rest)[language]] : notes
}

/** What could not be read there, else what the paths to there ended at. */
function missedAt({ unknowns }: Report, id: StepId): Unknown | undefined {
  const missed = unknowns.filter(({ matters }) => matters)
  return missed.find(({ step }) => step === id) ?? missed.find(({ beyond = [] }) => beyond.includes(id))
}
