/** A role that ECS tasks may assume. IAM API Reference, CreateRole. */
import { known, unread } from '../../domain/answer.ts'
import type { RoleRecord } from '../../domain/role.ts'
import type { ChangeDefinition } from '../change-kind.ts'
import { encoded, text } from '../terraform.ts'

export const createRole: ChangeDefinition<'create-role'> = {
  kind: 'create-role',
  made: {
    query: 'Role.Arn',
    attribute: 'arn',
    words: { en: 'the new role', ko: '새 역할' },
  },

  console: ({ roleName }) => [
    {
      en: `IAM → Roles → Create role → AWS service → Elastic Container Service → Elastic Container Service Task, name it ${roleName}`,
      ko: `IAM → 역할 → 역할 생성 → AWS 서비스 → Elastic Container Service → Elastic Container Service Task를 선택하고 다음 이름으로 생성합니다: ${roleName}`,
    },
  ],

  cli: ({ roleName, path, assumeRolePolicyDocument }) => [
    {
      aws: ['iam', 'create-role'],
      region: null,
      flags: [
        ['--role-name', roleName],
        ...(path === '/' ? [] : ([['--path', path]] as const)),
        ['--assume-role-policy-document', assumeRolePolicyDocument],
      ],
    },
  ],

  terraform: ({ roleName, path, assumeRolePolicyDocument }) => [
    {
      type: 'aws_iam_role',
      name: 'task_execution',
      fields: [
        ['name', text(roleName)],
        ...(path === '/' ? [] : ([['path', text(path)]] as const)),
        ['assume_role_policy', encoded(assumeRolePolicyDocument)],
      ],
    },
  ],

  /** Of the very role that the task definition names; what another one changes, no fact says. */
  apply(facts, { roleName, path, assumeRolePolicyDocument: trust }) {
    const { role } = facts
    if (!role.known || role.value.execution === null) return null
    const { arn, role: old } = role.value.execution
    if (!arn.endsWith(`:role${path}${roleName}`)) return null
    if (old.known) return { refused: 'EntityAlreadyExists' }
    const execution: RoleRecord = {
      arn,
      role: known({ arn, id: null, trust, boundaryArn: null }),
      simulation: unread('unasked', 'iam:SimulatePrincipalPolicy'),
      policies: known([]),
      boundary: known(null),
    }
    return { ...facts, role: known({ ...role.value, execution }) }
  },
}
