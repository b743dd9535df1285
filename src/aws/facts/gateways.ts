/** NAT, internet, egress-only and VPN gateways and peerings, from EC2's answers. */
import type { InternetGateway, NatGateway, Peering, PeeringSide, VpnConnection } from '../../domain/network.ts'
import { at, fieldsOf, flag, idOf, isBlock, type Loose, listAt, prose, text, word } from './shape.ts'

export function toNatGateway(record: Loose): NatGateway | null {
  const id = idOf(record['NatGatewayId'])
  if (id === null) return null
  const code = text(record['FailureCode'])
  const message = prose(record['FailureMessage'])
  return {
    id,
    vpcId: text(record['VpcId']) ?? '',
    subnetId: idOf(record['SubnetId']),
    routeTableId: idOf(record['RouteTableId']),
    state: word(record['State']),
    connectivity: word(record['ConnectivityType'], 'public'),
    availability: word(record['AvailabilityMode'], 'zonal'),
    addresses: listAt(record, 'NatGatewayAddresses').map((one) => ({
      privateIp: text(one['PrivateIp']),
      publicIp: text(one['PublicIp']),
      // Answers from before 2023 have no status: the address of a gateway that is available is in use.
      status: word(one['Status'], 'succeeded'),
    })),
    attachedAppliances: listAt(record, 'AttachedAppliances').some(isInTheWay),
    failure: code === null && message === null ? null : [code, message].filter((part) => part !== null).join(': '),
  }
}

/** Not once it is detached, on its way out, or was never attached (EC2 API, NatGatewayAttachedAppliance). */
function isInTheWay(appliance: Loose): boolean {
  return !['detached', 'detaching', 'attach-failed'].includes(word(appliance['AttachmentState']))
}

export function toInternetGateway(record: Loose): InternetGateway | null {
  const id = idOf(record['InternetGatewayId']) ?? idOf(record['EgressOnlyInternetGatewayId'])
  if (id === null) return null
  const attachments = listAt(record, 'Attachments').flatMap((one) => {
    const vpcId = text(one['VpcId'])
    return vpcId === null ? [] : [{ vpcId, state: word(one['State']) }]
  })
  return { id, attachments }
}

export function toPeering(record: Loose): Peering | null {
  const id = idOf(record['VpcPeeringConnectionId'])
  const sides = [record['RequesterVpcInfo'], record['AccepterVpcInfo']]
  if (id === null || !sides.flatMap(blocksOf).every(isBlock)) return null
  return {
    id,
    state: word(at(record, 'Status', 'Code')),
    requester: toPeeringSide(record['RequesterVpcInfo']),
    accepter: toPeeringSide(record['AccepterVpcInfo']),
  }
}

function blocksOf(side: unknown): readonly string[] {
  const primary = text(at(side, 'CidrBlock'))
  return [
    ...(primary === null ? [] : [primary]),
    ...fieldsOf(at(side, 'CidrBlockSet'), 'CidrBlock'),
    ...fieldsOf(at(side, 'Ipv6CidrBlockSet'), 'Ipv6CidrBlock'),
  ]
}

function toPeeringSide(side: unknown): PeeringSide {
  return {
    vpcId: text(at(side, 'VpcId')) ?? '',
    ownerId: text(at(side, 'OwnerId')),
    cidrs: [...new Set(blocksOf(side))],
  }
}

export function toVpnGateway(record: Loose): { readonly id: string; readonly vpcIds: readonly string[] } | null {
  const id = idOf(record['VpnGatewayId'])
  if (id === null) return null
  const attached = listAt(record, 'VpcAttachments').filter((one) => word(one['State'], 'attached') === 'attached')
  return { id, vpcIds: fieldsOf(attached, 'VpcId') }
}

export function toVpnConnection(record: Loose): VpnConnection | null {
  const id = idOf(record['VpnConnectionId'])
  if (id === null) return null
  const routes = listAt(record, 'Routes').filter((one) => word(one['State'], 'available') === 'available')
  return {
    id,
    vpnGatewayId: idOf(record['VpnGatewayId']),
    state: word(record['State']),
    staticRoutesOnly: flag(at(record, 'Options', 'StaticRoutesOnly')) ?? false,
    routes: fieldsOf(routes, 'DestinationCidrBlock'),
  }
}
