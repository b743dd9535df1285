/** Names, tags and reasons come from others: nothing in them may act, whatever the medium. */
import { describe, expect, test } from '@jest/globals'
import {
  htmlText,
  jsonText,
  markdownCode,
  markdownFence,
  markdownText,
  terminalText,
} from '../../../src/report/text/untrusted.ts'

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
    ['task 1f0e9d8c7b6a4958 stopped', 'task `1f0e9d8c7b6a4958` stopped'],
    ['(8c1f0d2b7a6e|x)', '(8c1f0d&#8203;2b7a6e&#124;x)'],
    ['(x|GH-12)', '(x&#124;GH-&#8203;12)'],
    ['(|:tada:', '(&#124;&#58;&#8203;tada:'],
    ['<:tada', '&lt;&#58;&#8203;tada'],
    ['$`x`$', '<span>$</span>&#96;x&#96;<span>$</span>'],
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

  test('a letter without weight does not part the signs of a command, nor hide', () => {
    expect(terminalText('\ufe0f::error::d')).toBe(': :error::d')
    expect(terminalText('#\ufe0f#\ufe01[error]')).toBe('## [error]')
    expect(terminalText('⚠️ a\u034fb')).toBe('⚠️ a\ufffdb')
  })

  test('JSON shows what is hidden as escapes, and gives it back', () => {
    const text = 'a\u202e\ufe0f\ue000\u{e0041}\u2028##[x]<b'
    expect(jsonText(text, 0)).toBe('"a\\u202e\\ufe0f\\ue000\\udb40\\udc41\\u2028##\\u005bx]\\u003cb"')
    expect(JSON.parse(jsonText(text, 0))).toBe(text)
  })

  test('a fence is longer than any run of backticks in it, however many there are', () => {
    expect(markdownFence('a\n````\nb', 'sh')).toBe('`````sh\na\n````\nb\n`````')
    expect(markdownFence('` '.repeat(300_000), '').split('\n')).toHaveLength(3)
  })
})
