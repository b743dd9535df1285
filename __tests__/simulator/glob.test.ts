import { expect, test } from '@jest/globals'
import { matchesGlob } from '../../simulator/glob.ts'

test.each([
  ['vpc-*', 'vpc-1', true],
  ['*', '', true],
  ['a*c', 'abbbc', true],
  ['a*c', 'abbb', false],
  ['a?c', 'abc', true],
  ['a?c', 'ac', false],
  ['a?c', 'abbc', false],
  ['a\\?c', 'a?c', true],
  ['a\\*c', 'abc', false],
  ['a\\\\c', 'a\\c', true],
  ['10.0.0.0/8', '10.0.0.0/8', true],
  ['10.0.0.0/8', '10x0.0.0/8', false],
  ['[a-z]+', 'b', false],
  ['line*end', 'line\nend', true],
  ['Web', 'web', false],
])('%s and %s: %s', (pattern, text, expected) => {
  expect(matchesGlob(pattern, text)).toBe(expected)
})
