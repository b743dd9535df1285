/** The map of the HTML report: a row a subnet, a column a destination, in each cell the hops of the path as beads, in SVG. */
import { type Decision, OUTCOMES, type Path } from '../../domain/path.ts'
import type { Report } from '../../domain/report.ts'
import type { Language } from '../../domain/text.ts'
import { HOP_NAMES, notDrawn, PICTURE_WORDS, VIA_NAMES } from '../diagrams/picture-words.ts'
import { gridOf, type Row } from '../document/grid.ts'
import { OUTCOME_SIGNS } from '../document/signs.ts'
import { worstFirst } from '../document/stopping-hop.ts'
import { COLOURS, type Colour, MARKS } from '../terminal/terminal.ts'
import { htmlText } from '../text/untrusted.ts'
import { clip } from '../text/width.ts'
import { DECISIONS, OUTCOME_WORDS, WORDS } from '../text/words.ts'
import { element, type Lines } from './parts.ts'

/** A larger map helps nobody; the table below it has every row. */
const ROWS = 40
const COLUMNS = 12
/** Paths whose hops are written out: all that a page of 400 KB has room for. */
const WRITTEN = { broken: 60, reachable: 24 } as const

/** Broken paths that are written out without being asked for. */
const SHOWN = 2

const SIZE = { left: 208, top: 30, column: 132, row: 40 } as const

export const DECISION_COLOURS: Readonly<Record<Decision, Colour>> = {
  allow: 'green',
  partial: 'yellow',
  deny: 'red',
  unknown: 'cyan',
}

export function mapHtml({ paths }: Report, language: Language): Lines {
  const written = writtenPaths(paths)
  return [
    element('p', PICTURE_WORDS.mapHint[language], 'quiet no-print'),
    `<div class="wide" tabindex="0">${svg(paths, written, language)}</div>`,
    '<div id="hops-here" class="panel no-print" aria-live="polite" hidden></div>',
    ...hopsHtml(paths, written, language),
  ]
}

/** Broken ones first: the numbers are those of the elements that a cell leads to. */
function writtenPaths(paths: readonly Path[]): readonly Path[] {
  const broken = paths.filter(({ outcome }) => outcome !== 'reachable')
  const reachable = paths.filter(({ outcome }) => outcome === 'reachable')
  return [...worstFirst(broken, OUTCOMES).slice(0, WRITTEN.broken), ...reachable.slice(0, WRITTEN.reachable)]
}

function svg(paths: readonly Path[], written: readonly Path[], language: Language): string {
  const grid = gridOf(paths)
  const columns = grid.columns.slice(0, COLUMNS)
  const rows = byTrouble(grid.rows).slice(0, ROWS)
  const width = SIZE.left + columns.length * SIZE.column
  const height = SIZE.top + rows.length * SIZE.row + 4
  const heads = columns.map(
    ({ destination, optional }, at) =>
      `<text class="head" text-anchor="middle" x="${SIZE.left + (at + 0.5) * SIZE.column}" y="18">${htmlText(clip(destination, 17) + (optional ? '*' : ''))}</text>`,
  )
  const body = rows.flatMap((row, at) => {
    const y = SIZE.top + at * SIZE.row
    const zone = row.zone + (row.kind === 'instance-eni' ? ` (${WORDS.instance[language]})` : '')
    return [
      `<text x="0" y="${y + 17}">${htmlText(clip(row.subnetId, 26))}</text>`,
      `<text class="small" x="0" y="${y + 33}">${htmlText(clip(zone, 30))}</text>`,
      ...columns.flatMap(({ destination }, column) => {
        const path = worstOf(paths, row, destination)
        return path === undefined
          ? []
          : [cell(path, written.indexOf(path), SIZE.left + column * SIZE.column, y, language)]
      }),
    ]
  })
  const left = grid.rows.length - rows.length + grid.columns.length - columns.length
  return [
    `<svg class="map" role="group" aria-labelledby="map-name" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title id="map-name">${PICTURE_WORDS.map[language]}</title>`,
    ...heads,
    ...body,
    '</svg>',
    left === 0 ? '' : element('p', notDrawn(left)[language], 'quiet'),
  ].join('\n')
}

/** Rows with trouble come first where not all fit; else the order of the table stays. */
function byTrouble(rows: readonly Row[]): readonly Row[] {
  if (rows.length <= ROWS) return rows
  const worst = ({ cells }: Row) =>
    Math.min(...cells.map((cell) => (cell === null ? OUTCOMES.length : OUTCOMES.indexOf(cell))))
  return rows.toSorted((one, other) => worst(one) - worst(other))
}

