/** Does the policy of each customer managed key let the role decrypt? */
import { type CheckResults, couldNotTell, defineCheck } from '../../domain/check.ts'
import { distinctReasons } from '../../domain/collections.ts'
import type { CustomerKey } from '../../domain/role.ts'
import { judgeKey, keyOf } from '../../iam/role-judgement.ts'
import { awsCommand } from '../service/service-changes.ts'
import { isGone, needsOf } from './role-denials.ts'
import { withStatements } from './role-statements.ts'

interface Details {
  readonly keyArn: string
  readonly keyId: string
  readonly roleArn: string
  readonly region: string
  /** A Deny has to go; no statement can be added against it. */
  readonly explicit: boolean
  /** The policy with the statement that is missing; null where it has to be edited by hand. */
  readonly policy: string | null
}

export default defineCheck<Details, 'service' | 'taskDefinition' | 'compute' | 'role'>({
  id: 'key-policy-denies',
  step: 'role',
  severity: 'blocker',
  needs: ['service', 'taskDefinition', 'compute', 'role'],
  permissions: ['kms:GetKeyPolicy', 'organizations:DescribeOrganization'],

  title: { en: 'A key policy does not let the role decrypt', ko: '키 정책이 역할의 복호화를 허용하지 않습니다' },
  why: {
    en: 'Every KMS key has a policy, and nobody decrypts whom it neither names nor leaves to IAM. A Deny in it wins over everything that the role is allowed. The secret is not read then, and the task stops before the container starts.',
    ko: '모든 KMS 키에는 키 정책이 있으며, 키 정책이 지정하지도 IAM에 위임하지도 않은 보안 주체는 복호화할 수 없습니다. 키 정책의 Deny는 역할의 모든 권한보다 우선합니다. 보안 암호를 읽지 못하므로 컨테이너가 시작되기 전에 태스크가 중지됩니다.',
  },

  evaluate(facts) {
    const { execution, customerKeys } = facts.role
    if (execution === null || isGone(execution)) return []
    const needs = needsOf(facts).filter(({ feature }) => feature === 'kms')
    return needs.flatMap((need): CheckResults<Details> => {
      const key = keyOf(need, customerKeys)
      if (key === null) return []
      if (!key.policy.known) {
        const what = { en: `the policy of the key ${need.resource}`, ko: `키 정책 ${need.resource}` }
        return key.policy.because === 'not-found'
          ? []
          : [couldNotTell(key.policy, ['key-policy-unread', need.resource], what, true)]
      }
      const judged = judgeKey(key, execution, need)
      if (judged.verdict === 'open') return []
      if (judged.verdict === 'unknown') return [{ ...judged.missing, matters: judged.matters }]
      return [
        {
          subject: arnOf(key, need.resource),
          evidence: distinctReasons([
            judged.evidence,
            ...need.neededBy.map(({ reason, why }) => ({
              reason,
              why: { en: `Needed by ${why.en}.`, ko: `권한이 필요한 항목: ${why.ko}` },
            })),
          ]),
          details: {
            keyArn: arnOf(key, need.resource),
            keyId: need.resource.slice(need.resource.indexOf('/') + 1),
            roleArn: execution.arn,
            region: key.region,
            explicit: judged.explicit,
            policy: judged.explicit ? null : withStatements(key.policy.value, [allowing(execution.arn)]),
          },
        },
      ]
    })
  },

  explain: ({ keyArn, roleArn, explicit }) =>
    explicit
      ? {
          en: `The policy of the key ${keyArn} explicitly denies kms:Decrypt to ${roleArn}.`,
          ko: `키 정책이 역할의 kms:Decrypt 작업을 명시적으로 거부합니다. 키: ${keyArn}, 역할: ${roleArn}`,
        }
      : {
          en: `The policy of the key ${keyArn} neither names ${roleArn} nor leaves kms:Decrypt to the policies of its account.`,
          ko: `키 정책이 역할을 지정하지도, kms:Decrypt 권한을 계정의 정책에 위임하지도 않습니다. 키: ${keyArn}, 역할: ${roleArn}`,
        },

  /** Which statement of a Deny may go only its owner knows. */
  remedy({ keyArn, keyId, roleArn, region, explicit, policy }) {
    if (policy !== null) return { changes: [{ kind: 'put-key-policy', keyId: keyArn, region, policy }] }
    const statement = JSON.stringify(allowing(roleArn))
    return {
      changes: [],
      after: [
        explicit
          ? {
              en: `KMS → Customer managed keys → ${keyId} → Key policy → Edit: narrow or remove the Deny statement → Save changes`,
              ko: `KMS → 고객 관리형 키 → ${keyId} → 키 정책 → 편집에서 Deny 정책 문의 범위를 줄이거나 제거하고 변경 사항 저장을 누릅니다.`,
            }
          : {
              en: `KMS → Customer managed keys → ${keyId} → Key policy → Edit: add this statement → Save changes: ${statement}`,
              ko: `KMS → 고객 관리형 키 → ${keyId} → 키 정책 → 편집에서 다음 정책 문을 추가하고 변경 사항 저장을 누릅니다: ${statement}`,
            },
      ],
      commands: [awsCommand('kms', { kind: 'get-key-policy', keyId, query: 'Policy', output: 'text', region })],
    }
  },
})

function allowing(roleArn: string) {
  const rights = { Action: 'kms:Decrypt', Resource: '*' }
  return { Sid: 'AllowDecryptByEcsTasks', Effect: 'Allow', Principal: { AWS: roleArn }, ...rights }
}

function arnOf({ key }: CustomerKey, resource: string): string {
  return key.known ? key.value.arn : resource
}
