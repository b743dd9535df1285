/** What a service has now, tags included, and writes that are looked up before anybody sends them again. */
import { describeServices } from '../../aws/calls/ecs.ts'
import type { WriteCall } from '../../aws/calls/writes.ts'
import { toService, toTags } from '../../aws/facts/service.ts'
import { isLoose, type Loose } from '../../aws/facts/shape.ts'
import type { Reader } from '../../aws/reader/reader.ts'
import type { Writer } from '../../aws/writer/writer.ts'
import type { Tag } from '../../deployment/kept-settings.ts'
import type { Clock } from '../../domain/clock.ts'
import type { KeptInTags } from '../../domain/kept-settings.ts'
import type { Service } from '../../domain/service.ts'
import type { Text } from '../../domain/text.ts'
import { notSeen, refusedByAws } from './words.ts'

/** Reader and writer are not bound to a signal: what was begun is put back even where the run is cancelled. */
export interface SettingsDeps {
  readonly reader: Reader
  readonly writer: Writer
  readonly clock: Clock
  /** Takes a line of progress. */
  readonly say: (line: Text) => void
}

export interface SettingsRequest {
  /** Names or ARNs, as ECS takes them. */
  readonly cluster: string
  readonly service: string
  /** `ownerIn(env)`. */
  readonly owner: string
}

export interface Seen {
  readonly service: Service
  readonly tags: readonly Tag[]
  readonly kept: KeptInTags
}

/** Longer than ECS takes to show everywhere what was written (Amazon ECS Developer Guide, Eventual consistency). */
const LOOKS = 6
const BETWEEN_LOOKS_MS = 1_000
const SENDS = 6

/** Null where it could not be read, however often it was tried. */
export async function lookAt(request: SettingsRequest, deps: SettingsDeps): Promise<Seen | null> {
  return (await lookUntil(() => true, request, deps)).seen
}

/** `seen` is the last that was seen. */
async function lookUntil(
  isSo: (seen: Seen) => boolean,
  { cluster, service }: SettingsRequest,
  { reader, clock }: SettingsDeps,
): Promise<{ readonly isSo: boolean; readonly seen: Seen | null }> {
  let last: Seen | null = null
  for (let look = 1; ; look += 1) {
    const answer = await reader.read(describeServices, { cluster: [cluster], service: [service] })
    const seen = answer.known ? seenIn(answer.value[0]) : null
    if (seen !== null && isSo(seen)) return { isSo: true, seen }
    last = seen ?? last
    if (look === LOOKS) return { isSo: false, seen: last }
    await clock.sleep(BETWEEN_LOOKS_MS)
  }
}

function seenIn(record: unknown): Seen | null {
  const service = isLoose(record) ? toService(record) : null
  if (service === null || !isLoose(record)) return null
  const { kept = { kept: [], illegible: [] } } = service
  return { service, tags: toTags(record['tags']), kept }
}

export type Ensured =
  | { readonly isDone: true; readonly seen: Seen }
  /** `isSure`: nothing was done. */
  | { readonly isDone: false; readonly isSure: boolean; readonly because: Text }

/** Sends a write until what it does is seen, or AWS refuses it. */
export async function ensure(
  {
    call,
    input,
    isDone,
  }: { readonly call: WriteCall; readonly input: Loose; readonly isDone: (seen: Seen) => boolean },
  request: SettingsRequest,
  deps: SettingsDeps,
): Promise<Ensured> {
  for (let send = 1; ; send += 1) {
    const written = await deps.writer.write(call, input)
    if (written.outcome === 'refused') return { isDone: false, isSure: send === 1, because: refusedByAws(written) }
    const { isSo, seen } = await lookUntil(isDone, request, deps)
    if (isSo && seen !== null) return { isDone: true, seen }
    if (send === SENDS) return { isDone: false, isSure: false, because: notSeen(call.operation) }
  }
}
