/** One step of a watch: what a look adds to what is known, and what follows from it. Pure. */
import type { Poll, RolloutFailure } from '../domain/rollout.ts'
import type { Text } from '../domain/text.ts'
import { failuresOf } from './diagnose/failures.ts'
import { withProofs } from './diagnose/flow-logs.ts'
import { isNetworkLabel } from './diagnose/labels.ts'
import type { PreflightEvidence } from './diagnose/preflight-evidence.ts'
import { suspicionsOf } from './diagnose/suspected-hang.ts'
import { mergePoll } from './observe/merge.ts'
import { fingerprintOf } from './poll-interval.ts'
import type { DeploymentStatus, Rollout } from './state.ts'
import { whyCannotSucceed } from './status/cannot-succeed.ts'
import { circuitBreakerNote, mayTrip } from './status/circuit-breaker.ts'
import { deploymentStatusOf } from './status/deployment-status.ts'
import { type FollowedDeployment, followedDeployment, primaryOf } from './status/followed-deployment.ts'
import { waitingFor } from './status/waiting.ts'
import { durationText } from './timing/duration.ts'

/** After that long without a sight of the service, contact is lost. */
const LOST_AFTER_MS = 300_000
/** Credentials that have expired, or a right that is missing, twice in a row: waiting does not bring them back. */
const REFUSALS = 2
/** A deployment that was just made is listed within moments. */
const LISTED_WITHIN_MS = 60_000

export function step(state: Rollout, poll: Poll, now: number): Rollout {
  return follow({ ...state, observed: mergePoll(state.observed, poll), now: Math.max(state.now, now) })
}

/** Something other than a look was learnt: the grounds, a cancellation, an answer to a request. */
export function learn(
  state: Rollout,
  learnt: Partial<
    Pick<Rollout, 'preflight' | 'targets' | 'targetsUnread' | 'flows' | 'logs' | 'cancelledAt' | 'rollbackAsked'>
  >,
  now: number,
): Rollout {
  return follow({ ...state, ...learnt, now: Math.max(state.now, now) })
}

function follow(state: Rollout): Rollout {
  const { observed, preflight, now } = state
  const followed = followedDeployment(state.plan, observed)
  const failures = withProofs(failuresOf(followed, observed, preflight, now), state.flows, preflight)
  const hopeless = whyCannotSucceed(followed, observed, failures, preflight)
  const suspicions = suspicionsOf(state.suspicions, followed, observed, failures, preflight, now)
  const hopelessAt = hopeless === null ? null : (state.hopelessAt ?? now)
  const next = { ...state, failures, hopeless, hopelessAt, suspicions }
  const status = deploymentStatusOf(followed, observed, now)
  const end = endOf(next, followed, status)
  const diagnosed = state.diagnosedAt ?? (failures.some((one) => isDiagnosed(one, preflight)) ? now : null)
  const fingerprint = fingerprintOf(observed)
  const changedAt = fingerprint === state.fingerprint ? state.changedAt : now
  return { ...next, ...(end ?? status), over: end !== null, diagnosedAt: diagnosed, fingerprint, changedAt }
}

const ENDS = new Set<string>(['steady', 'failed', 'rolled-back', 'superseded'])

/** Null while there is something to wait for. What ECS says comes first, then our own reasons to leave. */
function endOf(state: Rollout, followed: FollowedDeployment, status: DeploymentStatus): DeploymentStatus | null {
  if (ENDS.has(status.phase)) return status
  if (state.cancelledAt !== null) return { phase: 'cancelled', because: CANCELLED }
  return (
    givenUp(state, followed, status) ??
    unlisted(state, followed) ??
    outOfContact(state) ??
    outOfTime(state, followed, status)
  )
}

function givenUp(state: Rollout, followed: FollowedDeployment, status: DeploymentStatus): DeploymentStatus | null {
  const { hopeless, plan, rollbackAsked } = state
  if (hopeless === null || status.phase === 'rolling-back') return null
  // The caller asks for a rollback first, and then its end is worth waiting for.
  if (plan.onFailure === 'rollback' && rollbackAsked?.accepted !== false) return null
  return mayTrip(state, followed)
    ? null
    : { phase: 'failed', because: joined(hopeless, circuitBreakerNote(state, followed)) }
}

function joined(one: Text, other: Text | null): Text {
  return other === null ? one : { en: `${one.en} ${other.en}`, ko: `${one.ko} ${other.ko}` }
}

