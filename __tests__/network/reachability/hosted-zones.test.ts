/** What private hosted zones make of the names of a start, and whether what they lead to is reached. */
import { describe, expect, test } from '@jest/globals'
import { unknownsOf } from '../../../src/checks/engine/path-unknowns.ts'
import { CHECKS } from '../../../src/checks/index.ts'
import { type Answer, known, unread } from '../../../src/domain/answer.ts'
import type { HostedZone, Network, NetworkInterface, Transit } from '../../../src/domain/network.ts'
import type { Path } from '../../../src/domain/path.ts'
import {
  A,
  ACCOUNT,
  API,
  acl,
  add,
  BY_ENDPOINTS,
  BY_NAT,
  C,
  change,
  DKR,
  LOGS,
  pathsOf,
  REGION,
  route,
  rule,
  subnet,
  TABLE_A,
  TABLE_C,
  VPC,
  type World,
  withNetwork,
  without,
} from '../../checks/world.ts'

type Records = Extract<HostedZone['records'], { known: true }>['value']

const ECR_API = `api.ecr.${REGION}.amazonaws.com`
const ECR_DKR = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com`

/** A zone as Route 53 makes it: with its SOA and NS records. */
function zone(name: string, records: Records | HostedZone['records'] = [], id = 'Z0123456789ABCDEFGHIJ'): HostedZone {
  const own = [
    { name, type: 'NS', values: ['ns-1536.awsdns-00.co.uk.', 'ns-0.awsdns-00.com.'] },
    { name, type: 'SOA', values: ['ns-1536.awsdns-00.co.uk. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400'] },
  ]
  return { id, name, owner: ACCOUNT, records: 'known' in records ? records : known([...own, ...records]) }
}

function zoned(world: World, ...zones: readonly HostedZone[]): World {
  return withNetwork(world, { hostedZones: { [VPC]: known(zones) } })
}

const address = (name: string, ...values: readonly string[]) => ({ name, type: 'A', values })

function outcomes(world: World): Readonly<Record<string, string>> {
  return Object.fromEntries(
    pathsOf(world).map(({ destination, from, outcome }) => [
      `${destination} ${from.subnetId === A ? 'a' : 'c'}`,
      outcome,
    ]),
  )
}

function to(world: World, destination: string): Path {
  const path = pathsOf(world).find((one) => one.destination === destination)
  if (path === undefined) throw new Error(`no path to ${destination}`)
  return path
}

/** The destinations whose name a zone hides. */
function hidden(world: World): readonly string[] {
  const paths = pathsOf(world).filter(({ hops }) => hops.some(({ fault }) => fault?.kind === 'hosted-zone-shadows'))
  return [...new Set(paths.map(({ destination }) => destination))]
}

describe('a zone of your own', () => {
  test.each([
    ['amazonaws.com', ['ecr-api', 'ecr-dkr', 's3-layers', 'logs']],
    [`${REGION}.amazonaws.com`, ['ecr-api', 'ecr-dkr', 's3-layers', 'logs']],
    [`ecr.${REGION}.amazonaws.com`, ['ecr-api', 'ecr-dkr']],
    [`dkr.ecr.${REGION}.amazonaws.com`, ['ecr-dkr']],
    [`s3.${REGION}.amazonaws.com`, ['s3-layers']],
    ['us-east-1.amazonaws.com', []],
    ['notamazonaws.com', []],
    ['corp.internal', []],
  ])('called %s hides %p', (name, destinations) => {
    expect(hidden(zoned(BY_NAT, zone(name)))).toEqual(destinations)
  })

  test('the most specific one answers alone', () => {
    const narrow = zone(`ecr.${REGION}.amazonaws.com`, [], 'Z1')
    const wide = zone('amazonaws.com', [address(ECR_API, '10.0.1.11')], 'Z2')
    expect(to(zoned(BY_NAT, wide, narrow), 'ecr-api').hops[0]).toMatchObject({ id: 'Z1', decision: 'deny' })
  })

  test('private DNS of an endpoint is more specific than a zone for the domain above', () => {
    expect(hidden(zoned(BY_ENDPOINTS, zone('amazonaws.com')))).toEqual(['s3-layers'])
  })

  test('whose records could not be read leaves the names undecided, and says which permission would tell', () => {
    const world = zoned(BY_NAT, zone('amazonaws.com', unread('denied', 'route53:ListResourceRecordSets')))
    expect(to(world, 'ecr-api').outcome).toBe('indeterminate')
    expect(unknownsOf(pathsOf(world), CHECKS)).toContainEqual(
      expect.objectContaining({ step: 'dns', permission: 'route53:ListResourceRecordSets', matters: true }),
    )
  })

  test('that another account shares tells no records either', () => {
    const shared = {
      ...zone('amazonaws.com', unread('unasked', 'route53:ListResourceRecordSets')),
      owner: '210987654321',
    }
    expect(to(zoned(BY_NAT, shared), 'ecr-dkr').outcome).toBe('indeterminate')
  })

  test('a wildcard record answers for every name one label below', () => {
    const world = zoned(
      BY_ENDPOINTS,
      zone(`dkr.ecr.${REGION}.amazonaws.com`, [address(`*.dkr.ecr.${REGION}.amazonaws.com`, '10.0.1.12', '10.0.3.12')]),
    )
    const off = change(world, 'endpoints', DKR, { privateDns: false })
    expect(hidden(off)).toEqual([])
    expect(to(off, 'ecr-dkr')).toMatchObject({
      outcome: 'reachable',
      hops: expect.arrayContaining([expect.objectContaining({ at: 'dns', decision: 'allow' })]),
    })
  })

  test('an address where nothing listens is no way', () => {
    const world = zoned(BY_ENDPOINTS, zone(ECR_DKR, [address(ECR_DKR, '10.99.0.1')]))
    expect(to(world, 'ecr-dkr').outcome).toBe('blocked')
  })

  test('a zone of the very name that holds no address for it hides the name', () => {
    const world = zoned(change(BY_ENDPOINTS, 'endpoints', API, { privateDns: false }), zone(ECR_API))
    expect(hidden(world)).toContain('ecr-api')
  })

  // RFC 4592: any number of labels.
  test('a wildcard record answers for names further below', () => {
    const names = zone('amazonaws.com', [address('*.amazonaws.com', '10.0.1.11')])
    expect(hidden(zoned(BY_NAT, names))).toEqual([])
  })

  // RFC 4592: a name that is there is not answered by a wildcard.
  test('a wildcard record does not answer for a name that has records of its own', () => {
    const text = { name: ECR_DKR, type: 'TXT', values: ['"hello"'] }
    const names = zone(`dkr.ecr.${REGION}.amazonaws.com`, [
      address(`*.dkr.ecr.${REGION}.amazonaws.com`, '10.0.1.12'),
      text,
    ])
    expect(hidden(zoned(BY_NAT, names))).toEqual(['ecr-dkr'])
  })
})

const HUB = 'vpc-0a1b2c3d4e5f600ff'
const TGW = 'tgw-0a1b2c3d4e5f60001'
const SPOKE = 'tgw-attach-0a1b2c3d4e5f60001'
const CENTRE = 'tgw-attach-0a1b2c3d4e5f60002'
const TGW_TABLE = 'tgw-rtb-0a1b2c3d4e5f60001'
const HUB_SUBNET = 'subnet-0a1b2c3d4e5f60ff1'
const HUB_GROUP = 'sg-0a1b2c3d4e5f60ff1'
const HUB_ADDRESSES = { [ECR_API]: '10.1.0.11', [ECR_DKR]: '10.1.0.12', [`logs.${REGION}.amazonaws.com`]: '10.1.0.13' }

const attachment = (id: string, vpcId: string) => ({
  id,
  transitGatewayId: TGW,
  resourceType: 'vpc',
  resourceId: vpcId,
  state: 'available',
  routeTableId: TGW_TABLE,
})
const toward = (cidr: string, attachmentId: string) => ({ cidr, attachmentId, propagated: true, state: 'active' })

const TRANSIT: Transit = {
  gateways: known([{ id: TGW, securityGroupReferencing: false }]),
  vpcAttachments: known([
    {
      id: SPOKE,
      transitGatewayId: TGW,
      vpcId: VPC,
      subnetIds: [A, C],
      state: 'available',
      securityGroupReferencing: false,
    },
    {
      id: CENTRE,
      transitGatewayId: TGW,
      vpcId: HUB,
      subnetIds: [HUB_SUBNET],
      state: 'available',
      securityGroupReferencing: false,
    },
  ]),
  attachments: known([attachment(SPOKE, VPC), attachment(CENTRE, HUB)]),
  routeTables: known([
    {
      id: TGW_TABLE,
      transitGatewayId: TGW,
      routes: known([toward('10.0.0.0/16', SPOKE), toward('10.1.0.0/16', CENTRE)]),
    },
  ]),
}

/** Endpoints in a hub VPC behind a transit gateway; names by zones of one's own that are associated with the spoke. */
function central(
  transit: Partial<Transit> = {},
  records: Records = Object.entries(HUB_ADDRESSES).map(([name, ip]) => address(name, ip)),
): World {
  const here = [API, DKR, LOGS].reduce<World>((world, id) => without(world, 'endpoints', id), BY_ENDPOINTS)
  const spoke = [TABLE_A, TABLE_C].reduce<World>(
    (world, id) =>
      change(world, 'routeTables', id, ({ routes }) => ({
        routes: [...routes, route('10.1.0.0/16', 'transit-gateway', TGW)],
      })),
    here,
  )
  const opened = change(spoke, 'securityGroups', 'sg-0a1b2c3d4e5f600f0', ({ egress }) => ({
    egress: [...egress, rule({ cidrs: ['10.1.0.0/16'] })],
  }))
  const inHub = { vpcId: HUB }
  const withHub = [
    (world: World) => add(world, 'vpcs', { id: HUB, cidrs: ['10.1.0.0/16'], dhcpOptionsId: null }),
    (world: World) => add(world, 'subnets', subnet(HUB_SUBNET, 'a', '10.1.0.0/24', inHub)),
    (world: World) =>
      add(world, 'routeTables', {
        id: 'rtb-0a1b2c3d4e5f60ff1',
        vpcId: HUB,
        main: true,
        subnetIds: [HUB_SUBNET],
        routes: [route('10.1.0.0/16', 'local', 'local'), route('10.0.0.0/16', 'transit-gateway', TGW)],
      }),
    (world: World) => add(world, 'networkAcls', { ...acl('acl-0a1b2c3d4e5f60ff1', [HUB_SUBNET]), ...inHub }),
    (world: World) =>
      add(world, 'securityGroups', {
        id: HUB_GROUP,
        vpcId: HUB,
        name: 'endpoints',
        ingress: [rule({ cidrs: ['10.0.0.0/8'] })],
        egress: [],
      }),
    (world: World) => add(world, 'interfaces', ...Object.values(HUB_ADDRESSES).map(hubInterface)),
  ].reduce((world, change) => change(world), opened)
  const zones = [
    zone(`${REGION}.amazonaws.com`, [...records, address(`*.s3.${REGION}.amazonaws.com`, '10.1.0.14')], 'Z1'),
  ]
  const network: Partial<Network> = {
    transit: { ...TRANSIT, ...transit },
    hostedZones: { [VPC]: known(zones), [HUB]: known([]) },
  }
  return withNetwork(withHub, network)
}

function hubInterface(ip: string, at: number): NetworkInterface {
  return {
    id: `eni-0a1b2c3d4e5f60ff${at}`,
    subnetId: HUB_SUBNET,
    vpcId: HUB,
    groupIds: [HUB_GROUP],
    privateIps: [ip],
    ipv6Addresses: [],
    publicIp: null,
    type: 'vpc_endpoint',
    description: 'VPC Endpoint Interface vpce-0a1b2c3d4e5f60ff1',
    instanceId: null,
    sourceDestCheck: false,
  }
}

describe('endpoints of a hub VPC behind a transit gateway', () => {
  const CENTRAL = ['ecr-api a', 'ecr-api c', 'ecr-dkr a', 'ecr-dkr c', 'logs a', 'logs c']
  const of = (world: World) => CENTRAL.map((key) => outcomes(world)[key])

  test('are reached where every hop can be read', () => {
    expect(of(central())).toEqual(Array(6).fill('reachable'))
    expect(to(central(), 'ecr-api').via).toEqual({ kind: 'transit-gateway', id: TGW })
  })

  test('are not where their own security group does not let the spoke in', () => {
    const closed = change(central(), 'securityGroups', HUB_GROUP, { ingress: [rule({ cidrs: ['10.1.0.0/16'] })] })
    expect(of(closed)).toEqual(Array(6).fill('blocked'))
  })

  test('are not where the transit gateway has no route to them, or back', () => {
    const table = (routes: readonly ReturnType<typeof toward>[]) =>
      central({ routeTables: known([{ id: TGW_TABLE, transitGatewayId: TGW, routes: known(routes) }]) })
    expect(of(table([toward('10.0.0.0/16', SPOKE)]))).toEqual(Array(6).fill('blocked'))
    expect(of(table([toward('10.1.0.0/16', CENTRE)]))).toEqual(Array(6).fill('blocked'))
  })

  test.each<[keyof Transit, Answer<never>]>([
    ['vpcAttachments', unread('denied', 'ec2:DescribeTransitGatewayVpcAttachments')],
    ['attachments', unread('denied', 'ec2:DescribeTransitGatewayAttachments')],
    ['routeTables', unread('denied', 'ec2:DescribeTransitGatewayRouteTables')],
  ])('are undecided without %s, and the report says what would tell', (part, answer) => {
    const world = central({ [part]: answer })
    expect(of(world)).toEqual(Array(6).fill('indeterminate'))
    const permission = answer.known ? '' : answer.permission
    expect(unknownsOf(pathsOf(world), CHECKS)).toContainEqual(expect.objectContaining({ permission, matters: true }))
  })

  test('are undecided where the routes of the transit gateway were not told', () => {
    const routes = unread('denied', 'ec2:SearchTransitGatewayRoutes')
    const world = central({ routeTables: known([{ id: TGW_TABLE, transitGatewayId: TGW, routes }]) })
    expect(of(world)).toEqual(Array(6).fill('indeterminate'))
    expect(unknownsOf(pathsOf(world), CHECKS)).toContainEqual(
      expect.objectContaining({ permission: 'ec2:SearchTransitGatewayRoutes', matters: true }),
    )
  })

  // The usual way to point a zone at an endpoint is an alias to its DNS name, which the engine does not follow.
  test('are reached where the zone points to an endpoint by an alias', () => {
    const alias = address(ECR_API, `vpce-0a1b2c3d4e5f60ff1-abcdefgh.api.ecr.${REGION}.vpce.amazonaws.com`)
    expect(to(central({}, [alias]), 'ecr-api').outcome).toBe('reachable')
  })

  // An undecided path has to say what is missing, or the verdict is a pass.
  test('an alias to a name that is not known is undecided, and says so', () => {
    const alias = address(ECR_API, 'internal-proxy-1234567890.ap-northeast-2.elb.amazonaws.com')
    const path = to(central({}, [alias]), 'ecr-api')
    expect(path.outcome).toBe('indeterminate')
    expect(path.hops.filter(({ missing }) => missing !== undefined)).not.toEqual([])
  })
})
