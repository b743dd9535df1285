/** A short part of the soak (docs/reliability.md), the same in every run: no broken wire makes a pass, a blocker, a hang or a crash of its own. */
import { beforeAll, expect, test } from '@jest/globals'
import { figuresOf } from '../../scripts/soak/figures.ts'
import { planOf, type Worlds } from '../../scripts/soak/plan.ts'
import type { Judged } from '../../scripts/soak/runs.ts'
import { workers } from '../../scripts/soak/workers.ts'

const SEED = 12
const WORLDS: Worlds = {
  services: [
    'field/egress-without-s3-list/broken',
    'field/egress-without-s3-list/fixed',
    'field/image-archived/broken',
    'field/deadlock-first-task/broken',
    'vpc/12',
    'shape/7',
    'shape/38',
  ],
  rollouts: ['clean/1', 'image-not-found/1', 'scaled-to-zero/1', 'superseded/1'],
}
const RUNS = Array.from({ length: 40 }, (_, number) => planOf(SEED, number, WORLDS))

const judged: Judged[] = []

// In processes of their own: the memory of a run is not this one's.
beforeAll(async () => {
  await workers({ plans: RUNS, side: 2, minutes: 9 }, (run) => judged.push(run))
}, 600_000)

test.each(RUNS)('run $number: $mode of $world', ({ number }) => {
  expect(judged.find((run) => run.number === number)?.violations).toEqual([])
})

test('most kinds of faults were met, and much was understood in spite of them', () => {
  const { spoiled, ends } = figuresOf(SEED, judged)
  expect(Object.keys(spoiled).length).toBeGreaterThan(15)
  expect(Object.keys(ends).sort()).toEqual(['preflight', 'watch'])
  const right = judged.filter(({ isUnbroken, truth, end }) => !isUnbroken && truth !== 'unknown' && truth === end)
  expect(right.length).toBeGreaterThan(5)
})
