/** Can the VPC endpoint that the name leads to be used at all? */
import type { Change } from '../../domain/change.ts'
import { defineCheck } from '../../domain/check.ts'
import type { Endpoint, Network } from '../../domain/network.ts'
import type { Path } from '../../domain/path.ts'
import { causesOf } from '../../network/causes.ts'
import { endpointOf, oneEachZone, subnetsOf } from '../../network/lookup.ts'
import { findingOf, subnetIdsOf } from '../engine/path-finding.ts'
import { newGatewayEndpoint, newInterfaceEndpoint } from './endpoint-changes.ts'

const KINDS = ['endpoint-not-available', 'endpoint-without-interfaces', 'no-ipv4-record', 'no-ipv6-record'] as const
type Kind = (typeof KINDS)[number]

interface Details {
  readonly kind: Kind
  readonly endpoint: Endpoint
  readonly changes: readonly Change[]
}

export default defineCheck<Details, 'network' | 'paths'>({
  id: 'endpoint-not-available',
  step: 'endpoints',
  severity: 'blocker',
  needs: ['network', 'paths'],
  speaksFor: KINDS,
  permissions: ['ec2:DescribeVpcEndpoints', 'ec2:DescribeNetworkInterfaces'],

  title: { en: 'A VPC endpoint cannot be used', ko: 'VPC 엔드포인트를 사용할 수 없습니다' },
  why: {
    en: 'There is an endpoint for the service, and it answers nobody: the call times out or finds no address, and the task does not start.',
    ko: '서비스의 엔드포인트가 있지만 응답하지 않습니다. 호출이 시간 초과되거나 주소를 찾지 못해 태스크가 시작되지 못합니다.',
  },

  evaluate: ({ network, paths }) =>
    causesOf(paths, KINDS, ({ kind, endpointId }) => `${kind} ${endpointId}`).flatMap((cause) => {
      const [{ kind, endpointId }] = cause.faults
      const endpoint = endpointOf(network, endpointId)
      if (endpoint === null) return []
      const taskSubnetIds = oneEachZone(subnetsOf(network, subnetIdsOf(cause))).map(({ id }) => id)
      const changes = changesFor(network, paths, kind, endpoint, taskSubnetIds)
      return [findingOf(cause, endpointId, { kind, endpoint, changes })]
    }),

  explain: ({ kind, endpoint: { id, serviceName, state } }) => {
    const name = `${id} (${serviceName})`
    if (kind === 'no-ipv4-record')
      return {
        en: `${name} answers with IPv6 addresses only; the tasks have IPv4 addresses.`,
        ko: `IPv6 주소로만 응답하여 IPv4를 사용하는 태스크에서 연결할 수 없는 엔드포인트입니다: ${name}`,
      }
    if (kind === 'no-ipv6-record')
      return {
        en: `${name} answers with IPv4 addresses only; the tasks have IPv6 addresses, and DNS64 is off.`,
        ko: `IPv4 주소로만 응답하여 IPv6만 사용하는 태스크에서 연결할 수 없는 엔드포인트입니다(DNS64 꺼짐): ${name}`,
      }
    if (kind === 'endpoint-without-interfaces')
      return {
        en: `${name} stands in no subnet and so has no address.`,
        ko: `서브넷이 없어 주소도 없는 엔드포인트입니다: ${name}`,
      }
    return {
      en: `${name} is in state ${state}; only an available endpoint can be used.`,
      ko: `사용 가능 상태가 아닌 엔드포인트입니다: ${name}, 상태: ${state}`,
    }
  },

  remedy: ({ changes }) => ({ changes }),
})

function changesFor(
  network: Network,
  paths: readonly Path[],
  kind: Kind,
  endpoint: Endpoint,
  taskSubnetIds: readonly string[],
): readonly Change[] {
  const { id: vpcEndpointId } = endpoint
  if (kind === 'endpoint-not-available') return makeAgain(network, paths, endpoint, taskSubnetIds)
  if (kind === 'endpoint-without-interfaces')
    return [{ kind: 'modify-vpc-endpoint', vpcEndpointId, addSubnetIds: taskSubnetIds }]
  // PrivateLink Guide, "DNS record IP type".
  const dnsOptions = { dnsRecordIpType: 'dualstack' } as const
  return [{ kind: 'modify-vpc-endpoint', vpcEndpointId, ipAddressType: 'dualstack', dnsOptions }]
}

/** An endpoint does not come back from these states. A private DNS name is free again once the old one is gone. */
function makeAgain(
  network: Network,
  paths: readonly Path[],
  { id, type, state, vpcId, serviceName, subnetIds, groupIds, routeTableIds }: Endpoint,
  taskSubnetIds: readonly string[],
): readonly Change[] {
  const gone: Readonly<Record<string, readonly Change[]>> = {
    deleted: [],
    deleting: [{ kind: 'describe-vpc-endpoints', vpcEndpointIds: [id], while: 'deleting' }],
  }
  const plan = { vpcId, serviceName, subnetIds: subnetIds.length > 0 ? subnetIds : taskSubnetIds, groupIds }
  return [
    ...(gone[state] ?? [{ kind: 'delete-vpc-endpoints', vpcEndpointIds: [id] } as const]),
    ...(type === 'gateway'
      ? [newGatewayEndpoint(vpcId, serviceName, routeTableIds)]
      : newInterfaceEndpoint(network, paths, plan)),
  ]
}
