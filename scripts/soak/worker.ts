/** A process that plays what it is told to, and is ended by its parent where a run does not end. */
import type { Essence } from './judge.ts'
import type { Plan } from './plan.ts'
import { judgedRun, truthOf } from './runs.ts'

export interface Order {
  readonly plan: Plan
  /** Null: what is true of its world is asked for, and not the run. */
  readonly truth: Essence | null
}

process.on('message', ({ plan, truth }: Order) => {
  // What one run left behind is no memory of the next.
  globalThis.gc?.()
  const work = truth === null ? truthOf(plan) : judgedRun(plan, truth)
  work.then(
    (answer) => process.send?.(answer),
    (error: unknown) => {
      console.error(plan, error)
      process.disconnect()
    },
  )
})
