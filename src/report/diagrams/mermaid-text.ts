/** Words inside a Mermaid diagram: whatever they hold, they end no label, begin no statement and are no markup. */
import { clean } from '../text/untrusted.ts'
import { clip } from '../text/width.ts'

/** Letters that no Mermaid grammar, its Markdown labels or a browser gives a meaning. */
const HARMLESS = /[A-Za-z0-9 ,()/\uac00-\ud7a3\u2192\u2026]/u

const LONGEST = 44

/**
 * One line, cut to what a node can hold. Anything else becomes `#N;`, Mermaid's form of a character by its number
 * (Mermaid docs, Flowcharts, Entity codes to escape characters).
 */
export function mermaidText(text: string, atMost = LONGEST): string {
  return Array.from(clip(clean(text), atMost), (character, at) => {
    // A leading hyphen would be a list.
    const plain = HARMLESS.test(character) || (character === '-' && at > 0)
    return plain ? character : `#${character.codePointAt(0)};`
  }).join('')
}
