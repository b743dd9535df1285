/** May this principal do this? Identity, boundary, session, resource and endpoint policies together, as AWS documents. */
import type { Text } from '../../domain/text.ts'
import { type Context, contextMap, UNKNOWN } from './context.ts'
import { decide, type PolicyDecision } from './decision.ts'
import type { AccountMeaning, Form } from './principal.ts'
import { arnParts, type IamRequester, keysOf } from './requester.ts'
import { covered, type LayerName, type MaybePolicy, type Question } from './statement.ts'
import { all, any, doubtful, type Judgement, NO, YES } from './truth.ts'

/** `{ unreadable }` stands for a policy that exists and could not be read; null says that there is none. */
export interface Layers {
  /** Every policy attached to the role or user, inline and managed. Null: not known which there are. */
  readonly identity: readonly MaybePolicy[] | null
  readonly boundary?: MaybePolicy | null
  readonly resource?: MaybePolicy | null
  /** Null: no policy was given, which is full access. */
  readonly endpoint?: MaybePolicy | null
  readonly sessionPolicies?: readonly MaybePolicy[]
}

export interface AccessRequest {
  /** ARN of the role, of its session, or of a user. */
  readonly principalArn: string | null
  readonly principalAccount: string | null
  /** `AROA…`, for policies that name a role by its unique id. */
  readonly principalId?: string | null
  readonly resourceAccount: string | null
  readonly action: string
  readonly resource: string
  readonly context?: Context
  /** Left out: told from the two accounts. */
  readonly sameAccount?: boolean | null
  /** `interface`, `gateway`: what a principal account means in the endpoint policy depends on it. */
  readonly endpointType?: string | null
}

const NO_IDENTITY: Text = {
  en: 'The policies of the role could not be read.',
  ko: '역할의 정책을 읽을 수 없습니다.',
}
const SAME_ACCOUNT_UNKNOWN: Text = {
  en: 'It is not known whether the caller and the resource are in one account.',
  ko: '호출자와 리소스가 같은 계정에 있는지 알 수 없습니다.',
}
const KEY_POLICY: Text = {
  en: 'Every KMS key has a key policy, and that of this key could not be read.',
  ko: '모든 KMS 키에는 키 정책이 있으며 이 키의 정책을 읽을 수 없습니다.',
}
const EVERYONE_LIMITED: Text = {
  en: 'The resource policy names everyone, and the permissions boundary or the session policy does not allow the call.',
  ko: '리소스 정책이 모든 보안 주체를 지정하지만 권한 경계 또는 세션 정책은 호출을 허용하지 않습니다.',
}

/** Source: IAM User Guide, Policy evaluation logic, and Cross-account policy evaluation logic. */
export function evaluate(layers: Layers, request: AccessRequest): PolicyDecision {
  const requester: IamRequester = {
    kind: 'iam',
    arn: request.principalArn,
    account: request.principalAccount,
    id: request.principalId ?? null,
    bounded: (layers.boundary ?? null) !== null,
  }
  const context = contextMap(keysOf(requester), keysOfCall(request), request.context ?? {})
  const question: Question = {
    requester,
    action: request.action,
    resource: request.resource,
    context,
    accounts: 'members',
  }
  const atEndpoint: Question = { ...question, accounts: accountsAt(request.endpointType ?? null, request.action) }
  const endpoint = listOf(layers.endpoint)
  const denied = any([
    ...permissions(layers).map(([layer, policies]) => covered('Deny', layer, policies, question)),
    covered('Deny', 'endpoint', endpoint, atEndpoint),
    layers.identity === null ? doubtful(NO_IDENTITY) : NO,
  ])
  const passes = endpoint.length === 0 ? YES : covered('Allow', 'endpoint', endpoint, atEndpoint)
  return decide(denied, all([passes, granted(layers, request, question)]))
}

