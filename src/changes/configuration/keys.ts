/** Keys of KMS. */
import { known } from '../../domain/answer.ts'
import type { GatheredFacts } from '../../domain/facts.ts'
import type { CustomerKey } from '../../domain/role.ts'
import type { Definitions } from '../change-kind.ts'
import { encoded, fieldsOf } from '../terraform.ts'

interface Key {
  readonly keyId: string
  readonly region: string
}

export const keys: Definitions<'cancel-key-deletion' | 'enable-key' | 'put-key-policy'> = {
  /** Takes back the deletion of a key, which is disabled then. AWS KMS API Reference, CancelKeyDeletion. */
  'cancel-key-deletion': {
    console: ({ keyId }) => ({
      en: `KMS → Customer managed keys → ${keyId} → Key actions → Cancel key deletion`,
      ko: `KMS → 고객 관리형 키 → ${keyId} → 키 작업에서 키 삭제 취소를 누릅니다.`,
    }),
    cli: 'kms',
    apply: (facts, key) => inState(facts, key, 'Disabled'),
  },

  /** AWS KMS API Reference, EnableKey. */
  'enable-key': {
    console: ({ keyId }) => ({
      en: `KMS → Customer managed keys → ${keyId} → Key actions → Enable`,
      ko: `KMS → 고객 관리형 키 → ${keyId} → 키 작업에서 활성화를 누릅니다.`,
    }),
    cli: 'kms',
    terraform: ({ keyId }) => ({ existing: 'aws_kms_key', of: keyId, fields: [['is_enabled', 'true']] }),
    apply: (facts, key) => inState(facts, key, 'Enabled'),
  },

  /** The whole policy of a key. AWS KMS API Reference, PutKeyPolicy. */
  'put-key-policy': {
    console: ({ keyId, policy }) => [
      {
        en: `KMS → Customer managed keys → ${keyId} → Key policy → Edit: paste the document below → Save changes`,
        ko: `KMS → 고객 관리형 키 → ${keyId} → 키 정책 → 편집에 아래 문서를 붙여 넣고 변경 사항 저장을 누릅니다.`,
      },
      { en: policy, ko: policy },
    ],
    cli: 'kms',
    terraform: ({ keyId, policy }) => ({
      type: 'aws_kms_key_policy',
      name: 'decrypt',
      fields: [...fieldsOf({ keyId }), ['policy', encoded(policy)]],
    }),
    apply: (facts, { policy, ...key }) => editKey(facts, key, (one) => ({ ...one, policy: known(policy) })),
  },
}

function inState(facts: GatheredFacts, key: Key, state: string): GatheredFacts | null {
  return editKey(facts, key, (one) =>
    one.key.known ? { ...one, key: known({ ...one.key.value, state, deletionAt: null }) } : one,
  )
}

function editKey(
  facts: GatheredFacts,
  { keyId, region }: Key,
  edit: (key: CustomerKey) => CustomerKey,
): GatheredFacts | null {
  const { role } = facts
  if (!role.known) return null
  const customerKeys = role.value.customerKeys.map((one) =>
    one.region === region && one.key.known && one.key.value.arn === keyId ? edit(one) : one,
  )
  return { ...facts, role: known({ ...role.value, customerKeys }) }
}
