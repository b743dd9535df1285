/** A job summary never grows past GitHub's limit, and says what it left out. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { LANGUAGES } from '../../../src/domain/text.ts'
import { renderMarkdown } from '../../../src/report/markdown/markdown.ts'
import { draws } from '../../draws.ts'
import { hostileReport } from '../hostile.ts'
import { LARGE } from '../large.ts'
import { SEOUL, SIXTY } from '../samples.ts'

const bytes = (text: string) => Buffer.byteLength(text)
const numbered = (markdown: string) => markdown.match(/^#### \d+\./gm)?.length ?? 0

describe('the size of a summary', () => {
  test('sixty findings fit a job summary as they are', () => {
    const markdown = renderMarkdown(SIXTY, { language: 'ko' })
    expect(numbered(markdown)).toBe(60)
    expect(markdown).not.toContain('생략')
  })

  test.each(LANGUAGES)('whole findings go from the end, and are counted (%s)', (language) => {
    for (const atMost of [12_000, 30_000, 65_536]) {
      const markdown = renderMarkdown(SIXTY, { language, atMost })
      expect(bytes(markdown)).toBeLessThanOrEqual(atMost)
      const kept = numbered(markdown)
      expect(kept).toBeLessThan(60)
      const said = language === 'ko' ? `나머지 문제 ${60 - kept}건` : `${60 - kept} more findings are left out`
      expect(markdown).toContain(said)
      expect(markdown.match(/<details>/g)?.length ?? 0).toBe(markdown.match(/<\/details>/g)?.length ?? 0)
      expect(markdown).toContain(language === 'ko' ? '### 지금 배포하면' : '### If you deploy now')
    }
  })

  test('more would have fitted by no whole finding', () => {
    const all = renderMarkdown(SIXTY, { language: 'en' })
    const one = bytes(all.slice(all.indexOf('#### 1.'), all.indexOf('#### 2.')))
    const markdown = renderMarkdown(SIXTY, { language: 'en', atMost: 40_000 })
    expect(bytes(markdown)).toBeGreaterThan(40_000 - 2 * one - 2_500)
  })

  test('twenty thousand subnets leave the verdict and the failing step', () => {
    const [path] = SEOUL.paths
    if (path === undefined) throw new Error('a sample without paths')
    const paths = Array.from({ length: 20_000 }, (_, at) => ({
      ...path,
      from: { ...path.from, subnetId: `subnet-${String(at).padStart(17, '0')}` },
    }))
    const markdown = renderMarkdown({ ...SEOUL, paths }, { language: 'en' })
    expect(bytes(markdown)).toBeLessThanOrEqual(1_000_000)
    expect(markdown).toMatch(/^## ❌ FAIL: Routes\n/)
    expect(markdown).toContain("keep within GitHub's size limit: From each subnet to each destination")
    expect(markdown).toContain('| ❌ **Routes** |')
  })

  test.each(LANGUAGES)(
    'five hundred failures and five thousand entries of a timeline fit, with the head whole (%s)',
    (language) => {
      const markdown = renderMarkdown(LARGE, { language })
      expect(bytes(markdown)).toBeLessThan(150_000)
      expect(markdown).toContain(language === 'en' ? '## ❌ FAIL: Image pull' : '## ❌ 실패: 이미지 풀')
      expect(markdown.match(/^ {2}section /gm)?.length).toBeLessThanOrEqual(12)
      expect(markdown).toContain(language === 'en' ? 'and 492 more' : '외 492개')
      // Several subnets share a zone here: its sums stand in a table of their own.
      expect(markdown).toContain(language === 'en' ? '\n| Zone | Tasks |' : '\n| 가용 영역 | 태스크 |')
      expect(bytes(renderMarkdown(LARGE, { language, atMost: 20_000 }))).toBeLessThanOrEqual(20_000)
    },
  )

  test('names of any length leave room for the verdict', () => {
    fc.assert(
      fc.property(hostileReport, (report) => {
        const long = {
          ...report,
          target: { ...report.target, service: 'x'.repeat(200_000), cluster: '@'.repeat(200_000) },
        }
        expect(bytes(renderMarkdown(long, { language: 'en', atMost: 20_000 }))).toBeLessThanOrEqual(20_000)
      }),
      { numRuns: draws(6) },
    )
  })
})

describe('what to paste', () => {
  test('stands in a block of its own before everything else', () => {
    const markdown = renderMarkdown(SEOUL, { language: 'en' })
    const [before = ''] = markdown.split('### Steps')
    expect(before).toContain(`\`\`\`sh\n${SEOUL.findings[0]?.remedy.cli[0]}\n\`\`\``)
  })

  test('code that holds fences cannot close its own', () => {
    const findings = SEOUL.findings.map((finding) => ({
      ...finding,
      remedy: { ...finding.remedy, terraform: 'x = <<EOT\n````\n# heading\n```\nEOT' },
    }))
    expect(renderMarkdown({ ...SEOUL, findings }, { language: 'en' })).toContain('`````hcl\nx = <<EOT\n````')
  })
})
