/** Which Region a run is about. */

import { UsageError } from '../domain/usage-error.ts'
import { labelOf } from '../inputs/parse-arguments.ts'
import type { Values } from '../inputs/table.ts'
import type { CommandContext } from './command.ts'

/** Throws `UsageError` where nothing tells. */
export function regionFor(values: Values, { frontend, env }: Pick<CommandContext, 'frontend' | 'env'>): string {
  const region =
    values.region ??
    values.service?.map(regionOfArn).find((region) => region !== null) ??
    regionOfArn(values.cluster) ??
    env['AWS_REGION'] ??
    env['AWS_DEFAULT_REGION']
  if (region === undefined || region === '') throw regionNeeded(frontend)
  return region
}

function regionOfArn(name: string | null): string | null {
  return /^arn:[^:]+:ecs:([^:]+):/.exec(name ?? '')?.[1] ?? null
}

function regionNeeded(frontend: CommandContext['frontend']): UsageError {
  const label = labelOf('region', frontend)
  return new UsageError({
    en: `No AWS Region is known: give ${label}, or set AWS_REGION.`,
    ko: `AWS 리전을 알 수 없습니다. ${label} 입력 또는 AWS_REGION 환경 변수를 지정해야 합니다.`,
  })
}
