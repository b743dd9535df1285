/** What every check over paths does alike: a cause becomes a finding, a warning where the path still works in part. */
import type { Effects } from '../analysis/causes.ts'
import type { Found } from '../domain/check.ts'
import type { Fault } from '../domain/path.ts'
import type { Severity } from '../domain/report.ts'

export function severityOf(cause: Pick<Effects, 'blocks' | 'required'>): Severity {
  if (cause.blocks) return 'blocker'
  return cause.required ? 'warning' : 'advice'
}

export function findingOf<Details>(
  cause: Effects & { readonly faults: readonly Fault[] },
  subject: string,
  details: Details,
): Found<Details> {
  const { evidence, affects, faults } = cause
  return { subject, evidence, details, severity: severityOf(cause), affects, faults }
}
