/** One statement against one request: principal, action, resource and conditions, all of which must hold. */
import type { Text } from '../../domain/text.ts'
import { literal, setOf, type Token } from '../../domain/wildcard.ts'
import { conditionsHold } from './condition.ts'
import type { ContextMap } from './context.ts'
import { isReadable, type PatternElement, type Policy, type Statement, type Unreadable } from './document.ts'
import { beginsOtherwise, fits, type PatternRules, patternOf } from './pattern.ts'
import { type AccountMeaning, type Form, formOf, namedBy } from './principal.ts'
import type { Requester } from './requester.ts'
import { all, any, doubtful, type Judgement, NO, not, type StatementRef, YES } from './truth.ts'

export type LayerName = 'identity' | 'boundary' | 'session' | 'resource' | 'endpoint' | 'trust'

/** A policy that was read, or the fact that it could not be. */
export type MaybePolicy = Policy | Unreadable

/** What a statement is held against. */
export interface Question {
  readonly requester: Requester
  /** `service:Action` */
  readonly action: string
  /** An ARN, in which `*` stands for what is not known or differs; `*` alone is the resource of actions that take none. */
  readonly resource: string
  readonly context: ContextMap
  readonly accounts: AccountMeaning
}

const ODD: Text = {
  en: 'A statement has elements that the policy grammar does not explain.',
  ko: '정책 문에 정책 문법으로 해석할 수 없는 요소가 있습니다.',
}
const UNREAD: Text = {
  en: 'A policy could not be read.',
  ko: '정책을 읽을 수 없습니다.',
}
const SERVICE_OF_ACTION: Text = {
  en: 'A wildcard stands in the service prefix of an action, where AWS takes none.',
  ko: '작업의 서비스 접두사에 와일드카드가 있습니다. AWS는 이 위치의 와일드카드를 지원하지 않습니다.',
}
const NOT_PRINCIPAL_ALLOW: Text = {
  en: 'AWS does not support NotPrincipal together with Allow.',
  ko: 'AWS는 Allow와 함께 사용하는 NotPrincipal을 지원하지 않습니다.',
}

/** Is there a statement of this effect that covers the question? `forms` looks at some forms of principal only. */
export function covered(
  effect: 'Allow' | 'Deny',
  layer: LayerName,
  policies: readonly MaybePolicy[],
  question: Question,
  forms: readonly Form[] | null = null,
): Judgement {
  return any(
    policies.flatMap((policy, position) => {
      if (!isReadable(policy)) return [doubtful(UNREAD)]
      return policy.statements
        .filter((statement) => statement.effect === effect || statement.effect === null)
        .map((statement) => {
          const by: StatementRef = { layer, policy: position, index: statement.index, sid: statement.sid }
          return { ...matches(statement, policy, layer, question, forms), by: [by] }
        })
    }),
  )
}

function matches(
  statement: Statement,
  policy: Policy,
  layer: LayerName,
  question: Question,
  forms: readonly Form[] | null,
): Judgement {
  const rules: PatternRules = { version: policy.version, context: question.context, signs: 'wild' }
  const parts: Judgement[] = []
  for (const part of [
    () => actionMatches(statement.actions, question.action),
    () => resourceMatches(statement.resources, layer, question.resource, rules),
    () => principalMatches(statement, layer, question, forms),
    () => conditionsHold(statement.conditions, rules),
    () => (statement.oddities.length > 0 ? doubtful(ODD) : YES),
  ]) {
    const judged = part()
    if (judged.truth === 'no') return judged
    parts.push(judged)
  }
  return all(parts)
}

/** Identity policies name no principal; every other kind must (IAM User Guide, Principal). */
function principalMatches(
  statement: Statement,
  layer: LayerName,
  { requester, accounts }: Question,
  forms: readonly Form[] | null,
): Judgement {
  const element = statement.principals
  if (layer === 'identity' || layer === 'boundary' || layer === 'session') {
    return element === null ? YES : doubtful(ODD)
  }
  if (element === null) return doubtful(ODD)
  const named = namedBy(element, requester, accounts, promoted(statement, forms))
  const unsupported = element.negated && statement.effect === 'Allow' && named.truth !== 'no'
  return unsupported ? doubtful(NOT_PRINCIPAL_ALLOW) : named
}

/**
 * `"Principal": "*"` narrowed by aws:PrincipalArn is not limited by boundaries and session policies (IAM User Guide,
 * Principal, IAM role principals): it counts as a direct grant and no longer as one to everyone.
 */
function promoted(statement: Statement, forms: readonly Form[] | null): readonly Form[] | null {
  const narrowed = statement.conditions.some((condition) => condition.key.toLowerCase() === 'aws:principalarn')
  const toEveryone = statement.principals?.principals.some((principal) => formOf(principal) === 'everyone') === true
  if (forms === null || !narrowed || !toEveryone) return forms
  const others = forms.filter((form) => form !== 'everyone')
  return forms.includes('direct') ? [...others, 'everyone'] : others
}

/** Prefix and name of an action are not case-sensitive (IAM User Guide, Action). */
function actionMatches(element: PatternElement | null, action: string): Judgement {
  if (element === null) return doubtful(ODD)
  const rules: PatternRules = { version: '2008-10-17', context: new Map(), signs: 'wild' }
  const subject = literal(action.toLowerCase())
  const matched = any(
    element.patterns.map((pattern) => {
      const fit = fits(patternOf(pattern.toLowerCase(), rules), subject)
      return fit.truth === 'yes' && hasSignInPrefix(pattern) ? doubtful(SERVICE_OF_ACTION) : fit
    }),
  )
  return element.negated ? not(matched) : matched
}

/** `*` and `*:*` are every action; any other wildcard before the colon IAM refuses to save. */
function hasSignInPrefix(pattern: string): boolean {
  const [prefix = '', name] = pattern.split(':')
  return name !== undefined && prefix !== '*' && /[*?]/.test(prefix)
}

/** A resource-based policy may leave the resource out: it is the one that the policy is attached to. */
function resourceMatches(
  element: PatternElement | null,
  layer: LayerName,
  resource: string,
  rules: PatternRules,
): Judgement {
  if (element === null) return layer === 'resource' || layer === 'trust' ? YES : doubtful(ODD)
  if (layer === 'trust') return doubtful(ODD)
  const subject = subjectOf(resource)
  const matched = any(
    element.patterns.map((pattern) => {
      if (!element.negated && beginsOtherwise(pattern, resource)) return NO
      return fits(patternOf(pattern, { ...rules, signs: signsOf(pattern), negated: element.negated }), subject)
    }),
  )
  return element.negated ? not(matched) : matched
}

function signsOf(pattern: string): PatternRules['signs'] {
  return pattern.startsWith('arn:') ? 'arn' : 'wild'
}

/** `*` alone is no set of ARNs: actions without resource-level permissions match `*` and nothing else. */
function subjectOf(resource: string): readonly Token[] {
  return resource === '*' ? literal('*') : setOf(resource)
}
