/** The elements of a page as a browser builds them, with their attributes; throws for one that leads out of the page. */

/** Sorted, as rows and columns stand in the order of their names, and without numbers, as coordinates follow it. */
export function htmlStructureOf(html: string): readonly string[] {
  const document = new DOMParser().parseFromString(html, 'text/html')
  return [...document.querySelectorAll('*')]
    .map((element) => {
      const attributes = [...element.attributes].map(({ name, value }) => `${name}=${value.replace(/\d+/g, '0')}`)
      for (const attribute of attributes) {
        if (/^(?:on|src|action|formaction|style=|(?:xlink:)?href=(?!#))/.test(attribute)) throw new Error(attribute)
      }
      const own = ['SCRIPT', 'STYLE'].includes(element.tagName) ? ` ${element.textContent}` : ''
      return `${[element.tagName, ...attributes].join(' ')}${own}`
    })
    .toSorted()
}

interface Element {
  readonly tagName: string
  readonly textContent: string | null
  readonly attributes: Iterable<{ readonly name: string; readonly value: string }>
}

interface Parser {
  readonly parseFromString: (
    html: string,
    type: 'text/html',
  ) => { readonly querySelectorAll: (selector: string) => Iterable<Element> }
}

/** jsdom brings no types of its own. One window for all: each takes megabytes. */
const name: string = 'jsdom'
const { JSDOM } = await import(name)
const { DOMParser } = new JSDOM('').window as { readonly DOMParser: new () => Parser }
