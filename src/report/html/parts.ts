/** Pieces of the HTML page that its pictures and its blocks share. */
import { htmlText } from '../text/untrusted.ts'

export type Lines = readonly string[]

export function element(tag: string, text: string, className = ''): string {
  return `<${tag}${className === '' ? '' : ` class="${className}"`}>${htmlText(text)}</${tag}>`
}

/** Cells are HTML already. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = heads.map((text) => `<th scope="col">${htmlText(text)}</th>`).join('')
  const body = rows.map((row) => `<tr>${row.join('')}</tr>`).join('\n')
  return `<div class="wide" tabindex="0"><table><thead><tr>${head}</tr></thead>\n<tbody>${body}</tbody></table></div>`
}
