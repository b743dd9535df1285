/** Settings of a service that are other for a while: what they were is kept in the service's tags until it is so again. */
import type { Lease } from './lease.ts'

/** What they are other for, as the inputs call it. Each kind has settings of its own. */
export const KEPT_KINDS = ['percent', 'bad-subnets', 'enable-exec'] as const
export type KeptKind = (typeof KEPT_KINDS)[number]

/** ECS's names (API Reference, UpdateService); `subnets` are those of `awsvpcConfiguration`. */
export const SETTING_NAMES = ['minimumHealthyPercent', 'maximumPercent', 'subnets', 'enableExecuteCommand'] as const
export type SettingName = (typeof SETTING_NAMES)[number]
export type SettingValue = number | boolean | readonly string[]

/** From what to what. */
export interface SettingChange {
  readonly setting: SettingName
  readonly before: SettingValue
  readonly after: SettingValue
}

export interface KeptSettings {
  readonly kind: KeptKind
  readonly lease: Lease
  /** `before`: what to come back to; `after`: what is to be in the meantime. */
  readonly changes: readonly SettingChange[]
  /** Of the tags that keep it. */
  readonly tagKeys: readonly string[]
}

/** `incomplete`: a part is missing. `altered`: not as it was written. `unknown-form`: of a later version, or of somebody else. */
export const ILLEGIBLE_BECAUSE = ['incomplete', 'altered', 'unknown-form'] as const
export type IllegibleBecause = (typeof ILLEGIBLE_BECAUSE)[number]

/** Tags of ours that do not say what to come back to. Nobody writes over them. */
export interface IllegibleState {
  /** Null where the key names none that is known here. */
  readonly kind: KeptKind | null
  readonly tagKeys: readonly string[]
  readonly because: IllegibleBecause
}

export interface KeptInTags {
  readonly kept: readonly KeptSettings[]
  readonly illegible: readonly IllegibleState[]
}

export function isAnythingKept({ kept, illegible }: KeptInTags): boolean {
  return kept.length + illegible.length > 0
}

/** Subnets are a set to ECS. */
export function sameSetting(one: SettingValue, other: SettingValue): boolean {
  if (typeof one !== 'object' || typeof other !== 'object') return one === other
  return one.length === other.length && one.every((id) => other.includes(id))
}

/** As a report leads with it. */
export interface TemporaryState {
  readonly state: KeptSettings | IllegibleState
  /** The service has what was put in the place of its own; false where nothing but tags is left. Null where nobody can tell. */
  readonly isInForce: boolean | null
  /** One command to paste, of several lines: puts back what is in force, then takes the tags away. */
  readonly undo: string
}
