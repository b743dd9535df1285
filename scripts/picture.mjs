/**
 * Makes docs/picture.png, the picture in the README: the job summary that the built action writes for the Seoul case,
 * shown as GitHub shows it. Run `npm run bundle` before. Needs Debian's Chromium, or the one that CHROMIUM names.
 */
import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { marked } from 'marked'
import { chromium } from 'playwright-core'
import { CLUSTER, SERVICE } from './seoul/names.mjs'
import { writeSeoul } from './seoul.mjs'

const PICTURE = process.argv[2] ?? 'docs/picture.png'
const PROGRAM = process.argv[3] ?? 'dist/cli/index.js'

// biome-ignore format: a style sheet
const STYLE = `
  body { font: 15px/1.5 system-ui, sans-serif; color: #1f2328; background: #fff; margin: 0; padding: 24px 32px; width: 896px; }
  h2 { margin: 0 0 12px; padding-bottom: 8px; border-bottom: 1px solid #d1d9e0; } h3 { margin: 20px 0 10px; } p { margin: 0 0 10px; }
  table { border-collapse: collapse; } th, td { padding: 4px 12px; border: 1px solid #d1d9e0; } tr:nth-child(even) td { background: #f6f8fa; }
  code { font: 12.5px ui-monospace, Menlo, Consolas, monospace; background: #eff1f3; padding: 2px 5px; border-radius: 5px; }
  pre { background: #f6f8fa; padding: 12px 14px; border-radius: 6px; margin: 0 0 10px; white-space: pre-wrap; } pre code { background: none; padding: 0; }
  .mermaid { text-align: center; background: #fff; }`

const place = await mkdtemp(join(tmpdir(), 'ecs-pull-guard-picture-'))
await writeSeoul(place)
const args = ['preflight', '--snapshot', place, '--cluster', CLUSTER, '--service', SERVICE, '--format', 'markdown']
const { stdout } = spawnSync('node', [PROGRAM, ...args], { encoding: 'utf8' })

/** From the verdict to the end of the drawing: the findings below would make it a page. */
const summary = stdout.slice(0, stdout.search(/^### (Findings|If you deploy)/m))
const body = marked
  .parse(summary)
  .replace(/<pre><code class="language-mermaid">([\s\S]*?)<\/code><\/pre>/g, '<div class="mermaid">$1</div>')

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
const page = await browser.newPage({ viewport: { width: 960, height: 600 } })
await page.setContent(`<!doctype html><meta charset="utf-8"><style>${STYLE}</style>${body}`)
await page.addScriptTag({ path: join(createRequire(import.meta.url).resolve('mermaid'), '..', 'mermaid.min.js') })
await page.evaluate(`mermaid.initialize({ startOnLoad: false }); mermaid.run()`)
await page.screenshot({ path: PICTURE, fullPage: true })
await browser.close()
console.log(`${PICTURE}: ${(await readFile(PICTURE)).length} bytes`)
