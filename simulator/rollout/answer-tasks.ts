/** DescribeTasks and DescribeTargetHealth of a simulated rollout, shaped as recorded Fargate tasks are. */
import { type Item, itemsOf, textOf } from '../item.ts'
import { arn } from './setting.ts'
import { isGone, isHealthy, type RolloutState, type Setting, type SimulatedTask } from './state.ts'
import { pastOf } from './task-life.ts'

export function describedTasks(setting: Setting, state: RolloutState): readonly Item[] {
  return state.tasks.map((task) => describedTask(setting, state, task))
}

export function taskArn(setting: Setting, { id }: SimulatedTask): string {
  return arn(setting, `task/${setting.scenario.cluster}/${id}`)
}

/** An ISO time for a moment that has come; undefined, which JSON leaves out, for any other. */
function came(at: number | null, now: number): string | undefined {
  return at === null || at > now ? undefined : iso(at)
}

export function iso(at: number): string {
  return new Date(at).toISOString()
}

export function describedTask(setting: Setting, state: RolloutState, task: SimulatedTask): Item {
  const { scenario, loadBalancer } = setting
  const { now } = state
  const past = pastOf(task, loadBalancer !== null, now)
  const status = past.at(-1)?.status ?? 'PROVISIONING'
  const stop = task.stop !== null && task.stop.at <= now ? task.stop : null
  const definition = state.definitions.find((one) => one['taskDefinitionArn'] === task.definitionArn) ?? {}
  const began = came(task.pullStartedAt, Math.min(now, (stop?.at ?? now + 1) - 1))
  const pulled = came(task.pullStoppedAt, Math.min(now, stop?.at ?? now))
  const started = came(task.startedAt, Math.min(now, (stop?.at ?? now + 1) - 1))
  return {
    attachments: attachments(setting, task, status, now),
    attributes: [{ name: 'ecs.cpu-architecture', value: 'x86_64' }],
    availabilityZone: task.subnet.availabilityZone,
    clusterArn: arn(setting, `cluster/${scenario.cluster}`),
    connectivity: task.provisionedAt !== null && task.provisionedAt <= now ? 'CONNECTED' : undefined,
    connectivityAt: came(task.provisionedAt === null ? null : task.provisionedAt - 5000, now),
    containers: containers(setting, task, definition, status, stop !== null),
    cpu: textOf(definition, 'cpu') ?? '256',
    createdAt: iso(task.createdAt),
    desiredStatus: stop === null ? 'RUNNING' : 'STOPPED',
    enableExecuteCommand: task.exec,
    executionStoppedAt: stop === null ? undefined : came(stop.exitedAt, now),
    ephemeralStorage: { sizeInGiB: 20 },
    group: `service:${scenario.service}`,
    healthStatus: 'UNKNOWN',
    lastStatus: status,
    launchType: textOf(setting.service, 'launchType') ?? 'FARGATE',
    memory: textOf(definition, 'memory') ?? '512',
    overrides: {
      containerOverrides: itemsOf(definition['containerDefinitions']).map(({ name }) => ({ name })),
      inferenceAcceleratorOverrides: [],
    },
    platformFamily: 'Linux',
    platformVersion: '1.4.0',
    pullStartedAt: scenario.showsPullAtOnce || pulled !== undefined ? began : undefined,
    pullStoppedAt: pulled,
    startedAt: started,
    startedBy: task.startedBy,
    stopCode: stop?.code,
    stoppedAt: stop === null ? undefined : came(stop.stoppedAt, now),
    stoppedReason: stop?.reason,
    stoppingAt: stop === null ? undefined : iso(stop.at),
    tags: [],
    taskArn: taskArn(setting, task),
    taskDefinitionArn: task.definitionArn,
    version: past.length,
  }
}

function attachments(setting: Setting, task: SimulatedTask, status: string, now: number): readonly Item[] {
  const { identity } = task
  const attached = task.provisionedAt !== null && task.provisionedAt <= now
  const details = [{ name: 'subnetId', value: task.subnet.id }]
  if (attached) {
    const address = addressOf(task)
    details.push(
      { name: 'networkInterfaceId', value: identity.interfaceId },
      { name: 'macAddress', value: identity.macAddress },
      {
        name: 'privateDnsName',
        value: `ip-${address.replaceAll('.', '-')}.${setting.region}.compute.internal`,
      },
      { name: 'privateIPv4Address', value: address },
    )
  }
  const network = {
    id: identity.attachmentId,
    type: 'ElasticNetworkInterface',
    status: status === 'STOPPED' ? 'DELETED' : attached ? 'ATTACHED' : 'PRECREATED',
    details,
  }
  if (setting.loadBalancer === null) return [network]
  const out = ['STOPPING', 'DEPROVISIONING', 'STOPPED'].includes(status)
  const up = ['RUNNING', 'DEACTIVATING'].includes(status)
  const loadBalancer = {
    id: identity.loadBalancerAttachmentId,
    type: 'elb',
    status: out ? 'DELETED' : up ? 'ATTACHED' : 'PRECREATED',
    details: [],
  }
  // The order differs from task to task, as it does in recorded ones.
  return task.number % 2 === 0 ? [loadBalancer, network] : [network, loadBalancer]
}

