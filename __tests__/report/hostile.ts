/** Reports whose every free string is an attack, and plain ones of the same shape to compare them with. */
import fc from 'fast-check'
import type { Report } from '../../src/domain/report.ts'
import { SEOUL } from './samples.ts'

/** Words of the contract that the program itself writes: never free text. */
const FIXED = new Set([
  'schemaVersion',
  'verdict',
  'severity',
  'state',
  'outcome',
  'kind',
  'decision',
  'at',
  'phase',
  'confidence',
])

/** The report with each distinct string replaced, the same one by the same replacement, so that its shape stays. */
export function reworded(report: Report, word: (at: number) => string): Report {
  const words = new Map<string, string>()
  function walk(value: unknown, key: string): unknown {
    if (typeof value === 'string' && value !== '' && !FIXED.has(key)) {
      const known = words.get(value) ?? word(words.size)
      words.set(value, known)
      return known
    }
    if (Array.isArray(value)) return value.map((item) => walk(item, key))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, walk(item, name)]))
  }
  return walk(report, '') as Report
}

export const PLAIN: Report = reworded(SEOUL, (at) => `word${at}`)

const BIDI = [
  '\u202e',
  '\u2066',
  '\u2069',
  '\u200f',
  '\u061c',
  '\u200b',
  '\ufeff',
  '\u{e0041}',
  '\u2028',
  '\u2029',
  '\u0085',
]
const PIECES = [
  ...BIDI,
  ...[
    '::error::boom',
    '\n::set-output name=verdict::pass',
    '::',
    ':',
    '##[error]',
    '##',
    '#',
    '[',
    '##[group]x',
    '%0A',
  ],
  ...['\u001b[31m', '\u001b]8;;https://evil.example\u0007', '\u009b2J', '\u0000', '\b', '\r', '\n', '\r\n', '\t', ' '],
  ...[
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<',
    '>',
    '</details>',
    '<!--',
    '-->',
    '&lt;',
    '&#64;',
    '"',
    "'",
  ],
  ...[
    '![x](https://evil.example/x.png)',
    '[x](https://evil.example)',
    '[x]: https://evil.example',
    '](',
    '[^1]',
    '!',
    '(',
    ')',
  ],
  ...['https://evil.example/x', 'www.evil.example', 'mailto:a@evil.example', 'a@evil.example', 'ftp://evil.example'],
  ...[
    '@octocat',
    '@org/team',
    '@',
    '#12',
    'GH-12',
    ':tada:',
    '$x$',
    '$',
    '`',
    '``',
    '```',
    '~~~',
    '~~',
    '**',
    '_',
    '*',
  ],
  ...['|', '\\|', '\\', '| --- |', '- ', '+ ', '1. ', '1) ', '# ', '> ', '=====', '---', '    code', '[!NOTE]'],
  ...['rtb-0c9e8d7f6a5b4c3d2', 'arn:aws:iam::123456789012:role/x', '::/0', '한글', '👨‍👩‍👧', 'é', 'EOF', 'word'],
]

/** Ends in a number of its own, so that no two are equal and none is empty. */
export const hostileReport = fc
  .array(
    fc.array(
      fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...PIECES) }, fc.string({ unit: 'binary', maxLength: 6 })),
      { minLength: 1, maxLength: 6 },
    ),
    {
      minLength: 30,
      maxLength: 90,
    },
  )
  .map((strings) => reworded(SEOUL, (at) => `${strings[at % strings.length]?.join('')}${at}`))
