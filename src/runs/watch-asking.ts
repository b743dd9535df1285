/** What the next look asks for: no task twice once it is at rest, and the service deployments that matter. */
import type { LookRequest } from '../aws/look.ts'
import { isAtRest } from '../rollout/lifecycle.ts'
import { ownOf } from '../rollout/own-deployment.ts'
import type { Rollout } from '../rollout/state.ts'

/** While ours is not among them, the list is read again every so many looks. */
const LIST_EVERY = 5

export function lookRequest(
  request: { readonly cluster: string | null; readonly service: string },
  state: Rollout,
): LookRequest {
  const settled = Object.values(state.seen.tasks).filter(({ task }) => isAtRest(task.lastStatus))
  return {
    cluster: clusterNamed(request),
    service: request.service,
    settled: new Set(settled.map(({ task }) => task.id)),
    serviceDeploymentArns: toFollow(state),
  }
}

function toFollow({ plan, seen }: Rollout): readonly string[] | null {
  const own = ownOf(plan, seen).serviceDeployment
  const current = seen.service?.value.currentServiceDeploymentArn ?? null
  const looks = seen.lookedAt.length
  if (own === null) return looks % LIST_EVERY === 0 ? null : current === null ? [] : [current]
  return [...new Set([own.arn, ...(current === null ? [] : [current])])]
}

/** The ARN of a service names its cluster: `arn:…:service/CLUSTER/NAME` (old ARNs do not). */
export function clusterNamed({
  cluster,
  service,
}: {
  readonly cluster: string | null
  readonly service: string
}): string {
  const parts = service.startsWith('arn:') ? service.split('/') : []
  return cluster ?? (parts.length === 3 ? parts[1] : undefined) ?? 'default'
}
