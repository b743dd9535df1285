/** The report as one HTML page that needs nothing else: no font, no image, no request; whole without its script, too. */
import type { Report } from '../../domain/report.ts'
import type { Language } from '../../domain/text.ts'
import { gridOf, legendOf } from '../document/grid.ts'
import { groupUnknowns, headlineOf, missingStatement, noteOf } from '../document/headline.ts'
import { MARKS, OUTCOME_SIGNS, STATE_SIGNS, VERDICT_SIGNS } from '../terminal/terminal.ts'
import { ROLLOUT_WORDS } from '../text/rollout-words.ts'
import { htmlText } from '../text/untrusted.ts'
import { clip } from '../text/width.ts'
import { forecastWords, minutes, OUTCOME_WORDS, STATES, VERDICTS, WORDS } from '../text/words.ts'
import { findingsHtml } from './findings.ts'
import { mapHtml } from './map.ts'
import { code, element, type Lines, list, section, table } from './parts.ts'
import { rolloutHtml } from './rollout.ts'
import { hashOf, PAGE_SCRIPT } from './script.ts'
import { PAGE_STYLE } from './style.ts'

/** Nothing but this very style and script, and no request whatever the text of a report holds. */
const POLICY = `default-src 'none'; style-src ${hashOf(PAGE_STYLE)}; script-src ${hashOf(PAGE_SCRIPT)}; base-uri 'none'; form-action 'none'`

const LONGEST_SAID = 300

export function renderHtml(report: Report, language: Language): string {
  const title = `${VERDICTS[report.verdict][language]} · ${report.target.cluster} / ${report.target.service}`
  return [
    '<!doctype html>',
    `<html lang="${language}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    `<title>${htmlText(title)}</title>`,
    `<style>${PAGE_STYLE}</style>`,
    '</head>',
    '<body>',
    '<main>',
    ...headHtml(report, language),
    ...rolloutHtml(report, language),
    ...stepsHtml(report, language),
    ...gridHtml(report, language),
    ...mapHtml(report, language),
    ...findingsHtml(report, language),
    ...forecastHtml(report, language),
    ...unknownsHtml(report, language),
    ...ignoredHtml(report, language),
    '</main>',
    `<footer>${htmlText(`${report.tool.name} ${report.tool.version} · ${report.mode}`)}</footer>`,
    `<script>${PAGE_SCRIPT}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

function headHtml(report: Report, language: Language): Lines {
  const { mark, colour } = VERDICT_SIGNS[report.verdict]
  const { step, title, sentence, because, said, counts, paste, commands, advice } = headlineOf(report)
  const { target } = report
  const tally = counts[language]
  const isBeside = report.rollout !== undefined
  const at = step === null ? '' : ` <span>${htmlText(step[language])}</span>`
  const names = [`${target.cluster} / ${target.service}`, target.taskDefinition, target.region, target.accountId ?? '']
  const lines = [
    `<header class="edge-${colour}">`,
    `<h1>${mark} ${VERDICTS[report.verdict][language]}${at}</h1>`,
    title === null ? '' : element('p', title[language], 'headline'),
    element('p', sentence[language] + (tally === '' || isBeside ? '' : ` (${tally})`)),
    ...because.map((line) => element('p', line[language], 'cause')),
    said.length === 0
      ? ''
      : element('p', ROLLOUT_WORDS.lastLines[language], 'paste') +
        code(said.map((line) => clip(line, LONGEST_SAID)).join('\n')),
    commands.length === 0 ? '' : element('p', paste[language], 'paste') + code(commands.join('\n')),
    advice.length === 0
      ? ''
      : element('p', ROLLOUT_WORDS.advice[language], 'paste') +
        list(
          'ol',
          advice.map((line) => line[language]),
        ),
    element('p', [...names, isBeside ? tally : ''].filter((name) => name !== '').join(' · '), 'quiet about'),
    '</header>',
  ]
  return lines.filter((line) => line !== '')
}

function stepsHtml(report: Report, language: Language): Lines {
  if (report.steps.length === 0) return []
  const items = report.steps.map((step) => {
    const { title, state } = step
    const { mark, colour } = STATE_SIGNS[state]
    const said = element('span', noteOf(report, step, language) ?? STATES[state][language], 'quiet')
    return `<li><b class="${colour}">${mark}</b> ${element('strong', title[language])} ${said}</li>`
  })
  return section(WORDS.steps[language], [`<ul class="steps">${items.join('\n')}</ul>`])
}

function gridHtml({ paths }: Report, language: Language): Lines {
  if (paths.length === 0) return []
  const { columns, rows } = gridOf(paths)
  const lines = rows.map(({ subnetId, zone, kind, cells }) => [
    `<th scope="row"><code>${htmlText(subnetId)}</code></th>`,
    element('td', zone + (kind === 'instance-eni' ? ` (${WORDS.instance[language]})` : ''), 'nowrap'),
    ...cells.map((outcome) => {
      if (outcome === null) return element('td', MARKS.none, 'grey mark')
      const { mark, colour } = OUTCOME_SIGNS[outcome]
      return `<td class="${colour} mark">${mark}<span class="said"> ${OUTCOME_WORDS[outcome][language]}</span></td>`
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

/** Of a rollout that has happened there is nothing to foretell. */
function forecastHtml({ forecast, rollout }: Report, language: Language): Lines {
  if (forecast === null || rollout !== undefined) return []
  const [expected, clean] = [minutes(forecast.expectedMinutes, language), minutes(forecast.cleanMinutes, language)]
  return section(WORDS.forecast[language], [
    element('p', forecastWords(forecast.expectedFailedTasks, expected, clean)[language], 'headline'),
    list(
      'ul',
      forecast.basis.map((text) => text[language]),
    ),
  ])
}

function unknownsHtml({ unknowns, target }: Report, language: Language): Lines {
  if (unknowns.length === 0) return []
  const rows = groupUnknowns(unknowns).map(({ because, permission, matters, checks }) => [
    element('td', because[language] + (matters ? '' : ` (${WORDS.harmless[language]})`)),
    `<td><code>${htmlText(permission ?? MARKS.none)}</code></td>`,
    element('td', checks.join(', ')),
  ])
  const statement = missingStatement(unknowns, target.region)
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
