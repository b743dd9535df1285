/** Names, tags and reasons come from others: nothing in them may act, whatever the medium. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Report } from '../../src/domain/report.ts'
import { LANGUAGES } from '../../src/domain/text.ts'
import { annotationsOf } from '../../src/report/annotations.ts'
import { renderHtml } from '../../src/report/html.ts'
import { renderJson, reportJson } from '../../src/report/json.ts'
import { renderMarkdown } from '../../src/report/markdown.ts'
import { renderText } from '../../src/report/text.ts'
import { htmlText, markdownCode, markdownText, terminalText } from '../../src/report/untrusted.ts'
import { hostileReport, PLAIN } from './hostile.ts'

const HIDDEN = /[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u
const COMMAND = /^[\p{White_Space}]*::|##\[/mu

function expectInert(text: string): void {
  expect(text).not.toMatch(HIDDEN)
  expect(text).not.toMatch(COMMAND)
}

function always(prove: (report: Report) => void): void {
  fc.assert(fc.property(hostileReport, prove), { numRuns: 100 })
}

describe.each(LANGUAGES)('a hostile report in %s', (language) => {
  test('stays text on a terminal, and colours are our own', () => {
    always((report) => {
      expectInert(renderText(report, { language }))
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours that we write
      const uncoloured = renderText(report, { language, colour: true }).replace(/\u001b\[(1|22|3[1236]|39|90)m/g, '')
      expect(uncoloured).toBe(renderText(report, { language }))
    })
  })

  test('keeps the shape of its Markdown: same headings, lists, cells and tags as with plain words', () => {
    const plain = markdownShape(renderMarkdown(PLAIN, { language }))
    always((report) => expect(markdownShape(renderMarkdown(report, { language }))).toEqual(plain))
  })

  test('has no live mention, link, image, tag or emphasis in Markdown', () => {
    always((report) => {
      const markdown = renderMarkdown(report, { language })
      expectInert(markdown)
      const prose = outsideCode(markdown)
      expect(prose).not.toMatch(/@[A-Za-z0-9]/)
      expect(prose).not.toMatch(/:\/\/|www\.|(^|[^&])#\d/i)
      expect(prose).not.toMatch(/(?<!\\)[[\]]|~~/)
      expect(prose.replace(/<span>\$<\/span>|<\/?(details|summary)>/g, '')).not.toMatch(/[<$]/)
    })
  })

  test('is plain in annotations', () => {
    always((report) => {
      for (const { title, message } of annotationsOf(report, language)) {
        expectInert(message)
        expectInert(title)
        expect(title).not.toContain('\n')
        expect(title + message).not.toMatch(/<[a-z/!]|:\/\/|(^|\W)@\w/i)
      }
    })
  })

  test('adds no tag and no attribute to the HTML page', () => {
    // Sorted, as rows and columns stand in the order of their names, and without numbers, as coordinates follow it.
    const tags = (report: Report) =>
      renderHtml(report, language)
        .match(/<[^>]*>/g)
        ?.map((tag) => tag.replace(/\d+/g, '0'))
        .toSorted()
    const plain = tags(PLAIN)
    always((report) => {
      expect(tags(report)).toEqual(plain)
      expectInert(renderHtml(report, language))
    })
  })

  test('comes back unchanged from JSON, which is inert as text', () => {
    always((report) => {
      const json = renderJson(report, language)
      expectInert(json)
      expect(json).not.toContain('<')
      expect(JSON.parse(json)).toEqual(reportJson(report, language))
    })
  })
})

/** Code is not Markdown: fenced blocks and code spans leave nothing but their place. */
function outsideCode(markdown: string): string {
  return outsideFences(markdown).replace(/`[^`\n]*`/g, 'code')
}

/** By CommonMark's rule: a fence is closed by one at least as long, and never by anything else. */
function outsideFences(markdown: string): string {
  let fence = ''
  return markdown
    .split('\n')
    .flatMap((line) => {
      const ticks = /^`{3,}/.exec(line)?.[0] ?? ''
      if (fence === '') {
        fence = ticks
        return ticks === '' ? [line] : ['fence']
      }
      if (ticks.length >= fence.length && line.trim() === ticks) fence = ''
      return []
    })
    .join('\n')
}

/** What begins each line, how many cells it has, and its tags and bold marks. */
function markdownShape(markdown: string): readonly string[] {
  return outsideCode(markdown)
    .split('\n')
    .map((line) => {
      const start = /^(#{1,6} |- |\d+\. |\| |```|>|\s+|[-+=*]|\d+\))/.exec(line)?.[0] ?? ''
      const marks = line.replace(/\\./g, '').match(/\||\*\*|`|<\/?(details|summary)>/g) ?? []
      return `${start}${marks.join(' ')}`
    })
}

describe('a name', () => {
  test.each([
    ['subnet-0a41c7d2e9b35f608', '`subnet-0a41c7d2e9b35f608`'],
    ['@octocat', '`@octocat`'],
    ['a|b', 'a&#124;b'],
    ['`x`', '&#96;x&#96;'],
    ['<b>x</b>', '&lt;b&gt;x&lt;/b&gt;'],
    ['a\nb', 'a b'],
    ['\u202eevil', '\ufffdevil'],
  ])('%j is safe in Markdown', (name, markdown) => {
    expect(markdownCode(name)).toBe(markdown)
  })

  test.each([
    ['see https://evil.example now', 'see `https://evil.example` now'],
    ['[x](https://evil.example)', '\\[x\\](https&#58;&#8203;//evil.example)'],
    ['# title', '\\# title'],
    ['&lt;b&gt; &#64;x', '&amp;lt;b&amp;gt; &amp;&#35;&#8203;64;x'],
    ['a\\*b', 'a&#92;\\*b'],
    ['\\[x](y)', '&#92;\\[x\\](y)'],
    ['x ##[error] y', 'x \\##\\[error\\] y'],
    ['- item', '\\- item'],
    ['1. item', '1\\. item'],
    ['ask @octocat, please', 'ask `@octocat`, please'],
    ['(@octocat|x)', '(@&#8203;octocat&#124;x)'],
    ['3~5분, 1~2분', '3\\~5분, 1\\~2분'],
    ['라우팅 테이블 rtb-0c9e8d7f6a5b4c3d2의 경로', '라우팅 테이블 `rtb-0c9e8d7f6a5b4c3d2`의 경로'],
    ['needs ecr:GetAuthorizationToken.', 'needs `ecr:GetAuthorizationToken`.'],
    ['in 2 of 3 subnets (IPv4 and/or IPv6)', 'in 2 of 3 subnets (IPv4 and/or IPv6)'],
  ])('%j in a sentence becomes %j', (sentence, markdown) => {
    expect(markdownText(sentence)).toBe(markdown)
  })

  test('HTML shows it as it was typed, in an attribute too', () => {
    expect(htmlText(`<a b="c" d='e'>&lt;`)).toBe('&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;lt;')
  })

  test('a screen is not moved, cleared or read backwards', () => {
    expect(terminalText('a\u001b[2Jb\u202ec\r\n::error::d')).toBe('a\ufffd[2Jb\ufffdc ::error::d')
    expect(terminalText('::error::d')).toBe(': :error::d')
    expect(terminalText('x ##[error] y')).toBe('x ## [error] y')
  })
})
