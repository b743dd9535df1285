/** Reads XML as strictly as the parts of it that we write need: throws for anything that is not well formed. */

export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
}

const ENTITY = /&(?:amp|lt|gt|quot|apos|#\d+);/g
const TAG = /<\?xml [^<>?]*\?>|<(\/?)([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>/y

/** Every element in document order. */
export function elements(xml: string): readonly Element[] {
  const found: Element[] = []
  const open: string[] = []
  for (let at = 0; at < xml.length; ) {
    const text = /[^<]*/y
    text.lastIndex = at
    const words = text.exec(xml)?.[0] ?? ''
    if (/[&>]/.test(words.replace(ENTITY, ''))) throw new Error(`not escaped: ${words}`)
    if (open.length === 0 && words.trim() !== '') throw new Error(`outside of the document: ${words}`)
    at += words.length
    if (at === xml.length) break
    TAG.lastIndex = at
    const tag = TAG.exec(xml)
    if (tag === null) throw new Error(`no tag: ${xml.slice(at, at + 80)}`)
    at += tag[0].length
    const [, close, name, attributes = '', empty] = tag
    if (name === undefined) continue
    if (close === '/') {
      if (open.pop() !== name) throw new Error(`closed too early: ${name}`)
      continue
    }
    found.push({ name, attributes: attributesIn(attributes) })
    if (empty !== '/') open.push(name)
  }
  if (open.length > 0) throw new Error(`left open: ${open.join(', ')}`)
  return found
}

function attributesIn(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...text.matchAll(/ ([a-z]+)="([^"]*)"/g)].map(([, name = '', value = '']) => {
      if (/&/.test(value.replace(ENTITY, ''))) throw new Error(`not escaped: ${value}`)
      return [name, value]
    }),
  )
}
