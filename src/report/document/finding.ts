/** One finding: what, why, where, the proof, and the fix in three forms. */
import { distinct, grouped } from '../../domain/collections.ts'
import type { Finding, Report } from '../../domain/report.ts'
import type { Language, Text } from '../../domain/text.ts'
import { andMore, SEVERITIES, WORDS } from '../text/words.ts'
import { type Card, code, field, fold, type Inline, list, text } from './blocks.ts'
import { SEVERITY_SIGNS } from './signs.ts'

/** At most `affected` of the subnets that it breaks are listed. */
export function findingCard(
  report: Report,
  finding: Finding,
  language: Language,
  { number = null, affected }: { readonly number?: number | null; readonly affected: number },
): Card {
  const { remedy, severity } = finding
  const pick = (texts: readonly Text[]) => texts.map((one) => one[language])
  const blocks = [
    text(finding.what[language]),
    field(WORDS.why[language], text(finding.why[language])),
    field(WORDS.affects[language], list(affectedLines(report, finding, affected, language))),
    field(WORDS.evidence[language], list(pick(finding.evidence))),
    field(WORDS.console[language], list(pick(remedy.console), true)),
    fold(WORDS.cli[language], [code(remedy.cli, 'sh')]),
    fold(WORDS.terraform[language], [code([remedy.terraform], 'hcl')]),
    remedy.verified ? text(WORDS.verified[language], 'good') : null,
    text(
      [
        { code: finding.check },
        ' · ',
        { code: finding.subject },
        ` · ${WORDS.docs[language]}: `,
        pageOf(finding, language),
      ],
      'quiet',
    ),
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

/** The check's page in the reader's language. */
function pageOf(finding: Finding, language: Language): { readonly code: string } {
  return { code: finding.docs.replace(/^docs\/en\//, `docs/${language}/`) }
}

/** The commands that mend these findings, each once, in the order of the report: a remedy may rest on one before it. */
export function fixAll({ findings }: Pick<Report, 'findings'>, chosen: readonly Finding[]): readonly string[] {
  return distinct(findings.filter((one) => chosen.includes(one)).flatMap(({ remedy }) => remedy.cli))
}
