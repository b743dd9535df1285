/** Who may assume a role: the whole trust policy. IAM API Reference, UpdateAssumeRolePolicy. */
import { known } from '../../domain/answer.ts'
import type { ChangeDefinition } from '../change-kind.ts'
import { encoded } from '../terraform.ts'
import { changeRole } from './role-facts.ts'

export const updateAssumeRolePolicy: ChangeDefinition<'update-assume-role-policy'> = {
  kind: 'update-assume-role-policy',

  console: ({ roleName, policyDocument }) => [
    {
      en: `IAM → Roles → ${roleName} → Trust relationships → Edit trust policy: paste the document below → Update policy`,
      ko: `IAM → 역할 → ${roleName} → 신뢰 관계 → 신뢰 정책 편집에 아래 문서를 붙여 넣고 정책 업데이트를 누릅니다.`,
    },
    { en: policyDocument, ko: policyDocument },
  ],

  cli: ({ roleName, policyDocument }) => [
    {
      aws: ['iam', 'update-assume-role-policy'],
      region: null,
      flags: [
        ['--role-name', roleName],
        ['--policy-document', policyDocument],
      ],
    },
  ],

  terraform: ({ roleName, policyDocument }) => [
    { existing: 'aws_iam_role', of: roleName, fields: [['assume_role_policy', encoded(policyDocument)]] },
  ],

  apply: (facts, { roleName, policyDocument: trust }) =>
    changeRole(facts, roleName, (record) =>
      record.role.known ? { ...record, role: known({ ...record.role.value, trust }) } : null,
    ),
}
