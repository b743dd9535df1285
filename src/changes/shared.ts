/** The changes of several remedies as one list: what two of them need alike is made once, and what they make has names of its own. */
import type { Change } from '../domain/change.ts'

export interface SharedChange {
  /** With names that hold in all of the lists. */
  readonly change: Change
  /** The list that it stands in first: an earlier one where that makes it already. */
  readonly first: number
}

/** List by list. Changes are the same where their data are. */
export function shareChanges(lists: readonly (readonly Change[])[]): readonly (readonly SharedChange[])[] {
  const firsts = new Map<string, { readonly first: number; readonly change: Change }>()
  const taken = new Set<string>()
  return lists.map((list, first) => {
    const names = new Map<string, string>()
    return list.map((own) => {
      const named = withNames(own, (ref) => names.get(ref) ?? ref)
      const key = JSON.stringify(named)
      const shared = firsts.get(key) ?? { first, change: withOwnName(named, taken) }
      firsts.set(key, shared)
      if ('makes' in own && 'makes' in shared.change) names.set(own.makes, shared.change.makes)
      return shared
    })
  })
}

/** All of them in one go, from top to bottom. */
export function together(lists: readonly (readonly Change[])[]): readonly Change[] {
  return shareChanges(lists).flatMap((list, at) => list.filter(({ first }) => first === at).map(({ change }) => change))
}

/** `makes` stays as wished: with it two changes that make the same are the same. */
function withNames(change: Change, name: (ref: string) => string): Change {
  return JSON.parse(JSON.stringify(change), (_, value: unknown) => (isRef(value) ? { ref: name(value.ref) } : value))
}

function isRef(value: unknown): value is { readonly ref: string } {
  return typeof value === 'object' && value !== null && 'ref' in value && typeof value.ref === 'string'
}

function withOwnName(change: Change, taken: Set<string>): Change {
  return 'makes' in change ? { ...change, makes: unused(change.makes, taken) } : change
}

/** With a number behind it, from the second on. */
export function unused(name: string, taken: Set<string>): string {
  let free = name
  for (let number = 2; taken.has(free); number++) free = `${name}_${number}`
  taken.add(free)
  return free
}
