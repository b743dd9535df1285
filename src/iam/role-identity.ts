/** What the policies of one role say of one call: the simulator's word first, else our own reading of the policies. */

import { missing, missingFrom } from '../domain/answer.ts'
import type { Missing } from '../domain/path.ts'
import type { RoleRecord, SimulatedCall } from '../domain/role.ts'
import type { Text } from '../domain/text.ts'
import type { Context } from './policy/context.ts'
import { type Policy, parsePolicy } from './policy/document.ts'
import { evaluate, type Layers } from './policy/evaluate.ts'
import type { MaybePolicy } from './policy/statement.ts'
import { type RoleNeed, tagsOf } from './role-needs.ts'

/** `not-allowed`: nothing allows it · `explicit-deny`: a statement of the role denies it · `boundary`: its boundary does. */
export type Identity =
  | { readonly decision: 'allowed' }
  | { readonly decision: 'not-allowed' | 'explicit-deny' | 'boundary'; readonly evidence: Text }
  | { readonly decision: 'unknown'; readonly missing: Missing }

type Call = Pick<RoleNeed, 'action' | 'resource' | 'context'>

/** Source: IAM API Reference, SimulatePrincipalPolicy; IAM User Guide, Testing IAM policies, and Policy evaluation logic. */
export function judgeIdentity(record: RoleRecord, need: Call): Identity {
  const found = record.simulation.known ? resultFor(record.simulation.value, need) : null
  if (found === null) return readOf(record, need)
  const simulated = judgeSimulated(record, found, need)
  if (simulated.decision === 'unknown' && found.allowedByOrganization === false) return simulated
  if (simulated.decision === 'unknown') return preferKnown(readOf(record, need), simulated)
  const certain = simulated.decision !== 'not-allowed' || isExact(found, need)
  return certain ? simulated : judgeElsewhere(record, found, need, simulated)
}

/** The result for this very resource, else one for a set that it belongs to. */
function resultFor(results: readonly SimulatedCall[], { action, resource }: Call): SimulatedCall | null {
  const same = results.filter((one) => one.action.toLowerCase() === action.toLowerCase())
  return (
    same.find((one) => one.resource === resource) ??
    same.find((one) => one.resource !== '*' && covers(one.resource, resource)) ??
    same.find((one) => one.resource === '*') ??
    null
  )
}

/** `…:log-group:/ecs/web:*` covers the streams of the group, and so does the group itself. */
function covers(simulated: string, resource: string): boolean {
  const pattern = simulated.replace(/[.+^${}()|[\]\\?]/g, '\\$&').replaceAll('*', '.*')
  return new RegExp(`^${pattern}(:log-stream:.*)?$`).test(resource)
}

/** A simulation of an unknown part or of everything says no for less than everything. */
function isExact(found: SimulatedCall, need: Call): boolean {
  return found.resource === need.resource && (need.resource === '*' || !need.resource.includes('*'))
}

function judgeSimulated(record: RoleRecord, found: SimulatedCall, { action, resource }: Call): Identity {
  const { decision, missing } = found
  // An explicit deny of the organization names no statement; a role's own does.
  const ownDeny = decision === 'explicitDeny' && found.decidedBy.length > 0
  if (found.allowedByOrganization === false && !ownDeny) return organizationSaysNo(record, action)
  if (decision === 'explicitDeny')
    return { decision: 'explicit-deny', evidence: simulatorAnswer(found, action, resource) }
  if (missing.length > 0) return keysMissing(record, action, missing)
  if (decision === 'allowed') return { decision: 'allowed' }
  if (decision !== 'implicitDeny') return strangeDecision(action, decision)
  const cause = found.allowedByBoundary === false ? 'boundary' : 'not-allowed'
  return { decision: cause, evidence: simulatorAnswer(found, action, resource) }
}

/**
 * The simulator was asked about another resource, and nothing allows that one. A role may well be allowed less than
 * everything: its policies tell, unless they contradict the simulator, which sees more than they say.
 */
function judgeElsewhere(record: RoleRecord, found: SimulatedCall, need: Call, simulated: Identity): Identity {
  const here = readOf(record, need)
  if (here.decision === 'unknown') return need.resource.includes('*') && need.resource !== '*' ? here : simulated
  if (here.decision !== 'allowed') return here
  return readOf(record, { ...need, resource: found.resource }).decision === 'allowed' ? simulated : here
}

