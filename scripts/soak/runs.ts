/** One run of a soak: played, and held against what is true of its world. */
import { type Essence, essenceOf, type Violation, violations } from './judge.ts'
import { peakMemory } from './memory.ts'
import { isUnbroken, type Plan, unbroken } from './plan.ts'
import { played } from './play.ts'

/** A run, judged: plain data, small enough to keep thousands. */
export interface Judged {
  readonly number: number
  readonly mode: Plan['mode']
  readonly world: string
  /** Of the unbroken world: verdict, and of a rollout its phase. */
  readonly truth: string
  /** What the run ended with: the same, or `refusal`, `crash`, `hang`. */
  readonly end: string
  readonly isUnbroken: boolean
  readonly milliseconds: number
  readonly calls: number
  readonly spoiled: Readonly<Record<string, number>>
  readonly violations: readonly (Violation | { readonly breach: 'hang'; readonly detail: string })[]
  /** Most memory that the process had during the run: of the product, the simulator in it and what runs before left behind. */
  readonly peakMiB: number
}

/** Under which name to remember what is true of a run's world. */
export function worldOf({ mode, world, onFailure }: Plan): string {
  return `${mode} ${world} ${onFailure}`
}

export async function truthOf(plan: Plan): Promise<Essence> {
  return essenceOf((await played(unbroken(plan))).end)
}

export async function judgedRun(plan: Plan, truth: Essence): Promise<Judged> {
  const { number, mode, world } = plan
  const peak = peakMemory()
  const { end, milliseconds, calls, spoiled } = await played(plan)
  const peakMiB = peak()
  return {
    ...{ number, mode, world, calls, spoiled },
    truth: nameOf(truth),
    end: end.kind === 'report' ? nameOf(essenceOf(end)) : end.kind,
    isUnbroken: isUnbroken(plan),
    milliseconds: Math.round(milliseconds),
    violations: [...violations(plan, truth, end), ...ofMemory(peakMiB)],
    peakMiB,
  }
}

/** So that a run fits beside the job that it guards. */
const MOST_MIB = 400

function ofMemory(peakMiB: number): readonly Violation[] {
  return peakMiB <= MOST_MIB ? [] : [{ breach: 'too much memory', detail: `${peakMiB} MiB` }]
}

function nameOf({ verdict, phase }: Essence): string {
  return phase ?? verdict
}
