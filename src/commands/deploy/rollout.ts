/** The rollout itself: the service is updated, or CodeDeploy is told to, and what comes of it is followed. */
import { lastPart } from '../../aws/facts/service.ts'
import type { DeployEnding } from '../../domain/deployment.ts'
import type { Report } from '../../domain/report.ts'
import type { EcsDeployment } from '../../domain/rollout.ts'
import type { Text } from '../../domain/text.ts'
import { watchRun } from '../watch/loop.ts'
import {
  type CodeDeployPlan,
  type CodeDeployStatus,
  codeDeployStatus,
  createdOnce,
  hasFailed,
  lastWord,
  taskSetOf,
} from './code-deploy.ts'
import { endedReport } from './conclusion.ts'
import type { Ready } from './ready.ts'
import type { DeployDeps, DeployRequest } from './request.ts'
import { updatedOnce } from './update-service.ts'

/** By ECS's own controller. */
export async function rolledOut(
  request: DeployRequest,
  deps: DeployDeps,
  ready: Ready,
  revision: string,
): Promise<Report> {
  const updated = await updatedOnce(request, deps, { revision, hasMoved: ready.moved.length > 0 })
  if (updated.outcome === 'overtaken') return endedReport(ready, { kind: 'overtaken', deploymentId: updated.by })
  if (updated.outcome !== 'done') return endedReport(ready, unwritten(updated))
  const { deployment, isNew } = updated
  deps.say(deploymentLine(deployment?.id ?? null, isNew, lastPart(revision)))
  const done = withUpdate(ready)
  if (deployment !== null && !isNew && isThere(deployment)) return endedReport(done, { kind: 'unchanged' })
  if (!request.isWatched) return endedReport(done, { kind: 'not-watched' })
  return followed(request, deps, done, { revision, deploymentId: deployment?.id ?? null })
}

/** The task set that CodeDeploy makes is followed as a deployment is; CodeDeploy has the last word. */
export async function rolledOutByCodeDeploy(
  request: DeployRequest,
  deps: DeployDeps,
  ready: Ready,
  { revision, plan }: { readonly revision: string; readonly plan: CodeDeployPlan },
): Promise<Report> {
  const created = await createdOnce(request, plan, deps, revision)
  if (created.outcome !== 'done') return endedReport(ready, unwritten(created))
  const { id } = created
  const done = withUpdate({ ...ready, starts: { ...ready.starts, codeDeployDeploymentId: id } })
  deps.say({
    en: `CodeDeploy has taken the deployment ${id} of ${lastPart(revision)}.`,
    ko: `CodeDeploy가 배포를 받아들였습니다: ${id} (${lastPart(revision)})`,
  })
  if (!request.isWatched) return endedReport(done, { kind: 'not-watched' })
  const waiting = longer(request, plan.waitMinutes)
  const until = deps.clock.now() + waiting.watch.waitMinutes * 60_000
  const taskSet = await taskSetOf(waiting, created, deps, revision)
  if (taskSet === null) return endedReport(done, codeDeployEnding(id, await codeDeployStatus(id, deps)))
  const report = await followed(waiting, deps, done, { revision, deploymentId: taskSet.id })
  const last = report.rollout?.phase === 'steady' ? await lastWord(id, deps, until) : null
  if (last === null || last.status === 'Succeeded') return report
  return { ...endedReport({ ...done, report }, codeDeployEnding(id, last)), ...hasFailedWords(report, last) }
}

/** The rollout stays in the report, whatever CodeDeploy makes of it. */
function hasFailedWords({ rollout }: Report, { status }: CodeDeployStatus): Partial<Report> {
  return rollout === undefined ? {} : { rollout, enforced: hasFailed({ status }) }
}

function codeDeployEnding(deploymentId: string, { status, detail }: CodeDeployStatus): DeployEnding {
  const kind = hasFailed({ status }) ? 'code-deploy-failed' : 'code-deploy-open'
  return { kind, deploymentId, status, detail }
}

/** What the deployment group waits for comes on top, as the official action has it. */
function longer(request: DeployRequest, minutes: number): DeployRequest {
  const { watch } = request
  return { ...request, watch: { ...watch, waitMinutes: watch.waitMinutes + minutes } }
}

interface Followed {
  readonly revision: string
  /** Of the deployment, or of the task set; null where it has yet to appear. */
  readonly deploymentId: string | null
}

async function followed(
  request: DeployRequest,
  deps: DeployDeps,
  { report, deployment, evidence, starts }: Ready,
  { revision, deploymentId }: Followed,
): Promise<Report> {
  const { watch, cluster, service, mostDelayMs } = request
  if (evidence === null || service === null) throw new TypeError('what is followed is a service')
  const watched = await watchRun(
    { ...watch, cluster, service, taskDefinition: revision, deploymentId, mode: 'deploy', deployment, mostDelayMs },
    {
      ...deps,
      reader: deps.polls,
      patientReader: deps.reader,
      prepare: async () => ({ report: { ...report, deployment }, ...evidence }),
    },
  )
  // Cancelled before preflight came in, a watch has nothing but its own beginning.
  return { ...watched, deployment: watched.deployment ?? deployment, starts }
}

function withUpdate(ready: Ready): Ready {
  return { ...ready, deployment: { ...ready.deployment, updated: true } }
}

function unwritten({
  outcome,
  permission,
  detail,
}: {
  readonly outcome: 'refused' | 'unsure'
  readonly permission: string
  readonly detail: string
}): DeployEnding {
  return { kind: outcome, permission, detail }
}

/** Nothing is left to wait for. */
function isThere({ rolloutState, runningCount, desiredCount }: EcsDeployment): boolean {
  return rolloutState === 'COMPLETED' && runningCount >= desiredCount
}

function deploymentLine(id: string | null, isNew: boolean, revision: string): Text {
  return isNew
    ? {
        en: `The service is updated: deployment ${id ?? '(not shown yet)'} of ${revision}.`,
        ko: `서비스를 업데이트했습니다. 배포: ${id ?? '(아직 표시되지 않음)'} (${revision})`,
      }
    : {
        en: `The service runs ${revision} already, in deployment ${id}: no new one was started.`,
        ko: `서비스가 이미 ${revision} 개정을 실행하고 있어 새 배포를 시작하지 않았습니다. 배포: ${id}`,
      }
}
