/** Takes back the deletion of a secret, which Terraform cannot. Secrets Manager API Reference, RestoreSecret. */
import { known } from '../../domain/answer.ts'
import { secretName } from '../../domain/value-from.ts'
import type { ChangeDefinition } from '../change-kind.ts'

export const restoreSecret: ChangeDefinition<'restore-secret'> = {
  kind: 'restore-secret',

  console: ({ secretId }) => [
    {
      en: `Secrets Manager → Preferences → Show secrets scheduled for deletion → ${secretName(secretId)} → Cancel deletion`,
      ko: `Secrets Manager → 기본 설정 → 삭제가 예약된 보안 암호 표시를 선택한 뒤 다음 보안 암호에서 삭제 취소를 누릅니다: ${secretName(secretId)}`,
    },
  ],

  cli: ({ secretId, region }) => [
    { aws: ['secretsmanager', 'restore-secret'], flags: [['--secret-id', secretId]], region },
  ],

  terraform: () => [],

  apply(facts, { secretId, region }) {
    const { configuration } = facts
    if (!configuration.known) return null
    const secrets = configuration.value.secrets.map((one) =>
      one.region === region && one.secret.known && one.secret.value.arn === secretId
        ? { ...one, secret: known({ ...one.secret.value, deletedAt: null }) }
        : one,
    )
    return { ...facts, configuration: known({ ...configuration.value, secrets }) }
  },
}
