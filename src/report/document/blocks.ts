/** What a report says and in which order, without a form: built once, and written by terminal, Markdown and HTML alike. */
import type { Path } from '../../domain/path.ts'
import type { Finding, Report } from '../../domain/report.ts'
import type { RolloutReport } from '../../domain/rollout.ts'
import type { StepState } from '../../domain/step.ts'
import type { Text } from '../../domain/text.ts'
import type { FailureGroup } from './failure-groups.ts'
import type { Sign } from './signs.ts'

/** Words, and names that are shown as code. All of it may be other people's: a writer makes it harmless for its medium. */
export type Span =
  | string
  | { readonly code: string }
  | { readonly strong: string }
  /** `href` is an address of ours, harmless as it stands. */
  | { readonly link: string; readonly href: string }
export type Inline = string | readonly Span[]

/** `lead` is the one line of a section to read, `cause` why it is so, `quiet` what few look for, `good` what is proved. */
export type Tone = 'lead' | 'cause' | 'quiet' | 'good'

/** A step, or several of which the same is to be said. */
export interface StepLine {
  readonly titles: readonly string[]
  readonly state: StepState
  readonly sign: Sign
  /** Empty where the state says it all. */
  readonly notes: readonly Inline[]
}

export interface TableRow {
  readonly sign?: Sign
  /** As many as there are heads; empty where there is nothing to say. */
  readonly cells: readonly Inline[]
  readonly strong?: boolean
}

/** A finding or a failure. */
export interface Card {
  readonly kind: 'card'
  readonly number: number | null
  readonly sign: Sign
  /** A word before the title. */
  readonly label: string | null
  readonly title: string
  readonly blocks: readonly Block[]
  /** What a page filters by. */
  readonly finding: Finding | null
  /** A name of ours, for links within a page. */
  readonly anchor: string | null
}

export type Block =
  | { readonly kind: 'text'; readonly text: Inline; readonly tone?: Tone }
  | { readonly kind: 'list'; readonly items: readonly Inline[]; readonly ordered?: boolean }
  /** Without a language: what a program or AWS wrote, not to be pasted. */
  | { readonly kind: 'code'; readonly text: string; readonly language: 'sh' | 'hcl' | 'yaml' | 'json' | '' }
  | { readonly kind: 'table'; readonly heads: readonly string[]; readonly rows: readonly TableRow[] }
  | { readonly kind: 'field'; readonly name: Inline; readonly body: Block }
  /** Shown on demand, where a medium can do so; what is quiet is left to its name where it cannot. */
  | { readonly kind: 'fold'; readonly name: string; readonly blocks: readonly Block[]; readonly quiet?: boolean }
  | { readonly kind: 'steps'; readonly steps: readonly StepLine[] }
  | { readonly kind: 'grid'; readonly paths: readonly Path[] }
  /** Drawn by each medium in its own way, or not at all. */
  | { readonly kind: 'picture'; readonly of: 'network'; readonly report: Report }
  | { readonly kind: 'picture'; readonly of: 'events'; readonly rollout: RolloutReport }
  /** `groups`: those that have a card, in its order. */
  | {
      readonly kind: 'picture'
      readonly of: 'tasks'
      readonly rollout: RolloutReport
      readonly groups: readonly FailureGroup[]
    }
  | Card

export interface Section {
  readonly title: string
  /** 3 belongs to the section of level 2 before it. */
  readonly level: 2 | 3
  /** False: the title only names it where it is left out. */
  readonly isTitled: boolean
  readonly id: string | null
  readonly blocks: readonly Block[]
}

export interface ReportDocument {
  readonly head: {
    readonly sign: Sign
    readonly verdict: string
    readonly step: string | null
    readonly title: string | null
    /** What is to be read even before the verdict. */
    readonly lead?: readonly Block[]
    readonly blocks: readonly Block[]
  }
  readonly sections: readonly Section[]
}

