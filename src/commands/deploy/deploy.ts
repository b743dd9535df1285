/**
 * deploy: one revision, from preflight to the end of its rollout.
 *
 *   prepare ─▶ preflight ─▶ may we? ─▶ restore ─▶ rehearse ─▶ is it free? ─▶ emergency ─▶ register ─▶ run task ─▶ update ─▶ watch ─▶ restore
 *
 * Each stage may be the last: then the report says what was written until then, and what was not.
 */
import { lastPart } from '../../aws/facts/service.ts'
import type { DeployEnding, Deployment } from '../../domain/deployment.ts'
import type { Report } from '../../domain/report.ts'
import type { Text } from '../../domain/text.ts'
import { watchRun } from '../watch/loop.ts'
import { someoneElse } from './busy.ts'
import { missingRights } from './caller-rights.ts'
import { endedReport } from './conclusion.ts'
import { keptFor, preparedFor, restoredFirst, settledAfter, withKept, withTemporary } from './emergency.ts'
import type { Ready } from './ready.ts'
import { registeredOnce } from './register.ts'
import type { DeployDeps, DeployRequest } from './request.ts'
import { updatedOnce } from './update-service.ts'

/** Throws `UsageError` for input that cannot be used, before anything is written. */
export async function deploy(request: DeployRequest, deps: DeployDeps): Promise<Report> {
  const ready = await preparedFor(request, deps)
  const unfit = await unfitFor(request, deps, ready)
  if (unfit !== null) return endedReport(ready.report, ready.deployment, unfit)

  const restoration = await restoredFirst(request, deps, ready)
  const before = { ...ready.deployment, restored: restoration?.restored ?? null }
  const told = withTemporary(ready.report, restoration?.temporary ?? null)
  const disproof = (await deps.rehearse?.(ready)) ?? null
  if (disproof !== null) return endedReport({ ...told, ...disproof }, before, { kind: 'rehearsal' })
  // Subnets that were just put back make a deployment of our own, which is in nobody's way.
  const isFree = request.service === null || restoration?.startsDeployment === true
  const busy = isFree ? null : await someoneElse(request, deps, ready.existing)
  if (busy !== null) return endedReport(told, before, busy)
  if (isCancelled(deps)) return endedReport(told, before, { kind: 'cancelled' })

  const keeping = await keptFor(request, deps, ready, restoration)
  if (keeping?.outcome === 'refused') {
    return endedReport(told, before, { kind: 'emergency', because: keeping.because })
  }
  const written = { ...ready, report: told, deployment: before }
  return settledAfter(request, deps, await registeredAndRun(withKept(request, keeping), deps, written))
}

async function registeredAndRun(request: DeployRequest, deps: DeployDeps, ready: Ready): Promise<Report> {
  const before = ready.deployment
  const registered = await registration(request, deps, ready)
  if ('kind' in registered) return endedReport(ready.report, before, registered)
  const { revision, isNew } = registered
  const at = { ...before, revision, registered: isNew }
  const report = withRevision(ready.report, revision)
  if (isNew) deps.say({ en: `Registered ${lastPart(revision)}.`, ko: `등록했습니다: ${lastPart(revision)}` })
  if (request.service === null) return endedReport(report, at, { kind: 'registered' })
  if (isCancelled(deps)) return endedReport(report, at, { kind: 'cancelled' })
  return rolledOut(request, deps, { ...ready, report, deployment: at }, revision)
}

/** What ends it before anything is written. */
async function unfitFor(request: DeployRequest, deps: DeployDeps, ready: Ready): Promise<DeployEnding | null> {
  if (ready.report.enforced) return { kind: 'preflight' }
  const missing = await missingRights(deps.reader, request, ready)
  if (missing.length > 0) return { kind: 'not-permitted', missing }
  return request.dryRun ? { kind: 'dry-run' } : null
}

function isCancelled({ signal }: DeployDeps): boolean {
  return signal?.aborted === true
}

interface Standing {
  readonly revision: string
  readonly isNew: boolean
}

async function registration(
  request: DeployRequest,
  deps: DeployDeps,
  { existing, registration: wanted, newest }: Ready,
): Promise<Standing | DeployEnding> {
  if (existing !== null) return { revision: existing, isNew: false }
  if (wanted === null) return { kind: 'unsure', permission: 'ecs:DescribeTaskDefinition', detail: '' }
  const done = await registeredOnce(wanted.input, newest, deps, request.retries)
  if (done.outcome === 'done') return { revision: done.arn, isNew: true }
  return { kind: done.outcome, permission: done.permission, detail: done.detail }
}

async function rolledOut(
  request: DeployRequest,
  deps: DeployDeps,
  { report, deployment, evidence, moved }: Ready,
  revision: string,
): Promise<Report> {
  if (evidence === null) throw new TypeError('a service is prepared')
  const updated = await updatedOnce(request, deps, { revision, hasMoved: moved.length > 0 })
  if (updated.outcome === 'overtaken') {
    return endedReport(report, deployment, { kind: 'overtaken', deploymentId: updated.by })
  }
  if (updated.outcome !== 'done') {
    const { outcome, permission, detail } = updated
    return endedReport(report, deployment, { kind: outcome, permission, detail })
  }
  const done: Deployment = { ...deployment, updated: true }
  const { deployment: carrying, isNew } = updated
  deps.say(deploymentLine(carrying.id, isNew, lastPart(revision)))
  const isThere = !isNew && carrying.rolloutState === 'COMPLETED' && carrying.runningCount >= carrying.desiredCount
  if (isThere) return endedReport(report, done, { kind: 'unchanged' })
  if (!request.isWatched) return endedReport(report, done, { kind: 'not-watched' })
  const watched = await watchRun(
    {
      ...request.watch,
      cluster: request.cluster,
      service: request.service ?? '',
      taskDefinition: revision,
      deploymentId: carrying.id,
      mode: 'deploy',
      mostDelayMs: request.mostDelayMs,
    },
    {
      ...deps,
      reader: deps.polls,
      patientReader: deps.reader,
      prepare: async () => ({
        report: { ...report, deployment: done },
        ...evidence,
      }),
    },
  )
  const whole = { deployment: done, ...watched }
  return (await deps.afterwards?.(whole)) ?? whole
}

function withRevision(report: Report, arn: string): Report {
  return { ...report, target: { ...report.target, taskDefinition: lastPart(arn) } }
}

function deploymentLine(id: string, isNew: boolean, revision: string): Text {
  return isNew
    ? {
        en: `The service is updated: deployment ${id} of ${revision}.`,
        ko: `서비스를 업데이트했습니다. 배포: ${id} (${revision})`,
      }
    : {
        en: `The service runs ${revision} already, in deployment ${id}: no new one was started.`,
        ko: `서비스가 이미 ${revision} 개정을 실행하고 있어 새 배포를 시작하지 않았습니다. 배포: ${id}`,
      }
}
