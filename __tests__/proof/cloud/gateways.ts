/** Internet gateways, NAT gateways and their addresses. */
import type { NatGateway } from './aws.ts'
import { addItem, type Cloud, editItem, itemOf, itemsOf, needed, type Operations, Refused } from './cloud.ts'
import { EGRESS_ONLY_GATEWAYS, INTERNET_GATEWAYS, NAT_GATEWAYS, ROUTE_TABLES, SUBNETS, VPCS } from './kinds.ts'

interface NatRequest {
  readonly SubnetId?: string
  readonly VpcId?: string
  readonly AllocationId?: string
  readonly ConnectivityType?: string
  readonly AvailabilityMode?: string
}

export const gatewayOperations: Operations = {
  CreateInternetGateway(cloud: Cloud, _request, answer: { InternetGateway: { InternetGatewayId: string } }) {
    const { InternetGatewayId } = answer.InternetGateway
    addItem(cloud, INTERNET_GATEWAYS, { InternetGatewayId, OwnerId: cloud.accountId, Attachments: [] })
  },

  AttachInternetGateway(cloud: Cloud, { InternetGatewayId, VpcId }: { InternetGatewayId: string; VpcId: string }) {
    itemOf(cloud, VPCS, VpcId)
    const { Attachments } = itemOf(cloud, INTERNET_GATEWAYS, InternetGatewayId)
    if (Attachments.length > 0) throw new Refused('Resource.AlreadyAssociated', `${InternetGatewayId} is attached`)
    if (hasInternetGateway(cloud, VpcId))
      throw new Refused('InvalidParameterValue', `Network ${VpcId} already has an internet gateway attached`)
    editItem(cloud, INTERNET_GATEWAYS, InternetGatewayId, (one) => {
      one.Attachments.push({ VpcId, State: 'available' })
    })
    for (const { RouteTableId, VpcId: vpcId } of itemsOf(cloud, ROUTE_TABLES)) {
      if (vpcId !== VpcId) continue
      editItem(cloud, ROUTE_TABLES, RouteTableId, ({ Routes }) => {
        for (const route of Routes) if (route.GatewayId === InternetGatewayId) route.State = 'active'
      })
    }
  },

  CreateEgressOnlyInternetGateway(
    cloud: Cloud,
    { VpcId }: { VpcId: string },
    answer: { EgressOnlyInternetGateway: { EgressOnlyInternetGatewayId: string } },
  ) {
    itemOf(cloud, VPCS, VpcId)
    addItem(cloud, EGRESS_ONLY_GATEWAYS, {
      ...answer.EgressOnlyInternetGateway,
      Attachments: [{ VpcId, State: 'attached' }],
    })
  },

  AllocateAddress(cloud: Cloud, _request, answer: { AllocationId: string }) {
    cloud.freeAddresses.add(answer.AllocationId)
  },

  CreateNatGateway(cloud: Cloud, request: NatRequest, answer: { NatGateway: { NatGatewayId: string } }) {
    const made = request.AvailabilityMode === 'regional' ? regional(cloud, request) : zonal(cloud, request)
    if (made.ConnectivityType === 'public' && !hasInternetGateway(cloud, made.VpcId))
      throw new Refused('Gateway.NotAttached', `Network ${made.VpcId} has no Internet gateway attached`)
    addItem(cloud, NAT_GATEWAYS, { NatGatewayId: answer.NatGateway.NatGatewayId, State: 'pending', ...made })
  },

  /** Time has passed where the CLI was told that a gateway is there. */
  DescribeNatGateways(cloud: Cloud, _request, answer: { NatGateways: { NatGatewayId: string; State: string }[] }) {
    for (const { NatGatewayId, State } of answer.NatGateways) {
      if (State !== 'available') continue
      editItem(cloud, NAT_GATEWAYS, NatGatewayId, (one) => {
        if (one.State === 'pending') one.State = State
      })
    }
  },
}

function hasInternetGateway(cloud: Cloud, vpcId: string): boolean {
  return itemsOf(cloud, INTERNET_GATEWAYS).some(({ Attachments }) => Attachments.some((one) => one.VpcId === vpcId))
}

type Made = Omit<NatGateway, 'NatGatewayId' | 'State'>

function zonal(cloud: Cloud, { SubnetId, AllocationId, ConnectivityType = 'public' }: NatRequest): Made {
  const { VpcId } = itemOf(cloud, SUBNETS, needed(SubnetId, 'SubnetId'))
  const addresses = []
  if (ConnectivityType === 'public') {
    const id = needed(AllocationId, 'AllocationId')
    if (!cloud.freeAddresses.delete(id)) throw new Refused('InvalidAllocationID.NotFound', `${id} is not free`)
    addresses.push({ AllocationId: id, PublicIp: '203.0.113.200', IsPrimary: true, Status: 'succeeded' })
  }
  return {
    VpcId,
    SubnetId: SubnetId ?? '',
    ConnectivityType,
    AvailabilityMode: 'zonal',
    NatGatewayAddresses: addresses,
  }
}

/** It has a route table of its own, which leads to the VPC's internet gateway (VPC User Guide, "Regional NAT gateways"). */
function regional(cloud: Cloud, { VpcId, SubnetId, AllocationId }: NatRequest): Made {
  if (SubnetId !== undefined || AllocationId !== undefined)
    throw new Refused('InvalidParameterCombination', 'a regional NAT gateway takes no subnet')
  const vpcId = needed(VpcId, 'VpcId')
  const { CidrBlock } = itemOf(cloud, VPCS, vpcId)
  const gateway = itemsOf(cloud, INTERNET_GATEWAYS).find(({ Attachments }) =>
    Attachments.some((one) => one.VpcId === vpcId),
  )
  if (gateway === undefined)
    throw new Refused('Gateway.NotAttached', `Network ${vpcId} has no Internet gateway attached`)
  const RouteTableId = `rtb-0regional${itemsOf(cloud, ROUTE_TABLES).length.toString().padStart(8, '0')}`
  addItem(cloud, ROUTE_TABLES, {
    RouteTableId,
    VpcId: vpcId,
    OwnerId: cloud.accountId,
    Associations: [],
    Routes: [
      { DestinationCidrBlock: CidrBlock, GatewayId: 'local', Origin: 'CreateRouteTable', State: 'active' },
      {
        DestinationCidrBlock: '0.0.0.0/0',
        GatewayId: gateway.InternetGatewayId,
        Origin: 'CreateRoute',
        State: 'active',
      },
    ],
  })
  return {
    VpcId: vpcId,
    ConnectivityType: 'public',
    AvailabilityMode: 'regional',
    RouteTableId,
    NatGatewayAddresses: [],
  }
}
