/** A service as large as ECS permits that fails in every way at once: 500 failures of no two kinds, 5,000 entries of its timeline. */
import type { Report } from '../../src/domain/report.ts'
import type { RolloutFailure, TimelineEntry } from '../../src/domain/rollout.ts'
import { ROLLOUTS } from './rollout-samples.ts'

const FAILED = ROLLOUTS['rollout-failed'] as Report
const { rollout } = FAILED
const [failure] = rollout?.failures ?? []
if (rollout === undefined || failure === undefined) throw new Error('a sample without failures')

function id(at: number): string {
  return at.toString(16).padStart(32, '0')
}

const failures: readonly RolloutFailure[] = Array.from({ length: 500 }, (_, at) => ({
  ...failure,
  taskId: id(at),
  at: (failure.at ?? 0) + at * 1000,
  text: `${at} ${'x'.repeat(4_000)}`,
}))

const timeline: readonly TimelineEntry[] = Array.from({ length: 5_000 }, (_, at) => ({
  at: (rollout.startedAt ?? 0) + at * 1000,
  kind: at % 2 === 0 ? 'task-created' : 'task-failed',
  what: { en: 'x'.repeat(300), ko: 'x'.repeat(300) },
  taskId: id(Math.floor(at / 2)),
  subnetId: failure.subnetId,
  availabilityZone: failure.availabilityZone,
}))

export const LARGE: Report = {
  ...FAILED,
  rollout: {
    ...rollout,
    failures,
    timeline,
    tasks: { started: 2_500, failed: 500, successRate: 0.8 },
    bySubnet: Array.from({ length: 500 }, (_, at) => ({
      subnetId: `subnet-${String(at).padStart(17, '0')}`,
      availabilityZone: 'ap-northeast-2a',
      started: 5,
      failed: 1,
      succeeded: 4,
    })),
    suspicions: failures.map(({ taskId, subnetId }) => ({
      taskId: taskId ?? '',
      subnetId,
      at: 0,
      destination: 's3-layers',
      cause: null,
      state: 'suspected' as const,
    })),
    logs: failures.slice(0, 30).map(({ taskId }) => ({
      taskId: taskId ?? '',
      container: 'web',
      lines: Array.from({ length: 40 }, (_, at) => `${taskId} ${at} ${'y'.repeat(5_000)}`),
      missing: null,
    })),
  },
}
