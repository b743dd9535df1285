/** Reads the generated table of wire names (names.ts): one line of text a shape, so that the table stays small. */
import { WIRE_NAMES } from './names.ts'

export type WireType =
  | { readonly kind: 'plain' | 'time' | 'number' | 'boolean' }
  | { readonly kind: 'shape'; readonly name: string }
  | { readonly kind: 'list'; readonly of: WireType; readonly item: string | null }
  | { readonly kind: 'map'; readonly of: WireType }

export interface WireMember {
  readonly name: string
  /** Null where the protocol's usual rule gives the name. */
  readonly wire: string | null
  readonly type: WireType
}

export type WireShape = ReadonlyMap<string, WireMember>

export const PLAIN: WireType = { kind: 'plain' }

/** The type of an operation's input or output; plain where the table has nothing to say about it. */
export function operationType(service: string, operation: string, side: 'input' | 'output'): WireType {
  const name = WIRE_NAMES[service]?.operations[operation]?.[side === 'input' ? 0 : 1]
  return name === undefined ? PLAIN : { kind: 'shape', name }
}

/** The members of a shape by their API names; empty for a shape that the table does not list. */
export function shapeOf(service: string, side: 'input' | 'output', name: string): WireShape {
  const key = `${service} ${side} ${name}`
  const cached = shapes.get(key)
  if (cached) return cached
  const text = WIRE_NAMES[service]?.[side][name] ?? ''
  const shape = new Map(
    text
      .split(' ')
      .filter((part) => part !== '')
      .map((part) => [memberOf(part).name, memberOf(part)]),
  )
  shapes.set(key, shape)
  return shape
}

const shapes = new Map<string, WireShape>()

function memberOf(part: string): WireMember {
  const [, name = '', wire, type = ''] = /^([^=@#?:[{]+)(?:=([^@#?:[{]+))?(.*)$/.exec(part) ?? []
  return { name, wire: wire ?? null, type: typeOf(type) }
}

function typeOf(text: string): WireType {
  const rest = text.slice(1)
  if (text.startsWith('@')) return { kind: 'time' }
  if (text.startsWith('#')) return { kind: 'number' }
  if (text.startsWith('?')) return { kind: 'boolean' }
  if (text.startsWith(':')) return { kind: 'shape', name: rest }
  if (text.startsWith('{')) return { kind: 'map', of: typeOf(rest) }
  if (!text.startsWith('[')) return PLAIN
  const slash = rest.lastIndexOf('/')
  return slash < 0
    ? { kind: 'list', of: typeOf(rest), item: null }
    : { kind: 'list', of: typeOf(rest.slice(0, slash)), item: rest.slice(slash + 1) }
}
