/** A short part of the soak (docs/reliability.md), the same in every run: no broken wire makes a pass, a blocker, a hang or a crash of its own. */
import { expect, test } from '@jest/globals'
import { figuresOf } from '../../scripts/soak/figures.ts'
import { planOf } from '../../scripts/soak/plan.ts'
import { type Judged, judgedRun, truthOf } from '../../scripts/soak/runs.ts'

const SEED = 12
const RUNS = Array.from({ length: 40 }, (_, number) => planOf(SEED, number))

const judged: Judged[] = []

test.each(RUNS)('run $number: $mode of $world', async (plan) => {
  const run = await judgedRun(plan, await truthOf(plan))
  judged.push(run)
  expect(run.violations).toEqual([])
})

test('most kinds of faults were met, by both, and much was understood in spite of them', () => {
  const { spoiled, ends } = figuresOf(SEED, judged)
  expect(Object.keys(spoiled).length).toBeGreaterThan(15)
  expect(Object.keys(ends).sort()).toEqual(['preflight', 'watch'])
  const right = judged.filter(({ isUnbroken, truth, end }) => !isUnbroken && truth !== 'unknown' && truth === end)
  expect(right.length).toBeGreaterThan(8)
})
