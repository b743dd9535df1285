/** What could not be read: once for each permission that would tell, and which checks it kept from judging. */
import { checksKept } from '../../checks/engine/unknowns.ts'
import { CHECKS } from '../../checks/index.ts'
import { partitionOf } from '../../domain/partition.ts'
import type { Report, Unknown } from '../../domain/report.ts'
import type { Text } from '../../domain/text.ts'
import { policyOf, policyText } from '../../iam/permission-statements.ts'

import { type Block, code } from './blocks.ts'

export interface UnknownGroup {
  readonly because: Text
  readonly permission: string | null
  readonly matters: boolean
  readonly checks: readonly string[]
}

/** The same missing fact once, whatever the steps that miss it. Those that matter first. */
export function groupUnknowns(unknowns: readonly Unknown[]): readonly UnknownGroup[] {
  const groups = new Map<string, UnknownGroup>()
  for (const { because, permission, matters, check, reason } of unknowns) {
    const key = JSON.stringify([matters, permission, reason])
    const before = groups.get(key) ?? { because, permission, matters, checks: [] }
    groups.set(key, { ...before, checks: [...new Set([...before.checks, check])] })
  }
  return [...groups.values()].toSorted((one, other) => Number(other.matters) - Number(one.matters))
}

/** Those that decide, and those that do not. */
export function unknownsOf({ unknowns }: Pick<Report, 'unknowns'>) {
  const groups = groupUnknowns(unknowns)
  return {
    decisive: groups.filter(({ matters }) => matters),
    harmless: groups.filter(({ matters }) => !matters),
  }
}

/**
 * The whole policy of such a run, to be pasted, where a permission would tell something that decides. Whole, as a fact that others hang
 * on hides which permissions they need: one after the other would be a round of IAM changes each.
 */
export function missingPolicy({ unknowns, reads = [], target }: Report): string | null {
  const wanted = unknowns.some(({ matters, permission, unanswered }) => matters && permission !== null && !unanswered)
  return wanted && reads.length > 0 ? policyText(policyOf(reads, partitionOf(target.region).id)) : null
}

/** The policy is the thing to paste where nothing is known to be wrong. */
export function isPolicyInHead({ verdict, rollout }: Report): boolean {
  return verdict === 'unknown' && rollout === undefined
}

export function policyBlock(report: Report): Block | null {
  const policy = missingPolicy(report)
  return policy === null ? null : code([policy], 'json')
}

const NOT_LOOKED: Text = {
  en: 'The preflight of this run did not come to this check.',
  ko: '이번 실행의 사전 점검에서 확인하지 않은 항목입니다.',
}

/** What kept the check from judging; empty where it judged. A watch whose preflight never ended has judged nothing. */
export function missedBy(
  id: string,
  { unknowns, steps }: Pick<Report, 'unknowns' | 'steps'>,
): readonly Pick<UnknownGroup, 'because' | 'permission'>[] {
  const missed = unknowns.filter((unknown) => checksKept(unknown).includes(id))
  if (missed.length > 0) return groupUnknowns(missed)
  const check = CHECKS.find((one) => one.id === id)
  const looked = check === undefined || steps.some(({ id: step, state }) => step === check.step && state !== 'skipped')
  return looked ? [] : [{ because: NOT_LOOKED, permission: null }]
}
