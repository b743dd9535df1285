/** Writes API members as AWS's XML, by the generated table where there is one and by the protocol's usual rule elsewhere. */
import { isItem } from '../item.ts'
import { PLAIN, shapeOf, type WireType } from './table.ts'
import { isoTime } from './times.ts'

/** The XML protocols of AWS. They differ in the names of members and of list elements. */
export type XmlProtocol = 'ec2' | 'query' | 'rest-xml'

export interface XmlNames {
  readonly service: string
  readonly protocol: XmlProtocol
}

/** The members of an answer, without an element around them. A member that is absent or null is not written. */
export function xmlMembers(value: unknown, type: WireType, names: XmlNames): string {
  if (!isItem(value)) return ''
  const shape = type.kind === 'shape' ? shapeOf(names.service, 'output', type.name) : null
  return Object.entries(value)
    .filter(([, member]) => member !== undefined && member !== null)
    .map(([name, member]) => {
      const known = shape?.get(name)
      return element(known?.wire ?? usualName(name, names), xmlValue(member, known?.type ?? PLAIN, names))
    })
    .join('')
}

/** An element; one without content is written short, as AWS does for empty lists. */
export function element(name: string, content: string): string {
  return content === '' ? `<${name}/>` : `<${name}>${content}</${name}>`
}

/**
 * Text inside an element. A carriage return has to be a reference, or the reader would turn it into a line feed. XML 1.0
 * has no way at all to write other control characters and lone surrogates: they become U+FFFD.
 */
export function escaped(text: string): string {
  return text
    .replace(LONE_SURROGATE, '\uFFFD')
    .replace(FORBIDDEN, '\uFFFD')
    .replace(/[&<>"'\r]/g, (character) => REFERENCES[character] ?? character)
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML 1.0 forbids (section 2.2, Char)
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g

/** With the `u` flag a pair is one character, so this finds halves alone. */
const LONE_SURROGATE = /[\uD800-\uDFFF]/gu

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\r': '&#xD;',
}

function xmlValue(value: unknown, type: WireType, names: XmlNames): string {
  if (Array.isArray(value)) {
    const of = type.kind === 'list' ? type.of : PLAIN
    const name = (type.kind === 'list' ? type.item : null) ?? (names.protocol === 'ec2' ? 'item' : 'member')
    return value.map((one) => element(name, xmlValue(one, of, names))).join('')
  }
  if (isItem(value)) return type.kind === 'map' ? xmlMap(value, type.of, names) : xmlMembers(value, type, names)
  const text = String(value)
  return escaped(type.kind === 'time' ? isoTime(text) : text)
}

function xmlMap(value: Readonly<Record<string, unknown>>, of: WireType, names: XmlNames): string {
  const entries = Object.entries(value).map(([key, one]) =>
    element('entry', element('key', escaped(key)) + element('value', xmlValue(one, of, names))),
  )
  return entries.join('')
}

/** ec2Query writes members in lower camel case unless the table says otherwise; the others write the API's name. */
function usualName(name: string, names: XmlNames): string {
  return names.protocol === 'ec2' ? name.charAt(0).toLowerCase() + name.slice(1) : name
}
