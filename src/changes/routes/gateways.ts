/** Gateways: of the internet, and NAT gateways with their addresses. */
import { listed } from '../../domain/answer.ts'
import type { GatheredFacts } from '../../domain/facts.ts'
import type { NatGateway, RouteTable } from '../../domain/network.ts'
import { internetGatewayOf } from '../../network/lookup.ts'
import type { Applied, Definitions } from '../change-kind.ts'
import { callOf } from '../command-line.ts'
import { addItems, changeOne, freeAddress, itemOf, itemsOf, newRoute, withItems } from '../network-facts.ts'
import { argumentsOf } from '../terraform.ts'

export const gateways: Definitions<
  | 'allocate-address'
  | 'create-internet-gateway'
  | 'attach-internet-gateway'
  | 'create-egress-only-internet-gateway'
  | 'create-nat-gateway'
> = {
  /** An Elastic IP address. EC2 API Reference, AllocateAddress. */
  'allocate-address': {
    made: { query: 'AllocationId', words: { en: 'the new Elastic IP address', ko: '새 탄력적 IP 주소' } },
    console: () => ({
      en: 'VPC → Elastic IPs → Allocate Elastic IP address → Allocate',
      ko: 'VPC → 탄력적 IP → 탄력적 IP 주소 할당 → 할당을 누릅니다.',
    }),

    cli: ({ subnetId: _, ...call }) => [callOf('ec2', call)],
    terraform: (change) => ({ type: 'aws_eip', name: 'nat', fields: argumentsOf(change, 'domain') }),

    apply: (facts) => facts,
  },

  /** An internet gateway, attached to no VPC yet. EC2 API Reference, CreateInternetGateway. */
  'create-internet-gateway': {
    made: {
      query: 'InternetGateway.InternetGatewayId',
      words: { en: 'the new internet gateway', ko: '새 인터넷 게이트웨이' },
    },
    console: () => ({
      en: 'VPC → Internet gateways → Create internet gateway',
      ko: 'VPC → 인터넷 게이트웨이 → 인터넷 게이트웨이 생성을 누릅니다.',
    }),

    cli: 'ec2',
    terraform: () => ({ type: 'aws_internet_gateway', name: 'out', fields: [] }),

    apply: (facts, { makes }) => addItems(facts, 'internetGateways', { id: makes, attachments: [] }),
  },

  /** An internet gateway for a VPC, which takes one. EC2 API Reference, AttachInternetGateway. */
  'attach-internet-gateway': {
    console: ({ internetGatewayId, vpcId }) => ({
      en: `VPC → Internet gateways → ${internetGatewayId} → Actions → Attach to VPC: ${vpcId}`,
      ko: `VPC → 인터넷 게이트웨이 → ${internetGatewayId} → 작업 → VPC에 연결에서 다음 VPC를 선택합니다: ${vpcId}`,
    }),

    cli: 'ec2',
    terraform: (change) => ({
      type: 'aws_internet_gateway_attachment',
      name: change.vpcId,
      fields: argumentsOf(change, 'internetGatewayId', 'vpcId'),
    }),

    apply(facts, { internetGatewayId, vpcId }) {
      if (!facts.network.known) return null
      if (internetGatewayOf(facts.network.value, vpcId) !== null) return { refused: 'Resource.AlreadyAssociated' }
      const attached = changeOne(facts, 'internetGateways', internetGatewayId, (gateway) =>
        gateway.attachments.some(({ vpcId: other, state }) => other !== vpcId && state !== 'detached')
          ? { refused: 'Resource.AlreadyAssociated' }
          : { ...gateway, attachments: [{ vpcId, state: 'available' }] },
      )
      if (attached === null || 'refused' in attached) return attached
      // A route to a gateway that was detached is a blackhole until the gateway is back.
      const tables = itemsOf(attached, 'routeTables') ?? []
      return withItems(
        attached,
        'routeTables',
        tables.map((table) => ({
          ...table,
          routes: table.routes.map((route) =>
            table.vpcId === vpcId && route.target.id === internetGatewayId ? { ...route, state: 'active' } : route,
          ),
        })),
      )
    },
  },

  /** The way out over IPv6 alone, attached from the first. EC2 API Reference, CreateEgressOnlyInternetGateway. */
  'create-egress-only-internet-gateway': {
    made: {
      query: 'EgressOnlyInternetGateway.EgressOnlyInternetGatewayId',
      words: { en: 'the new egress-only internet gateway', ko: '새 외부 전용 인터넷 게이트웨이' },
    },
    console: ({ vpcId }) => ({
      en: `VPC → Egress-only internet gateways → Create egress only internet gateway: ${vpcId}`,
      ko: `VPC → 외부 전용 인터넷 게이트웨이 → 외부 전용 인터넷 게이트웨이 생성에서 다음 VPC를 선택합니다: ${vpcId}`,
    }),

    cli: 'ec2',
    terraform: (change) => ({
      type: 'aws_egress_only_internet_gateway',
      name: 'out',
      fields: argumentsOf(change, 'vpcId'),
    }),

    apply(facts, { makes, vpcId }) {
      if (itemOf(facts, 'vpcs', vpcId) === undefined) return { refused: 'InvalidVpcID.NotFound' }
      const { network } = facts
      const before = network.known ? network.value.egressOnlyGateways : null
      // Nobody asks for them while no route names one.
      if (before === null || (!before.known && before.because !== 'unasked')) return null
      const made = { id: makes, attachments: [{ vpcId, state: 'attached' }] }
      return withItems(facts, 'egressOnlyGateways', [...listed(before), made])
    },
  },

  /** A public NAT gateway: in a subnet, or in every zone of a VPC. EC2 API Reference, CreateNatGateway. */
  'create-nat-gateway': {
    made: { query: 'NatGateway.NatGatewayId', words: { en: 'the new NAT gateway', ko: '새 NAT 게이트웨이' } },
    console: ({ availabilityMode, vpcId, subnetId, allocationId }) =>
      availabilityMode === 'regional'
        ? {
            en: `VPC → NAT gateways → Create NAT gateway: availability mode Regional, VPC ${vpcId}, connectivity type Public`,
            ko: `VPC → NAT 게이트웨이 → NAT 게이트웨이 생성에서 가용성 모드를 리전으로, 연결 유형을 퍼블릭으로 지정합니다. VPC: ${vpcId}`,
          }
        : {
            en: `VPC → NAT gateways → Create NAT gateway: subnet ${subnetId}, connectivity type Public, ${allocationId}`,
            ko: `VPC → NAT 게이트웨이 → NAT 게이트웨이 생성에서 연결 유형을 퍼블릭으로 지정합니다. 서브넷: ${subnetId}, 탄력적 IP: ${allocationId}`,
          },

    cli: (change) => [
      callOf('ec2', change, change.availabilityMode === undefined ? {} : { since: '2.32.0' }),
      { aws: ['ec2', 'wait', 'nat-gateway-available'], flags: [['--nat-gateway-ids', change.makes]] },
    ],

    terraform: (change) => ({
      type: 'aws_nat_gateway',
      name: 'out',
      fields: argumentsOf(change, 'availabilityMode', 'vpcId', 'subnetId', 'allocationId'),
    }),

    apply: (facts, { makes, availabilityMode, vpcId = '', subnetId = '', allocationId = '' }) =>
      availabilityMode === 'regional' ? regional(facts, makes, vpcId) : zonal(facts, makes, subnetId, allocationId),
  },
}

