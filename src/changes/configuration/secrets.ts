/** Secrets of Secrets Manager and their values. */
import { known } from '../../domain/answer.ts'
import { secretName } from '../../domain/value-from.ts'
import type { Definitions } from '../change-kind.ts'
import { type CommandLine, callOf, flagsOf, shellWord } from '../command-line.ts'
import { fieldsOf, text } from '../terraform.ts'
import { editRecord } from './configuration-facts.ts'

export const secrets: Definitions<'create-secret' | 'put-secret-value' | 'restore-secret'> = {
  /** A secret. Its ARN ends in six characters that nobody can choose. Secrets Manager API Reference, CreateSecret. */
  'create-secret': {
    made: { query: 'ARN', attribute: 'arn', words: { en: 'the ARN of the new secret', ko: '새 보안 암호의 ARN' } },
    console: ({ name, region }) => ({
      en: `Secrets Manager → Store a new secret: name ${name}, in ${region}`,
      ko: `Secrets Manager → 새 보안 암호 저장에서 다음 이름으로 저장합니다: ${name} (리전: ${region})`,
    }),

    cli: ({ file, holds, ...call }) => [
      { comment: `${file}: ${holds}, made by you` },
      callOf('secretsmanager', { ...call, secretString: `file://${file}` }),
    ],

    terraform: ({ makes, name, region, file }) => [
      { type: 'aws_secretsmanager_secret', name: 'new', fields: fieldsOf({ region, name }) },
      {
        type: 'aws_secretsmanager_secret_version',
        name: 'new',
        fields: [...fieldsOf({ region, secretId: makes }), ['secret_string', `file(${text(file)})`]],
      },
    ],

    /** Where a container names the secret by its name: an ARN of the old one leads nowhere still. */
    apply: (facts, { makes, name, region }) =>
      editRecord(facts, 'secrets', (one) => one.id === name && one.region === region, {
        secret: known({ arn: makes, deletedAt: null, stages: ['AWSCURRENT'] }),
      }) ?? facts,
  },

  /** A new version of a secret, whose value the reader alone knows. Secrets Manager API Reference, PutSecretValue. */
  'put-secret-value': {
    console: ({ secretId, versionStage, key }) =>
      key === undefined
        ? {
            en: `Secrets Manager → ${secretName(secretId)} → Retrieve secret value → Edit: store the value${versionStage === undefined ? '' : ` that ${versionStage} is to hold`}`,
            ko: `Secrets Manager → ${secretName(secretId)} → 보안 암호 값 검색 → 편집에서 값을 저장합니다.${versionStage === undefined ? '' : ` 필요한 스테이징 레이블: ${versionStage}`}`,
          }
        : {
            en: `Secrets Manager → ${secretName(secretId)} → Retrieve secret value → Edit: add the key ${key}, and keep the others`,
            ko: `Secrets Manager → ${secretName(secretId)} → 보안 암호 값 검색 → 편집에서 다른 키는 그대로 두고 다음 키를 추가합니다: ${key}`,
          },

    cli({ kind, secretId, region, versionStage, key }) {
      const made: readonly CommandLine[] = [
        { comment: 'value.txt: the value of the key, made by you' },
        {
          aws: ['secretsmanager', 'get-secret-value'],
          flags: flagsOf({ secretId, versionStage, query: 'SecretString', output: 'text' }),
          region,
          pipe: `jq --rawfile value value.txt ${shellWord(`.[${JSON.stringify(key)}] = ($value | rtrimstr("\\n"))`)} > secret.txt`,
        },
      ]
      return [
        ...(key === undefined ? [{ comment: 'secret.txt: the value of the secret, made by you' }] : made),
        callOf('secretsmanager', {
          ...{ kind, secretId, region },
          secretString: 'file://secret.txt',
          versionStages: versionStage,
        }),
      ]
    },

    terraform: ({ secretId, region, versionStage }) => ({
      type: 'aws_secretsmanager_secret_version',
      name: 'next',
      fields: [
        ...fieldsOf({ region, secretId }),
        ['secret_string', 'file("secret.txt")'],
        ...fieldsOf({ versionStages: versionStage && [versionStage] }),
      ],
    }),

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
  },

  /** Takes back the deletion of a secret, which Terraform cannot. Secrets Manager API Reference, RestoreSecret. */
  'restore-secret': {
    console: ({ secretId }) => ({
      en: `Secrets Manager → Preferences → Show secrets scheduled for deletion → ${secretName(secretId)} → Cancel deletion`,
      ko: `Secrets Manager → 기본 설정 → 삭제가 예약된 보안 암호 표시를 선택한 뒤 다음 보안 암호에서 삭제 취소를 누릅니다: ${secretName(secretId)}`,
    }),

    cli: 'secretsmanager',
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
  },
}
