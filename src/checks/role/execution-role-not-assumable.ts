/** Does the trust policy of the execution role let ECS tasks assume it, for this account and Region? */
import type { Remedy } from '../../domain/change.ts'
import { cannotSee, couldNotTell, defineCheck } from '../../domain/check.ts'
import { partitionOf } from '../../domain/partition.ts'
import { parsePolicy } from '../../iam/policy/document.ts'
import { evaluateTrust } from '../../iam/policy/trust-policy.ts'
import { awsCommand } from '../service/service-changes.ts'
import { isGone, placeOf } from './role-denials.ts'
import { roleName, TASKS_SERVICE, TASKS_STATEMENT, withStatements } from './role-statements.ts'

interface Details {
  readonly roleArn: string
  readonly trusts: readonly string[]
  readonly isDenied: boolean
  /** The whole document as it should be; null where a Deny has to go instead, or where it cannot be read. */
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
      return [couldNotTell(role, ['trust-policy-unread', arn], what, true)]
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
      return [cannotSee(['trust-undecided', arn], because, true)]
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
          isDenied: decision === 'explicit-deny',
          document: decision === 'explicit-deny' ? null : withStatements(role.value.trust, [TASKS_STATEMENT]),
        },
      },
    ]
  },

  explain({ roleArn, trusts, isDenied }) {
    if (isDenied)
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

  remedy: ({ roleArn, isDenied, document }) =>
    document === null
      ? byHand(roleName(roleArn), isDenied)
      : {
          changes: [{ kind: 'update-assume-role-policy', roleName: roleName(roleArn), policyDocument: document }],
        },
})

/** Who the document lets in, as `Service ec2.amazonaws.com`. */
function trusted(document: string): readonly string[] {
  const policy = parsePolicy(document)
  if ('unreadable' in policy) return []
  return policy.statements
    .filter(({ effect }) => effect === 'Allow')
    .flatMap(({ principals }) => principals?.principals ?? [])
    .map(({ type, value }) => (type === '*' ? '*' : `${type} ${value}`))
}

/** Which of the statements may go, or what the document is, only its owner knows. */
function byHand(name: string, isDenied: boolean): Remedy {
  const statement = JSON.stringify(TASKS_STATEMENT)
  return {
    changes: [],
    after: [
      isDenied
        ? {
            en: `IAM → Roles → ${name} → Trust relationships → Edit trust policy: narrow or remove the Deny statement → Update policy`,
            ko: `IAM → 역할 → ${name} → 신뢰 관계 → 신뢰 정책 편집에서 Deny 정책 문의 범위를 줄이거나 제거하고 정책 업데이트를 누릅니다.`,
          }
        : {
            en: `IAM → Roles → ${name} → Trust relationships → Edit trust policy: add this statement → Update policy: ${statement}`,
            ko: `IAM → 역할 → ${name} → 신뢰 관계 → 신뢰 정책 편집에서 다음 정책 문을 추가하고 정책 업데이트를 누릅니다: ${statement}`,
          },
    ],
    commands: [awsCommand('iam', { kind: 'get-role', roleName: name, query: 'Role.AssumeRolePolicyDocument' })],
  }
}
