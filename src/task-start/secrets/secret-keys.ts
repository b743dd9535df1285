/** Which containers take which JSON key out of a secret. */
import type { SecretVersion } from '../../domain/configuration.ts'
import { partsOf, type Start, type StartPart } from '../../domain/named-resources.ts'
import { secretSource } from '../../domain/value-from.ts'

export interface SecretKeyUse extends SecretVersion {
  readonly key: string
  readonly part: Pick<StartPart, 'name' | 'kind'>
  /** The variable or log option that gets the value. */
  readonly name: string
}

export function secretKeyUses(start: Start, region: string): readonly SecretKeyUse[] {
  return partsOf(start).flatMap((part) =>
    [...part.secrets, ...part.logSecretOptions].flatMap(({ name, valueFrom }): SecretKeyUse[] => {
      const source = secretSource(valueFrom, region)
      if (source.kind !== 'secretsmanager' || source.jsonKey === null) return []
      const { arn, jsonKey, versionStage, versionId } = source
      return [{ id: arn, region: source.region, stage: versionStage, versionId, key: jsonKey, part, name }]
    }),
  )
}

/** `ARN:key:stage:version`, as a task definition names it; `ARN::stage:version` without a key. */
export function secretPartText({ id, stage, versionId }: SecretVersion, key = ''): string {
  return [id, key, stage ?? '', versionId ?? ''].join(':')
}
