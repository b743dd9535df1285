/** What a name leads to in a VPC: who answers it, and with what; and which service a host belongs to. */
import { describe, expect, test } from '@jest/globals'
import { known, unread } from '../../../src/domain/answer.ts'
import type { Endpoint, HostedZone } from '../../../src/domain/network.ts'
import { indexNetwork } from '../../../src/network/network-index.ts'
import { nameOf } from '../../../src/network/reachability/names/service-name.ts'
import {
  ACCOUNT,
  API,
  BY_ENDPOINTS,
  BY_NAT,
  change,
  DHCP,
  DKR,
  ENDPOINT_GROUP,
  openEgress,
  REGION,
  VPC,
  type World,
  withNetwork,
  without,
} from '../../checks/world.ts'
import { answer, ask, way } from '../asking.ts'

const ECR_API = `api.ecr.${REGION}.amazonaws.com`
const ECR_DKR = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com`

/** The endpoint of the ECR API is there and does not answer for the name; nothing leads to the internet. */
const OFF = openEgress(change(BY_ENDPOINTS, 'endpoints', API, { privateDns: false }))
const zoned = (world: World, records: HostedZone['records']) =>
  withNetwork(world, { hostedZones: { [VPC]: known([{ id: 'Z1', name: 'amazonaws.com', owner: ACCOUNT, records }]) } })

describe('the servers that answer', () => {
  const served = (...domainNameServers: string[]) => change(BY_ENDPOINTS, 'dhcpOptions', DHCP, { domainNameServers })

  test.each([
    ['AmazonProvidedDNS'],
    ['amazonprovideddns'],
    ['169.254.169.253'],
    ['fd00:ec2::253'],
    ['FD00:EC2::253'],
    ['10.0.0.2'],
  ])('%s is the Amazon DNS', (server) => {
    expect(answer(ask(served(server), 'ecr-api'))).toEqual(['reachable'])
  })

  test.each([['10.0.0.3'], ['10.0.0.1'], ['10.1.0.2'], ['8.8.8.8']])('%s may answer anything', (server) => {
    const path = ask(served('AmazonProvidedDNS', server), 'ecr-api')
    expect(answer(path)).toEqual([
      'indeterminate',
      `dns unknown: custom-dns-servers ${DHCP} ${server} (custom-dns-servers)`,
    ])
    expect(path.hops[0]).toMatchObject({ id: DHCP, fault: { kind: 'custom-dns-servers', servers: [server] } })
  })

  test.each([
    ['that is AWS’s own', { dhcpOptionsId: 'default' }],
    ['that is not named', { dhcpOptionsId: null }],
  ])('need no option set: one %s', (_, changes) => {
    const world = change(withNetwork(BY_ENDPOINTS, { dhcpOptions: known([]) }), 'vpcs', VPC, changes)
    expect(answer(ask(world, 'ecr-api'))).toEqual(['reachable'])
  })

  test.each([
    ['the VPC', { vpcs: unread('denied', 'ec2:DescribeVpcs') }, 'vpcs-unread (ec2:DescribeVpcs)'],
    ['the VPC, of another account', { vpcs: known([]) }, `vpc-unseen ${VPC} (ec2:DescribeVpcs)`],
    [
      'the option set',
      { dhcpOptions: unread('denied', 'ec2:DescribeDhcpOptions') },
      `dhcp-options-unread ${DHCP} (ec2:DescribeDhcpOptions)`,
    ],
    [
      'the option set, of another account',
      { dhcpOptions: known([]) },
      `dhcp-options-unseen ${DHCP} (ec2:DescribeDhcpOptions)`,
    ],
  ] as const)('are not known without %s, whatever the name leads to', (_, part, line) => {
    expect(answer(ask(withNetwork(OFF, part), 'ecr-api'))[0]).toBe('indeterminate')
    expect(answer(ask(withNetwork(OFF, part), 'ecr-api'))[1]).toBe(`dns unknown: ${line}`)
  })

  test('answer nothing where DNS support is off', () => {
    const off = withNetwork(BY_ENDPOINTS, { vpcDns: { [VPC]: { support: known(false), hostnames: known(true) } } })
    expect(answer(ask(off, 'ecr-api'))).toEqual(['blocked', `dns deny: vpc-dns-off ${VPC} (vpc-dns-off)`])
  })

  test('answer as they do, or nothing, where DNS support could not be read', () => {
    const support = unread('denied', 'ec2:DescribeVpcAttribute')
    const vpcDns = { [VPC]: { support, hostnames: known(true) } }
    const line = `dns unknown: dns-support-unread ${VPC} (ec2:DescribeVpcAttribute)`
    expect(answer(ask(withNetwork(BY_ENDPOINTS, { vpcDns }), 'ecr-api'))).toEqual(['indeterminate', line])
    expect(ask(withNetwork(OFF, { vpcDns }), 'ecr-api').outcome).toBe('blocked')
    expect(ask(withNetwork(BY_ENDPOINTS, { vpcDns: {} }), 'ecr-api').outcome).toBe('indeterminate')
  })
})

describe('a name that may lead anywhere is never called blocked', () => {
  test.each([
    [
      'the records of its zone could not be read',
      zoned(OFF, unread('denied', 'route53:ListResourceRecordSets')),
      `zone-unread Z1 amazonaws.com ${ECR_API} (route53:ListResourceRecordSets)`,
    ],
    [
      'its zone sends it on to another name',
      zoned(OFF, known([{ name: ECR_API, type: 'CNAME', values: ['proxy.example.com'] }])),
      `zone-leads-on Z1 amazonaws.com ${ECR_API} proxy.example.com (nothing would tell)`,
    ],
    [
      'the endpoints could not be read',
      withNetwork(OFF, { endpoints: unread('denied', 'ec2:DescribeVpcEndpoints') }),
      `name-undecided ${ECR_API} endpoints-unread (ec2:DescribeVpcEndpoints)`,
    ],
  ] as const)('where %s', (_, world, line) => {
    const path = ask(world, 'ecr-api')
    expect(path.outcome).toBe('indeterminate')
    expect(answer(path)[1]).toBe(`dns unknown: ${line}`)
    expect(path.hops[0]?.hidesRest).toBe(true)
  })
})

describe('an alias in a private hosted zone', () => {
  const alias = (id: string) =>
    zoned(OFF, known([{ name: ECR_API, type: 'CNAME', values: [`${id}-x.api.ecr.${REGION}.vpce.amazonaws.com`] }]))

  test('leads to an endpoint of the VPC, whatever its private DNS says', () => {
    expect(answer(ask(alias(API), 'ecr-api'))).toEqual(['reachable'])
    expect(ask(alias(API), 'ecr-api').via).toEqual({ kind: 'interface-endpoint', id: API })
    expect(ask(alias('vpce-1'), 'ecr-api').outcome).toBe('indeterminate')
  })

  test('leads to the addresses of an endpoint of another VPC, where its interfaces are known', () => {
    const far = change(alias(API), 'endpoints', API, { vpcId: 'vpc-1' })
    expect(way(ask(far, 'ecr-api'))).toContain(`security-group-ingress ${ENDPOINT_GROUP}`)
    const unseen = withNetwork(far, { interfaces: unread('denied', 'ec2:DescribeNetworkInterfaces') })
    expect(answer(ask(unseen, 'ecr-api'))).toContain('dns unknown: addresses-unknown (ec2:DescribeNetworkInterfaces)')
  })
})

describe('an interface endpoint', () => {
  const changed = (changes: Partial<Endpoint>) =>
    answer(ask(change(BY_ENDPOINTS, 'endpoints', API, changes), 'ecr-api'))

  test('answers for its service', () => {
    const path = ask(BY_ENDPOINTS, 'ecr-api')
    expect(way(path)[0]).toBe(`dns ${API}`)
    expect(path.via).toEqual({ kind: 'interface-endpoint', id: API })
  })

  test.each<[string, Partial<Endpoint>, readonly string[]]>([
    [
      'that answers over IPv6 only',
      { dnsRecordIpType: 'ipv6' },
      ['blocked', `endpoint deny: no-ipv4-record ${API} (no-ipv4-record)`],
    ],
    [
      'without a subnet',
      { interfaceIds: [], subnetIds: [] },
      ['blocked', `endpoint deny: endpoint-without-subnet ${API} (endpoint-without-interfaces)`],
    ],
    [
      'whose interfaces are not listed',
      { interfaceIds: [] },
      ['indeterminate', `endpoint unknown: endpoint-interfaces-unread ${API} (ec2:DescribeNetworkInterfaces)`],
    ],
    [
      'whose interfaces are partly visible',
      { interfaceIds: ['eni-0a1b2c3d4e5f6a10a', 'eni-1'] },
      ['indeterminate', `endpoint unknown: endpoint-interfaces-unread ${API} (ec2:DescribeNetworkInterfaces)`],
    ],
    [
      'that is still being made',
      { state: 'pending' },
      [
        'indeterminate',
        `endpoint unknown: endpoint-state ${API} com.amazonaws.${REGION}.ecr.api pending (nothing would tell)`,
      ],
    ],
    [
      'that waits to be accepted',
      { state: 'pendingacceptance' },
      [
        'indeterminate',
        `endpoint unknown: endpoint-state ${API} com.amazonaws.${REGION}.ecr.api pendingacceptance (nothing would tell)`,
      ],
    ],
  ])('%s', (_, changes, expected) => {
    expect(changed(changes).slice(0, 2)).toEqual(expected)
  })

  test('is what is missing, broken or off only where no other way leads out', () => {
    const inNat = (changes: Partial<Endpoint>) => {
      const endpoint = BY_ENDPOINTS.network.endpoints.known ? BY_ENDPOINTS.network.endpoints.value[0] : undefined
      if (endpoint === undefined) throw new Error('no endpoint')
      return withNetwork(BY_NAT, { endpoints: known([{ ...endpoint, ...changes }]) })
    }
    for (const changes of [
      { privateDns: false },
      { state: 'failed' },
      { serviceName: 'com.amazonaws.us-east-1.ecr.api' },
    ])
      expect(answer(ask(inNat(changes), 'ecr-api'))).toEqual(['reachable'])
    const off = openEgress(BY_ENDPOINTS)
    const cut = (changes: Partial<Endpoint>) => answer(ask(change(off, 'endpoints', API, changes), 'ecr-api'))
    expect(cut({ privateDns: false })[1]).toBe(
      `dns deny: private-dns-off ${API} com.amazonaws.${REGION}.ecr.api ${ECR_API} (private-dns-off)`,
    )
    expect(cut({ state: 'failed' })).toContain(
      `endpoint deny: endpoint-state ${API} com.amazonaws.${REGION}.ecr.api failed (endpoint-not-available)`,
    )
    expect(answer(ask(without(off, 'endpoints', API), 'ecr-api'))[1]).toMatch(
      /^route deny: endpoint-missing .*\(endpoint-missing\)$/,
    )
    const hostnames = withNetwork(off, { vpcDns: { [VPC]: { support: known(true), hostnames: known(false) } } })
    expect(answer(ask(hostnames, 'ecr-api'))[1]).toBe(
      `dns deny: dns-hostnames-off ${VPC} ${API} (vpc-dns-hostnames-off)`,
    )
  })

  test('leads or not, as nobody could read whether host names are on', () => {
    const hostnames = unread('denied', 'ec2:DescribeVpcAttribute')
    const world = withNetwork(BY_ENDPOINTS, { vpcDns: { [VPC]: { support: known(true), hostnames } } })
    expect(answer(ask(world, 'ecr-api'))).toEqual([
      'indeterminate',
      `dns unknown: dns-hostnames-unread ${VPC} (ec2:DescribeVpcAttribute)`,
    ])
  })

  test('of S3 for inbound Resolver endpoints alone leaves the name public', () => {
    const s3 = { privateDnsForInboundResolverOnly: true, serviceName: `com.amazonaws.${REGION}.s3` }
    expect(way(ask(change(BY_ENDPOINTS, 'endpoints', API, s3), 's3'))[0]).toBe('dns null')
    expect(
      way(ask(change(BY_ENDPOINTS, 'endpoints', API, { ...s3, privateDnsForInboundResolverOnly: false }), 's3'))[0],
    ).toBe(`dns ${API}`)
  })

  test('is reached by its own names, whatever private DNS says', () => {
    const off = change(BY_ENDPOINTS, 'endpoints', API, { privateDns: false })
    const own = `${API}-abcdefgh.api.ecr.${REGION}.vpce.amazonaws.com`
    expect(answer(ask(off, own))).toEqual(['reachable'])
    expect(answer(ask(off, `*.${own}`))).toEqual(['reachable'])
    expect(answer(ask(off, API))).toEqual(['reachable'])
    expect(ask(off, `vpce-1-abcdefgh.api.ecr.${REGION}.vpce.amazonaws.com`).outcome).toBe('blocked')
    expect(answer(ask(off, 'vpce-1'))).toEqual([
      'indeterminate',
      'route unknown: endpoint-unseen vpce-1 (ec2:DescribeVpcEndpoints)',
    ])
  })

  test('of another Region answers for that Region alone', () => {
    const far = change(BY_ENDPOINTS, 'endpoints', API, {
      serviceRegion: 'us-east-1',
      serviceName: 'com.amazonaws.us-east-1.ecr.api',
    })
    expect(way(ask(far, 'api.ecr.us-east-1.amazonaws.com'))[0]).toBe(`dns ${API}`)
    expect(way(ask(far, 'ecr-api'))[0]).toBe('dns null')
  })
})

describe('S3', () => {
  test('has the addresses of its prefix list, whose absence leaves the path undecided', () => {
    expect(way(ask(BY_ENDPOINTS, 's3'))).toContain('endpoint vpce-0a1b2c3d4e5f600a4')
    expect(answer(ask(withNetwork(BY_ENDPOINTS, { prefixLists: known([]) }), 's3'))).toContain(
      'dns unknown: s3-addresses-unknown (ec2:DescribeManagedPrefixLists)',
    )
    const denied = unread('denied', 'ec2:DescribePrefixLists')
    expect(answer(ask(withNetwork(BY_ENDPOINTS, { prefixLists: denied }), 's3'))).toContain(
      'dns unknown: s3-addresses-unknown (ec2:DescribePrefixLists)',
    )
  })
})

describe('a host belongs to', () => {
  const listing = change(BY_ENDPOINTS, 'endpoints', DKR, {
    dnsNames: [
      `${DKR}-x.dkr.ecr.${REGION}.vpce.amazonaws.com`,
      `*.dkr.ecr.${REGION}.amazonaws.com`,
      'exact.example.com',
    ],
  })
  const { network } = listing

  test.each([
    [ECR_API, REGION, 'ecr.api'],
    [ECR_API.toUpperCase(), REGION, 'ecr.api'],
    [ECR_DKR, REGION, 'ecr.dkr'],
    [`123456789012.dkr.ecr.us-east-1.amazonaws.com`, 'us-east-1', 'ecr.dkr'],
    [`secretsmanager.${REGION}.amazonaws.com`, REGION, 'secretsmanager'],
    [`bucket.s3.${REGION}.amazonaws.com`, REGION, 's3'],
    [`my.dotted.bucket.s3.${REGION}.amazonaws.com`, REGION, 's3'],
    ['logs.us-gov-west-1.amazonaws.com', 'us-gov-west-1', 'logs'],
    ['exact.example.com', REGION, 'ecr.dkr'],
    ['example.com', null, null],
    ['amazonaws.com', null, null],
    ['s3.amazonaws.com', null, null],
    ['iam.amazonaws.com', null, null],
    [`logs.${REGION}.amazonaws.com.cn`, null, null],
    [`logs.x${REGION}9-.amazonaws.com`, null, null],
    ['other.exact.example.com', null, null],
  ])('%s: Region %s, service %s', (host, region, service) => {
    expect(nameOf(indexNetwork(network), host)).toEqual({ host: host.toLowerCase(), region, service })
  })

  test('what the endpoints list, where they could be read, but for the endpoint’s own names', () => {
    const own = `${DKR}-x.dkr.ecr.${REGION}.vpce.amazonaws.com`
    expect(nameOf(indexNetwork(network), own).service).not.toBe('ecr.dkr')
    const unseen = { ...network, endpoints: unread('denied', 'ec2:DescribeVpcEndpoints') }
    expect(nameOf(indexNetwork(unseen), 'exact.example.com').service).toBeNull()
    const far = { serviceRegion: 'us-east-1', serviceName: 'com.amazonaws.us-east-1.ecr.dkr' }
    const cross = change(listing, 'endpoints', DKR, far)
    expect(nameOf(indexNetwork(cross.network), 'exact.example.com')).toEqual({
      host: 'exact.example.com',
      region: 'us-east-1',
      service: 'ecr.dkr',
    })
  })
})
