/** Printed lines, each changed in one place: an argument left out, an id exchanged for another of its kind, a value for another. */
import type { Folder } from './folder.ts'

export interface Mutant {
  readonly line: readonly string[]
  /** `ec2 create-route: without --route-table-id`. */
  readonly name: string
}

const ID = /\b(?:subnet|vpc|sg|rtb|acl|igw|nat|vpce|pl)-0?[0-9a-f]{6,}\b/
/** They say how an answer is shown. */
const OUTPUT = ['--output', '--query']

export function mutantsOf(line: readonly string[], folder: Folder): readonly Mutant[] {
  const [service, operation] = line
  const named = (what: string, changed: readonly string[]) => ({
    name: `${service} ${operation}: ${what}`,
    line: changed,
  })
  return partsOf(line).flatMap(([from, to]) => {
    const flag = line[from] ?? ''
    if (OUTPUT.includes(flag)) return []
    const without = named(`without ${flag}`, [...line.slice(0, from), ...line.slice(to)])
    const changed = line.slice(from + 1, to).flatMap((value, at) => {
      const put = (other: string) => line.map((word, index) => (index === from + 1 + at ? other : word))
      return [...otherIds(value, folder), ...otherValues(value)].map((other) =>
        named(`${flag} ${kindOf(value, other)}`, put(other)),
      )
    })
    return [without, ...changed]
  })
}

/** From a flag to the one behind its values. */
function partsOf(line: readonly string[]): readonly (readonly [number, number])[] {
  const starts = line.flatMap((word, at) => (word.startsWith('--') ? [at] : []))
  return starts.map((start, at) => [start, starts[at + 1] ?? line.length])
}

function otherIds(value: string, folder: Folder): readonly string[] {
  const id = ID.exec(value)?.[0]
  if (id === undefined) return []
  const [prefix] = id.split('-')
  const texts = folder.paths().map((path) => JSON.stringify(folder.json(path)))
  const all = texts.flatMap((text) => text.match(new RegExp(`\\b${prefix}-[0-9a-f]{6,}\\b`, 'g')) ?? [])
  const other = [...new Set(all)].sort().find((one) => one !== id)
  return other === undefined ? [] : [value.replace(id, other)]
}

const OPPOSITES: readonly (readonly [RegExp, string])[] = [
  [/\ballow\b/, 'deny'],
  [/\bENABLED\b/, 'DISABLED'],
  [/\bInterface\b/, 'Gateway'],
  [/\b443\b/, '444'],
  [/\b1024\b/, '40000'],
  [/0\.0\.0\.0\/0/, '192.0.2.0/24'],
  [/\btrue\b/, 'false'],
  [/\btcp\b/, 'udp'],
  [/(?<=Percent=)\d+/, '100'],
]

function otherValues(value: string): readonly string[] {
  return OPPOSITES.map(([word, other]) => value.replace(word, other)).filter((other) => other !== value)
}

/** What was changed, without the ids that differ from report to report. */
function kindOf(value: string, other: string): string {
  const id = ID.exec(value)?.[0]
  if (id !== undefined && !other.includes(id)) return `with another ${id.split('-')[0]}`
  const opposite = OPPOSITES.find(([word, to]) => value.replace(word, to) === other)
  return `with ${opposite?.[1]}`
}
