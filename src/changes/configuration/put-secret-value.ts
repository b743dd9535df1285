/** A new version of a secret, whose value the reader alone knows. Secrets Manager API Reference, PutSecretValue. */
import { known } from '../../domain/answer.ts'
import { secretName } from '../../domain/value-from.ts'
import type { ChangeDefinition } from '../change-kind.ts'
import { given, shellWord } from '../command-line.ts'
import { text } from '../terraform.ts'

export const putSecretValue: ChangeDefinition<'put-secret-value'> = {
  kind: 'put-secret-value',

  console: ({ secretId, versionStage, key }) => [
    key === undefined
      ? {
          en: `Secrets Manager → ${secretName(secretId)} → Retrieve secret value → Edit: store the value${versionStage === undefined ? '' : ` that ${versionStage} is to hold`}`,
          ko: `Secrets Manager → ${secretName(secretId)} → 보안 암호 값 검색 → 편집에서 값을 저장합니다.${versionStage === undefined ? '' : ` 필요한 스테이징 레이블: ${versionStage}`}`,
        }
      : {
          en: `Secrets Manager → ${secretName(secretId)} → Retrieve secret value → Edit: add the key ${key}, and keep the others`,
          ko: `Secrets Manager → ${secretName(secretId)} → 보안 암호 값 검색 → 편집에서 다른 키는 그대로 두고 다음 키를 추가합니다: ${key}`,
        },
  ],

  cli({ secretId, region, versionStage, key }) {
    const made = [
      { comment: 'value.txt: the value of the key, made by you' },
      {
        aws: ['secretsmanager', 'get-secret-value'],
        flags: [
          ['--secret-id', secretId],
          ...given('--version-stage', versionStage),
          ['--query', 'SecretString'],
          ['--output', 'text'],
        ],
        region,
        pipe: `jq --rawfile value value.txt ${shellWord(`.[${JSON.stringify(key)}] = ($value | rtrimstr("\\n"))`)} > secret.txt`,
      },
    ] as const
    return [
      ...(key === undefined ? [{ comment: 'secret.txt: the value of the secret, made by you' }] : made),
      {
        aws: ['secretsmanager', 'put-secret-value'],
        flags: [
          ['--secret-id', secretId],
          ['--secret-string', 'file://secret.txt'],
          ...given('--version-stages', versionStage),
        ],
        region,
      },
    ]
  },

  terraform: ({ secretId, region, versionStage }) => [
    {
      type: 'aws_secretsmanager_secret_version',
      name: 'next',
      fields: [
        ['region', text(region)],
        ['secret_id', text(secretId)],
        ['secret_string', 'file("secret.txt")'],
        ...given('version_stages', versionStage && `[${text(versionStage)}]`),
      ],
    },
  ],

  apply(facts, { secretId, region, versionStage = 'AWSCURRENT', key }) {
    const { configuration } = facts
    if (!configuration.known) return null
    const { secrets, secretKeys } = configuration.value
    const staged = secrets.map((one) => {
      if (one.id !== secretId || one.region !== region || !one.secret.known) return one
      const { stages } = one.secret.value
      return { ...one, secret: known({ ...one.secret.value, stages: [...(stages ?? []), versionStage] }) }
    })
    const keyed = secretKeys?.map((one) => {
      const isMeant = one.id === secretId && one.region === region && (one.stage ?? 'AWSCURRENT') === versionStage
      return isMeant && one.key === key ? { ...one, holds: known('key' as const) } : one
    })
    const changed = { ...configuration.value, secrets: staged, ...(keyed === undefined ? {} : { secretKeys: keyed }) }
    return { ...facts, configuration: known(changed) }
  },
}
