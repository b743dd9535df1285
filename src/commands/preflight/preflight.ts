/** preflight: reads the service, its task definition and its network, and says whether a task can start in every subnet. */

import { gatherService, type ServiceGathering, type ServiceRequest } from '../../aws/gather/index.ts'
import type { Reader } from '../../aws/reader/reader.ts'
import { findingsOf } from '../../checks/engine/findings.ts'
import { needsOf, withPaths } from '../../checks/engine/judge.ts'
import { rareOverrides, unknownOrigins, unknownsOf } from '../../checks/engine/path-unknowns.ts'
import { runChecks } from '../../checks/engine/run.ts'
import { distinct, keptByPaths } from '../../checks/engine/unknowns.ts'
import { applyIgnores, conclude, type FailOn, type Ignore, toBeSaid } from '../../checks/engine/verdict.ts'
import { CHECKS } from '../../checks/index.ts'
import { forecast } from '../../deployment/forecast.ts'
import { splitSubnets } from '../../deployment/subnet-split.ts'
import type { GatheredFacts } from '../../domain/facts.ts'
import type { Finding, Forecast, Report, Unknown } from '../../domain/report.ts'
import { UsageError } from '../../domain/usage-error.ts'
import type { StartupNeeds } from '../../task-start/startup-needs.ts'

export interface PreflightRequest extends ServiceRequest {
  readonly failOn: FailOn
  readonly ignore: readonly Ignore[]
}

export interface PreflightSenses {
  readonly reader: Reader
  /** What the report says of itself. */
  readonly tool: Report['tool']
}

/** Throws `UsageError` for a service that does not exist, and where nothing at all could be read. */
export async function preflight(request: PreflightRequest, { reader, tool }: PreflightSenses): Promise<Report> {
  refuseUnknownIgnores(request.ignore)
  return judgeGathered(await gatherService(reader, request), request, tool)
}

/** A check that does not exist would silence nothing, and nobody would notice. */
export function refuseUnknownIgnores(ignore: readonly Ignore[]): void {
  const unknown = ignore.find(({ check }) => !CHECKS.some(({ id }) => id === check))
  if (unknown === undefined) return
  throw new UsageError({
    en: `The input "ignore" names ${unknown.check}, which is no check; the ids stand in every report and in docs/en/checks.`,
    ko: `"ignore" 입력에 없는 점검 ID가 있습니다: ${unknown.check}. ID는 모든 보고서와 docs/ko/checks 폴더에서 확인할 수 있습니다.`,
  })
}

/** The pure half: what was gathered, judged. */
export function judgeGathered(
  { facts: gathered, target }: ServiceGathering,
  request: Pick<PreflightRequest, 'failOn' | 'ignore'>,
  tool: Report['tool'],
): Report {
  const needs = needsOf(gathered, target.region)
  const facts = withPaths(gathered, target)
  const { paths } = facts
  const judged = runChecks(CHECKS, facts)
  const ordered = toBeSaid(judged.found, request.ignore)
  const { findings, ignored } = applyIgnores(findingsOf(ordered, facts, target, CHECKS), request.ignore)
  const unknowns = distinct([...judged.unknowns, ...pathUnknowns(facts, needs)])
  return {
    schemaVersion: 1,
    tool,
    mode: 'preflight',
    target,
    ...conclude({ findings, ignored, unknowns }, request.failOn, CHECKS),
    paths: paths.known ? paths.value : [],
    findings,
    ignored,
    unknowns,
    forecast: forecastOf(facts, [...findings, ...ignored]),
  }
}

function pathUnknowns({ paths, network }: GatheredFacts, needs: StartupNeeds | null): readonly Unknown[] {
  const missed = [
    ...(paths.known ? unknownsOf(paths.value, CHECKS) : []),
    ...(needs === null ? [] : unknownOrigins(needs.unknownOrigins, CHECKS)),
  ]
  return [...keptByPaths(missed, CHECKS), ...(network.known ? rareOverrides(network.value) : [])]
}

/**
 * Null where every start fails, since that never ends, and where starts may fail that the subnets do not tell of: what is left
 * would be the forecast of a clean rollout. Ignoring a finding mends nothing.
 */
function forecastOf({ service, paths, tasks }: GatheredFacts, findings: readonly Finding[]): Forecast | null {
  if (!service.known || !paths.known) return null
  const { good, bad, unsure } = splitSubnets(paths.value)
  const blockers = findings.filter(({ severity }) => severity === 'blocker')
  const isEverywhere = blockers.some(({ affects }) => affects.length === 0)
  const isUntold = bad.length === 0 && (blockers.length > 0 || unsure.length > 0)
  if (isEverywhere || isUntold || good.length + bad.length === 0) return null
  const seen = tasks.known ? tasks.value : []
  const history = {
    pullSeconds: seen.flatMap(({ pullSeconds }) => pullSeconds ?? []),
    startSeconds: seen.flatMap(({ startSeconds }) => startSeconds ?? []),
  }
  return forecast({ service: service.value, goodSubnets: good, badSubnets: bad, history })
}
