/** Settings of a VPC endpoint. EC2 API Reference, ModifyVpcEndpoint. */
import type { ChangeOf } from '../../domain/change.ts'
import type { GatheredFacts } from '../../domain/facts.ts'
import type { Endpoint, Subnet } from '../../domain/network.ts'
import type { Text } from '../../domain/text.ts'
import { formatPoint, rangesOf } from '../../network/addresses.ts'
import type { Applied, Definitions, Resolved } from '../change-kind.ts'
import { callOf } from '../command-line.ts'
import { changeOne, freeAddress, inTurn, isRefused, itemOf, itemsOf } from '../network-facts.ts'
import { argumentsOf, encoded, type Field, fieldsOf, type TerraformBlock } from '../terraform.ts'
import { edited, privateDnsRefusal, withSubnets, withTables } from './endpoint-facts.ts'

type Modified = Resolved<ChangeOf<'modify-vpc-endpoint'>>

const OPEN = 'jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "*", Resource = "*" }] })'

export const vpcEndpointSettings: Definitions<'modify-vpc-endpoint'> = {
  'modify-vpc-endpoint': {
    console: (change) => [step(change)],
    cli: ({ dnsOptions, ...change }) => [
      callOf('ec2', { ...change, ...(dnsOptions === undefined ? {} : { dnsOptions: shorthandOf(dnsOptions) }) }),
    ],
    terraform: (change) => blocks(change),

    apply(facts, change) {
      const endpoint = itemsOf(facts, 'endpoints')?.find(({ id }) => id === change.vpcEndpointId)
      if (itemsOf(facts, 'endpoints') === null) return null
      if (endpoint === undefined) return { refused: 'InvalidVpcEndpointId.NotFound' }
      if (endpoint.state !== 'available') return { refused: 'IncorrectState' }
      const refusal = change.privateDnsEnabled === true ? privateDnsRefusal(facts, endpoint) : null
      if (refusal !== null) return refusal ?? null
      const tables = withTables(facts, endpoint.id, change.addRouteTableIds ?? [])
      if (tables === null || isRefused(tables)) return tables
      const placed = withSubnets(tables, endpoint.id, change.addSubnetIds ?? [])
      if (placed === null || isRefused(placed)) return placed
      const now = itemsOf(placed, 'endpoints')?.find(({ id }) => id === endpoint.id) ?? endpoint
      const spread = change.ipAddressType === 'dualstack' ? withBothFamilies(placed, now) : placed
      return edited(spread, { ...now, ...settings(change) })
    },
  },
}

/** Each of its subnets needs a block of both families; an interface gets an address of the one that it lacks. */
function withBothFamilies(facts: GatheredFacts, { subnetIds, interfaceIds }: Endpoint): Applied {
  const own = subnetIds.flatMap((id) => itemOf(facts, 'subnets', id) ?? [])
  const isDual = own.length === subnetIds.length && own.every(({ cidrs }) => cidrs.some((one) => one.includes(':')))
  if (!isDual) return { refused: 'InvalidParameter' }
  return inTurn(facts, interfaceIds, (before, interfaceId) =>
    changeOne(before, 'interfaces', interfaceId, (one) => {
      const subnet = itemOf(before, 'subnets', one.subnetId)
      if (subnet === undefined) return one
      const address = freeAddress(subnet, itemsOf(before, 'interfaces') ?? [])
      const privateIps = one.privateIps.length > 0 || address === null ? one.privateIps : [address]
      const ipv6Addresses = one.ipv6Addresses.length > 0 ? one.ipv6Addresses : [ipv6AddressIn(subnet)]
      return { ...one, privateIps, ipv6Addresses }
    }),
  )
}

/** Some address of the block, which has plenty. */
function ipv6AddressIn({ cidrs }: Subnet): string {
  const [first = 0n] = rangesOf(cidrs, 6)
  return formatPoint(BigInt(first) + 4_096n)
}

function settings({ dnsOptions, policyDocument, privateDnsEnabled, resetPolicy }: Modified): Partial<Endpoint> {
  return {
    ...(privateDnsEnabled === true ? { privateDns: true } : {}),
    ...(dnsOptions?.dnsRecordIpType === undefined ? {} : { dnsRecordIpType: dnsOptions.dnsRecordIpType }),
    ...(dnsOptions?.privateDnsOnlyForInboundResolverEndpoint === false
      ? { privateDnsForInboundResolverOnly: false }
      : {}),
    ...(policyDocument === undefined ? {} : { policy: policyDocument }),
    ...(resetPolicy === true ? { policy: null } : {}),
  }
}

