/** Does a Principal or NotPrincipal element name the requester, and in which form? */
import type { Text } from '../../domain/text.ts'
import { literal, overlaps, setOf } from '../../domain/wildcard.ts'
import type { Principal, PrincipalElement } from './document.ts'
import { type IamRequester, type Identity, identityOf, type Requester } from './requester.ts'
import { all, any, doubtful, type Judgement, NO, not, truthOf, YES } from './truth.ts'

/** How a principal is named decides which other policies still limit it (Policy evaluation logic). */
export type Form = 'direct' | 'everyone' | 'role' | 'account'

/** What `"AWS": "<account>"` covers: every principal of it, or its root user only (gateway endpoints). */
export type AccountMeaning = 'members' | 'root-only' | 'unsettled'

const NOT_SETTLED: Text = {
  en: 'The policy names a principal in a form that AWS documents no rule for here.',
  ko: '정책이 AWS 문서에 규칙이 없는 형식으로 보안 주체를 지정합니다.',
}
const SESSION_UNKNOWN: Text = {
  en: 'The policy names one session of the role, and the name of the session is not known.',
  ko: '정책이 역할의 특정 세션을 지정하며 세션 이름을 알 수 없습니다.',
}
const ARN_UNKNOWN: Text = {
  en: 'The policy names its principals, and the role that calls is not known.',
  ko: '정책이 보안 주체를 지정하며 호출하는 역할을 알 수 없습니다.',
}

/** Source: IAM User Guide, AWS JSON policy elements: Principal. `forms` leaves out the others. */
export function namedBy(
  element: PrincipalElement,
  requester: Requester,
  accounts: AccountMeaning,
  forms: readonly Form[] | null = null,
): Judgement {
  if (element.negated) {
    return forms === null || forms.includes('everyone') ? notNamedBy(element.principals, requester, accounts) : NO
  }
  const chosen = element.principals.filter((principal) => forms === null || forms.includes(formOf(principal)))
  return any(chosen.map((principal) => names(principal, requester, accounts)))
}

/**
 * Source: IAM User Guide, NotPrincipal. Spared are those that the list names together with their account and, for a
 * role, the session; a principal with a permissions boundary is never spared.
 */
function notNamedBy(principals: readonly Principal[], requester: Requester, accounts: AccountMeaning): Judgement {
  if (principals.some((principal) => formOf(principal) === 'everyone')) return NO
  const judged = principals.map((principal) => names(principal, requester, accounts))
  const named = any(judged)
  if (requester.kind !== 'iam' || named.truth === 'no') return not(named)
  if (requester.bounded === true) return YES
  const formed = (form: Form) => any(judged.filter((_, at) => principals[at] && formOf(principals[at]) === form))
  const identity = requester.arn === null ? null : identityOf(requester.arn)
  const spared =
    identity?.kind === 'session'
      ? all([formed('account'), formed('role'), formed('direct')])
      : identity?.kind === 'user'
        ? all([formed('account'), formed('direct')])
        : NO
  return spared.truth === 'yes' && requester.bounded === false ? NO : doubtful(NOT_SETTLED)
}

export function formOf({ type, value }: Principal): Form {
  if (value === '*' && (type === '*' || type === 'AWS')) return 'everyone'
  if (type !== 'AWS') return 'direct'
  if (/^\d{12}$/.test(value)) return 'account'
  const kind = identityOf(value)?.kind
  if (kind === 'root') return 'account'
  return kind === 'role' || kind === undefined ? 'role' : 'direct'
}

function names(principal: Principal, requester: Requester, accounts: AccountMeaning): Judgement {
  const { type, value } = principal
  if (type === '*') return value === '*' ? YES : doubtful(NOT_SETTLED)
  if (type === 'Service') return namesService(value, requester)
  if (type === 'Federated') return requester.kind === 'foreign' ? doubtful(NOT_SETTLED) : NO
  if (type !== 'AWS') return doubtful(NOT_SETTLED)
  // "AWS": "*" equals "*" for anonymous callers; nothing says so for services.
  if (value === '*') return requester.kind === 'service' ? doubtful(NOT_SETTLED) : YES
  if (requester.kind === 'service') return NO
  if (requester.kind === 'foreign') return namesForeign(value, requester.notIn)
  if (formOf(principal) === 'account') return namesAccount(value, requester, accounts)
  return accounts === 'root-only' ? doubtful(NOT_SETTLED) : namesIdentity(value, requester)
}

function namesService(value: string, requester: Requester): Judgement {
  if (requester.kind === 'iam') return NO
  if (requester.kind === 'foreign') return doubtful(NOT_SETTLED)
  if (value === requester.service) return YES
  // Regional and partition forms: ecs-tasks.us-east-1.amazonaws.com, ecs-tasks.amazonaws.com.cn
  const [name] = requester.service.split('.')
  return value.split('.')[0] === name ? doubtful(NOT_SETTLED) : NO
}

function namesForeign(value: string, own: string | null): Judgement {
  const account = /^\d{12}$/.test(value) ? value : identityOf(value)?.account
  return own !== null && account === own ? NO : doubtful(NOT_SETTLED)
}

function namesAccount(value: string, requester: IamRequester, accounts: AccountMeaning): Judgement {
  const account = identityOf(value)?.account ?? value
  if (requester.account !== null && requester.account !== account) return NO
  if (requester.account === null) return doubtful(ARN_UNKNOWN)
  if (accounts === 'members') return YES
  if (accounts === 'unsettled' || requester.arn === null) return doubtful(NOT_SETTLED)
  return truthOf(identityOf(requester.arn)?.kind === 'root')
}

function namesIdentity(value: string, requester: IamRequester): Judgement {
  const named = identityOf(value)
  // A unique id stands where the role or user was deleted: the one of the same name today is another (Principal).
  if (named === null && /^A[A-Z]{3}[A-Z0-9]{12,}(:.*)?$/.test(value)) {
    return truthOf(requester.id !== null && value.split(':')[0] === requester.id)
  }
  if (requester.arn === null) return accountDiffers(named, requester.account) ? NO : doubtful(ARN_UNKNOWN)
  if (/[*?]/.test(value) || named === null) {
    // No wildcard matches a part of a principal's name, and AWS refuses to save one.
    return overlaps(setOf(value), literal(requester.arn)) ? doubtful(NOT_SETTLED) : NO
  }
  const caller = identityOf(requester.arn)
  if (caller === null) return doubtful(NOT_SETTLED)
  return namesCaller(value, named, requester.arn, caller)
}

function namesCaller(value: string, named: Identity, arn: string, caller: Identity): Judgement {
  if (value === arn) return YES
  const same = named.account === caller.account && named.name === caller.name
  if (!same) return NO
  if (named.kind === 'role' && caller.kind === 'session') return YES
  return named.kind === 'session' && caller.kind === 'role' ? doubtful(SESSION_UNKNOWN) : NO
}

function accountDiffers(named: Identity | null, account: string | null): boolean {
  return named !== null && account !== null && named.account !== account
}
