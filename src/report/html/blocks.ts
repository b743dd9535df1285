/** Blocks as HTML. Foreign text stands between tags only, never in an attribute. */
import type { Finding, Report } from '../../domain/report.ts'
import type { Language } from '../../domain/text.ts'
import { PICTURE_WORDS } from '../diagrams/picture-words.ts'
import { type Block, type Card, type Inline, inline, type TableRow } from '../document/blocks.ts'
import { gridOf, legendOf } from '../document/grid.ts'
import { OUTCOME_SIGNS, type Sign } from '../document/signs.ts'
import { COLOURS, MARKS } from '../terminal/terminal.ts'
import { htmlLines, htmlText } from '../text/untrusted.ts'
import { OUTCOME_WORDS, STATES, WORDS } from '../text/words.ts'
import { mapHtml } from './map.ts'
import { element, table } from './parts.ts'
import { eventsHtml, timelineHtml } from './timeline.ts'

export interface PageOptions {
  readonly report: Report
  readonly language: Language
  /** Attributes of a finding's card that the filters of the page go by. */
  readonly marks: (finding: Finding) => string
  /** Of the headings of fields: one below that of what they stand in. */
  readonly level: 2 | 3 | 4
}

export function html(block: Block, page: PageOptions): string {
  const write = (one: Block) => html(one, page)
  switch (block.kind) {
    case 'text':
      return `<p${classOf(block.tone === 'lead' ? 'headline' : block.tone === 'good' ? 'green' : block.tone)}>${block.tone === 'good' ? `${MARKS.good} ` : ''}${line(block.text)}</p>`
    case 'list': {
      const tag = block.ordered === true ? 'ol' : 'ul'
      return `<${tag}>${block.items.map((item) => `<li>${line(item)}</li>`).join('')}</${tag}>`
    }
    case 'code':
      return codeHtml(block, page.language)
    case 'table':
      return table(block.heads, block.rows.map(rowHtml))
    case 'field':
      return `<h${page.level} class="field">${line(block.name)}</h${page.level}>${write(block.body)}`
    case 'fold':
      return `<details>${element('summary', block.name)}${block.blocks.map(write).join('')}</details>`
    case 'card':
      return cardHtml(block, page)
    case 'steps':
      return stepsHtml(block, page.language)
    case 'grid':
      return gridHtml(block, page.language)
    case 'picture':
      return pictureHtml(block, page.language)
  }
}

/** Reachable by keyboard, as it may have to be scrolled. The button of what is to be pasted comes alive with the page's script. */
function codeHtml({ text, language: kind }: BlockOf<'code'>, language: Language): string {
  const pre = `<pre tabindex="0"><code>${htmlLines(text)}</code></pre>`
  if (kind === '') return pre
  return `<div class="paste">${pre}<button type="button" class="copy no-print" hidden>${PICTURE_WORDS.copy[language]}</button></div>`
}

type BlockOf<Kind extends Block['kind']> = Extract<Block, { readonly kind: Kind }>

function classOf(name: string | undefined): string {
  return name === undefined ? '' : ` class="${name}"`
}

function line(words: Inline): string {
  return inline(words, {
    text: htmlText,
    code: (text) => element('code', text),
    strong: (text) => element('strong', text),
    link: (text, href) => `<a href="${href}">${htmlText(text)}</a>`,
  })
}

/** Hidden from readers of a screen where words beside it say the same. */
function signHtml(sign: Sign): string {
  return `<b class="${COLOURS[sign]}" aria-hidden="true">${MARKS[sign]}</b>`
}

function rowHtml({ sign, cells, strong }: TableRow): readonly string[] {
  return cells.map((cell, at) => {
    const words = `${at === 0 && sign !== undefined ? `${signHtml(sign)} ` : ''}${line(cell === '' ? MARKS.none : cell)}`
    return at === 0
      ? `<th scope="row">${words}</th>`
      : `<td${classOf(strong === true ? 'longest' : undefined)}>${words}</td>`
  })
}

function cardHtml({ number, sign, label, title, blocks, finding, anchor }: Card, page: PageOptions): string {
  const colour = COLOURS[sign]
  const marks = finding === null ? '' : page.marks(finding)
  const name = anchor === null ? '' : ` id="${anchor}" tabindex="-1"`
  const lead = label === null ? MARKS[sign] : `${number === null ? '' : `${number}. `}${element('mark', label, colour)}`
  return [
    `<article class="edge-${colour}"${name}${marks}>`,
    `<h3>${lead} ${htmlText(title)}</h3>`,
    ...blocks.map((block) => html(block, { ...page, level: 4 })),
    '</article>',
  ].join('\n')
}

function stepsHtml({ steps }: BlockOf<'steps'>, language: Language): string {
  const items = steps.map(({ titles, sign, state, notes }) => {
    const all = titles.join(', ')
    const [first, ...more] = notes.map((note) => `<span class="quiet">${line(note)}</span>`)
    const words =
      first === undefined
        ? htmlText(`${STATES[state][language]}: ${all}`)
        : [`${element('strong', all)} ${first}`, ...more].join('<br>')
    return `<li><b class="${COLOURS[sign]}">${MARKS[sign]}</b><div>${words}</div></li>`
  })
  return `<ul class="steps">${items.join('\n')}</ul>`
}

function gridHtml({ paths }: BlockOf<'grid'>, language: Language): string {
  const grid = gridOf(paths)
  const rows = grid.rows.map(({ subnetId, zone, kind, cells }) => [
    `<th scope="row"><code>${htmlText(subnetId)}</code></th>`,
    element('td', zone + (kind === 'instance-eni' ? ` (${WORDS.instance[language]})` : ''), 'nowrap'),
    ...cells.map((outcome) => {
      if (outcome === null) return element('td', MARKS.none, 'grey mark')
      const sign = OUTCOME_SIGNS[outcome]
      return `<td class="${COLOURS[sign]} mark">${MARKS[sign]}<span class="said"> ${OUTCOME_WORDS[outcome][language]}</span></td>`
    }),
  ])
  const names = grid.columns.map(({ destination, optional }) => destination + (optional ? '*' : ''))
  const heads = [WORDS.subnet[language], WORDS.zone[language], ...names]
  return table(heads, rows) + element('p', legendOf(grid, MARKS, '*', language), 'quiet')
}

function pictureHtml(block: BlockOf<'picture'>, language: Language): string {
  switch (block.of) {
    case 'network':
      return mapHtml(block.report, language).join('\n')
    case 'tasks':
      return timelineHtml(block.rollout, (taskId) => cardOf(taskId, block.groups), language).join('\n')
    case 'events':
      return eventsHtml(block.rollout, language)
  }
}

function cardOf(
  taskId: string,
  groups: Extract<BlockOf<'picture'>, { readonly of: 'tasks' }>['groups'],
): number | null {
  const at = groups.findIndex(({ taskIds }) => taskIds.includes(taskId))
  return at < 0 ? null : at
}
