/** A snapshot: a service on one container instance, whose VPC leads out through a transit gateway and the NAT gateway of another VPC. */
const prefix = 'arn:aws:ecs:ap-northeast-2:123456789012'
const cluster = `${prefix}:cluster/demo`
const OwnerId = '123456789012'
const open = {
  IpProtocol: '-1',
  IpRanges: [{ CidrIp: '0.0.0.0/0' }],
  Ipv6Ranges: [],
  PrefixListIds: [],
  UserIdGroupPairs: [],
}

export const subnet = (SubnetId: string, VpcId: string, CidrBlock: string) => ({
  SubnetId,
  VpcId,
  CidrBlock,
  OwnerId,
  State: 'available',
  AvailabilityZone: 'ap-northeast-2a',
  AvailabilityZoneId: 'apne2-az1',
  AvailableIpAddressCount: 200,
  MapPublicIpOnLaunch: false,
})

export const table = (RouteTableId: string, VpcId: string, target: object) => ({
  RouteTableId,
  VpcId,
  OwnerId,
  Associations: [{ Main: true, RouteTableId, AssociationState: { State: 'associated' } }],
  Routes: [{ DestinationCidrBlock: '0.0.0.0/0', State: 'active', Origin: 'CreateRoute', ...target }],
})

export const vpc = (VpcId: string, CidrBlock: string) => ({
  VpcId,
  CidrBlock,
  OwnerId,
  State: 'available',
  DhcpOptionsId: 'dopt-1',
  CidrBlockAssociationSet: [{ CidrBlock, CidrBlockState: { State: 'associated' } }],
})

export const attachment = (id: string, VpcId: string, SubnetId: string) => ({
  TransitGatewayAttachmentId: id,
  TransitGatewayId: 'tgw-1',
  VpcId,
  SubnetIds: [SubnetId],
  State: 'available',
  Options: { SecurityGroupReferencingSupport: 'disable' },
})

