/** Turns a text of a policy into a pattern: wildcards, and the policy variables that its version knows. */
import type { Text } from '../../domain/text.ts'
import { ANYTHING, covers, literal, overlaps, type Token } from '../../domain/wildcard.ts'
import { type ContextMap, heldBy } from './context.ts'
import { doubtful, type Judgement, NO, unknownKeys, YES } from './truth.ts'

export interface Pattern {
  readonly tokens: readonly Token[]
  /** Variables whose value is not known; each stands in the tokens as "anything". */
  readonly missing: readonly string[]
  /** What is so whatever it is held against: it uses a variable that has no value. */
  readonly settled: Judgement | null
  /** Why AWS documents no match, where it might be one. */
  readonly doubt: Text | null
}

export interface PatternRules {
  readonly version: '2008-10-17' | '2012-10-17'
  readonly context: ContextMap
  /** `wild`: `*` and `?` stand for any text · `arn`: the same, by the segments of an ARN · `plain`: they stand for themselves. */
  readonly signs: 'wild' | 'arn' | 'plain'
  /** What does not fit is what counts: `NotResource`, `StringNotEquals`. */
  readonly negated?: boolean
}

const PART: Text = {
  en: 'The policy covers only a part of what the call may name.',
  ko: '정책이 호출 대상의 일부에만 적용됩니다.',
}

const COLON: Text = {
  en: 'The policy matches only if a wildcard stands for a colon in the middle of an ARN.',
  ko: '와일드카드가 ARN 중간의 콜론을 대신하는 경우에만 정책이 일치합니다.',
}

const NO_VALUE: Text = {
  en: 'A policy variable has no value here, and AWS says only that the statement may then be invalid.',
  ko: '정책 변수에 값이 없습니다. AWS 문서에는 이 경우 정책 문이 유효하지 않을 수 있다고만 나와 있습니다.',
}

const EARLY_VARIABLE: Text = {
  en: 'A policy variable stands before the fifth colon of an ARN, where AWS replaces none.',
  ko: 'ARN의 다섯 번째 콜론 앞에 정책 변수가 있습니다. AWS는 이 위치의 변수를 값으로 바꾸지 않습니다.',
}

const SERVICE_SIGN: Text = {
  en: 'A wildcard stands in the service segment of an ARN, where AWS takes none.',
  ko: 'ARN의 서비스 부분에 와일드카드가 있습니다. AWS는 이 위치의 와일드카드를 지원하지 않습니다.',
}

/** Source: IAM User Guide, Policy elements: variables and tags; Resource. */
export function patternOf(text: string, rules: PatternRules): Pattern {
  const tokens: Token[] = []
  const missing: string[] = []
  let settled: Judgement | null = null
  let doubt: Text | null = null
  let colons = 0
  const pieces = rules.version === '2012-10-17' ? text.split(/(\$\{[^}]*\})/) : [text]
  for (const [position, piece] of pieces.entries()) {
    if (position % 2 === 0) {
      const chars = Array.from(piece)
      const end = pieces[position + 1] === undefined ? ':' : ''
      for (const [at, char] of chars.entries()) {
        if (char === ':') colons += 1
        if (rules.signs === 'arn' && colons === 2 && isSign(char)) doubt ??= SERVICE_SIGN
        tokens.push(signOf(char, rules.signs, colons, (chars[at + 1] ?? end) === ':'))
      }
      continue
    }
    const inside = piece.slice(2, -1)
    const isEarly = rules.signs === 'arn' && colons < 5 && !isOwnSign(inside)
    const value = variable(inside, rules.context)
    if (isEarly) doubt ??= EARLY_VARIABLE
    if (value.kind === 'text' && !isEarly) tokens.push(...literal(value.text))
    else tokens.push(ANYTHING)
    if (value.kind === 'unknown') missing.push(value.key)
    if (value.kind === 'none') settled = rules.negated === true ? doubtful(NO_VALUE) : NO
  }
  if (doubt !== null && rules.negated === true) settled ??= doubtful(doubt)
  return { tokens, missing, settled, doubt }
}

/** Told by the signs before the first wildcard or variable of either: a policy that lists resources by the thousand is read through in no time. */
export function beginsOtherwise(pattern: string, subject: string): boolean {
  if (pattern.includes('${')) return false
  let at = 0
  while (at < pattern.length && pattern[at] === subject[at] && !isSign(pattern[at] ?? '')) at += 1
  const [own = '', other = ''] = [pattern[at], subject[at]]
  return own !== '' && other !== '' && !isSign(own) && other !== '*'
}

/** Does the pattern fit the subject, a text or a set of texts? */
export function fits(pattern: Pattern, subject: readonly Token[]): Judgement {
  if (pattern.settled !== null) return pattern.settled
  if (!overlaps(pattern.tokens, subject)) return NO
  if (pattern.doubt !== null) return doubtful(pattern.doubt)
  if (pattern.missing.length > 0) return unknownKeys(...pattern.missing)
  if (covers(pattern.tokens, subject)) return YES
  return doubtful(subject.some((token) => token.kind === 'many') ? PART : COLON)
}

/**
 * Wildcards stay inside one colon-separated segment of an ARN, except a `*` that ends its segment, which may go on
 * beyond the colon (IAM User Guide, Resource). What follows the fifth colon is one segment.
 */
function signOf(char: string, signs: PatternRules['signs'], colons: number, last: boolean): Token {
  if (signs === 'plain' || !isSign(char)) return { kind: 'char', char }
  const free = signs === 'wild' || colons >= 5
  return char === '*' ? { kind: 'many', colon: free || last } : { kind: 'one', colon: free }
}

function isSign(char: string): boolean {
  return char === '*' || char === '?'
}

/** `${*}`, `${?}` and `${$}` stand for the signs themselves. */
function isOwnSign(inside: string): boolean {
  return isSign(inside) || inside === '$'
}

type VariableValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly key: string }

/** `aws:username`, `aws:PrincipalTag/team, 'none'`, or one of the three signs that stand for themselves. */
function variable(inside: string, context: ContextMap): VariableValue {
  if (isOwnSign(inside)) return { kind: 'text', text: inside }
  const written = /^\s*([^,]*?)\s*(?:,\s*'(.*)'\s*)?$/s.exec(inside)
  const key = written?.[1] ?? inside
  const fallback = written?.[2]
  const value = heldBy(context, key)
  if (!Array.isArray(value)) return { kind: 'unknown', key }
  const values: readonly string[] = value
  if (values.length === 0) return fallback === undefined ? { kind: 'none' } : { kind: 'text', text: fallback }
  // A key with several values cannot serve as a variable (Single-valued vs. multivalued context keys).
  const [only] = values
  return values.length === 1 && only !== undefined ? { kind: 'text', text: only } : { kind: 'unknown', key }
}
