/** An EventBridge stream as the looks that a watch would have had: after each event, what ECS would have answered. */
import { toEcsDeployment, toEcsTask } from '../../src/aws/facts/rollout.ts'
import type { Loose } from '../../src/aws/facts/shape.ts'
import { known } from '../../src/domain/answer.ts'
import type { EcsDeployment, EcsTask, Poll } from '../../src/domain/rollout.ts'
import { service } from './world.ts'

export interface StreamEvent {
  readonly time: string
  readonly 'detail-type': string
  readonly resources: readonly string[]
  readonly detail: Loose
}

const ROLLOUT_STATES: Readonly<Record<string, string>> = {
  SERVICE_DEPLOYMENT_IN_PROGRESS: 'IN_PROGRESS',
  SERVICE_DEPLOYMENT_COMPLETED: 'COMPLETED',
  SERVICE_DEPLOYMENT_FAILED: 'FAILED',
}

/** Every task of the cluster is in the looks, those of other services and of none as well. */
export function looksOf(events: readonly StreamEvent[], serviceArn: string): readonly Poll[] {
  const tasks = new Map<string, EcsTask>()
  const deployments = new Map<string, EcsDeployment>()
  const looks: Poll[] = []
  for (const [index, event] of events.entries()) {
    const time = Date.parse(event.time)
    if (event['detail-type'] === 'ECS Task State Change') {
      const task = toEcsTask(event.detail)
      if (task !== null) tasks.set(task.id, task)
    }
    if (event['detail-type'] === 'ECS Deployment State Change' && event.resources[0] === serviceArn) {
      const made = deploymentOf(event, time, deployments)
      if (made !== null) deployments.set(made.id, made)
    }
    const all = [...deployments.values()]
    if (all.length === 0) continue
    const observed = service({
      arn: serviceArn,
      subnetIds: [],
      desiredCount: 1,
      deployments: all.map((one) => withCounts(one, [...tasks.values()])),
    })
    const list = [...tasks.values()]
    looks.push({
      at: time + index,
      service: known(observed),
      running: known(list.filter(({ desiredStatus }) => desiredStatus === 'RUNNING')),
      stopped: known(list.filter(({ desiredStatus }) => desiredStatus === 'STOPPED')),
      serviceDeployments: known([]),
      calls: 5,
    })
  }
  return looks
}

function deploymentOf({ detail }: StreamEvent, time: number, before: ReadonlyMap<string, EcsDeployment>) {
  const id = String(detail['deploymentId'])
  const made = toEcsDeployment({
    id,
    status: 'PRIMARY',
    taskDefinition: '',
    desiredCount: 1,
    rolloutState: ROLLOUT_STATES[String(detail['eventName'])],
    rolloutStateReason: detail['reason'],
    updatedAt: time / 1000,
  })
  return made === null ? null : { ...made, createdAt: before.get(id)?.createdAt ?? time }
}

function withCounts(deployment: EcsDeployment, tasks: readonly EcsTask[]): EcsDeployment {
  const own = tasks.filter(({ startedBy }) => startedBy === deployment.id)
  return { ...deployment, runningCount: own.filter(({ lastStatus }) => lastStatus === 'RUNNING').length }
}
