/** The names that the filters of each EC2 listing have ("Request Parameters" of each call in the EC2 API Reference). */
import { camelPath } from '../item.ts'

function permission(direction: 'IpPermissions' | 'IpPermissionsEgress', prefix: string): string {
  return [
    `cidr=${direction}.IpRanges.CidrIp`,
    `ipv6-cidr=${direction}.Ipv6Ranges.CidrIpv6`,
    `prefix-list-id=${direction}.PrefixListIds.PrefixListId`,
    `group-id=${direction}.UserIdGroupPairs.GroupId`,
    `group-name=${direction}.UserIdGroupPairs.GroupName`,
    `user-id=${direction}.UserIdGroupPairs.UserId`,
    `protocol=${direction}.IpProtocol`,
    `from-port=${direction}.FromPort`,
    `to-port=${direction}.ToPort`,
  ]
    .map((filter) => `${prefix}${filter}`)
    .join(' ')
}

const INTERFACE = `association.allocation-id association.association-id association.ip-owner-id association.public-ip
  association.public-dns-name addresses.association.owner-id=PrivateIpAddresses.Association.IpOwnerId
  addresses.association.public-ip=PrivateIpAddresses.Association.PublicIp addresses.primary=PrivateIpAddresses.Primary
  addresses.private-ip-address=PrivateIpAddresses.PrivateIpAddress attachment.attach-time attachment.attachment-id
  attachment.delete-on-termination attachment.device-index attachment.instance-id attachment.instance-owner-id
  attachment.status availability-zone availability-zone-id description group-id=Groups.GroupId group-name=Groups.GroupName
  ipv6-addresses.ipv6-address interface-type mac-address network-interface-id operator.managed operator.principal owner-id
  private-dns-name private-ip-address=PrivateIpAddress|PrivateIpAddresses.PrivateIpAddress requester-id requester-managed source-dest-check
  status subnet-id vpc-id`

/** Interfaces inside an instance are filtered by the same names behind `network-interface.`. */
const INSTANCE_INTERFACE = INTERFACE.split(/\s+/)
  .map((part) => part.split('='))
  .map(([name = '', path]) => {
    const paths = (path ?? camelPath(name)).split('|').map((one) => `NetworkInterfaces.${one}`)
    return `network-interface.${name}=${paths.join('|')}`
  })
  .join(' ')