function zonal(facts: GatheredFacts, id: string, subnetId: string, allocationId: string): Applied {
  const subnet = itemOf(facts, 'subnets', subnetId)
  const gateways = itemsOf(facts, 'natGateways')
  if (subnet === undefined || gateways === null || !facts.network.known) return null
  if (internetGatewayOf(facts.network.value, subnet.vpcId) === null) return { refused: 'Gateway.NotAttached' }
  if (gateways.some(({ addresses }) => addresses.some(({ publicIp }) => publicIp === allocationId)))
    return { refused: 'Resource.AlreadyAssociated' }
  const privateIp = freeAddress(subnet, itemsOf(facts, 'interfaces') ?? [])
  if (privateIp === null) return { refused: 'InsufficientFreeAddressesInSubnet' }
  const addresses = [{ privateIp, publicIp: allocationId, status: 'succeeded' }]
  return addItems(facts, 'natGateways', { ...AVAILABLE, id, vpcId: subnet.vpcId, subnetId, addresses })
}

/** It has a route table of its own, to the internet gateway. VPC User Guide, "Regional NAT gateways". */
function regional(facts: GatheredFacts, id: string, vpcId: string): Applied {
  const vpc = itemOf(facts, 'vpcs', vpcId)
  if (vpc === undefined || !facts.network.known) return null
  const gateway = internetGatewayOf(facts.network.value, vpcId)
  if (gateway === null) return { refused: 'Gateway.NotAttached' }
  const table: RouteTable = {
    id: `rtb-${id}`,
    vpcId,
    main: false,
    subnetIds: [],
    routes: [newRoute('0.0.0.0/0', { kind: 'internet-gateway', id: gateway })],
  }
  const withTable = addItems(facts, 'routeTables', table)
  const made: NatGateway = { ...AVAILABLE, id, vpcId, routeTableId: table.id, availability: 'regional' }
  return withTable === null ? null : addItems(withTable, 'natGateways', made)
}

const AVAILABLE: Omit<NatGateway, 'id' | 'vpcId'> = {
  subnetId: null,
  routeTableId: null,
  state: 'available',
  connectivity: 'public',
  availability: 'zonal',
  addresses: [],
  attachedAppliances: false,
  failure: null,
}
