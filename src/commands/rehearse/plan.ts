/** What is rehearsed: which subnets, with what network, from which definition; or why nothing can be. */
import type { Loose } from '../../aws/calls/call.ts'
import { distinct } from '../../domain/collections.ts'
import type { GatheredFacts } from '../../domain/facts.ts'
import type { AwsvpcConfiguration, Service } from '../../domain/service.ts'
import type { Text } from '../../domain/text.ts'
import { UsageError } from '../../domain/usage-error.ts'
import { launchesOf } from '../../task-start/launch.ts'
import { rehearsalDefinition } from './definition.ts'

export interface PlanRequest {
  readonly facts: Pick<GatheredFacts, 'service' | 'compute'>
  /** As DescribeTaskDefinition answers it, or as it would be registered; null where it could not be read. */
  readonly definition: Loose | null
  /** By container: in the place of those of the definition. */
  readonly images: Readonly<Record<string, string>>
  /** Some of the service's; null for all. */
  readonly subnets: readonly string[] | null
}

export interface Plan {
  readonly cluster: string
  readonly subnets: readonly string[]
  /** For RunTask, but for the subnet. */
  readonly network: Omit<AwsvpcConfiguration, 'subnetIds'>
  readonly platformVersion: string
  readonly family: string
  readonly registration: Loose
  /** Of a task; 0 where the definition does not say. */
  readonly vcpu: number
  readonly notes: readonly Text[]
}

/** Throws `UsageError` for a subnet that is none of the service's. */
export function planOf({ facts, definition, images, subnets }: PlanRequest): Plan | { readonly because: Text } {
  const { service: read, compute } = facts
  if (!read.known) return { because: SERVICE_UNREAD }
  if (definition === null) return { because: DEFINITION_UNREAD }
  const { value: service } = read
  const { awsvpc } = service
  if (awsvpc === null || !compute.known || !isOnFargate(service, compute.value)) return { because: NOT_ON_FARGATE }
  const { input, family, notes } = rehearsalDefinition(definition, images)
  return {
    cluster: service.clusterArn,
    subnets: chosenSubnets(awsvpc, subnets),
    network: { securityGroupIds: awsvpc.securityGroupIds, assignPublicIp: awsvpc.assignPublicIp },
    platformVersion: service.platformVersion ?? 'LATEST',
    family,
    registration: input,
    vcpu: vcpuOf(input['cpu']),
    notes,
  }
}

/**
 * Fargate Spot counts as Fargate: network, platform and pull are the same, and a Spot task that gets no capacity, or loses it half way,
 * would say nothing of them.
 */
function isOnFargate(service: Service, compute: Parameters<typeof launchesOf>[1]): boolean {
  return launchesOf(service, compute).some(({ on }) => on === 'fargate')
}

function chosenSubnets({ subnetIds }: AwsvpcConfiguration, wanted: readonly string[] | null): readonly string[] {
  const strange = wanted?.find((id) => !subnetIds.includes(id))
  if (strange !== undefined) throw notOfService(strange, subnetIds)
  return distinct(wanted ?? subnetIds)
}

/** `256` and `.25 vCPU` are the same (Amazon ECS API Reference, RegisterTaskDefinition). */
function vcpuOf(cpu: unknown): number {
  const [, figure, unit] = /^\s*(\d*\.?\d+)\s*(vcpu)?\s*$/i.exec(String(cpu ?? '')) ?? []
  return figure === undefined ? 0 : unit === undefined ? Number(figure) / 1024 : Number(figure)
}

function notOfService(strange: string, subnetIds: readonly string[]): UsageError {
  return new UsageError({
    en: `The input "rehearse-subnets" names ${strange}, in which the service starts no task. Its subnets: ${subnetIds.join(', ')}.`,
    ko: `"rehearse-subnets" 입력에 서비스가 태스크를 시작하지 않는 서브넷이 있습니다: ${strange}. 서비스의 서브넷: ${subnetIds.join(', ')}`,
  })
}

const SERVICE_UNREAD: Text = {
  en: 'Nothing was rehearsed: the service could not be read, so that its subnets and security groups are not known.',
  ko: '예행 실행을 하지 못했습니다. 서비스를 읽지 못해 서브넷과 보안 그룹을 알 수 없습니다.',
}
const DEFINITION_UNREAD: Text = {
  en: 'Nothing was rehearsed: the task definition could not be read, so that its images are not known.',
  ko: '예행 실행을 하지 못했습니다. 태스크 정의를 읽지 못해 이미지를 알 수 없습니다.',
}
const NOT_ON_FARGATE: Text = {
  en: 'Nothing was rehearsed: a rehearsal is for tasks on Fargate. On container instances the instance pulls, through its own network and from its cache, so that a task that starts there tells nothing of the next instance.',
  ko: '예행 실행을 하지 못했습니다. 예행 실행은 Fargate 태스크에만 사용할 수 있습니다. 컨테이너 인스턴스에서는 인스턴스가 자체 네트워크와 캐시로 이미지를 풀하므로, 태스크가 시작되더라도 다음 인스턴스에 대해서는 아무것도 알 수 없습니다.',
}
