/** `explain --lines` holds one line at a time, however many come in and however slowly its answers are read. */
import { expect, test } from '@jest/globals'
import { explainLines } from '../../scripts/bench/explain-lines.ts'
import { CLI } from './program.ts'

test('ten times the lines take no more memory', async () => {
  const few = await explainLines(CLI, 4000)
  const many = await explainLines(CLI, 40_000)
  expect([few.answers, many.answers]).toEqual([4000, 40_000])
  expect([few.stderr, many.stderr]).toEqual(['', ''])
  expect(many.heapKb / few.heapKb).toBeLessThan(1.2)
  expect(many.peakKb / few.peakKb).toBeLessThan(1.4)
})
