/** Runs of a soak, one after another in this process. */
import { type Essence, essenceOf, type Violation, violations } from './judge.ts'
import { type Plan, planOf, unbroken } from './plan.ts'
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
  /** Highest of the process so far. */
  readonly peakMiB: number
}

/** Plays run after run. What is true of a world is found out once. */
export function soak(seed: number): (number: number) => Promise<Judged> {
  const truths = new Map<string, Essence>()
  return async (number) => {
    const plan = planOf(seed, number)
    const { mode, world } = plan
    const name = `${mode} ${world} ${plan.onFailure}`
    const truth = truths.get(name) ?? essenceOf((await played(unbroken(plan))).end)
    truths.set(name, truth)
    const { end, milliseconds, calls, spoiled } = await played(plan)
    return {
      ...{ number, mode, world, calls, spoiled },
      truth: nameOf(truth),
      end: end.kind === 'report' ? nameOf(essenceOf(end)) : end.kind,
      isUnbroken: plan.chaos === null && plan.faults.length === 0,
      milliseconds: Math.round(milliseconds),
      violations: violations(plan, truth, end),
      peakMiB: Math.ceil(process.resourceUsage().maxRSS / 1024),
    }
  }
}

function nameOf({ verdict, phase }: Essence): string {
  return phase ?? verdict
}
