/** The IAM statements that a role lacks, and how they get there. */

import { EXECUTION_POLICY } from '../../changes/iam/roles.ts'
import type { Change, ChangeOf, Remedy } from '../../domain/change.ts'
import { distinct, grouped } from '../../domain/collections.ts'
import { shortHash } from '../../domain/short-hash.ts'
import type { DenialCause } from '../../iam/role-judgement.ts'
import { awsCommand } from '../service/service-changes.ts'

type PutRolePolicy = ChangeOf<'put-role-policy'>

export interface DeniedCall {
  readonly action: string
  readonly resource: string
}

export interface Statement {
  readonly Effect: 'Allow'
  readonly Action: readonly string[]
  readonly Resource: readonly string[]
}

export interface Denial {
  readonly roleArn: string
  readonly cause: DenialCause
  readonly denied: readonly DeniedCall[]
  readonly boundaryArn: string | null
}

export interface RoleGap extends Denial {
  /** For the name of an inline policy: `ecr`, `logs`. */
  readonly topic: string
}

/** One statement for each set of resources. A log group stands for all its streams, and a volume that is to be made for any. */
export function statementsOf(denied: readonly DeniedCall[]): readonly Statement[] {
  const byAction = grouped(denied, ({ action }) => action)
  const wanted = [...byAction].map(([action, calls]) => ({
    action,
    resources: distinct(
      calls.map((call) => call.resource.replace(/:log-stream:.*$/, ':*').replace(/vol-0+$/, '*')),
    ).toSorted(),
  }))
  return [...grouped(wanted, ({ resources }) => resources.join(' ')).values()].map((members) => ({
    Effect: 'Allow',
    Action: members.map(({ action }) => action),
    Resource: members[0]?.resources ?? [],
  }))
}

export function policyText(statements: readonly unknown[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements })
}

/** The document with these statements added; null where it cannot be read, and must not be overwritten. */
export function withStatements(document: string, added: readonly object[]): string | null {
  const before = parsed(document)
  if (before === null) return null
  const { Statement } = before
  const statements: readonly unknown[] = Array.isArray(Statement) ? Statement : [Statement]
  return JSON.stringify({ ...before, Statement: [...statements, ...added] })
}

/** IAM sends documents URL-encoded. */
function parsed(document: string): { readonly Statement: unknown } | null {
  try {
    const value: unknown = JSON.parse(document.startsWith('%') ? decodeURIComponent(document) : document)
    return typeof value === 'object' && value !== null && 'Statement' in value ? value : null
  } catch {
    return null
  }
}

export function roleName(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}

export const TASKS_SERVICE = 'ecs-tasks.amazonaws.com'
export const ECS_SERVICE = 'ecs.amazonaws.com'
export const EC2_SERVICE = 'ec2.amazonaws.com'

export function trustStatement(service: string) {
  return { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }
}

export function newRole(
  { roleName: name, path }: { readonly roleName: string; readonly path: string },
  service: string,
): Change {
  const assumeRolePolicyDocument = policyText([trustStatement(service)])
  return { kind: 'create-role', makes: 'roleArn', roleName: name, path, assumeRolePolicyDocument }
}

/** A role as AWS documents it, with what the very tasks need beyond that. ECS Developer Guide, Amazon ECS task execution IAM role. */
export function newExecutionRole(
  { roleName: name, path, partition }: { readonly roleName: string; readonly path: string; readonly partition: string },
  needed: readonly DeniedCall[],
): readonly Change[] {
  const managed: readonly string[] = EXECUTION_POLICY.actions
  const more = needed.filter(({ action }) => !managed.includes(action))
  const policyArn = `arn:${partition}:iam::aws:policy/service-role/${EXECUTION_POLICY.name}`
  return [
    newRole({ roleName: name, path }, TASKS_SERVICE),
    { kind: 'attach-role-policy', roleName: name, role: { ref: 'roleArn' }, policyArn },
    ...(more.length === 0 ? [] : [{ ...inlinePolicy(name, 'start', more), role: { ref: 'roleArn' } }]),
  ]
}

export function closeGap(gap: RoleGap): Remedy {
  if (gap.cause === 'explicit-deny') return liftDeny(gap)
  if (gap.cause === 'boundary') return widenBoundary(gap)
  return { changes: [inlinePolicy(roleName(gap.roleArn), gap.topic, gap.denied)] }
}

/** Its name is made of what it allows, so that a second one for other resources does not take the place of the first. */
function inlinePolicy(name: string, topic: string, denied: readonly DeniedCall[]): PutRolePolicy {
  const policyDocument = policyText(statementsOf(denied))
  return {
    kind: 'put-role-policy',
    roleName: name,
    policyName: `ecs-task-start-${topic}-${shortHash(policyDocument)}`,
    policyDocument,
  }
}

/** What to allow is known, the rest of the boundary is somebody else's decision. */
function widenBoundary({ roleArn, denied, boundaryArn }: RoleGap): Remedy {
  const where = boundaryArn ?? roleName(roleArn)
  const json = JSON.stringify(statementsOf(denied))
  return {
    changes: [],
    after: [
      {
        en: `IAM → Policies → ${where} → Edit: add the statements below to the permissions boundary → Save changes`,
        ko: `IAM → 정책 → ${where} → 편집에서 아래 정책 문을 권한 경계에 추가하고 변경 사항 저장을 누릅니다.`,
      },
      { en: json, ko: json },
    ],
    commands: [
      ...(boundaryArn === null ? [] : [awsCommand('iam', { kind: 'get-policy', policyArn: boundaryArn })]),
      simulation(roleArn, denied),
    ],
  }
}

function liftDeny({ roleArn, denied }: RoleGap): Remedy {
  const name = roleName(roleArn)
  return {
    changes: [],
    after: [
      {
        en: `IAM → Roles → ${name} → Permissions: open the policy with the Deny statement and narrow or remove it; no Allow wins over it`,
        ko: `IAM → 역할 → ${name} → 권한에서 Deny 정책 문이 있는 정책을 열어 범위를 줄이거나 제거합니다. Deny는 어떤 Allow보다 우선합니다.`,
      },
      {
        en: 'The command below names the statement that denies (MatchedStatements).',
        ko: '아래 명령은 거부하는 정책 문을 보여 줍니다(MatchedStatements).',
      },
    ],
    commands: [simulation(roleArn, denied)],
  }
}

/** One resource: the simulator refuses kinds of resources that do not belong together. */
function simulation(roleArn: string, denied: readonly DeniedCall[]): string {
  const [first] = denied
  const same = denied.filter(({ resource: arn }) => arn === first?.resource)
  return awsCommand('iam', {
    kind: 'simulate-principal-policy',
    policySourceArn: roleArn,
    actionNames: distinct(same.map(({ action }) => action)),
    resourceArns: first?.resource === '*' ? undefined : first?.resource,
  })
}
