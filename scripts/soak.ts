/**
 * Plays preflights and watches over healthy and broken worlds while AWS on loopback breaks, and holds every end against the unbroken world:
 *
 *   npm run soak -- --runs 2000 --seed 1 --page   and writes its figures into docs/reliability.md
 *   npm run soak -- --runs 1 --seed 1 --from 371  one run again
 *   npm run soak -- --runs 2000 --log FILE        a line of JSON a run, its peak memory in it; what stands there already is not played again
 *
 * Prints its figures as JSON; every violation as soon as it is seen, on standard error. Exit code 1 where there is one.
 */
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { figuresOf, withFigures } from './soak/figures.ts'
import { planOf } from './soak/plan.ts'
import type { Judged } from './soak/runs.ts'
import { workers } from './soak/workers.ts'

const PAGE = fileURLToPath(new URL('../docs/reliability.md', import.meta.url))

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    /** After so many no further run is begun. */
    minutes: { type: 'string', default: '600' },
    /** Processes at the same time. */
    side: { type: 'string', default: '2' },
    /** Writes the figures into docs/reliability.md. */
    page: { type: 'boolean', default: false },
    /** Of an earlier slice of the same seed, or none yet. */
    log: { type: 'string', default: '' },
  },
})
const [runs, seed, from] = [Number(values.runs), Number(values.seed), Number(values.from)]
const [side, minutes] = [Number(values.side), Number(values.minutes)]

const wanted = Array.from({ length: runs }, (_, at) => from + at)
const all = played().filter(({ number }) => wanted.includes(number))
const done = new Set(all.map(({ number }) => number))
const plans = wanted.filter((number) => !done.has(number)).map((number) => planOf(seed, number))
await workers({ plans, side, minutes }, (judged) => {
  all.push(judged)
  if (values.log !== '') appendFileSync(values.log, `${JSON.stringify(judged)}\n`)
  for (const { breach, detail } of judged.violations)
    console.error(`run ${judged.number}, ${judged.mode} of ${judged.world}: ${breach}: ${detail}`)
  if (all.length % 100 === 0) console.error(`${all.length} of ${runs} runs`)
})
const figures = figuresOf(seed, all)
console.log(JSON.stringify(figures, null, 2))
if (values.page) writeFileSync(PAGE, withFigures(readFileSync(PAGE, 'utf8'), figures))
process.exitCode = figures.violations.length === 0 ? 0 : 1

function played(): Judged[] {
  if (values.log === '' || !existsSync(values.log)) return []
  const lines = readFileSync(values.log, 'utf8').split('\n')
  return lines.flatMap((line): Judged[] => (line === '' ? [] : [JSON.parse(line)]))
}
