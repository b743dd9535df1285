/** The whole report as blocks: what it says, and in which order. */
import type { Finding, Report, Step, Unknown } from '../../domain/report.ts'
import type { StepId } from '../../domain/step.ts'
import type { Language } from '../../domain/text.ts'
import { PICTURE_WORDS } from '../diagrams/picture-words.ts'
import { ROLLOUT_WORDS } from '../text/rollout-words.ts'
import { clean } from '../text/untrusted.ts'
import { clip } from '../text/width.ts'
import { andMore, forecastWords, ignoredTitle, minutes, VERDICTS, WORDS } from '../text/words.ts'
import {
  type Amount,
  code,
  field,
  list,
  type ReportDocument,
  type Section,
  type Span,
  section,
  table,
  text,
} from './blocks.ts'
import { findingCard } from './finding.ts'
import { headOf } from './head.ts'
import { rolloutSections } from './rollout.ts'
import { VERDICT_SIGNS } from './signs.ts'
import { groupUnknowns, missingStatement } from './unknowns.ts'

export function documentOf(report: Report, language: Language, amount: Amount): ReportDocument {
  return {
    head: headBlocks(report, language),
    sections: [
      ...rolloutSections(report, language, amount),
      ...stepsSection(report, language),
      ...gridSection(report, language),
      ...findingsSection(report, language, amount),
      ...forecastSection(report, language),
      ...unknownsSection(report, language),
      ...ignoredSection(report, language),
    ],
  }
}

/** Short whatever the report holds, so that the verdict always fits. */
function brief(words: string, atMost = 300): string {
  return clip(clean(words), atMost)
}

/** Above this, the commands stand at their findings only. */
const PASTED = 8_000

function headBlocks(report: Report, language: Language): ReportDocument['head'] {
  const { target, verdict, mode, rollout } = report
  const { step, title, sentence, because, lastLines, counts, paste, commands, advice } = headOf(report)
  const tally = counts[language]
  const names = [target.cluster, target.service, target.taskDefinition, target.region, target.accountId ?? '']
  const about: readonly Span[] = [
    ...names.filter((name) => name !== '').map((name) => ({ code: brief(name) })),
    brief(mode),
    // A rollout is what the head is about; what preflight counted is beside it.
    ...(rollout === undefined || tally === '' ? [] : [tally]),
  ]
  const blocks = [
    text(brief(sentence[language], 700) + (tally === '' || rollout !== undefined ? '' : ` (${tally})`)),
    ...because.map((line) => text(brief(line[language]), 'cause')),
    field(
      ROLLOUT_WORDS.lastLines[language],
      code(
        lastLines.map((line) => brief(line)),
        '',
      ),
    ),
    commands.join('\n').length > PASTED ? null : field(paste[language], code(commands, 'sh')),
    field(
      ROLLOUT_WORDS.advice[language],
      list(
        advice.map((line) => brief(line[language])),
        true,
      ),
    ),
    text(
      about.flatMap((one, at) => (at === 0 ? [one] : [' · ', one])),
      'quiet',
    ),
  ]
  return {
    sign: VERDICT_SIGNS[verdict],
    verdict: VERDICTS[verdict][language],
    step: step === null ? null : brief(step[language]),
    title: title === null ? null : brief(title[language]),
    blocks: blocks.filter((block) => block !== null),
  }
}

function stepsSection(report: Report, language: Language): readonly Section[] {
  if (report.steps.length === 0) return []
  const steps = report.steps.map((step) => ({
    title: step.title[language],
    state: step.state,
    note: noteOf(report, step, language),
  }))
  return section(WORDS.steps[language], [{ kind: 'steps', steps }])
}

/** What is said of a step: its worst finding, the failure of a rollout, or what could not be read. */
export function noteOf(report: Report, { id, state }: Step, language: Language): string | null {
  if (state === 'unknown') return missedAt(report, id)?.because[language] ?? null
  const isHere = ({ step }: Finding) => step === id
  const own = report.findings.some(isHere) ? report.findings.filter(isHere) : report.ignored.filter(isHere)
  const more = own.length > 1 ? ` (${andMore(own.length - 1)[language]})` : ''
  if (own[0] !== undefined) return (state === 'ignored' ? ignoredTitle(own[0].title) : own[0].title)[language] + more
  const failure = report.rollout?.failures.find(({ step }) => step === id)
  return failure === undefined ? null : failure.title[language]
}

/** What could not be read there, else what the paths to there ended at. */
function missedAt({ unknowns }: Report, id: StepId): Unknown | undefined {
  const missed = unknowns.filter(({ matters }) => matters)
  return missed.find(({ step }) => step === id) ?? missed.find(({ beyond = [] }) => beyond.includes(id))
}

function gridSection(report: Report, language: Language): readonly Section[] {
  const { paths } = report
  if (paths.length === 0) return []
  return [
    ...section(WORDS.grid[language], [{ kind: 'grid', paths }]),
    ...section(PICTURE_WORDS.map[language], [{ kind: 'picture', of: 'network', report }], { id: 'map' }),
  ]
}

function findingsSection(report: Report, language: Language, { affected }: Amount): readonly Section[] {
  const cards = report.findings.map((finding, at) =>
    findingCard(report, finding, language, { number: at + 1, affected }),
  )
  return section(`${WORDS.findings[language]} (${cards.length})`, cards, { id: 'findings' })
}

/** Of a rollout that has happened there is nothing to foretell: what was measured stands beside the forecast. */
function forecastSection({ forecast, rollout }: Report, language: Language): readonly Section[] {
  if (forecast === null || rollout !== undefined) return []
  const [expected, clean] = [minutes(forecast.expectedMinutes, language), minutes(forecast.cleanMinutes, language)]
  return section(WORDS.forecast[language], [
    text(forecastWords(forecast.expectedFailedTasks, expected, clean)[language], 'lead'),
    list(forecast.basis.map((line) => line[language])),
  ])
}

function unknownsSection({ unknowns, target }: Report, language: Language): readonly Section[] {
  const rows = groupUnknowns(unknowns).map(({ because, permission, matters, checks }) => ({
    sign: 'unknown' as const,
    cells: [
      because[language] + (matters ? '' : ` (${WORDS.harmless[language]})`),
      permission === null ? '' : [{ code: permission }],
      checks.flatMap((check, at): readonly Span[] => (at === 0 ? [{ code: check }] : [', ', { code: check }])),
    ],
  }))
  const statement = missingStatement(unknowns, target.region)
  return section(`${WORDS.unknowns[language]} (${rows.length})`, [
    table([WORDS.because[language], WORDS.permission[language], WORDS.check[language]], rows),
    field(WORDS.allow[language], statement === null ? null : code([statement], 'json')),
  ])
}

function ignoredSection({ ignored }: Report, language: Language): readonly Section[] {
  const rows = ignored.map(({ check, title, subject, reason }) => ({
    sign: 'ignored' as const,
    cells: [[`${title[language]} (`, { code: check }, ')'], [{ code: subject }], reason],
  }))
  const heads = [WORDS.result[language], WORDS.subject[language], WORDS.reason[language]]
  return section(`${WORDS.ignored[language]} (${ignored.length})`, [table(heads, rows)])
}
