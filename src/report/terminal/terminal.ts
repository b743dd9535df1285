/** Lines for a terminal: colours that can be left out, symbols one cell wide everywhere, paragraphs that hang. */
import type { Outcome } from '../../domain/path.ts'
import type { Severity, Verdict } from '../../domain/report.ts'
import type { RolloutPhase } from '../../domain/rollout.ts'
import type { StepState } from '../../domain/step.ts'
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
export const MARKS = { good: '✔', notice: '!', shaky: '~', bad: '✘', unknown: '?', ignored: '»', none: '-' } as const

interface Sign {
  readonly mark: string
  readonly colour: Colour
}

export const VERDICT_SIGNS: Readonly<Record<Verdict, Sign>> = {
  pass: { mark: MARKS.good, colour: 'green' },
  warn: { mark: MARKS.notice, colour: 'yellow' },
  fail: { mark: MARKS.bad, colour: 'red' },
  unknown: { mark: MARKS.unknown, colour: 'cyan' },
}

export const STATE_SIGNS: Readonly<Record<StepState, Sign>> = {
  ok: { mark: MARKS.good, colour: 'green' },
  warning: { mark: MARKS.notice, colour: 'yellow' },
  failed: { mark: MARKS.bad, colour: 'red' },
  unknown: { mark: MARKS.unknown, colour: 'cyan' },
  ignored: { mark: MARKS.ignored, colour: 'yellow' },
  skipped: { mark: MARKS.none, colour: 'grey' },
}

export const OUTCOME_SIGNS: Readonly<Record<Outcome, Sign>> = {
  reachable: { mark: MARKS.good, colour: 'green' },
  degraded: { mark: MARKS.notice, colour: 'yellow' },
  intermittent: { mark: MARKS.shaky, colour: 'yellow' },
  blocked: { mark: MARKS.bad, colour: 'red' },
  indeterminate: { mark: MARKS.unknown, colour: 'cyan' },
}

export const SEVERITY_SIGNS: Readonly<Record<Severity, Sign>> = {
  blocker: { mark: MARKS.bad, colour: 'red' },
  warning: { mark: MARKS.notice, colour: 'yellow' },
  advice: { mark: MARKS.none, colour: 'grey' },
}

export const PHASE_COLOURS: Readonly<Record<RolloutPhase, Colour>> = {
  steady: 'green',
  failed: 'red',
  'rolling-back': 'red',
  'rolled-back': 'red',
  rolling: 'yellow',
  superseded: 'yellow',
  'timed-out': 'yellow',
  lost: 'yellow',
  cancelled: 'yellow',
}

/** A subnet or a zone: tasks failed there, started there, or neither yet. */
export const PLACE_SIGNS: Readonly<Record<'good' | 'bad' | 'none', Sign>> = {
  good: { mark: MARKS.good, colour: 'green' },
  bad: { mark: MARKS.bad, colour: 'red' },
  none: { mark: MARKS.none, colour: 'grey' },
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
