/** Parses JSON that a person may have made, and says where it is broken: by line and column. */

export type Parsed = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly at: Position }

/** Both count from 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

export function parseJson(text: string): Parsed {
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch {
    return { ok: false, at: positionOf(text, firstFault(text)) }
  }
}

/** Policy documents, the deepest that AWS answers, have ten. */
export const MOST_LEVELS = 100

/** No deeper than asked, so that no depth can exhaust the stack. */
export function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (levels === 0) return true
  if (Array.isArray(value)) return value.some((one) => isDeeperThan(one, levels - 1))
  for (const name in value)
    if (isDeeperThan((value as Readonly<Record<string, unknown>>)[name], levels - 1)) return true
  return false
}

/** Text of a file: UTF-8, or the UTF-16 that `aws … > file` makes in Windows PowerShell; a byte order mark is no part of it. */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
  return new TextDecoder(encoding).decode(bytes)
}

function positionOf(text: string, offset: number): Position {
  const before = text.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: offset - lineStart + 1 }
}

const SPACE = /[ \t\n\r]*/y
/** A control character in a text (`\P{Cc}` leaves it out) is a fault as well. */
const SCALAR =
  /"(?:(?!["\\])(?:\P{Cc}|[\x7f-\x9f])|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/uy

/**
 * Offset of the first character that JSON does not allow. JSON.parse's message tells it only sometimes, and in words that change
 * from one Node to the next.
 */
function firstFault(text: string): number {
  const open: string[] = []
  let offset = 0
  let expected: 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end' = 'value'
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = offset
    const found = pattern.exec(text)
    if (found === null) return false
    offset += found[0].length
    return true
  }
  for (;;) {
    skip(SPACE)
    const character = text[offset]
    const inside = open.at(-1)
    if (character === undefined) return offset
    if (expected === 'comma-or-end' && inside === undefined) return offset
    if (expected === 'comma-or-end' && character === ',') {
      offset += 1
      expected = inside === '{' ? 'key' : 'value'
    } else if (character === (inside === '{' ? '}' : ']') && expected.endsWith('-or-end')) {
      offset += 1
      open.pop()
      expected = 'comma-or-end'
    } else if (expected === 'colon' && character === ':') {
      offset += 1
      expected = 'value'
    } else if (expected.startsWith('key') && character === '"' && skip(SCALAR)) {
      expected = 'colon'
    } else if (expected.startsWith('value') && (character === '{' || character === '[')) {
      offset += 1
      open.push(character)
      expected = character === '{' ? 'key-or-end' : 'value-or-end'
    } else if (expected.startsWith('value') && skip(SCALAR)) {
      expected = 'comma-or-end'
    } else return offset
  }
}
