/** Where tasks start: capacity providers, container instances and the tasks that run, from ECS's and EC2's answers. */
import type {
  CapacityProvider,
  ContainerInstance,
  ExecuteCommandConfiguration,
  RunningTask,
} from '../../domain/service.ts'
import { lastPart } from './service.ts'
import { at, fieldsOf, idOf, instant, isLoose, type Loose, listAt, text, texts } from './shape.ts'

export function toCapacityProvider(record: Loose): CapacityProvider | null {
  const name = idOf(record['name'])
  if (name === null) return null
  const managed = record['managedInstancesProvider']
  const network = at(managed, 'instanceLaunchTemplate', 'networkConfiguration')
  const kind = isLoose(managed) ? 'managed-instances' : isLoose(record['autoScalingGroupProvider']) ? 'asg' : null
  return {
    name,
    kind,
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

function secondsBetween(from: unknown, to: unknown): number | null {
  const start = instant(from)
  const end = instant(to)
  return start === null || end === null || end < start ? null : (end - start) / 1000
}
