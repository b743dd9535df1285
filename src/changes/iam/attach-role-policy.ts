/** A policy that AWS manages, for a role. IAM API Reference, AttachRolePolicy. */
import { known } from '../../domain/answer.ts'
import type { ChangeDefinition } from '../change-kind.ts'
import { attributeOf, text } from '../terraform.ts'
import { changeRole } from './role-facts.ts'

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

export const attachRolePolicy: ChangeDefinition<'attach-role-policy'> = {
  kind: 'attach-role-policy',

  console: ({ roleName, policyArn }) => [
    {
      en: `IAM → Roles → ${roleName} → Add permissions → Attach policies: ${nameOf(policyArn)} → Add permissions`,
      ko: `IAM → 역할 → ${roleName} → 권한 추가 → 정책 연결에서 다음 정책을 선택하고 권한 추가를 누릅니다: ${nameOf(policyArn)}`,
    },
  ],

  cli: ({ roleName, policyArn }) => [
    {
      aws: ['iam', 'attach-role-policy'],
      region: null,
      flags: [
        ['--role-name', roleName],
        ['--policy-arn', policyArn],
      ],
    },
  ],

  terraform: ({ roleName, role, policyArn }) => [
    {
      type: 'aws_iam_role_policy_attachment',
      name: roleName,
      fields: [
        ['role', text(role === undefined ? roleName : attributeOf(role, 'name'))],
        ['policy_arn', text(policyArn)],
      ],
    },
  ],

  apply: (facts, { roleName, policyArn }) =>
    changeRole(facts, roleName, (record) => {
      const { policies } = record
      if (!policies.known || nameOf(policyArn) !== EXECUTION_POLICY.name) return null
      const statement = { Effect: 'Allow', Action: EXECUTION_POLICY.actions, Resource: '*' }
      const document = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
      return { ...record, policies: known([...policies.value, { name: EXECUTION_POLICY.name, document }]) }
    }),
}

function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}
