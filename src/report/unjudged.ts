/** Which checks could not tell, by what a report says of them. */
import { CHECKS } from '../checks/index.ts'
import type { Report, Unknown } from '../domain/report.ts'

/**
 * What kept the check from judging; empty where it judged. A report names one check for what several of a step missed,
 * so the others of that step are told by the permission.
 */
export function missedBy(id: string, { unknowns }: Pick<Report, 'unknowns'>): readonly Unknown[] {
  const check = CHECKS.find((one) => one.id === id)
  return unknowns.filter(
    (unknown) =>
      unknown.check === id ||
      (check !== undefined &&
        unknown.step === check.step &&
        actionsOf(unknown).some((action) => check.permissions.includes(action))),
  )
}

function actionsOf({ permission }: Unknown): readonly string[] {
  return permission?.split(/[\s,]+/) ?? []
}
