/** VPC endpoints: made, awaited, taken out. */
import type { ChangeOf } from '../../domain/change.ts'
import type { Endpoint } from '../../domain/network.ts'
import type { Definitions, Resolved } from '../change-kind.ts'
import { type AwsCall, callOf, flagsOf } from '../command-line.ts'
import { addItems, isRefused, itemOf, itemsOf, withItems } from '../network-facts.ts'
import { argumentsOf } from '../terraform.ts'
import { privateDnsRefusal, withoutEndpoints, withSubnets, withTables } from './endpoint-facts.ts'

type Created = Resolved<ChangeOf<'create-vpc-endpoint'>>

const ARGUMENTS = [
  'vpcId',
  'vpcEndpointType',
  'serviceName',
  'routeTableIds',
  'subnetIds',
  'securityGroupIds',
  'privateDnsEnabled',
] as const

export const vpcEndpoints: Definitions<'create-vpc-endpoint' | 'describe-vpc-endpoints' | 'delete-vpc-endpoints'> = {
  /** A VPC endpoint: for S3 a route in tables, for other services addresses in subnets. EC2 API Reference, CreateVpcEndpoint. */
  'create-vpc-endpoint': {
    made: { query: 'VpcEndpoint.VpcEndpointId', words: { en: 'the new endpoint', ko: '새 엔드포인트' } },
    console: ({ vpcEndpointType, vpcId, serviceName, routeTableIds = [], subnetIds = [], securityGroupIds = [] }) =>
      vpcEndpointType === 'Gateway'
        ? {
            en: `VPC → Endpoints → Create endpoint: AWS services, ${serviceName} of type Gateway, VPC ${vpcId}, route tables ${routeTableIds.join(', ')} → Create endpoint`,
            ko: `VPC → 엔드포인트 → 엔드포인트 생성에서 다음과 같이 지정하고 엔드포인트 생성을 누릅니다. AWS 서비스: ${serviceName} (유형 Gateway), VPC: ${vpcId}, 라우팅 테이블: ${routeTableIds.join(', ')}`,
          }
        : {
            en: `VPC → Endpoints → Create endpoint: AWS services, ${serviceName}, VPC ${vpcId}, Enable DNS name, subnets ${subnetIds.join(', ')}, security group ${securityGroupIds.join(', ')} → Create endpoint`,
            ko: `VPC → 엔드포인트 → 엔드포인트 생성에서 다음과 같이 지정하고 엔드포인트 생성을 누릅니다. AWS 서비스: ${serviceName}, VPC: ${vpcId}, DNS 이름 활성화 선택, 서브넷: ${subnetIds.join(', ')}, 보안 그룹: ${securityGroupIds.join(', ')}`,
          },

    cli: (change) => [callOf('ec2', change), waitWhile('pending', [change.makes])],
    terraform: (change) => [
      { type: 'aws_vpc_endpoint', name: shortName(change.serviceName), fields: argumentsOf(change, ...ARGUMENTS) },
    ],

    apply(facts, change) {
      const { subnetIds = [], securityGroupIds = [], routeTableIds = [] } = change
      const endpoint = endpointOf(change)
      if (itemsOf(facts, 'endpoints') === null || itemsOf(facts, 'securityGroups') === null) return null
      const foreign = securityGroupIds.some((id) => itemOf(facts, 'securityGroups', id)?.vpcId !== change.vpcId)
      if (foreign) return { refused: 'InvalidSecurityGroupId.NotFound' }
      const refusal = endpoint.privateDns ? privateDnsRefusal(facts, endpoint) : null
      if (refusal === undefined) return null
      const added = refusal ?? addItems(facts, 'endpoints', endpoint)
      if (added === null || isRefused(added)) return added
      return endpoint.type === 'gateway'
        ? withTables(added, endpoint.id, routeTableIds)
        : withSubnets(added, endpoint.id, subnetIds)
    },
  },

  /** A wait until endpoints are made, or gone. EC2 API Reference, DescribeVpcEndpoints. */
  'describe-vpc-endpoints': {
    console({ vpcEndpointIds, while: state }) {
      const ids = vpcEndpointIds.join(', ')
      return [
        state === 'pending'
          ? {
              en: `VPC → Endpoints: wait until the status is Available: ${ids}`,
              ko: `VPC → 엔드포인트에서 상태가 사용 가능이 될 때까지 기다립니다: ${ids}`,
            }
          : {
              en: `VPC → Endpoints: wait until it is gone: ${ids}`,
              ko: `VPC → 엔드포인트에서 삭제될 때까지 기다립니다: ${ids}`,
            },
      ]
    },

    cli: ({ vpcEndpointIds, while: state }) => [waitWhile(state, vpcEndpointIds)],

    // Terraform waits by itself.
    /** What waits for somebody's acceptance does not come by itself. */
    apply(facts, { vpcEndpointIds, while: state }) {
      const endpoints = itemsOf(facts, 'endpoints')
      if (endpoints === null) return null
      const awaited = endpoints.filter((one) => vpcEndpointIds.includes(one.id) && one.state === state)
      if (state === 'deleting') return withoutEndpoints(facts, awaited)
      return withItems(
        facts,
        'endpoints',
        endpoints.map((one) => (awaited.includes(one) ? { ...one, state: 'available' } : one)),
      )
    },
  },

  /** VPC endpoints that go; their private DNS name is free once they are gone. EC2 API Reference, DeleteVpcEndpoints. */
  'delete-vpc-endpoints': {
    console: ({ vpcEndpointIds }) => ({
      en: `VPC → Endpoints → ${vpcEndpointIds.join(', ')} → Actions → Delete VPC endpoints, and wait until it is gone`,
      ko: `VPC → 엔드포인트 → ${vpcEndpointIds.join(', ')} → 작업 → VPC 엔드포인트 삭제를 누르고 삭제될 때까지 기다립니다.`,
    }),

    cli: (change) => [callOf('ec2', change), waitWhile('deleting', change.vpcEndpointIds)],
    terraform: ({ vpcEndpointIds }) => vpcEndpointIds.map((id) => ({ gone: 'aws_vpc_endpoint', of: id })),

    apply(facts, { vpcEndpointIds }) {
      const endpoints = itemsOf(facts, 'endpoints')
      if (endpoints === null) return null
      const gone = endpoints.filter(({ id }) => vpcEndpointIds.includes(id))
      return gone.length < vpcEndpointIds.length
        ? { refused: 'InvalidVpcEndpointId.NotFound' }
        : withoutEndpoints(facts, gone)
    },
  },
}

