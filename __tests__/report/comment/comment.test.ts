/** The comment of a pull request: what it shows, what it remembers, how long it gets, and that nothing in it acts. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Finding, Report } from '../../../src/domain/report.ts'
import { LANGUAGES, type Language } from '../../../src/domain/text.ts'
import { renderComment, speaksUp } from '../../../src/report/comment/comment.ts'
import { compare, markerOf, memoryLine, memoryOf } from '../../../src/report/comment/memory.ts'
import { draws } from '../../draws.ts'
import { expectGolden } from '../golden.ts'
import { hostileReport } from '../hostile.ts'
import { ROLLOUTS } from '../rollout-samples.ts'
import { ALL_CLEAR, ALL_UNKNOWN, SEOUL, SIXTY } from '../samples.ts'

const RUN = 'https://github.com/acme/shop/actions/runs/12'
const COMMIT = '8c1f0d2b7a6e5f4c3b2a19088f7e6d5c4b3a2910'
const AFTER: Report = { ...ALL_CLEAR, target: SEOUL.target }
const HARD = ROLLOUTS['rollout-steady-after-failures'] as Report
const [FIRST] = SEOUL.findings
if (FIRST === undefined) throw new Error('a sample without findings')

function comment(report: Report, earlier: string | null = null, language: Language = 'en'): string {
  return renderComment(report, { language, earlier, commit: COMMIT, run: RUN })
}

/** The report within has golden files of its own. */
function withoutReport(body: string): string {
  return body.replace(/\n### [\s\S]*\n<\/details>\n(?=\n<sub>)/, '\n…\n\n</details>\n')
}

describe.each(LANGUAGES)('in %s', (language) => {
  test('the Seoul case, and after it was mended', () => {
    const first = comment(SEOUL, null, language)
    expectGolden(`seoul.${language}.comment.md`, withoutReport(first))
    expectGolden(`mended.${language}.comment.md`, withoutReport(comment(AFTER, first, language)))
  })
})

test.each(LANGUAGES)(
  'a rollout that went over failures: the head, what preflight found, the rest folded (%s)',
  (language) => {
    const body = comment(HARD, null, language)
    expectGolden(`rollout-steady-after-failures.${language}.comment.md`, withoutReport(body))
    expect(body.indexOf('<details>')).toBeLessThan(body.indexOf('mermaid'))
  },
)

test('a rollout speaks up when tasks failed or it was given up, and not when it went well', () => {
  expect(Object.entries(ROLLOUTS).flatMap(([name, report]) => (speaksUp(report) ? [name.slice(8)] : []))).toEqual([
    ...[
      'steady-after-failures',
      'failed',
      'half-explained',
      'rolling-back',
      'rolled-back',
      'timed-out',
      'lost',
      'cancelled',
      'crashing',
      'image-gone',
      'unplaced',
    ],
  ])
})

/** As the first version wrote it for the sample. */
const FIRST_VERSION = `<!-- ecs-pull-guard service 9133d54c91377867e3bd24046ae4a910 -->
<!-- ecs-pull-guard memory eyJvcGVuIjpbWyJzMy1yb3V0ZS1taXNzaW5nIiwicnRiLTBjOWU4ZDdmNmE1YjRjM2QyIl0sWyJlbmRwb2ludC16b25lLWdhcCIsInZwY2UtMGQ2ZTVmNDAzMTIyNDM1NDYiXV0sImZpeGVkIjpbXX0= -->

## ❌ FAIL: Routes`

test('a comment of the first version is known by its marker, and what it remembers is compared', () => {
  expect(FIRST_VERSION.startsWith(markerOf(SEOUL.target))).toBe(true)
  const next = comment(AFTER, FIRST_VERSION)
  expect(next.match(/^- ✅ ~~/gm)).toHaveLength(SEOUL.findings.length)
  expect(comment(SEOUL, FIRST_VERSION)).not.toMatch(/~~.*rtb-/)
})

describe('fixed since', () => {
  test('stays struck through in later runs, and is open again when it comes back', () => {
    const passing = comment(AFTER, comment(SEOUL))
    expect(comment(AFTER, passing)).toContain('~~')
    const again = comment({ ...SEOUL, findings: [FIRST] }, passing)
    expect(again.match(/^- ✅ ~~/gm)).toHaveLength(SEOUL.findings.length - 1)
    expect(again).toContain(`(\`${FIRST.subject}\`)\n`)
  })

  test('needs a check that has judged: one that could not tell says so, and its finding stays open', () => {
    const unknown = {
      check: FIRST.check,
      step: FIRST.step,
      reason: ['x'] as const,
      because: { en: 'x', ko: 'x' },
      permission: null,
      matters: true,
    }
    const unsure: Report = { ...AFTER, verdict: 'unknown', unknowns: [unknown] }
    const second = comment(unsure, comment(SEOUL))
    expect(second).toMatch(new RegExp(`^- ❔ .*${FIRST.subject}.*: could not be judged this time$`, 'm'))
    expect(comment(AFTER, second)).toMatch(new RegExp(`^- ✅ ~~.*${FIRST.subject}`, 'm'))
  })

  test('needs a preflight: a watch that ended before its own did has judged nothing', () => {
    const finding: Finding = { ...FIRST, check: 's3-route-missing' }
    const second = comment({ ...AFTER, steps: [] }, comment({ ...SEOUL, findings: [finding] }))
    expect(second).toMatch(/^- ❔ .*: could not be judged this time$/m)
    expect(second).not.toContain('~~')
  })

  test('is not one that is ignored by now', () => {
    const ignored = SEOUL.findings.map((finding) => ({ ...finding, reason: 'known' }))
    expect(comment({ ...AFTER, ignored }, comment(SEOUL))).not.toContain('~~')
  })

  test('is read from what an edited comment still holds, and from nothing that is no memory of ours', () => {
    expect(memoryOf(comment(SEOUL).replaceAll('\n', '\r\n')).open).toHaveLength(SEOUL.findings.length)
    const line = (value: unknown) =>
      `<!-- ecs-pull-guard memory ${Buffer.from(JSON.stringify(value)).toString('base64')} -->`
    for (const odd of [
      '',
      '%%%',
      line(null),
      line([]),
      line({ open: 7 }),
      line({ open: [['<b>', 'x'], ['a'], null, ['a', 1]] }),
    ])
      expect(memoryOf(odd)).toEqual({ open: [], fixed: [] })
    expect(memoryOf(` ${line({ open: [['a', 'x']] })}`).open).toEqual([])
    expect(memoryOf(line({ open: [['a', 'x']] })).open).toEqual([{ check: 'a', subject: 'x' }])
  })

  test('what is remembered comes back, as far as it fits', () => {
    const open = Array.from({ length: 60 }, (_, at) => ({ check: `check-${at}`, subject: `subnet-${at}` }))
    expect(memoryOf(memoryLine({ open, fixed: open.slice(0, 5) }))).toEqual({ open, fixed: open.slice(0, 5) })
    const long = open.map(({ check }, at) => ({ check, subject: `${at}${'가'.repeat(290)}` }))
    const line = memoryLine({ open: long, fixed: long.slice(0, 20) })
    expect(line.length).toBeLessThanOrEqual(16_000)
    expect(memoryOf(line).open.slice(0, 5)).toEqual(long.slice(0, 5))
  })

  test('findings of a name that was cut are the same finding', () => {
    const subject = 'x'.repeat(1_000)
    const report = { ...SEOUL, findings: [{ ...FIRST, subject }] }
    expect(compare(memoryOf(memoryLine(compare({ open: [], fixed: [] }, report))), report).fixed).toEqual([])
  })
})

describe('what is seen first', () => {
  test('is the marker, hidden, then the verdict with what to paste', () => {
    const lines = comment(SEOUL).split('\n')
    expect(lines[0]).toBe(markerOf(SEOUL.target))
    expect(lines.slice(2).find((line) => line !== '')).toMatch(/^## ❌ FAIL/)
    expect(comment(SEOUL).indexOf('aws ec2 modify-vpc-endpoint')).toBeLessThan(comment(SEOUL).indexOf('<details>'))
  })

  test('when it passes is no more than that', () => {
    const open = comment(AFTER, comment(SEOUL))
      .replace(/<details>[\s\S]*<\/details>/, '')
      .replace(/<!--.*?-->/g, '')
    expect(open).not.toMatch(/^[-|#]{1,} [^✅]/m)
    expect(open.length).toBeLessThan(500)
  })

  test('ends with the commit and the run, and with neither where they are not what they should be', () => {
    expect(comment(SEOUL)).toContain(`<sub>Commit: 8c1f0d2 · [workflow run](${RUN})</sub>`)
    const bare = renderComment(SEOUL, { language: 'en', earlier: null, commit: 'x](y)', run: 'javascript:alert(1)' })
    expect(bare).not.toMatch(/<sub>|javascript|x\]/)
  })
})

test('services of the same name in other clusters, Regions or accounts have other markers', () => {
  const { target } = SEOUL
  const others = [
    { ...target, cluster: 'x' },
    { ...target, region: 'x' },
    { ...target, accountId: null },
    { ...target, service: 'x' },
  ]
  expect(new Set([target, ...others, { ...target, taskDefinition: 'x' }].map(markerOf)).size).toBe(5)
})

test('a report speaks up with a blocker or a warning', () => {
  expect([SEOUL, SIXTY, ALL_CLEAR, ALL_UNKNOWN].map(speaksUp)).toEqual([true, true, false, false])
  expect(speaksUp({ ...SEOUL, findings: [{ ...FIRST, severity: 'advice' }] })).toBe(false)
  const ended = (phase: string) => ({ ...ROLLOUTS[`rollout-${phase}`], findings: [] }) as Report
  expect(['steady', 'failed', 'timed-out'].map((phase) => speaksUp(ended(phase)))).toEqual([false, true, true])
})

describe('65,000 characters', () => {
  const many: Report = { ...SIXTY, findings: Array.from({ length: 20 }, () => SIXTY.findings).flat() }

  test.each(LANGUAGES)('are never more, and nearly all are used (%s)', (language) => {
    const body = comment(many, comment(SIXTY, null, language), language)
    expect(body.length).toBeLessThanOrEqual(65_000)
    expect(body.length).toBeGreaterThan(40_000)
    expect(body.match(/<details>/g)?.length).toBe(body.match(/<\/details>/g)?.length)
    expect(body).toMatch(language === 'ko' ? /나머지 문제 \d+건/ : /more findings are left out/)
  })

  test('hold for names of any length', () => {
    fc.assert(
      fc.property(hostileReport, fc.constantFrom(1, 20, 100), (report, times) => {
        const stretched = JSON.parse(JSON.stringify(report), (key, value) =>
          typeof value === 'string' && ['subject', 'cluster', 'service', 'en', 'ko'].includes(key)
            ? value.repeat(times)
            : value,
        ) as Report
        const body = comment(stretched, comment(stretched))
        expect(body.length).toBeLessThanOrEqual(65_000)
        expect(body.startsWith(markerOf(stretched.target))).toBe(true)
      }),
      { numRuns: draws(4) },
    )
  })
})

const FENCE = /^(`{3,})[^`\n]*\n[\s\S]*?^\1`*$/gm

describe.each(LANGUAGES)('a hostile report in %s', (language) => {
  test('has no live mention, link, image, tag or comment of its own', () => {
    fc.assert(
      fc.property(hostileReport, (report) => {
        const body = renderComment(report, {
          language,
          earlier: comment({ ...report, findings: [] }, comment(report)),
          commit: '',
          run: '',
        })
        expect(body.replace(FENCE, '').match(/<!--/g)).toHaveLength(2)
        expect(body).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
        const list = body.split('\n').filter((line) => /^- (❌|⚠️|💡|❔|✅) /.test(line))
        for (const line of list) {
          const prose = line.replace(/`[^`]*`/g, 'code')
          expect(prose).not.toMatch(/@[A-Za-z0-9]|:\/\/|www\.|(?<!\\)[[\]]|<(?!\/?span>)/)
          expect(prose.match(/(?<!\\)~~/g)?.length ?? 0).toBe(line.startsWith('- ✅') ? 2 : 0)
        }
      }),
      { numRuns: draws(10) },
    )
  })
})
