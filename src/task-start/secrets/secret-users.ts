/** Which containers and volumes name a secret or parameter, and as what. */
import { partsOf, type Start, type StartPart } from '../../domain/named-resources.ts'
import { regionOfArn, secretSource } from '../../domain/value-from.ts'

export interface SecretUse {
  readonly part: Pick<StartPart, 'name' | 'kind'>
  /** The variable or log option that gets the value; null for registry credentials. */
  readonly name: string | null
  readonly service: 'secretsmanager' | 'ssm'
  /** As the service that holds it is asked: a parameter without its version or label. */
  readonly id: string
  readonly region: string
  /** Null where only a name is given: the service's own account. */
  readonly accountId: string | null
  /** The staging label that the container wants; null for the usual one. */
  readonly stage: string | null
}

export function secretUses(start: Start, region: string): readonly SecretUse[] {
  return partsOf(start).flatMap((part) => {
    const named = [...part.secrets, ...part.logSecretOptions].flatMap(({ name, valueFrom }): SecretUse[] => {
      const source = secretSource(valueFrom, region)
      if (source.kind === 'unknown') return []
      const use = { part, name, region: source.region, accountId: source.accountId }
      return source.kind === 'ssm'
        ? [{ ...use, service: 'ssm', id: plainParameter(source.name), stage: null }]
        : [{ ...use, service: 'secretsmanager', id: source.arn, stage: source.versionStage }]
    })
    const credentials = part.repositoryCredentials
    if (credentials === null) return named
    return [
      ...named,
      {
        part,
        name: null,
        service: 'secretsmanager',
        id: credentials,
        region: regionOfArn(credentials, region),
        accountId: credentials.startsWith('arn:') ? (credentials.split(':')[4] ?? null) : null,
        stage: null,
      },
    ]
  })
}

/** `name:3` and `name:label` are versions of `name` (Systems Manager API Reference, GetParameters). */
export function plainParameter(name: string): string {
  return name.replace(/:[^:/]*$/, '')
}

/** AWS's own parameters, which nobody can list (Systems Manager User Guide, Public parameters). */
export function isPublicParameter(name: string): boolean {
  return /^\/?aws\//.test(name)
}
