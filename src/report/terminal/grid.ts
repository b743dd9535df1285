/** The grid of a report for a terminal: a row a subnet, a column a destination, in bands where columns do not fit. */
import type { Path } from '../../domain/path.ts'
import type { Language } from '../../domain/text.ts'
import { type Column, type Grid, gridOf, legendOf, type Row } from '../document/grid.ts'
import { OUTCOME_SIGNS } from '../document/signs.ts'
import { terminalText } from '../text/untrusted.ts'
import { cells, centre, padEnd, wrap, wrapName } from '../text/width.ts'
import { WORDS } from '../text/words.ts'
import { COLOURS, MARKS, type Terminal } from './terminal.ts'

const WIDEST_COLUMN = 14

interface Label {
  readonly lines: readonly string[]
  readonly row: Row
}

interface Head {
  readonly at: number
  readonly lines: readonly string[]
  readonly width: number
}

export function gridLines(paths: readonly Path[], language: Language, screen: Terminal): readonly string[] {
  const grid = gridOf(paths)
  const labels = labelsOf(grid, language, screen.columns - WIDEST_COLUMN - 4)
  const labelWidth = Math.max(...labels.flatMap(({ lines }) => lines.map(cells)))
  const bands = bandsOf(grid.columns.map(headOf), screen.columns - labelWidth - 2)
  return [...bands.flatMap((band) => bandLines(band, labels, labelWidth, screen)), ...legend(grid, language, screen)]
}

function labelsOf({ rows }: Grid, language: Language, width: number): readonly Label[] {
  const subnets = rows.map(({ subnetId }) => terminalText(subnetId))
  const widest = Math.min(Math.max(...subnets.map(cells)), width)
  return rows.map((row, at) => {
    const instance = row.kind === 'instance-eni' ? ` (${WORDS.instance[language]})` : ''
    const zone = terminalText(row.zone) + instance
    const subnet = padEnd(subnets[at] ?? '', widest)
    const onOneLine = `${subnet}  ${zone}`
    const lines = cells(onOneLine) <= width ? [onOneLine] : [...wrap(subnet.trim(), width), ...wrap(zone, width)]
    return { row, lines }
  })
}

function headOf({ destination, optional }: Column, at: number): Head {
  const lines = wrapName(terminalText(destination) + (optional ? '*' : ''), WIDEST_COLUMN)
  return { at, lines, width: Math.max(...lines.map(cells)) }
}

/** As many columns a band as fit, two cells between them; at least one. */
function bandsOf(heads: readonly Head[], width: number): readonly (readonly Head[])[] {
  const bands: Head[][] = []
  let room = 0
  for (const head of heads) {
    const band = bands.at(-1)
    if (band === undefined || room < head.width + 2) {
      bands.push([head])
      room = width - head.width - 2
    } else {
      band.push(head)
      room -= head.width + 2
    }
  }
  return bands
}

function bandLines(band: readonly Head[], labels: readonly Label[], labelWidth: number, screen: Terminal) {
  const height = Math.max(...band.map(({ lines }) => lines.length))
  const head = Array.from({ length: height }, (_, line) =>
    [' '.repeat(labelWidth + 2), ...band.map(({ lines, width }) => centre(lines[line] ?? '', width))].join('  '),
  )
  const body = labels.flatMap(({ lines, row }) =>
    lines.map((label, line) => {
      const marks = line > 0 ? [] : band.map(({ at, width }) => markOf(row, at, width, screen))
      return [`  ${padEnd(label, labelWidth)}`, ...marks].join('  ')
    }),
  )
  return [...head.map((line) => screen.paint(line.trimEnd(), 'grey')), ...body.map((line) => line.trimEnd())]
}

function markOf({ cells: outcomes }: Row, at: number, width: number, { paint }: Terminal): string {
  const outcome = outcomes[at] ?? null
  const sign = outcome === null ? 'none' : OUTCOME_SIGNS[outcome]
  return centre(MARKS[sign], width).replace(MARKS[sign], paint(MARKS[sign], COLOURS[sign]))
}

function legend(grid: Grid, language: Language, screen: Terminal): readonly string[] {
  return wrap(legendOf(grid, MARKS, '*', language), screen.columns - 2).map((line) => `  ${screen.paint(line, 'grey')}`)
}
