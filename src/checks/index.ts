/** Every check, in the order of the contract's steps. */
import type { Check } from '../domain/check.ts'
import blackholeRoute from './blackhole-route.ts'
import customDnsServers from './custom-dns-servers.ts'
import endpointClosedToTasks from './endpoint-closed-to-tasks.ts'
import endpointMissing from './endpoint-missing.ts'
import endpointNotAvailable from './endpoint-not-available.ts'
import endpointPolicyDenies from './endpoint-policy-denies.ts'
import endpointZoneGap from './endpoint-zone-gap.ts'
import hostedZoneShadowsName from './hosted-zone-shadows-name.ts'
import internetBlockedByVpcSetting from './internet-blocked-by-vpc-setting.ts'
import internetGatewayDetached from './internet-gateway-detached.ts'
import natGatewayBroken from './nat-gateway-broken.ts'
import networkAclClosed from './network-acl-closed.ts'
import privateDnsOff from './private-dns-off.ts'
import publicSubnetWithoutPublicIp from './public-subnet-without-public-ip.ts'
import runningTasksElsewhere from './running-tasks-elsewhere.ts'
import s3RouteMissing from './s3-route-missing.ts'
import serviceNotActive from './service-not-active.ts'
import serviceSpansGoodAndBadSubnets from './service-spans-good-and-bad-subnets.ts'
import subnetNearlyFull from './subnet-nearly-full.ts'
import subnetWithoutWayToRegistry from './subnet-without-way-to-registry.ts'
import taskEgressClosed from './task-egress-closed.ts'
import vpcDnsOff from './vpc-dns-off.ts'

export const CHECKS: readonly Check[] = [
  serviceNotActive,
  serviceSpansGoodAndBadSubnets,
  runningTasksElsewhere,
  subnetNearlyFull,
  vpcDnsOff,
  customDnsServers,
  hostedZoneShadowsName,
  privateDnsOff,
  endpointMissing,
  endpointNotAvailable,
  endpointZoneGap,
  s3RouteMissing,
  natGatewayBroken,
  publicSubnetWithoutPublicIp,
  blackholeRoute,
  internetGatewayDetached,
  internetBlockedByVpcSetting,
  subnetWithoutWayToRegistry,
  taskEgressClosed,
  endpointClosedToTasks,
  networkAclClosed,
  endpointPolicyDenies,
]
