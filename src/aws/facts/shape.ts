/** Reads untrusted records field by field: what is not of the promised shape is null, never an exception. */
import { isIPv4, isIPv6 } from 'node:net'
import { type Answer, known, type Unread, unread } from '../../domain/answer.ts'
import { maskSecrets } from '../../domain/credential-masking.ts'
import { isLoose, type Loose, type RawAnswer } from '../calls/call.ts'

export { at, isLoose, type Loose, listAt, type RawAnswer } from '../calls/call.ts'

export function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

/** A text that has to be there for the record to mean anything. */
export function idOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

/** What somebody or something wrote in words: an event, a reason, an error. It may quote a secret, which nothing keeps. */
export function prose(value: unknown): string | null {
  const whole = idOf(value)
  return whole === null ? null : maskSecrets(whole)
}

/** States and types in lower case: the wire and the model disagree about it. */
export function word(value: unknown, otherwise = 'unknown'): string {
  return typeof value === 'string' && value !== '' ? value.toLowerCase() : otherwise
}

export function count(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : null
}

export function countOrNone(value: unknown): number {
  return count(value) ?? 0
}

/** `10.0.0.0/8`, `2600:1f14::/56`. What is none says nothing of any address, and so nothing of its record. */
export function isBlock(value: unknown): value is string {
  if (typeof value !== 'string') return false
  const [address = '', size = '', ...rest] = value.split('/')
  if (rest.length > 0 || !/^\d{1,3}$/.test(size)) return false
  if (isIPv4(address)) return Number(size) <= 32
  return isIPv6(address) && !address.includes('%') && Number(size) <= 128
}

/** Absent as well, where AWS leaves it out. */
export function isBlockOrNone(value: unknown): boolean {
  return value === undefined || value === null || value === '' || isBlock(value)
}

export function flag(value: unknown): boolean | null {
  if (value === 'true' || value === 'false') return value === 'true'
  return typeof value === 'boolean' ? value : null
}

/** The texts of a list; none where there is no list. */
export function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []
}

/** Members that keep their names, all read in one way. */
export function members<Name extends string, Value>(
  record: Loose,
  read: (value: unknown) => Value,
  ...names: readonly Name[]
): Readonly<Record<Name, Value>> {
  return Object.fromEntries(names.map((name) => [name, read(record[name])])) as Record<Name, Value>
}

/** A field of each element of a list. */
export function fieldsOf(value: unknown, key: string): readonly string[] {
  return Array.isArray(value) ? texts(value.map((item) => (isLoose(item) ? item[key] : undefined))) : []
}

/** Milliseconds since 1970: the SDK's Date, the AWS CLI's ISO 8601, Batfish's Python dates, and the seconds of raw JSON answers. */
export function instant(value: unknown): number | null {
  if (value instanceof Date) return count(value.getTime())
  if (typeof value === 'number') return Number.isFinite(value) ? (value > 1e11 ? value : value * 1000) : null
  if (typeof value !== 'string' || value === '') return null
  return count(Date.parse(value.replace(/^(\d{4}-\d\d-\d\d) /, '$1T')))
}

/**
 * Translates every record of an answer. One that lacks what gives it meaning makes the answer garbled: a network ACL or a route table
 * with a record left out would say something else, and may say that all is well.
 */
export function translate<Fact>(
  answer: RawAnswer,
  permission: string,
  toFact: (record: Loose) => Fact | null,
): Answer<readonly Fact[]> {
  if (!answer.known) return answer
  const facts: Fact[] = []
  for (const record of answer.value) {
    const fact = isLoose(record) ? toFact(record) : null
    if (fact === null) return garbled(permission, record)
    facts.push(fact)
  }
  return known(facts)
}

/** The one record of an answer about one thing. */
export function translateOne<Fact>(
  answer: RawAnswer,
  permission: string,
  toFact: (record: Loose) => Fact | null,
): Answer<Fact> {
  const facts = translate(answer, permission, toFact)
  if (!facts.known) return facts
  const [fact] = facts.value
  return fact === undefined ? unread('garbled', permission) : known(fact)
}

/** For facts that are looked up by id: one that makes no sense is left out, and so is unknown to whoever looks for it. */
export function translateSome<Fact>(
  answer: RawAnswer,
  toFact: (record: Loose) => Fact | null,
): Answer<readonly Fact[]> {
  if (!answer.known) return answer
  return known(answer.value.filter(isLoose).flatMap((record) => toFact(record) ?? []))
}

/** Named by its members: their values may be those of environment variables. */
function garbled(permission: string, record: unknown): Unread {
  const detail = isLoose(record) ? Object.keys(record).join(', ') : typeof record
  return unread('garbled', permission, detail.slice(0, 200), oddBlock(record) ?? undefined)
}

function oddBlock(value: unknown): string | null {
  if (Array.isArray(value)) return value.map(oddBlock).find((odd) => odd !== null) ?? null
  if (!isLoose(value)) return null
  for (const [key, field] of Object.entries(value)) {
    if (/Cidr(?:Block|Ip|Ipv6)?$/.test(key) && !isBlockOrNone(field))
      return `${key} ${JSON.stringify(field)}`.slice(0, 80)
    const within = oddBlock(field)
    if (within !== null) return within
  }
  return null
}
