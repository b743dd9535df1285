/** The facts of the measured VPCs and of the services from public reports, as a preflight gathers them. */
import { gatherService } from '../../src/aws/gather/index.ts'
import { openFolder } from '../../src/aws/reader/folder.ts'
import { withPaths } from '../../src/checks/engine/judge.ts'
import type { GatheredFacts } from '../../src/domain/facts.ts'
import type { Target } from '../../src/domain/report.ts'
import { type Case, fieldCases, measuredVpcs } from '../proof/cases.ts'

export interface World {
  readonly name: string
  readonly facts: GatheredFacts
  readonly target: Target
}

export const CASES: readonly Case[] = [...measuredVpcs, ...fieldCases]

export function worldOf({ name, folder, cluster, service, taskDefinition }: Case): Promise<World> {
  return folder.onDisk(async (path) => {
    const request = { cluster, service, ...(taskDefinition === null ? {} : { taskDefinition }) }
    const { facts, target } = await gatherService(await openFolder(path), request)
    return { name, facts: withPaths(facts, target), target }
  })
}