/** Enough to know within seconds whether it goes and what to do. */
export interface Head {
  /** All of it in one sentence: for JSON, an output, a message. */
  readonly line: Text
  /** The failing step's title, or how a rollout ended; null where nothing fails. */
  readonly step: Text | null
  /** What to mend first; null where nothing blocks. */
  readonly title: Text | null
  readonly sentence: Text
  /** The cause, a line each. */
  readonly because: readonly Text[]
  /** What a failing container wrote last. */
  readonly lastLines: readonly string[]
  /** `2 blockers, 1 warning`; empty strings when there is nothing to count. */
  readonly counts: Text
  /** What stands above `commands`. */
  readonly paste: Text
  readonly commands: readonly string[]
  /** Below `commands`: what they leave; null where they leave nothing. */
  readonly left: Text | null
  /** What to do where there is nothing to paste. */
  readonly advice: readonly Text[]
}

/** How much of what may be endless is told; the JSON has all. */
export interface Amount {
  readonly groups: number
  readonly subnets: number
  readonly affected: number
  /** Of a log, and characters of each and of what ECS said. */
  readonly logLines: number
  readonly line: number
  readonly said: number
}
export const BRIEF: Amount = { groups: 8, subnets: 16, affected: 12, logLines: 20, line: 400, said: 1_000 }
export const FULL: Amount = { groups: 20, subnets: 60, affected: 200, logLines: 50, line: 2_000, said: 2_000 }

/** What there is nothing of is no block. */
export type Blocks = readonly (Block | null)[]

export function section(title: string, blocks: Blocks, more: Partial<Section> = {}): readonly Section[] {
  const present = blocks.filter((block) => block !== null)
  return present.length === 0 ? [] : [{ title, level: 2, isTitled: true, id: null, ...more, blocks: present }]
}

/** A section that is nothing but a fold of its name. */
export function foldedSection(
  title: string,
  blocks: Blocks,
  { id = null, isQuiet = false }: { readonly id?: string | null; readonly isQuiet?: boolean } = {},
): readonly Section[] {
  return section(title, [fold(title, blocks, isQuiet)], { id, isTitled: false })
}

export function text(words: Inline, tone?: Tone): Block {
  return tone === undefined ? { kind: 'text', text: words } : { kind: 'text', text: words, tone }
}

export function list(items: readonly Inline[], ordered = false): Block | null {
  return items.length === 0 ? null : { kind: 'list', items, ordered }
}

export function code(lines: readonly string[], language: 'sh' | 'hcl' | 'yaml' | 'json' | ''): Block | null {
  const whole = lines.join('\n').trimEnd()
  return whole.trim() === '' ? null : { kind: 'code', text: whole, language }
}

export function field(name: Inline, body: Block | null): Block | null {
  return body === null ? null : { kind: 'field', name, body }
}

export function fold(name: string, blocks: Blocks, quiet = false): Block | null {
  const present = blocks.filter((block) => block !== null)
  return present.length === 0 ? null : { kind: 'fold', name, blocks: present, ...(quiet ? { quiet } : {}) }
}

export function table(heads: readonly string[], rows: readonly TableRow[]): Block | null {
  return rows.length === 0 ? null : { kind: 'table', heads, rows }
}

/** How a medium writes the pieces of a line. */
export interface InlineWriter {
  readonly text: (text: string) => string
  readonly code: (text: string) => string
  readonly strong: (text: string) => string
  readonly link: (text: string, href: string) => string
}

export function inline(words: Inline, write: InlineWriter): string {
  if (typeof words === 'string') return write.text(words)
  return words.map((span) => spanIn(span, write)).join('')
}

/** What makes a text harmless trims it: the spaces between two pieces stay. */
function spanIn(span: Span, write: InlineWriter): string {
  if (typeof span !== 'string') {
    if ('link' in span) return write.link(span.link, span.href)
    return 'code' in span ? write.code(span.code) : write.strong(span.strong)
  }
  const core = span.trim()
  if (core === '') return ' '
  return `${/^\s/.test(span) ? ' ' : ''}${write.text(core)}${/\s$/.test(span) ? ' ' : ''}`
}

/** The words without their marks. */
export function plain(words: Inline): string {
  const asIs = (text: string) => text
  return typeof words === 'string'
    ? words
    : words.map((span) => spanIn(span, { text: asIs, code: asIs, strong: asIs, link: asIs })).join('')
}

/** The addresses that the words lead to. */
export function linksIn(words: Inline): readonly string[] {
  return typeof words === 'string'
    ? []
    : words.flatMap((span) => (typeof span === 'object' && 'href' in span ? span.href : []))
}
