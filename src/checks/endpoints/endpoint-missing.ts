/** Is there a VPC endpoint for what the start calls, where no other way leads to it? */
import type { Change } from '../../domain/change.ts'
import { defineCheck } from '../../domain/check.ts'
import { endpointServiceName } from '../../domain/partition.ts'
import type { Text } from '../../domain/text.ts'
import { causesOf } from '../../network/causes.ts'
import { oneEachZone, subnetsOf, tableIdsOf } from '../../network/lookup.ts'
import { brokenPaths, destinationsOf, findingOf, subnetIdsOf } from '../engine/path-finding.ts'
import { workingGateway } from '../routes/nat-way.ts'
import { ipv4Note } from '../routes/way-out.ts'
import { newGatewayEndpoint, newInterfaceEndpoint } from './endpoint-changes.ts'

interface Details {
  readonly vpcId: string
  readonly serviceName: string
  readonly changes: readonly Change[]
  readonly routeTableIds: readonly string[]
  readonly brokenSubnetIds: readonly string[]
  /** The other repair: a NAT gateway of the VPC that leads out; null where it has none. */
  readonly natGatewayId: string | null
  readonly destinations: readonly string[]
  readonly notes: readonly Text[]
}

export default defineCheck<Details, 'network' | 'paths'>({
  id: 'endpoint-missing',
  step: 'endpoints',
  severity: 'blocker',
  needs: ['network', 'paths'],
  speaksFor: ['endpoint-missing'],
  permissions: ['ec2:DescribeVpcEndpoints', 'ec2:DescribeRouteTables', 'ec2:DescribeSubnets'],

  title: { en: 'A VPC endpoint is missing', ko: 'VPC 엔드포인트가 없습니다' },
  why: {
    en: 'These subnets have no way to the internet, so every AWS service that a start calls needs a VPC endpoint. Without this one the call times out and the task stops with ResourceInitializationError or CannotPullContainerError.',
    ko: '이 서브넷에는 인터넷으로 가는 경로가 없으므로 태스크를 시작할 때 호출하는 AWS 서비스마다 VPC 엔드포인트가 필요합니다. 엔드포인트가 없으면 호출이 시간 초과되고 태스크가 ResourceInitializationError 또는 CannotPullContainerError로 중지됩니다.',
  },

  evaluate: ({ network, paths }) =>
    causesOf(paths, ['endpoint-missing'], ({ service, vpcId }) => `${service} ${vpcId}`).map((cause) => {
      const { service, vpcId } = cause.faults[0]
      const brokenSubnetIds = subnetIdsOf(cause)
      const routeTableIds = tableIdsOf(network, brokenSubnetIds)
      const serviceName = endpointServiceName(network.region, service)
      const subnetIds = oneEachZone(subnetsOf(network, brokenSubnetIds)).map(({ id }) => id)
      return findingOf(cause, serviceName, {
        vpcId,
        serviceName,
        // The natural endpoint of S3 is the gateway one.
        changes:
          service === 's3'
            ? [newGatewayEndpoint(vpcId, serviceName, routeTableIds)]
            : newInterfaceEndpoint(network, paths, { vpcId, serviceName, subnetIds }),
        routeTableIds,
        brokenSubnetIds,
        natGatewayId: workingGateway(network, vpcId, routeTableIds),
        destinations: destinationsOf(cause),
        notes: ipv4Note(network, brokenPaths(paths, cause)),
      })
    }),

  explain: ({ vpcId, serviceName, brokenSubnetIds, destinations }) => ({
    en: `${vpcId} has no endpoint for ${serviceName}, and no other way leads there (${destinations.join(', ')}) from ${brokenSubnetIds.join(', ')}.`,
    ko: `VPC에 필요한 엔드포인트가 없습니다: ${serviceName} (${vpcId}). 다른 경로도 없는 서브넷: ${brokenSubnetIds.join(', ')}, 연결할 수 없는 대상: ${destinations.join(', ')}`,
  }),

  remedy: ({ vpcId, changes, routeTableIds, natGatewayId, notes }) => ({
    changes,
    after: [
      ...(takesGroupOver(changes) ? [forAll(vpcId)] : []),
      ...(natGatewayId === null ? [] : [orNat(natGatewayId, routeTableIds)]),
      ...notes,
    ],
  }),
})

/** A group that is there lets these tasks in; whether it lets the others of the VPC in as well, nobody knows. */
function takesGroupOver(changes: readonly Change[]): boolean {
  const isInterface = changes.some((one) => one.kind === 'create-vpc-endpoint' && one.privateDnsEnabled === true)
  return isInterface && changes.every(({ kind }) => kind !== 'create-security-group')
}

function forAll(vpcId: string): Text {
  return {
    en: `Private DNS leads all of ${vpcId} to the endpoint: clients other than these tasks have to be let in by its security group as well.`,
    ko: `프라이빗 DNS는 VPC 전체를 엔드포인트로 보내므로, 이 태스크가 아닌 클라이언트도 엔드포인트의 보안 그룹에서 허용되는지 확인합니다: ${vpcId}`,
  }
}

/** One route instead of many endpoints, where a NAT gateway is there already. */
function orNat(natGatewayId: string, routeTableIds: readonly string[]): Text {
  const tables = routeTableIds.join(', ')
  return {
    en: `Or, for every host at once: VPC → Route tables → ${tables} → Edit routes: 0.0.0.0/0 → ${natGatewayId} → Save changes`,
    ko: `또는 모든 호스트에 대해 한 번에: VPC → 라우팅 테이블 → ${tables} → 라우팅 편집에서 다음 경로를 추가하고 변경 사항 저장을 누릅니다: 0.0.0.0/0 → ${natGatewayId}`,
  }
}