/** Keys that follow from the call itself (IAM User Guide, AWS global condition context keys). */
export function keysOfCall(call: { readonly resource: string; readonly resourceAccount: string | null }): Context {
  const region = arnParts(call.resource)?.region ?? ''
  return {
    // ECS and its agents speak to AWS over TLS only.
    'aws:SecureTransport': ['true'],
    'aws:ResourceAccount': call.resourceAccount === null ? UNKNOWN : [call.resourceAccount],
    'aws:RequestedRegion': region === '' || region.includes('*') ? UNKNOWN : [region],
  }
}

/** A gateway endpoint takes a principal account for its root user alone (AWS PrivateLink Guide, Gateway endpoints). */
export function accountsAt(endpointType: string | null, action: string): AccountMeaning {
  if (!/^(s3|dynamodb):/i.test(action) || endpointType === 'interface') return 'members'
  return endpointType === 'gateway' ? 'root-only' : 'unsettled'
}

function permissions(layers: Layers): readonly [LayerName, readonly MaybePolicy[]][] {
  return [
    ['identity', layers.identity ?? []],
    ['boundary', listOf(layers.boundary)],
    ['session', layers.sessionPolicies ?? []],
    ['resource', listOf(layers.resource)],
  ]
}

function granted(layers: Layers, request: AccessRequest, question: Question): Judgement {
  const { principalAccount, resourceAccount } = request
  const bothKnown = principalAccount !== null && resourceAccount !== null
  const same = request.sameAccount ?? (bothKnown ? principalAccount === resourceAccount : null)
  if (same !== null) return same ? grantedWithin(layers, question) : grantedAcross(layers, question)
  const within = grantedWithin(layers, question)
  const across = grantedAcross(layers, question)
  return within.truth === across.truth ? within : doubtful(SAME_ACCOUNT_UNKNOWN)
}

/** Both sides must allow. */
function grantedAcross(layers: Layers, question: Question): Judgement {
  return all([byIdentity(layers, question), byResource(layers, question)])
}

/**
 * Either side suffices. A grant to a user or session is limited by nothing, one to a role by boundary and session
 * policies, and one to an account hands the question on to its identity policies.
 */
function grantedWithin(layers: Layers, question: Question): Judgement {
  const limits = [
    ceiling('boundary', listOf(layers.boundary), question),
    ceiling('session', layers.sessionPolicies ?? [], question),
  ]
  const role = all([byResource(layers, question, ['role']), ...limits])
  const everyone = byResource(layers, question, ['everyone'])
  const fromResource = [
    byResource(layers, question, ['direct']),
    role,
    all([everyone, any([all(limits), doubtful(EVERYONE_LIMITED)])]),
  ]
  const identity = byIdentity(layers, question)
  // A key policy must allow, be it by naming the account (KMS Developer Guide, Key policies).
  if (/^kms:/i.test(question.action)) {
    const keyPolicyKnown = listOf(layers.resource).length > 0
    if (!keyPolicyKnown) return doubtful(KEY_POLICY)
    return any([...fromResource, all([byResource(layers, question, ['account']), identity])])
  }
  // An account that is named hands the question on to the identity policies, which count anyhow.
  return any([identity, ...fromResource])
}

function byIdentity(layers: Layers, question: Question): Judgement {
  if (layers.identity === null) return doubtful(NO_IDENTITY)
  return all([
    covered('Allow', 'identity', layers.identity, question),
    ceiling('boundary', listOf(layers.boundary), question),
    ceiling('session', layers.sessionPolicies ?? [], question),
  ])
}

function byResource(layers: Layers, question: Question, forms: readonly Form[] | null = null): Judgement {
  return covered('Allow', 'resource', listOf(layers.resource), question, forms)
}

/** A kind of policy that grants nothing: where there is none, it limits nothing. */
function ceiling(layer: LayerName, policies: readonly MaybePolicy[], question: Question): Judgement {
  return policies.length === 0 ? YES : covered('Allow', layer, policies, question)
}

function listOf(policy: MaybePolicy | null | undefined): readonly MaybePolicy[] {
  return policy === null || policy === undefined ? [] : [policy]
}
