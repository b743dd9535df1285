/** Patterns with `*` and `?` against texts and against sets of texts: covered wholly, in part, or not at all. */

export type Token =
  | { readonly kind: 'char'; readonly char: string }
  /** `?` and `*`; `colon` says whether they may stand for a colon too. */
  | { readonly kind: 'one'; readonly colon: boolean }
  | { readonly kind: 'many'; readonly colon: boolean }

export const ANYTHING: Token = { kind: 'many', colon: true }

export function literal(text: string): readonly Token[] {
  return Array.from(text, (char) => ({ kind: 'char', char }))
}

/** A set of texts: `*` stands for any text, every other sign for itself. */
export function setOf(text: string): readonly Token[] {
  return Array.from(text, (char) => (char === '*' ? ANYTHING : { kind: 'char', char }))
}

/** Every text of the subject fits the pattern. Sound, not complete: a `true` is always right. */
export function covers(pattern: readonly Token[], subject: readonly Token[]): boolean {
  return walk(pattern, subject, false)
}

/** Some text of the subject may fit the pattern, colons taken loosely. A `false` is always right. */
export function overlaps(pattern: readonly Token[], subject: readonly Token[]): boolean {
  return walk(pattern, subject, true)
}

/** Fills a table from the ends of both, row by row, so that neither length nor stars can make it slow or deep. */
function walk(wholePattern: readonly Token[], wholeSubject: readonly Token[], loose: boolean): boolean {
  const shared = sharedStart(wholePattern, wholeSubject)
  const pattern = wholePattern.slice(shared)
  const subject = wholeSubject.slice(shared)
  if (pattern[0]?.kind === 'char' && subject[0]?.kind === 'char') return false
  const width = subject.length
  let below = new Uint8Array(width + 1)
  for (let row = pattern.length; row >= 0; row -= 1) {
    const token = pattern[row]
    const current = new Uint8Array(width + 1)
    for (let column = width; column >= 0; column -= 1) {
      const other = subject[column]
      current[column] = fits(token, other, current[column + 1] === 1, below[column] === 1, below[column + 1] === 1)
        ? 1
        : 0
    }
    below = current
  }
  return below[0] === 1

  function fits(
    token: Token | undefined,
    other: Token | undefined,
    right: boolean,
    down: boolean,
    both: boolean,
  ): boolean {
    if (token === undefined && other === undefined) return true
    if (loose && other?.kind === 'many' && (right || (token !== undefined && down))) return true
    if (token === undefined) return false
    if (token.kind === 'many') return down || (other !== undefined && right && (loose || takes(token, other)))
    return other !== undefined && other.kind !== 'many' && both && (loose ? mayTake(token, other) : takes(token, other))
  }
}

/** Signs that both begin with: most patterns are told apart there. */
function sharedStart(pattern: readonly Token[], subject: readonly Token[]): number {
  let length = 0
  while (pattern[length]?.kind === 'char' && subject[length]?.kind === 'char') {
    if (!takes(pattern[length] as Token, subject[length] as Token)) break
    length += 1
  }
  return length
}

function takes(token: Token, other: Token): boolean {
  if (token.kind === 'char') return other.kind === 'char' && token.char === other.char
  return token.colon || (other.kind === 'char' && other.char !== ':')
}

function mayTake(token: Token, other: Token): boolean {
  return token.kind !== 'char' || other.kind !== 'char' || token.char === other.char
}
