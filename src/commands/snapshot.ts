/** snapshot: reads what a preflight reads and saves it as a folder, so that it can be judged again without AWS. */
import { gatherService, type ServiceRequest } from '../aws/gather/index.ts'
import type { Reader } from '../aws/reader/reader.ts'
import { type Recorded, recording } from '../aws/reader/recording.ts'
import { writeSnapshot } from '../aws/reader/snapshot.ts'
import type { Unread } from '../domain/answer.ts'
import type { Clock } from '../domain/clock.ts'
import { needed } from '../inputs/parse-arguments.ts'
import type { Values } from '../inputs/table.ts'
import { type CommandContext, type CommandResult, NOTHING_MORE } from './command.ts'
import { readerFor, serviceRequest } from './service-request.ts'

export async function runSnapshot(values: Values, context: CommandContext): Promise<CommandResult> {
  const folder = values.output
  if (folder === null) throw needed(['output'], context.frontend)
  const [request, reader] = await Promise.all([serviceRequest(values), readerFor(values, context)])
  const { files, unread } = await snapshot({ ...request, folder }, { reader, clock: context.clock })
  const notes = unread.map(({ permission, detail }) => ({
    en: `Could not be read: ${permission} (${detail}).`,
    ko: `읽지 못했습니다: ${permission} (${detail})`,
  }))
  const said = {
    en: `Wrote ${files.length} files to ${folder}.`,
    ko: `파일을 저장했습니다: ${folder} (${files.length}개)`,
  }
  return { ...NOTHING_MORE, exitCode: 0, output: `${said[values.language]}\n`, notes, folder }
}

export interface SnapshotRequest extends ServiceRequest {
  readonly folder: string
}

export interface SnapshotTaken {
  /** Paths below the folder. */
  readonly files: readonly string[]
  /** What has no file because AWS would not tell, one entry a permission and reason. */
  readonly unread: readonly Unread[]
}

/** Throws `UsageError` for a service that does not exist, where nothing could be read, and for a folder that cannot be written. */
export async function snapshot(
  { folder, ...request }: SnapshotRequest,
  { reader, clock }: { readonly reader: Reader; readonly clock: Clock },
): Promise<SnapshotTaken> {
  const recorder = recording(reader)
  const { target } = await gatherService(recorder, request)
  const { region, accountId } = target
  const recorded = recorder.recorded()
  const files = await writeSnapshot(folder, recorded, { region, accountId, takenAt: clock.now() })
  return { files, unread: unreadOf(recorded) }
}

function unreadOf(recorded: readonly Recorded[]): readonly Unread[] {
  const missing = recorded.flatMap(({ answer }) => (answer.known || isNeverAsked(answer) ? [] : [answer]))
  return [...new Map(missing.map((one) => [`${one.permission} ${one.because}`, one])).values()]
}

function isNeverAsked({ because }: Unread): boolean {
  return because === 'unasked'
}
