/** What a service's tasks run on: one answer for each launch type or capacity provider that may take a task. */

import { missing, missingFrom } from '../domain/answer.ts'
import type { Missing } from '../domain/path.ts'
import type { CapacityProvider, Compute, Service } from '../domain/service.ts'

export type Launch =
  | { readonly on: 'fargate' }
  | { readonly on: 'ec2'; readonly provider: CapacityProvider | null }
  | { readonly on: 'managed-instances'; readonly provider: CapacityProvider | null }
  | { readonly on: 'unknown'; readonly missing: Missing }

/**
 * Launch type first, then the service's capacity providers, then the cluster's. A strategy may mix them, so there may be
 * several answers. Source: ECS API Reference, CreateService and RunTask.
 */
export function launchesOf(service: Service, compute: Compute): readonly Launch[] {
  if (service.launchType !== null) return [byLaunchType(service.launchType)]
  if (service.capacityProviders.length > 0) return byProviders(service.capacityProviders, compute)
  const ofCluster = compute.clusterCapacityProviders
  if (!ofCluster.known) {
    const what = { en: "the cluster's default capacity provider strategy", ko: '클러스터의 기본 용량 공급자 전략' }
    return [unknown(missingFrom(ofCluster, ['default-strategy-unread'], what))]
  }
  // A cluster without a default strategy starts tasks on its container instances.
  return ofCluster.value.length === 0 ? [byLaunchType('EC2')] : byProviders(ofCluster.value, compute)
}

function byLaunchType(launchType: string): Launch {
  if (launchType === 'FARGATE') return { on: 'fargate' }
  if (launchType === 'EC2') return { on: 'ec2', provider: null }
  if (launchType === 'MANAGED_INSTANCES') return { on: 'managed-instances', provider: null }
  if (launchType === 'EXTERNAL') {
    return unknown(
      missing(
        ['ecs-anywhere'],
        'The tasks run on your own machines (ECS Anywhere), whose network AWS does not describe.',
        '태스크가 자체 서버(ECS Anywhere)에서 실행되며, AWS는 그 네트워크를 알지 못합니다.',
      ),
    )
  }
  return unknown(
    missing(
      ['launch-type-unknown', launchType],
      `This version does not know the launch type ${launchType}.`,
      `이 버전에서 인식하지 못하는 시작 유형입니다: ${launchType}`,
    ),
  )
}

function byProviders(names: readonly string[], compute: Compute): readonly Launch[] {
  const launches: Launch[] = []
  if (names.some(isFargate)) launches.push({ on: 'fargate' })
  for (const name of new Set(names)) if (!isFargate(name)) launches.push(byProvider(name, compute))
  return launches
}

function isFargate(provider: string): boolean {
  return provider === 'FARGATE' || provider === 'FARGATE_SPOT'
}

function byProvider(name: string, compute: Compute): Launch {
  const answer = compute.capacityProviders
  if (!answer.known) {
    const what = { en: `the capacity provider ${name}`, ko: `용량 공급자 ${name}` }
    return unknown(missingFrom(answer, ['capacity-provider-unread', name], what))
  }
  const provider = answer.value.find((one) => one.name === name)
  if (provider?.kind === 'asg') return { on: 'ec2', provider }
  if (provider?.kind === 'managed-instances') return { on: 'managed-instances', provider }
  return unknown(
    missing(
      ['capacity-provider-unclear', name],
      `It is not known what the capacity provider ${name} runs tasks on.`,
      `용량 공급자가 태스크를 어디에서 실행하는지 알 수 없습니다: ${name}`,
      'ecs:DescribeCapacityProviders',
    ),
  )
}

function unknown(missing: Missing): Launch {
  return { on: 'unknown', missing }
}
