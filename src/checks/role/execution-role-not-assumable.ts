/** Does the trust policy of the execution role let ECS tasks assume it, for this account and Region? */

import { encoded, quoted, roleName } from '../../changes/role-statements.ts'
import { resource, text } from '../../changes/terraform.ts'
import { TASKS_SERVICE, TASKS_TRUST, trusted, withTasksTrust } from '../../changes/trust-document.ts'
import { defineCheck } from '../../domain/check.ts'
import { partitionOf } from '../../domain/partition.ts'
import type { RemedyWords } from '../../domain/report.ts'
import { couldNotRead } from '../../domain/unread-text.ts'
import { evaluateTrust } from '../../iam/policy/trust-policy.ts'
import { isGone, placeOf } from './role-denials.ts'

interface Details {
  readonly roleArn: string
  readonly trusts: readonly string[]
  /** The whole document as it should be; null where a Deny has to go instead. */
  readonly document: string | null
}

export default defineCheck<Details, 'service' | 'role'>({
  id: 'execution-role-not-assumable',
  step: 'role',
  severity: 'blocker',
  needs: ['service', 'role'],
  permissions: ['iam:GetRole'],

  title: { en: 'ECS may not assume the execution role', ko: 'ECS가 태스크 실행 역할을 수임할 수 없습니다' },
  why: {
    en: `A role can be used only by those whom its trust policy names: here ${TASKS_SERVICE}, with the account and the resources that its conditions ask for. Otherwise every task stops with "ECS was unable to assume the role".`,
    ko: `역할은 신뢰 정책에 지정된 보안 주체만 수임할 수 있습니다. 태스크 실행 역할의 신뢰 정책에는 ${TASKS_SERVICE} 서비스가 있어야 하고 계정과 리소스 조건도 맞아야 합니다. 그렇지 않으면 모든 태스크가 "ECS was unable to assume the role" 오류로 중지됩니다.`,
  },

  evaluate({ service, role: { execution } }) {
    if (execution === null || isGone(execution)) return []
    const { arn, role } = execution
    if (!role.known) {
      const what = { en: `the trust policy of the role ${arn}`, ko: `역할의 신뢰 정책 ${arn}` }
      return [{ unseen: couldNotRead(role, ['trust-policy-unread', arn], what), matters: true }]
    }
    const { region, accountId } = placeOf(service)
    const { decision, why } = evaluateTrust(role.value.trust, {
      service: TASKS_SERVICE,
      sourceAccount: accountId,
      sourceArn: `arn:${partitionOf(region).id}:ecs:${region}:${accountId ?? '*'}:*`,
    })
    if (decision === 'allowed') return []
    if (decision === 'unknown') {
      const because = {
        en: `Whether ${TASKS_SERVICE} may assume ${arn}: ${why.en}`,
        ko: `다음 역할을 ${TASKS_SERVICE} 서비스가 수임할 수 있는지 알 수 없습니다: ${arn}. ${why.ko}`,
      }
      return [{ unseen: { permission: null, reason: ['trust-undecided', arn], because }, matters: true }]
    }
    const trusts = trusted(role.value.trust)
    const named = trusts.length === 0 ? '-' : trusts.join(', ')
    return [
      {
        subject: arn,
        evidence: [
          {
            en: `sts:AssumeRole by ${TASKS_SERVICE}: ${why.en}`,
            ko: `${TASKS_SERVICE} 서비스의 sts:AssumeRole 호출: ${why.ko}`,
          },
          { en: `The trust policy names: ${named}.`, ko: `신뢰 정책에 지정된 보안 주체: ${named}` },
        ],
        details: {
          roleArn: arn,
          trusts,
          document: decision === 'explicit-deny' ? null : withTasksTrust(role.value.trust),
        },
      },
    ]
  },

  explain({ roleArn, trusts, document }) {
    if (document === null)
      return {
        en: `The trust policy of ${roleArn} explicitly denies ${TASKS_SERVICE}.`,
        ko: `태스크 실행 역할의 신뢰 정책이 ${TASKS_SERVICE} 서비스를 명시적으로 거부합니다: ${roleArn}`,
      }
    return trusts.includes(`Service ${TASKS_SERVICE}`)
      ? {
          en: `The trust policy of ${roleArn} names ${TASKS_SERVICE}, under conditions that the tasks of this service do not meet.`,
          ko: `태스크 실행 역할의 신뢰 정책이 ${TASKS_SERVICE} 서비스를 지정하지만, 이 서비스의 태스크는 그 조건에 맞지 않습니다: ${roleArn}`,
        }
      : {
          en: `The trust policy of ${roleArn} does not name ${TASKS_SERVICE}.`,
          ko: `태스크 실행 역할의 신뢰 정책에 ${TASKS_SERVICE} 서비스가 없습니다: ${roleArn}`,
        }
  },

  remedy: ({ roleArn, document }) => (document === null ? liftDeny(roleArn) : replace(roleArn, document)),
})

function replace(roleArn: string, document: string): RemedyWords {
  const name = roleName(roleArn)
  return {
    console: [
      {
        en: `IAM → Roles → ${name} → Trust relationships → Edit trust policy: paste the document below → Update policy`,
        ko: `IAM → 역할 → ${name} → 신뢰 관계 → 신뢰 정책 편집에 아래 문서를 붙여 넣고 정책 업데이트를 누릅니다.`,
      },
      { en: document, ko: document },
    ],
    cli: [`aws iam update-assume-role-policy --role-name ${name} --policy-document ${quoted(document)}`],
    terraform: resource('aws_iam_role', name, [
      ['name', text(name)],
      ['assume_role_policy', encoded(document)],
    ]),
  }
}

function liftDeny(roleArn: string): RemedyWords {
  const name = roleName(roleArn)
  return {
    console: [
      {
        en: `IAM → Roles → ${name} → Trust relationships → Edit trust policy: narrow or remove the Deny statement → Update policy`,
        ko: `IAM → 역할 → ${name} → 신뢰 관계 → 신뢰 정책 편집에서 Deny 정책 문의 범위를 줄이거나 제거하고 정책 업데이트를 누릅니다.`,
      },
    ],
    cli: [
      `aws iam get-role --role-name ${name} --query Role.AssumeRolePolicyDocument`,
      `aws iam update-assume-role-policy --role-name ${name} --policy-document ${quoted(TASKS_TRUST)}`,
    ],
    terraform: '',
  }
}
