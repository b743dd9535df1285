/** What could not be read: once for each permission that would tell, and which checks it kept from judging. */
import { checksKept } from '../../checks/engine/unknowns.ts'
import { CHECKS } from '../../checks/index.ts'
import { partitionOf } from '../../domain/partition.ts'
import type { Report, Unknown } from '../../domain/report.ts'
import type { Text } from '../../domain/text.ts'
import { statementsForUnknowns } from '../../iam/permission-statements.ts'

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

/** The policy statements that allow what was missing, as JSON; null where nothing decisive is, or no permission would help. */
export function missingStatement(unknowns: readonly Unknown[], region: string): string | null {
  if (!unknowns.some(({ matters }) => matters)) return null
  const statements = statementsForUnknowns(unknowns, partitionOf(region).id)
  return statements.length === 0 ? null : JSON.stringify(statements, null, 2)
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
