/** What a deploy changed, as the contract's JSON (section 9). */
import type { Deployment } from '../../domain/deployment.ts'
import { type Side, sidesOf } from '../document/deployment.ts'
import type { DeploymentJson } from './shape.ts'

export function deploymentJson(deployment: Deployment): DeploymentJson {
  return {
    revision: deployment.revision,
    registered: deployment.registered,
    reused: deployment.reused,
    updated: deployment.updated,
    diff:
      deployment.diff?.map((change) => {
        const [before, after] = sidesOf(change)
        return { path: change.path, before: sideText(before), after: sideText(after) }
      }) ?? null,
    untriedSubnets: deployment.untriedSubnets,
    digests: deployment.digests.map(({ container, wanted, running, same }) => ({ container, wanted, running, same })),
    restored: deployment.restored?.map(({ setting, before, after }) => ({ setting, before, after })) ?? null,
  }
}

function sideText(side: Side): string | null {
  return side === null || typeof side === 'string' ? side : `(${side.hidden})`
}
