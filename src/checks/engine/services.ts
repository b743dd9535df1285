/** One verdict over several services, and which of them to look at first. */
import type { Report, Verdict } from '../../domain/report.ts'
import type { MissingService, ServicesReport } from '../../domain/services-report.ts'

/** The worst first (contract, section 4: a fault is told before what is not known). */
const VERDICTS: readonly Verdict[] = ['fail', 'unknown', 'warn', 'pass']

/** At least one report. */
export function reportOfServices(
  services: readonly [Report, ...Report[]],
  missing: readonly MissingService[],
): ServicesReport {
  const [{ schemaVersion, tool, mode }] = services
  const verdicts = [...services.map(({ verdict }) => verdict), ...missing.map((): Verdict => 'unknown')]
  return {
    schemaVersion,
    tool,
    mode,
    verdict: VERDICTS.find((verdict) => verdicts.includes(verdict)) ?? 'unknown',
    enforced: services.some(({ enforced }) => enforced),
    services,
    missing,
  }
}

/** What fails the run, then rollouts that did not get there, then by verdict; else as they were named. */
export function worstServices({ services }: ServicesReport): readonly Report[] {
  const rank = ({ enforced, rollout }: Report) =>
    enforced ? 0 : rollout !== undefined && rollout.phase !== 'steady' ? 1 : 2
  return services.toSorted(
    (one, other) => rank(one) - rank(other) || VERDICTS.indexOf(one.verdict) - VERDICTS.indexOf(other.verdict),
  )
}