/** By operation; `=Path` follows a name that is not the member's own (ec2-filters.ts reads this). */
export const FILTER_NAMES: Readonly<Record<string, string>> = {
  DescribeVpcs: `cidr=CidrBlock cidr-block-association.cidr-block=CidrBlockAssociationSet.CidrBlock
      cidr-block-association.association-id=CidrBlockAssociationSet.AssociationId
      cidr-block-association.state=CidrBlockAssociationSet.CidrBlockState.State dhcp-options-id
      ipv6-cidr-block-association.ipv6-cidr-block=Ipv6CidrBlockAssociationSet.Ipv6CidrBlock
      ipv6-cidr-block-association.ipv6-pool=Ipv6CidrBlockAssociationSet.Ipv6Pool
      ipv6-cidr-block-association.association-id=Ipv6CidrBlockAssociationSet.AssociationId
      ipv6-cidr-block-association.state=Ipv6CidrBlockAssociationSet.Ipv6CidrBlockState.State is-default owner-id state vpc-id`,
  DescribeSubnets: `availability-zone availabilityZone=AvailabilityZone availability-zone-id available-ip-address-count
      cidr-block cidr=CidrBlock cidrBlock=CidrBlock customer-owned-ipv4-pool default-for-az enable-dns64
      enable-lni-at-device-index ipv6-cidr-block-association.ipv6-cidr-block=Ipv6CidrBlockAssociationSet.Ipv6CidrBlock
      ipv6-cidr-block-association.association-id=Ipv6CidrBlockAssociationSet.AssociationId
      ipv6-cidr-block-association.state=Ipv6CidrBlockAssociationSet.Ipv6CidrBlockState.State ipv6-native
      map-customer-owned-ip-on-launch map-public-ip-on-launch outpost-arn owner-id
      private-dns-name-options-on-launch.hostname-type
      private-dns-name-options-on-launch.enable-resource-name-dns-a-record=PrivateDnsNameOptionsOnLaunch.EnableResourceNameDnsARecord
      private-dns-name-options-on-launch.enable-resource-name-dns-aaaa-record=PrivateDnsNameOptionsOnLaunch.EnableResourceNameDnsAAAARecord
      state subnet-arn subnet-id vpc-id`,
  DescribeRouteTables: `association.gateway-id=Associations.GatewayId association.main=Associations.Main
      association.route-table-association-id=Associations.RouteTableAssociationId
      association.route-table-id=Associations.RouteTableId association.subnet-id=Associations.SubnetId owner-id
      route-table-id route.destination-cidr-block=Routes.DestinationCidrBlock
      route.destination-ipv6-cidr-block=Routes.DestinationIpv6CidrBlock
      route.destination-prefix-list-id=Routes.DestinationPrefixListId
      route.egress-only-internet-gateway-id=Routes.EgressOnlyInternetGatewayId route.gateway-id=Routes.GatewayId
      route.instance-id=Routes.InstanceId route.nat-gateway-id=Routes.NatGatewayId
      route.transit-gateway-id=Routes.TransitGatewayId route.origin=Routes.Origin route.state=Routes.State
      route.vpc-peering-connection-id=Routes.VpcPeeringConnectionId vpc-id`,
  DescribeNetworkAcls: `association.association-id=Associations.NetworkAclAssociationId
      association.network-acl-id=Associations.NetworkAclId association.subnet-id=Associations.SubnetId default=IsDefault
      entry.cidr=Entries.CidrBlock entry.icmp.code=Entries.IcmpTypeCode.Code entry.icmp.type=Entries.IcmpTypeCode.Type
      entry.ipv6-cidr=Entries.Ipv6CidrBlock entry.port-range.from=Entries.PortRange.From
      entry.port-range.to=Entries.PortRange.To entry.protocol=Entries.Protocol entry.rule-action=Entries.RuleAction
      entry.egress=Entries.Egress entry.rule-number=Entries.RuleNumber network-acl-id owner-id vpc-id`,
  DescribeSecurityGroups: `description group-id group-name owner-id vpc-id ${permission('IpPermissions', 'ip-permission.')}
      ${permission('IpPermissionsEgress', 'egress.ip-permission.')}`,
  DescribeSecurityGroupVpcAssociations: 'group-id group-owner-id state vpc-id vpc-owner-id',
  DescribeSecurityGroupRules: 'group-id security-group-rule-id',
  DescribeVpcEndpoints: `ip-address-type service-name service-region vpc-id vpc-endpoint-id vpc-endpoint-state=State
      vpc-endpoint-type`,
  DescribeNetworkInterfaces: INTERFACE,
  DescribeNatGateways: 'nat-gateway-id state subnet-id vpc-id',
  DescribeInternetGateways:
    'attachment.state=Attachments.State attachment.vpc-id=Attachments.VpcId internet-gateway-id owner-id',
  DescribeEgressOnlyInternetGateways: '',
  DescribePrefixLists: 'prefix-list-id prefix-list-name',
  DescribeManagedPrefixLists: 'owner-id prefix-list-id prefix-list-name',
  DescribeDhcpOptions: 'dhcp-options-id key=DhcpConfigurations.Key value=DhcpConfigurations.Values.Value owner-id',
  DescribeVpcPeeringConnections: `accepter-vpc-info.cidr-block accepter-vpc-info.owner-id accepter-vpc-info.vpc-id
      requester-vpc-info.cidr-block requester-vpc-info.owner-id requester-vpc-info.vpc-id expiration-time
      status-code=Status.Code status-message=Status.Message vpc-peering-connection-id`,
  DescribeTransitGateways: `options.propagation-default-route-table-id options.amazon-side-asn options.association-default-route-table-id
      options.auto-accept-shared-attachments options.default-route-table-association
      options.default-route-table-propagation options.dns-support options.vpn-ecmp-support owner-id state
      transit-gateway-id`,
  DescribeTransitGatewayVpcAttachments: 'state transit-gateway-attachment-id transit-gateway-id vpc-id',
  DescribeTransitGatewayAttachments: `association.state association.transit-gateway-route-table-id resource-id resource-owner-id resource-type state
      transit-gateway-attachment-id transit-gateway-id transit-gateway-owner-id`,
  DescribeTransitGatewayRouteTables: `default-association-route-table default-propagation-route-table state transit-gateway-id
      transit-gateway-route-table-id`,
  DescribeVpnGateways: `amazon-side-asn attachment.state=VpcAttachments.State attachment.vpc-id=VpcAttachments.VpcId
      availability-zone state type vpn-gateway-id`,
  DescribeVpnConnections: `customer-gateway-configuration customer-gateway-id state
      option.static-routes-only=Options.StaticRoutesOnly route.destination-cidr-block=Routes.DestinationCidrBlock type
      vpn-connection-id vpn-gateway-id transit-gateway-id`,
  DescribeAvailabilityZones: `group-long-name group-name message=Messages.Message opt-in-status parent-zone-id parent-zone-name region-name
      state zone-id zone-name zone-type`,
  DescribeInstanceTypes:
    'bare-metal burstable-performance-supported current-generation free-tier-eligible hypervisor instance-type',
  DescribeVpcEncryptionControls: 'mode state vpc-encryption-control-id vpc-id',
  DescribeVpcBlockPublicAccessExclusions: 'resource-arn internet-gateway-exclusion-mode state',
  DescribeInstances: `affinity=Placement.Affinity architecture availability-zone=Placement.AvailabilityZone
    block-device-mapping.device-name=BlockDeviceMappings.DeviceName block-device-mapping.volume-id=BlockDeviceMappings.Ebs.VolumeId
    client-token dns-name=PublicDnsName ebs-optimized ena-support host-id=Placement.HostId hypervisor
    iam-instance-profile.arn iam-instance-profile.id image-id instance-id instance-lifecycle
    instance-state-code=State.Code instance-state-name=State.Name instance-type
    instance.group-id=SecurityGroups.GroupId instance.group-name=SecurityGroups.GroupName ip-address=PublicIpAddress
    ipv6-address=Ipv6Address|NetworkInterfaces.Ipv6Addresses.Ipv6Address kernel-id key-name launch-index=AmiLaunchIndex
    launch-time metadata-options.http-endpoint metadata-options.http-put-response-hop-limit metadata-options.http-tokens
    metadata-options.state monitoring-state=Monitoring.State operator.managed operator.principal outpost-arn owner-id
    placement-group-name=Placement.GroupName platform platform-details private-dns-name
    private-ip-address=PrivateIpAddress|NetworkInterfaces.PrivateIpAddresses.PrivateIpAddress
    product-code=ProductCodes.ProductCodeId ramdisk-id reason=StateTransitionReason requester-id reservation-id
    root-device-name root-device-type source-dest-check spot-instance-request-id state-reason-code=StateReason.Code
    state-reason-message=StateReason.Message subnet-id tenancy=Placement.Tenancy usage-operation virtualization-type
    vpc-id ${INSTANCE_INTERFACE}`,
}
