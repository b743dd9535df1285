import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/domain/answer.ts'
import { commandsOf } from '../judgement.ts'
import { expectPages } from '../page.ts'
import {
  API,
  BY_ENDPOINTS,
  BY_NAT,
  change,
  ENDPOINT_GROUP,
  findingsOf,
  judge,
  openEgress,
  S3,
  told,
  unknownOf,
  VPC,
  withNetwork,
} from '../world.ts'

const ID = 'private-dns-off'
const HEALTHY = openEgress(BY_ENDPOINTS)
const OFF = change(HEALTHY, 'endpoints', API, { privateDns: false })

describe(ID, () => {
  test('found where an endpoint stands ready and the name does not lead to it', () => {
    expect(told(OFF)).toEqual([`${ID} ${API}`])
    const [finding] = findingsOf(OFF, ID)
    expect(commandsOf(finding)).toEqual([`aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${API} --private-dns-enabled`])
    expect(finding.affects.map(({ destination }) => destination)).toEqual(['ecr-api', 'ecr-api'])
    expectPages(finding)
  })

  test('both attributes of the VPC come first, support before hostnames, and the group lets everybody in', () => {
    const vpcDns = { [VPC]: { support: known(true), hostnames: known(false) } }
    const shut = change(withNetwork(OFF, { vpcDns }), 'securityGroups', ENDPOINT_GROUP, { ingress: [] })
    const all = findingsOf(shut, ID)
    const [finding] = all
    expect(finding.remedy.changes).toMatchObject([
      { kind: 'modify-vpc-attribute', enableDnsHostnames: true },
      { kind: 'authorize-security-group-ingress', groupId: ENDPOINT_GROUP, cidrIpv4: '10.0.0.0/16' },
      { kind: 'modify-vpc-endpoint', privateDnsEnabled: true },
    ])
  })

  test('an S3 endpoint is told to answer tasks, not only resolvers', () => {
    const interfaceForS3 = { type: 'interface', privateDns: false, routeTableIds: [] }
    const world = change(
      change(
        change(HEALTHY, 'endpoints', S3, interfaceForS3),
        'routeTables',
        'rtb-0a1b2c3d4e5f6000a',
        ({ routes }) => ({ routes: routes.slice(0, 1) }),
      ),
      'routeTables',
      'rtb-0a1b2c3d4e5f6000c',
      ({ routes }) => ({ routes: routes.slice(0, 1) }),
    )
    expect(told(world)).toEqual([`${ID} ${S3}`])
    expect(commandsOf(findingsOf(world, ID)[0])[0]).toContain('PrivateDnsOnlyForInboundResolverEndpoint=false')
  })

  test('an S3 endpoint for resolvers alone is there, and the name does not lead to it', () => {
    const resolvers = { type: 'interface', privateDns: true, privateDnsForInboundResolverOnly: true, routeTableIds: [] }
    const unrouted = ['rtb-0a1b2c3d4e5f6000a', 'rtb-0a1b2c3d4e5f6000c'].reduce(
      (world, id) => change(world, 'routeTables', id, ({ routes }) => ({ routes: routes.slice(0, 1) })),
      change(HEALTHY, 'endpoints', S3, resolvers),
    )
    expect(told(unrouted)).toEqual([`${ID} ${S3}`])
    const [finding] = findingsOf(unrouted, ID)
    expect(finding.what.en).toContain('inbound Resolver')
    expect(commandsOf(finding)[0]).toContain('PrivateDnsOnlyForInboundResolverEndpoint=false')
  })

  test('beside a gateway endpoint, the route that a table lacks is the cause', () => {
    const own = HEALTHY.network.endpoints.known ? HEALTHY.network.endpoints.value : []
    const gateway = own.filter(({ id }) => id === S3)
    const resolvers = gateway.map((one) => ({
      ...one,
      id: 'vpce-0a1b2c3d4e5f600a9',
      type: 'interface',
      privateDns: true,
      privateDnsForInboundResolverOnly: true,
    }))
    const unrouted = change(HEALTHY, 'routeTables', 'rtb-0a1b2c3d4e5f6000a', ({ routes }) => ({
      routes: routes.slice(0, 1),
    }))
    expect(told(withNetwork(unrouted, { endpoints: known([...own, ...resolvers]) }))).toContain(
      's3-route-missing rtb-0a1b2c3d4e5f6000a',
    )
  })

  test('clear with private DNS on', () => {
    expect(judge(change(OFF, 'endpoints', API, { privateDns: true }))).toEqual({ findings: [], unknowns: [] })
  })

  test('clear where a NAT gateway carries the call to the public address', () => {
    const { endpoints, interfaces } = OFF.network
    expect(judge(withNetwork(BY_NAT, { endpoints, interfaces })).findings.map(({ check }) => check)).not.toContain(ID)
  })

  test('unknown where the paths could not be judged', () => {
    expect(unknownOf(BY_ENDPOINTS, ID, 'paths')).toEqual(['ec2:DescribeSubnets'])
  })
})
