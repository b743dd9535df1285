/** The report as GitHub Markdown, for a job summary or a comment, never above a size. */
import { worstServices } from '../../checks/engine/services.ts'
import { type AnyReport, isOfServices, type ServicesReport } from '../../domain/services-report.ts'
import type { Language } from '../../domain/text.ts'
import { rolloutMermaid } from '../diagrams/mermaid-gantt.ts'
import { networkMermaid } from '../diagrams/mermaid-network.ts'
import {
  type Block,
  BRIEF,
  type Card,
  type Inline,
  inline,
  type ReportDocument,
  type Section,
  type TableRow,
} from '../document/blocks.ts'
import { documentOf } from '../document/document.ts'
import { cutToSize } from '../document/fit.ts'
import { gridOf, legendOf } from '../document/grid.ts'
import { overviewOf } from '../document/overview.ts'
import { EMOJI, OUTCOME_SIGNS, VERDICT_SIGNS } from '../document/signs.ts'
import { clean, htmlText, markdownCode, markdownFence, markdownText } from '../text/untrusted.ts'
import { clip } from '../text/width.ts'
import { partLeftOut, STATES, VERDICTS, WORDS } from '../text/words.ts'

export interface MarkdownOptions {
  readonly language: Language
  /** Bytes of UTF-8. A job summary may take 1 MiB a step, and the step may have written some already; a comment 65,536. */
  readonly atMost?: number
}

const SUMMARY_BYTES = 1_000_000

export function renderMarkdown(report: AnyReport, options: MarkdownOptions): string {
  const { head, rest } = markdownHalves(report, options)
  return [head, rest].filter((part) => part !== '\n').join('\n')
}

/** What has to be seen at once, and all that may be folded away: for a comment. Each ends with a line break. */
export function markdownHalves(
  report: AnyReport,
  { language, atMost = SUMMARY_BYTES }: MarkdownOptions,
): { readonly head: string; readonly rest: string } {
  if (isOfServices(report)) {
    const head = headMarkdown(overviewOf(report, language), language)
    return { head: `${head}\n`, rest: `${servicesMarkdown(report, language, atMost - Buffer.byteLength(head))}\n` }
  }
  const { head, sections } = documentOf(report, language, BRIEF)
  const first = headMarkdown(head, language)
  const size = (blocks: readonly Block[]) =>
    Buffer.byteLength(joined(blocks.map((block) => markdown(block, language)))) + 2
  const kept = cutToSize(sections, atMost - Buffer.byteLength(first), size, language)
  return { head: `${first}\n`, rest: `${joined(kept.map((section) => sectionMarkdown(section, language)))}\n` }
}

/** Each report folded, the worst first. What one leaves of its share is the others'; those that do not fit are named in a line. */
function servicesMarkdown(report: ServicesReport, language: Language, room: number): string {
  const services = worstServices(report)
  const leftOut: string[] = []
  let left = room - LINE
  const parts = services.map((one, at) => {
    const { service } = one.target
    const lead = `${EMOJI[VERDICT_SIGNS[one.verdict]]} <code>${htmlText(service)}</code>: ${VERDICTS[one.verdict][language]}`
    const share = Math.max(Math.floor(left / (services.length - at)) - LINE, LEAST)
    const part = share > left ? null : folded(lead, renderMarkdown(one, { language, atMost: share }))
    const size = Buffer.byteLength(part ?? '') + 2
    if (part === null || size > left) {
      leftOut.push(service)
      return ''
    }
    left -= size
    return part
  })
  const names = clip(clean(leftOut.join(', ')), LINE / 4)
  return joined([...parts, leftOut.length === 0 ? '' : markdownText(partLeftOut(names)[language])])
}

/** Bytes for the line around a report, and for what is left out. */
const LINE = 400
/** A report in fewer bytes says nothing. */
const LEAST = 2_000

/** GitHub reads Markdown inside `<details>` only after an empty line. `lead` is HTML already. */
function folded(lead: string, body: string): string {
  return `<details><summary>${lead}</summary>\n\n${body.trim()}\n\n</details>`
}

function headMarkdown(
  { sign, verdict, step, title, lead = [], blocks }: ReportDocument['head'],
  language: Language,
): string {
  return joined([
    ...lead.map((block) => markdown(block, language)),
    `## ${EMOJI[sign]} ${verdict}${step === null ? '' : `: ${markdownText(step)}`}`,
    title === null ? '' : `**${markdownText(title)}**`,
    ...blocks.map((block) => markdown(block, language)),
  ])
}

