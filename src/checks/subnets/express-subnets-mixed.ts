/** Are the subnets of an Express service of one kind? */
import { defineCheck } from '../../domain/check.ts'
import type { Network, Subnet } from '../../domain/network.ts'
import { isExpress } from '../../domain/service.ts'
import { subnetsOf, tableOf } from '../../network/lookup.ts'
import { changeNetwork, hasOwnNetwork, type OwnNetworkService } from '../service/service-changes.ts'

interface Details {
  readonly service: OwnNetworkService
  readonly publicIds: readonly string[]
  readonly privateIds: readonly string[]
}

export default defineCheck<Details, 'service' | 'network'>({
  id: 'express-subnets-mixed',
  step: 'subnets',
  severity: 'warning',
  needs: ['service', 'network'],
  permissions: ['ecs:DescribeServices', 'ec2:DescribeSubnets', 'ec2:DescribeRouteTables'],

  title: {
    en: 'An Express service has public and private subnets',
    ko: 'Express 서비스에 퍼블릭 서브넷과 프라이빗 서브넷이 섞여 있습니다',
  },
  why: {
    en: 'By its subnets ECS decides whether an Express service is public or internal: its load balancer, and the addresses of its tasks. Where they are of both kinds, the next update is refused (mixed subnet type), and nothing can be deployed.',
    ko: 'ECS는 서브넷을 보고 Express 서비스를 퍼블릭 또는 내부용으로 구성하며 로드 밸런서와 태스크의 주소가 이에 따라 정해집니다. 두 종류가 섞여 있으면 다음 업데이트가 거부되어(mixed subnet type) 아무것도 배포할 수 없습니다.',
  },

  evaluate({ service, network }) {
    if (!isExpress(service) || !hasOwnNetwork(service)) return []
    const kinds = subnetsOf(network, service.awsvpc.subnetIds).map((one) => ({ id: one.id, ...wayOf(network, one) }))
    const idsOf = (isPublic: boolean) => kinds.filter((one) => one.isPublic === isPublic).map(({ id }) => id)
    const [publicIds, privateIds] = [idsOf(true), idsOf(false)]
    if (publicIds.length === 0 || privateIds.length === 0) return []
    return [
      {
        subject: service.name,
        evidence: kinds.map(({ id, tableId, isPublic }) => ({
          en: `${id} (${tableId}): ${isPublic ? 'a default route to an internet gateway' : 'none to an internet gateway'}`,
          ko: `${id} (${tableId}): 인터넷 게이트웨이로 가는 기본 경로 ${isPublic ? '있음' : '없음'}`,
        })),
        details: { service, publicIds, privateIds },
      },
    ]
  },

  explain: ({ service: { name }, publicIds, privateIds }) => ({
    en: `${name} is an Express service with public subnets (${publicIds.join(', ')}) and private ones (${privateIds.join(', ')}).`,
    ko: `Express 서비스의 서브넷 종류가 서로 다릅니다. 서비스: ${name}, 퍼블릭: ${publicIds.join(', ')}, 프라이빗: ${privateIds.join(', ')}`,
  }),

  /** Those that fit the addresses which its tasks have. */
  remedy: ({ service, publicIds, privateIds }) =>
    changeNetwork(service, { subnetIds: service.awsvpc.assignPublicIp === 'ENABLED' ? publicIds : privateIds }),
})

/** Null where no route table could be read: then it is of neither kind. VPC User Guide, Subnet types. */
function wayOf(network: Network, subnet: Subnet): { readonly tableId: string; readonly isPublic: boolean | null } {
  const table = tableOf(network, subnet)
  if (table === null) return { tableId: '', isPublic: null }
  const isPublic = table.routes.some(
    ({ destination, target, state }) =>
      ['0.0.0.0/0', '::/0'].includes(destination) && target.kind === 'internet-gateway' && state === 'active',
  )
  return { tableId: table.id, isPublic }
}
