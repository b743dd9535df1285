/** `watch`: follows a rollout, or plays its tape again. */

import { closeSync, openSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { AwsService } from '../../aws/calls/call.ts'
import type { AnyReport } from '../../domain/services-report.ts'
import type { Text } from '../../domain/text.ts'
import { UsageError } from '../../domain/usage-error.ts'
import { emptyFile } from '../../files/own-files.ts'
import { MEBIBYTE } from '../../files/plain-file.ts'
import { labelOf } from '../../inputs/parse-arguments.ts'
import type { Values } from '../../inputs/table.ts'
import type { CommandContext, CommandResult } from '../command.ts'
import { unwritableFolder } from '../error-message.ts'
import { regionFor } from '../region.ts'
import { slowAnswer } from '../service-request.ts'
import { toolIn } from '../tool.ts'
import { finishReport, folderNamed } from '../write-report.ts'
import type { WatchRequest } from './request.ts'
import { nameOf, requestsFor } from './requests.ts'
import { TAPE_VERSION } from './tape.ts'

const TIMEOUTS = { connectionTimeoutMs: 3_000, requestTimeoutMs: 10_000 }
/** A poll that fails is a missed poll: it is cheaper to poll again than to wait for one more try. */
const POLLS = {
  ...TIMEOUTS,
  maxAttempts: 3,
  limits: { callMs: 20_000, runMs: Number.POSITIVE_INFINITY },
} as const

/** Throws `UsageError` like every command; a watch that was interrupted answers with what it knows. */
export async function runWatch(values: Values, context: CommandContext): Promise<CommandResult> {
  const { exitCodeOf } = await import('./conclusion.ts')
  const report =
    values.replay === null
      ? await watched(values, context)
      : await replayed(values.replay, labelOf('replay', context.frontend))
  return { exitCode: exitCodeOf(report), ...(await finishReport(report, null, values, context)) }
}

async function watched(values: Values, context: CommandContext): Promise<AnyReport> {
  const [request, ...others] = await requestsFor(values, context)
  if (request === undefined) throw new TypeError('a watch is of a service at least')
  const region = regionFor(values, context)
  const [{ openLive }, { watchRun }] = await Promise.all([import('../../aws/reader/live.ts'), import('./loop.ts')])
  const { clock } = context
  const beganAt = clock.now()
  const say = (line: Text) => context.say(stamped(line, clock.now() - beganAt))
  const signal = context.signal === undefined ? {} : { signal: context.signal }
  const requests = [request, ...others]
  const tapes = values.output === null ? null : await openTapes(values.output, requests, context)
  say(beginning(requests))
  const slow = (service: AwsService) => say(slowAnswer(service))
  const deps = {
    reader: openLive({ region, env: context.env, ...POLLS, ...signal, ...context.aws }),
    // It tries more often, and the end of the watch waits for it, but not for hosts that never answer.
    patientReader: openLive({ region, env: context.env, ...TIMEOUTS, slow, ...signal, ...context.aws }),
    clock,
    random: Math.random,
    tool: toolIn(context.env),
    say,
    ...signal,
  }
  try {
    if (others.length === 0)
      return await watchRun(request, { ...deps, ...(tapes === null ? {} : { tape: tapes.of(null) }) })
    const { watchServices } = await import('./several.ts')
    return await watchServices(requests, { ...deps, ...(tapes === null ? {} : { tapeOf: tapes.of }) })
  } finally {
    tapes?.close()
  }
}

interface Tapes {
  /** Of a service, or of the whole (null). Each line is on disk as soon as it is made, so that nothing is lost however the watch ends. */
  readonly of: (service: string | null) => (line: string) => void
  readonly close: () => void
}

/** `tape.ndjson` in the folder, anew; of several services, also one in the folder of each. */
async function openTapes(
  folder: string,
  requests: readonly WatchRequest[],
  { frontend }: CommandContext,
): Promise<Tapes> {
  const names = requests.length === 1 ? [] : requests.map(({ service }) => nameOf(service))
  const label = labelOf('output', frontend)
  const files = new Map<string | null, number>()
  for (const name of [null, ...names]) files.set(name, await openTape(placeOf(folder, name), label))
  return {
    of: (service) => {
      const file = files.get(service)
      if (file === undefined) throw new TypeError(`no tape of ${service}`)
      return (line) => void writeSync(file, line)
    },
    close: () => {
      for (const file of files.values()) closeSync(file)
    },
  }
}

function placeOf(folder: string, service: string | null): string {
  return service === null ? folder : join(folder, folderNamed(service))
}

async function openTape(folder: string, label: string): Promise<number> {
  try {
    return openSync(await emptyFile(folder, 'tape.ndjson', `"version":${TAPE_VERSION}`), 'a')
  } catch (error) {
    throw error instanceof UsageError ? error : unwritableFolder(label, folder, error)
  }
}

/** Of several services the tapes lie in folders beside the one that is named. */
async function replayed(path: string, label: string): Promise<AnyReport> {
  const [{ replayWatch }, { servicesOnTape }] = await Promise.all([import('./loop.ts'), import('./services-tape.ts')])
  const text = await tapeIn(path, label)
  const named = servicesOnTape(text)
  if (named === null) return replayWatch(text)
  const { replayServices } = await import('./several.ts')
  return replayServices(named, (service) => tapeIn(join(placeOf(dirname(path), service), 'tape.ndjson'), label))
}

/** Ten times that of a rollout of hundreds of tasks that failed for half an hour. */
const LONGEST_TAPE = 64 * MEBIBYTE

async function tapeIn(path: string, label: string): Promise<string> {
  const { namedFile } = await import('../named-file.ts')
  return new TextDecoder().decode(await namedFile(label, path, LONGEST_TAPE))
}

/** `[4:07]` since the watch began: a log that is read later has no other clock. */
function stamped({ en, ko }: Text, ms: number): Text {
  const seconds = Math.floor(ms / 1000)
  const stamp = `[${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}]`
  return { en: `${stamp} ${en}`, ko: `${stamp} ${ko}` }
}

function beginning(requests: readonly WatchRequest[]): Text {
  const [first] = requests
  const services = requests.map(({ service }) => service).join(', ')
  const place = first?.cluster == null ? services : `${first.cluster} / ${services}`
  return {
    en: `Watching ${place}, for up to ${first?.waitMinutes} ${first?.waitMinutes === 1 ? 'minute' : 'minutes'}. The times in brackets count from here; those of the report count from the beginning of the rollout.`,
    ko: `롤아웃을 관찰합니다: ${place} (최대 ${first?.waitMinutes}분). 대괄호 안의 시간은 관찰 시작부터, 보고서의 시간은 롤아웃 시작부터 셉니다.`,
  }
}
