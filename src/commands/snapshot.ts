/** snapshot: reads what a preflight reads and saves it as a folder, so that it can be judged again without AWS. */
import { gatherService, type ServiceRequest } from '../aws/gather/index.ts'
import type { Reader } from '../aws/reader/reader.ts'
import { type Recorded, recording } from '../aws/reader/recording.ts'
import { writeSnapshot } from '../aws/reader/snapshot.ts'
import type { Unread } from '../domain/answer.ts'
import type { Clock } from '../domain/clock.ts'

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
  return because === 'unasked' || because === 'unsupported'
}
