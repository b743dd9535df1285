/** Finds the Mermaid diagrams of a Markdown report. */

/** The diagrams of a Markdown document. */
export function diagramsIn(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^(`{3,})mermaid\n([\s\S]*?)\n\1$/gm)].map(([, , diagram]) => diagram ?? '')
}
