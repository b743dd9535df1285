/** One step of a watch: what a poll adds to what is known, and what follows from it. Pure. */
import type { Poll, RolloutFailure, RolloutPhase } from '../domain/rollout.ts'
import { isNetworkFault, LABELS } from '../ecs-errors/labels.ts'
import { failuresOf } from './diagnose/failures.ts'
import { withProofs } from './diagnose/flow-logs.ts'
import type { PreflightEvidence } from './diagnose/preflight-evidence.ts'
import { situationsOf } from './diagnose/situations.ts'
import { suspicionsOf } from './diagnose/suspected-hang.ts'
import { factsOf } from './facts.ts'
import { mergePoll } from './observe/merge.ts'
import { fingerprintOf } from './poll-interval.ts'
import type { DeploymentStatus, Rollout, RolloutFacts, RolloutInputs } from './state.ts'
import { whyCannotSucceed } from './status/cannot-succeed.ts'
import { mayTrip } from './status/circuit-breaker.ts'
import { deploymentStatusOf } from './status/deployment-status.ts'
import { primaryOf } from './status/followed-deployment.ts'
import { LOST_AFTER_MS } from './status/reason-text.ts'

/** Credentials that have expired, or a right that is missing, twice in a row: waiting does not bring them back. */
const REFUSALS = 2
export function step(state: Rollout, poll: Poll, now: number): Rollout {
  return follow(state, { observed: mergePoll(state.observed, poll) }, now)
}

/** Something other than a poll was learnt: what preflight knows, a cancellation, an answer to a request. */
export function learn(
  state: Rollout,
  learnt: Partial<Omit<RolloutInputs, 'plan' | 'observed' | 'now'>>,
  now: number,
): Rollout {
  return follow(state, learnt, now)
}

function follow(before: Rollout, news: Partial<RolloutInputs>, at: number): Rollout {
  const now = Math.max(before.now, at)
  const facts = factsOf({ ...before, ...news, now }, before)
  const failures = withProofs(failuresOf(facts), facts.flows, facts.preflight)
  const hopeless = whyCannotSucceed(facts, failures)
  const isDiagnosed = failures.some((one) => hasExplanation(one, facts.preflight))
  const fingerprint = fingerprintOf(facts.observed)
  const next = {
    ...before,
    ...facts,
    failures,
    situations: situationsOf(facts, failures),
    hopeless,
    hopelessAt: hopeless === null ? null : (before.hopelessAt ?? now),
    suspicions: suspicionsOf(before.suspicions, facts, failures),
    diagnosedAt: before.diagnosedAt ?? (isDiagnosed ? now : null),
    fingerprint,
    changedAt: fingerprint === before.fingerprint ? before.changedAt : now,
  }
  const status = deploymentStatusOf(facts)
  const end = endOf(next, status)
  return { ...next, ...(end ?? status), over: end !== null }
}

const ENDS: ReadonlySet<RolloutPhase> = new Set(['steady', 'failed', 'rolled-back', 'superseded', 'not-started'])

/** Null while there is something to wait for. What ECS says comes first, then our own reasons to leave. */
function endOf(state: Rollout, status: DeploymentStatus): DeploymentStatus | null {
  if (ENDS.has(status.phase)) return status
  if (state.cancelledAt !== null) return { phase: 'cancelled', reason: { kind: 'cancelled' } }
  return givenUp(state, status) ?? unlisted(state) ?? outOfContact(state) ?? outOfTime(state, status)
}

function givenUp(state: Rollout, status: DeploymentStatus): DeploymentStatus | null {
  const { hopeless, plan, rollbackAsked } = state
  if (hopeless === null || status.phase === 'rolling-back') return null
  // The caller asks for a rollback first, and then its end is worth waiting for.
  if (plan.onFailure === 'rollback' && rollbackAsked?.accepted !== false) return null
  return mayTrip(state) ? null : { phase: 'failed', reason: { kind: 'cannot-succeed', why: hopeless } }
}

/** We look for a deployment that ECS does not list: it came and went, or whoever was to start it never did. */
function unlisted({ observed, now, plan, followed }: RolloutFacts): DeploymentStatus | null {
  const { deployment, taskSet, serviceDeployment } = followed
  const first = observed.firstService
  if (first === null || deployment !== null || taskSet !== null || serviceDeployment !== null) return null
  if (now - first.seenAt < plan.appearsWithinMs) return null
  const primary = observed.service === null ? null : primaryOf(observed.service.value)
  if (primary === null) return { phase: 'lost', reason: { kind: 'no-deployment' } }
  const wanted = plan.deploymentId ?? plan.taskDefinition ?? ''
  const phase = plan.deploymentId === null ? 'not-started' : 'superseded'
  return { phase, reason: { kind: 'not-listed', wanted, primary: primary.id, runs: primary.taskDefinitionArn } }
}

/** The polls since the last good one. */
function outOfContact({ observed, now, plan }: RolloutFacts): DeploymentStatus | null {
  const expired = observed.missed.filter(({ because }) => because === 'expired')
  if (expired.length >= REFUSALS) {
    return { phase: 'lost', reason: { kind: 'credentials-expired', detail: expired.at(-1)?.detail ?? '' } }
  }
  const refused = observed.missed.filter(({ because }) => because === 'refused' || because === 'gone')
  const last = refused.at(-1)
  if (last !== undefined && refused.length > REFUSALS) {
    const { because, permission, detail } = last
    const reason =
      because === 'gone'
        ? ({ kind: 'service-gone', detail } as const)
        : ({ kind: 'refused', permission, detail } as const)
    return { phase: 'lost', reason }
  }
  const since = observed.service?.seenAt ?? plan.beganAt
  if (now - since < LOST_AFTER_MS) return null
  return { phase: 'lost', reason: { kind: 'no-answer', detail: observed.missed.at(-1)?.detail ?? '' } }
}

function outOfTime({ plan, now }: RolloutFacts, status: DeploymentStatus): DeploymentStatus | null {
  if (now < plan.deadlineAt) return null
  return status.phase === 'rolling-back'
    ? status
    : { phase: 'timed-out', reason: { kind: 'out-of-time', status: status.reason } }
}

/** There is an answer to "why": a text that is understood, and for the network where it stops, by the text or by its paths. */
function hasExplanation({ label, cause, destination }: RolloutFailure, preflight: PreflightEvidence | null): boolean {
  if (cause !== null) return true
  return label !== 'unknown' && (!isNetworkFault(LABELS[label]) || destination !== null || preflight !== null)
}
