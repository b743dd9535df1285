/** Reads what people paste: a log of a job, an answer of the AWS CLI, a quotation. Every failure in it, the deciding one first. */
import { LABELS } from './labels.ts'
import { type Message, type MessageContext, readMessage, tells } from './read-message.ts'

export interface Pasted {
  readonly message: Message
  /** Further failures of the same text, each with the words that tell of it; in their order. */
  readonly also: readonly { readonly text: string; readonly message: Message }[]
}

/** What is read as one message; longer texts are read piece by piece. */
const ONE_MESSAGE = 8000

/** Takes time in proportion to the text. */
export function readPasted(text: string, context: MessageContext = {}): Pasted {
  const pieces = piecesOf(text)
  const whole = wholeOf(text, pieces, context)
  const told = pieces.length < 2 ? [] : failuresIn(pieces, context)
  const message = decisive(whole, told)
  const others = told.filter((one) => isAnother(one, message))
  return { message, also: others.map((one) => ({ text: one.piece.text, message: one.message })) }
}

/**
 * A cause may stand on another line than the verdict, so that the text as a whole decides; but messages that each begin anew and say different
 * things make a third one together, which none of them says.
 */
function decisive(whole: Message, told: readonly Told[]): Message {
  const [first] = told
  if (first === undefined) return whole
  const [record, ...more] = told.filter(({ piece }) => piece.isRecord)
  const isMixture = more.length > 0 && told.every(({ message }) => !isSame(message, whole))
  if (record !== undefined && isMixture) return record.message
  return tells(whole) ? whole : first.message
}

function isSame(one: Message, other: Message): boolean {
  return one.label === other.label && one.destination === other.destination
}

function wholeOf(text: string, pieces: readonly Piece[], context: MessageContext): Message {
  const bare = pieces.map((piece) => piece.text).join('\n')
  const message = readMessage(bare.length > ONE_MESSAGE ? '' : bare, context)
  if (tells(message)) return message
  const asPasted = readMessage(text, context)
  return tells(asPasted) || message.label === 'unknown' ? asPasted : message
}

interface Told {
  readonly message: Message
  readonly piece: Piece
}

/** Each failure once, with the first piece that tells of it. */
function failuresIn(pieces: readonly Piece[], context: MessageContext): readonly Told[] {
  const seen = new Map<string, Told>()
  for (const piece of pieces) {
    const message = readMessage(piece.text, context)
    const { label, destination, address } = message
    const key = `${label} ${destination} ${address?.ip}`
    if (LABELS[label].clarity === undefined && !seen.has(key)) seen.set(key, { message, piece })
  }
  return [...seen.values()]
}

/** A line in the middle of a message often says the same in other words. */
function isAnother({ message, piece }: Told, decided: Message): boolean {
  if (isSame(message, decided)) return false
  return piece.isRecord || LABELS[message.label].family !== LABELS[decided.label].family
}

interface Piece {
  readonly text: string
  /** It begins as a message does, and is no continuation of the line before. */
  readonly isRecord: boolean
}

function piecesOf(text: string): readonly Piece[] {
  const bare = withoutColours(text)
  const values = valuesIn(bare)
  if (values !== null) return values.map((value) => ({ text: value, isRecord: true }))
  return bare.split(/\r?\n/).flatMap((line) => {
    const stripped = withoutFrame(line)
    if (stripped === '' || /^[-=|:─━_\s]+$|^```\w*$/.test(stripped)) return []
    const values = valuesOfLine(stripped)
    if (values.length > 0) return values.map((value) => ({ text: value, isRecord: true }))
    return [{ text: stripped, isRecord: RECORD.test(stripped) }]
  })
}

const COLOURS = new RegExp(`(?:${String.fromCharCode(27)}|\\\\u001b|\\\\x1b|\\\\033)\\[[0-9;]{0,16}[A-Za-z]`, 'g')

function withoutColours(text: string): string {
  return text.replace(COLOURS, '')
}

/** Clocks of job logs, boxes of Terraform, quotation marks of mails and chats, levels of loggers. */
const FRAMES: readonly RegExp[] = [
  /^\s*(?:[│|>╷╵]\s?)+/,
  /^\s*\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?\]?\s*/,
  /^\s*\d\d?:\d\d:\d\d(?: ?[AP]M)?\s+(?:\|\s*)?/,
  /^\s*(?:##\[(?:error|warning|debug|group|section)\]|::(?:error|warning|notice)[^:]{0,200}::)\s*/,
]

function withoutFrame(line: string): string {
  let rest = line
  for (let before = ''; before !== rest; ) {
    before = rest
    for (const frame of FRAMES) rest = rest.replace(frame, '')
  }
  return rest.replace(/\s*\|\s*$/, '').trim()
}

/** `CannotPullContainerError: …`, `(service web) …`, `Error: …`; `task 1: ResourceInitializationError: …`. */
const RECORD =
  /^\W{0,3}(?:(?:[\w.-]{1,40}[ :]+){0,3}(?:Cannot|Resource)\w*Error\b|service\b|\w*(?:Error|Exception|Failure)\b|error\b|stopped ?reason|reason\b|status ?reason|task stopped)/i

/** Members of AWS's answers that hold what ECS says. */
const TELLING = /reason|message|cause|error|detail|description|text|log$|^status$/i

/** The sentences of a JSON document; null where the text is none. */
function valuesIn(text: string): readonly string[] | null {
  const parsed = parsedObject(text)
  return parsed === null ? null : [...sentencesIn(parsed), ...exitIn(parsed)]
}

/** How the containers ended, where that is one answer: the others of a task are stopped with the one that matters, and end otherwise. */
function exitIn(value: object): readonly string[] {
  const codes = [...new Set(exitCodesIn(value))]
  const failed = codes.filter((code) => code !== 0)
  const [code, ...more] = failed.length === 0 ? codes : failed
  return code === undefined || more.length > 0 ? [] : [`exit code ${code}`]
}

function exitCodesIn(value: object): readonly number[] {
  return Object.entries(value).flatMap(([key, member]: [string, unknown]) => {
    if (key === 'exitCode' && typeof member === 'number') return [member]
    return typeof member === 'object' && member !== null ? exitCodesIn(member) : []
  })
}

function parsedObject(text: string): object | null {
  const trimmed = text.trim()
  if (!/^[{[]/.test(trimmed) || !/[}\]]$/.test(trimmed)) return null
  try {
    const value: unknown = JSON.parse(trimmed)
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}

function sentencesIn(value: object): readonly string[] {
  return Object.entries(value).flatMap(([key, member]: [string, unknown]) => {
    if (typeof member === 'string') return sentencesOf(key, member, Array.isArray(value))
    return typeof member === 'object' && member !== null ? sentencesIn(member) : []
  })
}

function sentencesOf(key: string, value: string, listed: boolean): readonly string[] {
  if (key === 'rolloutState') return [`"rolloutState": "${value}"`]
  if (!listed && !TELLING.test(key)) return []
  const within = parsedObject(value)
  return within === null ? [value] : sentencesIn(within)
}

/** `"stoppedReason": "…",` of a document that was cut out of another; the text may be a document itself. */
function valuesOfLine(line: string): readonly string[] {
  const [, key, literal] = /^["']?([\w ]{2,40})["']?\s*:\s*("(?:[^"\\]|\\.)*")\s*,?$/.exec(line) ?? []
  if (key === undefined || literal === undefined) return []
  try {
    return sentencesOf(key, String(JSON.parse(literal)), false)
  } catch {
    return []
  }
}
