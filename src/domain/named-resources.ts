/** The secrets, parameters and repositories that a task definition names: what there is to read about them, and who owns them. */

import { distinctRecords } from './collections.ts'
import { type EcrRegistry, isInvalidImage, parseImageReference } from './image-reference.ts'
import type { Reason, Statement } from './path.ts'
import type { SecretKey } from './role.ts'
import type { Container, TaskDefinition } from './service.ts'
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

export function namedResources({ containers }: TaskDefinition, { region }: Place): NamedResources {
  return {
    secrets: distinctRecords(
      containers.flatMap((container) => sourcesOf(container, region).map(({ source }) => source)),
    ),
    repositories: distinctRecords(
      containers.flatMap((container) => {
        const named = privateImage(container)
        return named === null
          ? []
          : [{ name: named.repository, accountId: named.ecr.accountId, region: named.ecr.region }]
      }),
    ),
  }
}

/** Secrets of the container, of its log driver, and the credentials of its registry. */
export function sourcesOf(
  container: Container,
  region: string,
): readonly { readonly source: NamedSecret; readonly neededBy: Statement }[] {
  const named = [...container.secrets, ...container.logSecretOptions].flatMap(({ name, valueFrom }) => {
    const from = secretSource(valueFrom, region)
    if (from.kind === 'unknown') return []
    const id = from.kind === 'ssm' ? from.name : from.arn
    const source: NamedSecret = { id, service: from.kind, region: from.region, accountId: from.accountId }
    return [{ source, neededBy: needOf(container, ['secret', name], `secret ${name}`, `보안 암호 ${name}`) }]
  })
  const credentials = container.repositoryCredentials
  if (credentials === null) return named
  const source: NamedSecret = {
    id: credentials,
    service: 'secretsmanager',
    region: regionOfArn(credentials, region),
    accountId: ownerOf(credentials),
  }
  const neededBy = needOf(container, ['credentials'], 'registry credentials', '레지스트리 자격 증명')
  return [...named, { source, neededBy }]
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

/** What of a container needs something, as data and in words. */
export function needOf({ name }: Container, [kind, ...values]: Reason, en: string, ko: string): Statement {
  return { reason: [kind, name, ...values], why: { en: `container ${name}: ${en}`, ko: `컨테이너 ${name}: ${ko}` } }
}
