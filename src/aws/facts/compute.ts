/** Where tasks start: capacity providers, container instances and the tasks that run, from ECS's and EC2's answers. */
import type {
  AutoScalingGroup,
  CapacityProvider,
  ContainerInstance,
  ExecuteCommandConfiguration,
  PlacedTask,
  Remaining,
  RunningTask,
} from '../../domain/service.ts'
import { lastPart } from './service.ts'
import {
  at,
  count,
  countOrNone,
  fieldsOf,
  flag,
  idOf,
  instant,
  isLoose,
  type Loose,
  listAt,
  text,
  texts,
} from './shape.ts'
import { toAttribute } from './task-definition.ts'

export function toCapacityProvider(record: Loose): CapacityProvider | null {
  const name = idOf(record['name'])
  if (name === null) return null
  const managed = record['managedInstancesProvider']
  const network = at(managed, 'instanceLaunchTemplate', 'networkConfiguration')
  const group = record['autoScalingGroupProvider']
  const kind = isLoose(managed) ? 'managed-instances' : isLoose(group) ? 'asg' : null
  const scaling = text(at(group, 'managedScaling', 'status'))
  return {
    name,
    kind,
    status: text(record['status']),
    autoScalingGroupArn: idOf(at(group, 'autoScalingGroupArn')),
    managedScaling: scaling === null ? null : scaling === 'ENABLED',
    subnetIds: texts(at(network, 'subnets')),
    securityGroupIds: texts(at(network, 'securityGroups')),
    infrastructureRoleArn: idOf(at(managed, 'infrastructureRoleArn')),
    instanceProfileArn: idOf(at(managed, 'instanceLaunchTemplate', 'ec2InstanceProfileArn')),
  }
}

/** Of a cluster, where its configuration was asked for. */
export function toExecuteCommand(cluster: unknown): ExecuteCommandConfiguration | null {
  const settings = at(cluster, 'configuration', 'executeCommandConfiguration')
  if (!isLoose(settings)) return null
  const log = settings['logging'] === 'OVERRIDE' ? settings['logConfiguration'] : undefined
  return {
    kmsKeyId: idOf(settings['kmsKeyId']),
    logGroupName: idOf(at(log, 'cloudWatchLogGroupName')),
    s3BucketName: idOf(at(log, 's3BucketName')),
  }
}

/** `instances`: DescribeInstances, whose reservations hold them. An instance that is gone leaves its fields empty. */
export function toContainerInstance(record: Loose, reservations: readonly Loose[]): ContainerInstance | null {
  const arn = idOf(record['containerInstanceArn'])
  const instanceId = idOf(record['ec2InstanceId'])
  if (arn === null || instanceId === null) return null
  const instance = reservations
    .flatMap((reservation) => listAt(reservation, 'Instances'))
    .find((one) => one['InstanceId'] === instanceId)
  const primary = primaryInterface(instance)
  return {
    arn,
    instanceId,
    status: text(record['status']) ?? 'UNKNOWN',
    subnetId: idOf(primary?.['SubnetId']) ?? idOf(instance?.['SubnetId']),
    securityGroupIds: fieldsOf(primary?.['Groups'] ?? instance?.['SecurityGroups'], 'GroupId'),
    publicIp: idOf(at(primary, 'Association', 'PublicIp')) ?? idOf(instance?.['PublicIpAddress']),
    profileArn: idOf(at(instance, 'IamInstanceProfile', 'Arn')),
    capacityProviderName: idOf(record['capacityProviderName']),
    agentConnected: flag(record['agentConnected']),
    agentVersion: idOf(at(record, 'versionInfo', 'agentVersion')),
    instanceType: idOf(instance?.['InstanceType']) ?? instanceTypeOf(record),
    attributes: Array.isArray(record['attributes']) ? listAt(record, 'attributes').flatMap(toAttribute) : null,
    runningTasksCount: count(record['runningTasksCount']),
    registered: toResources(record, 'registeredResources'),
    remaining: toResources(record, 'remainingResources'),
    interfaces: Math.max(listAt(instance, 'NetworkInterfaces').length, interfacesOfTasks(record)),
  }
}

/** With its own: ECS tells those of tasks as attachments as soon as it makes them. */
function interfacesOfTasks(record: Loose): number {
  const isAttached = (one: Loose) =>
    one['type'] === 'ElasticNetworkInterface' && !/^DE(?:TACHED|LETED)$/.test(text(one['status']) ?? '')
  return 1 + listAt(record, 'attachments').filter(isAttached).length
}

