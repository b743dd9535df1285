/** VPC endpoints: interface endpoints with their network interfaces and private DNS, gateway endpoints with their routes. */

import { freeAddress } from './addresses.ts'
import type { Endpoint, Subnet } from './aws.ts'
import {
  addItem,
  type Cloud,
  editItem,
  itemOf,
  itemsOf,
  needed,
  type Operations,
  Refused,
  replaceItems,
  type Tagged,
  tagsIn,
} from './cloud.ts'
import { ENDPOINTS, NETWORK_INTERFACES, PREFIX_LISTS, ROUTE_TABLES, SECURITY_GROUPS, SUBNETS, VPCS } from './kinds.ts'
import { attributeOf } from './vpcs.ts'

interface CreateEndpoint extends Tagged {
  readonly VpcEndpointType?: string
  readonly VpcId: string
  readonly ServiceName?: string
  readonly PolicyDocument?: string
  readonly RouteTableIds?: readonly string[]
  readonly SubnetIds?: readonly string[]
  readonly SecurityGroupIds?: readonly string[]
  readonly PrivateDnsEnabled?: boolean
  readonly DnsOptions?: Endpoint['DnsOptions']
  readonly IpAddressType?: string
}

interface ModifyEndpoint {
  readonly VpcEndpointId: string
  readonly ResetPolicy?: boolean
  readonly PolicyDocument?: string
  readonly AddRouteTableIds?: readonly string[]
  readonly RemoveRouteTableIds?: readonly string[]
  readonly AddSubnetIds?: readonly string[]
  readonly RemoveSubnetIds?: readonly string[]
  readonly AddSecurityGroupIds?: readonly string[]
  readonly RemoveSecurityGroupIds?: readonly string[]
  readonly PrivateDnsEnabled?: boolean
  readonly DnsOptions?: Endpoint['DnsOptions']
}

const ALLOW_ALL = JSON.stringify({ Statement: [{ Action: '*', Effect: 'Allow', Principal: '*', Resource: '*' }] })
const GATEWAY_SERVICES = /^com\.amazonaws\.[a-z0-9-]+\.(s3|dynamodb|s3express)$/

