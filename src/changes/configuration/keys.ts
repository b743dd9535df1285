/** Keys of KMS. */
import { known } from '../../domain/answer.ts'
import type { GatheredFacts } from '../../domain/facts.ts'
import type { Definitions } from '../change-kind.ts'

interface Key {
  readonly keyId: string
  readonly region: string
}

export const keys: Definitions<'cancel-key-deletion' | 'enable-key'> = {
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
}

function inState(facts: GatheredFacts, { keyId, region }: Key, state: string): GatheredFacts | null {
  const { role } = facts
  if (!role.known) return null
  const customerKeys = role.value.customerKeys.map((one) =>
    one.region === region && one.key.known && one.key.value.arn === keyId
      ? { ...one, key: known({ ...one.key.value, state, deletionAt: null }) }
      : one,
  )
  return { ...facts, role: known({ ...role.value, customerKeys }) }
}
