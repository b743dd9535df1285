/** `rehearse: on`: one throw-away task a subnet before anything is registered. What failed there would fail in the rollout as well. */
import type { Ready } from './ready.ts'
import type { DeployDeps, DeployRequest } from './request.ts'

export interface Rehearsed<Own extends Ready> {
  /** The report with what was shown: an unknown path may be a fact now. */
  readonly ready: Own
  readonly hasFailed: boolean
}

/** Where it could not be tried, the report says so and the deploy goes on: preflight has found nothing that `fail-on` names. */
export async function rehearsed<Own extends Ready>(
  { rehearse: wanted, watch }: DeployRequest,
  deps: DeployDeps,
  ready: Own,
): Promise<Rehearsed<Own>> {
  const { rehearsable, report } = ready
  if (wanted === null || rehearsable === null) return { ready, hasFailed: false }
  const [{ rehearse }, { exitCodeOfRehearsal, withRehearsal }] = await Promise.all([
    import('../rehearse/rehearse.ts'),
    import('../rehearse/conclusion.ts'),
  ])
  const { subnets, owner } = wanted
  const minutes = watch.waitMinutes
  const rehearsal = await rehearse({ ...rehearsable, images: {}, subnets, paths: report.paths, minutes, owner }, deps)
  return {
    ready: { ...ready, report: withRehearsal(report, rehearsal) },
    hasFailed: exitCodeOfRehearsal(rehearsal) === 1,
  }
}