/** The first five addresses of a subnet are AWS's; a /24 has room for 240 tasks before addresses come round again. */
export function addressOf({ number, subnet }: SimulatedTask): string {
  const parts = (subnet.cidr.split('/')[0] ?? '10.0.0.0').split('.').map(Number)
  return [parts[0], parts[1], parts[2], 10 + ((number * 37) % 240)].join('.')
}

function containers(
  setting: Setting,
  task: SimulatedTask,
  definition: Item,
  status: string,
  stopping: boolean,
): readonly Item[] {
  const { cluster, showsContainerReason } = setting.scenario
  const state = containerStatus(status)
  const all = itemsOf(definition['containerDefinitions'])
  const main = all.find((one) => one['essential'] !== false) ?? all[0]
  return all.map((own, at) => {
    const known = task.identity.containers[at]
    const exited = state === 'STOPPED' && task.stop?.exitCode !== null ? task.stop?.exitCode : undefined
    const failed = stopping && own === main && task.stop?.code === 'TaskFailedToStart'
    return {
      containerArn: arn(setting, `container/${cluster}/${task.id}/${known?.id}`),
      taskArn: taskArn(setting, task),
      name: own['name'],
      image: own['image'],
      imageDigest: task.startedAt === null || state === 'PENDING' ? undefined : known?.digest,
      runtimeId: task.startedAt === null || state === 'PENDING' ? undefined : `${task.id}-${2531612879 + task.number}`,
      lastStatus: state,
      // Containers that the task's end takes along get SIGTERM.
      exitCode: exited === undefined ? undefined : own === main ? exited : 143,
      reason: failed && showsContainerReason ? task.stop?.reason : undefined,
      networkBindings: [],
      networkInterfaces:
        status === 'PROVISIONING'
          ? []
          : [{ attachmentId: task.identity.attachmentId, privateIpv4Address: addressOf(task) }],
      healthStatus: 'UNKNOWN',
      managedAgents: task.exec ? [{ name: 'ExecuteCommandAgent', lastStatus: state }] : undefined,
      cpu: '0',
    }
  })
}

function containerStatus(status: string): string {
  if (['PROVISIONING', 'PENDING'].includes(status)) return 'PENDING'
  return ['DEPROVISIONING', 'STOPPED'].includes(status) ? 'STOPPED' : 'RUNNING'
}

/** The targets of the service's target group: every task that was registered and has not left. */
export function targetHealth(setting: Setting, state: RolloutState): readonly Item[] {
  const { loadBalancer } = setting
  const { now } = state
  if (loadBalancer === null) return []
  return state.tasks
    .filter((task) => task.startedAt !== null && task.startedAt <= now && !isGone(task, now))
    .filter(({ stop }) => stop === null || now < stop.drainedAt)
    .map((task) => ({
      Target: { Id: addressOf(task), Port: loadBalancer.containerPort, AvailabilityZone: task.subnet.availabilityZone },
      HealthCheckPort: String(loadBalancer.containerPort),
      TargetHealth: healthOf(task, now),
    }))
}

function healthOf(task: SimulatedTask, now: number): Item {
  if (task.stop !== null && task.stop.at <= now) {
    return {
      State: 'draining',
      Reason: 'Target.DeregistrationInProgress',
      Description: 'Target deregistration is in progress',
    }
  }
  if (isHealthy(task, now)) return { State: 'healthy' }
  const unhealthyFrom = ((task.startedAt ?? now) + (task.stop?.at ?? Number.POSITIVE_INFINITY)) / 2
  if (task.healthyAt === null && now >= unhealthyFrom) {
    return {
      State: 'unhealthy',
      Reason: 'Target.ResponseCodeMismatch',
      Description: task.behaviour.text ?? 'Health checks failed with these codes: [503]',
    }
  }
  return { State: 'initial', Reason: 'Elb.InitialHealthChecking', Description: 'Initial health checks in progress' }
}
