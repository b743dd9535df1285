/** A way to the internet through a NAT gateway: one that works already, or a new one, and the routes to it. */
import type { NatGateway, Network, RouteTable, Subnet } from '../domain/network.ts'
import type { RemedyWords } from '../domain/report.ts'
import type { Text } from '../domain/text.ts'
import { internetGatewayOf, listed, subnetsOf, tableOf } from '../network/lookup.ts'
import { type RouteChange, routeBlock, routeLine, routeStep } from './route-lines.ts'
import { resource, text } from './terraform.ts'

export interface NatWay {
  readonly vpcId: string
  readonly changes: readonly RouteChange[]
  /** A public one of the VPC that leads out; null where a new one is needed. */
  readonly natGatewayId: string | null
  /** Where a new one can stand; null where no subnet of the VPC leads to an internet gateway. */
  readonly publicSubnetId: string | null
  /** Attached to the VPC. */
  readonly internetGatewayId: string | null
}

const EVERYWHERE = '0.0.0.0/0'

/** `broken` is left out of the choice. Gateways and subnets of the tables' own zones come first: crossing zones costs money. */
export function natWay(
  network: Network,
  vpcId: string,
  routeTableIds: readonly string[],
  { destination = EVERYWHERE, broken = null }: { readonly destination?: string; readonly broken?: string | null } = {},
): NatWay {
  const tables = listed(network.routeTables).filter(({ id }) => routeTableIds.includes(id))
  const zones = subnetsOf(
    network,
    tables.flatMap(({ subnetIds }) => subnetIds),
  ).map(({ zoneId }) => zoneId)
  const near = (subnet: Subnet | undefined) => (subnet !== undefined && zones.includes(subnet.zoneId) ? 0 : 1)
  const gateways = listed(network.natGateways)
    .filter((one) => one.id !== broken && one.vpcId === vpcId && leadsOut(network, one))
    .sort((a, b) => near(homeOf(network, a)) - near(homeOf(network, b)))
  const publicSubnets = listed(network.subnets)
    .filter((subnet) => subnet.vpcId === vpcId && isPublic(tableOf(network, subnet)))
    .sort((a, b) => near(a) - near(b))
  return {
    vpcId,
    changes: routeTableIds.map((routeTableId) => ({
      routeTableId,
      destination,
      exists: tables.some(
        ({ id, routes }) => id === routeTableId && routes.some((one) => one.destination === destination),
      ),
    })),
    natGatewayId: gateways[0]?.id ?? null,
    publicSubnetId: publicSubnets[0]?.id ?? null,
    internetGatewayId: internetGatewayOf(network, vpcId),
  }
}

/** Does the default route lead to an internet gateway? */
export function isPublic(table: RouteTable | null): boolean {
  return (
    table?.routes.some(
      ({ destination, state, target }) =>
        destination === EVERYWHERE && state === 'active' && target.kind === 'internet-gateway',
    ) === true
  )
}

function homeOf(network: Network, { subnetId }: NatGateway): Subnet | undefined {
  return subnetId === null ? undefined : subnetsOf(network, [subnetId])[0]
}

function leadsOut(network: Network, nat: NatGateway): boolean {
  if (nat.state !== 'available' || nat.connectivity !== 'public') return false
  const home = homeOf(network, nat)
  if (home !== undefined) return isPublic(tableOf(network, home))
  return isPublic(listed(network.routeTables).find(({ id }) => id === nat.routeTableId) ?? null)
}

