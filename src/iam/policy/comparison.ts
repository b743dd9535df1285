/** The condition operators, one comparison each: a value of the policy against a value of the request. */
import ipaddr from 'ipaddr.js'
import type { Text } from '../../domain/text.ts'
import { literal, setOf, type Token } from '../../domain/wildcard.ts'
import { type ForeignValue, foreignMayMatch } from './context.ts'
import { fits, type Pattern, type PatternRules, patternOf } from './pattern.ts'
import { all, doubtful, type Judgement, NO, truthOf, unknownKeys } from './truth.ts'

/** A value of the request: a text, a text of which only the shape is known, or one that is not the customer's. */
export type Subject =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'like'; readonly pattern: string }
  | ForeignValue

export interface Comparison {
  /** True when no value of the policy may match (NOR), and when the key is absent. */
  readonly negated: boolean
  readonly compare: (written: string, subject: Subject, key: string, rules: PatternRules) => Judgement
}

const NOT_COMPARABLE: Text = {
  en: 'A condition compares values that are not of the kind its operator takes.',
  ko: '조건이 연산자에 맞지 않는 형식의 값을 비교합니다.',
}
const SHORT_ARN: Text = {
  en: 'A condition compares an ARN with a pattern that has fewer than six parts.',
  ko: '조건이 여섯 부분보다 짧은 패턴과 ARN을 비교합니다.',
}

/** Source: IAM User Guide, IAM JSON policy elements: Condition operators. `Null` is not a comparison. */
export const COMPARISONS: ReadonlyMap<string, Comparison> = new Map([
  ...pair('StringEquals', 'StringNotEquals', textual('plain', false)),
  ...pair('StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', textual('plain', true)),
  ...pair('StringLike', 'StringNotLike', textual('wild', false)),
  ...pair('ArnEquals', 'ArnNotEquals', compareArns),
  ...pair('ArnLike', 'ArnNotLike', compareArns),
  ...pair('IpAddress', 'NotIpAddress', parsed(readRange, readAddress, isWithin)),
  ...pair(
    'NumericEquals',
    'NumericNotEquals',
    numeric((policy, request) => request === policy),
  ),
  ...pair(
    'NumericLessThan',
    null,
    numeric((policy, request) => request < policy),
  ),
  ...pair(
    'NumericLessThanEquals',
    null,
    numeric((policy, request) => request <= policy),
  ),
  ...pair(
    'NumericGreaterThan',
    null,
    numeric((policy, request) => request > policy),
  ),
  ...pair(
    'NumericGreaterThanEquals',
    null,
    numeric((policy, request) => request >= policy),
  ),
  ...pair(
    'DateEquals',
    'DateNotEquals',
    dated((policy, request) => request === policy),
  ),
  ...pair(
    'DateLessThan',
    null,
    dated((policy, request) => request < policy),
  ),
  ...pair(
    'DateLessThanEquals',
    null,
    dated((policy, request) => request <= policy),
  ),
  ...pair(
    'DateGreaterThan',
    null,
    dated((policy, request) => request > policy),
  ),
  ...pair(
    'DateGreaterThanEquals',
    null,
    dated((policy, request) => request >= policy),
  ),
  ...pair(
    'Bool',
    null,
    parsed(readBoolean, readBoolean, (policy, request) => policy === request),
  ),
  ...pair(
    'BinaryEquals',
    null,
    parsed(readBase64, readBase64, (policy, request) => policy === request),
  ),
])

function pair(name: string, opposite: string | null, compare: Comparison['compare']): readonly [string, Comparison][] {
  const positive: [string, Comparison] = [name, { negated: false, compare }]
  return opposite === null ? [positive] : [positive, [opposite, { negated: true, compare }]]
}

function textual(signs: 'plain' | 'wild', ignoreCase: boolean): Comparison['compare'] {
  return (written, subject, key, rules) => {
    if (subject.kind === 'foreign') return compareForeign(written, subject, key)
    const text = tokensOf(subject)
    const pattern = patternOf(written, { ...rules, signs })
    return ignoreCase ? fits({ ...pattern, tokens: lower(pattern.tokens) }, lower(text)) : fits(pattern, text)
  }
}

