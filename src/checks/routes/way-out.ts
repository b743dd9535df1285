/** What would mend a way that breaks off: a NAT gateway, a route back, an attachment, a setting, or a closer look. */

import { listed } from '../../domain/answer.ts'
import type { Change, Remedy } from '../../domain/change.ts'
import { distinct } from '../../domain/collections.ts'
import type { Network } from '../../domain/network.ts'
import type { FaultOf, Path } from '../../domain/path.ts'
import type { Text } from '../../domain/text.ts'
import { internetGatewayOf, oneEachZone, subnetsOf, tableOf } from '../../network/lookup.ts'
import { awsCommand } from '../service/service-changes.ts'
import { EVERYWHERE_IPV6, ipv6Way } from './ipv6-way.ts'
import { natWay } from './nat-way.ts'
import { EVERYWHERE, routeTo } from './route-change.ts'

type Own =
  | 'no-route'
  | 'dead-end-route'
  | 'peering-inactive'
  | 'transit-gateway-no-way'
  | 'no-such-address'
  | 'listener-missing'

export function wayOutOf(network: Network, fault: FaultOf<Own>, broken: readonly Path[]): Remedy {
  switch (fault.kind) {
    case 'no-route':
      if (fault.destination === 'nat64') return dns64(network, fault.subnetId)
      if (fault.destination === 'ipv6') return byIpv6(network, fault)
      return fault.destination === 'reply' ? reply(network, fault, broken) : byDefaultRoute(network, fault, broken)
    case 'dead-end-route':
      if (fault.targetKind === 'instance')
        return { changes: [{ kind: 'modify-instance-attribute', instanceId: fault.target, sourceDestCheck: false }] }
      if (fault.targetKind === 'network-interface') return withoutCheck(fault.target)
      return byNat(network, fault.routeTableId, [fault.target])
    case 'peering-inactive':
      return peering(network, fault)
    case 'transit-gateway-no-way':
      return transit(network, fault.transitGatewayId, broken)
    case 'no-such-address':
      return staleRecord(fault.address, broken)
    default:
      return lookAt(broken)
  }
}

/** Where no fault says more: the tool's own trace, hop by hop. */
export function lookAt(broken: readonly Path[]): Remedy {
  return {
    changes: [],
    before: [
      {
        en: 'Follow the way hop by hop with the commands below; the first hop that does not let everything through is the one to mend.',
        ko: '아래 명령으로 경로의 홉을 차례로 확인합니다. 트래픽을 일부라도 막는 첫 번째 홉을 고쳐야 합니다.',
      },
    ],
    commands: distinct(
      broken.map(({ from: { subnetId, securityGroupIds, publicIp }, host, port }) => {
        const flag = publicIp ? ' --public-ip' : ''
        return `ecs-pull-guard trace --from-subnet ${subnetId} --security-groups ${securityGroupIds.join(',')}${flag} --to ${host}:${port}`
      }),
    ),
  }
}

function sendersOf(network: Network, broken: readonly Path[]) {
  return subnetsOf(
    network,
    broken.map(({ from }) => from.subnetId),
  )
}

/** To the internet gateway where every sender has a public address; else to a NAT gateway. */
function byDefaultRoute(network: Network, { routeTableId }: FaultOf<'no-route'>, broken: readonly Path[]): Remedy {
  const vpcId = sendersOf(network, broken)[0]?.vpcId ?? ''
  const gatewayId = broken.every(({ from }) => from.publicIp) ? internetGatewayOf(network, vpcId) : null
  if (gatewayId === null) {
    const isForeign = broken.every(({ destination }) => destination.startsWith('registry:'))
    const { changes } = byNat(network, routeTableId)
    // With a NAT gateway to buy, private ECR comes first.
    const isBought = changes.some(({ kind }) => kind === 'create-nat-gateway')
    return {
      changes,
      ...(isForeign && isBought ? { before: [intoEcr(broken)] } : {}),
      after: isForeign ? [] : ipv4Note(network, broken),
    }
  }
  return { changes: [routeTo(network, { routeTableId, destination: EVERYWHERE }, { gatewayId })] }
}

