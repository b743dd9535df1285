import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { decodeText, parseJson } from '../../../src/aws/reader/json-text.ts'

describe('parseJson', () => {
  test.each([
    ['{"a": 1,}', 1, 9],
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3],
    ['', 1, 1],
    ['[1, 2', 1, 6],
    ['hello', 1, 1],
    ['{"a": 1} x', 1, 10],
    ['{"a": "un\nfinished"}', 1, 7],
    ['{a: 1}', 1, 2],
    ['[01]', 1, 3],
    ['{"a" 1}', 1, 6],
    ['["\\x"]', 1, 2],
    ['[]]', 1, 3],
    ['[1,]', 1, 4],
  ])('%j is broken at line %i, column %i', (text, line, column) => {
    expect(parseJson(text)).toEqual({ ok: false, at: { line, column } })
  })

  test('takes what JSON.stringify makes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(parseJson(JSON.stringify(value))).toEqual({ ok: true, value: JSON.parse(JSON.stringify(value)) })
      }),
    )
  })

  test('finds the end of any document that was cut short', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { minLength: 1 }), fc.nat(), (value, at) => {
        const text = JSON.stringify(value)
        const cut = text.slice(0, at % text.length)
        const parsed = parseJson(cut)
        expect(parsed.ok).toBe(false)
        // Never before the start, never beyond the end.
        if (!parsed.ok) expect(parsed.at.column).toBeLessThanOrEqual(cut.length + 1)
      }),
    )
  })
})

describe('decodeText', () => {
  test('reads UTF-8 with and without a byte order mark, and the UTF-16 of Windows PowerShell', () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('{"가":1}', 'utf16le')])
    expect(decodeText(Buffer.from('{"가":1}'))).toBe('{"가":1}')
    expect(decodeText(Buffer.from('\ufeff{"가":1}'))).toBe('{"가":1}')
    expect(decodeText(utf16)).toBe('{"가":1}')
  })
})
