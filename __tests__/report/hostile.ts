/** Reports whose every free string is an attack, and plain ones of the same shape to compare them with. */
import fc from 'fast-check'
import type { Report } from '../../src/domain/report.ts'
import { STEPS } from '../../src/domain/step.ts'
import { PROBED } from './probe-samples.ts'
import { WATCHED } from './rollout-full.ts'
import { SEOUL } from './samples.ts'

/** Words of the contract that the program itself writes: never free text. */
const FIXED = new Set([
  'schemaVersion',
  'check',
  'permission',
  'verdict',
  'severity',
  'state',
  'outcome',
  'kind',
  'decision',
  'at',
  'phase',
  'confidence',
  'connect',
  'foretold',
  'is',
  'predicted',
])

/** How the sentences of a timeline begin, from which the pictures of tasks are drawn: the program's own, too. */
const OWN = /^(?:Task created\.|Image pull began\.|Task started\.|Task stopped\.|Task failed: )/

/** Anything with each distinct string replaced, the same one by the same replacement, so that its shape stays. */
export function reworded<T>(original: T, word: (at: number) => string, fixed: ReadonlySet<string> = FIXED): T {
  const words = new Map<string, string>()
  function walk(value: unknown, key: string): unknown {
    if (typeof value === 'string' && value !== '' && !fixed.has(key)) {
      const own = OWN.exec(value)?.[0] ?? STEPS.find((id) => id === value) ?? ''
      const rest = value.slice(own.length)
      if (rest === '') return value
      const known = words.get(rest) ?? word(words.size)
      words.set(rest, known)
      return own + known
    }
    if (Array.isArray(value)) return value.map((item) => walk(item, key))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, walk(item, name)]))
  }
  return walk(original, '') as T
}

export const PLAIN = reworded(SEOUL, (at) => `word${at}`)
export const PLAIN_PROBED = reworded(PROBED, (at) => `word${at}`)
export const PLAIN_WATCHED = reworded(WATCHED, (at) => `word${at}`)

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
    '::stop-commands::x',
    '::add-mask::x',
    '\ufe0f::error::x',
    '#\ufe0f#[error]',
    '##\ufe01[error]',
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
    '$`x`$',
    '$',
    '8c1f0d2b',
    '(8c1f0d2b7a6e5f4c3b2a19088f7e6d5c4b3a2910|',
    'acme/shop@8c1f0d2b',
    'acme/shop#12',
    '(GH-12|',
    '`',
    '``',
    '```',
    '~~~',
    '~~',
    '**',
    '_',
    '*',
  ],
  ...[
    '|',
    '\\|',
    '\\',
    '| --- |',
    '- ',
    '+ ',
    '1. ',
    '1) ',
    '# ',
    '> ',
    '=====',
    '---',
    '    code',
    '> [!NOTE]',
    '- [ ] ',
    '- [x] ',
    '```mermaid',
    '~~~mermaid',
    '[^1]: x',
    '&#8203;',
    '<br>',
    '\n```\n# x\n',
    '\n`````\n![x](y)\n',
    '&#x40;octocat',
    '&commat;octocat',
    '&num;12',
    '&dollar;x&dollar;',
    ':'.repeat(90),
  ],
  ...['rtb-0c9e8d7f6a5b4c3d2', 'arn:aws:iam::123456789012:role/x', '::/0', '한글', '👨‍👩‍👧', 'é', 'EOF', 'word'],
]

const PIECE = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...PIECES) },
  fc.string({ unit: 'binary', maxLength: 6 }),
)

/** An attack at a place: ends in a number of its own, so that no two are equal and none is empty. */
export const hostileWord = fc
  .array(fc.array(PIECE, { minLength: 1, maxLength: 6 }), { minLength: 30, maxLength: 90 })
  .map((strings) => (at: number) => `${strings[at % strings.length]?.join('')}${at}`)

/** A preflight. */
export const hostileReport: fc.Arbitrary<Report> = hostileWord.map((word) => reworded(SEOUL, word))
/** A probe that has everything that one can have. */
export const hostileProbe: fc.Arbitrary<Report> = hostileWord.map((word) => reworded(PROBED, word))
/** A watch whose rollout has everything that one can have. */
export const hostileWatch: fc.Arbitrary<Report> = hostileWord.map((word) => reworded(WATCHED, word))
