/** Every diagram of every golden report is drawn by the real Mermaid in a real browser, in one of its two themes. */
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { diagramsIn } from '../report/diagrams.ts'
import { fileFor, hasChromium, launch, SCREENSHOTS, WITHOUT } from './chromium.ts'
import { open } from './page.ts'

const GOLDEN = join(import.meta.dirname, '..', 'golden', 'report')
const MERMAID = join(createRequire(import.meta.url).resolve('mermaid'), '..', 'mermaid.min.js')

const IS_NIGHTLY = process.env['NIGHTLY'] === 'true'

/** What is drawn: how wide, and every word in it. */
interface Drawn {
  readonly width: number
  readonly words: string
}

if (!hasChromium) test(WITHOUT, () => expect(process.env['CI']).not.toBe('true'))
else {
  let browser: Browser
  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser?.close())

  test('every diagram is drawn, with its names', async () => {
    const files = readdirSync(GOLDEN).filter((name) => name.endsWith('.md'))
    const diagrams = files.flatMap((name) =>
      diagramsIn(readFileSync(join(GOLDEN, name), 'utf8')).map((diagram, at) => [`${name}.${at}`, diagram] as const),
    )
    expect(diagrams.length).toBeGreaterThan(10)
    const { page, complaints, close } = await open(browser, '<!doctype html><html lang="en"><body></body></html>', {
      viewport: { width: 1000, height: 700 },
    })
    await page.addScriptTag({ path: MERMAID })
    for (const [turn, theme] of ['default', 'dark'].entries()) {
      await page.evaluate(`mermaid.initialize({ startOnLoad: false, theme: '${theme}' })`)
      // In turns, and every one in both at night: drawing is what takes the time.
      for (const [name, diagram] of diagrams.filter((_, at) => IS_NIGHTLY || at % 2 === turn)) {
        const drawn = await page.evaluate<Drawn>(`(async () => {
          const { svg } = await mermaid.render('drawing', ${JSON.stringify(diagram)})
          document.body.innerHTML = svg
          document.body.style.background = '${theme === 'dark' ? '#0d1117' : '#fff'}'
          return { width: document.querySelector('svg').getBBox().width, words: [...document.querySelectorAll('text, foreignObject, title')].map((one) => one.textContent).join(' ') }
        })()`)
        expect(drawn.width).toBeGreaterThan(100)
        for (const [id] of diagram.matchAll(/subnet-[0-9a-f]{17}|(?<=section )[0-9a-f]{8}/g)) {
          expect({ name, words: drawn.words }).toEqual({ name, words: expect.stringContaining(id) })
        }
        expect(drawn.words).not.toMatch(/#\d+;|Syntax error|Unsupported/)
        if (SCREENSHOTS !== null) await page.screenshot(fileFor(`${name}.${theme}.png`))
      }
    }
    expect(complaints).toEqual([])
    await close()
  }, 120_000)
}
