/** Which task of each subnet, and which of its containers, a session is opened in; or why there is none. Pure. */
import type { ExecTask } from '../../aws/facts/exec-task.ts'
import type { NotProbedKind } from '../../domain/probe.ts'
import type { ContainerInstance, TaskDefinition } from '../../domain/service.ts'

export interface Candidate {
  readonly subnetId: string
  readonly task: ExecTask
  /** Those whose agent runs, best first. */
  readonly containers: readonly string[]
}

export interface NoCandidate {
  readonly subnetId: string
  readonly taskId: string | null
  readonly kind: NotProbedKind
  /** What ECS says of the agent; untrusted text. */
  readonly detail: string
}

export interface Choice {
  readonly subnetIds: readonly string[]
  readonly tasks: readonly ExecTask[]
  readonly instances: readonly ContainerInstance[]
  readonly taskDefinition: TaskDefinition | null
  /** Null: any of them, since the containers of a task share its network. */
  readonly container: string | null
}

export function candidatesOf(choice: Choice): readonly (Candidate | NoCandidate)[] {
  const running = choice.tasks.filter(
    ({ lastStatus, desiredStatus }) => lastStatus === 'RUNNING' && desiredStatus === 'RUNNING',
  )
  const bySubnet = new Map<string, ExecTask[]>(choice.subnetIds.map((id) => [id, []]))
  for (const task of running) {
    const subnetId = task.subnetId ?? instanceSubnet(task, choice.instances)
    if (subnetId !== null) bySubnet.set(subnetId, [...(bySubnet.get(subnetId) ?? []), task])
  }
  return [...bySubnet].map(([subnetId, tasks]) => candidateIn(subnetId, tasks, choice))
}

/** Or the reason why there is none. */
export function isCandidate<None extends object>(one: Candidate | None): one is Candidate {
  return 'containers' in one
}

function candidateIn(subnetId: string, tasks: readonly ExecTask[], choice: Choice): Candidate | NoCandidate {
  const none = (kind: NotProbedKind, taskId: string | null = null, detail = '') => ({ subnetId, taskId, kind, detail })
  const [first] = tasks
  if (first === undefined) return none('no-task')
  const enabled = tasks.filter(({ enableExecuteCommand }) => enableExecuteCommand)
  const [withExec] = enabled
  if (withExec === undefined) return none('exec-off', first.id)
  for (const task of enabled) {
    const containers = containersOf(task, choice)
    if (containers.length > 0) return { subnetId, task, containers }
  }
  const { agents } = withExec
  const [agent] = agents.filter(({ container }) => choice.container === null || container === choice.container)
  return none(
    'agent-not-running',
    withExec.id,
    agent === undefined ? '' : [agent.lastStatus, agent.reason ?? ''].join(' ').trim(),
  )
}

/** Those of the task definition first, in its order; what AWS adds (Service Connect, GuardDuty) behind them. */
function containersOf({ agents }: ExecTask, { container, taskDefinition }: Choice): readonly string[] {
  const running = agents.filter(({ lastStatus }) => lastStatus === 'RUNNING').map((agent) => agent.container)
  if (container !== null) return running.filter((name) => name === container)
  const own = (taskDefinition?.containers ?? []).map(({ name }) => name).filter((name) => running.includes(name))
  return [...own, ...running.filter((name) => !own.includes(name))]
}

/** Without an interface of its own a task uses that of its instance. */
function instanceSubnet({ containerInstanceArn }: ExecTask, instances: readonly ContainerInstance[]): string | null {
  return instances.find(({ arn }) => arn === containerInstanceArn)?.subnetId ?? null
}
