/**
 * deploy: one revision, from preflight to the end of its rollout.
 *
 *   prepare ─▶ preflight ─▶ may we? ─▶ restore ─▶ rehearse ─▶ is it free? ─▶ emergency ─▶ register ─▶ run task ─▶ update ─▶ watch
 *
 * Each stage may be the last: then the report says what was written until then, and what was not.
 */
import { lastPart } from '../../aws/facts/service.ts'
import type { DeployEnding } from '../../domain/deployment.ts'
import type { Report } from '../../domain/report.ts'
import { primaryInProgress, someoneElse } from './busy.ts'
import { missingRights } from './caller-rights.ts'
import { type CodeDeployPlan, codeDeployPlan, deploymentInProgress } from './code-deploy.ts'
import { endedReport } from './conclusion.ts'
import { keptFor, preparedFor, restoredFirst, settledAfter, withKept, withRestored } from './emergency.ts'
import type { Ready } from './ready.ts'
import { registeredOnce } from './register.ts'
import { rehearsed } from './rehearsal.ts'
import type { DeployDeps, DeployRequest } from './request.ts'
import { rolledOut, rolledOutByCodeDeploy } from './rollout.ts'
import { ranTask } from './standalone-task.ts'

/** Throws `UsageError` for input that cannot be used, before anything is written. */
export async function deploy(request: DeployRequest, deps: DeployDeps): Promise<Report> {
  const ready = await preparedFor(request, deps)
  const isByCodeDeploy = ready.service?.deploymentController === 'CODE_DEPLOY'
  const plan = isByCodeDeploy ? await codeDeployPlan(request, deps) : null
  const unfit = await unfitFor(request, deps, ready)
  if (unfit !== null) return endedReport(ready, unfit)

  const restoration = await restoredFirst(request, deps, ready)
  const { ready: before, hasFailed } = await rehearsed(request, deps, withRestored(ready, restoration))
  if (hasFailed) return endedReport(before, { kind: 'rehearsal' })
  // Subnets that were just put back make a deployment of our own, which is in nobody's way.
  const isOurs = restoration?.startsDeployment === true
  const kept = (isOurs ? null : await busyEnding(request, deps, before, plan)) ?? cancelledEnding(deps)
  if (kept !== null) return endedReport(before, kept)

  const keeping = await keptFor(request, deps, before, restoration)
  if (keeping?.outcome === 'refused') return endedReport(before, { kind: 'emergency', because: keeping.because })
  return settledAfter(request, deps, await written(withKept(request, keeping), deps, before, plan))
}

async function written(
  request: DeployRequest,
  deps: DeployDeps,
  before: Ready,
  plan: CodeDeployPlan | null,
): Promise<Report> {
  const registered = await registration(request, deps, before)
  if ('kind' in registered) return endedReport(before, registered)
  return started(request, deps, withRevision(before, registered), { revision: registered.revision, plan })
}

interface Standing {
  readonly revision: string
  readonly plan: CodeDeployPlan | null
}

/** All that follows on the revision. */
async function started(
  request: DeployRequest,
  deps: DeployDeps,
  ready: Ready,
  { revision, plan }: Standing,
): Promise<Report> {
  const { task, service } = request
  const ran = task === null ? { arns: [], ending: null } : await ranTask(request, task, deps, revision)
  const now: Ready = { ...ready, starts: { ...ready.starts, tasks: ran.arns } }
  if (ran.ending !== null) return endedReport(now, ran.ending)
  if (service === null) return endedReport(now, endingOfTask(request))
  const cancelled = cancelledEnding(deps)
  if (cancelled !== null) return endedReport(now, cancelled)
  return plan === null
    ? rolledOut(request, deps, now, revision)
    : rolledOutByCodeDeploy(request, deps, now, { revision, plan })
}

function endingOfTask({ task }: DeployRequest): DeployEnding {
  if (task === null) return { kind: 'registered' }
  return { kind: task.isAwaited ? 'task-done' : 'task-started' }
}

/** What ends it before anything is written. */
async function unfitFor(request: DeployRequest, deps: DeployDeps, ready: Ready): Promise<DeployEnding | null> {
  if (ready.report.enforced) return { kind: 'preflight' }
  const missing = await missingRights(deps.reader, request, ready)
  if (missing.length > 0) return { kind: 'not-permitted', missing }
  return request.dryRun ? { kind: 'dry-run' } : null
}

async function busyEnding(
  request: DeployRequest,
  deps: DeployDeps,
  { existing }: Ready,
  plan: CodeDeployPlan | null,
): Promise<DeployEnding | null> {
  if (request.service === null) return null
  return someoneElse(request, deps, () =>
    plan === null ? primaryInProgress(request, deps, existing) : deploymentInProgress(plan, deps),
  )
}

function cancelledEnding({ signal }: DeployDeps): DeployEnding | null {
  return signal?.aborted === true ? { kind: 'cancelled' } : null
}

interface Registered {
  readonly revision: string
  readonly isNew: boolean
}

async function registration(
  request: DeployRequest,
  deps: DeployDeps,
  { existing, registration: wanted, newest }: Ready,
): Promise<Registered | DeployEnding> {
  if (existing !== null) return { revision: existing, isNew: false }
  if (wanted === null) throw new TypeError('there is a revision, or one to register')
  const done = await registeredOnce(wanted.input, newest, deps, request.retries)
  if (done.outcome !== 'done') return { kind: done.outcome, permission: done.permission, detail: done.detail }
  const name = lastPart(done.arn)
  deps.say({ en: `Registered ${name}.`, ko: `등록했습니다: ${name}` })
  return { revision: done.arn, isNew: true }
}

function withRevision(ready: Ready, { revision, isNew }: Registered): Ready {
  const { report, deployment } = ready
  return {
    ...ready,
    report: { ...report, target: { ...report.target, taskDefinition: lastPart(revision) } },
    deployment: { ...deployment, revision, registered: isNew },
  }
}
