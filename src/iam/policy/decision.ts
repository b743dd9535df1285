/** The outcome of an evaluation, with the statements that decided and the keys that would have. */
import type { Text } from '../../domain/text.ts'
import { distinctKeys, type Judgement, type StatementRef } from './truth.ts'

export interface PolicyDecision {
  /**
   * `explicit-deny`: a Deny statement covers the call · `implicit-deny`: no Allow covers it, whatever else is unknown ·
   * `unknown`: `missing`, or `why`, says what would settle it.
   */
  readonly decision: 'allowed' | 'explicit-deny' | 'implicit-deny' | 'unknown'
  readonly statements: readonly StatementRef[]
  /** Names of condition keys. */
  readonly missing: readonly string[]
  readonly why: Text
}

/** An explicit deny wins over everything, and what is not allowed is denied (IAM User Guide, Policy evaluation logic). */
export function decide(denied: Judgement, allowed: Judgement): PolicyDecision {
  if (denied.truth === 'yes') return made('explicit-deny', denied)
  if (allowed.truth === 'no') return { ...made('implicit-deny', allowed), statements: [] }
  if (allowed.truth === 'yes' && denied.truth === 'no') return made('allowed', allowed)
  return madeUnknown([denied, allowed].filter((judgement) => judgement.truth === 'unknown'))
}

/** The Sid, or where the statement stands. */
export function labelOf({ sid, index }: StatementRef): string {
  return sid ?? `Statement[${index}]`
}

function made(decision: PolicyDecision['decision'], { by }: Judgement): PolicyDecision {
  return { decision, statements: by, missing: [], why: reasonOf(decision, labels(by)) }
}

function madeUnknown(parts: readonly Judgement[]): PolicyDecision {
  const missing = distinctKeys(parts.flatMap((part) => part.missing))
  const statements = parts.flatMap((part) => part.by)
  const doubts = parts.flatMap((part) => part.doubts)
  const [first] = doubts
  if (missing.length === 0 && first !== undefined) return { decision: 'unknown', statements, missing, why: first }
  return { decision: 'unknown', statements, missing, why: keysUnknown(missing, labels(statements)) }
}

function keysUnknown(missing: readonly string[], by: string): Text {
  const keys = missing.join(', ')
  return {
    en: `It depends on condition keys whose values are not known: ${keys} (${by}).`,
    ko: `값을 알 수 없는 조건 키에 따라 결과가 달라집니다. 조건 키: ${keys}. 정책 문: ${by}`,
  }
}

function reasonOf(decision: PolicyDecision['decision'], by: string): Text {
  switch (decision) {
    case 'allowed':
      return { en: `Allowed by ${by}.`, ko: `다음 정책 문이 호출을 허용합니다: ${by}` }
    case 'explicit-deny':
      return { en: `Explicitly denied by ${by}.`, ko: `다음 정책 문이 호출을 명시적으로 거부합니다: ${by}` }
    default:
      return { en: 'No statement allows it.', ko: '호출을 허용하는 정책 문이 없습니다.' }
  }
}

function labels(by: readonly StatementRef[]): string {
  return by.length === 0 ? '-' : [...new Set(by.map((each) => `${each.layer} ${labelOf(each)}`))].join(', ')
}
