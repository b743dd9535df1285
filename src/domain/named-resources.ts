/** The secrets, parameters, logs and repositories that a start names: what there is to read about them, and who owns them. */

import { distinctRecords } from './collections.ts'
import { type EcrRegistry, isInvalidImage, parseImageReference } from './image-reference.ts'
import type { Reason, Statement } from './path.ts'
import type { SecretKey } from './role.ts'
import type { Container, LogConfiguration, Service, TaskDefinition } from './service.ts'
import type { Text } from './text.ts'
import { regionOfArn, secretSource } from './value-from.ts'

export interface Place {
  readonly region: string
  /** The account of the service; null when not known. */
  readonly accountId: string | null
}

/** Each once. */
export interface NamedResources {
  readonly secrets: readonly NamedSecret[]
  readonly repositories: readonly { readonly name: string; readonly accountId: string; readonly region: string }[]
}

export interface NamedSecret {
  readonly id: string
  readonly service: SecretKey['service']
  readonly region: string
  /** Null where only a name was given: the account of the service. */
  readonly accountId: string | null
}

/** What a task is started from: its definition, and what the service adds to it; null where the service is not known. */
export interface Start {
  readonly taskDefinition: TaskDefinition
  readonly service: Pick<Service, 'serviceConnect'> | null
}

/** What a task is made of, as far as it names secrets and logs: containers, the proxy of Service Connect, volumes with credentials. */
export interface StartPart extends LogConfiguration, Pick<Container, 'name' | 'secrets' | 'repositoryCredentials'> {
  readonly kind: 'container' | 'proxy' | 'volume'
}

export function partsOf({ taskDefinition, service }: Start): readonly StartPart[] {
  const log = service?.serviceConnect?.logConfiguration ?? null
  return [
    ...taskDefinition.containers.map((container) => ({ ...container, kind: 'container' as const })),
    ...(log === null ? [] : [{ ...NOTHING_NAMED, ...log, kind: 'proxy' as const, name: 'Service Connect' }]),
    ...taskDefinition.volumes.flatMap(({ name, fsx }): readonly StartPart[] => {
      const valueFrom = fsx?.credentialsParameter ?? null
      if (valueFrom === null) return []
      return [{ ...NOTHING_NAMED, kind: 'volume', name, secrets: [{ name: 'credentialsParameter', valueFrom }] }]
    }),
  ]
}

const NOTHING_NAMED = {
  secrets: [],
  repositoryCredentials: null,
  logDriver: null,
  logOptions: {},
  logSecretOptions: [],
} as const

export function namedResources(start: Start, { region }: Place): NamedResources {
  return {
    secrets: distinctRecords(partsOf(start).flatMap((part) => sourcesOf(part, region).map(({ source }) => source))),
    repositories: distinctRecords(
      start.taskDefinition.containers.flatMap((container) => {
        const named = privateImage(container)
        return named === null
          ? []
          : [{ name: named.repository, accountId: named.ecr.accountId, region: named.ecr.region }]
      }),
    ),
  }
}

/** Secrets of the part, of its log driver, and the credentials of its registry. */
export function sourcesOf(
  part: StartPart,
  region: string,
): readonly { readonly source: NamedSecret; readonly neededBy: Statement }[] {
  const named = [...part.secrets, ...part.logSecretOptions].flatMap(({ name, valueFrom }) => {
    const from = secretSource(valueFrom, region)
    if (from.kind === 'unknown') return []
    const id = from.kind === 'ssm' ? from.name : from.arn
    const source: NamedSecret = { id, service: from.kind, region: from.region, accountId: from.accountId }
    return [{ source, neededBy: needOf(part, ['secret', name], `secret ${name}`, `보안 암호 ${name}`) }]
  })
  const credentials = part.repositoryCredentials
  if (credentials === null) return named
  const source: NamedSecret = {
    id: credentials,
    service: 'secretsmanager',
    region: regionOfArn(credentials, region),
    accountId: ownerOf(credentials),
  }
  const neededBy = needOf(part, ['credentials'], 'registry credentials', '레지스트리 자격 증명')
  return [...named, { source, neededBy }]
}

/** Objects of S3 that a container is started with: environment files, and the configuration of a FireLens log router. */
export function filesOf(container: Container): readonly { readonly arn: string; readonly neededBy: Statement }[] {
  const { environmentFiles, firelens } = container
  const configuration = firelens?.configFileType === 's3' ? (firelens.configFileValue ?? []) : []
  return [
    ...environmentFiles.map((arn) => ({
      arn,
      neededBy: needOf(container, ['environment-file', arn], `environment file ${arn}`, `환경 파일 ${arn}`),
    })),
    ...[configuration].flat().map((arn) => ({
      arn,
      neededBy: needOf(container, ['firelens-file', arn], `FireLens configuration ${arn}`, `FireLens 구성 ${arn}`),
    })),
  ]
}

/** Null for every registry but ECR's private ones. */
export function privateImage(container: Container): { readonly repository: string; readonly ecr: EcrRegistry } | null {
  const image = parseImageReference(container.image)
  return isInvalidImage(image) || image.ecr === null ? null : { repository: image.repository, ecr: image.ecr }
}

/** The account in an ARN; null where it has none. */
export function ownerOf(arn: string): string | null {
  const account = arn.split(':')[4]
  return account !== undefined && /^\d{12}$/.test(account) ? account : null
}

/** What of a part needs something, as data and in words; a container unless told. */
export function needOf(
  part: Pick<StartPart, 'name'> & Partial<Pick<StartPart, 'kind'>>,
  [kind, ...values]: Reason,
  en: string,
  ko: string,
): Statement {
  const of = partText(part)
  return { reason: [kind, part.name, ...values], why: { en: `${of.en}: ${en}`, ko: `${of.ko}: ${ko}` } }
}

export function partText({ name, kind }: Pick<StartPart, 'name'> & Partial<Pick<StartPart, 'kind'>>): Text {
  if (kind === 'proxy') return { en: 'the proxy of Service Connect', ko: 'Service Connect 프록시' }
  if (kind === 'volume') return { en: `volume ${name}`, ko: `볼륨 ${name}` }
  return { en: `container ${name}`, ko: `컨테이너 ${name}` }
}

/** The group that a part writes to with the driver `awslogs`, and whether the driver makes it; null for any other log. */
export function logGroupOf(
  { logDriver, logOptions }: LogConfiguration,
  region: string,
): { readonly name: string; readonly region: string; readonly create: boolean } | null {
  const name = logOptions['awslogs-group'] ?? ''
  if (logDriver !== 'awslogs' || name === '') return null
  const create = logOptions['awslogs-create-group'] === 'true'
  return { name, region: logOptions['awslogs-region'] || region, create }
}
