/** Operations whose answers are well formed and not what the API promises. */
import type { Fault } from './fault.ts'
import { type Item, isItem } from './item.ts'
import type { Operation } from './operation.ts'
import { endless, FIRST_AGAIN } from './paging.ts'

/**
 * The operation itself, where the fault is of another sort. `chance` from 0 to 1 draws the member: in XML a text alone, since a list is
 * there what its elements make it, and none without them.
 */
export function brokenOperation(
  { kind }: Fault,
  { chance, isXml }: { readonly chance: number; readonly isXml: boolean },
  operation: Operation,
): Operation {
  switch (kind) {
    case 'doubled':
      return async (request, world) => {
        await operation(request, world)
        return operation(request, world)
      }
    case 'retyped':
      return async (request, world) =>
        replaced(await operation(request, world), chance, isXml ? scalarOfOtherType : ofOtherType)
    case 'odd':
      return async (request, world) => replaced(await operation(request, world), chance, unheardOf)
    case 'empty-page':
      return (request, world) => operation({ ...request, pageSize: 0 }, world)
    case 'repeated-page':
    case 'endless-pages':
      return pagedOn(operation, kind)
    default:
      return operation
  }
}

/** An empty page has the token that the protocol calls by another name in every service; the lists come from the whole answer. */
function pagedOn(operation: Operation, kind: 'repeated-page' | 'endless-pages'): Operation {
  return async (request, world) => {
    const whole = await operation(request, world)
    const empty = await operation({ ...request, pageSize: 0 }, world)
    const isFirst = Object.values(empty).includes(FIRST_AGAIN)
    if (!isFirst) return whole
    const token = kind === 'endless-pages' ? endless(1) : FIRST_AGAIN
    const tokens = Object.entries(empty).map(([name, value]) => [name, value === FIRST_AGAIN ? token : value])
    const lists = Object.entries(whole).filter(([, value]) => Array.isArray(value))
    return { ...whole, ...Object.fromEntries(tokens), ...Object.fromEntries(lists) }
  }
}

type Path = readonly (string | number)[]

/** One member that `to` has another value for is given it; the same answer where there is none. */
function replaced(output: Item, chance: number, to: (value: unknown, name: string) => unknown): Item {
  const paths = pathsIn(output, to)
  const path = paths[Math.floor(chance * paths.length)]
  if (path === undefined) return output
  return withValue(output, path, to) as Item
}

function pathsIn(value: unknown, to: (value: unknown, name: string) => unknown): readonly Path[] {
  const paths: Path[] = []
  const walk = (here: unknown, path: Path, name: string): void => {
    if (path.length > 0 && to(here, name) !== undefined) paths.push(path)
    if (Array.isArray(here)) for (const [at, one] of here.entries()) walk(one, [...path, at], name)
    else if (isItem(here)) for (const [key, one] of Object.entries(here)) walk(one, [...path, key], key)
  }
  walk(value, [], '')
  return paths
}

function withValue(value: unknown, path: Path, to: (value: unknown, name: string) => unknown, name = ''): unknown {
  const [step, ...rest] = path
  if (step === undefined) return to(value, name)
  if (Array.isArray(value)) return value.map((one, at) => (at === step ? withValue(one, rest, to, name) : one))
  if (!isItem(value)) return value
  return { ...value, [step]: withValue(value[step], rest, to, String(step)) }
}

/** Undefined for what is absent as it is: that would be another world, not another type. */
function ofOtherType(value: unknown): unknown {
  if (value === null || value === undefined) return undefined
  if (typeof value === 'string') return { Unexpected: [value] }
  if (typeof value === 'object') return 'unexpected'
  return { Unexpected: String(value) }
}

function scalarOfOtherType(value: unknown): unknown {
  return typeof value === 'object' ? undefined : ofOtherType(value)
}

/** States, blocks and counts; undefined for everything else. */
function unheardOf(value: unknown, name: string): unknown {
  if (typeof value === 'number' && /Count$/.test(name)) return -1
  if (typeof value !== 'string' || value === '') return undefined
  if (/(State|Status|status)$/.test(name)) return `${value}_from_2031`
  if (/Cidr/i.test(name)) return `${value.split('/')[0]}/1e1`
  return undefined
}
