/** Roles, policies and simulations, from IAM's answers. Policy documents stay text: the analysis reads them. */
import type { KeyState, PullThroughRule, Role, RolePolicy, SimulatedCall, Tags } from '../../domain/role.ts'
import { at, fieldsOf, flag, idOf, instant, isLoose, type Loose, listAt, text, texts } from './shape.ts'

/** `GetRole`. */
export function toRole(answer: Loose): Role | null {
  const role = at(answer, 'Role')
  const arn = idOf(at(role, 'Arn'))
  const trust = documentOf(at(role, 'AssumeRolePolicyDocument'))
  if (arn === null || trust === null) return null
  return {
    arn,
    id: idOf(at(role, 'RoleId')),
    trust,
    boundaryArn: idOf(at(role, 'PermissionsBoundary', 'PermissionsBoundaryArn')),
    tags: toTags(at(role, 'Tags')),
  }
}

/** Null where AWS lists none, be it that there are none or that it did not say. */
export function toTags(list: unknown): Tags | null {
  if (!Array.isArray(list)) return null
  const tags = listAt({ list }, 'list').flatMap(({ Key, Value }) =>
    typeof Key === 'string' && typeof Value === 'string' ? [[Key, Value] as const] : [],
  )
  return Object.fromEntries(tags)
}

/** `DescribeKey`. */
export function toKeyState(answer: Loose): KeyState | null {
  const key = at(answer, 'KeyMetadata')
  const arn = idOf(at(key, 'Arn'))
  const state = idOf(at(key, 'KeyState'))
  return arn === null || state === null ? null : { arn, state, deletionAt: instant(at(key, 'DeletionDate')) }
}

/**
 * `SimulatePrincipalPolicy`. `requested`: the resources of the request; null for a recording, which may have asked otherwise.
 * Since 2026 there is one result an action, and each resource's own is within it; the result's own resource is a template.
 */
export function toSimulatedCalls(answer: Loose, requested: readonly string[] | null): readonly SimulatedCall[] {
  return listAt(answer, 'EvaluationResults').flatMap((result) => {
    const action = idOf(result['EvalActionName'])
    if (action === null) return []
    const specific = listAt(result, 'ResourceSpecificResults')
    if (specific.length === 0) {
      const decision = text(result['EvalDecision']) ?? ''
      return resourcesOf(result, decision, requested).map((resource) => ({
        action,
        resource,
        decision,
        ...circumstances(result, result),
      }))
    }
    return specific.map((one) => ({
      action,
      resource: text(one['EvalResourceName']) ?? '*',
      decision: text(one['EvalResourceDecision']) ?? '',
      ...circumstances(one, result),
    }))
  })
}

/** A result for a template without its parts holds for all resources that were asked if it allows, and for the one if there was one. */
function resourcesOf(result: Loose, decision: string, requested: readonly string[] | null): readonly string[] {
  const named = text(result['EvalResourceName']) ?? '*'
  if (!named.includes('${')) return [named]
  if (requested === null) return ['*']
  return decision === 'allowed' || requested.length === 1 ? requested : []
}

function circumstances(one: Loose, whole: Loose) {
  return {
    missing: texts(one['MissingContextValues']),
    allowedByOrganization: flag(
      at(one, 'OrganizationsDecisionDetail', 'AllowedByOrganizations') ??
        at(whole, 'OrganizationsDecisionDetail', 'AllowedByOrganizations'),
    ),
    allowedByBoundary: flag(
      at(one, 'PermissionsBoundaryDecisionDetail', 'AllowedByPermissionsBoundary') ??
        at(whole, 'PermissionsBoundaryDecisionDetail', 'AllowedByPermissionsBoundary'),
    ),
    decidedBy: [...new Set(fieldsOf(one['MatchedStatements'], 'SourcePolicyId'))],
  }
}

/** `GetRolePolicy`. */
export function toInlinePolicy(answer: Loose): RolePolicy | null {
  const document = documentOf(answer['PolicyDocument'])
  return document === null ? null : { name: text(answer['PolicyName']) ?? '', document }
}

/** `GetPolicyVersion`, which does not say whose version it is. */
export function toManagedPolicy(name: string): (answer: Loose) => RolePolicy | null {
  return (answer) => {
    const document = documentOf(at(answer, 'PolicyVersion', 'Document'))
    return document === null ? null : { name, document }
  }
}

export function toPullThroughRule(record: Loose): PullThroughRule | null {
  const prefix = idOf(record['ecrRepositoryPrefix'])
  return prefix === null ? null : { prefix, upstream: text(record['upstreamRegistryUrl']) ?? '' }
}

/** IAM sends a document as URL-encoded text, and the AWS CLI prints it as the object that it is. */
function documentOf(value: unknown): string | null {
  return isLoose(value) ? JSON.stringify(value) : idOf(value)
}

/** Null for what AWS manages itself: no key named, or an alias of AWS's own. */
export function customerKey(keyId: unknown): string | null {
  const key = idOf(keyId)
  return key === null || /(^|:)alias\/aws\//.test(key) ? null : key
}
