/** Can every customer managed key be used that encrypts a secret, a parameter or a volume of the tasks? */
import { type CheckResults, cannotSee, couldNotTell, defineCheck } from '../../domain/check.ts'
import type { CustomerKey } from '../../domain/role.ts'
import type { Text } from '../../domain/text.ts'

interface Details {
  readonly keyArn: string
  /** Null where there is no such key. */
  readonly state: string | null
  readonly deletionAt: string | null
  readonly region: string
}

/** AWS KMS Developer Guide, Key states of AWS KMS keys: what decrypts, and what does not. */
const USABLE = ['Enabled', 'Updating']
const UNUSABLE = ['Disabled', 'PendingDeletion', 'PendingReplicaDeletion', 'PendingImport', 'Unavailable', 'Creating']

export default defineCheck<Details, 'role'>({
  id: 'encryption-key-unusable',
  step: 'configuration',
  severity: 'blocker',
  needs: ['role'],
  permissions: ['secretsmanager:DescribeSecret', 'ssm:DescribeParameters', 'kms:DescribeKey'],

  title: { en: 'An encryption key cannot be used', ko: '암호화 키를 사용할 수 없습니다' },
  why: {
    en: 'A secret, a parameter or a volume is encrypted with a key of your own, and nothing is decrypted with a key that is disabled or waits for its deletion, whatever the roles may do. The task stops before the container starts.',
    ko: '보안 암호, 파라미터 또는 볼륨이 고객 관리형 키로 암호화되어 있습니다. 비활성화되었거나 삭제 대기 중인 키로는 역할의 권한과 관계없이 복호화할 수 없으므로, 컨테이너가 시작되기 전에 태스크가 중지됩니다.',
  },

  evaluate: ({ role: { customerKeys, keys } }) =>
    customerKeys.flatMap((one): CheckResults<Details> => {
      const { id, region, key } = one
      const state = stateOf(one)
      if (state === undefined && !key.known) {
        const what = { en: `the state of the key ${id}`, ko: `키 상태 ${id}` }
        return [couldNotTell(key, ['key-state-unread', id], what, true)]
      }
      if (state === undefined || (state !== null && USABLE.includes(state))) return []
      const keyArn = key.known ? key.value.arn : id
      if (state !== null && !UNUSABLE.includes(state)) {
        return [
          cannotSee(
            ['key-state-unclear', keyArn, state],
            {
              en: `This version does not know the state ${state} of the key ${keyArn}.`,
              ko: `이 버전에서 인식하지 못하는 키 상태입니다: ${state} (키: ${keyArn})`,
            },
            true,
          ),
        ]
      }
      const deletionAt =
        key.known && key.value.deletionAt !== null ? new Date(key.value.deletionAt).toISOString() : null
      const encrypted = keys.filter(({ keyId }) => keyId.known && keyId.value === id)
      return [
        {
          subject: keyArn,
          evidence: [stateText(keyArn, state), ...encrypted.map(({ id: secret }) => encryptsText(secret))],
          details: { keyArn, state, deletionAt, region },
        },
      ]
    }),

  explain: ({ keyArn, state, deletionAt }) => {
    if (state === null) return { en: `KMS knows no key ${keyArn}.`, ko: `KMS에 없는 키입니다: ${keyArn}` }
    const until =
      deletionAt === null ? { en: '', ko: '' } : { en: `, until ${deletionAt}`, ko: `, 삭제 예정 시각: ${deletionAt}` }
    return {
      en: `The key ${keyArn} is in the state ${state}${until.en}, and decrypts nothing.`,
      ko: `키를 사용할 수 없는 상태입니다: ${keyArn} (상태: ${state}${until.ko})`,
    }
  },

  remedy: ({ keyArn, state, region }) => {
    const key = { keyId: keyArn, region }
    if (state === 'Disabled') return { changes: [{ kind: 'enable-key', ...key }] }
    if (state === 'PendingDeletion') {
      return {
        changes: [
          { kind: 'cancel-key-deletion', ...key },
          { kind: 'enable-key', ...key },
        ],
      }
    }
    return { changes: [], after: [OTHER_KEY] }
  },
})

/** Null for a key that is not there; undefined where nobody could read it. */
function stateOf({ key }: CustomerKey): string | null | undefined {
  if (key.known) return key.value.state
  return key.because === 'not-found' ? null : undefined
}

function stateText(keyArn: string, state: string | null): Text {
  return state === null
    ? { en: `KMS knows no ${keyArn}.`, ko: `KMS에 없음: ${keyArn}` }
    : { en: `KeyState of ${keyArn}: ${state}`, ko: `${keyArn}의 KeyState: ${state}` }
}

function encryptsText(secret: string): Text {
  return { en: `It encrypts ${secret}.`, ko: `이 키로 암호화된 항목: ${secret}` }
}

const OTHER_KEY: Text = {
  en: 'Encrypt what it encrypts anew, with a key that can be used: a key that is gone takes what it encrypted with it.',
  ko: '사용할 수 있는 키로 다시 암호화합니다. 키가 없어지면 그 키로 암호화한 값도 복구할 수 없습니다.',
}
