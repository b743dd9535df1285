/** `preflight`: judges the service before anything is deployed, and reports. */

import type { LookIntoSecret, ServiceRequest } from '../../aws/gather/index.ts'
import { UsageError } from '../../domain/usage-error.ts'
import { TOOL } from '../../domain/version.ts'
import { type Door, labelOf } from '../../inputs/parse-arguments.ts'
import type { Values } from '../../inputs/table.ts'
import type { TaskDefinitionText } from '../../report/source-lines/locate.ts'
import type { Performed, Setting } from '../command.ts'
import { imagesOf, readerFor, regionFor, serviceRequest } from '../target.ts'
import { finishReport } from '../write-report.ts'
import { ignoreOf, preflight } from './preflight.ts'

export async function performPreflight(values: Values, setting: Setting): Promise<Performed> {
  const [request, reader, optIn] = await Promise.all([
    serviceRequest(values),
    readerFor(values, setting),
    optInRequest(values, setting),
  ])
  const failOn = values['fail-on']
  const ignore = (values.ignore ?? []).map(ignoreOf)
  const report = await preflight({ ...request, ...optIn, failOn, ignore }, { reader, tool: TOOL })
  const finished = await finishReport(report, await sourceOf(values, setting), values, setting)
  return { exitCode: report.enforced ? 1 : 0, ...finished }
}

async function sourceOf(values: Values, { env }: Setting): Promise<TaskDefinitionText | null> {
  const path = values['task-definition']
  if (path === null) return null
  const { namesTaskDefinition } = await import('../../aws/task-definition/file.ts')
  if (namesTaskDefinition(path)) return null
  const { repositoryFile } = await import('../repository-file.ts')
  return repositoryFile(path, imagesOf(values), env['GITHUB_WORKSPACE'])
}

/** For each question to a registry. */
const REGISTRY_TIMEOUT_MS = 10_000

/** What is asked only where the user wants it. Without its input, none of that code is even loaded. */
async function optInRequest(
  values: Values,
  setting: Setting,
): Promise<Pick<ServiceRequest, 'askRegistry' | 'lookIntoSecret'>> {
  const reads = values['read-secrets']
  if (reads && values.snapshot !== null) throw noSecretsInSnapshot(setting.door)
  const [registry, lookIntoSecret] = await Promise.all([
    values['registry-check'] ? import('../../registry/v2.ts') : null,
    reads ? secretsReader(regionFor(values, setting)) : null,
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

function noSecretsInSnapshot(door: Door): UsageError {
  const [secrets, folder] = [labelOf('read-secrets', door), labelOf('snapshot', door)]
  return new UsageError({
    en: `A snapshot holds no values of secrets: give ${secrets} or ${folder}, not both.`,
    ko: `스냅샷에는 보안 암호의 값이 없습니다. ${secrets} 또는 ${folder} 중 하나만 지정합니다.`,
  })
}