export const endpointOperations: Operations = {
  CreateVpcEndpoint(cloud: Cloud, request: CreateEndpoint, answer: { VpcEndpoint: { VpcEndpointId: string } }) {
    itemOf(cloud, VPCS, request.VpcId)
    const serviceName = needed(request.ServiceName, 'ServiceName')
    if (!serviceName.startsWith(`com.amazonaws.${cloud.region}.`))
      throw new Refused('InvalidServiceName', `${serviceName} does not exist in ${cloud.region}`)
    const type = request.VpcEndpointType ?? 'Gateway'
    const id = answer.VpcEndpoint.VpcEndpointId
    if (request.PolicyDocument !== undefined) checkPolicy(request.PolicyDocument)
    addItem(cloud, ENDPOINTS, {
      VpcEndpointId: id,
      VpcEndpointType: type,
      VpcId: request.VpcId,
      ServiceName: serviceName,
      State: 'pending',
      PolicyDocument: request.PolicyDocument ?? ALLOW_ALL,
      RouteTableIds: [],
      SubnetIds: [],
      Groups: [],
      ...(type === 'Interface'
        ? {
            IpAddressType: request.IpAddressType ?? 'ipv4',
            DnsOptions: request.DnsOptions ?? { DnsRecordIpType: 'ipv4' },
          }
        : {}),
      PrivateDnsEnabled: false,
      RequesterManaged: false,
      NetworkInterfaceIds: [],
      DnsEntries: [],
      OwnerId: cloud.accountId,
      ...tagsIn(request),
    })
    if (type === 'Interface') makeInterface(cloud, id, request)
    else if (type === 'Gateway') makeGateway(cloud, id, serviceName, request)
    else throw new Refused('InvalidParameter', `VpcEndpointType ${type}`)
  },

  ModifyVpcEndpoint(cloud: Cloud, request: ModifyEndpoint) {
    const endpoint = itemOf(cloud, ENDPOINTS, request.VpcEndpointId)
    const { VpcEndpointId: id, VpcEndpointType: type } = endpoint
    if (endpoint.State !== 'available') throw new Refused('IncorrectState', `${id} is ${endpoint.State}`)
    const interfaceOnly = [
      request.AddSubnetIds,
      request.RemoveSubnetIds,
      request.AddSecurityGroupIds,
      request.RemoveSecurityGroupIds,
      request.PrivateDnsEnabled,
    ]
    const gatewayOnly = [request.AddRouteTableIds, request.RemoveRouteTableIds]
    if ((type === 'Interface' ? gatewayOnly : interfaceOnly).some((given) => given !== undefined))
      throw new Refused('InvalidParameter', `${id} is of type ${type}`)
    if (request.PolicyDocument !== undefined) {
      const policy = checkPolicy(request.PolicyDocument)
      editItem(cloud, ENDPOINTS, id, (one) => {
        one.PolicyDocument = policy
      })
    }
    if (request.ResetPolicy === true)
      editItem(cloud, ENDPOINTS, id, (one) => {
        one.PolicyDocument = ALLOW_ALL
      })
    addTables(cloud, id, request.AddRouteTableIds ?? [])
    removeTables(cloud, id, request.RemoveRouteTableIds ?? [])
    addSubnets(cloud, id, request.AddSubnetIds ?? [])
    removeSubnets(cloud, id, request.RemoveSubnetIds ?? [])
    changeGroups(cloud, id, request.AddSecurityGroupIds ?? [], request.RemoveSecurityGroupIds ?? [])
    const { DnsOptions } = request
    if (DnsOptions !== undefined)
      editItem(cloud, ENDPOINTS, id, (one) => {
        one.DnsOptions = { ...one.DnsOptions, ...DnsOptions }
      })
    if (request.PrivateDnsEnabled !== undefined) setPrivateDns(cloud, id, request.PrivateDnsEnabled)
  },

  DeleteVpcEndpoints(cloud: Cloud, { VpcEndpointIds }: { VpcEndpointIds: readonly string[] }) {
    for (const id of VpcEndpointIds)
      editItem(cloud, ENDPOINTS, id, (one) => {
        one.State = 'deleting'
      })
  },

  /** Time has passed where the CLI was told so: a pending endpoint is there, a deleted one is gone. */
  DescribeVpcEndpoints(
    cloud: Cloud,
    request: { VpcEndpointIds?: readonly string[]; Filters?: readonly { Name: string; Values: readonly string[] }[] },
    answer: { VpcEndpoints?: { VpcEndpointId: string; State: string }[]; refused?: string },
  ) {
    const filtered = (request.Filters ?? []).filter(({ Name }) => Name === 'vpc-endpoint-id')
    const asked = [...(request.VpcEndpointIds ?? []), ...filtered.flatMap(({ Values }) => Values)]
    for (const id of asked) {
      const state = answer.VpcEndpoints?.find((one) => one.VpcEndpointId === id)?.State
      const own = itemsOf(cloud, ENDPOINTS).find((one) => one.VpcEndpointId === id)
      if (state === 'available' && own?.State === 'pending')
        editItem(cloud, ENDPOINTS, id, (one) => {
          one.State = state
        })
      if (state === undefined && own?.State === 'deleting') removeEndpoint(cloud, id)
    }
  },
}

/** AWS says of a gateway endpoint the tables that have its route. */
export function alignTables(cloud: Cloud): void {
  for (const { VpcEndpointId: id, VpcEndpointType } of itemsOf(cloud, ENDPOINTS)) {
    if (VpcEndpointType !== 'Gateway') continue
    const tables = itemsOf(cloud, ROUTE_TABLES).filter(({ Routes }) => Routes.some(({ GatewayId }) => GatewayId === id))
    editItem(cloud, ENDPOINTS, id, (one) => {
      one.RouteTableIds = one.RouteTableIds.filter((own) => tables.some(({ RouteTableId }) => RouteTableId === own))
    })
  }
}

/** What happens by itself once the lines are through. */
export function settleEndpoints(cloud: Cloud): void {
  for (const { VpcEndpointId, State } of itemsOf(cloud, ENDPOINTS)) {
    if (State === 'deleting') removeEndpoint(cloud, VpcEndpointId)
    if (State === 'pending' && VpcEndpointId.startsWith('vpce-0new'))
      editItem(cloud, ENDPOINTS, VpcEndpointId, (one) => {
        one.State = 'available'
      })
  }
}

function makeInterface(cloud: Cloud, id: string, request: CreateEndpoint): void {
  if (request.RouteTableIds !== undefined)
    throw new Refused('InvalidParameter', 'Route table IDs are only supported for Gateway type VPC Endpoints')
  const groups = request.SecurityGroupIds ?? [defaultGroup(cloud, request.VpcId)]
  changeGroups(cloud, id, groups, [])
  addSubnets(cloud, id, request.SubnetIds ?? [])
  if (request.PrivateDnsEnabled === true) setPrivateDns(cloud, id, true)
}

