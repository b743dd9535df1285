/**
 * Reads the value of a secret, and lets nothing of it out but whether it has certain keys. It sends by itself, past the reader,
 * so that no recording and no snapshot can hold a value.
 */
import { known } from '../domain/answer.ts'
import type { KeyInSecret } from '../domain/configuration.ts'
import { isLoose } from './calls/call.ts'
import { getSecretValue } from './calls/opt-in.ts'
import type { LookIntoSecret } from './gather/start/secret-keys.ts'
import type { Connection } from './reader/connection.ts'
import { isAbort, toUnread } from './reader/live-errors.ts'

export function lookIntoSecrets(connection: Connection): LookIntoSecret {
  return async ({ id, region, stage, versionId }, keys) => {
    const { service, operation } = getSecretValue
    const input = {
      SecretId: id,
      ...(stage === null ? {} : { VersionStage: stage }),
      ...(versionId === null ? {} : { VersionId: versionId }),
    }
    try {
      const answer = await connection.send(service, operation, input, region)
      return known(keysIn(answer['SecretString'], keys))
    } catch (error) {
      if (isAbort(error)) throw error
      // The words of an error may quote the answer that could not be read.
      return { ...toUnread(error, getSecretValue), detail: '' }
    }
  }
}

/** ECS takes keys of the object itself, and text alone: no binary secret (ECS Developer Guide, Pass Secrets Manager secrets). */
function keysIn(value: unknown, keys: readonly string[]): readonly KeyInSecret[] {
  const held = typeof value === 'string' ? objectIn(value) : null
  return keys.map((key) => (held === null ? 'no-json' : Object.hasOwn(held, key) ? 'key' : 'no-key'))
}

/** The error of JSON.parse quotes the text, and is dropped here. */
function objectIn(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text)
    return isLoose(value) ? value : null
  } catch {
    return null
  }
}
