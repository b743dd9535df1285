/** Settings of the service beside a deploy: what an earlier run left is put back first, what `emergency` changes for this rollout at its end. */
import type { Loose } from '../../aws/calls/call.ts'
import { lastPart } from '../../aws/facts/service.ts'
import { judgedSubnets, subnetPlan } from '../../deployment/bad-subnets.ts'
import { percentPlan, type SettingsPlan } from '../../deployment/temporary-settings.ts'
import { isAnythingKept } from '../../domain/kept-settings.ts'
import type { Report } from '../../domain/report.ts'
import type { RolloutPhase } from '../../domain/rollout.ts'
import type { Service } from '../../domain/service.ts'
import { type Keeping, keepSettings } from '../settings/keep.ts'
import type { SettingsRequest } from '../settings/look.ts'
import { passingSubnets } from '../settings/passing.ts'
import { type Restoration, restoreSettings } from '../settings/restore.ts'
import { preparation, serviceRequestOf } from './preparation.ts'
import type { Ready } from './ready.ts'
import type { DeployDeps, DeployRequest } from './request.ts'

/** A rollout that takes all the time it is given is over before anybody else may put its settings back. */
const LEASE_BEYOND_WAIT_MS = 15 * 60_000

export interface Prepared extends Ready {
  /** What `emergency` changes of the service; null where none is asked for. */
  readonly plan: ((service: Service) => SettingsPlan) | null
}

/** With `bad-subnets`, preflight is made again for the subnets that are left. Throws like `preparation`. */
export async function preparedFor(request: DeployRequest, deps: DeployDeps): Promise<Prepared> {
  const ready = await preparation(request, deps)
  const { service, places } = ready
  if (request.emergency === 'percent') return { ...ready, plan: percentPlan }
  if (request.emergency === null || service === null || places === null) return { ...ready, plan: null }
  const judged = judgedSubnets(ready.report)
  const plan = (now: Service) => subnetPlan(now, judged, places)
  const planned = plan(service)
  if (planned.outcome !== 'change') return { ...ready, plan }
  const [{ after } = { after: [] }] = planned.changes
  const left = typeof after === 'object' ? after : []
  return { ...(await preparation({ ...request, subnets: left }, deps)), plan }
}

/** Null where nothing stands in the tags. */
export async function restoredFirst(
  request: DeployRequest,
  deps: DeployDeps,
  ready: Ready,
): Promise<Restoration | null> {
  const { settings, tool } = deps
  if (settings === null || ready.service?.kept === undefined || !isAnythingKept(ready.service.kept)) return null
  const { failOn, ignore } = request.watch
  const judged = { ...serviceRequestOf(request, ready.registration), failOn, ignore }
  const passing = passingSubnets(judged, { reader: settings.reader, tool })
  return restoreSettings({ ...settingsOf(request, settings.owner), passing }, settings)
}

/** Null where `emergency` is not asked for, and where subnets have just come back, as preflight passes in them. `input`: for UpdateService. */
export async function keptFor(
  request: DeployRequest,
  { settings, clock, say }: DeployDeps,
  { plan }: Prepared,
  restoration: Restoration | null,
): Promise<Keeping | null> {
  const kind = request.emergency
  if (kind === 'bad-subnets' && restoration?.startsDeployment === true) return null
  if (kind === null || plan === null || settings === null) return null
  const until = clock.now() + request.watch.waitMinutes * 60_000 + LEASE_BEYOND_WAIT_MS
  const keeping = await keepSettings({ ...settingsOf(request, settings.owner), kind, until, plan }, settings)
  if (keeping.outcome === 'nothing') say(keeping.because)
  return keeping
}

export function withRestored(ready: Prepared, restoration: Restoration | null): Prepared {
  if (restoration === null) return ready
  const { restored, temporary } = restoration
  return {
    ...ready,
    report: withTemporary(ready.report, temporary),
    deployment: { ...ready.deployment, restored },
  }
}

export function withKept(request: DeployRequest, keeping: Keeping | null): DeployRequest {
  const input: Loose = keeping?.outcome === 'kept' ? keeping.input : {}
  return { ...request, update: { ...request.update, ...input } }
}

const ENDED: ReadonlySet<RolloutPhase> = new Set(['steady', 'failed', 'rolled-back', 'superseded', 'not-started'])

/** Percentages go back at the rollout's end, and whatever no update came of; a cancelled run writes nothing. What stays, the report leads with. */
export async function settledAfter(request: DeployRequest, deps: DeployDeps, report: Report): Promise<Report> {
  const { settings, signal } = deps
  const { deployment, rollout } = report
  if (request.emergency === null || settings === null || signal?.aborted === true || deployment === undefined)
    return report
  const isOver = rollout === undefined ? report.ending?.kind !== 'not-watched' : ENDED.has(rollout.phase)
  const isDue = request.emergency === 'percent' ? isOver : !deployment.updated
  const kinds = isDue ? [request.emergency] : []
  const { restored, temporary } = await restoreSettings({ ...settingsOf(request, settings.owner), kinds }, settings)
  const all = [...(deployment.restored ?? []), ...(restored ?? [])]
  return withTemporary({ ...report, deployment: { ...deployment, restored: all.length === 0 ? null : all } }, temporary)
}

/** Null: nobody could look, and what was seen last stays. */
function withTemporary(report: Report, temporary: Restoration['temporary']): Report {
  if (temporary === null) return report
  const { temporary: _, ...rest } = report
  return temporary.length === 0 ? rest : { ...rest, temporary }
}

function settingsOf({ cluster, service }: DeployRequest, owner: string): SettingsRequest {
  return { cluster, service: lastPart(service ?? ''), owner }
}
