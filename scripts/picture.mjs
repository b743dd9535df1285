/**
 * Makes the pictures of the READMEs, each a job summary shown as GitHub shows it: docs/picture.png, what the built program writes for the
 * Seoul case before its deployment, and docs/rollout.png, what the watch writes of the rollout, from the simulator and a clock that
 * only moves when somebody sleeps. Run `npm run bundle` before. Needs Debian's Chromium, or the one that CHROMIUM names.
 */
import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { marked } from 'marked'
import { chromium } from 'playwright-core'
import { writeSeoul } from '../simulator/seoul/files.ts'
import { CLUSTER, SERVICE } from '../simulator/seoul/names.ts'
import { openLive } from '../src/aws/reader/live.ts'
import { watchRun } from '../src/commands/watch/loop.ts'
import { renderMarkdown } from '../src/report/markdown/markdown.ts'
import { onStage } from './scenarios.ts'

// biome-ignore format: a style sheet
const STYLE = `
  body { font: 15px/1.5 system-ui, sans-serif; color: #1f2328; background: #fff; margin: 0; padding: 24px 32px; width: 896px; }
  h2 { margin: 0 0 12px; padding-bottom: 8px; border-bottom: 1px solid #d1d9e0; } h3 { margin: 20px 0 10px; } p { margin: 0 0 10px; }
  table { border-collapse: collapse; } th, td { padding: 4px 12px; border: 1px solid #d1d9e0; } tr:nth-child(even) td { background: #f6f8fa; }
  code { font: 12.5px ui-monospace, Menlo, Consolas, monospace; background: #eff1f3; padding: 2px 5px; border-radius: 5px; }
  pre { background: #f6f8fa; padding: 12px 14px; border-radius: 6px; margin: 0 0 10px; white-space: pre-wrap; } pre code { background: none; padding: 0; }
  .mermaid { text-align: center; background: #fff; }`

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
// From the verdict to the end of the drawing: what stands below would make it a page.
await shown('docs/picture.png', until(await preflightSummary(), /^### (Findings|If you deploy)/m))
await shown('docs/rollout.png', until(await watchSummary(), /^#### Where the time went/m))
await browser.close()

async function preflightSummary() {
  const place = await mkdtemp(join(tmpdir(), 'ecs-pull-guard-picture-'))
  await writeSeoul(place)
  const args = ['preflight', '--snapshot', place, '--cluster', CLUSTER, '--service', SERVICE, '--format', 'markdown']
  return spawnSync('node', ['dist/cli/index.js', ...args], { encoding: 'utf8' }).stdout
}

function watchSummary() {
  return onStage('seoul', async ({ simulator, clock, request }) => {
    const reader = openLive({ region: simulator.region, endpoint: simulator.url })
    const tool = { name: 'ecs-pull-guard', version: '0' }
    const report = await watchRun(request, { reader, clock, random: () => 0.5, tool, say: () => {} })
    return renderMarkdown(report, { language: 'en' })
  })
}

function until(markdown, end) {
  return markdown.slice(0, markdown.search(end))
}

async function shown(file, markdown) {
  const body = marked
    .parse(markdown, { async: false })
    .replace(/<pre><code class="language-mermaid">([\s\S]*?)<\/code><\/pre>/g, '<div class="mermaid">$1</div>')
  const page = await browser.newPage({ viewport: { width: 960, height: 600 } })
  await page.setContent(`<!doctype html><meta charset="utf-8"><style>${STYLE}</style>${body}`)
  await page.addScriptTag({ path: join(createRequire(import.meta.url).resolve('mermaid'), '..', 'mermaid.min.js') })
  await page.evaluate(`mermaid.initialize({ startOnLoad: false }); mermaid.run()`)
  await page.screenshot({ path: file, fullPage: true })
  await page.close()
  console.log(`${file}: ${(await readFile(file)).length} bytes`)
}