/** Each of the six colon-delimited components is checked separately; ArnEquals and ArnLike are one. */
function compareArns(written: string, subject: Subject, key: string, rules: PatternRules): Judgement {
  if (subject.kind === 'foreign') return compareForeign(written, subject, key)
  const text = tokensOf(subject)
  const pattern = patternOf(written, { ...rules, signs: 'wild' })
  const whole = fits(pattern, text)
  if (whole.truth === 'no' || pattern.missing.length > 0 || pattern.settled !== null) return whole
  const wanted = components(pattern.tokens)
  const given = components(text)
  if (wanted.length < 6) return doubtful(SHORT_ARN)
  if (given.length < 6) return subject.kind === 'text' ? NO : doubtful(SHORT_ARN)
  return all(wanted.map((tokens, at) => fits(patternOfTokens(tokens), given[at] ?? [])))
}

function components(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]]
  for (const token of tokens) {
    if (parts.length < 6 && token.kind === 'char' && token.char === ':') parts.push([])
    else parts.at(-1)?.push(token)
  }
  return parts
}

function patternOfTokens(tokens: readonly Token[]): Pattern {
  return { tokens, missing: [], settled: null, doubt: null }
}

/** A value of somebody else never equals the customer's; whether it equals anything else is not known. */
function compareForeign(written: string, subject: ForeignValue, key: string): Judgement {
  return foreignMayMatch(subject, written) ? unknownKeys(key) : NO
}

function tokensOf(subject: Exclude<Subject, ForeignValue>): readonly Token[] {
  return subject.kind === 'text' ? literal(subject.text) : setOf(subject.pattern)
}

function lower(tokens: readonly Token[]): readonly Token[] {
  return tokens.map((token) => (token.kind === 'char' ? { kind: 'char', char: token.char.toLowerCase() } : token))
}

function numeric(test: (policy: number, request: number) => boolean): Comparison['compare'] {
  return parsed(readNumber, readNumber, test)
}

function dated(test: (policy: number, request: number) => boolean): Comparison['compare'] {
  return parsed(readDate, readDate, test)
}

/** Variables have no place in these operators: their text is read as it stands, and fails. */
function parsed<Policy, Request>(
  readPolicy: (text: string) => Policy | null,
  readRequest: (text: string) => Request | null,
  test: (policy: Policy, request: Request) => boolean,
): Comparison['compare'] {
  return (written, subject, key) => {
    if (subject.kind !== 'text') return unknownKeys(key)
    const policy = readPolicy(written)
    const request = readRequest(subject.text)
    return policy === null || request === null ? doubtful(NOT_COMPARABLE) : truthOf(test(policy, request))
  }
}

function readNumber(text: string): number | null {
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : null
}

const DATE = /^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?$/

/** Milliseconds since 1970 of a W3C date or of epoch seconds. A time without a zone could be any, so it is no date. */
function readDate(text: string): number | null {
  if (/^\d{5,7}$|^\d{9,12}(\.\d+)?$/.test(text)) return Number(text) * 1000
  const at = DATE.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? null : at
}

function readBoolean(text: string): boolean | null {
  const word = text.toLowerCase()
  return word === 'true' || word === 'false' ? word === 'true' : null
}

/** Base64, padding left aside. */
function readBase64(text: string): string | null {
  return /^[A-Za-z0-9+/]*={0,2}$/.test(text) ? text.replace(/=+$/, '') : null
}

type Address = ipaddr.IPv4 | ipaddr.IPv6

function readAddress(text: string): Address | null {
  return isWritten(text) && ipaddr.isValid(text) ? ipaddr.parse(text) : null
}

/** Four decimal parts, or IPv6: the library takes `10` and `0x0a000001` for addresses too, which AWS does not. */
function isWritten(text: string): boolean {
  return text.includes(':') || /^\d+\.\d+\.\d+\.\d+(\/\d+)?$/.test(text)
}

/** CIDR; an address alone is a range of one. */
function readRange(text: string): [Address, number] | null {
  if (isWritten(text) && ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text)
  const address = readAddress(text)
  return address === null ? null : [address, address.kind() === 'ipv4' ? 32 : 128]
}

function isWithin(range: [Address, number], address: Address): boolean {
  return address.kind() === range[0].kind() && address.match(range)
}
