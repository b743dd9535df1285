/** Edits of the facts of a network, as changes make them. What was not read cannot be edited: null. */
import type { Answer } from '../domain/answer.ts'
import type { GatheredFacts } from '../domain/facts.ts'
import type { Network } from '../domain/network.ts'
import type { Refused } from './change-kind.ts'

type Lists = {
  [Name in keyof Network]: Network[Name] extends Answer<readonly (infer Item extends { readonly id: string })[]>
    ? Item
    : never
}
export type ListName = { [Name in keyof Lists]: Lists[Name] extends never ? never : Name }[keyof Lists]
export type ItemOf<Name extends ListName> = Lists[Name]

/** `InvalidX.NotFound` where the list holds no such id: then AWS has none, or it is another account's. */
export function changeOne<Name extends ListName>(
  facts: GatheredFacts,
  name: Name,
  id: string,
  change: (one: ItemOf<Name>) => ItemOf<Name> | Refused,
): GatheredFacts | Refused | null {
  const items = itemsOf(facts, name)
  const one = items?.find((item) => item.id === id)
  if (items === null) return null
  if (one === undefined) return { refused: 'NotFound' }
  const changed = change(one)
  if (isRefused(changed)) return changed
  return withItems(
    facts,
    name,
    items.map((item) => (item === one ? changed : item)),
  )
}

export function addOne<Name extends ListName>(
  facts: GatheredFacts,
  name: Name,
  added: ItemOf<Name>,
): GatheredFacts | null {
  const items = itemsOf(facts, name)
  return items === null ? null : withItems(facts, name, [...items, added])
}

export function itemsOf<Name extends ListName>({ network }: GatheredFacts, name: Name): readonly ItemOf<Name>[] | null {
  const list = network.known ? (network.value[name] as Answer<readonly ItemOf<Name>[]>) : null
  return list?.known ? list.value : null
}

export function withItems<Name extends ListName>(
  facts: GatheredFacts,
  name: Name,
  value: readonly ItemOf<Name>[],
): GatheredFacts {
  return withNetwork(facts, (network) => ({ ...network, [name]: { known: true, value } }))
}

export function withNetwork(facts: GatheredFacts, edit: (network: Network) => Network): GatheredFacts {
  const { network } = facts
  return network.known ? { ...facts, network: { known: true, value: edit(network.value) } } : facts
}

export function isRefused(value: object): value is Refused {
  return 'refused' in value
}
