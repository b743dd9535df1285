/** The preflight that a watch makes in the background, so that a failure can be held against the network. */
import { gatherService } from '../../aws/gather/index.ts'
import type { Reader } from '../../aws/reader/reader.ts'
import type { FailOn, Ignore } from '../../checks/engine/verdict.ts'
import type { Report } from '../../domain/report.ts'
import { evidenceOf } from '../../rollout/diagnose/preflight-evidence.ts'
import { judgeGathered } from '../preflight/preflight.ts'
import type { Prepared } from './preparing.ts'

interface Wish {
  readonly cluster: string | null
  readonly service: string
  readonly failOn: FailOn
  readonly ignore: readonly Ignore[]
}

/** Rejects like `preflight`. */
export async function prepareWatch(
  { cluster, service, failOn, ignore }: Wish,
  { reader, tool }: { readonly reader: Reader; readonly tool: Report['tool'] },
): Promise<Prepared> {
  const gathering = await gatherService(reader, { cluster, service })
  const report = judgeGathered(gathering, { failOn, ignore }, tool)
  const { paths: _paths, findings: _findings, ...preflight } = evidenceOf(report, gathering.facts)
  const { taskDefinition } = gathering.facts
  return { report, preflight, containers: taskDefinition.known ? taskDefinition.value.containers : [] }
}
