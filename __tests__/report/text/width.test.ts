/** Cells, wrapping and the promise that a report keeps to the columns it is given. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Report } from '../../../src/domain/report.ts'
import { LANGUAGES } from '../../../src/domain/text.ts'
import { TOOL } from '../../../src/domain/version.ts'
import { renderText } from '../../../src/report/terminal/text.ts'
import { cells, centre, clip, graphemes, padEnd, wrap, wrapName } from '../../../src/report/text/width.ts'
import { draws } from '../../draws.ts'
import { hostileReport } from '../hostile.ts'
import { ROLLOUTS } from '../rollout-samples.ts'
import { ALL_UNKNOWN, SEOUL, SIXTY } from '../samples.ts'

describe('cells', () => {
  test.each([
    ['rtb-0c9e', 8],
    ['라우팅', 6],
    ['✔✘', 2],
    ['✅', 2],
    ['⚠️', 2],
    ['👩🏽‍🚀', 2],
    ['e\u0301', 1],
    ['한\u0301', 2],
    ['ㅎㅏㄴ', 6],
    ['🇰🇷', 2],
    ['（全角）', 8],
    ['', 0],
  ])('%j takes %i', (text, width) => {
    expect(cells(text)).toBe(width)
  })

  test('padding and centring count cells', () => {
    expect(padEnd('라우팅', 8)).toBe('라우팅  ')
    expect(centre('✘', 5)).toBe('  ✘  ')
    expect(padEnd('abc', 2)).toBe('abc')
  })

  test('a clipped text says so and fits', () => {
    expect(clip('라우팅 테이블', 8)).toBe('라우팅 …')
    expect(clip('abc', 3)).toBe('abc')
  })
})

test('a text is cut where ICU would cut it', () => {
  const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })
  const character = fc.oneof(
    fc.integer({ min: 0x20, max: 0xfffd }).filter((code) => code < 0xd800 || code > 0xdfff),
    fc.constantFrom(0x1f468, 0x200d, 0xfe0f, 0x301, 0x3099, 0xac00, 0x1100, 0x1161, 0xff9e),
  )
  const text = fc.array(character, { maxLength: 12 }).map((codes) => String.fromCodePoint(...codes))
  fc.assert(
    fc.property(text, (word) => {
      const clusters = Array.from(segmenter.segment(word), ({ segment }) => segment)
      expect(graphemes(word)).toEqual(clusters)
    }),
    { numRuns: draws(200) },
  )
})

describe('wrap', () => {
  const words = fc.string({
    unit: fc.constantFrom('a', 'b', '-', ' ', '한', '글', '✅', ':', 'e\u0301'),
    maxLength: 200,
  })

  test('no line is too long and nothing but spaces is lost', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 2, max: 80 }), (text, width) => {
        const lines = wrap(text, width)
        expect(Math.max(...lines.map(cells))).toBeLessThanOrEqual(width)
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
      }),
    )
  })

  test('it breaks between words where it can', () => {
    expect(wrap('the route table has no route', 12)).toEqual(['the route', 'table has no', 'route'])
    expect(wrap('라우팅 테이블에 경로가 없습니다', 16)).toEqual(['라우팅 테이블에', '경로가 없습니다'])
  })

  test('a line never begins with two colons', () => {
    expect(wrap('a route to ::/0 leads nowhere', 10)).toEqual(['a route', 'to ::/0', 'leads', 'nowhere'])
  })

  test('a name breaks behind its punctuation', () => {
    expect(wrapName('registry:registry-1.docker.io', 14)).toEqual(['registry:', 'registry-1.', 'docker.io'])
  })
})

describe.each(LANGUAGES)('a report in %s', (language) => {
  const columns = fc.integer({ min: 40, max: 140 })

  test.each(Object.entries({ SEOUL, ALL_UNKNOWN, SIXTY, ...ROLLOUTS }))(
    '%s keeps to its columns, commands apart',
    (_, report) => {
      fc.assert(
        fc.property(columns, (width) => expectFits(report, width)),
        { numRuns: draws(6) },
      )
    },
  )

  test('so it does whatever the names are', () => {
    fc.assert(fc.property(hostileReport, columns, expectFits), { numRuns: draws(15) })
  })

  function expectFits(report: Report, width: number): void {
    const text = renderText(withoutCode(report), { language, columns: width })
    const longest = Math.max(...text.split('\n').map(cells))
    expect(longest).toBeLessThanOrEqual(Math.min(width, 120))
  }
})

/** Commands, Terraform, the policy, addresses and what containers wrote are never wrapped. */
function withoutCode(report: Report): Report {
  const { rollout, ...rest } = report
  return {
    ...rest,
    tool: TOOL,
    reads: [],
    ...(rollout === undefined ? {} : { rollout: { ...rollout, logs: [] } }),
    findings: report.findings.map((finding) => ({ ...finding, remedy: { ...finding.remedy, cli: [], terraform: '' } })),
  }
}