function sectionMarkdown({ title, level, isTitled, blocks }: Section, language: Language): string {
  const body = joined(blocks.map((block) => markdown(block, language)))
  return body === '' || !isTitled ? body : `${level === 2 ? '###' : '####'} ${markdownText(title)}\n\n${body}`
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n')
}

function markdown(block: Block, language: Language): string {
  const write = (one: Block) => markdown(one, language)
  switch (block.kind) {
    case 'text':
      return textMarkdown(block)
    case 'list':
      return block.items.map((item, at) => `${block.ordered === true ? `${at + 1}.` : '-'} ${line(item)}`).join('\n')
    case 'code':
      return markdownFence(block.text, block.language)
    case 'table':
      return table(
        block.heads,
        block.rows.map((row) => rowCells(row)),
      )
    case 'field':
      return block.body.kind === 'text'
        ? `**${line(block.name)}:** ${write(block.body)}`
        : `**${line(block.name)}**\n\n${write(block.body)}`
    case 'fold':
      return folded(block.name, joined(block.blocks.map(write)))
    case 'card':
      return joined([cardTitle(block), ...block.blocks.map(write)])
    case 'steps':
      return stepsMarkdown(block, language)
    case 'grid':
      return gridMarkdown(block, language)
    case 'picture':
      return pictureMarkdown(block, language)
  }
}

type BlockOf<Kind extends Block['kind']> = Extract<Block, { readonly kind: Kind }>

function line(words: Inline): string {
  return inline(words, {
    text: markdownText,
    code: markdownCode,
    strong: (text) => `**${markdownText(text)}**`,
    link: (text, href) => `[${markdownText(text)}](${href})`,
  })
}

function textMarkdown({ text, tone }: BlockOf<'text'>): string {
  if (tone === 'good') return `${EMOJI.good} ${line(text)}`
  return tone === 'lead' || tone === 'cause' ? `**${line(text)}**` : line(text)
}

function cardTitle({ number, sign, label, title }: Card): string {
  const words = label === null ? markdownText(title) : `${label}: ${markdownText(title)}`
  return `#### ${number === null ? '' : `${number}. `}${EMOJI[sign]} ${words}`
}

/** Cells are Markdown already. */
function table(heads: readonly string[], rows: readonly (readonly string[])[], centredFrom = Number.POSITIVE_INFINITY) {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [row(heads), row(heads.map((_, at) => (at < centredFrom ? '---' : ':-:'))), ...rows.map(row)].join('\n')
}

function rowCells({ sign, cells, strong }: TableRow): readonly string[] {
  return cells.map((cell, at) => {
    const words = cell === '' ? '·' : line(cell)
    const shown = strong === true ? `**${words}**` : words
    return at === 0 && sign !== undefined ? `${EMOJI[sign]} ${shown}` : shown
  })
}

/** A row for each thing that is said; what is in order is one line. */
function stepsMarkdown({ steps }: BlockOf<'steps'>, language: Language): string {
  const rows = steps.flatMap(({ titles, sign, notes, state }) => {
    const shown = markdownText(titles.join(', '))
    const first = `${EMOJI[sign]} ${state === 'unknown' ? shown : `**${shown}**`}`
    return notes.map((note) => [first, line(note)])
  })
  const plain = steps.flatMap(({ titles, sign, notes, state }) =>
    notes.length > 0 ? [] : [`${EMOJI[sign]} ${STATES[state][language]}: ${markdownText(titles.join(', '))}`],
  )
  return joined([rows.length === 0 ? '' : table([WORDS.step[language], WORDS.result[language]], rows), ...plain])
}

function gridMarkdown({ paths }: BlockOf<'grid'>, language: Language): string {
  const grid = gridOf(paths)
  const rows = grid.rows.map(({ subnetId, zone, kind, cells }) => [
    markdownCode(subnetId),
    markdownText(zone) + (kind === 'instance-eni' ? ` (${WORDS.instance[language]})` : ''),
    ...cells.map((outcome) => (outcome === null ? MARKS.none : MARKS[OUTCOME_SIGNS[outcome]])),
  ])
  const names = grid.columns.map(({ destination, optional }) => markdownText(destination) + (optional ? '\\*' : ''))
  const heads = [WORDS.subnet[language], WORDS.zone[language], ...names]
  return joined([table(heads, rows, 2), legendOf(grid, MARKS, '\\*', language)])
}

/** In a grid, nothing is quieter than a dash. */
const MARKS = { ...EMOJI, none: '·' }

function pictureMarkdown(block: BlockOf<'picture'>, language: Language): string {
  if (block.of === 'events') return ''
  const diagram =
    block.of === 'tasks' ? rolloutMermaid(block.rollout, language) : networkMermaid(block.report, language)
  return diagram === null ? '' : markdownFence(diagram, 'mermaid')
}