/** Over the endpoints that other images come by, without any way to the internet. ECR User Guide, "Using pull through cache rules". */
function intoEcr(broken: readonly Path[]): Text {
  const hosts = distinct(broken.map(({ host }) => host)).join(', ')
  return {
    en: `First choice, without a NAT gateway: copy what comes from ${hosts} into private ECR, or fill a repository by a pull-through cache rule (its first pull comes from where there is internet), and name that image in the task definition. Else:`,
    ko: `우선 권장하는 방법(NAT 게이트웨이 불필요): 다음에서 가져오는 이미지를 프라이빗 ECR로 복사하거나 풀스루 캐시 규칙으로 리포지토리를 채우고(첫 풀은 인터넷에 연결된 곳에서 실행) 태스크 정의의 이미지를 바꿉니다: ${hosts}. 그렇지 않으면 다음과 같이 합니다.`,
  }
}

/** A host with both families calls the IPv4 names: aws/containers-roadmap#2792. */
export function ipv4Note(network: Network, broken: readonly Path[]): readonly Text[] {
  const dual = sendersOf(network, broken).filter(({ cidrs }) => cidrs.some((one) => one.includes(':')))
  return dual.length === 0 ? [] : [DUAL_STACK]
}

const DUAL_STACK: Text = {
  en: 'The dual-stack image name does not help: from a subnet with IPv4 addresses ECS calls ECR by names that have IPv4 addresses only, so that a way over IPv6 is no way.',
  ko: '듀얼 스택 이미지 이름을 사용해도 해결되지 않습니다. IPv4 주소가 있는 서브넷에서는 ECS가 IPv4 주소만 있는 이름으로 ECR을 호출하므로 IPv6 경로는 사용되지 않습니다.',
}

function byIpv6(network: Network, { routeTableId, subnetId }: FaultOf<'no-route'>): Remedy {
  const vpcId = subnetsOf(network, [subnetId])[0]?.vpcId ?? ''
  return { changes: ipv6Way(network, vpcId, [{ routeTableId, destination: EVERYWHERE_IPV6 }]) }
}

function byNat(network: Network, routeTableId: string, broken: readonly string[] = []): Remedy {
  const vpcId = listed(network.routeTables).find(({ id }) => id === routeTableId)?.vpcId ?? ''
  return { changes: natWay(network, vpcId, [{ routeTableId, destination: EVERYWHERE }], broken) }
}

function withoutCheck(networkInterfaceId: string): Remedy {
  return { changes: [{ kind: 'modify-network-interface-attribute', networkInterfaceId, sourceDestCheck: false }] }
}

/** DNS64 answers IPv4-only names with NAT64 addresses, which a NAT gateway translates. VPC User Guide, "DNS64 and NAT64". */
function dns64(network: Network, subnetId: string): Remedy {
  const [subnet] = subnetsOf(network, [subnetId])
  const table = subnet === undefined ? null : tableOf(network, subnet)
  const places = table === null ? [] : [{ routeTableId: table.id, destination: '64:ff9b::/96' }]
  const way = natWay(network, subnet?.vpcId ?? '', places)
  const on: readonly Change[] =
    subnet?.dns64 === true ? [] : [{ kind: 'modify-subnet-attribute', subnetId, enableDns64: true }]
  return { changes: [...on, ...way] }
}

/** The receiving side's table has to lead back to the sender's subnets, by the way the request came. */
function reply(network: Network, { routeTableId }: FaultOf<'no-route'>, broken: readonly Path[]): Remedy {
  const via = broken.find(({ via: { id } }) => id !== null)?.via
  const id = via?.id ?? ''
  const target = via?.kind === 'peering' ? { vpcPeeringConnectionId: id } : { transitGatewayId: id }
  const blocks = distinct(sendersOf(network, broken).flatMap(({ cidrs }) => cidrs.slice(0, 1)))
  return { changes: blocks.map((destination) => routeTo(network, { routeTableId, destination }, target)) }
}

/** Only a request that waits can be accepted; in any other state it is gone. VPC Peering Guide, "Peering connection lifecycle". */
function peering(network: Network, { peeringId, state }: FaultOf<'peering-inactive'>): Remedy {
  if (state === 'pending-acceptance')
    return { changes: [{ kind: 'accept-vpc-peering-connection', vpcPeeringConnectionId: peeringId }] }
  return {
    changes: [],
    before: [
      {
        en: `VPC → Peering connections → Create peering connection, in place of ${peeringId}; then put the new one into the routes of both sides`,
        ko: `VPC → 피어링 연결 → 피어링 연결 생성에서 새 연결을 만들고 양쪽 라우팅 테이블의 대상을 바꿉니다. 대체할 연결: ${peeringId}`,
      },
    ],
    commands: [
      awsCommand('ec2', {
        kind: 'describe-vpc-peering-connections',
        vpcPeeringConnectionIds: peeringId,
        region: network.region,
      }),
    ],
  }
}

