/** Can the VPC endpoint that the name leads to be used at all? */

import { createGateway, createInterface } from '../../changes/endpoint-lines.ts'
import { list, resource, text } from '../../changes/terraform.ts'
import { defineCheck } from '../../domain/check.ts'
import type { Endpoint } from '../../domain/network.ts'
import type { RemedyWords } from '../../domain/report.ts'
import { causesOf, type FaultKind } from '../../network/causes.ts'
import { endpointOf, oneEachZone, subnetsOf } from '../../network/lookup.ts'
import { findingOf, subnetIdsOf } from '../engine/path-finding.ts'

type Kind = Extract<FaultKind, 'endpoint-not-available' | 'endpoint-without-interfaces' | 'no-ipv4-record'>

interface Details {
  readonly kind: Kind
  /** As read; its lists are what a new one gets. */
  readonly endpoint: Endpoint
  /** One a zone, of those the tasks are in. */
  readonly taskSubnetIds: readonly string[]
}

export default defineCheck<Details, 'network' | 'paths'>({
  id: 'endpoint-not-available',
  step: 'endpoints',
  severity: 'blocker',
  needs: ['network', 'paths'],
  speaksFor: ['endpoint-not-available', 'endpoint-without-interfaces', 'no-ipv4-record'],
  permissions: ['ec2:DescribeVpcEndpoints', 'ec2:DescribeNetworkInterfaces'],

  title: { en: 'A VPC endpoint cannot be used', ko: 'VPC 엔드포인트를 사용할 수 없습니다' },
  why: {
    en: 'There is an endpoint for the service, and it answers nobody: the call times out or finds no address, and the task does not start.',
    ko: '서비스의 엔드포인트가 있지만 응답하지 않습니다. 호출이 시간 초과되거나 주소를 찾지 못해 태스크가 시작되지 못합니다.',
  },

  evaluate: ({ network, paths }) =>
    causesOf(
      paths,
      ['endpoint-not-available', 'endpoint-without-interfaces', 'no-ipv4-record'],
      ({ kind, endpointId }) => `${kind} ${endpointId}`,
    ).flatMap((cause) => {
      const [{ kind, endpointId }] = cause.faults
      const endpoint = endpointOf(network, endpointId)
      if (endpoint === null) return []
      const taskSubnetIds = oneEachZone(subnetsOf(network, subnetIdsOf(cause))).map(({ id }) => id)
      return [findingOf(cause, endpointId, { kind, endpoint, taskSubnetIds })]
    }),

  explain: ({ kind, endpoint: { id, serviceName, state } }) => {
    const name = `${id} (${serviceName})`
    if (kind === 'no-ipv4-record')
      return {
        en: `${name} answers with IPv6 addresses only; the tasks have IPv4 addresses.`,
        ko: `IPv6 주소로만 응답하여 IPv4를 사용하는 태스크에서 연결할 수 없는 엔드포인트입니다: ${name}`,
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

  remedy: (details) => {
    if (details.kind === 'no-ipv4-record') return answerIpv4(details.endpoint)
    return details.kind === 'endpoint-without-interfaces' ? addSubnets(details) : makeAgain(details)
  },
})

/** PrivateLink Guide, "DNS record IP type". */
function answerIpv4({ id, vpcId, serviceName }: Endpoint): RemedyWords {
  return {
    console: [
      {
        en: `VPC → Endpoints → ${id} → Actions → Modify endpoint settings: IP address type Dualstack, DNS record IP type Dualstack → Save changes`,
        ko: `VPC → 엔드포인트 → ${id} → 작업 → 엔드포인트 설정 수정에서 IP 주소 유형과 DNS 레코드 IP 유형을 듀얼 스택으로 바꾸고 변경 사항 저장을 누릅니다.`,
      },
    ],
    cli: [
      `aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${id} --ip-address-type dualstack --dns-options DnsRecordIpType=dualstack`,
    ],
    terraform: resource('aws_vpc_endpoint', id, [
      ['vpc_id', text(vpcId)],
      ['service_name', text(serviceName)],
      ['ip_address_type', text('dualstack')],
      ['dns_options', [['dns_record_ip_type', text('dualstack')]]],
    ]),
  }
}

function addSubnets({ endpoint: { id, vpcId, serviceName }, taskSubnetIds }: Details): RemedyWords {
  return {
    console: [
      {
        en: `VPC → Endpoints → ${id} → Actions → Manage subnets: ${taskSubnetIds.join(', ')} → Modify subnets`,
        ko: `VPC → 엔드포인트 → ${id} → 작업 → 서브넷 관리에서 다음 서브넷을 선택하고 서브넷 수정을 누릅니다: ${taskSubnetIds.join(', ')}`,
      },
    ],
    cli: [`aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${id} --add-subnet-ids ${taskSubnetIds.join(' ')}`],
    terraform: resource('aws_vpc_endpoint', id, [
      ['vpc_id', text(vpcId)],
      ['vpc_endpoint_type', text('Interface')],
      ['service_name', text(serviceName)],
      ['subnet_ids', list(taskSubnetIds)],
    ]),
  }
}

/** An endpoint does not come back from these states. A private DNS name is free again once the old one is deleted. */
function makeAgain({ endpoint, taskSubnetIds }: Details): RemedyWords {
  const { id, type, state, vpcId, serviceName, subnetIds, groupIds, routeTableIds } = endpoint
  const made =
    type === 'gateway'
      ? createGateway(vpcId, serviceName, routeTableIds)
      : createInterface({
          vpcId,
          serviceName,
          subnetIds: subnetIds.length > 0 ? subnetIds : taskSubnetIds,
          groupIds,
          clientGroupIds: [],
          closedGroupIds: [],
        })
  if (['deleting', 'deleted'].includes(state)) return made
  return {
    console: [
      {
        en: `VPC → Endpoints → ${id} → Actions → Delete VPC endpoints, and wait until it is gone`,
        ko: `VPC → 엔드포인트 → ${id} → 작업 → VPC 엔드포인트 삭제를 누르고 삭제될 때까지 기다립니다.`,
      },
      ...made.console,
    ],
    cli: [`aws ec2 delete-vpc-endpoints --vpc-endpoint-ids ${id}`, ...made.cli],
    terraform: made.terraform,
  }
}
