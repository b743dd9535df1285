/** What many runs come to, and the page that says so. */
import { FAULT_KINDS } from '../../simulator/fault.ts'
import type { Judged } from './runs.ts'
import { ROLLOUTS, SERVICES } from './worlds.ts'

export interface Figures {
  readonly seed: number
  readonly runs: number
  /** Numbers of runs are below it; not each need be played yet. */
  readonly below: number
  readonly unbroken: number
  readonly worlds: { readonly services: number; readonly rollouts: number }
  readonly calls: number
  readonly spoiled: Readonly<Record<string, number>>
  /** How often what ended how: mode → truth → end. */
  readonly ends: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, number>>>>>>
  readonly seconds: { readonly median: number; readonly slowest: number; readonly slowestRun: number }
  /** Of all runs. */
  readonly peakMiB: { readonly median: number; readonly most: number; readonly mostRun: number }
  readonly violations: readonly {
    readonly run: number
    readonly world: string
    readonly breach: string
    readonly detail: string
  }[]
}

export function figuresOf(seed: number, runs: readonly Judged[]): Figures {
  const ends: Record<string, Record<string, Record<string, number>>> = {}
  const spoiled: Record<string, number> = {}
  for (const run of runs) {
    const ofMode = ends[run.mode] ?? {}
    const ofTruth = ofMode[run.truth] ?? {}
    ends[run.mode] = { ...ofMode, [run.truth]: { ...ofTruth, [run.end]: (ofTruth[run.end] ?? 0) + 1 } }
    for (const [kind, count] of Object.entries(run.spoiled)) spoiled[kind] = (spoiled[kind] ?? 0) + count
  }
  const byTime = [...runs].sort((one, other) => one.milliseconds - other.milliseconds)
  const [median, slowest] = [byTime[byTime.length >> 1], byTime.at(-1)]
  const byMemory = [...runs].sort((one, other) => one.peakMiB - other.peakMiB)
  return {
    ...{ seed, runs: runs.length, below: Math.max(0, ...runs.map(({ number }) => number + 1)) },
    ...{ unbroken: runs.filter(({ isUnbroken }) => isUnbroken).length },
    worlds: { services: SERVICES.length, rollouts: ROLLOUTS.length },
    calls: runs.reduce((sum, { calls }) => sum + calls, 0),
    ...{ spoiled, ends },
    seconds: {
      median: (median?.milliseconds ?? 0) / 1000,
      slowest: (slowest?.milliseconds ?? 0) / 1000,
      slowestRun: slowest?.number ?? 0,
    },
    peakMiB: {
      median: byMemory[byMemory.length >> 1]?.peakMiB ?? 0,
      most: byMemory.at(-1)?.peakMiB ?? 0,
      mostRun: byMemory.at(-1)?.number ?? 0,
    },
    violations: runs.flatMap(({ number, world, violations }) =>
      violations.map(({ breach, detail }) => ({ run: number, world, breach, detail })),
    ),
  }
}

const BREACHES = [
  'wrong pass',
  'wrong blocker',
  'wrong failure',
  'wrong refusal',
  'wrong verdict',
  'hang',
  'crash',
  'wrong JSON',
  'tape tells another report',
  'too much memory',
]

/** What of docs/reliability.md is drawn by a run. */
export function drawn(figures: Figures): string {
  const { seed, runs, below, unbroken, worlds, calls, spoiled, ends, seconds, peakMiB, violations } = figures
  const all = Object.values(spoiled).reduce((sum, count) => sum + count, 0)
  const breaches = BREACHES.map((breach) => [breach, String(violations.filter((one) => one.breach === breach).length)])
  const modes = Object.entries(ends).map(([mode, truths]) =>
    [`### ${mode}`, table(['unbroken, it is', 'runs', 'and so it was told'], rowsOf(truths))].join('\n\n'),
  )
  return [
    `Drawn by \`npm run soak -- --runs ${below} --seed ${seed} --page\`${runs === below ? '' : `, of which ${grouped(runs)} are played`}.`,
    table(
      ['', ''],
      [
        ['runs', `${grouped(runs)}, of them ${unbroken} with nothing broken`],
        ['drawn from', `${worlds.services} services and ${worlds.rollouts} rollouts`],
        ['calls', `${grouped(calls)}, of them ${grouped(all)} spoiled`],
        ['longest run', `${seconds.slowest.toFixed(1)} s (median ${seconds.median.toFixed(1)} s)`],
        [
          'most memory of a run, the simulator in it',
          `${peakMiB.most} MiB resident (run ${peakMiB.mostRun}; median ${peakMiB.median} MiB)`,
        ],
        ...breaches,
      ],
    ),
    ...modes,
    '### Faults that calls met',
    table(
      ['fault', 'calls'],
      FAULT_KINDS.map((kind) => [kind, grouped(spoiled[kind] ?? 0)]),
    ),
    ...(violations.length === 0
      ? []
      : [
          '### Violations',
          table(
            ['run', 'world', 'breach', 'what'],
            violations.map((one) => [String(one.run), one.world, one.breach, one.detail.slice(0, 200)]),
          ),
        ]),
  ].join('\n\n')
}

function rowsOf(truths: Readonly<Record<string, Readonly<Record<string, number>>>>): readonly (readonly string[])[] {
  return Object.entries(truths)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([truth, told]) => {
      const byCount = Object.entries(told).sort(([, one], [, other]) => other - one)
      const sum = byCount.reduce((so, [, count]) => so + count, 0)
      return [truth, grouped(sum), byCount.map(([end, count]) => `${end} ${grouped(count)}`).join(' · ')]
    })
}

function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}

function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
  return [line(heading), line(heading.map(() => '---')), ...rows.map(line)].join('\n')
}

/** The page with its drawn part anew. */
export function withFigures(page: string, figures: Figures): string {
  return page.replace(
    /(<!-- soak -->\n)[\s\S]*?(\n<!-- end -->)/,
    (_, open, close) => `${open}${drawn(figures)}${close}`,
  )
}