/** An attachment has to be there, to have a subnet in the sender's zone, a route table, and in it a route. TGW Guide. */
function transit(network: Network, transitGatewayId: string, broken: readonly Path[]): Remedy {
  const senders = sendersOf(network, broken)
  const vpcId = senders[0]?.vpcId ?? ''
  const { vpcAttachments, attachments } = network.transit
  const own = listed(vpcAttachments).find((one) => one.transitGatewayId === transitGatewayId && one.vpcId === vpcId)
  if (own === undefined) {
    const subnetIds = oneEachZone(senders).map(({ id }) => id)
    const makes = 'attachment'
    return {
      changes: [{ kind: 'create-transit-gateway-vpc-attachment', makes, transitGatewayId, vpcId, subnetIds }],
    }
  }
  const zones = subnetsOf(network, own.subnetIds).map(({ zoneId }) => zoneId)
  const added = oneEachZone(senders.filter(({ zoneId }) => !zones.includes(zoneId)))
  if (added.length > 0) {
    const change: Change = {
      kind: 'modify-transit-gateway-vpc-attachment',
      transitGatewayAttachmentId: own.id,
      addSubnetIds: added.map(({ id }) => id),
    }
    return { changes: [change] }
  }
  const tableId = listed(attachments).find(({ id }) => id === own.id)?.routeTableId ?? null
  return tableId === null ? associate(network, transitGatewayId, own.id) : transitRoute(network, tableId)
}

function associate(network: Network, gatewayId: string, attachmentId: string): Remedy {
  return {
    changes: [],
    before: [
      {
        en: `VPC → Transit gateway route tables → a table of ${gatewayId} → Associations → Create association: ${attachmentId}`,
        ko: `VPC → Transit Gateway 라우팅 테이블 → 연결 → 연결 생성에서 다음을 선택합니다: ${attachmentId} (${gatewayId})`,
      },
    ],
    commands: [
      awsCommand('ec2', {
        kind: 'describe-transit-gateway-route-tables',
        filters: `Name=transit-gateway-id,Values=${gatewayId}`,
        region: network.region,
      }),
    ],
  }
}

/** Where the packets should leave the gateway is the reader's to say: the table that lacks the route is named. */
function transitRoute(network: Network, tableId: string): Remedy {
  return {
    changes: [],
    before: [
      {
        en: `VPC → Transit gateway route tables → ${tableId} → Routes → Create static route, to the attachment that leads to the host`,
        ko: `VPC → Transit Gateway 라우팅 테이블 → ${tableId} → 경로 → 정적 경로 생성에서 호스트로 가는 연결을 지정합니다.`,
      },
    ],
    commands: [
      awsCommand('ec2', {
        kind: 'search-transit-gateway-routes',
        transitGatewayRouteTableId: tableId,
        filters: 'Name=state,Values=active,blackhole',
        region: network.region,
      }),
    ],
  }
}

/** A record of a private hosted zone that names an address nobody has. */
function staleRecord(address: string, broken: readonly Path[]): Remedy {
  const zoneId = broken
    .flatMap(({ hops }) => hops)
    .find(({ at, id }) => at === 'dns' && id?.startsWith('Z') === true)?.id
  if (zoneId == null) return lookAt(broken)
  return {
    changes: [],
    before: [
      {
        en: `Route 53 → Hosted zones → ${zoneId} → the record with ${address} → Edit record: give it the addresses of today`,
        ko: `Route 53 → 호스팅 영역 → ${zoneId} → 레코드 편집에서 현재 주소로 바꿉니다. 없는 주소: ${address}`,
      },
    ],
    commands: [
      awsCommand('route53', {
        kind: 'list-resource-record-sets',
        hostedZoneId: zoneId,
        query: `ResourceRecordSets[?ResourceRecords[?Value=='${address}']]`,
      }),
    ],
  }
}
