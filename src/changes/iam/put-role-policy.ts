/** An inline policy of a role. One of the same name would be overwritten, so that names hold a hash of what is allowed. IAM API Reference, PutRolePolicy. */
import { known } from '../../domain/answer.ts'
import type { SimulatedCall } from '../../domain/role.ts'
import { parsePolicy } from '../../iam/policy/document.ts'
import { evaluate } from '../../iam/policy/evaluate.ts'
import type { ChangeDefinition } from '../change-kind.ts'
import { attributeOf, encoded, text } from '../terraform.ts'
import { changeRole } from './role-facts.ts'

export const putRolePolicy: ChangeDefinition<'put-role-policy'> = {
  kind: 'put-role-policy',

  console: ({ roleName, policyName, policyDocument }) => [
    {
      en: `IAM → Roles → ${roleName} → Add permissions → Create inline policy → JSON: paste the document below → Next → ${policyName} → Create policy`,
      ko: `IAM → 역할 → ${roleName} → 권한 추가 → 인라인 정책 생성 → JSON에 아래 문서를 붙여 넣고 다음을 누른 뒤, 이름을 입력하고 정책 생성을 누릅니다. 정책 이름: ${policyName}`,
    },
    { en: policyDocument, ko: policyDocument },
  ],

  cli: ({ roleName, policyName, policyDocument }) => [
    {
      aws: ['iam', 'put-role-policy'],
      region: null,
      flags: [
        ['--role-name', roleName],
        ['--policy-name', policyName],
        ['--policy-document', policyDocument],
      ],
    },
  ],

  terraform: ({ roleName, role, policyName, policyDocument }) => [
    {
      type: 'aws_iam_role_policy',
      name: `${roleName}_${policyName}`,
      fields: [
        ['name', text(policyName)],
        ['role', text(role === undefined ? roleName : attributeOf(role, 'name'))],
        ['policy', encoded(policyDocument)],
      ],
    },
  ],

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