function worstOf(paths: readonly Path[], { subnetId, zone, kind }: Row, destination: string): Path | undefined {
  const own = paths.filter(
    ({ from, destination: to }) =>
      from.subnetId === subnetId && from.availabilityZone === zone && from.kind === kind && to === destination,
  )
  return own.toSorted((one, other) => OUTCOMES.indexOf(one.outcome) - OUTCOMES.indexOf(other.outcome))[0]
}

/** A cell leads to its hops in the text, where they are written out; its name says the outcome and each hop. */
function cell(path: Path, number: number, x: number, y: number, language: Language): string {
  const sign = OUTCOME_SIGNS[path.outcome]
  const [mark, colour] = [MARKS[sign], COLOURS[sign]]
  const shape = [
    `<title>${htmlText(summary(path, language))}</title>`,
    `<rect x="${x + 4}" y="${y + 3}" width="${SIZE.column - 8}" height="${SIZE.row - 8}" rx="6"/>`,
    ...beads(path, x, y),
    `<text class="sign" text-anchor="middle" x="${x + SIZE.column - 18}" y="${y + 24}">${mark}</text>`,
  ].join('')
  return number < 0
    ? `<g class="cell fill-${colour}" role="img">${shape}</g>`
    : `<a class="cell fill-${colour}" href="#path-${number}">${shape}</a>`
}

function beads({ hops, outcome }: Path, x: number, y: number): readonly string[] {
  const shown = hops.slice(0, 10)
  const step = Math.min(14, 88 / Math.max(1, shown.length - 1))
  const line = `<line x1="${x + 14}" y1="${y + 19}" x2="${x + 14 + step * Math.max(0, shown.length - 1)}" y2="${y + 19}"/>`
  if (shown.length === 0) {
    return [`<circle class="dot-${COLOURS[OUTCOME_SIGNS[outcome]]}" cx="${x + 14}" cy="${y + 19}" r="5"/>`]
  }
  return [
    line,
    ...shown.map(
      ({ decision }, at) =>
        `<circle class="dot-${DECISION_COLOURS[decision]}" cx="${Math.round(x + 14 + at * step)}" cy="${y + 19}" r="${decision === 'allow' ? 4 : 6}"/>`,
    ),
  ]
}

function summary(path: Path, language: Language): string {
  const hops = path.hops.map(
    ({ at, id, decision }) =>
      `${HOP_NAMES[at][language]}${id === null ? '' : ` ${id}`}: ${DECISIONS[decision][language]}`,
  )
  return [`${path.from.subnetId} → ${path.destination}: ${OUTCOME_WORDS[path.outcome][language]}`, ...hops].join(' · ')
}

function hopsHtml(paths: readonly Path[], written: readonly Path[], language: Language): Lines {
  const items = written.map((path, at) => pathHtml(path, at, language))
  const broken = written.filter(({ outcome }) => outcome !== 'reachable').length
  const left = paths.length - written.length
  const fold = (name: string, own: readonly string[], isOpen: boolean) =>
    own.length === 0
      ? ''
      : `<details${isOpen ? ' open' : ''}>${element('summary', name)}<ul class="paths">${own.join('\n')}</ul></details>`
  return [
    // A cell shows its own; many at once would hide all that stands below.
    fold(PICTURE_WORDS.hops[language], items.slice(0, broken), broken <= SHOWN),
    fold(PICTURE_WORDS.otherHops[language], items.slice(broken), false),
    left === 0 ? '' : element('p', notDrawn(left)[language], 'quiet'),
  ]
}

function pathHtml(path: Path, number: number, language: Language): string {
  const sign = OUTCOME_SIGNS[path.outcome]
  const [mark, colour] = [MARKS[sign], COLOURS[sign]]
  const { via, host, port } = path
  const way = via.kind === 'none' ? [] : [`${VIA_NAMES[via.kind][language]}${via.id === null ? '' : ` ${via.id}`}`]
  const hops = path.hops.map(
    ({ at, id, decision, why }) =>
      `<li><b class="${DECISION_COLOURS[decision]}">${DECISIONS[decision][language]}</b> ${htmlText(`${HOP_NAMES[at][language]}${id === null ? '' : ` ${id}`}`)}: ${htmlText(why[language])}</li>`,
  )
  return [
    `<li id="path-${number}" tabindex="-1">`,
    `<p><b class="${colour}">${mark} ${OUTCOME_WORDS[path.outcome][language]}</b> ${htmlText(`${path.from.subnetId} → ${path.destination}`)} `,
    `${element('span', [`${host}:${port}`, ...way].join(' · '), 'quiet')}</p>`,
    hops.length === 0 ? '' : `<ol>${hops.join('')}</ol>`,
    '</li>',
  ].join('')
}