export function natAdvice(way: NatWay): RemedyWords {
  if (way.natGatewayId !== null) {
    const id = way.natGatewayId
    return {
      console: way.changes.map((change) => routeStep(change, { en: id, ko: id })),
      cli: way.changes.map((change) => routeLine(change, 'nat-gateway-id', id)),
      terraform: way.changes.map((change) => routeBlock(change, 'nat-gateway-id', text(id))).join('\n'),
    }
  }
  const made = way.publicSubnetId === null ? regional(way) : zonal(way.publicSubnetId)
  const fresh: Text = { en: 'the new NAT gateway', ko: '새 NAT 게이트웨이' }
  const wait = 'aws ec2 wait nat-gateway-available --nat-gateway-ids "$NAT"'
  return {
    console: [...made.console, ...way.changes.map((change) => routeStep(change, fresh))],
    cli: [...made.cli, wait, ...way.changes.map((change) => routeLine(change, 'nat-gateway-id', '"$NAT"'))],
    terraform: [
      made.terraform,
      ...way.changes.map((change) => routeBlock(change, 'nat-gateway-id', 'aws_nat_gateway.out.id')),
    ].join('\n'),
  }
}

function zonal(subnetId: string): RemedyWords {
  return {
    console: [
      {
        en: `VPC → NAT gateways → Create NAT gateway: subnet ${subnetId}, connectivity type Public, Allocate Elastic IP`,
        ko: `VPC → NAT 게이트웨이 → NAT 게이트웨이 생성에서 연결 유형을 퍼블릭으로 지정하고 탄력적 IP 할당을 누릅니다. 서브넷: ${subnetId}`,
      },
    ],
    cli: [
      'ALLOCATION=$(aws ec2 allocate-address --domain vpc --query AllocationId --output text)',
      `NAT=$(aws ec2 create-nat-gateway --subnet-id ${subnetId} --allocation-id "$ALLOCATION" --query NatGateway.NatGatewayId --output text)`,
    ],
    terraform: [
      resource('aws_eip', 'out', [['domain', text('vpc')]]),
      resource('aws_nat_gateway', 'out', [
        ['subnet_id', text(subnetId)],
        ['allocation_id', 'aws_eip.out.id'],
      ]),
    ].join('\n'),
  }
}

/** A regional NAT gateway needs no public subnet, only an internet gateway. VPC User Guide, "Regional NAT gateways". */
function regional({ vpcId, internetGatewayId }: NatWay): RemedyWords {
  const gateway = internetGatewayId === null ? newInternetGateway(vpcId) : null
  return {
    console: [
      ...(gateway?.console ?? []),
      {
        en: `VPC → NAT gateways → Create NAT gateway: availability mode Regional, VPC ${vpcId}, connectivity type Public`,
        ko: `VPC → NAT 게이트웨이 → NAT 게이트웨이 생성에서 가용성 모드를 리전으로, 연결 유형을 퍼블릭으로 지정합니다. VPC: ${vpcId}`,
      },
    ],
    cli: [
      ...(gateway?.cli ?? []),
      `NAT=$(aws ec2 create-nat-gateway --availability-mode regional --vpc-id ${vpcId} --query NatGateway.NatGatewayId --output text)`,
    ],
    terraform: [
      ...(gateway === null ? [] : [gateway.terraform]),
      resource('aws_nat_gateway', 'out', [
        ['availability_mode', text('regional')],
        ['vpc_id', text(vpcId)],
      ]),
    ].join('\n'),
  }
}

export function newInternetGateway(vpcId: string): RemedyWords {
  return {
    console: [
      {
        en: `VPC → Internet gateways → Create internet gateway, then Actions → Attach to VPC: ${vpcId}`,
        ko: `VPC → 인터넷 게이트웨이 → 인터넷 게이트웨이 생성으로 만든 뒤 작업 → VPC에 연결에서 다음 VPC를 선택합니다: ${vpcId}`,
      },
    ],
    cli: [
      'IGW=$(aws ec2 create-internet-gateway --query InternetGateway.InternetGatewayId --output text)',
      `aws ec2 attach-internet-gateway --internet-gateway-id "$IGW" --vpc-id ${vpcId}`,
    ],
    terraform: resource('aws_internet_gateway', 'out', [['vpc_id', text(vpcId)]]),
  }
}
