/** The report as one HTML page that needs nothing else: no font, no image, no request; whole without its script, too. */
import { worstServices } from '../../checks/engine/services.ts'
import type { Report } from '../../domain/report.ts'
import { type AnyReport, isOfServices, reportsIn, type ServicesReport } from '../../domain/services-report.ts'
import type { Language } from '../../domain/text.ts'
import { PICTURE_WORDS } from '../diagrams/picture-words.ts'
import { FULL, foldedSection, type ReportDocument, type Section } from '../document/blocks.ts'
import { documentOf } from '../document/document.ts'
import { overviewOf } from '../document/overview.ts'
import { VERDICT_SIGNS } from '../document/signs.ts'
import { COLOURS, MARKS } from '../terminal/terminal.ts'
import { htmlText } from '../text/untrusted.ts'
import { VERDICTS } from '../text/words.ts'
import { html, type PageOptions } from './blocks.ts'
import { filterMarks, filtersHtml } from './filters.ts'
import { element, type Lines } from './parts.ts'
import { hashOf, PAGE_SCRIPT } from './script.ts'
import { PAGE_STYLE } from './style.ts'

/** Nothing but this very style and script, and no request whatever the text of a report holds. */
const POLICY = `default-src 'none'; style-src ${hashOf(PAGE_STYLE)}; script-src ${hashOf(PAGE_SCRIPT)}; base-uri 'none'; form-action 'none'`

export function renderHtml(report: AnyReport, language: Language): string {
  const places = reportsIn(report).map(({ target }) => target)
  const services = places.map(({ service }) => service).join(', ')
  const title = `${VERDICTS[report.verdict][language]} · ${places[0]?.cluster} / ${services}`
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
    ...(isOfServices(report) ? servicesHtml(report, language) : reportHtml(report, language)),
    '</main>',
    `<p id="copied" class="no-print" role="status" data-copied="${PICTURE_WORDS.copied[language]}" data-selected="${PICTURE_WORDS.selected[language]}"></p>`,
    `<footer>${htmlText(`${report.tool.name} ${report.tool.version} · ${report.mode}`)}</footer>`,
    `<script>${PAGE_SCRIPT}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

function reportHtml(report: Report, language: Language): Lines {
  const { head, sections } = documentOf(report, language, FULL)
  const page: PageOptions = { report, language, marks: filterMarks(report), level: 2 }
  return [...headHtml(head, page), ...sectionsHtml(pictureFirst(sections), page)]
}

/** The overview, then each report, the worst first; open is what there is something to read of. */
function servicesHtml(report: ServicesReport, language: Language): Lines {
  const page: PageOptions = { report: report.services[0], language, marks: () => '', level: 2 }
  return [
    ...headHtml(overviewOf(report, language), page),
    ...worstServices(report).flatMap((one, at) => {
      const sign = VERDICT_SIGNS[one.verdict]
      const lead = `<b class="${COLOURS[sign]}">${MARKS[sign]} ${VERDICTS[one.verdict][language]}</b>`
      return [
        `<details class="report"${one.verdict === 'pass' ? '' : ' open'}>`,
        `<summary>${lead} ${element('code', one.target.service)}</summary>`,
        ...reportHtml(one, language).map((line) => scoped(line, `service-${at + 1}-`)),
        '</details>',
      ]
    }),
  ]
}

/** Names of ours that several reports of a page would have in common. Foreign text holds no quotation mark that would make it an attribute. */
function scoped(line: string, prefix: string): string {
  return line.replace(/ (id|href|aria-labelledby)="(#?)([\w-]+)"/g, ` $1="$2${prefix}$3"`)
}

function headHtml({ sign, verdict, step, title, lead = [], blocks }: ReportDocument['head'], page: PageOptions): Lines {
  const at = step === null ? '' : ` <span>${htmlText(step)}</span>`
  return [
    `<header class="edge-${COLOURS[sign]}">`,
    ...lead.map((block) => html(block, page)),
    `<h1>${MARKS[sign]} ${verdict}${at}</h1>`,
    ...(title === null ? [] : [element('p', title, 'headline')]),
    ...blocks.map((block) => html(block, page)),
    '</header>',
  ]
}

/** The map shows more at one look than all that is written below it, the table of the same included; what became of a rollout comes before. */
function pictureFirst(sections: readonly Section[]): readonly Section[] {
  const [map, grid] = ['map', 'grid'].map((name) => sections.filter(({ id }) => id === name))
  const folded = (grid ?? []).flatMap((one) =>
    one.isTitled ? foldedSection(one.title, one.blocks, { id: one.id }) : [one],
  )
  const picture = [...(map ?? []), ...folded]
  const rest = sections.filter(({ id }) => id !== 'map' && id !== 'grid')
  const at = rest.findIndex(({ level, id }, index) => index > 0 && level === 2 && id !== 'rollout')
  return rest[0]?.id === 'rollout' ? [...rest.slice(0, at), ...picture, ...rest.slice(at)] : [...picture, ...rest]
}

/** What belongs to a section stands within it. */
function sectionsHtml(sections: readonly Section[], page: PageOptions): Lines {
  return sections.flatMap(({ title, level, isTitled, id, blocks }, at) => [
    ...(level === 2 ? [id === null ? '<section>' : `<section id="${id}">`] : []),
    ...(isTitled ? [element(level === 2 ? 'h2' : 'h3', title)] : []),
    ...(id === 'findings' ? filtersHtml(page.report, page.language) : []),
    ...blocks.map((block) => html(block, { ...page, level: level === 2 ? 3 : 4 })),
    ...(sections[at + 1]?.level === 3 ? [] : ['</section>']),
  ])
}
