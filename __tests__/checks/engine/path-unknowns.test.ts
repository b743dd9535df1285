/** A finding never goes away because a fact was not read: its check is named as one that could not judge. */
import { describe, expect, test } from '@jest/globals'
import { rareOverrides, unknownsOf } from '../../../src/checks/engine/path-unknowns.ts'
import { checksKept, keptByPaths } from '../../../src/checks/engine/unknowns.ts'
import { conclude } from '../../../src/checks/engine/verdict.ts'
import { CHECKS } from '../../../src/checks/index.ts'
import { known, unread } from '../../../src/domain/answer.ts'
import type { Endpoint, Network } from '../../../src/domain/network.ts'
import {
  ACL_A,
  ACL_PUBLIC,
  API,
  add,
  BY_ENDPOINTS,
  BY_NAT,
  change,
  DHCP,
  DKR,
  ENDPOINT_GROUP,
  GATEWAY,
  IN_PUBLIC,
  judge,
  LOGS,
  NAT_A,
  NAT_C,
  PUBLIC_A,
  PUBLIC_C,
  pathsOf,
  route,
  S3,
  TABLE_A,
  TASK_GROUP,
  VPC,
  type World,
  withContainer,
  withNetwork,
  without,
  withService,
} from '../world.ts'

const DENYING = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }],
})
const PRIVATE_IN_PUBLIC = withService(IN_PUBLIC, {
  awsvpc: { subnetIds: [PUBLIC_A, PUBLIC_C], securityGroupIds: [TASK_GROUP], assignPublicIp: 'DISABLED' },
})
const DKR_ENDPOINT = endpointIn(BY_ENDPOINTS, DKR)

/** A world for each check that speaks for a fault, in which it finds something. */
const BROKEN: Readonly<Record<string, World>> = {
  'vpc-dns-off': withNetwork(BY_ENDPOINTS, { vpcDns: { [VPC]: { support: known(false), hostnames: known(true) } } }),
  'custom-dns-servers': change(BY_ENDPOINTS, 'dhcpOptions', DHCP, { domainNameServers: ['10.0.0.53'] }),
  'private-dns-off': change(BY_ENDPOINTS, 'endpoints', DKR, { privateDns: false }),
  'hosted-zone-shadows-name': withNetwork(BY_NAT, {
    hostedZones: { [VPC]: known([{ id: 'Z1', name: 'amazonaws.com', owner: '1', records: known([]) }]) },
  }),
  'endpoint-missing': without(BY_ENDPOINTS, 'endpoints', LOGS),
  'endpoint-not-available': change(BY_ENDPOINTS, 'endpoints', S3, { state: 'failed' }),
  's3-route-missing': change(BY_ENDPOINTS, 'routeTables', TABLE_A, { routes: [] }),
  'blackhole-route': change(BY_NAT, 'routeTables', TABLE_A, {
    routes: [route('0.0.0.0/0', 'nat-gateway', NAT_A, { state: 'blackhole' })],
  }),
  'public-subnet-without-public-ip': PRIVATE_IN_PUBLIC,
  'internet-gateway-detached': change(BY_NAT, 'internetGateways', GATEWAY, { attachments: [] }),
  'internet-blocked-by-vpc-setting': change(IN_PUBLIC, 'subnets', PUBLIC_A, {
    internetGatewayBlockMode: 'block-bidirectional',
  }),
  'nat-gateway-broken': change(BY_NAT, 'natGateways', NAT_A, { state: 'failed' }),
  'task-egress-closed': change(BY_ENDPOINTS, 'securityGroups', TASK_GROUP, { egress: [] }),
  'endpoint-closed-to-tasks': change(BY_ENDPOINTS, 'securityGroups', ENDPOINT_GROUP, { ingress: [] }),
  'network-acl-closed': change(BY_ENDPOINTS, 'networkAcls', ACL_A, { entries: [] }),
  'network-acl-closed behind the NAT gateway': change(BY_NAT, 'networkAcls', ACL_PUBLIC, { entries: [] }),
  'endpoint-policy-denies': change(BY_ENDPOINTS, 'endpoints', API, { policy: DENYING }),
  'endpoint-policy-denies of S3': change(BY_ENDPOINTS, 'endpoints', S3, { policy: DENYING }),
  'subnet-without-way-to-registry': withContainer(change(BY_NAT, 'routeTables', TABLE_A, { routes: [] }), {
    image: 'ghcr.io/org/web:v7',
  }),
  'private-dns-off beside a private NAT gateway': change(
    add(change(BY_NAT, 'natGateways', NAT_A, { connectivity: 'private' }), 'endpoints', {
      ...DKR_ENDPOINT,
      privateDns: false,
    }),
    'natGateways',
    NAT_C,
    { connectivity: 'private' },
  ),
  'endpoint-not-available behind no public address': add(PRIVATE_IN_PUBLIC, 'endpoints', {
    ...DKR_ENDPOINT,
    state: 'failed',
  }),
}

