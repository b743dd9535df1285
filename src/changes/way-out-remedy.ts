/** A way out in words: console steps, commands, Terraform. */
import type { RemedyWords } from '../domain/report.ts'
import { distinct } from '../network/lookup.ts'
import { natAdvice } from './nat-way.ts'
import { routeBlock, routeLine, routeStep } from './route-lines.ts'
import { list, resource, text } from './terraform.ts'
import type { WayOut } from './way-out.ts'

type Way<Is extends WayOut['is']> = Extract<WayOut, { readonly is: Is }>

export function wayOutRemedy(way: WayOut): RemedyWords {
  switch (way.is) {
    case 'nat':
      return natAdvice(way.way)
    case 'dns64':
      return dns64(way)
    case 'reply':
      return reply(way)
    case 'source-check':
      return sourceCheck(way)
    case 'peering':
      return peering(way)
    case 'attach':
      return attach(way)
    case 'widen':
      return widen(way)
    case 'associate':
      return associate(way)
    case 'transit-route':
      return transitRoute(way)
    case 'record':
      return record(way)
    case 'look':
      return look(way)
  }
}

function dns64({ subnetId, way }: Way<'dns64'>): RemedyWords {
  const nat = natAdvice(way)
  return {
    console: [
      {
        en: `VPC → Subnets → ${subnetId} → Actions → Edit subnet settings → Enable DNS64 → Save`,
        ko: `VPC → 서브넷 → ${subnetId} → 작업 → 서브넷 설정 편집 → DNS64 활성화를 선택하고 저장을 누릅니다.`,
      },
      ...nat.console,
    ],
    cli: [`aws ec2 modify-subnet-attribute --subnet-id ${subnetId} --enable-dns64`, ...nat.cli],
    terraform: [resource('aws_subnet', subnetId, [['enable_dns64', 'true']]), nat.terraform].join('\n'),
  }
}

function reply({ changes, target, targetId }: Way<'reply'>): RemedyWords {
  return {
    console: changes.map((change) => routeStep(change, { en: targetId, ko: targetId })),
    cli: changes.map((change) => routeLine(change, target, targetId)),
    terraform: changes.map((change) => routeBlock(change, target, text(targetId))).join('\n'),
  }
}

function sourceCheck({ target, instance }: Way<'source-check'>): RemedyWords {
  const [what, flag] = instance ? ['instance', '--instance-id'] : ['network-interface', '--network-interface-id']
  const actions = instance ? { en: 'Actions → Networking', ko: '작업 → 네트워킹' } : { en: 'Actions', ko: '작업' }
  return {
    console: [
      {
        en: `EC2 → ${instance ? 'Instances' : 'Network Interfaces'} → ${target} → ${actions.en} → Change source/dest. check → Stop → Save`,
        ko: `EC2 → ${instance ? '인스턴스' : '네트워크 인터페이스'} → ${target} → ${actions.ko} → 소스/대상 확인 변경 → 중지를 선택하고 저장을 누릅니다.`,
      },
    ],
    cli: [`aws ec2 modify-${what}-attribute ${flag} ${target} --no-source-dest-check`],
    terraform: resource(instance ? 'aws_instance' : 'aws_network_interface', target, [['source_dest_check', 'false']]),
  }
}

/** Only a request that waits can be accepted; in any other state it is gone. VPC Peering Guide, "Peering connection lifecycle". */
function peering({ peeringId, state }: Way<'peering'>): RemedyWords {
  if (state !== 'pending-acceptance') {
    return {
      console: [
        {
          en: `VPC → Peering connections → Create peering connection, in place of ${peeringId}; then put the new one into the routes of both sides`,
          ko: `VPC → 피어링 연결 → 피어링 연결 생성에서 새 연결을 만들고 양쪽 라우팅 테이블의 대상을 바꿉니다. 대체할 연결: ${peeringId}`,
        },
      ],
      cli: [`aws ec2 describe-vpc-peering-connections --vpc-peering-connection-ids ${peeringId}`],
      terraform: '',
    }
  }
  return {
    console: [
      {
        en: `VPC → Peering connections → ${peeringId} → Actions → Accept request`,
        ko: `VPC → 피어링 연결 → ${peeringId} → 작업 → 요청 수락을 누릅니다.`,
      },
    ],
    cli: [`aws ec2 accept-vpc-peering-connection --vpc-peering-connection-id ${peeringId}`],
    terraform: resource('aws_vpc_peering_connection_accepter', peeringId, [
      ['vpc_peering_connection_id', text(peeringId)],
      ['auto_accept', 'true'],
    ]),
  }
}

