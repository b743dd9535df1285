/** What VPC Flow Logs add to a failure: a filter that refused its packets, in writing. */
import type { Finding } from '../../domain/report.ts'
import type { RolloutFailure } from '../../domain/rollout.ts'
import type { StepId } from '../../domain/step.ts'
import type { Text } from '../../domain/text.ts'
import type { FlowProof } from '../state.ts'
import type { PreflightEvidence } from './preflight-evidence.ts'

/** REJECT: not permitted by a security group or a network ACL (VPC User Guide, "Flow log records"). */
const FILTERS: ReadonlySet<StepId> = new Set(['security-groups', 'network-acls'])

/** A finding about a filter is proved by what a filter refused; any other cause is as sure as it was. */
export function withProofs(
  failures: readonly RolloutFailure[],
  flows: readonly FlowProof[],
  preflight: PreflightEvidence | null,
): readonly RolloutFailure[] {
  const refused = new Map(flows.filter(({ rejected }) => rejected.length > 0).map((one) => [one.taskId, one]))
  if (refused.size === 0) return failures
  return failures.map((failure) => {
    const proof = refused.get(failure.taskId ?? '')
    if (proof === undefined) return failure
    const notes = [...failure.notes, filtered(proof), ...proof.rejected.map(recordOf)]
    const step = findingOf(failure, preflight?.findings ?? [])?.step
    return { ...failure, notes, confidence: step !== undefined && FILTERS.has(step) ? 'proved' : failure.confidence }
  })
}

/** The findings with the records that prove them. */
export function withRecords(
  findings: readonly Finding[],
  failures: readonly RolloutFailure[],
  flows: readonly FlowProof[],
): readonly Finding[] {
  return findings.map((finding) => {
    const own = failures.filter((one) => findingOf(one, [finding]) !== undefined).map(({ taskId }) => taskId)
    const records = flows.filter(({ taskId }) => own.includes(taskId)).flatMap(({ rejected }) => rejected.map(recordOf))
    return records.length === 0 ? finding : { ...finding, evidence: [...finding.evidence, ...records] }
  })
}

/** What there is to say where they prove nothing. */
export function flowNotes(flows: readonly FlowProof[]): readonly Text[] {
  return flows
    .filter(({ rejected }) => rejected.length === 0)
    .map(({ taskIp, dialledIp, missing }) => (missing === null ? nothingRejected(taskIp, dialledIp) : unread(missing)))
}

function findingOf({ cause, causeSubject }: RolloutFailure, findings: readonly Finding[]): Finding | undefined {
  return findings.find(({ check, subject }) => check === cause && subject === causeSubject)
}

function recordOf(line: string): Text {
  return { en: `VPC Flow Logs: ${line}`, ko: `VPC 흐름 로그: ${line}` }
}

function filtered({ taskIp, dialledIp }: FlowProof): Text {
  return {
    en: `VPC Flow Logs recorded that packets between ${taskIp} and ${dialledIp} were rejected: a security group or a network ACL did not permit them.`,
    ko: `VPC 흐름 로그에 거부된 패킷이 기록되었습니다(${taskIp} ↔ ${dialledIp}). 보안 그룹 또는 네트워크 ACL에서 허용하지 않았습니다.`,
  }
}

function nothingRejected(taskIp: string, dialledIp: string): Text {
  return {
    en: `VPC Flow Logs hold no rejected packet between ${taskIp} and ${dialledIp}; records may come ten minutes late.`,
    ko: `VPC 흐름 로그에 거부된 패킷이 없습니다(${taskIp} ↔ ${dialledIp}). 기록은 10분 늦게 나타날 수 있습니다.`,
  }
}

function unread(missing: string): Text {
  return { en: `VPC Flow Logs could not be asked: ${missing}`, ko: `VPC 흐름 로그를 조회하지 못했습니다: ${missing}` }
}
