/** May the roles of a start do what it needs? Role, repository and key are judged apart: each is a repair of its own. */

import { missing, missingFrom } from '../domain/answer.ts'
import { ownerOf } from '../domain/named-resources.ts'
import type { Missing, Statement } from '../domain/path.ts'
import type { CustomerKey, RepositoryAccess, RoleFacts, RoleRecord } from '../domain/role.ts'
import type { Text } from '../domain/text.ts'
import { labelOf, type PolicyDecision } from './policy/decision.ts'
import { isReadable, type Policy, parsePolicy } from './policy/document.ts'
import { evaluate } from './policy/evaluate.ts'
import { keysOfCaller, organizationPermission } from './policy/organization.ts'
import { formOf } from './policy/principal.ts'
import type { MaybePolicy } from './policy/statement.ts'
import { judgeIdentity, principalTags } from './role-identity.ts'
import type { RoleNeed } from './role-needs.ts'

export type Outcome =
  /** `unless`: what could not be seen and may forbid it all the same. */
  | { readonly need: RoleNeed; readonly outcome: 'allowed'; readonly unless: Missing | null }
  /** `unless`: what could not be seen and may well allow it all the same. */
  | {
      readonly need: RoleNeed
      readonly outcome: 'denied'
      readonly cause: DenialCause
      readonly evidence: Text
      readonly unless: Missing | null
    }
  | { readonly need: RoleNeed; readonly outcome: 'unknown'; readonly missing: Missing }

export type DenialCause = 'not-allowed' | 'explicit-deny' | 'boundary'

/** The policies of resources that may grant what a role's own do not. */
export type ResourcePolicies = Pick<RoleFacts, 'repositories' | 'customerKeys' | 'registries'>

/**
 * Does the role allow it? In one account the policy of a repository or key may allow it instead; across accounts both must.
 * Source: IAM User Guide, Policy evaluation logic; Amazon ECR User Guide, Private repository policies.
 */
export function judgeNeed(record: RoleRecord, need: RoleNeed, resources: ResourcePolicies): Outcome {
  const identity = judgeIdentity(record, need)
  const elsewhere = need.owner !== null && need.owner !== accountOf(record.arn)
  if (identity.decision === 'allowed') return { need, outcome: 'allowed', unless: unseenGrant(need, elsewhere) }
  const rescue = elsewhere ? null : resourceGrant(record, need, resources)
  if (identity.decision === 'unknown') {
    return rescue === 'allowed'
      ? { need, outcome: 'allowed', unless: null }
      : { need, outcome: 'unknown', missing: identity.missing }
  }
  const { decision: cause, evidence } = identity
  if (cause === 'not-allowed' && rescue === 'allowed') return { need, outcome: 'allowed', unless: null }
  if (cause === 'not-allowed' && typeof rescue === 'object' && rescue !== null) {
    return { need, outcome: 'unknown', missing: rescue }
  }
  const unless = cause === 'not-allowed' && !elsewhere && rescue === null ? likelyGrant(need) : null
  return { need, outcome: 'denied', cause, evidence, unless }
}

export type RepositoryVerdict =
  | { readonly verdict: 'open' }
  | { readonly verdict: 'closed'; readonly explicit: boolean; readonly evidence: Statement }
  | { readonly verdict: 'unknown'; readonly missing: Missing; readonly matters: boolean }

/** Whatever the role's own policies say: does the repository let it pull? A repository that does not exist lets nobody in or out. */
export function judgeRepository(
  access: RepositoryAccess,
  record: RoleRecord,
  need: RoleNeed,
  registries: RoleFacts['registries'] = [],
): RepositoryVerdict {
  const { policy } = access
  const elsewhere = access.accountId !== accountOf(record.arn)
  if (!policy.known) {
    if (policy.because === 'not-found') return { verdict: 'open' }
    return {
      verdict: 'unknown',
      missing: missingFrom(
        policy,
        ['repository-policy-unread', access.accountId, access.region, access.name],
        policyOf(access),
      ),
      matters: elsewhere,
    }
  }
  const ofRegistry = registryOf(need, registries)?.policy
  const texts = [policy.value, ofRegistry?.known ? ofRegistry.value : null].flatMap((text) => text ?? [])
  if (texts.length === 0) return elsewhere ? closed(need, NO_POLICY) : { verdict: 'open' }
  const judged = evaluateAt(together(texts.map(parsePolicy)), record, need, [EVERYTHING])
  return verdictOf(judged, record, need, 'repository-policy-undecided')
}

