/** Reads what bounds the tasks of a service: the quotas of Fargate that it uses, and the most that Application Auto Scaling makes of it. */
import { type Answer, known, mapped, unread } from '../../../domain/answer.ts'
import type { ConfigurationFacts } from '../../../domain/configuration.ts'
import type { Service } from '../../../domain/service.ts'
import { describeScalableTargets } from '../../calls/application-autoscaling.ts'
import { getServiceQuota } from '../../calls/service-quotas.ts'
import { at, count, flag } from '../../facts/shape.ts'
import type { Reader } from '../../reader/reader.ts'

/** Fargate On-Demand and Fargate Spot vCPU resource count (AWS General Reference, Amazon ECS endpoints and quotas). */
export const FARGATE_VCPUS = 'L-3032A538'
export const FARGATE_SPOT_VCPUS = 'L-36FBB829'

type Limits = Pick<ConfigurationFacts, 'fargateVcpus' | 'fargateSpotVcpus' | 'maximumTasks'>

/** `providers`: what places the tasks, be it the service's own strategy or the cluster's. */
export async function readLimits(
  reader: Reader,
  service: Service | null,
  providers: readonly string[],
): Promise<Limits> {
  const onDemand = service?.launchType === 'FARGATE' || providers.includes('FARGATE')
  const [fargateVcpus, fargateSpotVcpus, maximumTasks] = await Promise.all([
    readQuota(reader, FARGATE_VCPUS, onDemand),
    readQuota(reader, FARGATE_SPOT_VCPUS, providers.includes('FARGATE_SPOT')),
    readMaximum(reader, service),
  ])
  return { fargateVcpus, fargateSpotVcpus, maximumTasks }
}

async function readQuota(reader: Reader, code: string, isUsed: boolean): Promise<Answer<number>> {
  const { permission } = getServiceQuota
  if (!isUsed) return unread('unasked', permission, code)
  const answer = await reader.read(getServiceQuota, { id: [code] })
  if (!answer.known) return answer
  const value = count(at(answer.value[0], 'Quota', 'Value'))
  return value === null ? unread('garbled', permission) : known(value)
}

/** Null where nothing scales the service out: it is not registered, or both ways to more tasks are suspended. */
async function readMaximum(reader: Reader, service: Service | null): Promise<Limits['maximumTasks']> {
  if (service === null) return unread('unasked', describeScalableTargets.permission)
  const answer = await reader.read(describeScalableTargets, { id: [`service/${service.clusterName}/${service.name}`] })
  return mapped(answer, ([target]) => {
    const isSuspended = (how: string) => flag(at(target, 'SuspendedState', how)) === true
    const still = isSuspended('DynamicScalingOutSuspended') && isSuspended('ScheduledScalingSuspended')
    return still ? null : count(at(target, 'MaxCapacity'))
  })
}
