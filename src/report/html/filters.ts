/** The filters of the HTML report. They come alive with the page's script only; without it everything is shown. */
import type { Finding, Report, Severity } from '../../domain/report.ts'
import type { Language } from '../../domain/text.ts'
import { PICTURE_WORDS } from '../diagrams/picture-words.ts'
import { htmlText } from '../text/untrusted.ts'
import { SEVERITIES, WORDS } from '../text/words.ts'
import { element, type Lines } from './parts.ts'

/** Names by their number in order of appearance, so that no foreign name stands in an attribute. */
interface Names {
  readonly subnets: readonly string[]
  readonly destinations: readonly string[]
}

const MOST = 200

function namesOf({ findings }: Report): Names {
  const affects = findings.flatMap((finding) => finding.affects)
  return {
    subnets: [...new Set(affects.map(({ subnetId }) => subnetId))].slice(0, MOST),
    destinations: [...new Set(affects.map(({ destination }) => destination))].slice(0, MOST),
  }
}

/** Worth it from two findings on. */
export function filtersHtml(report: Report, language: Language): Lines {
  const { subnets, destinations } = namesOf(report)
  if (report.findings.length < 2) return []
  const severities = (['blocker', 'warning', 'advice'] as const).filter((one) =>
    report.findings.some(({ severity }) => severity === one),
  )
  return [
    '<form id="filters" class="no-print" hidden>',
    `<fieldset><legend>${PICTURE_WORDS.filter[language]}</legend>`,
    choice(
      'severity',
      PICTURE_WORDS.severity[language],
      severities.map((one) => [one, SEVERITIES[one][language]]),
      language,
    ),
    choice('subnet', WORDS.subnet[language], numbered(subnets), language),
    choice('destination', PICTURE_WORDS.destination[language], numbered(destinations), language),
    `<button type="reset">${PICTURE_WORDS.reset[language]}</button>`,
    `<p aria-live="polite">${PICTURE_WORDS.shown[language]}: <output id="shown">${report.findings.length}</output> / ${report.findings.length}</p>`,
    '</fieldset></form>',
  ]
}

function numbered(names: readonly string[]): readonly (readonly [string, string])[] {
  return names.map((name, at) => [String(at), name])
}

function choice(
  name: string,
  label: string,
  options: readonly (readonly [string, string])[],
  language: Language,
): string {
  const all = `<option value="">${PICTURE_WORDS.all[language]}</option>`
  const rest = options.map(([value, text]) => `<option value="${value}">${htmlText(text)}</option>`)
  return `<label>${element('span', label)} <select name="${name}">${all}${rest.join('')}</select></label>`
}

/** What an article of a finding carries for the script. A finding without subnets concerns them all. */
export function filterMarks(report: Report): (finding: Finding) => string {
  const { subnets, destinations } = namesOf(report)
  const places = (names: readonly string[], own: readonly string[]) =>
    [...new Set(own.map((name) => names.indexOf(name)))].filter((at) => at >= 0).join(' ')
  return ({ severity, affects }: { readonly severity: Severity; readonly affects: Finding['affects'] }) =>
    ` data-severity="${severity}" data-subnet="${places(
      subnets,
      affects.map(({ subnetId }) => subnetId),
    )}" data-destination="${places(
      destinations,
      affects.map(({ destination }) => destination),
    )}"`
}
