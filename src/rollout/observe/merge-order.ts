/** Which of two observations of one thing is the further one. */

export type Ranks = readonly number[]

/** A total order, so that two observations at the same moment are settled alike in whatever order they come. */
export function isAfter(ranks: Ranks, value: unknown, otherRanks: Ranks, other: unknown): boolean {
  for (const [index, rank] of ranks.entries()) {
    const difference = rank - (otherRanks[index] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return JSON.stringify(value) > JSON.stringify(other)
}
