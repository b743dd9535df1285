/** An ECS that plays a rollout: a reader whose answers are a function of the time, and a clock that only moves when somebody sleeps. */
import type { Call, Query } from '../../src/aws/calls/call.ts'
import type { Reader } from '../../src/aws/reader/reader.ts'
import { type Answer, known } from '../../src/domain/answer.ts'
import type { Clock } from '../../src/domain/clock.ts'
import type { EcsService, EcsServiceDeployment, EcsTask } from '../../src/domain/rollout.ts'
import { EPOCH } from '../rollout/world.ts'

export interface Scene {
  /** Null: there is no such service. */
  readonly service: EcsService | null
  readonly tasks: readonly EcsTask[]
  readonly serviceDeployments?: readonly EcsServiceDeployment[]
}

export interface Script {
  /** What ECS shows so many seconds after the beginning. */
  readonly scene: (seconds: number, asked: readonly Asked[]) => Scene
  /** An answer in place of the usual one: throttling, a refusal, lines of a log. */
  readonly instead?: (call: Call<unknown>, query: Query, seconds: number) => Answer<readonly unknown[]> | null
}

export interface Asked {
  readonly operation: string
  readonly query: Query
  readonly seconds: number
}

export interface Stage {
  readonly reader: Reader
  readonly clock: Clock
  readonly asked: Asked[]
  readonly seconds: () => number
}

const MOST_SLEEPS = 1_000

export function stage({ scene, instead }: Script): Stage {
  let now = EPOCH
  let sleeps = 0
  const asked: Asked[] = []
  const seconds = () => (now - EPOCH) / 1000
  const clock: Clock = {
    now: () => now,
    sleep: async (ms, signal) => {
      sleeps += 1
      if (sleeps > MOST_SLEEPS) throw new Error('the watch does not end')
      if (signal?.aborted !== true) now += ms
    },
  }
  const read = async <Item>(call: Call<Item>, query: Query = {}): Promise<Answer<readonly Item[]>> => {
    if (Object.values(query).some((values) => values.length === 0)) return known([])
    asked.push({ operation: call.operation, query, seconds: seconds() })
    const other = instead?.(call as Call<unknown>, query, seconds()) ?? null
    return (other ?? known(answer(call as Call<unknown>, query, scene(seconds(), asked)))) as Answer<readonly Item[]>
  }
  const trouble = () => ({ en: 'Nothing could be read from AWS.', ko: 'AWS에서 아무것도 읽을 수 없습니다.' })
  const meter = () => ({ calls: asked.length, answered: asked.length, rounds: 1 })
  return { reader: { source: 'aws', region: 'ap-northeast-2', read, meter, trouble }, clock, asked, seconds }
}

function answer(call: Call<unknown>, query: Query, scene: Scene): readonly unknown[] {
  const { service, tasks, serviceDeployments = [] } = scene
  const stopped = call.always['desiredStatus'] === 'STOPPED'
  switch (call.operation) {
    case 'DescribeServices':
      return service === null ? [] : [rawService(service)]
    case 'ListTasks':
      return tasks.filter((one) => (one.desiredStatus === 'STOPPED') === stopped).map(({ arn }) => arn)
    case 'DescribeTasks':
      return tasks.filter(({ arn }) => query.id?.includes(arn)).map(rawTask)
    case 'ListServiceDeployments':
      return serviceDeployments.map(rawServiceDeployment)
    case 'DescribeServiceDeployments':
      return serviceDeployments.filter(({ arn }) => query.id?.includes(arn)).map(rawServiceDeployment)
    case 'StopServiceDeployment':
      return [{ serviceDeploymentArn: query.id?.[0] }]
    default:
      return []
  }
}

function date(at: number | null): Date | undefined {
  return at === null ? undefined : new Date(at)
}

function rawService(one: EcsService): object {
  return {
    serviceArn: one.arn,
    serviceName: one.name,
    clusterArn: one.clusterArn,
    status: one.status,
    desiredCount: one.desiredCount,
    runningCount: one.runningCount,
    pendingCount: one.pendingCount,
    taskDefinition: one.taskDefinitionArn,
    deploymentController: { type: one.controller },
    schedulingStrategy: one.scheduling,
    deploymentConfiguration: { strategy: one.strategy, deploymentCircuitBreaker: one.circuitBreaker ?? undefined },
    networkConfiguration: { awsvpcConfiguration: { subnets: one.subnetIds } },
    loadBalancers: one.targetGroupArns.map((targetGroupArn) => ({ targetGroupArn })),
    currentServiceDeployment: one.currentServiceDeploymentArn ?? undefined,
    deployments: one.deployments.map((it) => ({
      ...it,
      taskDefinition: it.taskDefinitionArn,
      createdAt: date(it.createdAt),
      updatedAt: date(it.updatedAt),
    })),
    events: one.events.map(({ id, at, message }) => ({ id, createdAt: date(at), message })),
  }
}

function rawTask(one: EcsTask): object {
  const details = [
    { name: 'subnetId', value: one.subnetId },
    { name: 'privateIPv4Address', value: one.privateIp },
  ]
  return {
    ...one,
    taskArn: one.arn,
    availabilityZone: one.availabilityZone,
    stopCode: one.stopCode ?? undefined,
    stoppedReason: one.stoppedReason ?? undefined,
    attachments: [
      { type: 'Service Connect', details: [] },
      { type: 'ElasticNetworkInterface', details },
    ],
    containers: one.containers.map(({ digest, ...it }) => ({ ...it, imageDigest: digest })),
    createdAt: date(one.createdAt),
    pullStartedAt: date(one.pullStartedAt),
    pullStoppedAt: date(one.pullStoppedAt),
    startedAt: date(one.startedAt),
    stoppingAt: date(one.stoppingAt),
    stoppedAt: date(one.stoppedAt),
  }
}

function rawServiceDeployment(one: EcsServiceDeployment): object {
  return {
    serviceDeploymentArn: one.arn,
    status: one.status,
    statusReason: one.statusReason ?? undefined,
    lifecycleStage: one.lifecycleStage ?? undefined,
    createdAt: date(one.createdAt),
    startedAt: date(one.startedAt),
    finishedAt: date(one.finishedAt),
    updatedAt: date(one.updatedAt),
    targetServiceRevision: { arn: one.targetRevisionArn },
    deploymentConfiguration: { strategy: one.strategy },
  }
}
