/** What many files do alike with lists. The order is always that of first sight. */
import type { Statement } from './path.ts'
import type { Text } from './text.ts'

/** Each value once. */
export function distinct<T extends string>(values: Iterable<T>): readonly T[] {
  return [...new Set(values)]
}

/** The first item of each key. */
export function distinctBy<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
  const first = new Map<string, T>()
  for (const item of items) {
    const name = key(item)
    if (!first.has(name)) first.set(name, item)
  }
  return [...first.values()]
}

/** Plain data once: two records are one when they are written alike, member for member. */
export function distinctRecords<T>(items: readonly T[]): readonly T[] {
  return distinctBy(items, (item) => JSON.stringify(item) ?? '')
}

/** The sentences, one for each different reason. */
export function distinctReasons(statements: readonly Statement[]): readonly Text[] {
  return distinctBy(statements, ({ reason }) => JSON.stringify(reason)).map(({ why }) => why)
}

export function grouped<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const name = key(item)
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [item])
    else group.push(item)
  }
  return groups
}

/** For `sort`, by code units: ids and times sort alike on every machine, whatever its language. */
export function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other)
}
