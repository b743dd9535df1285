/** What every check of a role's permissions does alike: needs are judged, and each cause of a denial becomes one finding. */
import {
  type Check,
  type CheckResults,
  couldNotTell,
  defineCheck,
  type Found,
  type Unseen,
} from '../../domain/check.ts'
import { distinct, distinctBy, distinctReasons, grouped } from '../../domain/collections.ts'
import type { Facts } from '../../domain/facts.ts'
import type { Place } from '../../domain/named-resources.ts'
import type { Missing } from '../../domain/path.ts'
import type { RoleFacts, RoleRecord } from '../../domain/role.ts'
import type { Service } from '../../domain/service.ts'
import type { Text } from '../../domain/text.ts'
import { judgeNeed, type Outcome } from '../../iam/role-judgement.ts'
import { type RoleFeature, type RoleNeed, roleNeeds } from '../../iam/role-needs.ts'
import { type RoleUsers, roleUsers } from '../../iam/role-users.ts'
import { closeGap, type Denial, roleName } from './role-statements.ts'

export type RoleCheckFacts = Pick<Facts, 'service' | 'taskDefinition' | 'compute' | 'role'>

/** What the simulator and, in its place, the policies are read with. */
export const ROLE_PERMISSIONS = [
  'iam:GetRole',
  'iam:SimulatePrincipalPolicy',
  'iam:ListAttachedRolePolicies',
  'iam:ListRolePolicies',
  'iam:GetRolePolicy',
  'iam:GetPolicy',
  'iam:GetPolicyVersion',
] as const

/** The execution role alone does these, on every launch type. */
const ALWAYS: readonly RoleFeature[] = ['secrets', 'kms', 'env-files']

/** A check of what the execution role may do for a feature; `unseen` is what it misses beside that. */
export function defineRoleCheck(
  feature: RoleFeature,
  { permissions = [], unseen = () => [], except = () => false, ...check }: RoleCheck,
): Check {
  return defineCheck<Denial, 'service' | 'taskDefinition' | 'compute' | 'role'>({
    step: 'role',
    severity: 'blocker',
    needs: ['service', 'taskDefinition', 'compute', 'role'],
    permissions: [...ROLE_PERMISSIONS, ...permissions],
    evaluate: (facts) => [...executionDenials(facts, feature, except), ...unseen(facts.role)],
    explain: explainDenial,
    remedy: (denial) => closeGap({ ...denial, topic: feature }),
    ...check,
  })
}

type RoleCheck = Pick<Check, 'id' | 'title' | 'why'> &
  Partial<Pick<Check, 'severity' | 'permissions'>> & {
    readonly unseen?: (role: RoleFacts) => readonly Unseen[]
    /** Of another check. */
    readonly except?: (need: RoleNeed, facts: RoleCheckFacts) => boolean
  }

/** Findings and unknowns of the execution role. None where there is no such role: other checks say so. */
function executionDenials(
  facts: RoleCheckFacts,
  feature: RoleFeature,
  except: NonNullable<RoleCheck['except']>,
): readonly (Found<Denial> | Unseen)[] {
  const record = facts.role.execution
  if (record === null || isGone(record)) return []
  const needs = needsOf(facts).filter((need) => need.feature === feature && !except(need, facts))
  if (needs.length === 0) return []
  const users = usersOf(facts)
  if (!ALWAYS.includes(feature) && !users.execution) {
    return users.unknown === null ? [] : [{ ...users.unknown, matters: true }]
  }
  const outcomes = needs.map((need) => judgeNeed(record, need, facts.role))
  // An image that is in the cache already is pulled without these rights.
  return denialsOf(record, outcomes, feature !== 'pull-through')
}

