/** The whole report as blocks: what it says, and in which order. */
import type { Report } from '../../domain/report.ts'
import type { Language } from '../../domain/text.ts'
import { PICTURE_WORDS } from '../diagrams/picture-words.ts'
import { forecastWords, minutes, WORDS } from '../text/words.ts'
import {
  type Amount,
  type Blocks,
  fold,
  foldedSection,
  type Inline,
  list,
  type ReportDocument,
  type Section,
  type Span,
  section,
  table,
  text,
} from './blocks.ts'
import { deploymentSections } from './deployment.ts'
import { findingCard } from './finding.ts'
import { headBlocks } from './head-blocks.ts'
import { probeSections } from './probe.ts'
import { rehearsalSections } from './rehearsal.ts'
import { repairsSection } from './repairs.ts'
import { rolloutSections } from './rollout.ts'
import { stepLines } from './steps.ts'
import { isPolicyInHead, policyBlock, unknownsOf } from './unknowns.ts'

export function documentOf(report: Report, language: Language, amount: Amount): ReportDocument {
  return {
    head: headBlocks(report, language),
    sections: [
      ...deploymentSections(report, language, amount),
      ...probeSections(report, language),
      ...rolloutSections(report, language, amount),
      ...rehearsalSections(report, language, amount),
      ...stepsSection(report, language),
      ...gridSection(report, language),
      ...findingsSection(report, language, amount),
      ...repairsSection(report, language),
      ...forecastSection(report, language),
      ...unknownsSection(report, language),
      ...ignoredSection(report, language),
    ],
  }
}

function stepsSection(report: Report, language: Language): readonly Section[] {
  const steps = stepLines(report, language)
  return steps.length === 0 ? [] : section(WORDS.steps[language], [{ kind: 'steps', steps }])
}

/** Where everything goes well, what few look for is there on demand. */
function shownOrFolded(report: Report, title: string, blocks: Blocks, id: string | null = null): readonly Section[] {
  return report.verdict === 'pass' ? foldedSection(title, blocks, { id }) : section(title, blocks, { id })
}

function gridSection(report: Report, language: Language): readonly Section[] {
  const { paths } = report
  if (paths.length === 0) return []
  return [
    ...shownOrFolded(report, WORDS.grid[language], [{ kind: 'grid', paths }], 'grid'),
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
function forecastSection(report: Report, language: Language): readonly Section[] {
  const { forecast, rollout } = report
  if (forecast === null || rollout !== undefined) return []
  const [expected, clean] = [minutes(forecast.expectedMinutes, language), minutes(forecast.cleanMinutes, language)]
  return shownOrFolded(report, WORDS.forecast[language], [
    text(forecastWords(forecast.expectedFailedTasks, expected, clean)[language], 'lead'),
    list(forecast.basis.map((line) => line[language])),
  ])
}

/** What decides, counted as the head counts it; what does not, on demand. */
function unknownsSection(report: Report, language: Language): readonly Section[] {
  const { decisive, harmless } = unknownsOf(report)
  const rows = decisive.map(({ because, permission, checks }) => ({
    sign: 'unknown' as const,
    cells: [
      because[language],
      permission === null ? '' : [{ code: permission }],
      checks.flatMap((check, at): readonly Span[] => (at === 0 ? [{ code: check }] : [', ', { code: check }])),
    ],
  }))
  const rest = harmless.map(({ because, permission }): Inline => {
    return permission === null ? because[language] : [`${because[language]} (`, { code: permission }, ')']
  })
  const name = `${WORDS.harmless[language]} (${harmless.length})`
  return [
    ...section(`${WORDS.unknowns[language]} (${rows.length})`, [
      table([WORDS.because[language], WORDS.permission[language], WORDS.check[language]], rows),
      isPolicyInHead(report) ? null : fold(WORDS.policy[language], [policyBlock(report)]),
    ]),
    ...foldedSection(name, [list(rest)], { isQuiet: true }),
  ]
}

function ignoredSection({ ignored }: Report, language: Language): readonly Section[] {
  const rows = ignored.map(({ check, title, subject, reason }) => ({
    sign: 'ignored' as const,
    cells: [[`${title[language]} (`, { code: check }, ')'], [{ code: subject }], reason],
  }))
  const heads = [WORDS.result[language], WORDS.subject[language], WORDS.reason[language]]
  return section(`${WORDS.ignored[language]} (${ignored.length})`, [table(heads, rows)])
}
