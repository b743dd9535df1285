/** Several services at once: what came out, in one sentence and one table with the worst first, and what mends each. */
import { worstServices } from '../../checks/engine/services.ts'
import { distinct } from '../../domain/collections.ts'
import type { Report, Verdict } from '../../domain/report.ts'
import type { ServicesReport } from '../../domain/services-report.ts'
import type { Language, Text } from '../../domain/text.ts'
import { durationText } from '../../rollout/timing/duration.ts'
import { ROLLOUT_WORDS } from '../text/rollout-words.ts'
import { clean } from '../text/untrusted.ts'
import { clip } from '../text/width.ts'
import { andMore, servicesSentence, VERDICTS, WORDS } from '../text/words.ts'
import { type Block, code, field, type ReportDocument, type Span, type TableRow, table, text } from './blocks.ts'
import { headOf } from './head.ts'
import { VERDICT_SIGNS } from './signs.ts'

/** What one looks at, and what a comment has room for; the reports below have all. */
const ROWS = 50
const LONGEST = 240
/** Above this, the commands stand in the reports only. */
const PASTED = 8_000

export function overviewOf(report: ServicesReport, language: Language): ReportDocument['head'] {
  const rows = rowsOf(report, language)
  const rest = rows.length - ROWS
  const blocks = [
    text(brief(servicesSentence(countsOf(report))[language])),
    table(
      [WORDS.service, WORDS.verdict, ROLLOUT_WORDS.time, WORDS.result].map((word) => word[language]),
      rows.slice(0, ROWS),
    ),
    rest > 0 ? text(andMore(rest)[language], 'quiet') : null,
    ...fixes(report, language),
    text(about(report), 'quiet'),
  ]
  return {
    sign: VERDICT_SIGNS[report.verdict],
    verdict: VERDICTS[report.verdict][language],
    step: null,
    title: null,
    blocks: blocks.filter((block) => block !== null),
  }
}

/** All of it in one sentence: how many came to what, and of the worst its headline. */
export function overviewLine(report: ServicesReport): Text {
  const counts = servicesSentence(countsOf(report))
  const worst = worstOf(report)
  if (worst === null || report.verdict === 'pass') return counts
  return { en: `${counts.en} ${worst.en}`, ko: `${counts.ko} ${worst.ko}` }
}

/** The commands that mend them, each once, those of the worst service first. */
export function fixOfServices(report: ServicesReport): readonly string[] {
  return distinct(worstServices(report).flatMap((one) => headOf(one).commands))
}

/** The step of the worst service that has one. */
export function failingStepOf(report: ServicesReport): Report['failingStep'] {
  return worstServices(report).find(({ failingStep }) => failingStep !== null)?.failingStep ?? null
}

/** A failed rollout is told before a service that nobody could watch, and that before the rest. */
function worstOf(report: ServicesReport): Text | null {
  const [worst] = worstServices(report)
  const [missing] = report.missing
  const of = (service: string, { en, ko }: Text) => ({ en: `${service}: ${en}`, ko: `${service}: ${ko}` })
  if (missing !== undefined && worst?.enforced !== true) return of(missing.service, missing.because)
  return worst === undefined ? null : of(worst.target.service, headOf(worst).line)
}

function countsOf({ services, missing }: ServicesReport): Readonly<Record<Verdict | 'missing', number>> {
  const count = (wanted: Verdict) => services.filter(({ verdict }) => verdict === wanted).length
  return {
    fail: count('fail'),
    unknown: count('unknown'),
    warn: count('warn'),
    pass: count('pass'),
    missing: missing.length,
  }
}

function rowsOf(report: ServicesReport, language: Language): readonly TableRow[] {
  const services = worstServices(report)
  const watched = services.map((one): TableRow => {
    const seconds = one.rollout?.seconds ?? null
    return {
      sign: VERDICT_SIGNS[one.verdict],
      cells: [
        [{ code: brief(one.target.service) }],
        VERDICTS[one.verdict][language],
        seconds === null ? '' : durationText(seconds)[language],
        brief(headOf(one).line[language]),
      ],
    }
  })
  const missing = report.missing.map(({ service, because }): TableRow => {
    const words = [VERDICTS.unknown[language], '', brief(because[language])]
    return { sign: 'unknown', cells: [[{ code: brief(service) }], ...words] }
  })
  const failed = services.filter(({ enforced }) => enforced).length
  return [...watched.slice(0, failed), ...missing, ...watched.slice(failed)]
}

/** By service; a command that an earlier one has is not pasted twice. */
function fixes(report: ServicesReport, language: Language): readonly (Block | null)[] {
  if (fixOfServices(report).join('\n').length > PASTED) return []
  const pasted = new Set<string>()
  return worstServices(report).map((one) => {
    const { commands, paste } = headOf(one)
    const own = commands.filter((command) => !pasted.has(command))
    for (const command of own) pasted.add(command)
    return field([{ code: brief(one.target.service) }, `: ${paste[language]}`], code(own, 'sh'))
  })
}

function about({ services, mode }: ServicesReport): readonly Span[] {
  const places = services.map(({ target }) => target)
  const names = (['cluster', 'region', 'accountId'] as const).flatMap((member) =>
    distinct(places.map((place) => place[member] ?? '')).filter((name) => name !== ''),
  )
  return [...names.flatMap((name) => [{ code: brief(name) }, ' · ']), brief(mode)]
}

function brief(words: string): string {
  return clip(clean(words), LONGEST)
}
