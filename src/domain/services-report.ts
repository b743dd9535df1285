/** The reports of several services of one run, each whole, and one verdict over all of them. */
import type { Report, Verdict } from './report.ts'
import type { Text } from './text.ts'

export interface ServicesReport {
  readonly schemaVersion: 1
  readonly tool: Report['tool']
  readonly mode: string
  /** The worst of all; a service without a report counts as `unknown`. */
  readonly verdict: Verdict
  /** One of them made the run fail. */
  readonly enforced: boolean
  /** In the order in which they were named. */
  readonly services: readonly [Report, ...Report[]]
  /** Services of which there is no report. */
  readonly missing: readonly MissingService[]
}

export interface MissingService {
  readonly service: string
  readonly because: Text
}

/** What a run may end with. */
export type AnyReport = Report | ServicesReport

export function isOfServices(report: AnyReport): report is ServicesReport {
  return 'services' in report
}

/** The report, or those that it is made of. */
export function reportsIn(report: AnyReport): readonly Report[] {
  return isOfServices(report) ? report.services : [report]
}