/** ECR holds every request against the policy of the registry as well (Amazon ECR User Guide, Private registry permissions). */
function registryOf(need: RoleNeed, registries: NonNullable<RoleFacts['registries']>) {
  const account = ownerOf(need.resource) ?? need.owner
  return registries.find((one) => one.accountId === account && one.region === need.region) ?? null
}

/** Statements of several policies about one thing, as if they stood in one. */
function together(policies: readonly MaybePolicy[]): MaybePolicy {
  const [first, ...others] = policies
  if (first === undefined || !isReadable(first)) return first ?? { unreadable: '' }
  const unreadable = others.find((one) => !isReadable(one))
  return unreadable ?? { ...first, statements: policies.flatMap((one) => (isReadable(one) ? one.statements : [])) }
}

const EVERYTHING = parsePolicy({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
}) as Policy

const NO_POLICY: Statement = {
  reason: ['no-policy'],
  why: {
    en: 'The repository has no policy, and the role is of another account.',
    ko: '리포지토리에 정책이 없고 역할은 다른 계정에 있습니다.',
  },
}

/** Whatever the role's own policies say: does the key let it decrypt? Open as well where its policy could not be read. */
export function judgeKey({ policy }: CustomerKey, record: RoleRecord, need: RoleNeed): RepositoryVerdict {
  if (!policy.known) return { verdict: 'open' }
  const judged = evaluateAt(parsePolicy(policy.value), record, need, [EVERYTHING])
  return verdictOf(judged, record, need, 'key-policy-undecided')
}

function verdictOf(
  judged: PolicyDecision,
  record: RoleRecord,
  need: RoleNeed,
  undecidedAs: UndecidedAs,
): RepositoryVerdict {
  const { decision, statements, why } = judged
  if (decision === 'allowed') return { verdict: 'open' }
  if (decision !== 'unknown') return closed(need, { reason: [decision, ...statements.map(labelOf)], why })
  return { verdict: 'unknown', missing: undecided(judged, record, need, undecidedAs), matters: true }
}

export function keyOf({ resource, region }: RoleNeed, keys: RoleFacts['customerKeys']): CustomerKey | null {
  const id = resource.slice(resource.indexOf('/') + 1)
  return (
    keys.find(
      (one) => one.region === region && ((one.key.known && one.key.value.arn === resource) || one.id.endsWith(id)),
    ) ?? null
  )
}

/** Does the policy of a repository or key of the role's own account grant what its policies do not? Null where there is none to ask. */
function resourceGrant(
  record: RoleRecord,
  need: RoleNeed,
  { repositories, customerKeys, registries = [] }: ResourcePolicies,
): 'allowed' | 'denied' | Missing | null {
  const access =
    need.feature === 'ecr'
      ? repositoryOf(need, repositories)
      : need.feature === 'kms'
        ? keyOf(need, customerKeys)
        : need.feature === 'pull-through'
          ? registryOf(need, registries)
          : null
  // Rarely does a repository: that its policy could not be read leaves the role's own policies to decide.
  if (access === null || !access.policy.known) return null
  if (access.policy.value === null) return need.feature === 'pull-through' ? 'denied' : null
  const policy = withoutAccounts(parsePolicy(access.policy.value))
  const judged = evaluateAt(policy, record, need, [])
  if (judged.decision === 'unknown') return undecided(judged, record, need, 'repository-policy-undecided')
  return judged.decision === 'allowed' ? 'allowed' : 'denied'
}

