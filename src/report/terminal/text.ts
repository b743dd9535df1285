/** The report for a terminal. */
import { worstServices } from '../../checks/engine/services.ts'
import type { Report } from '../../domain/report.ts'
import { type AnyReport, isOfServices, type ServicesReport } from '../../domain/services-report.ts'
import type { Language } from '../../domain/text.ts'
import {
  BRIEF,
  type Card,
  linksIn,
  plain,
  type ReportDocument,
  type Section,
  type TableRow,
} from '../document/blocks.ts'
import { documentOf } from '../document/document.ts'
import { overviewOf } from '../document/overview.ts'
import { VERDICT_SIGNS } from '../document/signs.ts'
import { terminalLine, terminalText } from '../text/untrusted.ts'
import { cells, clip, padEnd } from '../text/width.ts'
import { STATES } from '../text/words.ts'
import { gridLines } from './grid.ts'
import { COLOURS, type Colour, code, hang, MARKS, type Terminal, terminal } from './terminal.ts'

export interface TextOptions {
  readonly language: Language
  /** Write SGR colours: the caller knows whether a terminal reads it, and NO_COLOR. */
  readonly colour?: boolean
  /** Cells of a line, 40 to 120; 100 unless given. Only commands and Terraform may be longer. */
  readonly columns?: number
}

/** Above this many lines the verdict has scrolled away and is said again at the end. */
const SCREEN = 40

export function renderText(report: AnyReport, { language, colour = false, columns = 100 }: TextOptions): string {
  const screen = terminal(columns, colour)
  const { verdict, lines } = isOfServices(report)
    ? servicesLines(report, screen, language)
    : reportLines(report, screen, language)
  const again = lines.length > SCREEN ? ['', ...verdict] : []
  return `${[...lines, ...again].map(terminalLine).join('\n')}\n`
}

interface Drawn {
  readonly verdict: readonly string[]
  readonly lines: readonly string[]
}

/** The overview, then each report under the name of its service, the worst first. */
function servicesLines(report: ServicesReport, screen: Terminal, language: Language): Drawn {
  const head = overviewOf(report, language)
  const blocks = head.blocks.map((block) => (block.kind === 'table' ? inTwoColumns(block) : block))
  const overview = drawn({ head: { ...head, blocks }, sections: [] }, screen, language)
  const reports = worstServices(report).flatMap((one) => [
    '',
    ...hang('', `— ${one.target.service} —`, screen, 'bold', COLOURS[VERDICT_SIGNS[one.verdict]]),
    '',
    ...reportLines(one, screen, language).lines,
  ])
  return { verdict: overview.verdict, lines: [...overview.lines, ...reports] }
}

/** A line a row, all that follows its name beside it. */
function inTwoColumns({ heads, rows, ...table }: Extract<Block, { kind: 'table' }>): Block {
  const joined = rows.map(({ cells: [first = '', ...others], ...row }) => {
    const rest = others.map(plain).filter((one) => one !== '')
    return { ...row, cells: [first, rest.join(' · ')] }
  })
  return { ...table, heads: heads.slice(0, 2), rows: joined }
}

function reportLines(report: Report, screen: Terminal, language: Language): Drawn {
  return drawn(documentOf(report, language, BRIEF), screen, language)
}

function drawn({ head, sections }: ReportDocument, screen: Terminal, language: Language): Drawn {
  const [first, ...others] = head.blocks
  // Without a step or a title the sentence stands beside the verdict.
  const isBare = head.step === null && head.title === null && first?.kind === 'text'
  const verdict = verdictLines(head, isBare ? plain(first.text) : null, screen)
  const below = isBare ? others : head.blocks
  const write = (block: Block, indent: string) => blockLines(block, indent, screen, language)
  const lead = (head.lead ?? []).flatMap((block) => write(block, ''))
  const lines = [
    ...(lead.length === 0 ? [] : [...lead, '']),
    ...verdict,
    ...below.flatMap((block, at) => [
      ...(block.kind === 'field' || below[at - 1]?.kind === 'field' ? [''] : []),
      ...write(block, '  '),
    ]),
    ...sections.flatMap((section) => sectionLines(section, screen, write)),
  ]
  return { verdict, lines }
}

type Block = Section['blocks'][number]
type Write = (block: Block, indent: string) => readonly string[]

function verdictLines(
  { sign, verdict, step, title }: ReportDocument['head'],
  sentence: string | null,
  screen: Terminal,
): readonly string[] {
  const lead = screen.paint(`${MARKS[sign]} ${verdict}`, 'bold', COLOURS[sign])
  const words = [step, title].filter((one) => one !== null).join(': ')
  return hang(`${lead}  `, sentence ?? words, screen, 'bold')
}

function sectionLines({ title, level, isTitled, blocks }: Section, screen: Terminal, write: Write): readonly string[] {
  const lines = blocks.flatMap((block) => write(block, '  '))
  if (lines.length === 0) return []
  return ['', ...(isTitled ? hang(level === 2 ? '' : '  ', title, screen, 'bold') : []), ...lines]
}

