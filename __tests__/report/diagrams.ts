/** The Mermaid diagrams of a Markdown report, as a GFM parser finds them: a fence inside a longer fence is none. */
import { marked, type Token } from 'marked'

export function diagramsIn(markdown: string): readonly string[] {
  const inside = (tokens: readonly Token[]): readonly string[] =>
    tokens.flatMap((token) => {
      if (token.type === 'code' && token['lang'] === 'mermaid') return [String(token['text'])]
      return 'tokens' in token && Array.isArray(token.tokens) ? inside(token.tokens) : []
    })
  return inside(marked.lexer(markdown))
}
