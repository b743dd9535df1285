/** report.html in a real browser: it works by keyboard, without script, in both schemes, on paper and on a phone, and asks the network for nothing. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import type { Report } from '../../src/domain/report.ts'
import { LANGUAGES } from '../../src/domain/text.ts'
import { renderHtml } from '../../src/report/html/html.ts'
import { reworded } from '../report/hostile.ts'
import { JUDGED } from '../report/judged-samples.ts'
import { LARGE } from '../report/large.ts'
import { ROLLOUTS } from '../report/rollout-samples.ts'
import { SAMPLES, SEOUL, SIXTY } from '../report/samples.ts'
import { ended, TWO } from '../report/services-samples.ts'
import { fileFor, hasChromium, launch, WITHOUT } from './chromium.ts'
import { open } from './page.ts'

const FAILED = ROLLOUTS['rollout-failed'] as Report
const CRASHING = ROLLOUTS['rollout-crashing'] as Report
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** axe's violations, each by its rule and the first element that breaks it. */
async function faultsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE)
  return page.evaluate(`axe.run().then(({ violations }) =>
    violations.map(({ id, impact, nodes }) => impact + ' ' + id + ': ' + nodes[0].html.slice(0, 160)))`)
}

if (!hasChromium) test(WITHOUT, () => expect(process.env['CI']).not.toBe('true'))
else {
  let browser: Browser
  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser?.close())

  describe.each(LANGUAGES)('in %s', (language) => {
    test.each(
      Object.entries({
        ...SAMPLES,
        ...JUDGED,
        'rollout-failed': FAILED,
        'rollout-crashing': CRASHING,
        large: LARGE,
        services: TWO,
      }),
    )(
      '%s: no complaint, no request, nothing for axe to find in either scheme',
      async (_, report) => {
        for (const colorScheme of ['light', 'dark'] as const) {
          const { page, complaints, close } = await open(browser, renderHtml(report, language), { colorScheme })
          expect(await page.getAttribute('html', 'lang')).toBe(language)
          expect(await faultsOf(page)).toEqual([])
          expect(complaints).toEqual([])
          await close()
        }
      },
      60_000,
    )
  })

  test('sixty findings: neither', async () => {
    const { page, complaints, close } = await open(browser, renderHtml(SIXTY, 'ko'))
    expect(await faultsOf(page)).toEqual([])
    expect(complaints).toEqual([])
    await close()
  })

  test('the filters work by keyboard alone', async () => {
    const { page, complaints, close } = await open(browser, renderHtml(SIXTY, 'en'))
    const shown = () => page.locator('article:visible').count()
    expect(await shown()).toBe(60)
    await page.locator('select[name=severity]').focus()
    await page.keyboard.press('b')
    expect(await shown()).toBe(20)
    expect(await page.textContent('#shown')).toBe('20')
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.name')).toBe('subnet')
    // The last of nineteen subnets: one finding breaks it, and one of no subnet at all concerns every one.
    await page.keyboard.press('End')
    expect(await shown()).toBe(2)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect(await shown()).toBe(60)
    expect(await page.textContent('#shown')).toBe('60')
    expect(complaints).toEqual([])
    await close()
  })

  test('of two services on one page, filters and map work within their own report', async () => {
    const sixty = { ...ended('failed', 'api'), findings: SIXTY.findings }
    const report = { ...TWO, services: [ended('failed', 'web'), sixty] } as const
    const { page, complaints, close } = await open(browser, renderHtml(report, 'en'))
    const [web, api] = [page.locator('.report').nth(0), page.locator('.report').nth(1)]
    const findings = (own: typeof web) => own.locator('article[data-severity]:visible').count()
    const before = await findings(web)
    expect([before, await findings(api)]).toEqual([2, 60])
    await api.locator('select[name=severity]').selectOption('blocker')
    expect([await findings(web), await findings(api)]).toEqual([before, 20])
    expect(await api.locator('output').textContent()).toBe('20')
    await api.locator('.map a').first().focus()
    expect(await api.locator('.panel').isVisible()).toBe(true)
    expect(await web.locator('.panel').isVisible()).toBe(false)
    expect(complaints).toEqual([])
    await close()
  })

  test('a command is copied by keyboard from a file, whole, and a reader of the screen is told', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ecs-pull-guard-page-'))
    writeFileSync(join(folder, 'report.html'), renderHtml(SEOUL, 'en'))
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
    const page = await context.newPage()
    await page.goto(`file://${folder}/report.html`)
    const [command = ''] = SEOUL.findings[0]?.remedy.cli ?? []
    await page.locator('header .copy').focus()
    await page.keyboard.press('Enter')
    await page.locator('#copied:not(:empty)').waitFor()
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(command)
    expect(await page.locator('[role=status]').textContent()).toBe('Copied')
    await context.close()
    rmSync(folder, { recursive: true })
  })

  test('where the clipboard is refused a command is copied all the same, and without script there is no button', async () => {
    const { page, complaints, close } = await open(browser, renderHtml(SEOUL, 'ko'))
    await page.locator('header .copy').click()
    await page.locator('#copied:not(:empty)').waitFor()
    expect(await page.textContent('#copied')).toBe('복사했습니다')
    expect(await page.evaluate('getSelection().toString()')).toContain('modify-vpc-endpoint')
    expect(complaints).toEqual([])
    await close()
    const bare = await open(browser, renderHtml(SEOUL, 'en'), { javaScriptEnabled: false })
    expect(await bare.page.locator('.copy:visible').count()).toBe(0)
    await bare.close()
  })

  test('the map comes first, before the steps', async () => {
    const { page, close } = await open(browser, renderHtml(SEOUL, 'en'))
    const places = await page.evaluate(
      `['header', '#map', '.steps', '#findings'].map((one) => document.querySelector(one).getBoundingClientRect().top)`,
    )
    expect(places).toEqual((places as number[]).toSorted((one, other) => one - other))
    await close()
  })

  test('a cell of the map tells its hops on hover and on focus, and leads to them', async () => {
    const { page, close } = await open(browser, renderHtml(SEOUL, 'en'))
    expect(await page.isVisible('#hops-here')).toBe(false)
    await page.locator('.map a[href="#path-0"]').hover()
    expect(await page.textContent('#hops-here')).toContain('rtb-0c9e8d7f6a5b4c3d2 has no route that covers S3.')
    await page.locator('.map a[href="#path-1"]').focus()
    expect(await page.textContent('#hops-here')).toContain('reachable')
    await page.keyboard.press('Enter')
    expect(await page.isVisible('#path-1')).toBe(true)
    await close()
  })

  test('a row of the timeline leads by keyboard to its failure, or to its line of the table, without script too', async () => {
    for (const javaScriptEnabled of [true, false]) {
      const { page, close } = await open(browser, renderHtml(FAILED, 'en'), { javaScriptEnabled })
      const rows = page.locator('.timeline a')
      expect(await rows.count()).toBe(3)
      await rows.nth(2).focus()
      await page.keyboard.press('Enter')
      expect(await page.locator('article:target h3').textContent()).toContain('S3 gave no answer')
      await rows.nth(0).focus()
      await page.keyboard.press('Enter')
      expect(await page.locator('th:target').isVisible()).toBe(true)
      expect(await page.locator('th:target').textContent()).toBe('1f0e9d8c7b6a49588776655443322110')
      await close()
    }
  })

  test('without script everything can be read, and no filter pretends to work', async () => {
    const { page, close } = await open(browser, renderHtml(SIXTY, 'en'), { javaScriptEnabled: false })
    expect(await page.locator('article:visible').count()).toBe(60)
    expect(await page.isVisible('#filters')).toBe(false)
    expect(await page.locator('#path-0').textContent()).toContain('has no route that covers S3.')
    expect(await page.locator('.map title').allTextContents()).toContainEqual(
      expect.stringContaining('Route table rtb-0c9e8d7f6a5b4c3d2: deny'),
    )
    await close()
  })

  test('a phone scrolls up and down only', async () => {
    for (const report of [SEOUL, FAILED, SIXTY]) {
      const { page, close } = await open(browser, renderHtml(report, 'ko'), { viewport: { width: 360, height: 740 } })
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
      await close()
    }
  })

  test('hostile names run nothing and ask for nothing', async () => {
    const words = [
      '</script><script>document.title = 1</script>',
      '"><img src=https://evil.example/x onerror=alert(1)>',
      '</svg></title><a href=javascript:alert(1)>x',
      "' onfocus=alert(1) autofocus x='",
    ]
    const report = reworded(FAILED, (at) => `${words[at % words.length]}${at}`)
    const { page, complaints, close } = await open(browser, renderHtml(report, 'en'))
    const count = (selector: string) => page.locator(selector).count()
    expect([
      await count('script'),
      await count('img'),
      await count('[onfocus]'),
      await count('a:not([href^="#"])'),
    ]).toEqual([1, 0, 0, 0])
    expect(await page.title()).toContain('FAIL')
    expect(complaints).toEqual([])
    await close()
  })

  test('pictures to look at: light, dark, phone and paper', async () => {
    const views = [
      ['light', {}],
      ['dark', { colorScheme: 'dark' }],
      ['phone', { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 }],
    ] as const
    for (const [name, options] of views) {
      const { page, close } = await open(browser, renderHtml(FAILED, name === 'phone' ? 'ko' : 'en'), options)
      await page.locator('.map a').first().hover()
      expect((await page.screenshot({ ...fileFor(`${name}.png`), fullPage: true })).length).toBeGreaterThan(20_000)
      await close()
    }
    const { page, close } = await open(browser, renderHtml(FAILED, 'en'))
    const paper = await page.pdf({ ...fileFor('paper.pdf'), format: 'A4' })
    expect(paper.length).toBeGreaterThan(20_000)
    await page.emulateMedia({ media: 'print' })
    expect(await page.isVisible('#filters')).toBe(false)
    await close()
  })
}
