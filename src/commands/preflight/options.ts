/** What is asked only where the user wants it. Without its input, none of that code is even loaded. */

import type { LookIntoSecret, ServiceRequest } from '../../aws/gather/index.ts'
import { UsageError } from '../../domain/usage-error.ts'
import { type Frontend, labelOf } from '../../inputs/parse-arguments.ts'
import type { Values } from '../../inputs/table.ts'

/** For each question to a registry. */
const REGISTRY_TIMEOUT_MS = 10_000

/** `region` tells the Region of the run, or throws where none is known. */
export async function optInRequest(
  values: Values,
  { frontend, region }: { readonly frontend: Frontend; readonly region: () => string },
): Promise<Pick<ServiceRequest, 'askRegistry' | 'lookIntoSecret'>> {
  const reads = values['read-secrets']
  if (reads && values.snapshot !== null) throw noSecretsInSnapshot(frontend)
  const [registry, lookIntoSecret] = await Promise.all([
    values['registry-check'] ? import('../../registry/v2.ts') : null,
    reads ? secretsReader(region()) : null,
  ])
  const senses = { fetch, timeoutMs: REGISTRY_TIMEOUT_MS, index: true }
  return {
    ...(registry === null ? {} : { askRegistry: (reference) => registry.askRegistry(reference, senses) }),
    ...(lookIntoSecret === null ? {} : { lookIntoSecret }),
  }
}

async function secretsReader(region: string): Promise<LookIntoSecret> {
  const [{ lookIntoSecrets }, { connect }] = await Promise.all([
    import('../../aws/secret-keys.ts'),
    import('../../aws/reader/connection.ts'),
  ])
  return lookIntoSecrets(connect({ region }))
}

function noSecretsInSnapshot(frontend: Frontend): UsageError {
  const [secrets, folder] = [labelOf('read-secrets', frontend), labelOf('snapshot', frontend)]
  return new UsageError({
    en: `A snapshot holds no values of secrets: give ${secrets} or ${folder}, not both.`,
    ko: `스냅샷에는 보안 암호의 값이 없습니다. ${secrets} 또는 ${folder} 중 하나만 지정합니다.`,
  })
}
