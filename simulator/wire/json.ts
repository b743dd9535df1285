/** Writes API members as AWS JSON 1.1, where times are numbers. */
import { isItem } from '../item.ts'
import { shapeOf, type WireType } from './table.ts'
import { epochSeconds } from './times.ts'

/** The same value with every time of the shape as epoch seconds. */
export function jsonValue(value: unknown, type: WireType, service: string): unknown {
  if (type.kind === 'time') return epochSeconds(value)
  if (type.kind === 'list' && Array.isArray(value)) return value.map((one) => jsonValue(one, type.of, service))
  if (!isItem(value)) return value
  if (type.kind === 'plain') return TEXT_TIMES.includes(service) ? value : timed(value)
  if (type.kind === 'map') return mapped(value, () => type.of, service)
  if (type.kind !== 'shape') return value
  const shape = shapeOf(service, 'output', type.name)
  return mapped(value, (name) => shape.get(name)?.type ?? null, service)
}

function mapped(
  value: Readonly<Record<string, unknown>>,
  typeOf: (name: string) => WireType | null,
  service: string,
): unknown {
  const entries = Object.entries(value).map(([name, member]) => {
    const type = typeOf(name)
    return [name, type ? jsonValue(member, type, service) : member]
  })
  return Object.fromEntries(entries)
}

/** Services whose times are text in JSON as well (their API references). */
const TEXT_TIMES = ['lambda', 'route53resolver', 'vpc-lattice']

/** A shape that no table lists: its times are known by their names. */
function timed(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => timed(one))
  if (isItem(value)) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, timed(one, key)]))
  return /(Date|Time)$/.test(name) ? epochSeconds(value) : value
}