/** As the instance registered it. */
export function instanceTypeOf(record: Loose): string | null {
  const attribute = listAt(record, 'attributes').find((one) => one['name'] === 'ecs.instance-type')
  return idOf(attribute?.['value'])
}

/** PORTS and PORTS_UDP hold what is taken, GPU what is there (ECS API Reference, ContainerInstance). */
function toResources(record: Loose, list: string): Remaining | null {
  if (!Array.isArray(record[list])) return null
  const of = (name: string) => listAt(record, list).find((one) => one['name'] === name)
  const ports = (name: string) => texts(of(name)?.['stringSetValue']).map(Number)
  return {
    cpu: countOrNone(of('CPU')?.['integerValue']),
    memory: countOrNone(of('MEMORY')?.['integerValue']),
    gpus: texts(of('GPU')?.['stringSetValue']).length,
    tcpPorts: ports('PORTS'),
    udpPorts: ports('PORTS_UDP'),
  }
}

/** The agent and the container runtime use the interface at device index 0 of the first card. */
function primaryInterface(instance: Loose | undefined): Loose | undefined {
  return listAt(instance, 'NetworkInterfaces').find(
    (one) => at(one, 'Attachment', 'DeviceIndex') === 0 && (at(one, 'Attachment', 'NetworkCardIndex') ?? 0) === 0,
  )
}

export function toRunningTask(record: Loose): RunningTask | null {
  const arn = idOf(record['taskArn'])
  if (arn === null) return null
  const details = listAt(record, 'attachments')
    .filter((one) => one['type'] === 'ElasticNetworkInterface')
    .flatMap((one) => listAt(one, 'details'))
  return {
    id: lastPart(arn),
    subnetId: text(details.find((one) => one['name'] === 'subnetId')?.['value']),
    lastStatus: text(record['lastStatus']) ?? 'UNKNOWN',
    pullSeconds: secondsBetween(record['pullStartedAt'], record['pullStoppedAt']),
    startSeconds: secondsBetween(record['createdAt'], record['startedAt']),
    containers: listAt(record, 'containers').flatMap((one) => {
      const image = idOf(one['image'])
      return image === null ? [] : [{ name: text(one['name']) ?? '', image, digest: idOf(one['imageDigest']) }]
    }),
  }
}

/** Null for a task that runs elsewhere, or does not say where. */
export function toPlacedTask(record: Loose): PlacedTask | null {
  const instanceArn = idOf(record['containerInstanceArn'])
  if (instanceArn === null) return null
  const containers = listAt(record, 'containers')
  const sum = (key: string, soft = key) =>
    containers.reduce((total, one) => total + (count(one[soft]) ?? countOrNone(one[key])), 0)
  const bindings = containers.flatMap((one) => listAt(one, 'networkBindings'))
  const ports = (protocol: string) =>
    bindings.flatMap((one) => ((one['protocol'] ?? 'tcp') === protocol ? (count(one['hostPort']) ?? []) : []))
  return {
    instanceArn,
    taskDefinitionArn: idOf(record['taskDefinitionArn']),
    cpu: count(record['cpu']) ?? sum('cpu'),
    memory: count(record['memory']) ?? sum('memory', 'memoryReservation'),
    gpus: containers.flatMap((one) => texts(one['gpuIds'])).length,
    tcpPorts: ports('tcp'),
    udpPorts: ports('udp'),
    interfaces: listAt(record, 'attachments').filter((one) => one['type'] === 'ElasticNetworkInterface').length,
  }
}

/** From DescribeAutoScalingGroups. */
export function toAutoScalingGroup(record: Loose): AutoScalingGroup | null {
  const arn = idOf(record['AutoScalingGroupARN'])
  if (arn === null) return null
  return {
    arn,
    name: text(record['AutoScalingGroupName']) ?? autoScalingGroupName(arn),
    desired: countOrNone(record['DesiredCapacity']),
    max: countOrNone(record['MaxSize']),
    instances: listAt(record, 'Instances').length,
    subnetIds: (text(record['VPCZoneIdentifier']) ?? '').split(',').flatMap((id) => idOf(id.trim()) ?? []),
    suspendedProcesses: fieldsOf(record['SuspendedProcesses'], 'ProcessName'),
  }
}

/** The end of its ARN, which may hold slashes itself: `…:autoScalingGroupName/NAME`. */
export function autoScalingGroupName(arn: string): string {
  return arn.slice(arn.indexOf('autoScalingGroupName/') + 'autoScalingGroupName/'.length)
}

function secondsBetween(from: unknown, to: unknown): number | null {
  const start = instant(from)
  const end = instant(to)
  return start === null || end === null || end < start ? null : (end - start) / 1000
}
