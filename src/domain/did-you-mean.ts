/** Finds what a misspelt word probably meant. */

/** The candidate that differs by the fewest edits, if that is at most a third of the word; null otherwise. */
export function nearest<T extends string>(word: string, candidates: readonly T[]): T | null {
  const allowed = Math.max(2, Math.floor(word.length / 3))
  const ranked = candidates
    .map((candidate) => ({ candidate, edits: editsBetween(word.toLowerCase(), candidate) }))
    .filter(({ edits }) => edits <= allowed)
    .sort((a, b) => a.edits - b.edits)
  return ranked[0]?.candidate ?? null
}

/** Insertions, deletions and replacements from one word to the other (Levenshtein). */
function editsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j++) {
      const replaced = (row[j] ?? 0) + (letter === b[j] ? 0 : 1)
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
