/** A service whose deployments CodeDeploy makes: one is created once, and followed by its id there and by its task set in ECS. */
import { createHash } from 'node:crypto'
import type { Loose, Query, RawAnswer } from '../../aws/calls/call.ts'
import { getDeployment, getDeploymentGroup, listDeployments } from '../../aws/calls/deploy.ts'
import { createDeployment } from '../../aws/calls/writes.ts'
import { lastPart } from '../../aws/facts/service.ts'
import { at, count, idOf, isLoose, prose, text } from '../../aws/facts/shape.ts'
import type { Refused } from '../../aws/writer/refusal.ts'
import type { Unsure } from '../../aws/writer/writer.ts'
import type { EcsTaskSet } from '../../domain/rollout.ts'
import { UsageError } from '../../domain/usage-error.ts'
import { type AppSpec, appSpecFrom } from './app-spec.ts'
import { type Other, serviceNow } from './busy.ts'
import { looked } from './look-up.ts'
import type { DeployDeps, DeployRequest } from './request.ts'

export interface CodeDeployPlan {
  readonly application: string
  readonly deploymentGroup: string
  readonly appSpec: AppSpec
  /** What the group itself waits for, beside the rollout. */
  readonly waitMinutes: number
}

/** Throws `UsageError` for an AppSpec file that cannot be used, and for a group that is not there. */
export async function codeDeployPlan(request: DeployRequest, { reader }: DeployDeps): Promise<CodeDeployPlan> {
  const { codeDeploy, cluster, service } = request
  const names = `${lastPart(cluster)}-${lastPart(service ?? '')}`
  const application = codeDeploy.application ?? `AppECS-${names}`
  const deploymentGroup = codeDeploy.deploymentGroup ?? `DgpECS-${names}`
  const [appSpec, answer]: readonly [AppSpec, RawAnswer] = await Promise.all([
    appSpecFrom(codeDeploy.appSpec),
    reader.read(getDeploymentGroup, { id: [application], name: [deploymentGroup] }),
  ])
  if (!answer.known && (answer.because === 'not-found' || answer.detail.includes('DoesNotExist')))
    throw noGroup(application, deploymentGroup)
  const blueGreen = answer.known ? at(answer.value[0], 'deploymentGroupInfo', 'blueGreenDeploymentConfiguration') : null
  const waitMinutes =
    (count(at(blueGreen, 'deploymentReadyOption', 'waitTimeInMinutes')) ?? 0) +
    (count(at(blueGreen, 'terminateBlueInstancesOnDeploymentSuccess', 'terminationWaitTimeInMinutes')) ?? 0)
  return { application, deploymentGroup, appSpec, waitMinutes }
}

/** The group takes one deployment at a time. */
export async function deploymentInProgress(plan: CodeDeployPlan, { reader }: DeployDeps): Promise<Other | null> {
  const answer: RawAnswer = await reader.read(listDeployments, { ...groupOf(plan), status: UNDER_WAY })
  const id = answer.known ? idOf(answer.value[0]) : null
  return id === null ? null : { id, what: plan.deploymentGroup, createdAt: null }
}

const UNDER_WAY = ['Created', 'Queued', 'InProgress', 'Baking', 'Ready']

function groupOf({ application, deploymentGroup }: CodeDeployPlan): Query {
  return { id: [application], name: [deploymentGroup] }
}

export interface Created {
  readonly outcome: 'done'
  readonly id: string
  /** Ids of the service's task sets before. */
  readonly before: ReadonlySet<string>
}

/** Looks among the group's deployments for one of this very content before it is sent again. */
export async function createdOnce(
  request: DeployRequest,
  plan: CodeDeployPlan,
  deps: DeployDeps,
  revision: string,
): Promise<Created | Refused | Unsure> {
  const content = plan.appSpec.contentFor(revision)
  const sha256 = createHash('sha256').update(content).digest('hex')
  const { description, config } = request.codeDeploy
  const input: Loose = {
    applicationName: plan.application,
    deploymentGroupName: plan.deploymentGroup,
    revision: { revisionType: 'AppSpecContent', appSpecContent: { content, sha256 } },
    ...(description === null ? {} : { description: shortened(description) }),
    ...(config === null ? {} : { deploymentConfigName: config }),
  }
  const [listed, service] = await Promise.all([deploymentsOf(plan, deps), serviceNow(request, deps)])
  const before = new Set(service?.taskSets.map(({ id }) => id))
  const known = new Set(listed ?? [])
  for (let again = 0; ; again += 1) {
    const written = await deps.writer.write(createDeployment, input, deps.signal)
    if (written.outcome === 'refused') return written
    const id = written.outcome === 'done' ? idOf(written.answer['deploymentId']) : null
    if (id !== null) return { outcome: 'done', id, before }
    const unsure: Unsure =
      written.outcome === 'unsure'
        ? written
        : { outcome: 'unsure', permission: createDeployment.permission, detail: 'deploymentId' }
    const found = listed === null ? 'unread' : await looked(deps, () => withContent(plan, deps, { sha256, known }))
    if (found === 'unread') return unsure
    if (found !== null) return { outcome: 'done', id: found, before }
    if (again >= request.retries || deps.signal?.aborted === true) return unsure
  }
}

