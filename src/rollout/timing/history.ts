/** Earlier deployments of this service that ECS remembers: what one rollout is measured against. */
import { compare } from '../../domain/collections.ts'
import type { PastRollout } from '../../domain/rollout.ts'
import { oldestFirst } from '../observe/clocks.ts'
import type { Rollout } from '../state.ts'
import { median } from './timing.ts'

/** So many of the last ones. */
const REMEMBERED = 10

/** Newest first. A deployment that came after ours is no measure of it. */
export function historyOf(state: Rollout): readonly PastRollout[] {
  return pastOf(state).slice(0, REMEMBERED)
}

/** Median seconds of the last successful ones; null without any. */
export function baselineOf(state: Rollout): number | null {
  const successes = pastOf(state).filter(({ status }) => status === 'SUCCESSFUL')
  const middle = median(successes.slice(0, REMEMBERED).map(({ seconds }) => seconds))
  return middle === null ? null : Math.round(middle)
}

function pastOf({ followed, observed }: Rollout): readonly PastRollout[] {
  const { serviceDeployment, deployment, taskSet } = followed
  const ours = serviceDeployment?.createdAt ?? deployment?.createdAt ?? taskSet?.createdAt ?? null
  return Object.values(observed.serviceDeployments)
    .map(({ value }) => value)
    .filter(({ arn, createdAt }) => arn !== serviceDeployment?.arn && oldestFirst(createdAt, ours ?? createdAt) <= 0)
    .toSorted((one, other) => oldestFirst(other.createdAt, one.createdAt) || compare(one.arn, other.arn))
    .flatMap(({ startedAt, createdAt, finishedAt, status }) => {
      const from = startedAt ?? createdAt
      if (from === null || finishedAt === null || finishedAt < from) return []
      return [{ seconds: Math.round((finishedAt - from) / 1000), status, finishedAt }]
    })
}