function makeGateway(cloud: Cloud, id: string, serviceName: string, request: CreateEndpoint): void {
  if (!GATEWAY_SERVICES.test(serviceName))
    throw new Refused(
      'InvalidParameter',
      `Endpoint type (Gateway) does not match available service types of ${serviceName}`,
    )
  if (request.SubnetIds !== undefined || request.SecurityGroupIds !== undefined || request.PrivateDnsEnabled === true)
    throw new Refused('InvalidParameter', 'Subnet IDs are only supported for Interface type VPC Endpoints')
  addTables(cloud, id, request.RouteTableIds ?? [])
}

function addTables(cloud: Cloud, endpointId: string, tableIds: readonly string[]): void {
  const endpoint = itemOf(cloud, ENDPOINTS, endpointId)
  for (const tableId of tableIds) {
    const table = itemOf(cloud, ROUTE_TABLES, tableId)
    if (table.VpcId !== endpoint.VpcId) throw new Refused('InvalidParameter', `${tableId} belongs to another network`)
    const listId = itemsOf(cloud, PREFIX_LISTS).find((one) => one.PrefixListName === endpoint.ServiceName)?.PrefixListId
    if (listId === undefined) throw new Refused('InvalidServiceName', `no prefix list for ${endpoint.ServiceName}`)
    if (table.Routes.some((route) => route.DestinationPrefixListId === listId && route.State === 'active'))
      throw new Refused('RouteAlreadyExists', `route table ${tableId} already has a route with prefix list ${listId}`)
    editItem(cloud, ROUTE_TABLES, tableId, (one) => {
      one.Routes = one.Routes.filter((route) => route.DestinationPrefixListId !== listId)
      one.Routes.push({
        DestinationPrefixListId: listId,
        GatewayId: endpointId,
        Origin: 'CreateRoute',
        State: 'active',
      })
    })
    editItem(cloud, ENDPOINTS, endpointId, (one) => {
      one.RouteTableIds = [...new Set([...one.RouteTableIds, tableId])]
    })
  }
}

function removeTables(cloud: Cloud, endpointId: string, tableIds: readonly string[]): void {
  for (const tableId of tableIds) {
    editItem(cloud, ROUTE_TABLES, tableId, (one) => {
      one.Routes = one.Routes.filter(({ GatewayId }) => GatewayId !== endpointId)
    })
    editItem(cloud, ENDPOINTS, endpointId, (one) => {
      one.RouteTableIds = one.RouteTableIds.filter((id) => id !== tableId)
    })
  }
}

function addSubnets(cloud: Cloud, endpointId: string, subnetIds: readonly string[]): void {
  for (const subnetId of subnetIds) {
    const endpoint = itemOf(cloud, ENDPOINTS, endpointId)
    const subnet = itemOf(cloud, SUBNETS, subnetId)
    if (subnet.VpcId !== endpoint.VpcId) throw new Refused('InvalidParameter', `${subnetId} belongs to another network`)
    if (endpoint.SubnetIds.includes(subnetId)) continue
    const zones = endpoint.SubnetIds.map((id) => itemOf(cloud, SUBNETS, id).AvailabilityZone)
    if (zones.includes(subnet.AvailabilityZone))
      throw new Refused('DuplicateSubnetsInSameZone', `${endpointId} has a subnet in ${subnet.AvailabilityZone}`)
    makeNetworkInterface(cloud, endpoint, subnet)
  }
}

function makeNetworkInterface(cloud: Cloud, endpoint: Endpoint, subnet: Subnet): void {
  const address = freeAddress(
    subnet,
    itemsOf(cloud, NETWORK_INTERFACES).map(({ PrivateIpAddress }) => PrivateIpAddress),
  )
  const id = `eni-0${endpoint.VpcEndpointId.slice(-8)}${subnet.SubnetId.slice(-8)}`
  addItem(cloud, NETWORK_INTERFACES, {
    NetworkInterfaceId: id,
    SubnetId: subnet.SubnetId,
    VpcId: subnet.VpcId,
    AvailabilityZone: subnet.AvailabilityZone,
    InterfaceType: 'vpc_endpoint',
    Status: 'in-use',
    PrivateIpAddress: address,
    PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: address }],
    Groups: endpoint.Groups,
    Description: `VPC Endpoint Interface ${endpoint.VpcEndpointId}`,
    RequesterManaged: true,
    OwnerId: cloud.accountId,
  })
  editItem(cloud, SUBNETS, subnet.SubnetId, (one) => {
    one.AvailableIpAddressCount -= 1
  })
  editItem(cloud, ENDPOINTS, endpoint.VpcEndpointId, ({ SubnetIds, NetworkInterfaceIds }) => {
    SubnetIds.push(subnet.SubnetId)
    NetworkInterfaceIds.push(id)
  })
}

