/** Has secrets looked into for the JSON keys that containers take out of them: each version once. */

import { type Answer, known } from '../../../domain/answer.ts'
import { distinctBy, grouped } from '../../../domain/collections.ts'
import type { KeyInSecret, SecretKeyRecord, SecretVersion } from '../../../domain/configuration.ts'
import type { Start } from '../../../domain/named-resources.ts'
import { type SecretKeyUse, secretKeyUses, secretPartText } from '../../../task-start/secrets/secret-keys.ts'

/** Whether one version of a secret has each of these keys, in their order. The value stays where it was read. */
export type LookIntoSecret = (
  version: SecretVersion,
  keys: readonly string[],
) => Promise<Answer<readonly KeyInSecret[]>>

export async function readSecretKeys(
  look: LookIntoSecret,
  start: Start,
  region: string,
): Promise<{ readonly secretKeys: readonly SecretKeyRecord[] }> {
  const uses = distinctBy(secretKeyUses(start, region), (use) => secretPartText(use, use.key))
  const versions = grouped(uses, (use) => secretPartText(use)).values()
  const records = await Promise.all([...versions].map((ofOne) => keysOf(look, ofOne)))
  return { secretKeys: records.flat() }
}

async function keysOf(look: LookIntoSecret, uses: readonly SecretKeyUse[]): Promise<readonly SecretKeyRecord[]> {
  const [first] = uses
  if (first === undefined) return []
  const { id, region, stage, versionId } = first
  const version = { id, region, stage, versionId }
  const answer = await look(
    version,
    uses.map(({ key }) => key),
  )
  return uses.map(({ key }, index) => ({
    ...version,
    key,
    holds: answer.known ? known(answer.value[index] ?? 'no-key') : answer,
  }))
}
