/** The findings of the HTML report, one an article, and the filters above them. */
import type { Finding, Report } from '../../domain/report.ts'
import type { Language, Text } from '../../domain/text.ts'
import { affectedBySubnet, pageOf, zoneOf } from '../document/headline.ts'
import { MARKS, SEVERITY_SIGNS } from '../terminal/terminal.ts'
import { htmlText } from '../text/untrusted.ts'
import { SEVERITIES, WORDS } from '../text/words.ts'
import { filterMarks, filtersHtml } from './filters.ts'
import { code, element, type Lines, list, section } from './parts.ts'

export function findingsHtml(report: Report, language: Language): Lines {
  if (report.findings.length === 0) return []
  const marks = filterMarks(report)
  const articles = report.findings.map((finding, at) => findingHtml(report, finding, at + 1, marks(finding), language))
  const heading = `${WORDS.findings[language]} (${report.findings.length})`
  return section(heading, [...filtersHtml(report, language), ...articles], 'findings')
}

function findingHtml(report: Report, finding: Finding, number: number, marks: string, language: Language): string {
  const { remedy, severity } = finding
  const { colour } = SEVERITY_SIGNS[severity]
  const pick = (texts: readonly Text[]) => texts.map((text) => text[language])
  const named = (name: string, body: string) => (body === '' ? '' : element('h4', name) + body)
  const folded = (name: string, body: string) =>
    body.trim() === '' ? '' : `<details>${element('summary', name)}${code(body)}</details>`
  const affected = affectedBySubnet(finding).map(([subnetId, destinations]) => {
    const zone = zoneOf(report, subnetId)
    return `${subnetId}${zone === '' ? '' : ` (${zone})`} → ${destinations.join(', ')}`
  })
  const parts = [
    `<article class="edge-${colour}"${marks}>`,
    `<h3>${number}. ${element('mark', SEVERITIES[severity][language], colour)} ${htmlText(finding.title[language])}</h3>`,
    element('p', `${finding.check} · ${finding.subject}`, 'quiet'),
    element('p', finding.what[language]),
    named(WORDS.why[language], element('p', finding.why[language])),
    named(WORDS.affects[language], list('ul', affected)),
    named(WORDS.evidence[language], list('ul', pick(finding.evidence))),
    named(WORDS.console[language], list('ol', pick(remedy.console))),
    folded(WORDS.cli[language], remedy.cli.join('\n')),
    folded(WORDS.terraform[language], remedy.terraform),
    remedy.verified ? element('p', `${MARKS.good} ${WORDS.verified[language]}`, 'green') : '',
    element('p', `${WORDS.docs[language]}: ${pageOf(finding, language)}`, 'quiet'),
    '</article>',
  ]
  return parts.filter((part) => part !== '').join('\n')
}
