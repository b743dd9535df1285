/** Is every Secrets Manager secret there that a container names, with the version that it wants? */
import type { Change, Remedy } from '../../domain/change.ts'
import { type CheckResults, couldNotTell, defineCheck } from '../../domain/check.ts'
import type { SecretRecord } from '../../domain/configuration.ts'
import type { Service, TaskDefinition } from '../../domain/service.ts'
import { joined, type Text } from '../../domain/text.ts'
import { secretName } from '../../domain/value-from.ts'
import { type SecretUse, secretUses } from '../../task-start/secrets/secret-users.ts'
import { newRevision } from '../service/service-changes.ts'
import { usesText } from './secret-words.ts'

interface Details {
  readonly id: string
  readonly region: string
  /** The staging label that no version has; null where the secret itself is not there. */
  readonly stage: string | null
  readonly uses: readonly Text[]
  readonly service: Service
  readonly taskDefinition: TaskDefinition
}

/** The version that is taken unless told (Secrets Manager API Reference, GetSecretValue). */
const USUAL = 'AWSCURRENT'

export default defineCheck<Details, 'service' | 'taskDefinition' | 'network' | 'configuration'>({
  id: 'secret-missing',
  step: 'configuration',
  severity: 'blocker',
  needs: ['service', 'taskDefinition', 'network', 'configuration'],
  permissions: ['ecs:DescribeServices', 'ecs:DescribeTaskDefinition', 'secretsmanager:DescribeSecret'],

  title: { en: 'A secret does not exist', ko: '보안 암호가 존재하지 않습니다' },
  why: {
    en: 'ECS fetches every secret before it starts a container. One that is not there ends the start with ResourceInitializationError, however many others are.',
    ko: 'ECS는 컨테이너를 시작하기 전에 모든 보안 암호를 가져옵니다. 하나라도 없으면 ResourceInitializationError로 시작이 실패합니다.',
  },

  evaluate({ service, taskDefinition, network, configuration }) {
    const uses = secretUses({ taskDefinition, service }, network.region).filter(
      (use) => use.service === 'secretsmanager',
    )
    return configuration.secrets.flatMap((record): CheckResults<Details> => {
      const { id, region, secret } = record
      const own = uses.filter((use) => use.id === id && use.region === region)
      if (!secret.known && secret.because !== 'not-found') {
        return [couldNotTell(secret, ['secret', id], { en: `secret ${id}`, ko: `보안 암호 ${id}` }, true)]
      }
      return gaps(record, own).map(({ stage, missing }) => ({
        subject: id,
        evidence: [secretText(record, stage), ...usesText(missing)],
        details: { id, region, stage, uses: usesText(missing), service, taskDefinition },
      }))
    })
  },

  explain({ id, region, stage, uses }) {
    const { en, ko } = joined(uses)
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

/** What names it by its ARN has to name the new one, which ends otherwise; a name alone leads to it. */
function create({ id, region, service, taskDefinition }: Details): Remedy {
  const secret: Change = {
    kind: 'create-secret',
    makes: 'secretArn',
    name: secretName(id),
    region,
    file: 'secret.txt',
    holds: 'the value of the secret',
  }
  if (!id.startsWith('arn:')) return { changes: [secret] }
  const { changes, after = [] } = newRevision(service, taskDefinition, {
    secrets: [{ from: id, to: { ref: 'secretArn' } }],
  })
  return { changes: [secret, ...changes], after: [...after, ITS_RIGHTS] }
}

const ITS_RIGHTS: Text = {
  en: 'A policy that names the old ARN with its ending does not cover the new one: let it end with `-??????`.',
  ko: '이전 ARN을 끝자리까지 지정한 정책은 새 보안 암호에 적용되지 않으므로 `-??????`로 끝나게 바꿉니다.',
}

function putValue({ id, region, stage }: Details): Remedy {
  const version = stage === null ? {} : { versionStage: stage }
  return { changes: [{ kind: 'put-secret-value', secretId: id, region, ...version }] }
}
