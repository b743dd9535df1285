/** The reports as readers see them, in both languages. UPDATE_GOLDEN=1 writes them anew; read the diff. */
import { describe, test } from '@jest/globals'
import { LANGUAGES } from '../../src/domain/text.ts'
import { annotationsOf } from '../../src/report/annotations/annotations.ts'
import { renderComment } from '../../src/report/comment/comment.ts'
import { renderHtml } from '../../src/report/html/html.ts'
import { renderJson } from '../../src/report/json/json.ts'
import { renderMarkdown } from '../../src/report/markdown/markdown.ts'
import { renderText } from '../../src/report/terminal/text.ts'
import { DEPLOYS } from './deploy-samples.ts'
import { expectGolden } from './golden.ts'
import { JUDGED } from './judged-samples.ts'
import { PROBED } from './probe-samples.ts'
import { REHEARSALS } from './rehearsal-samples.ts'
import { ROLLOUTS } from './rollout-samples.ts'
import { SAMPLES, SIXTY } from './samples.ts'

/** A page is large, and those of the other endings differ from these in what the Markdown shows as well. */
const WHOLE = ['rollout-steady', 'rollout-steady-after-failures', 'rollout-crashing', 'rollout-half-explained']

const JOB = { earlier: null, commit: '8c1f0d2b7a6e5f4c', run: 'https://github.com/acme/shop/actions/runs/12' }

describe.each(LANGUAGES)('reports in %s', (language) => {
  test.each(Object.entries(SAMPLES))('%s', (name, report) => {
    expectGolden(`${name}.${language}.txt`, renderText(report, { language }))
    expectGolden(`${name}.${language}.md`, renderMarkdown(report, { language }))
    expectGolden(`${name}.${language}.json`, renderJson(report, language))
    expectGolden(`${name}.${language}.html`, renderHtml(report, language))
    expectGolden(
      `${name}.${language}.annotations.json`,
      `${JSON.stringify(annotationsOf(report, language), null, 2)}\n`,
    )
  })

  test.each(Object.entries(JUDGED))('%s', (name, report) => {
    expectGolden(`${name}.${language}.txt`, renderText(report, { language }))
    expectGolden(`${name}.${language}.md`, renderMarkdown(report, { language }))
    expectGolden(`${name}.${language}.json`, renderJson(report, language))
    expectGolden(`${name}.${language}.html`, renderHtml(report, language))
    expectGolden(`${name}.${language}.comment.md`, renderComment(report, { language, ...JOB }))
  })

  test.each(Object.entries(ROLLOUTS))('%s', (name, report) => {
    expectGolden(`${name}.${language}.txt`, renderText(report, { language }))
    expectGolden(`${name}.${language}.md`, renderMarkdown(report, { language }))
    if (WHOLE.includes(name)) {
      expectGolden(`${name}.${language}.json`, renderJson(report, language))
      expectGolden(`${name}.${language}.html`, renderHtml(report, language))
    }
    if (name === 'rollout-half-explained')
      expectGolden(`${name}.${language}.comment.md`, renderComment(report, { language, ...JOB }))
  })

  test.each(Object.entries(DEPLOYS))('%s', (name, report) => {
    expectGolden(`${name}.${language}.txt`, renderText(report, { language }))
    expectGolden(`${name}.${language}.md`, renderMarkdown(report, { language }))
    if (name !== 'deploy-failed') return
    expectGolden(`${name}.${language}.json`, renderJson(report, language))
    expectGolden(`${name}.${language}.html`, renderHtml(report, language))
    expectGolden(`${name}.${language}.comment.md`, renderComment(report, { language, ...JOB }))
  })

  test.each(Object.entries(REHEARSALS))('%s', (name, report) => {
    expectGolden(`${name}.${language}.txt`, renderText(report, { language }))
    expectGolden(`${name}.${language}.md`, renderMarkdown(report, { language }))
    expectGolden(`${name}.${language}.json`, renderJson(report, language))
    expectGolden(
      `${name}.${language}.annotations.json`,
      `${JSON.stringify(annotationsOf(report, language), null, 2)}\n`,
    )
  })

  test('a probe', () => {
    expectGolden(`probe.${language}.txt`, renderText(PROBED, { language }))
    expectGolden(`probe.${language}.md`, renderMarkdown(PROBED, { language }))
    expectGolden(`probe.${language}.json`, renderJson(PROBED, language))
    expectGolden(`probe.${language}.comment.md`, renderComment(PROBED, { language, ...JOB }))
  })

  test('sixty findings on a narrow terminal', () => {
    expectGolden(`sixty.${language}.txt`, renderText(SIXTY, { language, columns: 80 }))
  })
})
