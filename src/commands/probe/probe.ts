/** probe: a preflight, then the same hosts tried from inside a running task of each subnet, and the two held against each other. */
import type { Reader } from '../../aws/reader/reader.ts'
import type { ProbeReport } from '../../domain/probe.ts'
import type { Report } from '../../domain/report.ts'
import type { Service } from '../../domain/service.ts'
import type { Text } from '../../domain/text.ts'
import { hasAnswered } from './agreement.ts'
import { type SessionDeps, tryFrom } from './attempts.ts'
import { type ExecDeps, execRestored, withExecOn } from './enable-exec.ts'
import { notProbed } from './not-probed.ts'
import { type ProbeRequest, type Scene, sceneOf } from './scene.ts'
import { targetsOf } from './targets.ts'

export interface ProbeDeps extends SessionDeps {
  readonly reader: Reader
  readonly tool: Report['tool']
  /** Null leaves ECS Exec as it is. */
  readonly exec: ExecDeps | null
}

export interface ProbedReport extends Report {
  readonly probe: ProbeReport
}

/**
 * Throws `UsageError` like a preflight, and for a container that no task has. Without `exec` it writes nothing: ExecuteCommand opens a session,
 * and what runs in it changes nothing.
 */
export async function probe(request: ProbeRequest, deps: ProbeDeps): Promise<ProbedReport> {
  const { exec } = deps
  const first = await sceneOf(request, deps)
  if (exec === null) return probed(first, deps, null)
  const scene = (await execRestored(first.service, exec)) ? await sceneOf(request, deps) : first
  const { service } = scene
  if (service === null || !scene.missed.some(({ kind }) => kind === 'exec-off')) return probed(scene, deps, null)
  const { done, temporary } = await withExecOn(service, scene, exec, async (because, isChanged) => {
    const isOver = deps.signal?.aborted === true
    return probed(isChanged && !isOver ? await sceneOf(request, deps) : scene, deps, because)
  })
  return temporary === null ? done : withTemporary(done, temporary)
}

/** `because`: why there are no tasks with ECS Exec where it was to be turned on. */
async function probed(scene: Scene, deps: ProbeDeps, because: Text | null): Promise<ProbedReport> {
  const { report, gathering, service } = scene
  const tries = service === null ? [] : await triesIn(scene, service, deps)
  const findings = [...report.findings, ...report.ignored]
  const missed = [...scene.missed, ...tries.flatMap((one) => one.missed)]
  return withProbe(report, {
    attempts: tries.flatMap((one) => one.attempts),
    notProbed: missed.map((one) => notProbed(one, gathering.target, findings, because)),
  })
}

function triesIn({ candidates, report, gathering, destinations }: Scene, { clusterArn }: Service, deps: ProbeDeps) {
  return Promise.all(
    candidates.map((one) => tryFrom(one, targetsOf(one, report.paths, destinations), deps, { gathering, clusterArn })),
  )
}

function withTemporary(report: ProbedReport, temporary: Report['temporary']): ProbedReport {
  const { temporary: _, ...rest } = report
  return temporary === undefined || temporary.length === 0 ? rest : { ...rest, temporary }
}

/** What was seen decides before what was foretold; where something could not be tried, nothing is promised. */
function withProbe(report: Report, result: ProbeReport): ProbedReport {
  const exitCode = exitCodeOf(result)
  const verdict = exitCode === 1 ? 'fail' : exitCode === 3 ? 'unknown' : report.verdict
  return {
    ...report,
    mode: 'probe',
    verdict,
    enforced: exitCode === 1,
    probe: result,
    foretold: report.verdict,
    forecast: null,
  }
}

/** Contract, section 10. */
export function exitCodeOf({ attempts, notProbed: missing }: ProbeReport): 0 | 1 | 3 {
  const needed = attempts.filter(({ required }) => required)
  if (needed.some((one) => hasAnswered(one) === false)) return 1
  if (missing.length > 0 || needed.length === 0 || needed.some((one) => hasAnswered(one) === null)) return 3
  return 0
}