function attach({ gatewayId, vpcId, subnetIds }: Way<'attach'>): RemedyWords {
  return {
    console: [
      {
        en: `VPC → Transit gateway attachments → Create transit gateway attachment: ${gatewayId}, type VPC, ${vpcId}, subnets ${subnetIds.join(', ')}`,
        ko: `VPC → Transit Gateway 연결 → Transit Gateway 연결 생성에서 다음과 같이 지정합니다. Transit Gateway: ${gatewayId}, VPC: ${vpcId}, 서브넷: ${subnetIds.join(', ')}`,
      },
    ],
    cli: [
      `aws ec2 create-transit-gateway-vpc-attachment --transit-gateway-id ${gatewayId} --vpc-id ${vpcId} --subnet-ids ${subnetIds.join(' ')}`,
    ],
    terraform: attachmentBlock(gatewayId, gatewayId, vpcId, subnetIds),
  }
}

function widen({ gatewayId, vpcId, attachmentId, subnetIds, added }: Way<'widen'>): RemedyWords {
  return {
    console: [
      {
        en: `VPC → Transit gateway attachments → ${attachmentId} → Actions → Modify transit gateway attachment: add ${added.join(', ')}`,
        ko: `VPC → Transit Gateway 연결 → ${attachmentId} → 작업 → Transit Gateway 연결 수정에서 다음 서브넷을 추가합니다: ${added.join(', ')}`,
      },
    ],
    cli: [
      `aws ec2 modify-transit-gateway-vpc-attachment --transit-gateway-attachment-id ${attachmentId} --add-subnet-ids ${added.join(' ')}`,
    ],
    terraform: attachmentBlock(attachmentId, gatewayId, vpcId, subnetIds),
  }
}

function attachmentBlock(name: string, gatewayId: string, vpcId: string, subnetIds: readonly string[]): string {
  return resource('aws_ec2_transit_gateway_vpc_attachment', name, [
    ['transit_gateway_id', text(gatewayId)],
    ['vpc_id', text(vpcId)],
    ['subnet_ids', list(subnetIds)],
  ])
}

function associate({ gatewayId, attachmentId }: Way<'associate'>): RemedyWords {
  return {
    console: [
      {
        en: `VPC → Transit gateway route tables → a table of ${gatewayId} → Associations → Create association: ${attachmentId}`,
        ko: `VPC → Transit Gateway 라우팅 테이블 → 연결 → 연결 생성에서 다음을 선택합니다: ${attachmentId} (${gatewayId})`,
      },
    ],
    cli: [`aws ec2 describe-transit-gateway-route-tables --filters Name=transit-gateway-id,Values=${gatewayId}`],
    terraform: '',
  }
}

/** Where the packets should leave the gateway is the reader's to say: the table that lacks the route is shown. */
function transitRoute({ tableId }: Way<'transit-route'>): RemedyWords {
  return {
    console: [
      {
        en: `VPC → Transit gateway route tables → ${tableId} → Routes → Create static route, to the attachment that leads to the host`,
        ko: `VPC → Transit Gateway 라우팅 테이블 → ${tableId} → 경로 → 정적 경로 생성에서 호스트로 가는 연결을 지정합니다.`,
      },
    ],
    cli: [
      `aws ec2 search-transit-gateway-routes --transit-gateway-route-table-id ${tableId} --filters Name=state,Values=active,blackhole`,
    ],
    terraform: '',
  }
}

function record({ zoneId, address }: Way<'record'>): RemedyWords {
  return {
    console: [
      {
        en: `Route 53 → Hosted zones → ${zoneId} → the record with ${address} → Edit record: give it the addresses of today`,
        ko: `Route 53 → 호스팅 영역 → ${zoneId} → 레코드 편집에서 현재 주소로 바꿉니다. 없는 주소: ${address}`,
      },
    ],
    cli: [
      `aws route53 list-resource-record-sets --hosted-zone-id ${zoneId} --query "ResourceRecordSets[?ResourceRecords[?Value=='${address}']]"`,
    ],
    terraform: '',
  }
}

function look({ flows }: Way<'look'>): RemedyWords {
  return {
    console: [
      {
        en: 'Follow the way hop by hop with the commands below; the first hop that does not let everything through is the one to mend.',
        ko: '아래 명령으로 경로의 홉을 차례로 확인합니다. 트래픽을 일부라도 막는 첫 번째 홉을 고쳐야 합니다.',
      },
    ],
    cli: distinct(
      flows.map(({ subnetId, groupIds, publicIp, to }) => {
        const flag = publicIp ? ' --public-ip' : ''
        return `ecs-pull-guard trace --from-subnet ${subnetId} --security-groups ${groupIds.join(',')}${flag} --to ${to}`
      }),
    ),
    terraform: '',
  }
}
