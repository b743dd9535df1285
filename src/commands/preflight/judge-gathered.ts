/** The pure half of a preflight: what was gathered, judged. */

import type { ServiceGathering } from '../../aws/gather/index.ts'
import { actionsOf } from '../../aws/permissions.ts'
import { couldNotLook } from '../../checks/engine/deciding-facts.ts'
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
import type { StartupNeeds } from '../../task-start/startup-needs.ts'

export interface JudgeRequest {
  readonly failOn: FailOn
  readonly ignore: readonly Ignore[]
}

export function judgeGathered(
  { facts: gathered, target }: ServiceGathering,
  request: JudgeRequest,
  tool: Report['tool'],
): Report {
  const needs = needsOf(gathered, target.region)
  const facts = withPaths(gathered, target)
  const { paths } = facts
  const judged = runChecks(CHECKS, facts)
  const ordered = toBeSaid(judged.found, request.ignore)
  const { findings, ignored } = applyIgnores(findingsOf(ordered, facts, target, CHECKS), request.ignore)
  const unlooked = couldNotLook(gathered)
  const unknowns = distinct([...judged.unknowns, ...pathUnknowns(facts, needs)])
  return {
    schemaVersion: 1,
    tool,
    mode: 'preflight',
    target,
    ...conclude({ findings, ignored, unknowns }, request.failOn, CHECKS),
    ...(unlooked === null ? {} : { couldNotLook: unlooked }),
    paths: paths.known ? paths.value : [],
    findings,
    ignored,
    unknowns,
    forecast: forecastOf(facts, [...findings, ...ignored]),
    reads: actionsOf('preflight'),
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
