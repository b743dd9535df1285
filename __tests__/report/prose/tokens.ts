/**
 * A hook for Node (`--import`): every sentence of ours, whichever file says it, becomes one and the same token when the file is
 * loaded. What a run decides must not change by it, since sentences are for readers only.
 */
import { registerHooks } from 'node:module'

const ROOT = new URL('../../../', import.meta.url).href
const PLACES = ['src/', 'simulator/', '__tests__/report/'].map((place) => ROOT + place)
const TOKEN = "'§'"

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context)
    const isOurs = PLACES.some((place) => url.startsWith(place))
    return isOurs && loaded.source !== undefined ? { ...loaded, source: withTokens(String(loaded.source)) } : loaded
  },
})

/** `en: '…'` and `ko: '…'`, in any of the three quotes. What is computed is made of such parts. */
function withTokens(source: string): string {
  let result = ''
  let from = 0
  for (const match of source.matchAll(/\b(?:en|ko):\s*(?=['"`])/g)) {
    const at = match.index + match[0].length
    if (at < from) continue
    result += source.slice(from, at) + TOKEN
    from = endOfLiteral(source, at)
  }
  return result + source.slice(from)
}

function endOfLiteral(source: string, start: number): number {
  const quote = source[start]
  let at = start + 1
  while (at < source.length && source[at] !== quote) {
    if (quote === '`' && source.startsWith('${', at)) at = endOfPlaceholder(source, at + 2)
    else at += source[at] === '\\' ? 2 : 1
  }
  return at + 1
}

function endOfPlaceholder(source: string, start: number): number {
  let at = start
  for (let depth = 1; depth > 0; ) {
    const letter = source[at] ?? ''
    if ('\'"`'.includes(letter)) {
      at = endOfLiteral(source, at)
      continue
    }
    if (letter === '{') depth += 1
    if (letter === '}') depth -= 1
    at += 1
  }
  return at
}
