/** One finding: what, why, where, the proof, and the fix in three forms. */
import { distinct, grouped } from '../../domain/collections.ts'
import type { Finding, Report, Tool } from '../../domain/report.ts'
import type { Language, Text } from '../../domain/text.ts'
import { andMore, byHand, moreEvidence, SEVERITIES, WORDS } from '../text/words.ts'
import { type Card, code, field, fold, type Head, type Inline, list, type Span, text } from './blocks.ts'
import { SEVERITY_SIGNS } from './signs.ts'

/** Many lines of proof differ by an address or a subnet alone. */
const EVIDENCE = 5

/** At most `affected` of the subnets that it breaks are listed. */
export function findingCard(
  report: Report,
  finding: Finding,
  language: Language,
  { number = null, affected }: { readonly number?: number | null; readonly affected: number },
): Card {
  const { remedy, severity, evidence } = finding
  const [shown, rest] =
    evidence.length <= EVIDENCE ? [evidence, []] : [evidence.slice(0, EVIDENCE - 1), evidence.slice(EVIDENCE - 1)]
  const pick = (texts: readonly Text[]) => texts.map((one) => one[language])
  const blocks = [
    text(finding.what[language]),
    field(WORDS.why[language], text(finding.why[language])),
    field(WORDS.affects[language], list(affectedLines(report, finding, affected, language))),
    field(WORDS.evidence[language], list(pick(shown))),
    rest.length === 0 ? null : fold(moreEvidence(rest.length)[language], [list(pick(rest))], true),
    field(WORDS.console[language], list(pick(remedy.console), true)),
    fold(WORDS.cli[language], [code(remedy.cli, 'sh')]),
    fold(WORDS.terraform[language], [code([remedy.terraform], 'hcl')]),
    remedy.verified ? text(WORDS.verified[language], 'good') : null,
    text([named(report.tool, finding.check, language), ' · ', { code: finding.subject }], 'quiet'),
  ]
  return {
    kind: 'card',
    number,
    sign: SEVERITY_SIGNS[severity],
    label: SEVERITIES[severity][language],
    title: finding.title[language],
    blocks: blocks.filter((block) => block !== null),
    finding,
    anchor: null,
  }
}

function affectedLines(report: Report, finding: Finding, atMost: number, language: Language): readonly Inline[] {
  const lines = affectedBySubnet(finding).map(([subnetId, destinations]): Inline => {
    const zone = report.paths.find(({ from }) => from.subnetId === subnetId)?.from.availabilityZone ?? ''
    return [{ code: subnetId }, `${zone === '' ? '' : ` (${zone})`} → ${destinations.join(', ')}`]
  })
  return lines.length <= atMost ? lines : [...lines.slice(0, atMost), andMore(lines.length - atMost)[language]]
}

/** Each subnet that a finding breaks, with the destinations it loses. */
export function affectedBySubnet(finding: Finding): readonly (readonly [string, readonly string[]])[] {
  const subnets = grouped(finding.affects, ({ subnetId }) => subnetId)
  return [...subnets].map(([subnetId, own]) => [subnetId, distinct(own.map(({ destination }) => destination))])
}

/** The check by its name, which leads to its page. */
function named(tool: Tool, check: string, language: Language): Span {
  const href = addressOf(tool, check, language)
  return href === null ? { code: check } : { link: check, href }
}

/** Of a check's page in the reader's language; null where nobody knows where the pages stand, and for a name that is no id. */
export function addressOf({ pages = '' }: Tool, check: string, language: Language): string | null {
  const isOurs = /^[a-z0-9-]+$/.test(check) && /^https:\/\/[\w./:-]+$/.test(pages)
  return isOurs ? `${pages}/docs/${language}/checks/${check}.md` : null
}

/**
 * The commands that mend these findings, each once, in the order of the report: a remedy may rest on one before it. What no change of AWS
 * mends is left to the reader, who gets its commands (a look, a push) where there are no others.
 */
export function fixAll(
  { findings }: Pick<Report, 'findings'>,
  chosen: readonly Finding[],
): Pick<Head, 'paste' | 'commands' | 'left'> {
  const wanted = findings.filter((one) => chosen.includes(one))
  const mended = wanted.filter(({ remedy }) => remedy.changes.length > 0)
  const linesOf = (some: readonly Finding[]) => distinct(some.flatMap(({ remedy }) => remedy.cli))
  if (mended.length === 0) return { paste: WORDS.pasteToStart, commands: linesOf(wanted), left: null }
  const rest = wanted.filter((one) => !mended.includes(one))
  const paste = rest.length > 0 ? WORDS.fixMost : wanted.length > 1 ? WORDS.fixAll : WORDS.pasteToFix
  const left = rest.length === 0 ? null : byHand(rest.slice(0, BY_HAND).map(({ title }) => title))
  return { paste, commands: linesOf(mended), left }
}

const BY_HAND = 4
