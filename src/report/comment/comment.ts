/** The report as a comment of a pull request: the verdict, one line a finding, those fixed since struck through, all else folded. */
import { worstFirst } from '../../checks/engine/verdict.ts'
import { CHECKS } from '../../checks/index.ts'
import { distinctBy } from '../../domain/collections.ts'
import type { Report } from '../../domain/report.ts'
import type { RolloutPhase } from '../../domain/rollout.ts'
import { type AnyReport, isOfServices, reportsIn } from '../../domain/services-report.ts'
import type { Language, Text } from '../../domain/text.ts'
import { EMOJI, SEVERITY_SIGNS } from '../document/signs.ts'
import { markdownHalves } from '../markdown/markdown.ts'
import { clean, markdownCode, markdownText } from '../text/untrusted.ts'
import { clip } from '../text/width.ts'
import { SEVERITIES, VERDICTS } from '../text/words.ts'
import { type Compared, compare, markerOfReport, memoryLine, memoryOf, type Told } from './memory.ts'

export interface CommentOptions {
  readonly language: Language
  /** The text of our comment as it stands; null for the first one. */
  readonly earlier: string | null
  /** A commit's hash and the address of the run; empty where there is none. */
  readonly commit: string
  readonly run: string
}

/** GitHub takes 65,536 characters. */
const LONGEST = 65_000
/** Characters of each part of the list. */
const LISTED = 6_000

const WORDS = {
  findings: { en: 'Findings', ko: '발견된 문제' },
  fixed: { en: 'fixed since', ko: '이후 해결됨' },
  unjudged: { en: 'could not be judged this time', ko: '이번에는 판단하지 못함' },
  report: { en: 'The whole report', ko: '전체 보고서' },
  commit: { en: 'Commit', ko: '커밋' },
  run: { en: 'workflow run', ko: '워크플로 실행' },
} as const satisfies Record<string, Text>

const FINE = new Set<RolloutPhase>(['steady', 'superseded'])

/** Whether a report is worth a comment of its own: a finding, a start that failed, a look that nobody had, or a rollout that did not get there. Of one that was superseded the newer one tells. */
export function speaksUp(report: AnyReport): boolean {
  return reportsIn(report).some(isWorthIt) || (isOfServices(report) && report.missing.length > 0)
}

function isWorthIt({ findings, rollout, couldNotLook }: Report): boolean {
  if (couldNotLook !== undefined) return true
  const isTold = rollout !== undefined && (!FINE.has(rollout.phase) || rollout.failures.length > 0)
  return isTold || findings.some(({ severity }) => severity !== 'advice')
}

/** At most 65,000 characters. Begins with the marker of its service, or of its services. */
export function renderComment(report: AnyReport, { language, earlier, commit, run }: CommentOptions): string {
  const compared = compare(memoryOf(earlier ?? ''), report)
  const hidden = [markerOfReport(report), memoryLine(compared)].join('\n')
  const list = findingList(report, compared, language)
  const foot = footOf(commit, run, language)
  const draw = (shown: readonly string[]) => `${[hidden, ...shown, foot].filter((part) => part !== '').join('\n\n')}\n`
  const whole = (atMost: number) => {
    const { head, rest } = markdownHalves(report, { language, atMost })
    const passes = report.verdict === 'pass'
    return draw([head.trimEnd(), ...(passes ? [] : [list]), folded(passes ? [list, rest] : [rest], language)])
  }
  // The limit counts characters and the report bytes, of which one to three make a character: tried, then measured.
  const room = LONGEST - hidden.length - list.length - foot.length - 500
  const wide = whole(room * 3)
  if (wide.length <= LONGEST) return wide
  for (const bytes of [Buffer.byteLength(wide) / wide.length, 1]) {
    const body = whole(Math.floor(room * bytes))
    if (body.length <= LONGEST) return body
  }
  return draw([`## ${VERDICTS[report.verdict][language]}`, list])
}

function folded(parts: readonly string[], language: Language): string {
  const inside = parts.map((part) => part.trim()).filter((part) => part !== '')
  if (inside.length === 0) return ''
  return ['<details>', `<summary>${WORDS.report[language]}</summary>`, '', inside.join('\n\n'), '', '</details>'].join(
    '\n',
  )
}

function findingList(report: AnyReport, { fixed, unjudged }: Compared, language: Language): string {
  const findings = worstFirst(reportsIn(report).flatMap((one) => one.findings))
  const open = distinctBy(findings, ({ check, subject }) => `${check} ${subject}`).map(
    ({ severity, title, subject }) =>
      `- ${EMOJI[SEVERITY_SIGNS[severity]]} ${SEVERITIES[severity][language]}: ${named(title[language], subject)}`,
  )
  const lines = [
    ...shortened(open),
    ...shortened(unjudged.map((told) => `- ❔ ${nameOf(told, language)}: ${WORDS.unjudged[language]}`)),
    ...shortened(fixed.map((told) => `- ✅ ~~${nameOf(told, language)}~~: ${WORDS.fixed[language]}`).toReversed()),
  ]
  return lines.length === 0 ? '' : [`**${WORDS.findings[language]}**`, '', ...lines].join('\n')
}

/** The first that fit; the report below has them all. */
function shortened(lines: readonly string[]): readonly string[] {
  let used = 0
  const fitting = lines.filter((line) => {
    used += line.length
    return used <= LISTED
  })
  return fitting.length === lines.length ? lines : [...fitting, `- … +${lines.length - fitting.length}`]
}

/** A finding of an earlier run is known by id alone: its words are the check's, in today's language. */
function nameOf({ check, subject }: Told, language: Language): string {
  return named(CHECKS.find(({ id }) => id === check)?.title[language] ?? check, subject)
}

function named(title: string, subject: string): string {
  return `${markdownText(clip(clean(title), 120))} (${markdownCode(clip(clean(subject), 200))})`
}

function footOf(commit: string, run: string, language: Language): string {
  const hash = /^[0-9a-f]{7,64}$/.test(commit) ? `${WORDS.commit[language]}: ${commit.slice(0, 7)}` : ''
  const link = /^https?:\/\/[\w.:/-]+$/.test(run) ? `[${WORDS.run[language]}](${run})` : ''
  const parts = [hash, link].filter((part) => part !== '')
  return parts.length === 0 ? '' : `<sub>${parts.join(' · ')}</sub>`
}
