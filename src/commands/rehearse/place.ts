/** One subnet in a rehearsal: its task, how far that has come, and what it costs. */
import { lastPart } from '../../aws/facts/service.ts'
import type { Path } from '../../domain/path.ts'
import type { RehearsedSubnet } from '../../domain/rehearsal.ts'
import type { EcsTask } from '../../domain/rollout.ts'
import type { End } from './outcome.ts'
import { agreement, predictedIn } from './prediction.ts'
import type { Start } from './start.ts'

/** Filled in as it goes on. */
export interface PlaceInRun {
  readonly subnetId: string
  /** `startedBy` and client token of its task. */
  readonly name: string
  /** By our clock. */
  readonly startedAt: number
  start: Start | null
  /** As it was last described. */
  task: EcsTask | null
  end: End | null
}

export function notPlaced(text: string): End {
  return { outcome: 'not-placed', pullSeconds: null, label: null, text }
}

/** How far it had come, in ECS's word. */
export function unseenEnd({ task }: PlaceInRun): End {
  return { outcome: 'timed-out', pullSeconds: null, label: null, text: task?.lastStatus ?? '' }
}

export function arnOf({ start }: PlaceInRun): readonly string[] {
  return start?.kind === 'task' ? [start.arn] : []
}

export function rehearsedSubnet(place: PlaceInRun, paths: readonly Path[]): RehearsedSubnet {
  const { subnetId, task } = place
  const predicted = predictedIn(subnetId, paths)
  const zone = paths.find(({ from }) => from.subnetId === subnetId)?.from.availabilityZone
  const known = place.end ?? unseenEnd(place)
  return {
    subnetId,
    availabilityZone: task?.availabilityZone ?? zone ?? null,
    ...known,
    predicted,
    agrees: agreement(known.outcome, predicted),
  }
}

/**
 * "From the time you start to download your container image until the task terminates", a minute at least (AWS Fargate Pricing). Fargate
 * may not tell when a pull that failed began: then from the creation of the task, which is a little more.
 */
export function billedSeconds({ task, end }: PlaceInRun, now: number): number {
  if (task === null || end?.outcome === 'not-placed') return 0
  const from = task.pullStartedAt ?? task.createdAt ?? now
  return Math.max(60, Math.ceil(((task.stoppedAt ?? task.stoppingAt ?? now) - from) / 1000))
}

/** Ended by itself. */
export function stoppedTask({ task }: PlaceInRun): readonly string[] {
  return task !== null && task.desiredStatus === 'STOPPED' ? [`task/${lastPart(task.arn)}`] : []
}