export function repositoryOf(need: RoleNeed, repositories: RoleFacts['repositories']): RepositoryAccess | null {
  const [, , service, region, account, ...rest] = need.resource.split(':')
  const name = rest.join(':').replace(/^repository\//, '')
  if (service !== 'ecr') return null
  return repositories.find((one) => one.name === name && one.accountId === account && one.region === region) ?? null
}

function evaluateAt(policy: MaybePolicy, record: RoleRecord, need: RoleNeed, identity: readonly Policy[]) {
  const { arn, role } = record
  return evaluate(
    { identity, resource: policy },
    {
      principalArn: role.known ? role.value.arn : arn,
      principalAccount: accountOf(arn),
      principalId: role.known ? role.value.id : null,
      resourceAccount: need.owner,
      action: need.action,
      resource: need.resource,
      context: {
        ...keysOfCaller(record.organization, accountOf(arn), need.owner),
        ...principalTags(record),
        ...need.context,
      },
    },
  )
}

/** To name an account hands the question on to its own policies, which have answered (IAM User Guide, Principal). */
function withoutAccounts(policy: MaybePolicy): MaybePolicy {
  if (!isReadable(policy)) return policy
  const statements = policy.statements.flatMap((statement) => {
    const { effect, principals } = statement
    if (effect !== 'Allow' || principals === null || principals.negated) return [statement]
    const others = principals.principals.filter((principal) => formOf(principal) !== 'account')
    return others.length === 0 ? [] : [{ ...statement, principals: { ...principals, principals: others } }]
  })
  return { ...policy, statements }
}

/** The side of another account, which an allowing role does not settle. Of repositories there is more to know: `judgeRepository`. */
function unseenGrant({ feature, resource, owner }: RoleNeed, elsewhere: boolean): Missing | null {
  if (!elsewhere || feature === 'ecr' || feature === 'pull-through' || feature === 'logs') return null
  return missing(
    ['grant-of-other-account', resource, owner ?? ''],
    `${resource} belongs to the account ${owner}, whose policy for it must allow the role as well and cannot be read from here.`,
    `다른 계정의 리소스이므로 그 계정의 정책도 역할을 허용해야 하지만 여기에서 읽을 수 없습니다: ${resource} (계정: ${owner})`,
  )
}

/** Key policies and registry policies grant to roles directly as a matter of course: unread, they may do so here. */
function likelyGrant({ feature, resource }: RoleNeed): Missing | null {
  if (feature === 'kms') {
    return missing(
      ['key-policy-unread', resource],
      `The key policy of ${resource} may allow the role directly; it was not read.`,
      `키 정책이 역할을 직접 허용할 수 있으며, 읽지 않았습니다: ${resource}`,
      'kms:GetKeyPolicy',
    )
  }
  if (feature !== 'pull-through') return null
  return missing(
    ['registry-policy-unread', resource],
    `The registry policy may allow the role to fill ${resource}; it was not read.`,
    `레지스트리 정책이 역할을 허용할 수 있으며, 읽지 않았습니다: ${resource}`,
    'ecr:GetRegistryPolicy',
  )
}

function closed(need: RoleNeed, { reason: [kind, ...by], why }: Statement): RepositoryVerdict {
  const evidence: Statement = { reason: [kind, need.action, need.resource, ...by], why: onResource(need, why) }
  return { verdict: 'closed', explicit: kind === 'explicit-deny', evidence }
}

type UndecidedAs = 'repository-policy-undecided' | 'key-policy-undecided'

function undecided(
  { missing, why }: PolicyDecision,
  { organization }: RoleRecord,
  need: RoleNeed,
  as: UndecidedAs,
): Missing {
  return {
    permission: organizationPermission(organization, missing),
    reason: [as, need.action, need.resource],
    because: onResource(need, why),
  }
}

function onResource({ action, resource }: RoleNeed, why: Text): Text {
  return { en: `${action} on ${resource}: ${why.en}`, ko: `${action} (${resource}): ${why.ko}` }
}

function policyOf({ name, accountId }: RepositoryAccess): Text {
  return {
    en: `the policy of the repository ${name} in the account ${accountId}`,
    ko: `리포지토리 정책 ${name} (계정: ${accountId})`,
  }
}

export function accountOf(arn: string): string | null {
  return arn.split(':')[4] || null
}
