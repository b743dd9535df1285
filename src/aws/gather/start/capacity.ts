/** What says how many tasks the container instances hold: groups behind providers, interfaces, the tasks that run there. */
import { type Answer, known, listed, mapped, unread } from '../../../domain/answer.ts'
import type { AutoScalingGroup, Capacity, CapacityProvider, Service, TaskDefinition } from '../../../domain/service.ts'
import * as autoscaling from '../../calls/autoscaling.ts'
import * as ec2 from '../../calls/ec2.ts'
import * as ecs from '../../calls/ecs.ts'
import { autoScalingGroupName, instanceTypeOf, toAutoScalingGroup, toPlacedTask } from '../../facts/compute.ts'
import { lastPart } from '../../facts/service.ts'
import {
  at,
  countOrNone,
  fieldsOf,
  idOf,
  isLoose,
  type RawAnswer,
  translate,
  translateSome,
} from '../../facts/shape.ts'
import type { Reader } from '../../reader/reader.ts'
import type { Placement } from '../placement.ts'

export interface CapacityQuestion {
  readonly placement: Placement | null
  readonly providers: Answer<readonly CapacityProvider[]>
  readonly taskDefinition: Answer<TaskDefinition>
  /** DescribeTasks. */
  readonly tasks: Promise<RawAnswer>
  /** DescribeContainerInstances, as soon as it is there; null where no instance runs a task of the service. */
  readonly hosting: Promise<RawAnswer | null>
}

/** Undefined where no instance runs a task of the service. One round beside the third, and one beside the fourth. */
export async function readCapacity(reader: Reader, question: CapacityQuestion): Promise<Capacity | undefined> {
  const { placement, providers, taskDefinition, tasks, hosting } = question
  if (!placement?.onInstances) return undefined
  const ownInterface = taskDefinition.known && taskDefinition.value.networkMode === 'awsvpc'
  const [placed, autoScalingGroups, trunking, interfaceLimits] = await Promise.all([
    tasks.then((answer) => translateSome(answer, toPlacedTask)),
    readAutoScalingGroups(reader, providers),
    ownInterface ? readTrunking(reader) : unread('unasked', ecs.listAccountSettings.permission),
    ownInterface
      ? hosting.then((records) => readInterfaceLimits(reader, records))
      : unread('unasked', ec2.describeInstanceTypes.permission),
  ])
  const { strategy } = placement
  return { strategy, tasks: placed, interfaceLimits, trunking, autoScalingGroups }
}

/** Undefined where no Managed Instance runs a task of the service. */
export async function readDaemons(
  reader: Reader,
  service: Service | null,
  { providers, placement }: Pick<CapacityQuestion, 'providers' | 'placement'>,
): Promise<Answer<readonly string[]> | undefined> {
  const isManaged = listed(providers).some(
    ({ name, kind }) => kind === 'managed-instances' && placement?.providers.includes(name),
  )
  if (service === null || !(isManaged || service.launchType === 'MANAGED_INSTANCES')) return undefined
  const answer = await reader.read(ecs.listDaemons, { cluster: [service.clusterArn] })
  return mapped(answer, (all) => fieldsOf(all, 'daemonArn').map(lastPart))
}

export async function readAutoScalingGroups(
  reader: Reader,
  providers: Answer<readonly CapacityProvider[]>,
): Promise<Answer<readonly AutoScalingGroup[]>> {
  if (!providers.known) return providers
  const arns = providers.value.flatMap(({ autoScalingGroupArn }) => autoScalingGroupArn ?? [])
  const call = autoscaling.describeAutoScalingGroups
  return translate(
    await reader.read(call, { name: arns.map(autoScalingGroupName) }),
    call.permission,
    toAutoScalingGroup,
  )
}

/** The setting of who asks; that of the instances' role may be another (ECS Developer Guide, account settings). */
async function readTrunking(reader: Reader): Promise<Answer<boolean>> {
  const answer = await reader.read(ecs.listAccountSettings, { name: ['awsvpcTrunking'] })
  return mapped(answer, (all) => all.some((one) => at(one, 'value') === 'enabled'))
}

async function readInterfaceLimits(reader: Reader, hosting: RawAnswer | null): Promise<Capacity['interfaceLimits']> {
  if (hosting === null || !hosting.known) return hosting ?? known({})
  const types = new Set(hosting.value.filter(isLoose).flatMap((one) => instanceTypeOf(one) ?? []))
  const answer = await reader.read(ec2.describeInstanceTypes, { name: [...types] })
  return mapped(answer, (all) =>
    Object.fromEntries(
      all.flatMap((one) => {
        const limit = countOrNone(at(one, 'NetworkInfo', 'MaximumNetworkInterfaces'))
        const name = idOf(at(one, 'InstanceType'))
        return name === null || limit === 0 ? [] : [[name, limit]]
      }),
    ),
  )
}
