/** Which checks a missing fact kept from judging: a report names it once, whatever the number of checks that wanted it. */
import type { Check } from '../../domain/check.ts'
import type { Unknown } from '../../domain/report.ts'
import type { StepId } from '../../domain/step.ts'

export function checksKept({ check, checks = [check] }: Unknown): readonly string[] {
  return checks
}

/** The same reason and permission in one step is one unknown; of all its checks. */
export function distinct(unknowns: readonly Unknown[]): readonly Unknown[] {
  const merged = new Map<string, Unknown>()
  for (const unknown of unknowns) {
    const key = JSON.stringify([unknown.step, unknown.permission, unknown.reason])
    const before = merged.get(key) ?? unknown
    const checks = [...new Set([...checksKept(before), ...checksKept(unknown)])]
    const beyond = [...new Set([...(before.beyond ?? []), ...(unknown.beyond ?? [])])]
    const steps = beyond.length === 0 ? {} : { beyond }
    merged.set(key, { ...before, checks, ...steps, matters: before.matters || unknown.matters })
  }
  return [...merged.values()]
}

/** Checks of these steps speak of one hop each; any other that needs the paths, of how they end. */
const HOPS: readonly StepId[] = ['dns', 'endpoints', 'routes', 'security-groups', 'network-acls', 'endpoint-policies']

/**
 * For what the paths missed. Beside the check of the hop itself: who judges the same facts, and, where a path came to no end,
 * who counts the subnets in which it does. Checks of the configuration say themselves what they missed of the network.
 */
export function keptByPaths(unknowns: readonly Unknown[], all: readonly Check[]): readonly Unknown[] {
  return unknowns.map((unknown) => {
    const others = all.filter((check) => readsTheSame(check, unknown) || (unknown.matters && isOfEnds(check)))
    return { ...unknown, checks: [...new Set([...checksKept(unknown), ...others.map(({ id }) => id)])] }
  })
}

function readsTheSame({ needs, permissions, step }: Check, { permission }: Unknown): boolean {
  const judgesNetwork = needs.includes('paths') || needs.includes('network')
  return judgesNetwork && step !== 'configuration' && permission !== null && permissions.includes(permission)
}

function isOfEnds({ needs, step }: Check): boolean {
  return needs.includes('paths') && !HOPS.includes(step)
}
