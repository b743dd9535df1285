/** Lines for a terminal: colours that can be left out, symbols one cell wide everywhere, paragraphs that hang. */
import type { Sign } from '../document/signs.ts'
import { terminalLines, terminalText } from '../text/untrusted.ts'
import { cells, wrap } from '../text/width.ts'

export type Colour = 'red' | 'yellow' | 'green' | 'cyan' | 'grey'

/** SGR codes that open and close: 8-colour ones, which every theme makes readable. */
const SGR: Readonly<Record<Colour | 'bold', readonly [number, number]>> = {
  bold: [1, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
  grey: [90, 39],
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const SGR_CODES = /\u001b\[\d+m/g

export interface Terminal {
  readonly columns: number
  readonly paint: (text: string, ...styles: readonly (Colour | 'bold')[]) => string
}

const NARROWEST = 40
const WIDEST = 120

/** Prose beyond 120 columns is hard to read, and below 40 ids no longer fit. */
export function terminal(columns: number, colour: boolean): Terminal {
  return {
    columns: Math.min(WIDEST, Math.max(NARROWEST, Math.floor(columns))),
    paint: (text, ...styles) => (colour ? styles.reduce(painted, text) : text),
  }
}

function painted(text: string, style: Colour | 'bold'): string {
  const [open, close] = SGR[style]
  return text === '' ? text : `\u001b[${open}m${text}\u001b[${close}m`
}

/** None of East Asian ambiguous width, which a Korean terminal may draw in two cells. */
export const MARKS: Readonly<Record<Sign, string>> = {
  good: '✔',
  notice: '!',
  shaky: '~',
  bad: '✘',
  unknown: '?',
  ignored: '»',
  advice: '-',
  none: '-',
}

export const COLOURS: Readonly<Record<Sign, Colour>> = {
  good: 'green',
  notice: 'yellow',
  shaky: 'yellow',
  bad: 'red',
  unknown: 'cyan',
  ignored: 'yellow',
  advice: 'grey',
  none: 'grey',
}

/** A paragraph behind a lead (`1. `, painted or not): the lead stands once, its width indents the rest. */
export function hang(
  lead: string,
  text: string,
  { columns, paint }: Terminal,
  ...styles: readonly (Colour | 'bold')[]
) {
  const indent = cells(lead.replace(SGR_CODES, ''))
  return wrap(terminalText(text), columns - indent).map(
    (line, at) => (at === 0 ? lead : ' '.repeat(indent)) + paint(line, ...styles),
  )
}

/**
 * A command or Terraform, never wrapped, so that it can be pasted. A here-document starts at the margin: its end mark
 * works nowhere else.
 */
export function code(text: string, indent: string, { paint }: Terminal): readonly string[] {
  const lines = terminalLines(text.replace(/\s+$/, ''))
  const margin = text.includes('<<') ? '' : indent
  return lines.map((line) => (line === '' ? '' : margin) + paint(line, 'cyan'))
}
