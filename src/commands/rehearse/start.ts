/** Starts one task in one subnet, once: RunTask answers the same client token with the same task. */
import { at, type Loose, listAt } from '../../aws/calls/call.ts'
import { listTasksStartedBy } from '../../aws/calls/rehearsal.ts'
import { runTask } from '../../aws/calls/writes.ts'
import { prose } from '../../aws/facts/shape.ts'
import { type Answer, together } from '../../domain/answer.ts'
import type { Plan } from './plan.ts'
import type { RehearseDeps, Run } from './request.ts'

export type Start =
  | { readonly kind: 'task'; readonly arn: string }
  /** ECS or IAM said no; untrusted text. */
  | { readonly kind: 'refused'; readonly text: string }
  /** Nobody knows whether there is one. */
  | { readonly kind: 'unsure'; readonly text: string }

export interface Place {
  readonly subnetId: string
  readonly definitionArn: string
  /** `startedBy` and client token of the task. */
  readonly name: string
}

/** At most 36 characters, the limit of older versions of the API; ECS takes letters, digits and hyphens. */
export function taskName({ id }: Run, at: number): string {
  return `pull-rehearsal-${id}-${at + 1}`
}

export async function startOf(place: Place, plan: Plan, run: Run, deps: RehearseDeps): Promise<Start> {
  const { writer, clock, signal } = deps
  for (let attempt = 1; ; attempt += 1) {
    const written = await writer.write(runTask, inputOf(place, plan, run), signal)
    if (written.outcome === 'refused') return { kind: 'refused', text: written.detail }
    const start = written.outcome === 'done' ? startIn(written.answer) : null
    if (start !== null) return start
    const found = await tasksStartedBy(place.name, plan, deps)
    const [arn] = found.known ? found.value : []
    if (arn !== undefined) return { kind: 'task', arn }
    const text = written.outcome === 'unsure' ? written.detail : ''
    if (attempt === MOST_ATTEMPTS || signal?.aborted) return { kind: 'unsure', text }
    await clock.sleep(attempt * 1_000, signal)
  }
}

const MOST_ATTEMPTS = 6

function inputOf(
  { subnetId, definitionArn, name }: Place,
  { cluster, network, platformVersion }: Plan,
  { tags }: Run,
): Loose {
  const { securityGroupIds, assignPublicIp } = network
  return {
    cluster,
    taskDefinition: definitionArn,
    count: 1,
    launchType: 'FARGATE',
    platformVersion,
    networkConfiguration: {
      awsvpcConfiguration: {
        subnets: [subnetId],
        assignPublicIp,
        ...(securityGroupIds.length === 0 ? {} : { securityGroups: securityGroupIds }),
      },
    },
    startedBy: name,
    clientToken: name,
    tags,
  }
}

/** "failures": no capacity, no address left (Amazon ECS API Reference, RunTask). */
function startIn(answer: Loose): Start | null {
  const [task] = listAt(answer, 'tasks')
  const arn = at(task, 'taskArn')
  if (typeof arn === 'string') return { kind: 'task', arn }
  const [failure] = listAt(answer, 'failures')
  if (failure === undefined) return null
  const said = [failure['reason'], failure['detail']].flatMap((one) => prose(one) ?? [])
  return { kind: 'refused', text: said.join(': ') }
}

/** ARNs of the tasks that bear the name, running or stopped. */
export async function tasksStartedBy(
  name: string,
  { cluster }: Pick<Plan, 'cluster'>,
  { reader }: Pick<RehearseDeps, 'reader'>,
): Promise<Answer<readonly string[]>> {
  const listed = ['RUNNING', 'STOPPED'].map((status) =>
    reader.read(listTasksStartedBy, { cluster: [cluster], name: [name], status: [status] }),
  )
  return together(await Promise.all(listed))
}
