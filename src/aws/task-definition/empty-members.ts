/**
 * Leaves out what is empty, as the deploy action of AWS does (its README, `keep-null-value-keys`): `render` and the skeleton of the AWS
 * CLI write empty members, and ECS refuses some of them.
 */
import { isLoose } from '../facts/shape.ts'

export interface WithoutEmpty {
  readonly value: unknown
  /** Where a place of `value` is in what was given: elements move up when one in front of them goes. */
  readonly before: (path: string) => string
}

/** `keep`: names of members that stay, however empty. */
export function withoutEmpty(whole: unknown, keep: ReadonlySet<string>): WithoutEmpty {
  const moved = new Map<string, number>()
  const value = clean(whole, keep, '', moved)
  const before = (path: string) =>
    path.replace(/\[(\d+)\]/g, (step, _, at: number) => {
      const index = moved.get(path.slice(0, at) + step)
      return index === undefined ? step : `[${index}]`
    })
  return { value, before }
}

/** `moved`: the index of an element before, by its path now. */
function clean(value: unknown, keep: ReadonlySet<string>, path: string, moved: Map<string, number>): unknown {
  if (Array.isArray(value)) {
    const kept = value.flatMap((item, at) => (isEmpty(item) ? [] : [[item, at] as const]))
    return kept.map(([item, before], at) => {
      if (before !== at) moved.set(`${path}[${at}]`, before)
      return clean(item, keep, `${path}[${at}]`, moved)
    })
  }
  if (!isLoose(value)) return value
  const members = Object.entries(value).filter(([key, item]) => keep.has(key) || !isEmpty(item))
  return Object.fromEntries(members.map(([key, item]) => [key, clean(item, keep, memberPath(path, key), moved)]))
}

/** Nothing in it says anything. */
function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true
  if (typeof value !== 'object') return false
  return Object.values(value).every(isEmpty)
}

/** `containerDefinitions[0].image`; a name that is no word stands in brackets: `dockerLabels["com.example"]`. */
export function memberPath(path: string, key: string): string {
  if (!/^\w+$/.test(key)) return `${path}[${JSON.stringify(key)}]`
  return path === '' ? key : `${path}.${key}`
}