/** `matters`: whether an unknown, or a denial that may be lifted elsewhere, leaves the verdict open. */
export function denialsOf(record: RoleRecord, outcomes: readonly Outcome[], matters = true): CheckResults<Denial> {
  const denied = outcomes.filter((one) => one.outcome === 'denied')
  const groups = [...grouped(denied, ({ cause, unless }) => `${cause} ${unless === null}`).values()]
  const found = groups.map((members): Found<Denial> => {
    const cause = members[0]?.cause ?? 'not-allowed'
    const lifted = members.some(({ unless }) => unless !== null)
    return {
      subject: record.arn,
      evidence: [
        ...distinctBy(members, ({ need }) => `${need.action} ${need.resource}`).map(({ evidence }) => evidence),
        ...distinctReasons(members.flatMap(({ need }) => need.neededBy)).map(needed),
      ],
      details: {
        roleArn: record.arn,
        cause,
        denied: members.map(({ need: { action, resource } }) => ({ action, resource })),
        boundaryArn: record.role.known ? record.role.value.boundaryArn : null,
      },
      ...(lifted ? { severity: 'warning' } : {}),
    }
  })
  return [...found, ...unseenOf(outcomes, matters), ...unsimulated(record)]
}

/** Policies say what the role may do, and nothing of the organization above it. */
function unsimulated({ arn, simulation, policies }: RoleRecord): readonly Unseen[] {
  if (simulation.known || !policies.known) return []
  const what = { en: `what the organization allows the role ${arn}`, ko: `조직이 허용하는 역할의 권한 ${arn}` }
  return [couldNotTell(simulation, ['organization-unread', arn], what, false)]
}

export function unseenOf(outcomes: readonly Outcome[], matters = true): readonly Unseen[] {
  const missing = outcomes.flatMap((one) => (one.outcome === 'unknown' ? one.missing : (one.unless ?? [])))
  return distinctMissing(missing).map((one) => ({ ...one, matters }))
}

export function distinctMissing(missing: readonly Missing[]): readonly Missing[] {
  return distinctBy(missing, ({ permission, reason }) => JSON.stringify([permission, reason]))
}

export function needsOf({ service, taskDefinition, role }: RoleCheckFacts): readonly RoleNeed[] {
  return roleNeeds({ taskDefinition, service }, placeOf(service), role)
}

export function usersOf({ service, compute }: RoleCheckFacts): RoleUsers {
  return roleUsers(service, compute)
}

export function placeOf({ arn }: Service): Place {
  const [, , , region = '', accountId = ''] = arn.split(':')
  return { region, accountId: accountId || null }
}

/** There is no role of this ARN: what another role of its name may do is beside the point. */
export function isGone({ role, simulation, arn }: RoleRecord): boolean {
  if (role.known) return role.value.arn !== arn
  return role.because === 'not-found' || (!simulation.known && simulation.because === 'not-found')
}

/** Whole sentences about what the role may not do. */
export function explainDenial({ roleArn, cause, denied }: Denial): Text {
  const calls = denied.map(({ action, resource }) => (resource === '*' ? action : `${action} (${shortOf(resource)})`))
  const list = distinct(calls).join(', ')
  const name = roleName(roleArn)
  switch (cause) {
    case 'explicit-deny':
      return {
        en: `A policy of the role ${name} explicitly denies ${list}.`,
        ko: `역할의 정책이 필요한 작업을 명시적으로 거부합니다. 역할: ${name}, 작업: ${list}`,
      }
    case 'boundary':
      return {
        en: `The permissions boundary of the role ${name} does not allow ${list}.`,
        ko: `역할의 권한 경계가 필요한 작업을 허용하지 않습니다. 역할: ${name}, 작업: ${list}`,
      }
    default:
      return {
        en: `No policy of the role ${name} allows ${list}.`,
        ko: `역할에 필요한 작업을 허용하는 정책이 없습니다. 역할: ${name}, 작업: ${list}`,
      }
  }
}

/** The part of an ARN that names the thing; of a log stream, its group, and of a volume that is to be made, any. */
function shortOf(arn: string): string {
  const rest = arn.split(':').slice(5).join(':')
  return rest.replace(/:log-stream:.*$/, '').replace(/vol-0+$/, '*') || arn
}

function needed(by: Text): Text {
  return { en: `Needed by ${by.en}.`, ko: `권한이 필요한 항목: ${by.ko}` }
}
