/** Which checks could not tell, by what a report says of them. */

import { checksKept } from '../../checks/engine/unknowns.ts'
import { CHECKS } from '../../checks/index.ts'
import type { Report, Unknown } from '../../domain/report.ts'
import type { Text } from '../../domain/text.ts'

const NOT_LOOKED: Text = {
  en: 'The preflight of this run did not come to this check.',
  ko: '이번 실행의 사전 점검에서 확인하지 않은 항목입니다.',
}

/** What kept the check from judging; empty where it judged. A watch whose preflight never ended has judged nothing. */
export function missedBy(
  id: string,
  { unknowns, steps }: Pick<Report, 'unknowns' | 'steps'>,
): readonly Pick<Unknown, 'because' | 'permission'>[] {
  const missed = unknowns.filter((unknown) => checksKept(unknown).includes(id))
  if (missed.length > 0) return missed
  const check = CHECKS.find((one) => one.id === id)
  const looked = check === undefined || steps.some(({ id: step, state }) => step === check.step && state !== 'skipped')
  return looked ? [] : [{ because: NOT_LOOKED, permission: null }]
}
