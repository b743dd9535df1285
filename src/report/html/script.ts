/** The script of the HTML report, the same for every report: filters, the hops of the cell that is pointed at, and copying. */
import { createHash } from 'node:crypto'

/** An empty mark fits every choice: such a finding is not of one subnet. */
export const PAGE_SCRIPT = `
const around = (part) => part.closest('.report') ?? document
for (const form of document.querySelectorAll('[id$=filters]')) {
  const articles = [...around(form).querySelectorAll('article[data-severity]')]
  form.hidden = false
  const show = () => {
    const chosen = [...new FormData(form)].filter(([, value]) => value !== '')
    let shown = 0
    for (const article of articles) {
      const fits = chosen.every(([name, value]) => {
        const own = article.dataset[name].split(' ')
        return own[0] === '' || own.includes(value)
      })
      article.hidden = !fits
      if (fits) shown += 1
    }
    form.querySelector('output').textContent = shown
  }
  form.addEventListener('change', show)
  // The event comes before the fields are empty.
  form.addEventListener('reset', (event) => {
    event.preventDefault()
    for (const choice of form.querySelectorAll('select')) choice.value = ''
    show()
  })
  form.addEventListener('submit', (event) => event.preventDefault())
}
const target = (cell) => document.getElementById(cell.getAttribute('href').slice(1))
for (const cell of document.querySelectorAll('.map a')) {
  const panel = around(cell).querySelector('[id$=hops-here]')
  const show = () => {
    const path = target(cell)
    panel.replaceChildren(...[...path.children].map((child) => child.cloneNode(true)))
    panel.hidden = false
  }
  cell.addEventListener('pointerenter', show)
  cell.addEventListener('focus', show)
  cell.addEventListener('click', () => {
    target(cell).closest('details').open = true
  })
}
const said = document.getElementById('copied')
// A page that is opened from a file may be refused the clipboard, and a selection can be copied by hand at least.
const copy = async (code) => {
  getSelection().selectAllChildren(code)
  try {
    await navigator.clipboard.writeText(code.textContent)
    return true
  } catch {
    return document.execCommand('copy')
  }
}
let told = 0
for (const button of document.querySelectorAll('.copy')) {
  button.hidden = false
  button.addEventListener('click', async () => {
    const isCopied = await copy(button.parentElement.querySelector('code'))
    clearTimeout(told)
    said.textContent = isCopied ? said.dataset.copied : said.dataset.selected
    told = setTimeout(() => said.replaceChildren(), 4000)
  })
}
let folded = []
addEventListener('beforeprint', () => {
  folded = [...document.querySelectorAll('details:not([open])')]
  for (const one of folded) one.open = true
})
addEventListener('afterprint', () => {
  for (const one of folded) one.open = false
})
`

/** For the Content-Security-Policy: this text and no other (CSP Level 3, hash sources). */
export function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}