function step({ vpcEndpointId: id, addRouteTableIds, addSubnetIds, ...rest }: Modified): Text {
  const { policyDocument, resetPolicy, privateDnsEnabled } = rest
  if (addRouteTableIds !== undefined)
    return {
      en: `VPC → Endpoints → ${id} → Route tables → Manage route tables: select ${addRouteTableIds.join(', ')} as well → Modify route tables`,
      ko: `VPC → 엔드포인트 → ${id} → 라우팅 테이블 → 라우팅 테이블 관리에서 다음 라우팅 테이블을 추가로 선택하고 라우팅 테이블 수정을 누릅니다: ${addRouteTableIds.join(', ')}`,
    }
  if (addSubnetIds !== undefined)
    return {
      en: `VPC → Endpoints → ${id} → Actions → Manage subnets: select ${addSubnetIds.join(', ')} as well → Modify subnets`,
      ko: `VPC → 엔드포인트 → ${id} → 작업 → 서브넷 관리에서 다음 서브넷을 추가로 선택하고 서브넷 수정을 누릅니다: ${addSubnetIds.join(', ')}`,
    }
  if (policyDocument !== undefined)
    return {
      en: `VPC → Endpoints → ${id} → Policy → Edit policy → Custom: paste this document → Save. ${policyDocument}`,
      ko: `VPC → 엔드포인트 → ${id} → 정책 → 정책 편집 → 사용자 지정에 다음 문서를 붙여 넣고 저장을 누릅니다. ${policyDocument}`,
    }
  if (resetPolicy === true)
    return {
      en: `VPC → Endpoints → ${id} → Policy → Edit policy → Full access → Save`,
      ko: `VPC → 엔드포인트 → ${id} → 정책 → 정책 편집 → 모든 액세스를 선택하고 저장을 누릅니다.`,
    }
  if (privateDnsEnabled === true)
    return {
      en: `VPC → Endpoints → ${id} → Actions → Modify private DNS name → Enable for this endpoint → Save changes`,
      ko: `VPC → 엔드포인트 → ${id} → 작업 → 프라이빗 DNS 이름 수정 → 이 엔드포인트에 대해 활성화를 선택하고 변경 사항 저장을 누릅니다.`,
    }
  return {
    en: `VPC → Endpoints → ${id} → Actions → Modify endpoint settings: IP address type Dualstack, DNS record IP type Dualstack → Save changes`,
    ko: `VPC → 엔드포인트 → ${id} → 작업 → 엔드포인트 설정 수정에서 IP 주소 유형과 DNS 레코드 IP 유형을 듀얼 스택으로 바꾸고 변경 사항 저장을 누릅니다.`,
  }
}

function blocks(change: Modified): readonly TerraformBlock[] {
  const { vpcEndpointId, addRouteTableIds = [], addSubnetIds = [], policyDocument, resetPolicy } = change
  const fields = settingsOf(change)
  const policy = resetPolicy === true ? OPEN : policyDocument === undefined ? null : encoded(policyDocument)
  return [
    ...addRouteTableIds.map((routeTableId) => ({
      type: 'aws_vpc_endpoint_route_table_association',
      name: `${vpcEndpointId}_${routeTableId}`,
      fields: fieldsOf({ vpcEndpointId, routeTableId }),
    })),
    ...addSubnetIds.map((subnetId) => ({
      type: 'aws_vpc_endpoint_subnet_association',
      name: `${vpcEndpointId}_${subnetId}`,
      fields: fieldsOf({ vpcEndpointId, subnetId }),
    })),
    ...(fields.length === 0 ? [] : [{ existing: 'aws_vpc_endpoint', of: vpcEndpointId, fields }]),
    ...(policy === null
      ? []
      : [{ existing: 'aws_vpc_endpoint', of: vpcEndpointId, fields: [['policy', policy]] } as const]),
  ]
}

function settingsOf(change: Modified): readonly Field[] {
  return argumentsOf(change, 'privateDnsEnabled', 'ipAddressType', 'dnsOptions')
}

function shorthandOf(options: object): string {
  return Object.entries(options)
    .map(([name, value]) => `${name[0]?.toUpperCase()}${name.slice(1)}=${value}`)
    .join(',')
}
