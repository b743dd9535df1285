/** What a rollout took is held against the rollouts before it and the forecast, as far as they can be compared. */
import { expect, test } from '@jest/globals'
import type { Report } from '../../../src/domain/report.ts'
import type { RolloutReport } from '../../../src/domain/rollout.ts'
import { LANGUAGES } from '../../../src/domain/text.ts'
import { measuredOf } from '../../../src/report/document/measured.ts'
import { renderHtml } from '../../../src/report/html/html.ts'
import { renderMarkdown } from '../../../src/report/markdown/markdown.ts'
import { renderText } from '../../../src/report/terminal/text.ts'
import { WORDS } from '../../../src/report/text/words.ts'
import { ROLLOUTS } from '../rollout-samples.ts'

function reportOf(name: string): Report {
  return ROLLOUTS[`rollout-${name}`] as Report
}

function rolloutOf(name: string): RolloutReport {
  return reportOf(name).rollout as RolloutReport
}

function measured(name: string, fields: Partial<RolloutReport> = {}) {
  return measuredOf(reportOf(name), { ...rolloutOf(name), ...fields })
}

test('against the last one, the usual one and the forecast', () => {
  expect(measured('steady-after-failures')).toEqual({
    lead: { en: '2 min 30 s → 10 min 9 s, 2 failed starts', ko: '2분 30초 → 10분 9초, 시작 실패 2회' },
    lines: [
      {
        en: 'The rollout before it (2025-11-02, successful): 2 min 30 s',
        ko: '직전 롤아웃(2025-11-02, 성공): 2분 30초',
      },
      {
        en: 'Usual, median of the last successful ones: 2 min 40 s',
        ko: '평소(최근 성공한 롤아웃의 중앙값): 2분 40초',
      },
      {
        en: 'Forecast 9–17 min, about 2.3 failed starts; measured 10 min 9 s, 2 failed starts',
        ko: '예측: 9~17분, 시작 실패 약 2.3회 → 측정: 10분 9초, 시작 실패 2회',
      },
    ],
  })
})

test('without history there is nothing but the figures', () => {
  const { slow } = rolloutOf('steady')
  expect(measured('steady', { history: [], slow: { ...slow, baselineSeconds: null } })).toEqual({
    lead: { en: '2 min 39 s, 0 failed starts', ko: '2분 39초, 시작 실패 0회' },
    lines: [],
  })
})

test('no arrow from or to a rollout that did not go well', () => {
  const past = { seconds: 410, status: 'ROLLBACK_SUCCESSFUL', finishedAt: Date.parse('2025-11-02T00:00:00Z') }
  expect(measured('steady', { history: [past] })?.lead.en).toBe('2 min 39 s, 0 failed starts')
  expect(measured('steady', { history: [past] })?.lines[0]?.en).toContain('rolled back')
  expect(measured('failed')?.lead.en).toBe('7 min 47 s until it failed, 2 failed starts')
})

test('what was cut short is not held against the forecast', () => {
  for (const name of ['cancelled', 'superseded', 'lost', 'rolling-back']) {
    expect(
      measured(name)
        ?.lines.map(({ en }) => en)
        .join(),
    ).not.toContain('Forecast')
  }
})

test('a task that ran is no failed start', () => {
  expect(measured('crashing')?.lead.en).toContain('5 failed tasks')
})

test('nothing is measured of what was not seen to begin', () => {
  expect(measured('steady', { seconds: null })).toBeNull()
})

test.each(LANGUAGES)('no report of a rollout foretells it: %s', (language) => {
  for (const report of Object.values(ROLLOUTS)) {
    for (const text of [
      renderText(report, { language }),
      renderMarkdown(report, { language }),
      renderHtml(report, language),
    ]) {
      expect(text).not.toContain(WORDS.forecast[language])
    }
  }
})
