import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Label } from '../../src/domain/label.ts'
import { readMessage } from '../../src/ecs-errors/read-message.ts'
import { found, type Labelled, neighbours, publishedMessages } from './corpus.ts'

const PUBLISHED = publishedMessages()
const ROWS: readonly Labelled[] = [...PUBLISHED, ...neighbours(), ...found()].filter(({ text }) => text.trim() !== '')
const FAILURES = ROWS.filter(({ text }) => readMessage(text).label !== 'unknown')

type Form = (text: string) => string
type Forms = Readonly<Record<string, Form>>

/** What consoles, chats, editors and other accounts make of a message, without a word lost. */
const WORDS: Forms = {
  'lower case': (text) => text.toLowerCase(),
  'title-case error names': (text) => text.replace(/\b[A-Z]\w+Error:/g, (it) => it[0] + it.slice(1).toLowerCase()),
  'upper case': (text) => text.toUpperCase(),
  'line breaks inside': (text) => text.replaceAll(' ', '\n  '),
  'lines of 80 characters': (text) => text.replace(/(.{1,78})( |$)/g, '$1\n    '),
  'no-break spaces': (text) => text.replaceAll(' ', '\u00a0'),
  'zero-width spaces': (text) => text.replaceAll(': ', ':\u200b '),
  'typographic quotes': (text) => text.replaceAll("'", '’').replaceAll('"', '”'),
  'escaped quotes': (text) => text.replaceAll('"', '\\"'),
  'other account ids': (text) => text.replace(/\b\d{12}\b/g, '998877665544'),
  'another Region': (text) =>
    text.replace(/\b(us|eu|ap|sa|ca)-(north|south|east|west|central)\w*-\d\b/g, 'il-central-1'),
  'other task ids': (text) => text.replace(/\b[0-9a-f]{32}\b/g, '0f1e2d3c4b5a69788796a5b4c3d2e1f0'),
  'other retry counts': (text) => text.replace(/retried ([3-9]) time/g, 'retried 11 time'),
}
const PREFIXES: Forms = {
  'task prefix': (text) => `STOPPED (${text})`,
  'reason prefix': (text) => `Status reason\t${text}`,
}
const AROUND: Forms = {
  'blanks around and Windows line ends': (text) => `\t ${text.replaceAll('\n', '\r\n')}  \r\n`,
  'colours of a terminal': (text) => `\u001b[31m${text}\u001b[0m`,
  'a bullet in front': (text) => `- ${text}`,
  'a quotation': (text) => `> ${text}`,
  'JSON inside of a string': (text) => JSON.stringify(text).slice(1, -1),
}
const FORMS: Forms = { ...WORDS, ...PREFIXES, ...AROUND }

describe('other forms of one message', () => {
  test.each(Object.entries(FORMS))('%s keep the label', (_name, form) => {
    const changed = ROWS.filter(({ text }) => readMessage(form(text)).label !== readMessage(text).label)
    expect(changed.map(({ text }) => text.slice(0, 100)).slice(0, 5)).toEqual([])
  })

  test('several of them, one upon the other, keep the label', () => {
    const some = (forms: Forms, maxLength: number) =>
      fc.uniqueArray(fc.constantFrom(...Object.keys(forms)), { maxLength })
    fc.assert(
      fc.property(
        fc.constantFrom(...ROWS),
        some(WORDS, 4),
        some(PREFIXES, 1),
        some(AROUND, 1),
        ({ text }, ...names) => {
          const worn = names.flat().reduce((sofar, name) => FORMS[name]?.(sofar) ?? sofar, text)
          expect([worn, readMessage(worn).label]).toEqual([worn, readMessage(text).label])
        },
      ),
      { numRuns: 400 },
    )
  })
})