/** Our own evaluation of the policies that could be read. */
function readOf(record: RoleRecord, { action, resource, context }: Call): Identity {
  const { policies, boundary, role, arn } = record
  if (!policies.known) {
    const unread = record.simulation.known ? policies : record.simulation
    return unknown(missingFrom(unread, ['role-permissions-unread', arn], permissionsOf(arn)))
  }
  const account = arn.split(':')[4] || null
  const request = {
    principalArn: role.known ? role.value.arn : arn,
    principalAccount: account,
    principalId: role.known ? role.value.id : null,
    resourceAccount: account,
    sameAccount: true,
    action,
    resource,
    context: { ...principalTags(record), ...context },
  }
  const layers: Layers = {
    identity: policies.value.map(({ document }) => parsePolicy(document)),
    // The key policy is a question of its own: here, one that leaves the answer to the role's policies.
    resource: /^kms:/i.test(action) && account !== null ? accountGrant(account) : null,
  }
  const bounded = evaluate({ ...layers, boundary: boundaryOf(boundary) }, request)
  const { decision, statements, why } = bounded
  const evidence = judged(action, resource, why)
  if (decision === 'allowed') return { decision: 'allowed' }
  if (decision === 'unknown') {
    return unknown({ permission: null, reason: ['role-undecided', arn, action, resource], because: evidence })
  }
  const byBoundary = statements.some(({ layer }) => layer === 'boundary')
  if (decision === 'explicit-deny') return { decision: byBoundary ? 'boundary' : 'explicit-deny', evidence }
  const alone = evaluate(layers, request).decision
  return { decision: alone === 'allowed' ? 'boundary' : 'not-allowed', evidence }
}

/** ECS sends no session tags: the principal's are the role's. */
export function principalTags({ role }: RoleRecord): Context {
  return role.known ? tagsOf(role.value.tags, 'aws:PrincipalTag') : {}
}

function boundaryOf(boundary: RoleRecord['boundary']): MaybePolicy | null {
  if (!boundary.known) return { unreadable: boundary.because }
  return boundary.value === null ? null : parsePolicy(boundary.value)
}

function accountGrant(account: string): Policy {
  const statement = { Effect: 'Allow', Principal: { AWS: account }, Action: 'kms:*', Resource: '*' }
  return parsePolicy({ Version: '2012-10-17', Statement: statement }) as Policy
}

function preferKnown(read: Identity, simulated: Identity): Identity {
  return read.decision === 'unknown' ? simulated : read
}

function organizationSaysNo(record: RoleRecord, action: string): Identity {
  return unknown(
    missing(
      ['organization-denies', record.arn, action],
      `${action} by ${record.arn}: the simulation says that a policy of the organization (SCP) does not allow it. Its statements cannot be read from this account.`,
      `${action} (${record.arn}): 시뮬레이션 결과 조직의 정책(SCP)이 허용하지 않습니다. 그 정책 문은 이 계정에서 읽을 수 없습니다.`,
    ),
  )
}

function keysMissing(record: RoleRecord, action: string, names: readonly string[]): Identity {
  const keys = [...new Set(names)].sort().join(', ')
  return unknown(
    missing(
      ['condition-keys-unknown', record.arn, action, keys],
      `${action} by ${record.arn}: it depends on condition keys whose values are not known: ${keys}.`,
      `${action} (${record.arn}): 값을 알 수 없는 조건 키에 따라 결과가 달라집니다. 조건 키: ${keys}`,
    ),
  )
}

function strangeDecision(action: string, decision: string): Identity {
  return unknown(
    missing(
      ['simulation-unclear', action, decision],
      `${action}: this version does not know the simulator's answer ${decision}.`,
      `${action}: 이 버전에서 인식하지 못하는 시뮬레이션 결과입니다: ${decision}`,
    ),
  )
}

function unknown(missing: Missing): Identity {
  return { decision: 'unknown', missing }
}

function simulatorAnswer(
  { decision, resource: simulated, decidedBy }: SimulatedCall,
  action: string,
  resource: string,
): Text {
  const by = decidedBy.length === 0 ? '' : ` (${decidedBy.join(', ')})`
  const where = simulated === resource ? '' : ` [${simulated}]`
  return {
    en: `${action} on ${resource}: the policy simulator says ${decision}${where}${by}.`,
    ko: `${action} (${resource}): 정책 시뮬레이터 결과 ${decision}${where}${by}`,
  }
}

function judged(action: string, resource: string, why: Text): Text {
  return { en: `${action} on ${resource}: ${why.en}`, ko: `${action} (${resource}): ${why.ko}` }
}

function permissionsOf(arn: string): Text {
  return { en: `the permissions of the role ${arn}`, ko: `역할의 권한 ${arn}` }
}
