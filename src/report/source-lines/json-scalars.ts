/** Every value of a JSON document with its path and where it stands. */

export interface JsonScalar extends JsonValue {
  /** What a text says; of the other scalars their letters. */
  readonly value: string
}

export interface JsonValue {
  /** `containerDefinitions.0.image`; empty for the whole. */
  readonly path: string
  /** Null for an object or a list, which stands where its bracket opens. */
  readonly value: string | null
  /** Both count from 1; a column is a UTF-16 unit. */
  readonly line: number
  readonly column: number
  /** Behind the last unit. */
  readonly endColumn: number
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g

interface Open {
  readonly bracket: string
  at: number
  key: string
}

/** Texts, numbers, truth values and nulls. */
export function jsonScalars(text: string): readonly JsonScalar[] {
  return jsonValues(text).filter((one): one is JsonScalar => one.value !== null)
}

/** Empty for a text that is no JSON. No recursion: nesting of any depth is fine. */
export function jsonValues(text: string): readonly JsonValue[] {
  if (!isJson(text)) return []
  const values: JsonValue[] = []
  const open: Open[] = []
  const lines = lineStarts(text)
  let line = 0
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const inside = open.at(-1)
    const place = (value: string | null): void => {
      while ((lines[line + 1] ?? Number.POSITIVE_INFINITY) <= index) line += 1
      const column = index - (lines[line] ?? 0) + 1
      values.push({ path: pathOf(open), value, line: line + 1, column, endColumn: column + token.length })
    }
    if (token === '{' || token === '[') {
      place(null)
      open.push({ bracket: token, at: 0, key: '' })
    } else if (token === '}' || token === ']') open.pop()
    else if (token === ',' && inside !== undefined) Object.assign(inside, { at: inside.at + 1, key: '' })
    else if (inside?.bracket === '{' && inside.key === '') inside.key = ` ${JSON.parse(token)}`
    else if (token !== ':' && token !== ',') place(token.startsWith('"') ? String(JSON.parse(token)) : token)
  }
  return values
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function lineStarts(text: string): readonly number[] {
  return [0, ...[...text.matchAll(/\r\n|\n|\r/g)].map(({ 0: end, index }) => index + end.length)]
}

/** A key is kept with a blank before it, so that an empty one counts as read. */
function pathOf(open: readonly Open[]): string {
  return open.map(({ bracket, at, key }) => (bracket === '[' ? String(at) : key.slice(1))).join('.')
}
