/** preflight: reads the service, its task definition and its network, and says whether a task can start in every subnet. */

import { gatherService, type ServiceGathering, type ServiceRequest } from '../../aws/gather/index.ts'
import type { Reader } from '../../aws/reader/reader.ts'
import { rareOverrides, unknownOrigins, unknownsOf } from '../../checks/engine/path-unknowns.ts'
import { runChecks } from '../../checks/engine/run.ts'
import { distinct, keptByPaths } from '../../checks/engine/unknowns.ts'
import { applyIgnores, conclude, type FailOn, type Ignore } from '../../checks/engine/verdict.ts'
import { verifyRemedies } from '../../checks/engine/verify.ts'
import { CHECKS } from '../../checks/index.ts'
import { forecast } from '../../deployment/forecast.ts'
import { splitSubnets } from '../../deployment/subnet-split.ts'
import { type Answer, known, unread } from '../../domain/answer.ts'
import type { GatheredFacts } from '../../domain/facts.ts'
import type { Path } from '../../domain/path.ts'
import type { Finding, Forecast, Report, Unknown } from '../../domain/report.ts'
import { UsageError } from '../../domain/usage-error.ts'
import { indexNetwork } from '../../network/network-index.ts'
import { judgePaths } from '../../network/reachability/judge.ts'
import { startupPolicy } from '../../network/reachability/startup-policy.ts'
import { type StartupNeeds, startupNeeds } from '../../task-start/startup-needs.ts'

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
  const paths = pathsOf(gathered, needs, target)
  const facts: GatheredFacts = { ...gathered, paths }
  const judged = runChecks(CHECKS, facts)
  const { kept, ignored } = applyIgnores(verified(judged.findings, gathered, needs, target), request.ignore)
  const unknowns = distinct([...judged.unknowns, ...pathUnknowns(facts, needs)])
  const looked = [...new Set(CHECKS.map(({ step }) => step))]
  return {
    schemaVersion: 1,
    tool,
    mode: 'preflight',
    target,
    ...conclude(kept, unknowns, request.failOn, looked),
    paths: paths.known ? paths.value : [],
    findings: kept,
    unknowns,
    forecast: forecastOf(facts),
    ignored,
  }
}

type Gathered = ServiceGathering['facts']

/** A remedy is called verified when the paths, judged again with it in place, show its cause no more. */
function verified(
  findings: readonly Finding[],
  gathered: Gathered,
  needs: StartupNeeds | null,
  target: Report['target'],
): readonly Finding[] {
  const { network } = gathered
  if (!network.known) return findings
  return verifyRemedies(findings, network.value, (mended) => {
    const paths = pathsOf({ ...gathered, network: known(mended) }, needs, target)
    return paths.known ? paths.value : []
  })
}

function needsOf({ service, taskDefinition, compute }: Gathered, region: string): StartupNeeds | null {
  if (!service.known || !taskDefinition.known || !compute.known) return null
  return startupNeeds(service.value, taskDefinition.value, compute.value, region)
}

function pathsOf(
  gathered: Gathered,
  needs: StartupNeeds | null,
  { region, accountId }: Report['target'],
): Answer<readonly Path[]> {
  const { service, taskDefinition, network } = gathered
  if (!service.known) return unread('unasked', service.permission)
  if (!taskDefinition.known) return unread('unasked', taskDefinition.permission)
  if (!network.known || needs === null) return unread('unasked', '')
  // On EC2 the instance's role pulls, or the execution role: which of them is AWS's choice.
  const onFargate = needs.origins.every(({ kind }) => kind === 'task-eni')
  const role = onFargate ? taskDefinition.value.executionRoleArn : null
  return known(
    judgePaths(indexNetwork(network.value), needs, startupPolicy(taskDefinition.value, region, accountId, role)),
  )
}

function pathUnknowns({ paths, network }: GatheredFacts, needs: StartupNeeds | null): readonly Unknown[] {
  const missed = [
    ...(paths.known ? unknownsOf(paths.value, CHECKS) : []),
    ...(needs === null ? [] : unknownOrigins(needs.unknownOrigins)),
  ]
  return [...keptByPaths(missed, CHECKS), ...(network.known ? rareOverrides(network.value) : [])]
}

/** Only where some subnets fail and others do not: with none failing there is nothing to foretell, with all it never ends. */
function forecastOf({ service, paths, tasks }: GatheredFacts): Forecast | null {
  if (!service.known || !paths.known) return null
  const { good, bad } = splitSubnets(paths.value)
  if (good.length === 0 && bad.length === 0) return null
  const seen = tasks.known ? tasks.value : []
  const history = {
    pullSeconds: seen.flatMap(({ pullSeconds }) => pullSeconds ?? []),
    startSeconds: seen.flatMap(({ startSeconds }) => startSeconds ?? []),
  }
  return forecast({ service: service.value, goodSubnets: good, badSubnets: bad, history })
}
