/**
 * Kept settings as tags of a service, and back. A state is one text, `v1 CHECKSUM maximumPercent=100/200 … by OWNER until TIME`, cut into as many
 * tags as it needs. Keys hold a hash of the owner, so that two owners who write at the same time never write over each other.
 * A value of a tag is at most 256 letters, digits, spaces and `+ - = . _ : / @`, and a service has 50 tags at most (ECS API Reference, Tag).
 */
import { grouped } from '../domain/collections.ts'
import {
  type IllegibleBecause,
  type IllegibleState,
  KEPT_KINDS,
  type KeptInTags,
  type KeptSettings,
  type SettingChange,
  type SettingName,
  type SettingValue,
} from '../domain/kept-settings.ts'
import { leaseIn, leaseTag } from '../domain/lease.ts'

export interface Tag {
  readonly key: string
  readonly value: string
}

const LONGEST_VALUE = 256
const FORM = 'v1'
const PREFIX = 'ecs-pull-guard:'
/** Those of another subject: what a rehearsal makes has a tag of this name. */
const OTHERS = new Set([`${PREFIX}rehearsal`])

/** In their order. */
export function tagsOf({ kind, lease, changes }: Omit<KeptSettings, 'tagKeys'>): readonly Tag[] {
  const said = `${changes.map(changeText).join(' ')} by ${leaseTag(lease)}`
  const pieces = piecesOf(`${FORM} ${checksum(said)} ${said}`)
  const owner = ownerMark(leaseTag(lease))
  return pieces.map((piece, at) => ({
    key: `${PREFIX}${kind}:${owner}:${at + 1}`,
    value: `${at + 1}/${pieces.length} ${piece}`,
  }))
}

/** From all tags of a service. */
export function keptIn(tags: readonly Tag[]): KeptInTags {
  const own = tags.filter(({ key }) => key.startsWith(PREFIX) && !OTHERS.has(key))
  const states = [...grouped(own, ({ key }) => key.replace(/:\d+$/, ''))].map(([name, parts]) => stateIn(name, parts))
  return {
    kept: states.filter((one) => 'lease' in one),
    illegible: states.filter((one) => 'because' in one),
  }
}

function stateIn(name: string, parts: readonly Tag[]): KeptSettings | IllegibleState {
  const [kindName, owner] = name.slice(PREFIX.length).split(':')
  const kind = KEPT_KINDS.find((one) => one === kindName) ?? null
  const tagKeys = parts.map(({ key }) => key)
  const illegible = (because: IllegibleBecause) => ({ kind, tagKeys, because })
  const text = textOf(parts)
  if (kind === null || text === 'unknown-form') return illegible('unknown-form')
  if (text === 'incomplete') return illegible('incomplete')
  const [form, sum, ...rest] = text.split(' ')
  if (form !== FORM) return illegible('unknown-form')
  const said = rest.join(' ')
  const [, settings = '', leased = ''] = /^(\S+(?: \S+)*?) by (.*)$/.exec(said) ?? []
  const lease = leaseIn(leased)
  const changes = settings.split(' ').map(changeIn)
  const isWhole = checksum(said) === sum && lease !== null && ownerMark(leased) === owner
  if (!isWhole || changes.some((one) => one === null)) return illegible('altered')
  return { kind, lease, changes: changes.filter((one) => one !== null), tagKeys }
}

/** The parts in their order, joined; none of them may be missing or there twice. */
function textOf(parts: readonly Tag[]): string {
  const read = parts.map(({ key, value }) => {
    const [, at, of, piece = ''] = /^(\d+)\/(\d+) (.*)$/su.exec(value) ?? []
    return at !== undefined && key.endsWith(`:${at}`) ? { at: Number(at), of: Number(of), piece } : null
  })
  if (read.some((one) => one === null)) return 'unknown-form'
  const known = read.filter((one) => one !== null).sort((one, other) => one.at - other.at)
  const isWhole = known.every(({ at, of }, index) => at === index + 1 && of === known.length)
  return isWhole ? known.map(({ piece }) => piece).join('') : 'incomplete'
}

/** Cut so that no piece begins or ends with a space, which nothing promises to keep. */
function piecesOf(text: string): readonly string[] {
  const letters = [...text]
  const pieces: string[] = []
  for (let from = 0; from < letters.length; ) {
    let to = Math.min(letters.length, from + LONGEST_VALUE - '99/99 '.length)
    while (to < letters.length && to > from + 1 && (letters[to] === ' ' || letters[to - 1] === ' ')) to -= 1
    pieces.push(letters.slice(from, to).join(''))
    from = to
  }
  return pieces
}

function changeText({ setting, before, after }: SettingChange): string {
  return `${setting}=${valueText(before)}/${valueText(after)}`
}

function valueText(value: SettingValue): string {
  return typeof value === 'object' ? value.join('+') : String(value)
}

function changeIn(text: string): SettingChange | null {
  const [, setting = '', before = '', after = ''] = /^(\w+)=([^/]+)\/([^/]+)$/.exec(text) ?? []
  if (!Object.hasOwn(READ, setting)) return null
  const name = setting as SettingName
  const [was, is] = [READ[name](before), READ[name](after)]
  return was === null || is === null ? null : { setting: name, before: was, after: is }
}

const READ: Readonly<Record<SettingName, (text: string) => SettingValue | null>> = {
  minimumHealthyPercent: percentIn,
  maximumPercent: percentIn,
  subnets: (text) => (/^subnet-\w+(\+subnet-\w+)*$/.test(text) ? text.split('+') : null),
  enableExecuteCommand: (text) => (text === 'true' ? true : text === 'false' ? false : null),
}

function percentIn(text: string): number | null {
  return /^\d{1,4}$/.test(text) ? Number(text) : null
}

/** The same for every state of one owner. */
function ownerMark(lease: string): string {
  return checksum(leaseIn(lease)?.owner ?? '')
}

/** FNV-1a, 32 bits: against a hand that edits a part, not against malice. */
function checksum(text: string): string {
  let hash = 0x811c9dc5
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}

/** Tags that count: those of AWS itself do not (ECS API Reference, Tag). */
export function roomForTags(tags: readonly Tag[]): number {
  return MOST_TAGS - tags.filter(({ key }) => !/^aws:/i.test(key)).length
}

const MOST_TAGS = 50
