/** A new version of a secret, whose value the reader alone knows. Secrets Manager API Reference, PutSecretValue. */
import { known } from '../domain/answer.ts'
import type { ChangeDefinition } from './change-kind.ts'
import { text } from './terraform.ts'

export const putSecretValue: ChangeDefinition<'put-secret-value'> = {
  kind: 'put-secret-value',

  console: ({ secretId, versionStage, holds }) => [
    {
      en: `Secrets Manager → ${secretId} → Retrieve secret value → Edit: store ${holds.en}${versionStage === undefined ? '' : ` (staging label ${versionStage}, by the command only)`}`,
      ko: `Secrets Manager → ${secretId} → 보안 암호 값 검색 → 편집에서 다음 값을 저장합니다: ${holds.ko}${versionStage === undefined ? '' : ` (스테이징 레이블 ${versionStage}, 명령으로만 지정 가능)`}`,
    },
  ],

  cli: ({ secretId, region, versionStage, file, holds }) => [
    { comment: `${file}: ${holds.en}, made by you` },
    {
      aws: ['secretsmanager', 'put-secret-value'],
      flags: [
        ['--secret-id', secretId],
        ['--secret-string', `file://${file}`],
        ...(versionStage === undefined ? [] : ([['--version-stages', versionStage]] as const)),
      ],
      region,
    },
  ],

  terraform: ({ secretId, region, versionStage, file }) => [
    {
      type: 'aws_secretsmanager_secret_version',
      name: 'next',
      fields: [
        ['region', text(region)],
        ['secret_id', text(secretId)],
        ['secret_string', `file(${text(file)})`],
        ...(versionStage === undefined ? [] : ([['version_stages', `[${text(versionStage)}]`]] as const)),
      ],
    },
  ],

  /** Its staging label is there; which keys its value has, only the reader knows. */
  apply(facts, { secretId, region, versionStage }) {
    const { configuration } = facts
    if (!configuration.known || versionStage === undefined) return null
    const secrets = configuration.value.secrets.map((one) => {
      if (one.id !== secretId || one.region !== region || !one.secret.known) return one
      const { stages } = one.secret.value
      return { ...one, secret: known({ ...one.secret.value, stages: [...(stages ?? []), versionStage] }) }
    })
    return { ...facts, configuration: known({ ...configuration.value, secrets }) }
  },
}
