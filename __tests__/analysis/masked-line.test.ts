/** What looks like a credential does not leave the log. */
import { expect, test } from '@jest/globals'
import { maskedLine } from '../../src/analysis/masked-line.ts'

test.each([
  ['DB_PASSWORD=hunter2-long', 'hunter2'],
  ['{"password": "hunter2 with blanks", "user": "app"}', 'hunter2'],
  ["client_secret: 'hunter2'", 'hunter2'],
  ['connecting to postgres://app:hunter2@db.internal:5432/app', 'hunter2'],
  ['Authorization: Bearer abcdefghijklmnop', 'abcdefghijklmnop'],
  ['using AKIAIOSFODNN7EXAMPLE', 'IOSFODNN7EXAMPLE'],
  ['aws_session_token=FwoGZXIvYXdzEBYaDH', 'FwoGZXIv'],
  ['token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl', 'c2lnbmF0dXJl'],
  ['pushing with ghp_0123456789abcdefghij', '0123456789abcdefghij'],
])('%s', (line, secret) => {
  expect(maskedLine(line)).not.toContain(secret)
  expect(maskedLine(line)).toContain('***')
})

test.each(['fatal: no such table users', 'GET /health 200 12ms', 'http://10.0.0.1:8080/path', ''])(
  '%s stays',
  (line) => {
    expect(maskedLine(line)).toBe(line)
  },
)

test('a long line costs time in proportion to its length', () => {
  const began = performance.now()
  maskedLine('password'.repeat(20_000))
  maskedLine('a://'.repeat(20_000))
  maskedLine(`secret=${'"\\'.repeat(20_000)}`)
  expect(performance.now() - began).toBeLessThan(2_000)
})
