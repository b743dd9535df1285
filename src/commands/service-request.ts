/** Which service a command is about, and who reads it. */
import type { AwsService } from '../aws/calls/call.ts'
import type { ServiceRequest } from '../aws/gather/index.ts'
import type { Reader } from '../aws/reader/reader.ts'
import type { Ignore } from '../checks/engine/verdict.ts'
import type { Text } from '../domain/text.ts'
import { UsageError } from '../domain/usage-error.ts'
import { labelOf } from '../inputs/parse-arguments.ts'
import type { Values } from '../inputs/table.ts'
import type { CommandContext } from './command.ts'
import { regionFor } from './region.ts'

export async function serviceRequest(values: Values): Promise<ServiceRequest> {
  const { cluster } = values
  const service = values.service?.[0] ?? null
  const named = values['task-definition']?.[0] ?? null
  const images = imagesIn(values)
  if (named === null) return { cluster, service, images }
  const { namesTaskDefinition } = await import('../aws/task-definition/file.ts')
  if (namesTaskDefinition(named)) return { cluster, service, images, taskDefinition: named }
  const { registrationFromFile } = await import('../aws/task-definition/registration.ts')
  return { cluster, service, images, taskDefinition: (await registrationFromFile(named, { images })).definition }
}

/** By the container they are for. */
export function imagesIn({ image }: Values): Readonly<Record<string, string>> {
  return Object.fromEntries((image ?? []).map(splitOnce))
}

function splitOnce(line: string): readonly [string, string] {
  const at = line.indexOf('=')
  return [line.slice(0, at), line.slice(at + 1)]
}

export async function readerFor(values: Values, context: CommandContext): Promise<Reader> {
  if (values.snapshot !== null) {
    const folder = await (await import('../aws/reader/folder.ts')).openFolder(values.snapshot)
    if (values.region !== null && values.region !== folder.region)
      throw otherRegion(values.region, folder.region, context)
    return folder
  }
  const region = regionFor(values, context)
  const { openLive } = await import('../aws/reader/live.ts')
  const slow = (service: AwsService) => context.say(slowAnswer(service))
  return openLive({ region, env: context.env, limits: LIMITS, slow, ...context.aws })
}

/** What a step of a pipeline can wait for: what is missing by then is named. */
const LIMITS = { callMs: 25_000, runMs: 50_000 }

export function slowAnswer(service: AwsService): Text {
  return {
    en: `No answer from ${service} for 10 s; still waiting.`,
    ko: `10초 동안 응답이 없습니다(${service}). 계속 기다립니다.`,
  }
}

function otherRegion(asked: string, recorded: string, { frontend }: CommandContext): UsageError {
  const [region, snapshot] = [labelOf('region', frontend), labelOf('snapshot', frontend)]
  return new UsageError({
    en: `${region} says ${asked}, and ${snapshot} holds what was read in ${recorded}: leave ${region} out.`,
    ko: `${region} 입력의 리전과 ${snapshot} 입력의 리전이 서로 다릅니다(${asked}, ${recorded}). ${region} 입력을 생략해야 합니다.`,
  })
}

/** Lines of the input `ignore`: `id`, `id subject`, and a reason behind `#`. */
export function ignoresIn({ ignore }: Values): readonly Ignore[] {
  return (ignore ?? []).map((line) => {
    const [what = '', ...reason] = line.split('#')
    const [check = '', subject] = what.trim().split(/\s+/)
    return { check, subject: subject ?? null, reason: reason.join('#').trim() }
  })
}