const DENIED = unread('denied', 'ec2:DescribeThings')
const UNREAD: Readonly<Record<string, (network: Network) => Partial<Network>>> = {
  vpcs: () => ({ vpcs: DENIED }),
  'DNS attributes': () => ({ vpcDns: { [VPC]: { support: DENIED, hostnames: DENIED } } }),
  enableDnsHostnames: () => ({ vpcDns: { [VPC]: { support: known(true), hostnames: DENIED } } }),
  dhcpOptions: () => ({ dhcpOptions: DENIED }),
  hostedZones: () => ({ hostedZones: { [VPC]: DENIED } }),
  subnets: () => ({ subnets: DENIED }),
  routeTables: () => ({ routeTables: DENIED }),
  networkAcls: () => ({ networkAcls: DENIED }),
  securityGroups: () => ({ securityGroups: DENIED }),
  endpoints: () => ({ endpoints: DENIED }),
  interfaces: () => ({ interfaces: DENIED }),
  prefixLists: () => ({ prefixLists: DENIED }),
  'entries of prefix lists': ({ prefixLists }) => ({
    prefixLists: prefixLists.known ? known(prefixLists.value.map((one) => ({ ...one, entries: DENIED }))) : prefixLists,
  }),
  natGateways: () => ({ natGateways: DENIED }),
  internetGateways: () => ({ internetGateways: DENIED }),
  blockPublicAccess: () => ({ blockPublicAccess: DENIED }),
}

function endpointIn({ network }: World, id: string): Endpoint {
  const found = network.endpoints.known ? network.endpoints.value.find((one) => one.id === id) : undefined
  if (found === undefined) throw new Error(`no ${id}`)
  return found
}

/** Every check that a report would name as one that could not judge. */
function keptFromJudging(world: World): readonly string[] {
  const { unknowns } = judge(world)
  const ofPaths = keptByPaths(unknownsOf(pathsOf(world), CHECKS), CHECKS)
  return [...unknowns, ...ofPaths, ...rareOverrides(world.network)].flatMap(checksKept)
}

describe.each(Object.entries(BROKEN))('%s', (name, world) => {
  const [check = ''] = name.split(' ')
  const isFound = (one: World) => judge(one).findings.some((finding) => finding.check === check)

  test('is found where everything is read', () => {
    expect(isFound(world)).toBe(true)
  })

  test.each(Object.entries(UNREAD))('is found or named as not judged without %s', (_, part) => {
    const partly = withNetwork(world, part(world.network))
    if (!isFound(partly)) expect(keptFromJudging(partly)).toContain(check)
  })
})

describe('what a missing fact keeps from judging', () => {
  const without = (world: World, part: Partial<Network>) => unknownsOf(pathsOf(withNetwork(world, part)), CHECKS)

  test('is every check and step beyond the hop, where nobody saw what lies behind', () => {
    const [unknown, ...rest] = without(BY_ENDPOINTS, { routeTables: DENIED })
    expect(rest).toEqual([])
    expect(unknown).toMatchObject({ check: 'subnet-without-way-to-registry', step: 'routes', matters: true })
    expect(unknown?.checks).toEqual(
      expect.arrayContaining([
        'endpoint-not-available',
        'nat-gateway-broken',
        'internet-gateway-detached',
        'internet-blocked-by-vpc-setting',
        'network-acl-closed',
        'endpoint-closed-to-tasks',
        'endpoint-policy-denies',
      ]),
    )
    expect(unknown?.checks).not.toContain('task-egress-closed')
    expect(unknown?.beyond).toEqual(
      expect.arrayContaining(['endpoints', 'network-acls', 'security-groups', 'endpoint-policies']),
    )
  })

  test.each([
    ['network ACLs', { networkAcls: DENIED }, ['network-acl-closed']],
    [
      'security groups',
      { securityGroups: DENIED },
      ['endpoint-closed-to-tasks', 'nat-instance-closed', 'task-egress-closed'],
    ],
  ] as const)('is the check of the hop alone behind a filter: %s', (_, part, checks) => {
    const unknowns = without(BY_ENDPOINTS, part)
    expect([...new Set(unknowns.flatMap(checksKept))].sort()).toEqual(checks)
    expect(unknowns.flatMap(({ beyond = [] }) => beyond)).toEqual([])
  })

  test('leaves the steps beyond it unknown, though nothing is found there', () => {
    const stateOf = (part: Partial<Network>, id: string) =>
      conclude({ findings: [], ignored: [], unknowns: without(BY_ENDPOINTS, part) }, [], CHECKS).steps.find(
        (step) => step.id === id,
      )?.state
    expect(stateOf({ routeTables: DENIED }, 'endpoint-policies')).toBe('unknown')
    expect(stateOf({ routeTables: DENIED }, 'dns')).toBe('ok')
    expect(stateOf({ networkAcls: DENIED }, 'endpoint-policies')).toBe('ok')
  })
})
