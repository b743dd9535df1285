/** Puts back what `keepSettings` changed: the settings first, and once they are seen, the tags go. */
import { updateService } from '../../aws/calls/writes.ts'
import { temporaryStates } from '../../changes/ecs/undo-settings.ts'
import { settingOf, updateOf } from '../../deployment/temporary-settings.ts'
import {
  type KeptInTags,
  type KeptKind,
  type KeptSettings,
  type SettingChange,
  sameSetting,
  type TemporaryState,
} from '../../domain/kept-settings.ts'
import { mayTakeAway } from '../../domain/lease.ts'
import type { Text } from '../../domain/text.ts'
import { forget, isSo } from './keep.ts'
import { ensure, lookAt, type Seen, type SettingsDeps, type SettingsRequest } from './look.ts'
import {
  changedByOthers,
  illegible,
  leased,
  nothingToRestore,
  notPassing,
  notRestored,
  restoredText,
  shared,
  UNREAD,
} from './words.ts'

export interface RestoreRequest extends SettingsRequest {
  /** All of them where not given. */
  readonly kinds?: readonly KeptKind[]
  /** Of subnets that were left out, those in which preflight passes. Without it, no subnets are put back. */
  readonly passing?: (subnetIds: readonly string[]) => Promise<ReadonlySet<string>>
}

export interface Restoration {
  /** What was put back, from what to what (contract, section 9); null where nothing was. */
  readonly restored: readonly SettingChange[] | null
  /** What still stands in the tags; null where they could not be read. */
  readonly remaining: KeptInTags | null
  /** The same as a report leads with it. */
  readonly temporary: readonly TemporaryState[] | null
  /** What was put back, and what was left alone and why. */
  readonly notes: readonly Text[]
  /** Subnets were put back. */
  readonly startsDeployment: boolean
}

/** Its own at once, anybody's after the lease. Rejects with nothing that AWS does; what fails stays in the tags for the next run. */
export async function restoreSettings(request: RestoreRequest, deps: SettingsDeps): Promise<Restoration> {
  let seen = await lookAt(request, deps)
  if (seen === null)
    return { restored: null, remaining: null, temporary: null, notes: [UNREAD], startsDeployment: false }
  const isAsked = ({ kind }: { readonly kind: KeptKind | null }) =>
    request.kinds === undefined || kind === null || request.kinds.includes(kind)
  const states = seen.kept.kept.filter(isAsked)
  const outcomes: Outcome[] = []
  for (const state of states) {
    const outcome = await restoreOne(state, seen, request, deps)
    for (const note of outcome.notes) deps.say(note)
    outcomes.push(outcome)
    seen = outcome.seen ?? (await lookAt(request, deps)) ?? seen
  }
  const restored = outcomes.flatMap((one) => one.restored)
  return {
    restored: restored.length === 0 ? null : restored,
    remaining: seen.kept,
    temporary: temporaryStates(seen.service, deps.reader.region),
    notes: [...outcomes.flatMap(({ notes }) => notes), ...seen.kept.illegible.filter(isAsked).map(illegible)],
    startsDeployment: restored.some(({ setting }) => setting === 'subnets'),
  }
}

interface Outcome {
  readonly restored: readonly SettingChange[]
  readonly notes: readonly Text[]
  /** The service as it is now; null where that has to be looked at again. */
  readonly seen: Seen | null
}

async function restoreOne(
  state: KeptSettings,
  seen: Seen,
  request: RestoreRequest,
  deps: SettingsDeps,
): Promise<Outcome> {
  const who = { owner: request.owner, now: deps.clock.now() }
  const left = (note: Text): Outcome => ({ restored: [], notes: [note], seen })
  if (!mayTakeAway(state.lease, who)) return left(leased(state))
  const rival = seen.kept.kept.find((one) => one.kind === state.kind && !mayTakeAway(one.lease, who))
  if (rival !== undefined)
    return isAlike(rival, state) ? untag(state, seen, [], [shared(rival)], request, deps) : left(leased(rival))
  const { mine, theirs } = whose(state.changes, seen)
  const missing = state.kind === 'bad-subnets' && mine.length > 0 ? await notYetPassing(mine, request) : []
  if (missing.length > 0) return left(notPassing(state, missing))
  const notes = [
    ...(mine.length > 0 ? [restoredText(state.kind, mine)] : []),
    ...(theirs.length > 0 ? [changedByOthers(state, theirs)] : []),
    ...(mine.length + theirs.length === 0 ? [nothingToRestore(state)] : []),
  ]
  if (mine.length === 0) return untag(state, seen, [], notes, request, deps)
  const { cluster, service } = request
  const back = Object.fromEntries(mine.map(({ setting, after }) => [setting, after]))
  const input = { cluster, service, ...updateOf(seen.service, back) }
  const isDone = (now: Seen) => isSo(now.service, mine, 'after')
  const done = await ensure({ call: updateService, input, isDone }, request, deps)
  if (!done.isDone) return { ...left(notRestored(state, done.because)), seen: null }
  return untag(state, done.seen, mine, notes, request, deps)
}

async function untag(
  state: KeptSettings,
  { service }: Seen,
  restored: readonly SettingChange[],
  notes: readonly Text[],
  request: RestoreRequest,
  deps: SettingsDeps,
): Promise<Outcome> {
  const gone = await forget(service.arn, state.tagKeys, request, deps)
  if (gone.isDone) return { restored, notes, seen: gone.seen }
  return { restored, notes: [...notes, notRestored(state, gone.because)], seen: null }
}

/** `before` is what is now, `after` what was: what is still as we made it is ours to put back, what somebody else made of it is not. */
function whose(changes: readonly SettingChange[], { service }: Seen) {
  const now = changes.flatMap(({ setting, before: was, after: made }) => {
    const is = settingOf(service, setting)
    if (is === null || sameSetting(is, was)) return []
    return [{ isMine: sameSetting(is, made), change: { setting, before: is, after: was } }]
  })
  return {
    mine: now.filter(({ isMine }) => isMine).map(({ change }) => change),
    theirs: now.filter(({ isMine }) => !isMine).map(({ change }) => change),
  }
}

async function notYetPassing(
  [subnets]: readonly SettingChange[],
  { passing }: RestoreRequest,
): Promise<readonly string[]> {
  const [now, was] = [subnets?.before, subnets?.after]
  const out = typeof was === 'object' && typeof now === 'object' ? was.filter((id) => !now.includes(id)) : []
  const good = passing === undefined ? new Set() : await passing(out)
  return out.filter((id) => !good.has(id))
}

/** The same to come back to. */
function isAlike(one: KeptSettings, other: KeptSettings): boolean {
  return other.changes.every(({ setting, before }) =>
    one.changes.some((change) => change.setting === setting && sameSetting(change.before, before)),
  )
}
