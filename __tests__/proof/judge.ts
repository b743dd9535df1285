/** What the product says of a folder: the only part of the proof that runs it. */
import { openFolder } from '../../src/aws/reader/folder.ts'
import { preflight } from '../../src/commands/preflight/preflight.ts'
import type { Finding, Report } from '../../src/domain/report.ts'
import type { Case } from './cases.ts'
import type { Folder } from './folder.ts'

const TOOL = { name: 'ecs-pull-guard', version: '0.0.0' }

export function judge({ cluster, service, taskDefinition }: Case, folder: Folder): Promise<Report> {
  return folder.onDisk(async (path) =>
    preflight(
      { cluster, service, ...(taskDefinition === null ? {} : { taskDefinition }), failOn: ['blocker'], ignore: [] },
      { reader: await openFolder(path), tool: TOOL },
    ),
  )
}

export function nameOf({ check, subject }: Pick<Finding, 'check' | 'subject'>): string {
  return `${check} ${subject}`
}

const NETWORK = ['dns', 'endpoints', 'routes', 'security-groups', 'network-acls', 'endpoint-policies']

/** Its step is about the network. */
export function isOfNetwork({ step }: Pick<Finding, 'step'>): boolean {
  return NETWORK.includes(step)
}

/** Paths that worked before and are worse now, or gone though their subnet is still one of the service's. */
export function worsened(before: Report, after: Report): readonly string[] {
  const now = new Map(after.paths.map((path) => [keyOf(path), path.outcome]))
  return before.paths.flatMap((path) => {
    const outcome = now.get(keyOf(path))
    const worse = outcome !== undefined && RANKS[outcome] < RANKS[path.outcome]
    return worse && RANKS[path.outcome] >= RANKS.degraded ? [`${keyOf(path)}: ${path.outcome}, then ${outcome}`] : []
  })
}

const RANKS = { blocked: 0, indeterminate: 1, intermittent: 2, degraded: 3, reachable: 4 } as const

function keyOf({ from, destination, host, port }: Report['paths'][number]): string {
  return `${from.kind} ${from.subnetId} → ${destination} ${host}:${port}`
}
