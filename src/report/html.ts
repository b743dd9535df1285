/** The report as one HTML page that needs nothing else: no script, no font, no link; light or dark as the reader's system is. */
import type { Finding, Report } from '../domain/report.ts'
import type { Language, Text } from '../domain/text.ts'
import { gridOf, legendOf } from './grid.ts'
import {
  affectedBySubnet,
  groupUnknowns,
  headlineOf,
  inReadingOrder,
  missingStatement,
  pageOf,
  zoneOf,
} from './headline.ts'
import { PAGE_STYLE } from './html-style.ts'
import { MARKS, OUTCOME_SIGNS, SEVERITY_SIGNS, STATE_SIGNS, VERDICT_SIGNS } from './terminal.ts'
import { htmlLines, htmlText } from './untrusted.ts'
import { andMore, forecastWords, minutes, OUTCOME_WORDS, SEVERITIES, STATES, VERDICTS, WORDS } from './words.ts'

export function renderHtml(report: Report, language: Language): string {
  const title = `${VERDICTS[report.verdict][language]} · ${report.target.cluster} / ${report.target.service}`
  return [
    '<!doctype html>',
    `<html lang="${language}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${htmlText(title)}</title>`,
    `<style>${PAGE_STYLE}</style>`,
    '</head>',
    '<body>',
    ...headHtml(report, language),
    ...stepsHtml(report, language),
    ...gridHtml(report, language),
    ...findingsHtml(report, language),
    ...forecastHtml(report, language),
    ...unknownsHtml(report, language),
    ...ignoredHtml(report, language),
    `<footer>${htmlText(`${report.tool.name} ${report.tool.version} · ${report.mode}`)}</footer>`,
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

type Lines = readonly string[]

function element(tag: string, text: string, className = ''): string {
  return `<${tag}${className === '' ? '' : ` class="${className}"`}>${htmlText(text)}</${tag}>`
}

function list(tag: 'ul' | 'ol', items: readonly string[]): string {
  return items.length === 0 ? '' : `<${tag}>${items.map((item) => element('li', item)).join('')}</${tag}>`
}

function code(text: string): string {
  return `<pre tabindex="0"><code>${htmlLines(text.trimEnd())}</code></pre>`
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = heads.map((text) => element('th', text)).join('')
  const body = rows.map((row) => `<tr>${row.join('')}</tr>`).join('\n')
  return `<div class="wide"><table><thead><tr>${head}</tr></thead>\n<tbody>${body}</tbody></table></div>`
}

function section(heading: string, parts: readonly string[]): Lines {
  return ['<section>', element('h2', heading), ...parts.filter((part) => part !== ''), '</section>']
}

function headHtml(report: Report, language: Language): Lines {
  const { mark, colour } = VERDICT_SIGNS[report.verdict]
  const { step, finding, sentence, counts, paste } = headlineOf(report)
  const { target } = report
  const at = step === null ? '' : ` <span>${htmlText(step[language])}</span>`
  const names = [`${target.cluster} / ${target.service}`, target.taskDefinition, target.region, target.accountId ?? '']
  const commands = finding?.remedy.cli.join('\n') ?? ''
  const lines = [
    `<header class="edge-${colour}">`,
    `<h1>${mark} ${VERDICTS[report.verdict][language]}${at}</h1>`,
    finding === null ? '' : element('p', finding.title[language], 'headline'),
    element('p', sentence[language] + (counts[language] === '' ? '' : ` (${counts[language]})`)),
    element('p', names.filter((name) => name !== '').join(' · '), 'quiet'),
    commands === '' ? '' : element('h3', paste[language]) + code(commands),
    '</header>',
  ]
  return lines.filter((line) => line !== '')
}

function stepsHtml(report: Report, language: Language): Lines {
  if (report.steps.length === 0) return []
  const items = report.steps.map(({ id, title, state }) => {
    const { mark, colour } = STATE_SIGNS[state]
    const own = inReadingOrder(report.findings.filter(({ step }) => step === id))
    const missing = report.unknowns.find((unknown) => unknown.step === id && unknown.matters)
    const note = own[0]?.title[language] ?? (state === 'unknown' ? missing?.because[language] : undefined)
    const more = own.length > 1 ? ` (${andMore(own.length - 1)[language]})` : ''
    const said = element('span', note === undefined ? STATES[state][language] : note + more, 'quiet')
    return `<li><b class="${colour}">${mark}</b> ${element('strong', title[language])} ${said}</li>`
  })
  return section(WORDS.steps[language], [`<ul class="steps">${items.join('\n')}</ul>`])
}

function gridHtml({ paths }: Report, language: Language): Lines {
  if (paths.length === 0) return []
  const { columns, rows } = gridOf(paths)
  const lines = rows.map(({ subnetId, zone, kind, cells }) => [
    `<th><code>${htmlText(subnetId)}</code></th>`,
    element('td', zone + (kind === 'instance-eni' ? ` (${WORDS.instance[language]})` : '')),
    ...cells.map((outcome) => {
      if (outcome === null) return element('td', MARKS.none, 'grey mark')
      const { mark, colour } = OUTCOME_SIGNS[outcome]
      return `<td class="${colour} mark" title="${OUTCOME_WORDS[outcome][language]}">${mark}</td>`
    }),
  ])
  const names = columns.map(({ destination, optional }) => destination + (optional ? '*' : ''))
  const { outcomes, hasGaps, hasOptional } = legendOf({ columns, rows })
  const legend = [
    ...outcomes.map((outcome) => `${OUTCOME_SIGNS[outcome].mark} ${OUTCOME_WORDS[outcome][language]}`),
    ...(hasGaps ? [`${MARKS.none} ${WORDS.notNeeded[language]}`] : []),
    ...(hasOptional ? [`* ${WORDS.notForStart[language]}`] : []),
  ]
  return section(WORDS.grid[language], [
    table([WORDS.subnet[language], WORDS.zone[language], ...names], lines),
    element('p', legend.join(', '), 'quiet'),
  ])
}

function findingsHtml(report: Report, language: Language): Lines {
  if (report.findings.length === 0) return []
  const articles = inReadingOrder(report.findings).map((finding, at) => findingHtml(report, finding, at + 1, language))
  return section(`${WORDS.findings[language]} (${report.findings.length})`, articles)
}

function findingHtml(report: Report, finding: Finding, number: number, language: Language): string {
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
    `<article class="edge-${colour}">`,
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

function forecastHtml({ forecast }: Report, language: Language): Lines {
  if (forecast === null) return []
  const [expected, clean] = [minutes(forecast.expectedMinutes, language), minutes(forecast.cleanMinutes, language)]
  return section(WORDS.forecast[language], [
    element('p', forecastWords(forecast.expectedFailedTasks, expected, clean)[language], 'headline'),
    list(
      'ul',
      forecast.basis.map((text) => text[language]),
    ),
  ])
}

function unknownsHtml({ unknowns }: Report, language: Language): Lines {
  if (unknowns.length === 0) return []
  const rows = groupUnknowns(unknowns).map(({ because, permission, matters, checks }) => [
    element('td', because[language] + (matters ? '' : ` (${WORDS.harmless[language]})`)),
    `<td><code>${htmlText(permission ?? MARKS.none)}</code></td>`,
    element('td', checks.join(', ')),
  ])
  const statement = missingStatement(unknowns)
  return section(`${WORDS.unknowns[language]} (${unknowns.length})`, [
    table([WORDS.because[language], WORDS.permission[language], WORDS.check[language]], rows),
    statement === null ? '' : element('p', WORDS.allow[language]) + code(statement),
  ])
}

function ignoredHtml({ ignored }: Report, language: Language): Lines {
  if (ignored.length === 0) return []
  const rows = ignored.map(({ check, subject, reason }) => [check, subject, reason].map((text) => element('td', text)))
  const heads = [WORDS.check[language], WORDS.subject[language], WORDS.reason[language]]
  return section(`${WORDS.ignored[language]} (${ignored.length})`, [table(heads, rows)])
}
