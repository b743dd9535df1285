/** What a command is about: which Region, read by whom, which service with which images. */

import type { ServiceRequest } from '../aws/gather/index.ts'
import type { Reader } from '../aws/reader/reader.ts'
import { UsageError } from '../domain/usage-error.ts'
import { labelOf } from '../inputs/parse-arguments.ts'
import type { Values } from '../inputs/table.ts'
import type { Setting } from './command.ts'

/** Throws `UsageError` where nothing tells. */
export function regionFor(values: Values, { door, env }: Pick<Setting, 'door' | 'env'>): string {
  const region =
    values.region ??
    regionOfArn(values.service) ??
    regionOfArn(values.cluster) ??
    env['AWS_REGION'] ??
    env['AWS_DEFAULT_REGION']
  if (region === undefined || region === '') throw regionNeeded(door)
  return region
}

function regionOfArn(name: string | null): string | null {
  return /^arn:[^:]+:ecs:([^:]+):/.exec(name ?? '')?.[1] ?? null
}

function regionNeeded(door: Setting['door']): UsageError {
  const label = labelOf('region', door)
  return new UsageError({
    en: `No AWS Region is known: give ${label}, or set AWS_REGION.`,
    ko: `AWS 리전을 알 수 없습니다. ${label} 입력 또는 AWS_REGION 환경 변수를 지정해야 합니다.`,
  })
}

export async function readerFor(values: Values, setting: Setting): Promise<Reader> {
  if (values.snapshot !== null) return (await import('../aws/reader/folder.ts')).openFolder(values.snapshot)
  const region = regionFor(values, setting)
  return (await import('../aws/reader/live.ts')).openLive({ region, ...setting.aws })
}

export async function serviceRequest(values: Values): Promise<ServiceRequest> {
  const { cluster, service } = values
  const named = values['task-definition']
  const images = imagesOf(values)
  if (named === null) return { cluster, service, images }
  const { namesTaskDefinition, taskDefinitionFromFile } = await import('../aws/task-definition/file.ts')
  if (namesTaskDefinition(named)) return { cluster, service, images, taskDefinition: named }
  return { cluster, service, images, taskDefinition: (await taskDefinitionFromFile(named)).definition }
}

/** By container. */
export function imagesOf({ image }: Values): Readonly<Record<string, string>> {
  return Object.fromEntries((image ?? []).map(splitOnce))
}

function splitOnce(line: string): readonly [string, string] {
  const at = line.indexOf('=')
  return [line.slice(0, at), line.slice(at + 1)]
}
