/** Which subnets take so much longer than the others that something must be wrong, before ECS says so: a pull that times out takes minutes. */
import type { EcsTask } from '../../domain/rollout.ts'
import type { End } from './outcome.ts'

export interface Seen {
  readonly subnetId: string
  /** By our clock, when RunTask had answered. */
  readonly startedAt: number
  /** As it was last described; null before. */
  readonly task: EcsTask | null
  /** Null while it goes on. */
  readonly end: End | null
}

export interface Suspect {
  readonly subnetId: string
  /** Since its task was started. */
  readonly seconds: number
  /** Of the slowest that has pulled, from its creation to the end of its pull. */
  readonly othersSeconds: number
}

/** None before another subnet has shown how long it takes. */
export function suspectsOf(all: readonly Seen[], now: number): readonly Suspect[] {
  const done = all.flatMap(({ task, end }) => (end?.outcome === 'pulled' ? (secondsToPull(task) ?? []) : []))
  if (done.length === 0) return []
  const othersSeconds = Math.max(...done)
  return all.flatMap(({ subnetId, startedAt, task, end }) => {
    const seconds = Math.round((now - startedAt) / 1000)
    const isSlow = end === null && (task?.pullStoppedAt ?? null) === null && seconds > othersSeconds + SPREAD_SECONDS
    return isSlow ? [{ subnetId, seconds, othersSeconds }] : []
  })
}

/** Between two tasks of Fargate that start at the same time: mostly the network interface. */
const SPREAD_SECONDS = 15

/** From two times of AWS: its clock and ours may differ. */
function secondsToPull(task: EcsTask | null): number | null {
  if (task === null || task.createdAt === null || task.pullStoppedAt === null) return null
  return Math.round((task.pullStoppedAt - task.createdAt) / 1000)
}
