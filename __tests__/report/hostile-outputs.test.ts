/** Rule of every output: what AWS and its accounts put into names, reasons and logs stays text, in preflight and in watch. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Report } from '../../src/domain/report.ts'
import { LANGUAGES, type Language } from '../../src/domain/text.ts'
import { annotationsOf } from '../../src/report/annotations/annotations.ts'
import { renderComment } from '../../src/report/comment/comment.ts'
import { renderHtml } from '../../src/report/html/html.ts'
import { renderJson, reportJson } from '../../src/report/json/json.ts'
import { renderJunit } from '../../src/report/junit/junit.ts'
import { renderMarkdown } from '../../src/report/markdown/markdown.ts'
import { outputsOf } from '../../src/report/outputs.ts'
import { renderSarif } from '../../src/report/sarif.ts'
import type { Locate } from '../../src/report/source-lines/locate.ts'
import { renderText } from '../../src/report/terminal/text.ts'
import { renderTrace } from '../../src/report/trace.ts'
import { draws } from '../draws.ts'
import { hostileProbe, hostileReport, hostileWatch, PLAIN, PLAIN_PROBED, PLAIN_WATCHED } from './hostile.ts'
import { htmlStructureOf } from './html-structure.ts'
import { expectInert } from './inert.ts'
import { diagramsOf, structureOf, wordsOf } from './markdown-structure.ts'
import { complaintOf } from './mermaid-parser.ts'
import { elements } from './xml.ts'

/** A whole report takes minutes to shrink, and says little more then. */
const RUNS = { numRuns: draws(10), endOnFailure: true }
const KINDS = [
  ['preflight', PLAIN, hostileReport],
  ['probe', PLAIN_PROBED, hostileProbe],
  ['watch', PLAIN_WATCHED, hostileWatch],
] as const
const CASES = KINDS.flatMap(([kind, plain, hostile]) =>
  LANGUAGES.map((language) => ({ kind, plain, hostile, language })),
)
const everywhere: Locate = () => ({ file: 'ecs/task.json', line: 8, column: 16, endColumn: 23 })

describe.each(CASES)('of a hostile $kind in $language,', ({ plain, hostile, language }) => {
  function always(prove: (report: Report) => void): void {
    fc.assert(fc.property(hostile, prove), RUNS)
  }

  test('the job summary has our structure and no other, and nothing in it acts', () => {
    const ours = structureOf(renderMarkdown(plain, { language }))
    always((report) => {
      const markdown = renderMarkdown(report, { language })
      expect(structureOf(markdown)).toEqual(ours)
      expectInert(markdown)
      expectNothingForGitHub(wordsOf(markdown))
    })
  })

  test('the comment has our structure and no other, also where it strikes through what an earlier one told', () => {
    const draw = (report: Report, earlier: string | null) =>
      renderComment(report, { language, earlier, commit: '', run: '' })
    const fixed = (report: Report): Report => ({ ...report, findings: report.findings.slice(1), unknowns: [] })
    const first = structureOf(draw(plain, null))
    const second = structureOf(draw(fixed(plain), draw(plain, null)))
    always((report) => {
      const comment = draw(report, null)
      const later = draw(fixed(report), comment)
      expect(structureOf(comment)).toEqual(first)
      expect(structureOf(later)).toEqual(second)
      for (const markdown of [comment, later]) {
        expectInert(markdown)
        expectNothingForGitHub(wordsOf(markdown))
      }
    })
  })

  test('annotations, outputs and a terminal have plain words, and colours are our own', () => {
    always((report) => {
      for (const { title, message } of annotationsOf(report, language, everywhere)) {
        expectInert(title)
        expectInert(message)
        expect(title).not.toContain('\n')
        expect(title + message).not.toMatch(/<[a-z/!]|:\/\/|(^|\W)@\w/i)
      }
      for (const [name, output] of Object.entries(outputsOf(report, language))) {
        expectInert(output)
        // Commands are pasted, and so are several lines.
        if (name !== 'fix') expect(output).not.toContain('\n')
      }
      const text = renderText(report, { language })
      expectInert(text)
      const coloured = renderText(report, { language, colour: true })
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours that we write
      expect(coloured.replace(/\u001b\[(1|22|3[1236]|39|90)m/g, '')).toBe(text)
      expectInert(renderText(report, { language, columns: 40 }))
    })
  })

  test('JSON, SARIF and JUnit are inert as text, and give back what went in', () => {
    always((report) => {
      const json = renderJson(report, language)
      expectInert(json)
      expect(json).not.toContain('<')
      expect(JSON.parse(json)).toEqual(reportJson(report, language))
      const sarif = renderSarif(report, { language, locate: everywhere })
      expectInert(sarif)
      const log = JSON.parse(sarif) as { readonly runs: readonly { readonly results: readonly unknown[] }[] }
      expect(log.runs[0]?.results).toHaveLength(report.findings.length)
    })
    const names = elementNames(plain, language)
    always((report) => {
      const junit = renderJunit(report, { language, failOn: ['blocker'] })
      expectInert(junit)
      expect(elementNames(report, language)).toEqual(names)
    })
  })

  test('the HTML page has our elements and attributes, no script and no address', () => {
    const ours = htmlStructureOf(renderHtml(plain, language))
    always((report) => {
      const html = renderHtml(report, language)
      expectInert(html)
      expect(htmlStructureOf(html)).toEqual(ours)
    })
  })

  test('traced paths are as inert in every format', () => {
    const draw = ({ paths }: Report, format: 'text' | 'json' | 'markdown' | 'html') =>
      renderTrace(paths, { language, format, many: true, colour: false, columns: 80 })
    const [markdown, html] = [structureOf(draw(plain, 'markdown')), htmlStructureOf(draw(plain, 'html'))]
    always((report) => {
      for (const format of ['text', 'json', 'markdown', 'html'] as const) expectInert(draw(report, format))
      expect(structureOf(draw(report, 'markdown'))).toEqual(markdown)
      expectNothingForGitHub(wordsOf(draw(report, 'markdown')))
      expect(htmlStructureOf(draw(report, 'html'))).toEqual(html)
    })
  })

  test('the real Mermaid takes the pictures', async () => {
    const ours = diagramsOf(renderMarkdown(plain, { language })).length
    await fc.assert(
      fc.asyncProperty(hostile, async (report) => {
        const diagrams = diagramsOf(renderMarkdown(report, { language }))
        expect(diagrams).toHaveLength(ours)
        for (const diagram of diagrams) {
          expect({ diagram, complaint: await complaintOf(diagram) }).toEqual({ diagram, complaint: null })
        }
      }),
      { ...RUNS, numRuns: draws(4) },
    )
  })
})

function elementNames(report: Report, language: Language): readonly string[] {
  return elements(renderJunit(report, { language, failOn: ['blocker'] })).map(({ name }) => name)
}

/** What GitHub looks for in the finished page (GitHub Docs, Autolinked references; Basic formatting; Mathematical expressions). */
function expectNothingForGitHub(words: string): void {
  expect(words).not.toMatch(/@[A-Za-z0-9]/)
  expect(words).not.toMatch(/#\d|\bGH-\d/i)
  expect(words).not.toMatch(/\b(?=[0-9a-f]*[a-f])[0-9a-f]{7,40}\b/)
  expect(words).not.toMatch(/:[\w+-]+:/)
  expect(words).not.toMatch(/:\/\/|\bwww\.\w/i)
  expect(words.replaceAll('\ufffc$\ufffc', '')).not.toContain('$')
}
