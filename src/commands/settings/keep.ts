/**
 * Changes settings of a service for a while. Written to its tags before anything is changed: what to put back, for whom, and until when.
 * A kill at any point leaves tags that `restoreSettings` understands.
 */
import { tagResource, untagResource, updateService } from '../../aws/calls/writes.ts'
import type { Loose } from '../../aws/facts/shape.ts'
import { roomForTags, type Tag, tagsOf } from '../../deployment/kept-settings.ts'
import { type SettingsPlan, settingOf, updateOf } from '../../deployment/temporary-settings.ts'
import { type KeptKind, type KeptSettings, type SettingChange, sameSetting } from '../../domain/kept-settings.ts'
import type { Service } from '../../domain/service.ts'
import type { Text } from '../../domain/text.ts'
import { type Ensured, ensure, lookAt, type Seen, type SettingsDeps, type SettingsRequest } from './look.ts'
import { illegible, inForce, MOVED, NOT_ACTIVE, noRoom, RIVAL, SHORT_ARN, standsInTheWay, UNREAD } from './words.ts'

export interface KeepRequest extends SettingsRequest {
  readonly kind: KeptKind
  /** When others may put it back, in milliseconds since 1970. */
  readonly until: number
  /** What to change of the service as it is now. */
  readonly plan: (service: Service) => SettingsPlan
}

export type Keeping =
  /** The tags stand, nothing is changed yet: `input` is for the UpdateService that is to come, the caller's own or that of `changeSettings`. */
  | { readonly outcome: 'kept'; readonly kept: KeptSettings; readonly input: Loose }
  /** It is so already. */
  | { readonly outcome: 'nothing'; readonly because: Text }
  /** Nothing was changed, and no tag was left behind but one that the sentence names. */
  | { readonly outcome: 'refused'; readonly because: Text }

export async function keepSettings(request: KeepRequest, deps: SettingsDeps): Promise<Keeping> {
  const { kind, owner, until } = request
  const seen = await lookAt(request, deps)
  if (seen === null) return { outcome: 'refused', because: UNREAD }
  const plan = planFor(seen, request)
  if (plan.outcome !== 'change') return plan
  const { changes } = plan
  const kept = { kind, lease: { owner, until }, changes }
  const tags = tagsOf(kept)
  const room = roomForTags(seen.tags)
  if (tags.length > room) return { outcome: 'refused', because: noRoom(tags.length, room) }
  const resourceArn = seen.service.arn
  const write = { call: tagResource, input: { resourceArn, tags }, isDone: (now: Seen) => holds(now.tags, tags) }
  const written = await ensure(write, request, deps)
  const obstacle = written.isDone ? obstacleIn(written.seen, changes, tags, kind) : written.because
  if (obstacle === null) {
    const tagKeys = tags.map(({ key }) => key)
    return { outcome: 'kept', kept: { ...kept, tagKeys }, input: inputOf(seen.service, kind, changes) }
  }
  if (written.isDone || !written.isSure)
    await forget(
      resourceArn,
      tags.map(({ key }) => key),
      request,
      deps,
    )
  return { outcome: 'refused', because: obstacle }
}

export type Changing =
  /** `service`: with the change in it. */
  { readonly outcome: 'changed'; readonly service: Service } | { readonly outcome: 'refused'; readonly because: Text }

/** Sends what is kept, and sees it done. Where it is refused, the tags stay: `restoreSettings` takes them away. */
export async function changeSettings(
  request: SettingsRequest,
  { kept: { changes }, input }: { readonly kept: KeptSettings; readonly input: Loose },
  deps: SettingsDeps,
): Promise<Changing> {
  const { cluster, service } = request
  const call = { call: updateService, input: { cluster, service, ...input } }
  const done = await ensure({ ...call, isDone: (now) => isSo(now.service, changes, 'after') }, request, deps)
  return done.isDone
    ? { outcome: 'changed', service: done.seen.service }
    : { outcome: 'refused', because: done.because }
}

/** Takes tags away, and sees that they are gone. */
export function forget(
  resourceArn: string,
  tagKeys: readonly string[],
  request: SettingsRequest,
  deps: SettingsDeps,
): Promise<Ensured> {
  const isDone = ({ tags }: Seen) => !tags.some(({ key }) => tagKeys.includes(key))
  return ensure({ call: untagResource, input: { resourceArn, tagKeys }, isDone }, request, deps)
}

export function isSo(service: Service, changes: readonly SettingChange[], side: 'before' | 'after'): boolean {
  return changes.every((change) => {
    const now = settingOf(service, change.setting)
    return now !== null && sameSetting(now, change[side])
  })
}

/** A state that is there is never written over. */
function planFor({ service, kept: { kept, illegible: odd } }: Seen, { kind, plan }: KeepRequest): SettingsPlan {
  if (service.status !== 'ACTIVE') return { outcome: 'refused', because: NOT_ACTIVE }
  // `arn:…:service/CLUSTER/NAME`
  if (service.arn.split('/').length < 3) return { outcome: 'refused', because: SHORT_ARN }
  const unread = odd.find((state) => state.kind === kind)
  if (unread !== undefined) return { outcome: 'refused', because: illegible(unread) }
  const planned = plan(service)
  const there = kept.find((state) => state.kind === kind)
  if (there === undefined) return planned
  const isInForce = isSo(service, there.changes, 'after') && planned.outcome !== 'change'
  return isInForce
    ? { outcome: 'nothing', because: inForce(there) }
    : { outcome: 'refused', because: standsInTheWay(there) }
}

/** Two that write at the same moment see each other here, and neither goes on. */
function obstacleIn(
  { service, kept }: Seen,
  changes: readonly SettingChange[],
  own: readonly Tag[],
  kind: KeptKind,
): Text | null {
  const keys = own.map(({ key }) => key)
  const others = [...kept.kept, ...kept.illegible].filter((state) => state.kind === kind)
  if (others.some(({ tagKeys }) => !tagKeys.every((key) => keys.includes(key)))) return RIVAL
  return isSo(service, changes, 'before') ? null : MOVED
}

function holds(tags: readonly Tag[], wanted: readonly Tag[]): boolean {
  return wanted.every(({ key, value }) => tags.some((tag) => tag.key === key && tag.value === value))
}

/** Exec is fixed when a task starts, and the setting alone replaces none (ECS API Reference, UpdateService). */
function inputOf(service: Service, kind: KeptKind, changes: readonly SettingChange[]): Loose {
  const after = Object.fromEntries(changes.map((change) => [change.setting, change.after]))
  return { ...updateOf(service, after), ...(kind === 'enable-exec' ? { forceNewDeployment: true } : {}) }
}
