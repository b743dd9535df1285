/** A packer that thinks of nothing: it tries every order of starts and stops, one task at a time. */

export interface Box {
  readonly cpu: number
  readonly memory: number
  /** The port of the task is taken, and not by a task of the service. */
  readonly portTaken: boolean
  /** Old tasks on it, each as large as a new one. */
  readonly old: number
}

export interface Rules {
  readonly cpu: number
  readonly memory: number
  readonly hasPort: boolean
  readonly distinct: boolean
  readonly wanted: number
  readonly lower: number
  readonly upper: number
}

interface State {
  readonly old: readonly number[]
  readonly fresh: readonly number[]
}

/** The most new tasks that any order places. */
export function mostPlaced(boxes: readonly Box[], rules: Rules): number {
  const seen = new Set<string>()
  const open: State[] = [{ old: boxes.map(({ old }) => old), fresh: boxes.map(() => 0) }]
  let most = 0
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    const key = JSON.stringify(state)
    if (seen.has(key)) continue
    seen.add(key)
    const { old, fresh } = state
    const placed = total(fresh)
    most = Math.max(most, placed)
    for (const at of boxes.keys()) {
      const running = total(old) + placed
      if ((old[at] ?? 0) > 0 && running - 1 >= rules.lower) open.push({ old: changed(old, at, -1), fresh })
      if (placed < rules.wanted && running + 1 <= rules.upper && fits(boxes, at, state, rules))
        open.push({ old, fresh: changed(fresh, at, 1) })
    }
  }
  return most
}

function fits(boxes: readonly Box[], at: number, { old, fresh }: State, rules: Rules): boolean {
  const box = boxes[at] as Box
  const stopped = box.old - (old[at] ?? 0)
  const own = (old[at] ?? 0) + (fresh[at] ?? 0)
  if (rules.hasPort && (box.portTaken || own > 0)) return false
  if (rules.distinct && own > 0) return false
  const room = (left: number, each: number) => left + (stopped - (fresh[at] ?? 0)) * each >= each
  return room(box.cpu, rules.cpu) && room(box.memory, rules.memory)
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0)
}

function changed(counts: readonly number[], at: number, by: number): readonly number[] {
  return counts.map((count, i) => (i === at ? count + by : count))
}
