/** preflight: reads the service, its task definition and its network, and says whether a task can start in every subnet. */

import { gatherService, type ServiceRequest } from '../../aws/gather/index.ts'
import type { Reader } from '../../aws/reader/reader.ts'
import type { Ignore } from '../../checks/engine/verdict.ts'
import { unread } from '../../domain/answer.ts'
import { CHECK_IDS } from '../../domain/check-id.ts'
import type { Report } from '../../domain/report.ts'
import { UsageError } from '../../domain/usage-error.ts'
import type { Supposed } from '../what-if.ts'
import type { JudgeRequest } from './judge-gathered.ts'

export interface PreflightRequest extends ServiceRequest, JudgeRequest {
  /** Made in the facts before they are judged. */
  readonly supposed?: Supposed | null
}

export interface PreflightSenses {
  readonly reader: Reader
  /** What the report says of itself. */
  readonly tool: Report['tool']
}

/** Throws `UsageError` for a service that does not exist, and where nothing at all could be read. */
export async function preflight(request: PreflightRequest, { reader, tool }: PreflightSenses): Promise<Report> {
  refuseUnknownIgnores(request.ignore)
  // Half of the program: it is there before the answers are.
  const judging = () => import('./judge-gathered.ts')
  const gathering = await gatherService(reader, request, judging)
  const { supposed = null } = request
  const { judgeGathered } = await judging()
  if (supposed === null) return judgeGathered(gathering, request, tool)
  const { supposing } = await import('../what-if.ts')
  // Paths are judged after the changes.
  const facts = supposing({ ...gathering.facts, paths: unread('unasked', '') }, supposed)
  return { ...judgeGathered({ ...gathering, facts }, request, tool), whatIf: supposed.changes }
}

/** A check that does not exist would silence nothing, and nobody would notice. */
export function refuseUnknownIgnores(ignore: readonly Ignore[]): void {
  const unknown = ignore.find(({ check }) => !CHECK_IDS.some((id) => id === check))
  if (unknown === undefined) return
  throw new UsageError({
    en: `The input "ignore" names ${unknown.check}, which is no check; the ids stand in every report and in docs/en/checks.`,
    ko: `"ignore" 입력에 없는 점검 ID가 있습니다: ${unknown.check}. ID는 모든 보고서와 docs/ko/checks 폴더에서 확인할 수 있습니다.`,
  })
}
