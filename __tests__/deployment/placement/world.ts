/** A service on two instances with room, to be varied by one fact at a time. */
import { type Placement, placementsOf } from '../../../src/deployment/placement/placement.ts'
import { known } from '../../../src/domain/answer.ts'
import type {
  Capacity,
  Container,
  ContainerInstance,
  PlacedTask,
  Remaining,
  Service,
  TaskDefinition,
} from '../../../src/domain/service.ts'
import { compute, container, instance, provider, service, taskDefinition } from '../../task-start/sample.ts'

export const ATTRIBUTES = [
  { name: 'ecs.instance-type', value: 't3.medium' },
  { name: 'ecs.availability-zone', value: 'ap-northeast-2a' },
]

export const LEFT: Remaining = { cpu: 1536, memory: 2800, gpus: 0, tcpPorts: [22, 2375], udpPorts: [] }

export function host(n: number, changes: Partial<ContainerInstance> = {}): ContainerInstance {
  return instance({
    arn: `arn:aws:ecs:ap-northeast-2:123456789012:container-instance/demo/${n}`,
    instanceId: `i-${n}`,
    instanceType: 't3.medium',
    attributes: ATTRIBUTES,
    runningTasksCount: 1,
    remaining: LEFT,
    ...changes,
  })
}

export function placed(n: number, changes: Partial<PlacedTask> = {}): PlacedTask {
  return {
    instanceArn: host(n).arn,
    taskDefinitionArn: taskDefinition().arn,
    cpu: 512,
    memory: 1024,
    gpus: 0,
    tcpPorts: [],
    udpPorts: [],
    interfaces: 0,
    ...changes,
  }
}

export interface Setting {
  readonly service?: Partial<Service>
  readonly task?: Partial<TaskDefinition>
  readonly container?: Partial<Container>
  readonly hosts?: readonly ContainerInstance[]
  readonly tasks?: readonly PlacedTask[]
  readonly capacity?: Partial<Capacity>
}

const SETTING = {
  service: { launchType: 'EC2', desiredCount: 2, runningCount: 2, awsvpc: null },
  task: { networkMode: 'bridge', cpu: '512', memory: '1024' },
  hosts: [host(1), host(2)],
  tasks: [placed(1), placed(2)],
} as const

/** What `placementsOf` is asked. Zones are told by the end of the subnet's name: `subnet-host-a`. */
export function factsOf(setting: Setting) {
  const { hosts = SETTING.hosts, tasks = SETTING.tasks } = setting
  const capacity: Capacity = {
    strategy: [],
    tasks: known(tasks),
    interfaceLimits: known({ 't3.medium': 3, 'c5.large': 3 }),
    trunking: known(false),
    autoScalingGroups: known([]),
    ...setting.capacity,
  }
  return {
    service: service({ ...SETTING.service, ...setting.service }),
    taskDefinition: taskDefinition([container(setting.container)], { ...SETTING.task, ...setting.task }),
    compute: compute({
      capacityProviders: known([provider({ name: 'blue' }), provider({ name: 'green' })]),
      instances: known(hosts),
      capacity,
    }),
    zoneOf: (subnetId: string) => `zone-${subnetId.at(-1)}`,
  }
}

/** The only one; an error where there is none, or more. */
export function placement(setting: Setting = {}): Placement {
  const all = placementsOf(factsOf(setting))
  const [only] = all
  if (only === undefined || all.length > 1) throw new Error(`${all.length} placements`)
  return only
}
