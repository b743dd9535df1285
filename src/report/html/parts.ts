/** Pieces of the HTML page. Foreign text stands between tags only, never in an attribute. */
import { htmlLines, htmlText } from '../text/untrusted.ts'

export type Lines = readonly string[]

export function element(tag: string, text: string, className = ''): string {
  return `<${tag}${className === '' ? '' : ` class="${className}"`}>${htmlText(text)}</${tag}>`
}

export function list(tag: 'ul' | 'ol', items: readonly string[]): string {
  return items.length === 0 ? '' : `<${tag}>${items.map((item) => element('li', item)).join('')}</${tag}>`
}

/** Reachable by keyboard, as it may have to be scrolled. */
export function code(text: string): string {
  return `<pre tabindex="0"><code>${htmlLines(text.trimEnd())}</code></pre>`
}

/** Cells are HTML already. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = heads.map((text) => `<th scope="col">${htmlText(text)}</th>`).join('')
  const body = rows.map((row) => `<tr>${row.join('')}</tr>`).join('\n')
  return `<div class="wide" tabindex="0"><table><thead><tr>${head}</tr></thead>\n<tbody>${body}</tbody></table></div>`
}

/** `id` is our own word. */
export function section(heading: string, parts: readonly string[], id = ''): Lines {
  const open = id === '' ? '<section>' : `<section id="${id}">`
  return [open, element('h2', heading), ...parts.filter((part) => part !== ''), '</section>']
}
