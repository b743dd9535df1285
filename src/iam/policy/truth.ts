/** Three-valued answers that remember what they rest on: a policy question is settled, or says which fact would settle it. */
import type { Text } from '../../domain/text.ts'

export type Truth = 'yes' | 'no' | 'unknown'

/** Where a statement stands. `sid` is null when the statement has none. */
export interface StatementRef {
  readonly layer: string
  /** Position of the policy within its layer. */
  readonly policy: number
  /** Position of the statement within its policy. */
  readonly index: number
  readonly sid: string | null
}

export interface Judgement {
  readonly truth: Truth
  /** Context keys whose values would settle an `unknown`. */
  readonly missing: readonly string[]
  /** Why else it is `unknown`: constants, each of which is one doubt however often it comes up. */
  readonly doubts: readonly Text[]
  /** The statements that decided. */
  readonly by: readonly StatementRef[]
}

export const YES: Judgement = { truth: 'yes', missing: [], doubts: [], by: [] }
export const NO: Judgement = { truth: 'no', missing: [], doubts: [], by: [] }

export function truthOf(claim: boolean): Judgement {
  return claim ? YES : NO
}

export function unknownKeys(...keys: readonly string[]): Judgement {
  return { truth: 'unknown', missing: keys, doubts: [], by: [] }
}

export function doubtful(doubt: Text): Judgement {
  return { truth: 'unknown', missing: [], doubts: [doubt], by: [] }
}

/** Yes when every part is; one `no` settles it whatever is unknown. */
export function all(parts: readonly Judgement[]): Judgement {
  return settle(parts, 'no', 'yes')
}

/** Yes when one part is; no only when every part is. */
export function any(parts: readonly Judgement[]): Judgement {
  return settle(parts, 'yes', 'no')
}

export function not(part: Judgement): Judgement {
  if (part.truth === 'unknown') return part
  return { ...part, truth: part.truth === 'yes' ? 'no' : 'yes' }
}

function settle(parts: readonly Judgement[], decisive: Truth, otherwise: Truth): Judgement {
  for (const truth of [decisive, 'unknown', otherwise] as const) {
    const deciding = parts.filter((part) => part.truth === truth)
    if (deciding.length > 0) return merge(truth, deciding)
  }
  return otherwise === 'yes' ? YES : NO
}

function merge(truth: Truth, parts: readonly Judgement[]): Judgement {
  return {
    truth,
    missing: distinctKeys(parts.flatMap((part) => part.missing)),
    doubts: [...new Set(parts.flatMap((part) => part.doubts))],
    by: parts.flatMap((part) => part.by),
  }
}

/** Key names are not case-sensitive (IAM User Guide, Condition): one spelling each, in a fixed order. */
export function distinctKeys(keys: readonly string[]): readonly string[] {
  const spelling = new Map<string, string>()
  for (const key of [...keys].sort()) {
    if (!spelling.has(key.toLowerCase())) spelling.set(key.toLowerCase(), key)
  }
  return [...spelling.values()].sort()
}