function removeSubnets(cloud: Cloud, endpointId: string, subnetIds: readonly string[]): void {
  const { NetworkInterfaceIds } = itemOf(cloud, ENDPOINTS, endpointId)
  const gone = itemsOf(cloud, NETWORK_INTERFACES)
    .filter((one) => NetworkInterfaceIds.includes(one.NetworkInterfaceId) && subnetIds.includes(one.SubnetId))
    .map(({ NetworkInterfaceId }) => NetworkInterfaceId)
  replaceItems(cloud, NETWORK_INTERFACES, (all) => all.filter((one) => !gone.includes(one.NetworkInterfaceId)))
  editItem(cloud, ENDPOINTS, endpointId, (one) => {
    one.SubnetIds = one.SubnetIds.filter((id) => !subnetIds.includes(id))
    one.NetworkInterfaceIds = one.NetworkInterfaceIds.filter((id) => !gone.includes(id))
  })
}

function changeGroups(cloud: Cloud, endpointId: string, added: readonly string[], removed: readonly string[]): void {
  if (added.length + removed.length === 0) return
  const endpoint = itemOf(cloud, ENDPOINTS, endpointId)
  const groups = added.map((id) => {
    const { VpcId, GroupId, GroupName } = itemOf(cloud, SECURITY_GROUPS, id)
    if (VpcId !== endpoint.VpcId) throw new Refused('InvalidParameter', `${id} belongs to another network`)
    return { GroupId, GroupName }
  })
  const kept = endpoint.Groups.filter(({ GroupId }) => !removed.includes(GroupId) && !added.includes(GroupId))
  const all = [...kept, ...groups]
  if (all.length === 0) throw new Refused('InvalidParameter', `${endpointId} would have no security group`)
  editItem(cloud, ENDPOINTS, endpointId, (one) => {
    one.Groups = all
  })
  for (const id of endpoint.NetworkInterfaceIds)
    editItem(cloud, NETWORK_INTERFACES, id, (one) => {
      one.Groups = all
    })
}

/** VPC User Guide, "Private DNS": both attributes, and no other endpoint or zone of the VPC for the same name. */
function setPrivateDns(cloud: Cloud, endpointId: string, enabled: boolean): void {
  const endpoint = itemOf(cloud, ENDPOINTS, endpointId)
  if (enabled) {
    const { VpcId, ServiceName } = endpoint
    if (
      attributeOf(cloud, VpcId, 'EnableDnsSupport') !== true ||
      attributeOf(cloud, VpcId, 'EnableDnsHostnames') !== true
    )
      throw new Refused(
        'InvalidParameter',
        `Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for ${VpcId}`,
      )
    const rival = itemsOf(cloud, ENDPOINTS).find(
      (one) =>
        one.VpcEndpointId !== endpointId &&
        one.VpcId === VpcId &&
        one.ServiceName === ServiceName &&
        one.PrivateDnsEnabled,
    )
    if (rival !== undefined)
      throw new Refused(
        'InvalidParameter',
        `private-dns-enabled cannot be set because there is already a conflicting DNS domain for ${ServiceName} in ${VpcId}`,
      )
  }
  editItem(cloud, ENDPOINTS, endpointId, (one) => {
    one.PrivateDnsEnabled = enabled
    // A setting of private DNS.
    if (!enabled) delete one.DnsOptions?.PrivateDnsOnlyForInboundResolverEndpoint
  })
}

function removeEndpoint(cloud: Cloud, id: string): void {
  const { NetworkInterfaceIds, SubnetIds, RouteTableIds } = itemOf(cloud, ENDPOINTS, id)
  removeTables(cloud, id, RouteTableIds)
  replaceItems(cloud, NETWORK_INTERFACES, (all) =>
    all.filter((one) => !NetworkInterfaceIds.includes(one.NetworkInterfaceId)),
  )
  for (const subnetId of SubnetIds)
    editItem(cloud, SUBNETS, subnetId, (one) => {
      one.AvailableIpAddressCount += 1
    })
  replaceItems(cloud, ENDPOINTS, (all) => all.filter((one) => one.VpcEndpointId !== id))
}

function defaultGroup(cloud: Cloud, vpcId: string): string {
  const group = itemsOf(cloud, SECURITY_GROUPS).find((one) => one.VpcId === vpcId && one.GroupName === 'default')
  if (group === undefined) throw new Refused('InvalidGroup.NotFound', `${vpcId} has no default group`)
  return group.GroupId
}

function checkPolicy(text: string): string {
  try {
    const policy = JSON.parse(text)
    if (Array.isArray(policy.Statement) || typeof policy.Statement === 'object') return text
  } catch {
    // Refused below, as a policy without statements is.
  }
  throw new Refused('InvalidPolicyDocument', text)
}
