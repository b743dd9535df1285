/** The IAM calls: a role, what it may do, and, where that may not be simulated, the policies that say so. */
import type * as Iam from '@aws-sdk/client-iam'
import { at, call, hasMore, type Loose, list, only, single } from './call.ts'

const spec = { service: 'iam', list: null, keyed: true, next: nextByMarker } as const

const ofRole = { name: single('RoleName', (_answer, stem) => [stem]) }

/** A role by its name; `id` takes no ARN. */
export const getRole = call<Iam.GetRoleResponse>({
  ...spec,
  operation: 'GetRole',
  by: { id: single('RoleName', (answer, stem) => [at(answer, 'Role', 'RoleName'), stem]) },
})

/**
 * `id` is the role's ARN, `name` its name, after which a recording's file is called; `region` is the Region of the calls, `service` the
 * one that a role is passed to.
 * Actions that need different authorization information are refused when they are asked in one request.
 */
export const simulatePrincipalPolicy = call<Iam.SimulatePolicyResponse>({
  ...spec,
  operation: 'SimulatePrincipalPolicy',
  by: {
    id: single('PolicySourceArn', () => null),
    name: only((_answer, stem) => [stem]),
    action: list('ActionNames', () => null),
    resource: list('ResourceArns', () => null),
    region: { input: ([region]) => ({ ContextEntries: contextOf(region) }), of: () => null, chunk: 1 },
    service: { input: ([name = '']) => ({ ContextEntries: [passedTo(name)] }), of: () => null, chunk: 1 },
  },
})

export const listAttachedRolePolicies = call<Iam.ListAttachedRolePoliciesResponse>({
  ...spec,
  operation: 'ListAttachedRolePolicies',
  by: ofRole,
})

export const getRolePolicy = call<Iam.GetRolePolicyResponse>({
  ...spec,
  operation: 'GetRolePolicy',
  by: {
    name: single('RoleName', (answer) => [answer['RoleName']]),
    id: single('PolicyName', (answer) => [answer['PolicyName']]),
  },
})

export const listRolePolicies = call<Iam.ListRolePoliciesResponse>({
  ...spec,
  operation: 'ListRolePolicies',
  by: ofRole,
})

export const getPolicy = call<Iam.GetPolicyResponse>({
  ...spec,
  operation: 'GetPolicy',
  by: { id: single('PolicyArn', (answer) => [at(answer, 'Policy', 'Arn')]) },
})

/** The answer does not say whose version it is; a recording's file is called after the policy, with or without the version. */
export const getPolicyVersion = call<Iam.GetPolicyVersionResponse>({
  ...spec,
  operation: 'GetPolicyVersion',
  by: {
    id: single('PolicyArn', () => null),
    name: only((_answer, stem) => [stem, stem.replace(/\.v\d+$/, '')]),
    attribute: single('VersionId', (answer) => [at(answer, 'PolicyVersion', 'VersionId')]),
  },
})

export const getInstanceProfile = call<Iam.GetInstanceProfileResponse>({
  ...spec,
  operation: 'GetInstanceProfile',
  by: { id: single('InstanceProfileName', (answer) => [at(answer, 'InstanceProfile', 'InstanceProfileName')]) },
})

/** Keys whose values are known for every call of a start: ECS speaks TLS, to the Region of the resource. */
function contextOf(region: string | undefined): readonly Loose[] {
  return [
    entry('aws:SecureTransport', 'true', 'boolean'),
    ...(region === undefined || region === '' ? [] : [entry('aws:RequestedRegion', region, 'string')]),
  ]
}

function passedTo(service: string): Loose {
  return entry('iam:PassedToService', service, 'string')
}

function entry(ContextKeyName: string, value: string, ContextKeyType: string): Loose {
  return { ContextKeyName, ContextKeyValues: [value], ContextKeyType }
}

function nextByMarker(answer: Loose): Loose | null {
  const { IsTruncated: more, Marker } = answer
  return more === false || !hasMore(more) ? null : { Marker }
}
