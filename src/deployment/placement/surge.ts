/** How many tasks of a new revision find a place while a deployment stops the old ones, as far as its percentages let it. */

/** One instance: how many new tasks it holds once 0, 1, 2 … old tasks on it have stopped. Never falling. */
export type Slots = readonly number[]

export interface Surge {
  /** New tasks to be placed. */
  readonly wanted: number
  /** Old tasks that run, wherever. */
  readonly running: number
  /** Tasks that must stay, and that may run. */
  readonly lower: number
  readonly upper: number
}

/**
 * The new tasks that are placed in the end, where ECS stops those old tasks that make the most room: which it stops is its own choice.
 * So no fewer than there will be, and just as many where an old task makes room for a new one. ECS starts what it may and stops
 * what it may, in turns (ECS API Reference, DeploymentConfiguration).
 */
export function placedInTheEnd(instances: readonly Slots[], { wanted, running, lower, upper }: Surge): number {
  const stops = fewestStops(instances, wanted)
  let placed = 0
  for (let next = 1; next < stops.length; next += 1) {
    const mayStop = running - Math.max(0, lower - placed)
    const mustStop = Math.max(stops[next] ?? Infinity, running + next - upper)
    if (mustStop > Math.max(0, Math.min(running, mayStop))) break
    placed = next
  }
  return placed
}

/** By number of new tasks: how many old ones have to stop for them, at least. As long as the instances hold them. */
function fewestStops(instances: readonly Slots[], wanted: number): readonly number[] {
  let fewest: readonly number[] = [0]
  for (const slots of instances) {
    const next: number[] = []
    for (const [before, stopped] of fewest.entries()) {
      for (const [stops, held] of slots.entries()) {
        // Fewer than it holds may be put there as well.
        for (let count = Math.min(wanted, before + held); count >= before; count -= 1) {
          if ((next[count] ?? Infinity) <= stopped + stops) break
          next[count] = stopped + stops
        }
      }
    }
    fewest = next
    if (fewest.length > wanted && fewest[wanted] === 0) return fewest
  }
  return fewest
}
