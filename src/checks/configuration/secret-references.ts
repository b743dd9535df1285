/** How containers and volumes write the secrets that they name. */
import { partsOf, type Start } from '../../domain/named-resources.ts'

/** Every `valueFrom` and every other place for a secret, as written. */
export function secretReferences(start: Start): readonly string[] {
  return partsOf(start).flatMap(({ secrets, logSecretOptions, repositoryCredentials }) => [
    ...[...secrets, ...logSecretOptions].map(({ valueFrom }) => valueFrom),
    ...(repositoryCredentials === null ? [] : [repositoryCredentials]),
  ])
}

/** A new revision replaces a text wherever it stands: it may be the beginning of another one. */
export function replacesMore(text: string, start: Start): boolean {
  return secretReferences(start).some((one) => one.startsWith(text) && one !== text && one[text.length] !== ':')
}
