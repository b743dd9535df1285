/** The real Mermaid as a judge of our diagrams. It wants a browser's window before it is loaded, which jsdom lends. */

/** What is wrong with the diagram; null where it parses. */
export async function complaintOf(diagram: string): Promise<string | null> {
  const mermaid = await loaded
  try {
    await mermaid.parse(diagram)
    return null
  } catch (error) {
    return String(error instanceof Error ? error.message : error)
  }
}

interface Parser {
  readonly parse: (diagram: string) => Promise<unknown>
}

async function load(): Promise<Parser> {
  // jsdom brings no types of its own.
  const name: string = 'jsdom'
  const { JSDOM } = await import(name)
  const { window } = new JSDOM('')
  Object.assign(globalThis, { window, document: window.document })
  const { default: mermaid } = await import('mermaid')
  return mermaid as Parser
}

const loaded = load()
