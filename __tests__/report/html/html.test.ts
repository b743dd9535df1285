/** The HTML page carries all it needs, lets nothing else in, and stays small. */
import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { LANGUAGES } from '../../../src/domain/text.ts'
import { renderHtml } from '../../../src/report/html/html.ts'
import { LARGE } from '../large.ts'
import { ROLLOUTS } from '../rollout-samples.ts'
import { SEOUL, SIXTY } from '../samples.ts'

describe.each(LANGUAGES)('the page in %s', (language) => {
  test('names its language', () => {
    expect(renderHtml(SEOUL, language)).toContain(`<html lang="${language}">`)
  })

  test('takes less than 400 KB for sixty findings', () => {
    expect(Buffer.byteLength(renderHtml(SIXTY, language))).toBeLessThan(400_000)
  })

  test('stays readable for five hundred failures and five thousand entries of a timeline', () => {
    const html = renderHtml(LARGE, language)
    expect(Buffer.byteLength(html)).toBeLessThan(1_000_000)
    expect(html.match(/<article class="edge-red" id="failure-/g)).toHaveLength(20)
  })

  test('refers to nothing outside itself', () => {
    for (const report of [SIXTY, ...Object.values(ROLLOUTS)]) {
      const page = renderHtml(report, language)
      expect(page.replaceAll(`href="${report.tool.pages}/docs/`, '')).not.toMatch(
        /\s(src|href|action)\s*=\s*"(?!#)|@import|url\(/i,
      )
    }
  })
})

test('the policy names the very style and script of the page', () => {
  const html = renderHtml(SEOUL, 'en')
  for (const tag of ['style', 'script']) {
    const content = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(html)?.[1] ?? ''
    const hash = createHash('sha256').update(content).digest('base64')
    expect(html).toContain(`${tag}-src 'sha256-${hash}'`)
  }
})