/** We look for a deployment that ECS does not list: it came and went, or it never was. */
function unlisted({ observed, now, plan }: Rollout, followed: FollowedDeployment): DeploymentStatus | null {
  const first = observed.firstService
  if (
    first === null ||
    followed.deployment !== null ||
    followed.taskSet !== null ||
    followed.serviceDeployment !== null
  )
    return null
  if (now - first.seenAt < LISTED_WITHIN_MS) return null
  const primary = observed.service === null ? null : primaryOf(observed.service.value)
  if (primary === null) return { phase: 'lost', because: NO_DEPLOYMENT }
  const wanted = plan.deploymentId ?? plan.taskDefinition ?? ''
  return {
    phase: 'superseded',
    because: {
      en: `The service has no deployment ${wanted}; another one is its primary deployment (${primary.id}).`,
      ko: `서비스에 찾는 배포가 없습니다: ${wanted}. 기본 배포는 다른 배포입니다(${primary.id}).`,
    },
  }
}

const NO_DEPLOYMENT: Text = {
  en: 'ECS lists no deployment of the service that is its primary one; there is nothing to follow.',
  ko: 'ECS에 서비스의 기본 배포가 표시되지 않아 추적할 배포가 없습니다.',
}

/** The looks since the last good one. */
function outOfContact({ observed, now, plan }: Rollout): DeploymentStatus | null {
  const expired = observed.missed.filter(({ because }) => because === 'expired')
  if (expired.length >= REFUSALS) return { phase: 'lost', because: expiredText(expired.at(-1)?.detail ?? '') }
  const refused = observed.missed.filter(({ because }) => because === 'refused' || because === 'gone')
  const last = refused.at(-1)
  if (last !== undefined && refused.length > REFUSALS) return { phase: 'lost', because: refusedText(last) }
  const since = observed.service?.seenAt ?? plan.beganAt
  if (now - since < LOST_AFTER_MS) return null
  return { phase: 'lost', because: silentText(observed.missed.at(-1)?.detail ?? '') }
}

function outOfTime(
  { plan, now, observed }: Rollout,
  followed: FollowedDeployment,
  status: DeploymentStatus,
): DeploymentStatus | null {
  if (now < plan.deadlineAt) return null
  if (status.phase === 'rolling-back') return status
  const { en, ko } = durationText((plan.deadlineAt - plan.beganAt) / 1_000)
  const ended: Text = {
    en: `The rollout had not ended after ${en} (wait-for-minutes); it goes on without being watched. ${status.because.en}`,
    ko: `지정한 시간(wait-for-minutes: ${ko}) 안에 롤아웃이 끝나지 않았습니다. 롤아웃은 관찰 없이 계속됩니다. ${status.because.ko}`,
  }
  return { phase: 'timed-out', because: joined(ended, waitingFor(followed, observed)) }
}

/** There is an answer to "why": a text that is understood, and for the network where it stops, by the text or by its paths. */
function isDiagnosed({ label, cause, destination }: RolloutFailure, preflight: PreflightEvidence | null): boolean {
  if (cause !== null) return true
  return label !== 'unknown' && (!isNetworkLabel(label) || destination !== null || preflight !== null)
}

const CANCELLED: Text = {
  en: 'The watch was cancelled. The rollout goes on: ECS carries the deployment out whether it is watched or not.',
  ko: '관찰이 취소되었습니다. 롤아웃은 계속됩니다. 관찰 여부와 관계없이 ECS가 배포를 진행합니다.',
}

function expiredText(detail: string): Text {
  return {
    en: `The AWS credentials expired during the watch; the rollout goes on. Let them live longer than wait-for-minutes (role-duration-seconds of aws-actions/configure-aws-credentials, up to the maximum session duration of the role). AWS said: ${detail}`,
    ko: `관찰 중에 AWS 자격 증명이 만료되었습니다. 롤아웃은 계속됩니다. 자격 증명의 유효 시간을 wait-for-minutes 값보다 길게 설정합니다(aws-actions/configure-aws-credentials의 role-duration-seconds, 역할의 최대 세션 기간까지). AWS 응답: ${detail}`,
  }
}

function refusedText({ because, detail, permission }: Rollout['observed']['missed'][number]): Text {
  if (because === 'gone') {
    return {
      en: `The service can no longer be found. ${detail}`.trim(),
      ko: `서비스를 더 이상 찾을 수 없습니다. ${detail}`.trim(),
    }
  }
  return {
    en: `AWS does not let this run read the service any more (${permission}). The rollout goes on. AWS said: ${detail}`,
    ko: `AWS가 서비스 읽기를 거부했습니다(${permission}). 롤아웃은 계속됩니다. AWS 응답: ${detail}`,
  }
}

function silentText(detail: string): Text {
  const minutes = LOST_AFTER_MS / 60_000
  const said = detail === '' ? '' : ` ${detail}`
  return {
    en: `AWS gave no answer about the service for ${minutes} minutes; the rollout goes on.${said}`,
    ko: `${minutes}분 동안 AWS에서 서비스 정보를 받지 못했습니다. 롤아웃은 계속됩니다.${said}`,
  }
}
