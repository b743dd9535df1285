/** Roles, who may assume them and what they may do. */
import { known, mapped, unread } from '../../domain/answer.ts'
import type { GatheredFacts } from '../../domain/facts.ts'
import type { InstanceRole, RoleRecord, SimulatedCall } from '../../domain/role.ts'
import { parsePolicy } from '../../iam/policy/document.ts'
import { evaluate } from '../../iam/policy/evaluate.ts'
import type { Definitions, Refused } from '../change-kind.ts'
import { callOf } from '../command-line.ts'
import { isRefused } from '../network-facts.ts'
import { attributeOf, encoded, fieldsOf } from '../terraform.ts'

/** AWS Managed Policy Reference. */
export const EXECUTION_POLICY = {
  name: 'AmazonECSTaskExecutionRolePolicy',
  actions: [
    'ecr:GetAuthorizationToken',
    'ecr:BatchCheckLayerAvailability',
    'ecr:GetDownloadUrlForLayer',
    'ecr:BatchGetImage',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
  ],
} as const

export const roles: Definitions<
  'create-role' | 'update-assume-role-policy' | 'attach-role-policy' | 'put-role-policy'
> = {
  /** A role that ECS or its tasks may assume. IAM API Reference, CreateRole. */
  'create-role': {
    made: { query: 'Role.Arn', attribute: 'arn', words: { en: 'the new role', ko: '새 역할' } },
    console: ({ roleName, assumeRolePolicyDocument }) =>
      assumeRolePolicyDocument.includes('"ecs-tasks.amazonaws.com"')
        ? {
            en: `IAM → Roles → Create role → AWS service → Elastic Container Service → Elastic Container Service Task, name it ${roleName}`,
            ko: `IAM → 역할 → 역할 생성 → AWS 서비스 → Elastic Container Service → Elastic Container Service Task를 선택하고 다음 이름으로 생성합니다: ${roleName}`,
          }
        : {
            en: `IAM → Roles → Create role → Custom trust policy: ${assumeRolePolicyDocument}, name it ${roleName}`,
            ko: `IAM → 역할 → 역할 생성 → 사용자 지정 신뢰 정책에 다음 문서를 붙여 넣고 생성합니다: ${assumeRolePolicyDocument} (역할 이름: ${roleName})`,
          },

    cli: (change) => [callOf('iam', { ...change, path: ownPath(change.path) })],
    terraform: ({ roleName, path, assumeRolePolicyDocument }) => ({
      type: 'aws_iam_role',
      name: roleName,
      fields: [
        ...fieldsOf({ name: roleName, path: ownPath(path) }),
        ['assume_role_policy', encoded(assumeRolePolicyDocument)],
      ],
    }),

    /** Of the very role that task definition or service name; what another one changes, no fact says. */
    apply(facts, { roleName, path, assumeRolePolicyDocument: trust }) {
      const made = changeRole(facts, roleName, ({ arn, role: old }) => {
        if (!arn.endsWith(`:role${path}${roleName}`)) return null
        if (old.known) return { refused: 'EntityAlreadyExists' }
        return {
          arn,
          role: known({ arn, id: null, trust, boundaryArn: null }),
          simulation: unread('unasked', 'iam:SimulatePrincipalPolicy'),
          policies: known([]),
          boundary: known(null),
        }
      })
      return made !== null && isRefused(made) && made.refused === 'NoSuchEntity' ? null : made
    },
  },

  /** Who may assume a role: the whole trust policy. IAM API Reference, UpdateAssumeRolePolicy. */
  'update-assume-role-policy': {
    console: ({ roleName, policyDocument }) => [
      {
        en: `IAM → Roles → ${roleName} → Trust relationships → Edit trust policy: paste the document below → Update policy`,
        ko: `IAM → 역할 → ${roleName} → 신뢰 관계 → 신뢰 정책 편집에 아래 문서를 붙여 넣고 정책 업데이트를 누릅니다.`,
      },
      { en: policyDocument, ko: policyDocument },
    ],

    cli: 'iam',
    terraform: ({ roleName, policyDocument }) => ({
      existing: 'aws_iam_role',
      of: roleName,
      fields: [['assume_role_policy', encoded(policyDocument)]],
    }),

    apply: (facts, { roleName, policyDocument: trust }) =>
      changeRole(facts, roleName, (record) =>
        record.role.known ? { ...record, role: known({ ...record.role.value, trust }) } : null,
      ),
  },

  /** A policy that AWS manages, for a role. IAM API Reference, AttachRolePolicy. */
  'attach-role-policy': {
    console: ({ roleName, policyArn }) => ({
      en: `IAM → Roles → ${roleName} → Add permissions → Attach policies: ${nameOf(policyArn)} → Add permissions`,
      ko: `IAM → 역할 → ${roleName} → 권한 추가 → 정책 연결에서 다음 정책을 선택하고 권한 추가를 누릅니다: ${nameOf(policyArn)}`,
    }),

    cli: ({ role: _, ...call }) => [callOf('iam', call)],
    terraform: ({ roleName, role, policyArn }) => ({
      type: 'aws_iam_role_policy_attachment',
      name: roleName,
      fields: fieldsOf({ role: role === undefined ? roleName : attributeOf(role, 'name'), policyArn }),
    }),

    apply: (facts, { roleName, policyArn }) =>
      changeRole(facts, roleName, (record) => {
        const { policies } = record
        if (!policies.known || nameOf(policyArn) !== EXECUTION_POLICY.name) return null
        const statement = { Effect: 'Allow', Action: EXECUTION_POLICY.actions, Resource: '*' }
        const document = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
        return { ...record, policies: known([...policies.value, { name: EXECUTION_POLICY.name, document }]) }
      }),
  },

  /** An inline policy of a role. One of the same name would be overwritten, so that names hold a hash of what is allowed. IAM API Reference, PutRolePolicy. */
  'put-role-policy': {
    console: ({ roleName, policyName, policyDocument }) => [
      {
        en: `IAM → Roles → ${roleName} → Add permissions → Create inline policy → JSON: paste the document below → Next → ${policyName} → Create policy`,
        ko: `IAM → 역할 → ${roleName} → 권한 추가 → 인라인 정책 생성 → JSON에 아래 문서를 붙여 넣고 다음을 누른 뒤, 이름을 입력하고 정책 생성을 누릅니다. 정책 이름: ${policyName}`,
      },
      { en: policyDocument, ko: policyDocument },
    ],

    cli: ({ role: _, ...call }) => [callOf('iam', call)],
    terraform: ({ roleName, role, policyName, policyDocument }) => ({
      type: 'aws_iam_role_policy',
      name: `${roleName}_${policyName}`,
      fields: [
        ...fieldsOf({ name: policyName, role: role === undefined ? roleName : attributeOf(role, 'name') }),
        ['policy', encoded(policyDocument)],
      ],
    }),

    /** What the simulator was asked before is judged anew, where only an Allow was missing. */
    apply: (facts, { roleName, policyName: name, policyDocument: document }) =>
      changeRole(facts, roleName, (record) => {
        const { policies, simulation, arn } = record
        const added = { name, document }
        return {
          ...record,
          policies: policies.known ? known([...policies.value.filter((one) => one.name !== name), added]) : policies,
          simulation: simulation.known
            ? known(
                simulation.value.map((call) =>
                  lacksOnly(call) && allows(document, arn, call) ? { ...call, decision: 'allowed' } : call,
                ),
              )
            : simulation,
        }
      }),
  },
}

