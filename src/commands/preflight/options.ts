/** What is asked only where the user wants it. Without its input, none of that code is even loaded. */

import type { LookIntoSecret, ReadImageConfig, ServiceRequest } from '../../aws/gather/index.ts'
import type { Text } from '../../domain/text.ts'
import { UsageError } from '../../domain/usage-error.ts'
import { type Frontend, labelOf } from '../../inputs/parse-arguments.ts'
import type { Values } from '../../inputs/table.ts'

/** For each question to a registry, and for the configuration of an image. */
const REGISTRY_TIMEOUT_MS = 10_000

/** `region` tells the Region of the run, or throws where none is known. */
export async function optInRequest(
  values: Values,
  { frontend, region }: { readonly frontend: Frontend; readonly region: () => string },
): Promise<Pick<ServiceRequest, 'askRegistry' | 'lookIntoSecret' | 'readImageConfig'>> {
  for (const name of LIVE_ONLY) if (values[name] && values.snapshot !== null) throw notInSnapshot(name, frontend)
  const [registry, lookIntoSecret, readImageConfig] = await Promise.all([
    values['registry-check'] ? import('../../registry/v2.ts') : null,
    values['read-secrets'] ? secretsReader(region()) : null,
    values['read-image-config'] ? configReader(region()) : null,
  ])
  const senses = { fetch, timeoutMs: REGISTRY_TIMEOUT_MS, index: true }
  return {
    ...(registry === null ? {} : { askRegistry: (reference) => registry.askRegistry(reference, senses) }),
    ...(lookIntoSecret === null ? {} : { lookIntoSecret }),
    ...(readImageConfig === null ? {} : { readImageConfig }),
  }
}

async function secretsReader(region: string): Promise<LookIntoSecret> {
  const [{ lookIntoSecrets }, { connect }] = await Promise.all([
    import('../../aws/secret-keys.ts'),
    import('../../aws/reader/connection.ts'),
  ])
  return lookIntoSecrets(connect({ region }))
}

async function configReader(region: string): Promise<ReadImageConfig> {
  const [{ readImageConfigs }, { connect }] = await Promise.all([
    import('../../aws/image-config.ts'),
    import('../../aws/reader/connection.ts'),
  ])
  return readImageConfigs(connect({ region }), { fetch, timeoutMs: REGISTRY_TIMEOUT_MS })
}

/** What AWS alone can answer. */
const LIVE_ONLY = ['read-secrets', 'read-image-config'] as const

const NOT_HELD: Readonly<Record<(typeof LIVE_ONLY)[number], Text>> = {
  'read-secrets': { en: 'values of secrets', ko: '보안 암호의 값' },
  'read-image-config': { en: 'configurations of images', ko: '이미지 구성' },
}

function notInSnapshot(name: (typeof LIVE_ONLY)[number], frontend: Frontend): UsageError {
  const [input, folder] = [labelOf(name, frontend), labelOf('snapshot', frontend)]
  return new UsageError({
    en: `A snapshot holds no ${NOT_HELD[name].en}: give ${input} or ${folder}, not both.`,
    ko: `스냅샷에 없는 항목입니다: ${NOT_HELD[name].ko}. ${input} 또는 ${folder} 중 하나만 지정합니다.`,
  })
}