/** CodeDeploy takes 512 characters (CodeDeploy API Reference, CreateDeployment has no limit written; the official action cuts there). */
function shortened(description: string): string {
  return description.length <= 512 ? description : `${description.slice(0, 511)}…`
}

async function deploymentsOf(plan: CodeDeployPlan, { reader }: DeployDeps): Promise<readonly string[] | null> {
  const answer: RawAnswer = await reader.read(listDeployments, groupOf(plan))
  return answer.known ? answer.value.filter((one) => typeof one === 'string') : null
}

async function withContent(
  plan: CodeDeployPlan,
  deps: DeployDeps,
  { sha256, known }: { readonly sha256: string; readonly known: ReadonlySet<string> },
): Promise<string | null | 'unread'> {
  const listed = await deploymentsOf(plan, deps)
  if (listed === null) return 'unread'
  for (const id of listed.filter((one) => !known.has(one))) {
    const answer: RawAnswer = await deps.reader.read(getDeployment, { id: [id] })
    if (!answer.known) return 'unread'
    if (at(answer.value[0], 'deploymentInfo', 'revision', 'appSpecContent', 'sha256') === sha256) return id
  }
  return null
}

export interface CodeDeployStatus {
  /** `Created`, `InProgress`, `Ready`, `Succeeded`, `Failed`, `Stopped`, …; `unread` where nobody could tell. */
  readonly status: string
  readonly detail: string
}

export async function codeDeployStatus(id: string, { reader }: DeployDeps): Promise<CodeDeployStatus> {
  const answer: RawAnswer = await reader.read(getDeployment, { id: [id] })
  const info = answer.known ? at(answer.value[0], 'deploymentInfo') : null
  if (!isLoose(info)) return { status: 'unread', detail: answer.known ? '' : answer.detail }
  const words = [text(at(info, 'errorInformation', 'code')), prose(at(info, 'errorInformation', 'message'))]
  return { status: text(info['status']) ?? 'unread', detail: words.filter((one) => one !== null).join(': ') }
}

/** One that is over by itself; it is what CodeDeploy calls so, whatever ECS shows. */
export function isOver({ status }: CodeDeployStatus): boolean {
  return status === 'Succeeded' || hasFailed({ status })
}

export function hasFailed({ status }: Pick<CodeDeployStatus, 'status'>): boolean {
  return status === 'Failed' || status === 'Stopped'
}

const EVERY_MS = 5_000

/** The task set that CodeDeploy makes for it; null where the deployment ended without one, or the time is up. */
export async function taskSetOf(
  request: DeployRequest,
  created: Created,
  deps: DeployDeps,
  revision: string,
): Promise<EcsTaskSet | null> {
  const { clock, signal } = deps
  const deadline = clock.now() + request.watch.waitMinutes * 60_000
  for (;;) {
    const service = await serviceNow(request, deps)
    const own = service?.taskSets.find(
      ({ id, taskDefinitionArn }) => !created.before.has(id) && taskDefinitionArn === revision,
    )
    if (own !== undefined) return own
    if (signal?.aborted === true || clock.now() >= deadline) return null
    if (isOver(await codeDeployStatus(created.id, deps))) return null
    await clock.sleep(EVERY_MS, signal)
  }
}

/** Its last word, for at most so long. */
export async function lastWord(id: string, deps: DeployDeps, untilMs: number): Promise<CodeDeployStatus> {
  for (;;) {
    const now = await codeDeployStatus(id, deps)
    if (isOver(now) || deps.signal?.aborted === true || deps.clock.now() >= untilMs) return now
    await deps.clock.sleep(EVERY_MS, deps.signal)
  }
}

function noGroup(application: string, group: string): UsageError {
  return new UsageError({
    en: `CodeDeploy has no deployment group ${group} in the application ${application}: name them with \`codedeploy-deployment-group\` and \`codedeploy-application\`.`,
    ko: `CodeDeploy에 없는 배포 그룹입니다: ${group} (애플리케이션: ${application}). \`codedeploy-deployment-group\` 및 \`codedeploy-application\` 입력으로 지정합니다.`,
  })
}