/** Without one, a role is in the root. */
function ownPath(path: string): string | undefined {
  return path === '/' ? undefined : path
}

function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}

/** Neither the organization nor a boundary nor a Deny stands against it. */
function lacksOnly({ decision, allowedByBoundary, allowedByOrganization }: SimulatedCall): boolean {
  return decision === 'implicitDeny' && allowedByBoundary !== false && allowedByOrganization !== false
}

function allows(document: string, arn: string, { action, resource }: SimulatedCall): boolean {
  const account = arn.split(':')[4] || null
  const request = {
    principalArn: arn,
    principalAccount: account,
    principalId: null,
    resourceAccount: account,
    sameAccount: true,
    action,
    resource,
  }
  return evaluate({ identity: [parsePolicy(document)], resource: null }, request).decision === 'allowed'
}

/** `NoSuchEntity` where no fact has the role; null where `change` cannot foresee what it does. */
export function changeRole(
  facts: GatheredFacts,
  roleName: string,
  change: (record: RoleRecord) => RoleRecord | Refused | null,
): GatheredFacts | Refused | null {
  if (!facts.role.known) return null
  const { execution, task, infrastructure, instances, managedInstances = [] } = facts.role.value
  const records = [
    ...[execution, task].flatMap((record) => record ?? []),
    ...infrastructure,
    ...[...(instances.known ? instances.value : []), ...managedInstances].flatMap(({ role }) =>
      role.known ? [role.value] : [],
    ),
  ].filter(({ arn }) => arn.endsWith(`/${roleName}`))
  if (records.length === 0) return { refused: 'NoSuchEntity' }
  const edited = new Map<RoleRecord, RoleRecord>()
  for (const record of records) {
    const next = change(record)
    if (next === null || isRefused(next)) return next
    edited.set(record, next)
  }
  const edit = (record: RoleRecord) => edited.get(record) ?? record
  const editInstance = (one: InstanceRole) => (one.role.known ? { ...one, role: known(edit(one.role.value)) } : one)
  const role = {
    ...facts.role.value,
    execution: execution === null ? null : edit(execution),
    task: task === null ? null : edit(task),
    infrastructure: infrastructure.map(edit),
    instances: mapped(instances, (all) => all.map(editInstance)),
    managedInstances: managedInstances.map(editInstance),
  }
  return { ...facts, role: known(role) }
}
