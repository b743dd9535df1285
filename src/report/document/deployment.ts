/** What a deploy changes: which revision, and what differs from the one that runs, member by member. */
import type { Deployment, RevisionChange } from '../../domain/deployment.ts'
import type { Report } from '../../domain/report.ts'
import type { Language, Text } from '../../domain/text.ts'
import { clip } from '../text/width.ts'
import { type Amount, type Block, fold, type Inline, type Section, section, table, text } from './blocks.ts'

export function deploymentSections({ deployment }: Report, language: Language, amount: Amount): readonly Section[] {
  if (deployment === undefined) return []
  const { diff } = deployment
  const title = diff === null ? DIFFERENCES[language] : `${DIFFERENCES[language]} (${diff.length})`
  const lead = text(revisionLine(deployment)[language], 'lead')
  return section(title, [lead, ...diffBlocks(diff, language, amount)], { id: 'changes' })
}

function diffBlocks(diff: Deployment['diff'], language: Language, amount: Amount): readonly (Block | null)[] {
  if (diff === null) return [text(UNREAD[language])]
  if (diff.length === 0) return [text(NOTHING[language])]
  const sorted = diff.toSorted((one, other) => rankOf(one) - rankOf(other))
  const [shown, rest] = [sorted.slice(0, amount.affected), sorted.slice(amount.affected)]
  const tableOf = (changes: readonly RevisionChange[]) =>
    table(
      HEADS.map((head) => head[language]),
      changes.map((change) => ({ cells: cellsOf(change, language, amount.line) })),
    )
  return [tableOf(shown), fold(`${REST[language]} (${rest.length})`, [tableOf(rest)])]
}

/** What a deploy is most often about, and what most often breaks it, stands first. */
const RANKS: readonly RegExp[] = [
  /^containerDefinitions\.[^.]*(?:\.image)?$/,
  /RoleArn$/,
  /^(?:cpu|memory|networkMode|requiresCompatibilities|runtimePlatform\.)/,
  /^service\./,
]

function rankOf({ path }: RevisionChange): number {
  const rank = RANKS.findIndex((pattern) => pattern.test(path))
  return rank < 0 ? RANKS.length : rank
}

function cellsOf(change: RevisionChange, language: Language, atMost: number): readonly Inline[] {
  const [before, after] = sidesOf(change)
  const cell = (side: Side): Inline => {
    if (side === null) return ''
    return typeof side === 'string' ? [{ code: clip(shortDigest(side), atMost) }] : HIDDEN[side.hidden][language]
  }
  return [[{ code: change.path }], cell(before), cell(after)]
}

/** Enough of it to tell two apart; the JSON has all. */
function shortDigest(image: string): string {
  return image.replace(/(@sha256:[0-9a-f]{12})[0-9a-f]{52}$/, '$1…')
}

/** Null where there is none; hidden where it may be a secret. */
export type Side = string | { readonly hidden: 'set' | 'changed' } | null

export function sidesOf({ kind, before, after }: RevisionChange): readonly [Side, Side] {
  return [
    before ?? (kind === 'added' ? null : { hidden: 'set' }),
    after ?? (kind === 'removed' ? null : { hidden: kind === 'added' ? 'set' : 'changed' }),
  ]
}

function revisionLine({ revision, registered, reused }: Deployment): Text {
  if (revision === null) return { en: 'No revision was registered.', ko: '등록한 개정이 없습니다.' }
  const name = revision.slice(revision.lastIndexOf('/') + 1)
  if (registered) return { en: `Registered: ${name}`, ko: `등록한 개정: ${name}` }
  if (!reused) return { en: `Revision: ${name}`, ko: `개정: ${name}` }
  return {
    en: `${name} is the same, member for member, and was used again; nothing was registered.`,
    ko: `모든 항목이 같은 개정이 있어 등록하지 않고 다시 사용합니다: ${name}`,
  }
}

const DIFFERENCES: Text = { en: 'Changes to the running revision', ko: '실행 중인 개정과의 차이' }
const NOTHING: Text = { en: 'Nothing differs.', ko: '차이가 없습니다.' }
const UNREAD: Text = {
  en: 'The running revision could not be read, so that nothing can be held against it.',
  ko: '실행 중인 개정을 읽지 못해 비교할 수 없습니다.',
}
const HEADS: readonly Text[] = [
  { en: 'Member', ko: '항목' },
  { en: 'Before', ko: '이전' },
  { en: 'After', ko: '이후' },
]
const REST: Text = { en: 'Further changes', ko: '나머지 차이' }
const HIDDEN: Readonly<Record<'set' | 'changed', Text>> = {
  set: { en: '(set)', ko: '(설정됨)' },
  changed: { en: '(changed)', ko: '(변경됨)' },
}
