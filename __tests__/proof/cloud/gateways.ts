/** Internet gateways, NAT gateways and their addresses. */
import type { NatGateway, Route } from './aws.ts'
import {
  addItem,
  type Cloud,
  editItem,
  itemOf,
  itemsOf,
  needed,
  type Operations,
  Refused,
  removeItem,
  type Tagged,
  tagsIn,
} from './cloud.ts'
import { EGRESS_ONLY_GATEWAYS, INTERNET_GATEWAYS, NAT_GATEWAYS, ROUTE_TABLES, SUBNETS, VPCS } from './kinds.ts'

interface NatRequest extends Tagged {
  readonly SubnetId?: string
  readonly VpcId?: string
  readonly AllocationId?: string
  readonly ConnectivityType?: string
  readonly AvailabilityMode?: string
}

export const gatewayOperations: Operations = {
  CreateInternetGateway(cloud: Cloud, request: Tagged, answer: { InternetGateway: { InternetGatewayId: string } }) {
    const { InternetGatewayId } = answer.InternetGateway
    const OwnerId = cloud.accountId
    addItem(cloud, INTERNET_GATEWAYS, { InternetGatewayId, OwnerId, Attachments: [], ...tagsIn(request) })
  },

  /** VPC User Guide, "Delete an internet gateway": no address of the VPC may be mapped to it. */
  DetachInternetGateway(cloud: Cloud, { InternetGatewayId, VpcId }: { InternetGatewayId: string; VpcId: string }) {
    const { Attachments } = itemOf(cloud, INTERNET_GATEWAYS, InternetGatewayId)
    if (!Attachments.some((one) => one.VpcId === VpcId)) throw new Refused('Gateway.NotAttached', InternetGatewayId)
    const mapped = itemsOf(cloud, NAT_GATEWAYS).filter(isThere)
    if (mapped.some((one) => one.VpcId === VpcId && one.ConnectivityType === 'public'))
      throw new Refused('DependencyViolation', `Network ${VpcId} has some mapped public address(es)`)
    editItem(cloud, INTERNET_GATEWAYS, InternetGatewayId, (one) => {
      one.Attachments = []
    })
    blackhole(cloud, ({ GatewayId }) => GatewayId === InternetGatewayId)
  },

  DeleteInternetGateway(cloud: Cloud, { InternetGatewayId }: { InternetGatewayId: string }) {
    if (itemOf(cloud, INTERNET_GATEWAYS, InternetGatewayId).Attachments.length > 0)
      throw new Refused('DependencyViolation', `${InternetGatewayId} has dependencies and cannot be deleted`)
    removeItem(cloud, INTERNET_GATEWAYS, InternetGatewayId)
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
    request: Tagged & { VpcId: string },
    answer: { EgressOnlyInternetGateway: { EgressOnlyInternetGatewayId: string } },
  ) {
    const { VpcId } = request
    itemOf(cloud, VPCS, VpcId)
    addItem(cloud, EGRESS_ONLY_GATEWAYS, {
      ...answer.EgressOnlyInternetGateway,
      Attachments: [{ VpcId, State: 'attached' }],
      ...tagsIn(request),
    })
  },

  DeleteEgressOnlyInternetGateway(cloud: Cloud, request: { EgressOnlyInternetGatewayId: string }) {
    const id = request.EgressOnlyInternetGatewayId
    removeItem(cloud, EGRESS_ONLY_GATEWAYS, id)
    blackhole(cloud, ({ EgressOnlyInternetGatewayId }) => EgressOnlyInternetGatewayId === id)
  },

  AllocateAddress(cloud: Cloud, request: Tagged, { AllocationId }: { AllocationId: string }) {
    cloud.addresses.set(AllocationId, { AllocationId, Tags: tagsIn(request).Tags ?? [] })
  },

  ReleaseAddress({ addresses }: Cloud, { AllocationId }: { AllocationId: string }) {
    const address = addresses.get(AllocationId)
    if (address === undefined) throw new Refused('InvalidAllocationID.NotFound', AllocationId)
    if (address.NatGatewayId !== undefined) throw new Refused('InvalidIPAddress.InUse', AllocationId)
    addresses.delete(AllocationId)
  },

  CreateNatGateway(cloud: Cloud, request: NatRequest, answer: { NatGateway: { NatGatewayId: string } }) {
    const made = request.AvailabilityMode === 'regional' ? regional(cloud, request) : zonal(cloud, request)
    if (made.ConnectivityType === 'public' && !hasInternetGateway(cloud, made.VpcId))
      throw new Refused('Gateway.NotAttached', `Network ${made.VpcId} has no Internet gateway attached`)
    const { NatGatewayId } = answer.NatGateway
    addItem(cloud, NAT_GATEWAYS, { NatGatewayId, State: 'pending', ...made, ...tagsIn(request) })
    for (const address of cloud.addresses.values())
      if (address.AllocationId === request.AllocationId) address.NatGatewayId = NatGatewayId
  },

  DeleteNatGateway(cloud: Cloud, { NatGatewayId }: { NatGatewayId: string }) {
    editItem(cloud, NAT_GATEWAYS, NatGatewayId, (one) => {
      one.State = 'deleting'
    })
    blackhole(cloud, (route) => route.NatGatewayId === NatGatewayId)
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

/** What time does to those of the calls: a pending one is there, a deleting one gone, with its own table and its hold on an address. */
export function settleGateways(cloud: Cloud): void {
  for (const { NatGatewayId: id, State, RouteTableId } of itemsOf(cloud, NAT_GATEWAYS)) {
    if (State === 'pending' && id.startsWith('nat-0new'))
      editItem(cloud, NAT_GATEWAYS, id, (one) => {
        one.State = 'available'
      })
    if (State !== 'deleting') continue
    removeItem(cloud, NAT_GATEWAYS, id)
    if (RouteTableId !== undefined) removeItem(cloud, ROUTE_TABLES, RouteTableId)
    for (const address of cloud.addresses.values()) if (address.NatGatewayId === id) delete address.NatGatewayId
  }
}

function isThere({ State }: NatGateway): boolean {
  return State !== 'deleted' && State !== 'failed'
}

function blackhole(cloud: Cloud, leads: (route: Route) => boolean): void {
  for (const { RouteTableId, Routes } of itemsOf(cloud, ROUTE_TABLES))
    if (Routes.some(leads))
      editItem(cloud, ROUTE_TABLES, RouteTableId, (table) => {
        for (const route of table.Routes) if (leads(route)) route.State = 'blackhole'
      })
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
    const address = cloud.addresses.get(id)
    if (address === undefined || address.NatGatewayId !== undefined)
      throw new Refused('InvalidAllocationID.NotFound', `${id} is not free`)
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
