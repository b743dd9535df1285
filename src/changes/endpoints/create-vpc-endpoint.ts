/** A VPC endpoint: for S3 a route in tables, for other services addresses in subnets. EC2 API Reference, CreateVpcEndpoint. */
import type { ChangeOf } from '../../domain/change.ts'
import type { Endpoint } from '../../domain/network.ts'
import type { ChangeDefinition, Resolved } from '../change-kind.ts'
import { type AwsCall, callOf } from '../command-line.ts'
import { addItems, isRefused, itemOf, itemsOf } from '../network-facts.ts'
import { argumentsOf } from '../terraform.ts'
import { privateDnsRefusal, withSubnets, withTables } from './endpoint-facts.ts'

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

export const createVpcEndpoint: ChangeDefinition<'create-vpc-endpoint'> = {
  kind: 'create-vpc-endpoint',
  made: { query: 'VpcEndpoint.VpcEndpointId', words: { en: 'the new endpoint', ko: '새 엔드포인트' } },

  console: ({ vpcEndpointType, vpcId, serviceName, routeTableIds = [], subnetIds = [], securityGroupIds = [] }) => [
    vpcEndpointType === 'Gateway'
      ? {
          en: `VPC → Endpoints → Create endpoint: AWS services, ${serviceName} of type Gateway, VPC ${vpcId}, route tables ${routeTableIds.join(', ')} → Create endpoint`,
          ko: `VPC → 엔드포인트 → 엔드포인트 생성에서 다음과 같이 지정하고 엔드포인트 생성을 누릅니다. AWS 서비스: ${serviceName} (유형 Gateway), VPC: ${vpcId}, 라우팅 테이블: ${routeTableIds.join(', ')}`,
        }
      : {
          en: `VPC → Endpoints → Create endpoint: AWS services, ${serviceName}, VPC ${vpcId}, Enable DNS name, subnets ${subnetIds.join(', ')}, security group ${securityGroupIds.join(', ')} → Create endpoint`,
          ko: `VPC → 엔드포인트 → 엔드포인트 생성에서 다음과 같이 지정하고 엔드포인트 생성을 누릅니다. AWS 서비스: ${serviceName}, VPC: ${vpcId}, DNS 이름 활성화 선택, 서브넷: ${subnetIds.join(', ')}, 보안 그룹: ${securityGroupIds.join(', ')}`,
        },
  ],

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
}

/** EC2 has no waiter for endpoints. */
export function waitWhile(state: string, ids: readonly string[]) {
  const ask: AwsCall = {
    aws: ['ec2', 'describe-vpc-endpoints'],
    flags: [
      ['--vpc-endpoint-ids', ...ids],
      ['--query', 'VpcEndpoints[].State'],
      ['--output', 'text'],
    ],
  }
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
    requesterManaged: false,
  }
}

/** `com.amazonaws.ap-northeast-2.ecr.api` → `ecr_api`. */
export function shortName(serviceName: string): string {
  const rest = serviceName.split(/\.[a-z]{2,4}(?:-[a-z]+)+-\d+\./)[1] ?? serviceName
  return rest.replaceAll(/[^A-Za-z0-9]/g, '_')
}
