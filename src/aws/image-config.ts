/**
 * Reads the configuration of an image of one platform, and lets nothing of it out but that platform: the environment of the image
 * stands beside it. It asks by itself, past the reader, so that no recording and no snapshot can hold it.
 */
import { type Answer, known, unread } from '../domain/answer.ts'
import type { Platform } from '../domain/image.ts'
import { isLoose } from './calls/call.ts'
import { getDownloadUrlForLayer } from './calls/opt-in.ts'
import { idOf } from './facts/shape.ts'
import type { ReadImageConfig } from './gather/start/images.ts'
import type { Connection } from './reader/connection.ts'
import { parseJson } from './reader/json-text.ts'
import { isAbort, toUnread } from './reader/live-errors.ts'

export interface ImageConfigSenses {
  readonly fetch: typeof globalThis.fetch
  /** For the blob, which is fetched from where ECR says. */
  readonly timeoutMs: number
}

/** A configuration has some thousands of bytes. */
const LARGEST = 4_000_000

export function readImageConfigs(connection: Connection, senses: ImageConfigSenses): ReadImageConfig {
  return async ({ accountId, region, name }, layerDigest) => {
    const { service, operation, permission } = getDownloadUrlForLayer
    try {
      const input = { registryId: accountId, repositoryName: name, layerDigest }
      const answer = await connection.send(service, operation, input, region)
      const url = idOf(answer['downloadUrl'])
      return url === null ? unread('garbled', permission) : await platformAt(url, senses)
    } catch (error) {
      if (isAbort(error)) throw error
      return { ...toUnread(error, getDownloadUrlForLayer), detail: '' }
    }
  }
}

async function platformAt(url: string, { fetch, timeoutMs }: ImageConfigSenses): Promise<Answer<Platform>> {
  const { permission } = getDownloadUrlForLayer
  const text = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) })
    .then((response) => (response.ok && isSmall(response) ? response.text() : null))
    .catch(() => null)
  if (text === null) return unread('unreachable', permission)
  const parsed = parseJson(text)
  const config = parsed.ok && isLoose(parsed.value) ? parsed.value : {}
  // OCI Image Configuration: `os` and `architecture` are there in every one.
  const [os, architecture] = [idOf(config['os']), idOf(config['architecture'])]
  return os === null || architecture === null
    ? unread('garbled', permission)
    : known({ os, architecture, osVersion: idOf(config['os.version']) })
}

function isSmall({ headers }: Response): boolean {
  return Number(headers.get('content-length') ?? 0) <= LARGEST
}