const TONES: Readonly<Record<string, readonly (Colour | 'bold')[]>> = {
  lead: ['bold'],
  cause: ['bold'],
  quiet: ['grey'],
  good: ['green'],
}

function blockLines(block: Block, indent: string, screen: Terminal, language: Language): readonly string[] {
  const write: Write = (inner, deeper) => blockLines(inner, deeper, screen, language)
  switch (block.kind) {
    case 'text': {
      const { text, tone = '' } = block
      return [
        ...hang(indent + (tone === 'good' ? `${MARKS.good} ` : ''), plain(text), screen, ...(TONES[tone] ?? [])),
        // Whole, so that a terminal can open it.
        ...linksIn(text).map((href) => indent + screen.paint(href, 'grey')),
      ]
    }
    case 'list':
      return block.items.flatMap((item, at) =>
        hang(`${indent}${block.ordered === true ? `${at + 1}.` : '-'} `, plain(item), screen),
      )
    case 'code':
      return block.language === ''
        ? block.text.split('\n').flatMap((line) => hang(indent, line, screen, 'grey'))
        : code(block.text, indent, screen)
    case 'table':
      return tableLines(block.heads, block.rows, indent, screen)
    case 'field':
      return [...hang(indent, `${plain(block.name)}:`, screen, 'bold'), ...write(block.body, `${indent}  `)]
    case 'fold':
      if (block.quiet === true) return hang(indent, block.name, screen, 'grey')
      return [
        ...hang(indent, `${block.name}:`, screen, 'bold'),
        ...block.blocks.flatMap((one) => write(one, `${indent}  `)),
      ]
    case 'card':
      return cardLines(block, indent, screen, write)
    case 'steps':
      return stepLines(block, indent, screen, language)
    case 'grid':
      return gridLines(block.paths, language, screen)
    case 'picture':
      return []
  }
}

function cardLines({ number, sign, label, title, blocks }: Card, indent: string, screen: Terminal, write: Write) {
  const lead = `${number === null ? '' : `${number}. `}${screen.paint(MARKS[sign], COLOURS[sign])} `
  const words = label === null ? title : `${label}: ${title}`
  const deeper = `${indent}${number === null ? '  ' : '     '}`
  return ['', ...hang(indent + lead, words, screen, 'bold'), ...blocks.flatMap((block) => write(block, deeper))]
}

function stepLines(
  { steps }: Extract<Block, { kind: 'steps' }>,
  indent: string,
  screen: Terminal,
  language: Language,
): readonly string[] {
  const lone = steps.flatMap(({ titles: [first = '', ...more] }) =>
    more.length === 0 ? [clip(terminalText(first), 24)] : [],
  )
  const widest = Math.max(0, ...lone.map(cells))
  return steps.flatMap(({ titles, state, sign, notes }) => {
    const lead = `${indent}${screen.paint(MARKS[sign], COLOURS[sign])} `
    const title = titles.join(', ')
    const [first, ...more] = notes.map(plain)
    if (first === undefined) return hang(lead, `${STATES[state][language]}: ${title}`, screen)
    const below = ' '.repeat(cells(indent) + 2 + widest + 2)
    if (titles.length > 1 || cells(title) > widest)
      return [...hang(lead, title, screen, 'bold'), ...notes.flatMap((note) => hang(below, plain(note), screen))]
    return [
      ...hang(`${lead}${screen.paint(padEnd(terminalText(title), widest), 'bold')}  `, first, screen),
      ...more.flatMap((note) => hang(below, note, screen)),
    ]
  })
}

/** Two columns stand one under the other; more of them in a line with their names, or in one line each. */
function tableLines(heads: readonly string[], rows: readonly TableRow[], indent: string, screen: Terminal) {
  const firsts = rows.map(({ cells: [first = ''] }) => terminalText(plain(first)))
  const widest = Math.max(...firsts.map(cells))
  return rows.flatMap(({ sign, strong, cells: [, ...others] }, at) => {
    const lead = indent + (sign === undefined ? '' : `${screen.paint(MARKS[sign], COLOURS[sign])} `)
    const style = strong === true ? (['bold'] as const) : []
    const first = firsts[at] ?? ''
    if (heads.length === 2)
      return hang(`${lead}${screen.paint(padEnd(first, widest), ...style)}  `, plain(others[0] ?? ''), screen, ...style)
    const named = others.flatMap((cell, n) => (plain(cell) === '' ? [] : [`${heads[n + 1]}: ${plain(cell)}`]))
    const whole = [first, ...named].join(' · ')
    if (cells(terminalText(whole)) + 4 <= screen.columns) return hang(lead, whole, screen, ...style)
    return [
      ...hang(lead, first, screen, ...style),
      ...named.flatMap((line) => hang(`${indent}    `, line, screen, 'grey')),
    ]
  })
}
