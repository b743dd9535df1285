/** What the checks of trust policies do alike: may the service that has to assume a role do so, for this account and Region? */
import type { Remedy } from '../../domain/change.ts'
import { type Check, type CheckResults, cannotSee, couldNotTell, defineCheck, type Found } from '../../domain/check.ts'
import type { Place } from '../../domain/named-resources.ts'
import { partitionOf } from '../../domain/partition.ts'
import type { RoleRecord } from '../../domain/role.ts'
import type { Text } from '../../domain/text.ts'
import { parsePolicy } from '../../iam/policy/document.ts'
import { organizationPermission } from '../../iam/policy/organization.ts'
import { evaluateTrust } from '../../iam/policy/trust-policy.ts'
import { awsCommand } from '../service/service-changes.ts'
import { isGone, placeOf, type RoleCheckFacts } from './role-denials.ts'
import { roleName, trustStatement, withStatements } from './role-statements.ts'

/** A role that a service has to be able to assume. */
export interface AssumedRole extends Pick<Found<unknown>, 'severity'> {
  readonly record: RoleRecord
  /** `ecs-tasks.amazonaws.com` */
  readonly by: string
  /** What it is for, where that is not clear from the check. */
  readonly neededBy: readonly Text[]
}

interface Details {
  readonly roleArn: string
  readonly by: string
  readonly trusts: readonly string[]
  readonly isDenied: boolean
  /** The whole document as it should be; null where a Deny has to go instead, or where it cannot be read. */
  readonly document: string | null
}

export function defineTrustCheck(
  rolesOf: (facts: RoleCheckFacts) => readonly AssumedRole[],
  check: Pick<Check, 'id' | 'title' | 'why'>,
): Check {
  return defineCheck<Details, 'service' | 'taskDefinition' | 'compute' | 'role'>({
    step: 'role',
    severity: 'blocker',
    needs: ['service', 'taskDefinition', 'compute', 'role'],
    permissions: ['iam:GetRole', 'organizations:DescribeOrganization'],
    evaluate: (facts) => rolesOf(facts).flatMap((role) => judge(role, placeOf(facts.service))),
    explain,
    remedy: ({ roleArn, by, isDenied, document }) =>
      document === null
        ? byHand(roleName(roleArn), by, isDenied)
        : {
            changes: [{ kind: 'update-assume-role-policy', roleName: roleName(roleArn), policyDocument: document }],
          },
    ...check,
  })
}

function judge({ record, by, neededBy, severity }: AssumedRole, { region, accountId }: Place): CheckResults<Details> {
  if (isGone(record)) return []
  const { arn, role, organization } = record
  if (!role.known) {
    const what = { en: `the trust policy of the role ${arn}`, ko: `역할의 신뢰 정책 ${arn}` }
    return [couldNotTell(role, ['trust-policy-unread', arn], what, true)]
  }
  const { trust } = role.value
  const { decision, why, missing } = evaluateTrust(trust, {
    service: by,
    sourceAccount: accountId,
    sourceArn: `arn:${partitionOf(region).id}:ecs:${region}:${accountId ?? '*'}:*`,
    organization,
  })
  if (decision === 'allowed') return []
  if (decision === 'unknown') {
    const because = {
      en: `Whether ${by} may assume ${arn}: ${why.en}`,
      ko: `다음 역할을 ${by} 서비스가 수임할 수 있는지 알 수 없습니다: ${arn}. ${why.ko}`,
    }
    const unseen = cannotSee(['trust-undecided', arn, by], because, true)
    return [{ ...unseen, permission: organizationPermission(organization, missing) }]
  }
  const trusts = trusted(trust)
  const named = trusts.length === 0 ? '-' : trusts.join(', ')
  const isDenied = decision === 'explicit-deny'
  return [
    {
      subject: arn,
      evidence: [
        { en: `sts:AssumeRole by ${by}: ${why.en}`, ko: `${by} 서비스의 sts:AssumeRole 호출: ${why.ko}` },
        { en: `The trust policy names: ${named}.`, ko: `신뢰 정책에 지정된 보안 주체: ${named}` },
        ...neededBy.map(roleFor),
      ],
      details: {
        roleArn: arn,
        by,
        trusts,
        isDenied,
        document: isDenied ? null : withStatements(trust, [trustStatement(by)]),
      },
      ...(severity === undefined ? {} : { severity }),
    },
  ]
}

export function roleFor({ en, ko }: Text): Text {
  return { en: `The role is for ${en}.`, ko: `역할을 사용하는 곳: ${ko}` }
}

function explain({ roleArn, by, trusts, isDenied }: Details): Text {
  if (isDenied)
    return {
      en: `The trust policy of ${roleArn} explicitly denies ${by}.`,
      ko: `역할의 신뢰 정책이 ${by} 서비스를 명시적으로 거부합니다: ${roleArn}`,
    }
  return trusts.includes(`Service ${by}`)
    ? {
        en: `The trust policy of ${roleArn} names ${by}, under conditions that this service does not meet.`,
        ko: `역할의 신뢰 정책이 ${by} 서비스를 지정하지만, 이 서비스는 그 조건에 맞지 않습니다: ${roleArn}`,
      }
    : {
        en: `The trust policy of ${roleArn} does not name ${by}.`,
        ko: `역할의 신뢰 정책에 ${by} 서비스가 없습니다: ${roleArn}`,
      }
}

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
function byHand(name: string, by: string, isDenied: boolean): Remedy {
  const statement = JSON.stringify(trustStatement(by))
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