/** EC2 has no waiter for endpoints. */
export function waitWhile(state: string, ids: readonly string[]) {
  const flags = flagsOf({ vpcEndpointIds: ids, query: 'VpcEndpoints[].State', output: 'text' })
  const ask: AwsCall = { aws: ['ec2', 'describe-vpc-endpoints'], flags }
  return { ask, while: state }
}

/** As it is when it has become available. */
function endpointOf({ makes, vpcEndpointType, vpcId, serviceName, securityGroupIds = [], ...rest }: Created): Endpoint {
  const isGateway = vpcEndpointType === 'Gateway'
  return {
    id: makes,
    vpcId,
    type: isGateway ? 'gateway' : 'interface',
    serviceName,
    serviceRegion: null,
    state: 'available',
    privateDns: rest.privateDnsEnabled === true,
    privateDnsForInboundResolverOnly: false,
    dnsRecordIpType: isGateway ? null : 'ipv4',
    dnsNames: [],
    subnetIds: [],
    interfaceIds: [],
    routeTableIds: [],
    groupIds: securityGroupIds,
    policy: null,
  }
}

/** `com.amazonaws.ap-northeast-2.ecr.api` → `ecr_api`. */
export function shortName(serviceName: string): string {
  const rest = serviceName.split(/\.[a-z]{2,4}(?:-[a-z]+)+-\d+\./)[1] ?? serviceName
  return rest.replaceAll(/[^A-Za-z0-9]/g, '_')
}
