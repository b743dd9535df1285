/** The request context: what is known of each condition key, and what is known not to be known. */

/**
 * What a key holds.
 * A list is known, and an empty list says that the key is absent from the request; a key that is not listed is unknown.
 */
export type ContextValue = readonly string[] | UnknownValue | LikeValue | ForeignValue

/** Absent, or any value. */
export interface UnknownValue {
  readonly kind: 'unknown'
}

/** Present, one value, of which only the shape is known: `*` stands for what is not. */
export interface LikeValue {
  readonly kind: 'like'
  readonly pattern: string
}

/**
 * Absent, or one value that belongs to somebody else than the customer: another organization, another account, an ARN
 * of another account. `own` is the customer's account, null when that is not known.
 */
export interface ForeignValue {
  readonly kind: 'foreign'
  readonly of: 'organization' | 'account' | 'arn'
  readonly own: string | null
}

export type Context = Readonly<Record<string, ContextValue>>
export type ContextMap = ReadonlyMap<string, ContextValue>

export const UNKNOWN: UnknownValue = { kind: 'unknown' }

/** Key names are not case-sensitive (IAM User Guide, Condition). Later contexts win over earlier ones. */
export function contextMap(...contexts: readonly Context[]): ContextMap {
  return new Map(
    contexts.flatMap((context) => Object.entries(context).map(([key, value]) => [key.toLowerCase(), value])),
  )
}

/** `aws:ResourceTag/` stands for every tag that is not listed. */
export function heldBy(context: ContextMap, key: string): ContextValue {
  const name = key.toLowerCase()
  return context.get(name) ?? context.get(name.replace(/\/.*$/, '/')) ?? UNKNOWN
}

/** Can a value of somebody else fit this pattern? `false` only where the pattern demands what is the customer's. */
export function foreignMayMatch(foreign: ForeignValue, pattern: string): boolean {
  if (foreign.of === 'organization') return !/^o-[a-z0-9]{10,32}(\/|$)/.test(pattern)
  if (foreign.own === null) return true
  if (foreign.of === 'account') return pattern !== foreign.own
  return pattern.split(':')[4] !== foreign.own
}
