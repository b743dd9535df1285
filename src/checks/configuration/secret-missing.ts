/** Is every Secrets Manager secret there that a container names, with the version that it wants? */

import { regionFlag, secretName, usesText } from '../../changes/secret-words.ts'
import { resource, text } from '../../changes/terraform.ts'
import { defineCheck } from '../../domain/check.ts'
import type { SecretRecord } from '../../domain/configuration.ts'
import type { RemedyWords } from '../../domain/report.ts'
import type { Text } from '../../domain/text.ts'
import { type SecretUse, secretUses } from '../../task-start/secrets/secret-users.ts'
import { type Told, unreadPart } from '../engine/unread-part.ts'

interface Details {
  readonly id: string
  readonly region: string
  readonly ownRegion: string
  /** The staging label that no version has; null where the secret itself is not there. */
  readonly stage: string | null
  readonly uses: readonly Text[]
}

/** The version that is taken unless told (Secrets Manager API Reference, GetSecretValue). */
const USUAL = 'AWSCURRENT'

export default defineCheck<Details, 'taskDefinition' | 'network' | 'configuration'>({
  id: 'secret-missing',
  step: 'configuration',
  severity: 'blocker',
  needs: ['taskDefinition', 'network', 'configuration'],
  permissions: ['ecs:DescribeTaskDefinition', 'secretsmanager:DescribeSecret'],

  title: { en: 'A secret does not exist', ko: '보안 암호가 존재하지 않습니다' },
  why: {
    en: 'ECS fetches every secret before it starts a container. One that is not there ends the start with ResourceInitializationError, however many others are.',
    ko: 'ECS는 컨테이너를 시작하기 전에 모든 보안 암호를 가져옵니다. 하나라도 없으면 ResourceInitializationError로 시작이 실패합니다.',
  },

  evaluate({ taskDefinition, network, configuration }) {
    const uses = secretUses(taskDefinition, network.region).filter(({ service }) => service === 'secretsmanager')
    return configuration.secrets.flatMap((record): Told<Details> => {
      const { id, region, secret } = record
      const own = uses.filter((use) => use.id === id && use.region === region)
      if (!secret.known && secret.because !== 'not-found') {
        return [unreadPart(secret, ['secret', id], { en: `secret ${id}`, ko: `보안 암호 ${id}` }, true)]
      }
      return gaps(record, own).map(({ stage, missing }) => ({
        subject: id,
        evidence: [secretText(record, stage), ...usesText(missing)],
        details: { id, region, ownRegion: network.region, stage, uses: usesText(missing) },
      }))
    })
  },

  explain({ id, region, stage, uses }) {
    const [en, ko] = [uses.map((use) => use.en).join('; '), uses.map((use) => use.ko).join('; ')]
    return stage === null
      ? {
          en: `Secrets Manager in ${region} has no secret ${id} (${en}).`,
          ko: `Secrets Manager에 없는 보안 암호입니다: ${id} (리전: ${region}). 사용하는 곳: ${ko}`,
        }
      : {
          en: `No version of secret ${id} has the staging label ${stage} (${en}).`,
          ko: `보안 암호에 스테이징 레이블 ${stage} 버전이 없습니다: ${id}. 사용하는 곳: ${ko}`,
        }
  },

  remedy: (details) => (details.stage === null ? create(details) : putValue(details)),
})

/** Once for a secret that is gone, else once for each label that no version has. */
function gaps(
  { secret }: SecretRecord,
  uses: readonly SecretUse[],
): readonly { readonly stage: string | null; readonly missing: readonly SecretUse[] }[] {
  if (!secret.known) return [{ stage: null, missing: uses }]
  const { stages } = secret.value
  if (stages === null || stages.length === 0) return []
  const wanted = [...new Set(uses.map(({ stage }) => stage ?? USUAL))]
  return wanted
    .filter((stage) => !stages.includes(stage))
    .map((stage) => ({ stage, missing: uses.filter((use) => (use.stage ?? USUAL) === stage) }))
}

function secretText({ id, secret }: SecretRecord, stage: string | null): Text {
  const stages = secret.known ? (secret.value.stages ?? []).join(', ') : ''
  return stage === null
    ? { en: `Secrets Manager knows no ${id}.`, ko: `Secrets Manager에 없음: ${id}` }
    : { en: `staging labels of ${id}: ${stages}`, ko: `${id}의 스테이징 레이블: ${stages}` }
}

function create({ id, region, ownRegion }: Details): RemedyWords {
  const name = secretName(id)
  return {
    console: [
      {
        en: `Secrets Manager → Store a new secret: name ${name}, in ${region}`,
        ko: `Secrets Manager → 새 보안 암호 저장에서 다음 이름으로 저장합니다: ${name} (리전: ${region})`,
      },
      {
        en: 'A new secret has an ARN with another ending: put it into the task definition.',
        ko: '새 보안 암호의 ARN은 끝의 여섯 글자가 다르므로, 태스크 정의의 값을 새 ARN으로 바꿉니다.',
      },
    ],
    cli: [
      `aws secretsmanager create-secret --name ${name} --secret-string file://secret.txt${regionFlag(region, ownRegion)}`,
    ],
    terraform: resource('aws_secretsmanager_secret', name, [['name', text(name)]]),
  }
}

function putValue({ id, region, ownRegion, stage }: Details): RemedyWords {
  return {
    console: [
      {
        en: `Secrets Manager → ${secretName(id)} → Retrieve secret value → Edit: store the value that ${stage} is to hold`,
        ko: `Secrets Manager → ${secretName(id)} → 보안 암호 값 검색 → 편집에서 값을 저장합니다. 필요한 스테이징 레이블: ${stage}`,
      },
    ],
    cli: [
      `aws secretsmanager put-secret-value --secret-id ${id} --secret-string file://secret.txt --version-stages ${stage}${regionFlag(region, ownRegion)}`,
    ],
    terraform: resource('aws_secretsmanager_secret_version', secretName(id), [
      ['secret_id', text(id)],
      ['secret_string', 'var.secret'],
      ['version_stages', `[${text(stage ?? '')}]`],
    ]),
  }
}
