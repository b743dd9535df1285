/** Has each endpoint an address in every zone that the tasks start in? */
import { defineCheck } from '../../domain/check.ts'
import { distinct } from '../../domain/collections.ts'
import type { Endpoint, Network, Subnet } from '../../domain/network.ts'
import type { Path } from '../../domain/path.ts'
import { endpointOf, oneEachZone, subnetsOf } from '../../network/lookup.ts'

interface Details {
  readonly endpointId: string
  readonly serviceName: string
  readonly endpointZones: readonly string[]
  readonly missing: readonly { readonly zone: string; readonly subnetId: string }[]
}

export default defineCheck<Details, 'network' | 'paths'>({
  id: 'endpoint-zone-gap',
  step: 'endpoints',
  severity: 'warning',
  needs: ['network', 'paths'],
  permissions: ['ec2:DescribeVpcEndpoints', 'ec2:DescribeSubnets'],

  title: { en: 'An endpoint has no address in a task zone', ko: '태스크의 가용 영역에 엔드포인트의 주소가 없습니다' },
  why: {
    en: 'Tasks reach the endpoint in another zone over the local route, a little slower and for a little money. With addresses in one zone only, an outage of that zone stops every start, in healthy zones, too.',
    ko: '태스크는 로컬 경로를 통해 다른 가용 영역의 엔드포인트에 연결되며, 조금 느리고 약간의 비용이 듭니다. 주소가 한 가용 영역에만 있으면 그 영역의 장애로 정상 영역에서도 태스크를 시작할 수 없습니다.',
  },

  evaluate: ({ network, paths }) =>
    usedEndpoints(network, paths).flatMap(([endpoint, taskSubnets]) => {
      const own = subnetsOf(network, endpoint.subnetIds)
      // Of an endpoint whose subnets are not all visible, nobody can say which zone it lacks.
      if (own.length === 0 || own.length < endpoint.subnetIds.length) return []
      const zones = new Set(own.map(({ zoneId }) => zoneId))
      const missing = oneEachZone(taskSubnets).filter(({ zoneId }) => !zones.has(zoneId))
      if (missing.length === 0) return []
      return [
        {
          subject: endpoint.id,
          severity: zones.size === 1 ? ('warning' as const) : ('advice' as const),
          evidence: [
            ...own.map((one) => zoneLine(one, { en: 'the endpoint has an address', ko: '엔드포인트의 주소 있음' })),
            ...missing.map((one) =>
              zoneLine(one, { en: 'tasks start here, no address', ko: '태스크가 시작되지만 주소 없음' }),
            ),
          ],
          details: {
            endpointId: endpoint.id,
            serviceName: endpoint.serviceName,
            endpointZones: distinct(own.map(({ zone }) => zone)),
            missing: missing.map(({ zone, id }) => ({ zone, subnetId: id })),
          },
        },
      ]
    }),

  explain: ({ endpointId, serviceName, endpointZones, missing }) => {
    const zones = missing.map(({ zone }) => zone).join(', ')
    const there = endpointZones.join(', ')
    if (endpointZones.length === 1)
      return {
        en: `${endpointId} (${serviceName}) has addresses in ${there} alone, and tasks start in ${zones} as well: an outage of ${there} stops starts there, too.`,
        ko: `엔드포인트의 주소가 한 가용 영역에만 있습니다: ${endpointId} (${serviceName}, ${there}). 그 영역에 장애가 나면 다음 영역의 태스크도 시작되지 못합니다: ${zones}`,
      }
    return {
      en: `${endpointId} (${serviceName}) has addresses in ${there}, none in ${zones}: tasks there cross zones, which costs a little time and money and no resilience.`,
      ko: `태스크의 일부 가용 영역에 엔드포인트의 주소가 없습니다: ${zones} (${endpointId}, ${serviceName}, 주소가 있는 영역: ${there}). 다른 영역을 거치므로 약간의 지연과 비용만 생깁니다.`,
    }
  },

  remedy: ({ endpointId, missing }) => {
    const addSubnetIds = missing.map(({ subnetId }) => subnetId)
    return { changes: [{ kind: 'modify-vpc-endpoint', vpcEndpointId: endpointId, addSubnetIds }] }
  },
})

/** Interface endpoints on the way of the service's paths, with the subnets whose tasks go through them. */
function usedEndpoints(network: Network, paths: readonly Path[]): readonly (readonly [Endpoint, readonly Subnet[]])[] {
  const used = paths.filter(({ via }) => via.kind === 'interface-endpoint')
  return distinct(used.flatMap(({ via }) => via.id ?? [])).flatMap((id) => {
    const endpoint = endpointOf(network, id)
    if (endpoint === null) return []
    const from = used.filter(({ via }) => via.id === id).map((path) => path.from.subnetId)
    return [[endpoint, subnetsOf(network, from)] as const]
  })
}

/** Zone ids compare across accounts, zone names do not. */
function zoneLine({ id, zone, zoneId }: Subnet, what: { readonly en: string; readonly ko: string }) {
  return { en: `${zone} (${zoneId}), ${id}: ${what.en}`, ko: `${zone} (${zoneId}), ${id}: ${what.ko}` }
}
