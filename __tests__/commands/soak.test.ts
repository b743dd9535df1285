/** A short part of the soak (docs/reliability.md), the same in every run: no broken wire makes a pass, a blocker, a hang or a crash of its own. */
import { expect, test } from '@jest/globals'
import { figuresOf } from '../../scripts/soak/figures.ts'
import type { Essence } from '../../scripts/soak/judge.ts'
import { planOf, type Worlds } from '../../scripts/soak/plan.ts'
import { type Judged, judgedRun, truthOf, worldOf } from '../../scripts/soak/runs.ts'

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

const truths = new Map<string, Essence>()
const judged: Judged[] = []

test.each(RUNS)('run $number: $mode of $world', async (plan) => {
  const truth = truths.get(worldOf(plan)) ?? (await truthOf(plan))
  truths.set(worldOf(plan), truth)
  const run = await judgedRun(plan, truth)
  judged.push(run)
  expect(run.violations).toEqual([])
})

test('most kinds of faults were met, and much was understood in spite of them', () => {
  const { spoiled, ends } = figuresOf(SEED, judged)
  expect(Object.keys(spoiled).length).toBeGreaterThan(15)
  expect(Object.keys(ends).sort()).toEqual(['preflight', 'watch'])
  const right = judged.filter(({ isUnbroken, truth, end }) => !isUnbroken && truth !== 'unknown' && truth === end)
  expect(right.length).toBeGreaterThan(5)
})
