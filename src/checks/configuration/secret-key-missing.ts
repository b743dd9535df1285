/** Has each secret the JSON key that a container takes out of it? */
import { type CheckResults, cannotSee, couldNotTell, defineCheck, type Unseen } from '../../domain/check.ts'
import type { ConfigurationFacts, SecretKeyRecord } from '../../domain/configuration.ts'
import { joined, type Text } from '../../domain/text.ts'
import { secretName } from '../../domain/value-from.ts'
import { type SecretKeyUse, secretKeyUses, secretPartText } from '../../task-start/secrets/secret-keys.ts'
import { usesText } from './secret-words.ts'

interface Details {
  readonly id: string
  readonly region: string
  readonly stage: string | null
  readonly key: string
  /** The value is a JSON object, and only this key is not in it. */
  readonly isJson: boolean
  readonly uses: readonly Text[]
}

export default defineCheck<Details, 'service' | 'taskDefinition' | 'network' | 'configuration'>({
  id: 'secret-key-missing',
  step: 'configuration',
  severity: 'blocker',
  needs: ['service', 'taskDefinition', 'network', 'configuration'],
  // secretsmanager:GetSecretValue is asked for by the input read-secrets alone.
  permissions: ['ecs:DescribeTaskDefinition', 'secretsmanager:DescribeSecret'],

  title: { en: 'A secret lacks the JSON key', ko: '보안 암호에 JSON 키가 없습니다' },
  why: {
    en: 'ECS reads the secret as a JSON object and takes this key out of it before it starts a container. Where the key is not there, or the value is no JSON object, the start ends with ResourceInitializationError. Looked at only with the input read-secrets, which reads the value and keeps nothing of it but whether the key is there.',
    ko: 'ECS는 컨테이너를 시작하기 전에 보안 암호를 JSON 객체로 읽고 이 키의 값을 꺼냅니다. 키가 없거나 값이 JSON 객체가 아니면 ResourceInitializationError로 시작이 실패합니다. read-secrets 입력을 지정한 경우에만 확인하며, 값을 읽되 키가 있는지 여부만 남깁니다.',
  },

  evaluate({ service, taskDefinition, network, configuration }): CheckResults<Details> {
    const uses = secretKeyUses({ taskDefinition, service }, network.region)
    if (configuration.secretKeys === undefined) return notAsked(uses)
    return configuration.secretKeys.flatMap((record): CheckResults<Details> => {
      const { id, region, stage, key, holds } = record
      if (isToldByOthers(record, configuration)) return []
      const subject = secretPartText(record, key)
      if (!holds.known) {
        const name = secretName(id)
        return [
          couldNotTell(
            holds,
            ['secret-keys', name],
            {
              en: `keys of secret ${name}`,
              ko: `보안 암호의 키: ${name}`,
            },
            true,
          ),
        ]
      }
      if (holds.value === 'key') return []
      const isJson = holds.value === 'no-key'
      const own = usesText(uses.filter((use) => secretPartText(use, use.key) === subject))
      return [
        {
          subject,
          evidence: [keyText(record, isJson), ...own],
          details: { id, region, stage, key, isJson, uses: own },
        },
      ]
    })
  },

  explain({ id, key, isJson, uses }) {
    const { en, ko } = joined(uses)
    return isJson
      ? {
          en: `Secret ${id} has no key ${key} (${en}).`,
          ko: `보안 암호에 없는 키입니다: ${key} (보안 암호: ${id}). 사용하는 곳: ${ko}`,
        }
      : {
          en: `Secret ${id} is no JSON object, and the key ${key} is to be taken out of it (${en}).`,
          ko: `보안 암호의 값이 JSON 객체가 아니므로 키를 꺼낼 수 없습니다: ${key} (보안 암호: ${id}). 사용하는 곳: ${ko}`,
        }
  },

  remedy: ({ id, region, stage, key, isJson }) => ({
    changes: [
      {
        kind: 'put-secret-value',
        secretId: id,
        region,
        ...(stage === null ? {} : { versionStage: stage }),
        ...(isJson ? { key } : {}),
      },
    ],
    after: [
      ...(isJson ? [] : [A_JSON_OBJECT]),
      {
        en: 'Or name a key that is there in `valueFrom` of the task definition; without a key, the container gets the whole value.',
        ko: '또는 태스크 정의의 `valueFrom` 값에 존재하는 키를 지정합니다. 키를 지정하지 않으면 컨테이너가 값 전체를 받습니다.',
      },
    ],
  }),
})

const A_JSON_OBJECT: Text = {
  en: 'The value has to be a JSON object that has the key.',
  ko: '값은 그 키가 있는 JSON 객체여야 합니다.',
}

/** A secret that is gone, or about to be, or lacks the version, is another finding. */
function isToldByOthers({ id, region, stage, holds }: SecretKeyRecord, { secrets }: ConfigurationFacts): boolean {
  if (holds.known) return false
  const secret = secrets.find((one) => one.id === id && one.region === region)?.secret
  if (secret === undefined) return false
  if (!secret.known) return secret.because === 'not-found'
  const { deletedAt, stages } = secret.value
  return deletedAt !== null || (stages !== null && stages.length > 0 && !stages.includes(stage ?? 'AWSCURRENT'))
}

function keyText(record: SecretKeyRecord, isJson: boolean): Text {
  const part = secretPartText(record)
  return isJson
    ? { en: `no such key in ${part}: ${record.key}`, ko: `없는 키: ${record.key} (${part})` }
    : { en: `no JSON object: ${part}`, ko: `JSON 객체가 아님: ${part}` }
}

/** Once for each secret. It decides nothing: nobody looks at a value unless the user wants it. */
function notAsked(uses: readonly SecretKeyUse[]): readonly Unseen[] {
  return [...new Set(uses.map(({ id }) => id))].map((id) => {
    const name = secretName(id)
    const keys = [...new Set(uses.filter((use) => use.id === id).map(({ key }) => key))].join(', ')
    return cannotSee(['secret-keys-not-read', name, keys], {
      en: `not looked at, because no value of a secret is read without the input read-secrets: whether ${name} has the JSON keys ${keys}`,
      ko: `read-secrets 입력 없이는 보안 암호의 값을 읽지 않으므로 JSON 키가 있는지 확인하지 않았습니다: ${name} (키: ${keys})`,
    })
  })
}
