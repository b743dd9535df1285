/** Updates the service once: where AWS leaves it open whether it did, the deployments of the service are looked at first. */
import type { Loose } from '../../aws/calls/call.ts'
import { describeServices } from '../../aws/calls/ecs.ts'
import { updateService } from '../../aws/calls/writes.ts'
import { toEcsService } from '../../aws/facts/rollout.ts'
import { lastPart } from '../../aws/facts/service.ts'
import { at, isLoose } from '../../aws/facts/shape.ts'
import type { Refused } from '../../aws/writer/refusal.ts'
import type { Unsure } from '../../aws/writer/writer.ts'
import type { EcsDeployment, EcsService } from '../../domain/rollout.ts'
import { primaryOf } from '../../rollout/status/followed-deployment.ts'
import { serviceNow } from './busy.ts'
import { looked } from './look-up.ts'
import type { DeployDeps, DeployRequest } from './request.ts'

export interface Updated {
  readonly outcome: 'done'
  /** The deployment that carries it out: a new one, or the one that runs the revision already. Null where ECS took it and shows none yet. */
  readonly deployment: EcsDeployment | null
  readonly isNew: boolean
}

export interface Overtaken {
  readonly outcome: 'overtaken'
  readonly by: string
}

/** `revision`: ARN. `moved`: the images behind its references are others than those that run. */
export async function updatedOnce(
  request: DeployRequest,
  deps: DeployDeps,
  { revision, hasMoved }: { readonly revision: string; readonly hasMoved: boolean },
): Promise<Updated | Overtaken | Refused | Unsure> {
  const { writer, signal } = deps
  const before =
    (await serviceNow(request, deps)) ?? (await looked(deps, async () => (await serviceNow(request, deps)) ?? 'unread'))
  if (before === null || before === 'unread') return UNREAD
  const force = request.force || mustForce(before, revision, hasMoved)
  const input: Loose = {
    cluster: request.cluster,
    service: lastPart(request.service ?? ''),
    taskDefinition: revision,
    ...request.update,
    ...(force ? { forceNewDeployment: true } : {}),
  }
  const known = new Set(before.deployments.map(({ id }) => id))
  for (let again = 0; ; again += 1) {
    const written = await writer.write(updateService, input, signal)
    if (written.outcome === 'refused') return written
    const answered = written.outcome === 'done' ? at(written.answer, 'service') : null
    const own = isLoose(answered) ? ours(toEcsService(answered), revision, known, !force) : null
    if (own !== null) return { outcome: 'done', deployment: own, isNew: !known.has(own.id) }
    const isTaken = written.outcome === 'done'
    const found = await looked(deps, async () => {
      const service = await serviceNow(request, deps)
      if (service === null) return 'unread'
      const own = ours(service, revision, known, !force && (isTaken || isApplied(service, request.update)))
      return own ?? (isTaken ? null : stranger(service, known))
    })
    if (found !== null && found !== 'unread' && found.taskDefinitionArn !== revision)
      return { outcome: 'overtaken', by: found.id }
    if (found !== null && found !== 'unread') return { outcome: 'done', deployment: found, isNew: !known.has(found.id) }
    // What ECS has taken is not sent again, whatever it shows.
    if (written.outcome === 'done') return { outcome: 'done', deployment: null, isNew: true }
    if (found === 'unread' || again >= request.retries || signal?.aborted === true) return written
  }
}

/**
 * Where the service runs this very revision, UpdateService starts nothing by itself. A deployment that failed is tried again, and an image
 * that moved behind its tag is fetched, as it would be with a new revision.
 */
function mustForce(service: EcsService, revision: string, hasMoved: boolean): boolean {
  const primary = primaryOf(service)
  if (primary === null || primary.taskDefinitionArn !== revision || primary.rolloutState === 'IN_PROGRESS') return false
  return hasMoved || primary.rolloutState === 'FAILED'
}

/** A new deployment of the revision; or, where none need be made, the one that runs it. */
function ours(
  service: EcsService | null,
  revision: string,
  known: ReadonlySet<string>,
  mayBeOld: boolean,
): EcsDeployment | null {
  const same = (service?.deployments ?? []).filter(({ taskDefinitionArn }) => taskDefinitionArn === revision)
  const fresh = same.find(({ id }) => !known.has(id))
  return fresh ?? (mayBeOld ? (same.find(({ status }) => status === 'PRIMARY') ?? null) : null)
}

/** What needs no deployment shows in the service itself; of more than the count, nobody can tell, and it may be sent again. */
function isApplied({ desiredCount }: EcsService, update: Loose): boolean {
  return Object.entries(update).every(([name, value]) => name === 'desiredCount' && value === desiredCount)
}

/** Somebody deployed another revision since we asked. */
function stranger(service: EcsService, known: ReadonlySet<string>): EcsDeployment | null {
  const primary = primaryOf(service)
  return primary !== null && !known.has(primary.id) ? primary : null
}

/** Without it nobody could tell afterwards what is ours, so that nothing is sent. */
const UNREAD: Unsure = { outcome: 'unsure', permission: describeServices.permission, detail: '' }
