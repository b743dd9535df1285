/** The tape of several services tells which they were, and which could not be watched. */
import { expect, test } from '@jest/globals'
import { missingLine, servicesLine, servicesOnTape } from '../../../src/commands/watch/services-tape.ts'
import { NOT_THERE } from '../../report/services-samples.ts'

const BEGINNING = servicesLine(['web', 'nope', 'api', 'neither'], 1)
const NEITHER = { ...NOT_THERE, service: 'neither' }

test('those that are missing stand in the order in which services were named, however they were found out', () => {
  const tape = BEGINNING + missingLine(NEITHER, 3) + missingLine(NOT_THERE, 4)
  expect(servicesOnTape(tape)).toEqual({ services: ['web', 'nope', 'api', 'neither'], missing: [NOT_THERE, NEITHER] })
})

test('a last line that was cut is left out', () => {
  const tape = BEGINNING + missingLine(NOT_THERE, 3) + missingLine(NEITHER, 4).slice(0, 40)
  expect(servicesOnTape(tape)?.missing).toEqual([NOT_THERE])
})

test('the tape of one service is another one, and that of another version is refused', () => {
  expect(servicesOnTape('{"kind":"begin","now":1,"version":2}\n')).toBeNull()
  expect(servicesOnTape('')).toBeNull()
  expect(() => servicesOnTape(BEGINNING.replace('"version":2', '"version":3'))).toThrow('form 3')
})
