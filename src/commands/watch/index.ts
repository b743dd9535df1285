/** `watch`: follows a rollout, or plays its tape again. */

import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Text } from '../../domain/text.ts'
import { UsageError } from '../../domain/usage-error.ts'
import { labelOf, needed } from '../../inputs/parse-arguments.ts'
import type { Values } from '../../inputs/table.ts'
import type { CommandContext, CommandResult } from '../command.ts'
import { unreadableFile, unwritableFolder } from '../error-message.ts'
import { regionFor } from '../region.ts'
import { ignoresIn } from '../service-request.ts'
import { toolIn } from '../tool.ts'
import { finishReport } from '../write-report.ts'
import type { WatchRequest } from './request.ts'

const TIMEOUTS = { maxAttempts: 3, connectionTimeoutMs: 3_000, requestTimeoutMs: 10_000 }
/** A poll that fails is a missed poll: it is cheaper to poll again than to wait for a rate that one may ask at. */
const POLLS = { ...TIMEOUTS, retryMode: 'standard' } as const

/** Throws `UsageError` like every command; a watch that was interrupted answers with what it knows. */
export async function runWatch(values: Values, context: CommandContext): Promise<CommandResult> {
  const [{ replayWatch, watchRun }, { exitCodeOfWatch }] = await Promise.all([
    import('./loop.ts'),
    import('./conclusion.ts'),
  ])
  const report =
    values.replay === null
      ? await watched(values, context, watchRun)
      : replayWatch(await tapeIn(values.replay, labelOf('replay', context.frontend)))
  return { exitCode: exitCodeOfWatch(report), ...(await finishReport(report, null, values, context)) }
}

async function watched(values: Values, context: CommandContext, run: typeof import('./loop.ts').watchRun) {
  const request = await requestFor(values, context)
  const region = regionFor(values, context)
  const { openLive } = await import('../../aws/reader/live.ts')
  const { clock } = context
  const beganAt = clock.now()
  const say = (line: Text) => context.say(stamped(line, clock.now() - beganAt))
  const signal = context.signal === undefined ? {} : { signal: context.signal }
  const tape = values.output === null ? null : openTape(values.output, labelOf('output', context.frontend))
  say(beginning(request))
  try {
    return await run(request, {
      reader: openLive({ region, env: context.env, ...POLLS, ...signal, ...context.aws }),
      // Adaptive: it waits, and the end of the watch waits for it, but not for hosts that never answer.
      patientReader: openLive({ region, env: context.env, ...TIMEOUTS, ...signal, ...context.aws }),
      clock,
      random: Math.random,
      tool: toolIn(context.env),
      say,
      ...signal,
      ...(tape === null ? {} : { tape: (line) => void writeSync(tape, line) }),
    })
  } finally {
    if (tape !== null) closeSync(tape)
  }
}

/** `tape.ndjson` in the folder, anew. Each line is on disk as soon as it is made, so that nothing is lost however the watch ends. */
function openTape(folder: string, label: string): number {
  try {
    mkdirSync(folder, { recursive: true })
    return openSync(join(folder, 'tape.ndjson'), 'w')
  } catch (error) {
    throw unwritableFolder(label, folder, error)
  }
}

async function requestFor(values: Values, { frontend }: CommandContext): Promise<WatchRequest> {
  const { cluster, service } = values
  if (service === null) throw needed(['service'], frontend)
  const ignore = ignoresIn(values)
  const { refuseUnknownIgnores } = await import('../preflight/preflight.ts')
  refuseUnknownIgnores(ignore)
  const slowAfter = values['slow-after']
  return {
    cluster,
    service,
    taskDefinition: await revisionIn(values['task-definition'], labelOf('task-definition', frontend)),
    waitMinutes: values['wait-for-minutes'],
    appearsWithinMinutes: values['wait-for-deployment'],
    slowAfterMinutes: slowAfter === 'auto' ? null : slowAfter,
    onFailure: values['on-failure'],
    logLines: values.logs,
    flowLogs: values['flow-logs'],
    failOn: values['fail-on'],
    ignore,
  }
}

async function revisionIn(named: string | null, label: string): Promise<string | null> {
  if (named === null) return null
  const { namesTaskDefinition } = await import('../../aws/task-definition/file.ts')
  if (namesTaskDefinition(named)) return named
  throw new UsageError({
    en: `${label} of \`watch\` takes \`family\`, \`family:revision\` or an ARN, not a file: a file says nothing of the revision that it was registered as.`,
    ko: `\`watch\` 명령의 ${label} 입력에는 파일 대신 \`family\`, \`family:revision\` 또는 ARN을 지정해야 합니다. 파일에는 등록된 개정 번호가 없습니다.`,
  })
}

async function tapeIn(path: string, label: string): Promise<string> {
  const { readFile } = await import('node:fs/promises')
  return readFile(path, 'utf8').catch((error: unknown) => {
    throw unreadableFile(label, path, error)
  })
}

/** `[4:07]` since the watch began: a log that is read later has no other clock. */
function stamped({ en, ko }: Text, ms: number): Text {
  const seconds = Math.floor(ms / 1000)
  const stamp = `[${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}]`
  return { en: `${stamp} ${en}`, ko: `${stamp} ${ko}` }
}

function beginning({ cluster, service, waitMinutes }: WatchRequest) {
  const place = cluster === null ? service : `${cluster} / ${service}`
  return {
    en: `Watching ${place}, for up to ${waitMinutes} minutes.`,
    ko: `롤아웃을 관찰합니다: ${place} (최대 ${waitMinutes}분)`,
  }
}
