/** `emergency: bad-subnets`: leaves out the subnets that were proved bad, where good ones are left that the load balancer reaches. */
import { listed } from '../domain/answer.ts'
import { distinct } from '../domain/collections.ts'
import type { GatheredFacts } from '../domain/facts.ts'
import type { Report } from '../domain/report.ts'
import type { Service } from '../domain/service.ts'
import { isNetworkFault, LABELS } from '../ecs-errors/labels.ts'
import { splitSubnets } from './subnet-split.ts'
import { registeredGroups } from './target-fit.ts'
import { change, nothing, refused, type SettingsPlan } from './temporary-settings.ts'

/** Where tasks may start, and what has to reach them there. */
export interface SubnetPlaces {
  /** Zone by subnet, of those that could be read. */
  readonly zones: Readonly<Record<string, string>>
  /** Of the service's target groups; one that could not be read is not among them. */
  readonly loadBalancers: readonly { readonly name: string; readonly zones: readonly string[] }[]
}

export function subnetPlaces({
  service,
  network,
  configuration,
}: Pick<GatheredFacts, 'service' | 'network' | 'configuration'>): SubnetPlaces {
  const subnets = network.known ? listed(network.value.subnets) : []
  const arns = service.known ? registeredGroups(service.value).map(({ arn }) => arn) : []
  const groups = configuration.known ? configuration.value.targetGroups.filter(({ arn }) => arns.includes(arn)) : []
  return {
    zones: Object.fromEntries(subnets.map(({ id, zone }) => [id, zone])),
    loadBalancers: groups.flatMap(({ loadBalancers }) => listed(loadBalancers)),
  }
}

/** Ids, of this service or not. What is in neither list, nobody could tell. */
export interface JudgedSubnets {
  readonly good: readonly string[]
  readonly bad: readonly string[]
}

export function subnetPlan(service: Service, judged: JudgedSubnets, places: SubnetPlaces): SettingsPlan {
  const { awsvpc, deploymentController } = service
  if (awsvpc === null || deploymentController !== 'ECS') {
    return refused({
      en: 'The service has no subnets of its own that could be changed.',
      ko: '서비스에 변경할 수 있는 서브넷 설정이 없습니다.',
    })
  }
  const good = awsvpc.subnetIds.filter((id) => !judged.bad.includes(id))
  if (awsvpc.subnetIds.every((id) => judged.good.includes(id))) {
    return nothing({
      en: 'Preflight passes in every subnet of the service: there is none to leave out.',
      ko: '서비스의 모든 서브넷이 preflight를 통과하여 제외할 서브넷이 없습니다.',
    })
  }
  if (good.length === awsvpc.subnetIds.length) {
    return refused({
      en: 'No subnet of the service was proved bad: there is none to leave out.',
      ko: '잘못된 것으로 입증된 서브넷이 없어 제외할 서브넷이 없습니다.',
    })
  }
  if (good.length === 0) {
    return refused({
      en: `Every subnet of the service was proved bad: ${awsvpc.subnetIds.join(', ')}. Without them no task could start at all.`,
      ko: `서비스의 모든 서브넷이 잘못된 것으로 입증되어 제외하면 태스크를 시작할 수 없습니다: ${awsvpc.subnetIds.join(', ')}`,
    })
  }
  const unreached = places.loadBalancers.find(({ zones }) => isOutside(good, zones, places.zones))
  if (unreached !== undefined) {
    return refused({
      en: `Load balancer ${unreached.name} is enabled in ${unreached.zones.join(', ')}, where no good subnet would be left (${good.join(', ')}): no target would become healthy.`,
      ko: `로드 밸런서의 가용 영역에 정상 서브넷이 남지 않아 대상이 정상 상태가 될 수 없습니다(로드 밸런서: ${unreached.name}, 가용 영역: ${unreached.zones.join(', ')}, 남는 서브넷: ${good.join(', ')}).`,
    })
  }
  return { outcome: 'change', changes: [change('subnets', awsvpc.subnetIds, good)] }
}

/** A zone that could not be read may be one of them. */
function isOutside(subnets: readonly string[], zones: readonly string[], zoneOf: SubnetPlaces['zones']): boolean {
  const of = (id: string) => (Object.hasOwn(zoneOf, id) ? zoneOf[id] : undefined)
  return zones.length > 0 && subnets.every((id) => !zones.includes(of(id) ?? zones[0] ?? ''))
}

/** Bad: a needed path is blocked, or every start of the rollout there failed at a network that preflight explains. */
export function judgedSubnets({ paths, rollout }: Pick<Report, 'paths' | 'rollout'>): JudgedSubnets {
  const { good, bad } = splitSubnets(paths)
  const explained = (rollout?.failures ?? []).filter(
    ({ label, confidence }) => confidence === 'proved' && isNetworkFault(LABELS[label]),
  )
  const failing = (rollout?.bySubnet ?? []).filter(
    ({ subnetId, failed, succeeded }) =>
      failed > 0 && succeeded === 0 && explained.some((failure) => failure.subnetId === subnetId),
  )
  const proved = distinct([
    ...bad.map(({ subnetId }) => subnetId),
    ...failing.flatMap(({ subnetId }) => subnetId ?? []),
  ])
  return { bad: proved, good: good.map(({ subnetId }) => subnetId).filter((id) => !proved.includes(id)) }
}