export const onInstances: Readonly<Record<string, unknown>> = {
  'meta.json': { schemaVersion: 1, region: 'ap-northeast-2', accountId: OwnerId, takenAt: '2026-11-20T00:00:00Z' },
  'ecs/describe-clusters.json': {
    clusters: [
      {
        clusterArn: cluster,
        clusterName: 'demo',
        status: 'ACTIVE',
        defaultCapacityProviderStrategy: [{ capacityProvider: 'blue' }],
      },
    ],
    failures: [],
  },
  'ecs/describe-services.json': {
    services: [
      {
        serviceArn: `${prefix}:service/demo/web`,
        serviceName: 'web',
        clusterArn: cluster,
        status: 'ACTIVE',
        desiredCount: 1,
        taskDefinition: `${prefix}:task-definition/web:7`,
      },
    ],
    failures: [],
  },
  'ecs/describe-task-definition/web-7.json': {
    taskDefinition: {
      taskDefinitionArn: `${prefix}:task-definition/web:7`,
      family: 'web',
      revision: 7,
      status: 'ACTIVE',
      networkMode: 'bridge',
      containerDefinitions: [
        { name: 'web', image: 'nginx:1.29', memory: 512, environment: [{ name: 'KEY', value: 'hunter2' }] },
      ],
    },
  },
  'ecs/describe-capacity-providers.json': {
    capacityProviders: [
      { name: 'blue', status: 'ACTIVE', autoScalingGroupProvider: { autoScalingGroupArn: 'arn:aws:autoscaling:x' } },
    ],
    failures: [],
  },
  'ecs/describe-container-instances.json': {
    containerInstances: [
      {
        containerInstanceArn: `${prefix}:container-instance/demo/c1`,
        ec2InstanceId: 'i-1',
        capacityProviderName: 'blue',
        status: 'ACTIVE',
        agentConnected: true,
        attributes: [{ name: 'ecs.vpc-id', value: 'vpc-1' }],
      },
      {
        containerInstanceArn: `${prefix}:container-instance/demo/c2`,
        ec2InstanceId: 'i-2',
        capacityProviderName: 'green',
        status: 'ACTIVE',
        agentConnected: true,
      },
    ],
    failures: [],
  },
  'ecs/describe-tasks.json': {
    tasks: [
      {
        taskArn: `${prefix}:task/demo/abc`,
        clusterArn: cluster,
        group: 'service:web',
        lastStatus: 'RUNNING',
        desiredStatus: 'RUNNING',
        startedBy: 'ecs-svc/1',
        overrides: { containerOverrides: [{ name: 'web', environment: [{ name: 'KEY', value: 'hunter2' }] }] },
      },
    ],
    failures: [],
  },
  'ec2/describe-instances.json': {
    Reservations: [
      {
        ReservationId: 'r-1',
        Instances: [
          {
            InstanceId: 'i-1',
            SubnetId: 'subnet-1',
            VpcId: 'vpc-1',
            IamInstanceProfile: { Arn: 'arn:aws:iam::123456789012:instance-profile/host' },
            NetworkInterfaces: [
              {
                NetworkInterfaceId: 'eni-1',
                SubnetId: 'subnet-1',
                Groups: [{ GroupId: 'sg-host' }],
                PrivateIpAddress: '10.1.0.10',
                Attachment: { DeviceIndex: 0, NetworkCardIndex: 0 },
              },
            ],
          },
        ],
      },
    ],
  },
  'ec2/describe-vpcs.json': { Vpcs: [vpc('vpc-1', '10.1.0.0/16'), vpc('vpc-2', '10.2.0.0/16')] },
  'ec2/describe-subnets.json': {
    Subnets: [subnet('subnet-1', 'vpc-1', '10.1.0.0/24'), subnet('subnet-2', 'vpc-2', '10.2.0.0/24')],
  },
  'ec2/describe-route-tables.json': {
    RouteTables: [
      table('rtb-1', 'vpc-1', { TransitGatewayId: 'tgw-1' }),
      table('rtb-2', 'vpc-2', { NatGatewayId: 'nat-2' }),
    ],
  },
  'ec2/describe-network-acls.json': { NetworkAcls: [] },
  'ec2/describe-security-groups.json': {
    SecurityGroups: [
      { GroupId: 'sg-host', GroupName: 'host', VpcId: 'vpc-1', IpPermissions: [], IpPermissionsEgress: [open] },
    ],
  },
  'ec2/describe-vpc-endpoints.json': {
    VpcEndpoints: [
      {
        VpcEndpointId: 'vpce-2',
        VpcId: 'vpc-2',
        VpcEndpointType: 'Interface',
        ServiceName: 'com.amazonaws.ap-northeast-2.ecr.api',
        State: 'available',
        NetworkInterfaceIds: ['eni-endpoint'],
        SubnetIds: ['subnet-2'],
        Groups: [],
      },
    ],
  },
  'ec2/describe-network-interfaces.json': {
    NetworkInterfaces: [
      {
        NetworkInterfaceId: 'eni-endpoint',
        SubnetId: 'subnet-2',
        VpcId: 'vpc-2',
        InterfaceType: 'vpc_endpoint',
        Status: 'in-use',
        PrivateIpAddress: '10.2.0.5',
        PrivateIpAddresses: [{ PrivateIpAddress: '10.2.0.5', Primary: true }],
      },
    ],
  },
  'ec2/describe-nat-gateways.json': {
    NatGateways: [
      { NatGatewayId: 'nat-2', VpcId: 'vpc-2', SubnetId: 'subnet-2', State: 'available', ConnectivityType: 'public' },
    ],
  },
  'ec2/describe-internet-gateways.json': { InternetGateways: [] },
  'ec2/describe-prefix-lists.json': {
    PrefixLists: [
      { PrefixListId: 'pl-1', PrefixListName: 'com.amazonaws.ap-northeast-2.s3', Cidrs: ['52.219.56.0/22'] },
    ],
  },
  'ec2/describe-dhcp-options.json': {
    DhcpOptions: [
      {
        DhcpOptionsId: 'dopt-1',
        DhcpConfigurations: [{ Key: 'domain-name-servers', Values: [{ Value: 'AmazonProvidedDNS' }] }],
      },
    ],
  },
  'ec2/describe-transit-gateways.json': { TransitGateways: [{ TransitGatewayId: 'tgw-1', State: 'available' }] },
  'ec2/describe-transit-gateway-vpc-attachments.json': {
    TransitGatewayVpcAttachments: [
      attachment('tgw-attach-1', 'vpc-1', 'subnet-1'),
      attachment('tgw-attach-2', 'vpc-2', 'subnet-2'),
    ],
  },
  'ec2/describe-transit-gateway-attachments.json': {
    TransitGatewayAttachments: [
      {
        TransitGatewayAttachmentId: 'tgw-attach-1',
        TransitGatewayId: 'tgw-1',
        ResourceType: 'vpc',
        ResourceId: 'vpc-1',
        State: 'available',
        Association: { State: 'associated', TransitGatewayRouteTableId: 'tgw-rtb-1' },
      },
    ],
  },
  'ec2/describe-transit-gateway-route-tables.json': {
    TransitGatewayRouteTables: [
      { TransitGatewayRouteTableId: 'tgw-rtb-1', TransitGatewayId: 'tgw-1', State: 'available' },
    ],
  },
  'ec2/search-transit-gateway-routes/tgw-rtb-1.json': {
    Routes: [
      {
        DestinationCidrBlock: '0.0.0.0/0',
        State: 'active',
        Type: 'static',
        TransitGatewayAttachments: [
          { TransitGatewayAttachmentId: 'tgw-attach-2', ResourceType: 'vpc', ResourceId: 'vpc-2' },
        ],
      },
    ],
    AdditionalRoutesAvailable: false,
  },
  'ec2/describe-vpn-connections.json': {
    VpnConnections: [
      {
        VpnConnectionId: 'vpn-1',
        TransitGatewayId: 'tgw-1',
        State: 'available',
        CustomerGatewayConfiguration: '<pre_shared_key>hunter2</pre_shared_key>',
        Options: { StaticRoutesOnly: true, TunnelOptions: [{ PreSharedKey: 'hunter2' }] },
        Routes: [],
      },
    ],
  },
}
