/** Prefix lists: DescribePrefixLists tells AWS's own with their addresses, GetManagedPrefixListEntries any; either suffices. */
import { type Answer, known, mapped, unread } from '../../domain/answer.ts'
import type { PrefixList } from '../../domain/network.ts'
import { getManagedPrefixListEntries } from '../calls/ec2.ts'
import { fieldsOf, idOf, isBlock, isLoose, type RawAnswer, text, texts } from './shape.ts'

export interface PrefixListAnswers {
  readonly described: RawAnswer
  readonly managed: RawAnswer
  /** By prefix list id, for those that were asked for. */
  readonly entries: Readonly<Record<string, RawAnswer>>
}

/** Every list that was described or asked for; unread when neither description could be had, since the S3 list is found by its name. */
export function toPrefixLists({ described, managed, entries }: PrefixListAnswers): Answer<readonly PrefixList[]> {
  if (!described.known && !managed.known) return described.because === 'absent' ? managed : described
  const records = [described, managed].flatMap((answer) => (answer.known ? answer.value.filter(isLoose) : []))
  const names = new Map<string, string>()
  const cidrs = new Map<string, readonly string[]>()
  for (const record of records) {
    const id = idOf(record['PrefixListId'])
    if (id === null) continue
    names.set(id, names.get(id) || (text(record['PrefixListName']) ?? ''))
    if (Array.isArray(record['Cidrs'])) cidrs.set(id, texts(record['Cidrs']))
  }
  const ids = new Set([...names.keys(), ...Object.keys(entries)])
  return known(
    [...ids].map((id) => ({ id, name: names.get(id) ?? '', entries: entriesOf(cidrs.get(id), entries[id]) })),
  )
}

function entriesOf(cidrs: readonly string[] | undefined, entries: RawAnswer | undefined): Answer<readonly string[]> {
  const { permission } = getManagedPrefixListEntries
  if (cidrs === undefined && entries === undefined) return unread('unasked', permission)
  const blocks = cidrs === undefined ? mapped(entries as RawAnswer, (items) => fieldsOf(items, 'Cidr')) : known(cidrs)
  const odd = blocks.known ? blocks.value.find((one) => !isBlock(one)) : undefined
  return odd === undefined ? blocks : unread('garbled', permission, '', `Cidr ${JSON.stringify(odd)}`)
}
