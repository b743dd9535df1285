/** Names that others choose become names of files and folders that lead nowhere else. */
import { basename, join, normalize } from 'node:path'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Call } from '../../src/aws/calls/call.ts'
import { describeSecret } from '../../src/aws/calls/secretsmanager.ts'
import { answerFiles } from '../../src/aws/reader/snapshot.ts'
import { servicesOnTape } from '../../src/commands/watch/services-tape.ts'
import { folderNamed } from '../../src/commands/write-report.ts'
import { known } from '../../src/domain/answer.ts'

const PIECES = [
  '..',
  '.',
  '/',
  '\\',
  '\0',
  '\n',
  '%2F',
  '%',
  '\ud800',
  'CON',
  '~',
  '$(pwned)',
  ':',
  'x'.repeat(300),
  'web',
  ' ',
  '한글',
]
const name = fc.array(fc.constantFrom(...PIECES), { maxLength: 6 }).map((pieces) => pieces.join(''))

function expectOneStepDown(path: string): void {
  expect(path).not.toMatch(/[\\\0\n]/)
  expect(basename(path)).toBe(path)
  expect(path).not.toMatch(/^\.{0,2}$/)
  expect(normalize(join('/out', path))).toBe(`/out/${path}`)
  expect(Buffer.byteLength(path)).toBeLessThanOrEqual(255)
}

test('the folder of a service is one below that of the report, whatever its name', () => {
  fc.assert(fc.property(name, (service) => expectOneStepDown(folderNamed(service))))
  expect(folderNamed('role-nestjs_second')).toBe('role-nestjs_second')
})

test('the file of an answer lies in the folder of its call, and no name is too long for one', () => {
  fc.assert(
    fc.property(name, (id) => {
      const call = describeSecret as unknown as Call<unknown>
      const [path = ''] = answerFiles([{ call, query: { id: [id] }, answer: known([{ ARN: 'x' }]) }]).keys()
      expect(path.startsWith('secretsmanager/describe-secret/')).toBe(true)
      expectOneStepDown(path.slice('secretsmanager/describe-secret/'.length))
    }),
  )
})

test('two long names that begin alike are two files', () => {
  const call = describeSecret as unknown as Call<unknown>
  const answer = (id: string) => ({ call, query: { id: [id] }, answer: known([{ Name: id }]) })
  const files = answerFiles([answer(`${'x'.repeat(500)}a`), answer(`${'x'.repeat(500)}b`)])
  expect(files.size).toBe(2)
})

test.each([['web'], [[1]], [[]], [{ 0: 'web' }], [null]])(
  'the services of a tape that are no names: %j',
  (services) => {
    expect(servicesOnTape(JSON.stringify({ kind: 'services', now: 1, version: 2, services }))).toBeNull()
  },
)