describe('a message that a console wrapped at a column, in the middle of words', () => {
  const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()
  const wrappedAt70 = (text: string) =>
    [...oneLine(text).matchAll(/.{1,70}/g)].map(([line]) => line.trimEnd()).join('\n        ')

  test('is read with its words put together again', () => {
    const event = [
      '  - (service webapp-test-frontend-Service-ss036XlczgjO) (port 80) is unhea',
      '    lthy in (target-group arn:aws:elasticloadbalancing:us-west-2:1111: tar',
      '    getgroup/aaaaaaaaaaaa) due to (reason some-error).',
    ]
    expect(readMessage(event.join('\n')).label).toBe('health/elb')
  })

  test('leaves a text alone whose lines are of different lengths', () => {
    expect(readMessage('The deployment of our shop was not fai\nled:\ntasks are fine').label).toBe('unknown')
  })

  test('keeps its label in at least 95 %', () => {
    const rows = ROWS.filter(({ text }) => oneLine(text).length > 75)
    expect(rows.length).toBeGreaterThan(700)
    const same = rows.filter(({ text }) => readMessage(wrappedAt70(text)).label === readMessage(oneLine(text)).label)
    expect(same.length / rows.length).toBeGreaterThanOrEqual(0.95)
  })
})

describe('a message inside of another one', () => {
  const carried = FAILURES.filter(({ text }) => /^(pull|init|start|run|placement)\//.test(readMessage(text).label))

  test.each(['(service web-1) was unable to place a task. Reason: ', 'TaskFailedToStart: '])(
    '%sany reason keeps its label, its endpoint and its address',
    (event) => {
      expect(carried.length).toBeGreaterThan(400)
      const changed = carried.filter(({ text }) => {
        const said = [readMessage(text), readMessage(event + text)]
        const [alone, inside] = said.map(({ label, destination, address }) =>
          JSON.stringify([label, destination, address]),
        )
        return alone !== inside
      })
      expect(changed.map(({ text }) => text.slice(0, 100))).toEqual([])
    },
  )
})

describe('a message that lost a part', () => {
  /** What the words before the cause say by themselves: a container that did not start, a deployment that failed. */
  const BEGINNINGS: readonly Label[] = [
    'start/runtime-error',
    'run/essential-exited',
    'internal-error',
    'health/target-group',
    'config-invalid',
    'deploy/lb-config',
    'deploy/lifecycle-hook',
    'deploy/failed',
    'rollback',
    'placement/capacity',
    'host/terminated',
    'progress',
  ]
  const familyOf = (label: Label) => label.split('/')[0]

  test('cut anywhere, it stays in its family, says what its beginning says, or nothing', () => {
    const row = fc.constantFrom(...FAILURES)
    fc.assert(
      fc.property(row, fc.double({ min: 0, max: 1, noNaN: true }), ({ text }, share) => {
        const cut = text.slice(0, Math.ceil(share * text.length))
        const [whole, left] = [readMessage(text).label, readMessage(cut).label]
        const less = left === 'unknown' || left.endsWith('/unspecified') || BEGINNINGS.includes(left)
        expect([cut, whole, left, familyOf(left) === familyOf(whole) || less]).toEqual([cut, whole, left, true])
      }),
      { numRuns: 2000 },
    )
  })

  test('cut at 255 characters, most say the same', () => {
    const rows = PUBLISHED.filter(({ text, label }) => text.length > 255 && label !== 'unknown')
    expect(rows.length).toBeGreaterThan(40)
    const same = rows.filter(({ text }) => readMessage(text.slice(0, 255)).label === readMessage(text).label)
    expect(same.length / rows.length).toBeGreaterThanOrEqual(0.7)
    const strayed = rows.filter(({ text }) => {
      const [whole, cut] = [readMessage(text).label, readMessage(text.slice(0, 255)).label]
      return cut !== whole && !cut.endsWith('/unspecified') && cut !== 'unknown'
    })
    expect(strayed.length / rows.length).toBeLessThanOrEqual(0.12)
  })

  test('without the name of the error in front, it stays in its family or says nothing', () => {
    const strayed = FAILURES.filter(({ text }) => {
      const bare = text.replace(/^\W*(CannotPull|CannotStart|CannotCreate|ResourceInit)\w*[: ]*/i, '')
      const [whole, left] = [readMessage(text).label, readMessage(bare).label]
      return left !== 'unknown' && familyOf(left) !== familyOf(whole)
    })
    expect(strayed.map(({ text }) => text.slice(0, 100))).toEqual([])
  })
})
