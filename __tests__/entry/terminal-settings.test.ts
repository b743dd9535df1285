/** Colour and width follow the terminal, and what the user says about them. */
import { expect, test } from '@jest/globals'
import { surroundings } from '../../src/entry/terminal-settings.ts'

const TERMINAL = { isTTY: true, columns: 132 }
const PIPE = {}

test.each([
  ['a terminal has colour', {}, TERMINAL, true],
  ['a pipe has none', {}, PIPE, false],
  ['a dumb terminal has none', { TERM: 'dumb' }, TERMINAL, false],
  ['NO_COLOR takes it away', { NO_COLOR: '1' }, TERMINAL, false],
  ['an empty NO_COLOR says nothing', { NO_COLOR: '' }, TERMINAL, true],
  ['FORCE_COLOR gives it to a pipe', { FORCE_COLOR: '1' }, PIPE, true],
  ['FORCE_COLOR=0 takes it away', { FORCE_COLOR: '0' }, TERMINAL, false],
  ['NO_COLOR beats FORCE_COLOR', { NO_COLOR: '1', FORCE_COLOR: '1' }, TERMINAL, false],
])('%s', (_, env, output, colour) => {
  expect(surroundings(env, output).colour).toBe(colour)
})

test.each([
  ['of the terminal', {}, TERMINAL, 132],
  ['of COLUMNS where there is no terminal', { COLUMNS: '72' }, PIPE, 72],
  ['that suits most where nobody says', {}, PIPE, 100],
  ['that suits most where COLUMNS is no number', { COLUMNS: 'wide' }, PIPE, 100],
])('the width is the one %s', (_, env, output, columns) => {
  expect(surroundings(env, output).columns).toBe(columns)
})
