/** The Condition element: every operator and key must hold; several values of one key are alternatives. */
import type { Text } from '../../domain/text.ts'
import { COMPARISONS, type Comparison, type Subject } from './comparison.ts'
import { type ContextValue, heldBy } from './context.ts'
import type { Condition } from './document.ts'
import type { PatternRules } from './pattern.ts'
import { all, any, doubtful, type Judgement, NO, not, truthOf, unknownKeys, YES } from './truth.ts'

interface Operator {
  readonly set: 'ForAllValues' | 'ForAnyValue' | null
  readonly comparison: Comparison
  readonly ifExists: boolean
}

const UNKNOWN_OPERATOR: Text = {
  en: 'A condition uses an operator that this tool does not know.',
  ko: '조건에 이 버전에서 인식하지 못하는 연산자가 있습니다.',
}
const NO_SET_OPERATOR: Text = {
  en: 'A condition tests a key with several values without ForAllValues or ForAnyValue.',
  ko: '조건이 ForAllValues 또는 ForAnyValue 없이 다중 값 키를 검사합니다.',
}
const ABSENT_NEGATED: Text = {
  en: 'AWS documents two answers for a negated ForAnyValue condition whose key is absent.',
  ko: '키가 없을 때 부정 ForAnyValue 조건의 결과를 AWS 문서가 서로 다르게 설명합니다.',
}
const ABSENT_IF_EXISTS: Text = {
  en: 'Two rules of AWS meet in a ForAnyValue condition with IfExists whose key is absent.',
  ko: '키가 없는 ForAnyValue 및 IfExists 조건에는 AWS의 서로 다른 두 규칙이 적용됩니다.',
}
const NULL_WORD: Text = {
  en: 'A Null condition takes "true" or "false" only.',
  ko: 'Null 조건에는 "true" 또는 "false"만 사용할 수 있습니다.',
}

/** Source: IAM User Guide, Conditions with multiple context keys or values. */
export function conditionsHold(conditions: readonly Condition[], rules: PatternRules): Judgement {
  return all(conditions.map((condition) => conditionHolds(condition, rules)))
}

function conditionHolds(condition: Condition, rules: PatternRules): Judgement {
  const value = heldBy(rules.context, condition.key)
  if (condition.operator === 'Null') return nullHolds(condition, value)
  const operator = operatorOf(condition.operator)
  if (operator === null) return doubtful(UNKNOWN_OPERATOR)
  if (!('kind' in value)) {
    const subjects = value.map((text): Subject => ({ kind: 'text', text }))
    return subjects.length === 0 ? absent(operator) : present(operator, condition, subjects, rules)
  }
  if (value.kind === 'unknown') return unknownKeys(condition.key)
  const one = present(operator, condition, [value], rules)
  if (value.kind === 'like') return one.truth === 'unknown' ? unknownKeys(condition.key) : one
  return either(one, absent(operator), condition.key)
}

/** The key is there or it is not; both agree, or nobody can tell. */
function either(one: Judgement, other: Judgement, key: string): Judgement {
  return one.truth === other.truth && one.truth !== 'unknown' ? one : unknownKeys(key)
}

/** `ForAnyValue:StringLikeIfExists` and its parts; null for a name that no document lists. */
function operatorOf(name: string): Operator | null {
  const parts = /^(?:(ForAllValues|ForAnyValue):)?(.+?)(IfExists)?$/.exec(name)
  const comparison = COMPARISONS.get(parts?.[2] ?? '')
  if (parts === null || comparison === undefined) return null
  const set = parts[1] === 'ForAllValues' || parts[1] === 'ForAnyValue' ? parts[1] : null
  return { set, comparison, ifExists: parts[3] !== undefined }
}

/** An absent key matches nothing: false, or true where the operator is negated (Condition operators). */
function absent({ set, comparison, ifExists }: Operator): Judgement {
  if (set === 'ForAllValues') return YES
  if (set === 'ForAnyValue' && comparison.negated) return doubtful(ABSENT_NEGATED)
  if (set === 'ForAnyValue') return ifExists ? doubtful(ABSENT_IF_EXISTS) : NO
  if (ifExists) return YES
  return truthOf(comparison.negated)
}

function present(
  { set, comparison }: Operator,
  { key, values }: Condition,
  subjects: readonly Subject[],
  rules: PatternRules,
): Judgement {
  const holds = (subject: Subject) => {
    const matched = any(
      values.map((written) => comparison.compare(written, subject, key, { ...rules, negated: comparison.negated })),
    )
    return comparison.negated ? not(matched) : matched
  }
  if (set === 'ForAnyValue') return any(subjects.map(holds))
  // An empty string counts as no value (Single-valued vs. multivalued context keys).
  if (set === 'ForAllValues') return all(subjects.filter((each) => each.kind !== 'text' || each.text !== '').map(holds))
  const [only] = subjects
  return subjects.length === 1 && only !== undefined ? holds(only) : doubtful(NO_SET_OPERATOR)
}

/** `"true"`: the key is not there; `"false"`: it is there. */
function nullHolds({ key, values }: Condition, value: ContextValue): Judgement {
  return any(
    values.map((written) => {
      const word = written.toLowerCase()
      if (word !== 'true' && word !== 'false') return doubtful(NULL_WORD)
      if ('kind' in value) return value.kind === 'like' ? truthOf(word === 'false') : unknownKeys(key)
      return truthOf((value.length === 0) === (word === 'true'))
    }),
  )
}
