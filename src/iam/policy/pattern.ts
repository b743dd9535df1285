/** Turns a text of a policy into a pattern: wildcards, and the policy variables that its version knows. */
import type { Text } from '../../domain/text.ts'
import { ANYTHING, covers, literal, overlaps, type Token } from '../../domain/wildcard.ts'
import { type ContextMap, heldBy } from './context.ts'
import { doubtful, type Judgement, NO, unknownKeys, YES } from './truth.ts'

export interface Pattern {
  readonly tokens: readonly Token[]
  /** Variables whose value is not known; each stands in the tokens as "anything". */
  readonly missing: readonly string[]
  /** It uses a variable that has no value, so it is equal to nothing and like nothing. */
  readonly empty: boolean
}

export interface PatternRules {
  readonly version: '2008-10-17' | '2012-10-17'
  readonly context: ContextMap
  /** `wild`: `*` and `?` stand for any text · `arn`: the same, by the segments of an ARN · `plain`: they stand for themselves. */
  readonly signs: 'wild' | 'arn' | 'plain'
}

const PART: Text = {
  en: 'The policy covers only a part of what the call may name.',
  ko: '정책이 호출 대상의 일부에만 적용됩니다.',
}

const COLON: Text = {
  en: 'The policy matches only if a wildcard stands for a colon in the middle of an ARN.',
  ko: '와일드카드가 ARN 중간의 콜론을 대신하는 경우에만 정책이 일치합니다.',
}

/** Source: IAM User Guide, Policy elements: variables and tags. */
export function patternOf(text: string, rules: PatternRules): Pattern {
  const tokens: Token[] = []
  const missing: string[] = []
  let empty = false
  let colons = 0
  const pieces = rules.version === '2012-10-17' ? text.split(/(\$\{[^}]*\})/) : [text]
  for (const [position, piece] of pieces.entries()) {
    if (position % 2 === 0) {
      const chars = Array.from(piece)
      const end = pieces[position + 1] === undefined ? ':' : ''
      for (const [at, char] of chars.entries()) {
        if (char === ':') colons += 1
        tokens.push(signOf(char, rules.signs, colons, (chars[at + 1] ?? end) === ':'))
      }
      continue
    }
    const value = variable(piece.slice(2, -1), rules.context)
    if (value.kind === 'text') tokens.push(...literal(value.text))
    else tokens.push(ANYTHING)
    if (value.kind === 'unknown') missing.push(value.key)
    empty ||= value.kind === 'none'
  }
  return { tokens, missing, empty }
}

/** Does the pattern fit the subject, a text or a set of texts? */
export function fits(pattern: Pattern, subject: readonly Token[]): Judgement {
  if (pattern.empty || !overlaps(pattern.tokens, subject)) return NO
  if (pattern.missing.length > 0) return unknownKeys(...pattern.missing)
  if (covers(pattern.tokens, subject)) return YES
  return doubtful(subject.some((token) => token.kind === 'many') ? PART : COLON)
}

/**
 * Wildcards stay inside one colon-separated segment of an ARN, except a `*` that ends its segment, which may go on
 * beyond the colon (IAM User Guide, Resource). What follows the fifth colon is one segment.
 */
function signOf(char: string, signs: PatternRules['signs'], colons: number, last: boolean): Token {
  if (signs === 'plain' || (char !== '*' && char !== '?')) return { kind: 'char', char }
  const free = signs === 'wild' || colons >= 5
  return char === '*' ? { kind: 'many', colon: free || last } : { kind: 'one', colon: free }
}

type VariableValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly key: string }

/** `aws:username`, `aws:PrincipalTag/team, 'none'`, or one of the three signs that stand for themselves. */
function variable(inside: string, context: ContextMap): VariableValue {
  if (inside === '*' || inside === '?' || inside === '$') return { kind: 'text', text: inside }
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
