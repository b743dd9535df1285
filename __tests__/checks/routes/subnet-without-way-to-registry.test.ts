import { describe, expect, test } from '@jest/globals'
import subnetWithoutWay from '../../../src/checks/routes/subnet-without-way-to-registry.ts'
import { known } from '../../../src/domain/answer.ts'
import type { Network, NetworkInterface, Peering, Transit } from '../../../src/domain/network.ts'
import type { Outcome, Path } from '../../../src/domain/path.ts'
import { IPV6_ONLY } from '../ipv6-world.ts'
import { commandsOf } from '../judgement.ts'
import { expectPages } from '../page.ts'
import {
  A,
  ACCOUNT,
  add,
  BY_ENDPOINTS,
  BY_NAT,
  C,
  CONTAINER,
  change,
  findingsOf,
  GATEWAY,
  IN_PUBLIC,
  judge,
  NAT_A,
  NAT_C,
  onlyThis,
  openEgress,
  PUBLIC_A,
  pathsOf,
  route,
  TABLE_A,
  TABLE_C,
  TABLE_PUBLIC,
  TASK_GROUP,
  table,
  told,
  unknownOf,
  VPC,
  type World,
  withContainer,
  withNetwork,
  withService,
} from '../world.ts'

const ID = 'subnet-without-way-to-registry'
const SPLIT = 'service-spans-good-and-bad-subnets web (warning)'
const HUB_VPC = 'vpc-0a1b2c3d4e5f60002'
const PEERING = 'pcx-0a1b2c3d4e5f60001'
const TRANSIT = 'tgw-0a1b2c3d4e5f60001'
const HUB_SUBNET = 'subnet-0a1b2c3d4e5f600b0'
const HUB_TABLE = 'rtb-0a1b2c3d4e5f600b0'

/** The default route of one table leads elsewhere. */
function leading(world: World, tableId: string, ...last: Parameters<typeof route>): World {
  return change(world, 'routeTables', tableId, ({ routes }) => ({ routes: [...routes.slice(0, 1), route(...last)] }))
}

function peering(state: string): Peering {
  const side = (vpcId: string, cidr: string) => ({ vpcId, ownerId: ACCOUNT, region: null, cidrs: [cidr] })
  return { id: PEERING, state, requester: side(VPC, '10.0.0.0/16'), accepter: side(HUB_VPC, '10.7.0.0/16') }
}

/** The manifest comes from an address in another VPC, named by a private hosted zone, over this route of both tables. */
function toHub(kind: 'peering' | 'transit-gateway', id: string, changes: Partial<Network> = {}): World {
  const name = `${ACCOUNT}.dkr.ecr.ap-northeast-2.amazonaws.com`
  const zone = {
    id: 'Z0123456789ABCDEFGHIJ',
    name,
    owner: ACCOUNT,
    records: known([{ name, type: 'A', values: ['10.7.1.20'] }]),
  }
  const endpoint: NetworkInterface = {
    id: 'eni-0a1b2c3d4e5f600b0',
    subnetId: HUB_SUBNET,
    vpcId: HUB_VPC,
    groupIds: ['sg-0a1b2c3d4e5f600b0'],
    privateIps: ['10.7.1.20'],
    ipv6Addresses: [],
    publicIp: null,
    type: 'interface',
    description: '',
    instanceId: null,
    sourceDestCheck: true,
  }
  const withHub = [TABLE_A, TABLE_C].reduce(
    (world, tableId) =>
      change(world, 'routeTables', tableId, ({ routes }) => ({ routes: [...routes, route('10.7.0.0/16', kind, id)] })),
    BY_NAT,
  )
  const { vpcs, subnets, networkAcls, securityGroups, routeTables } = withHub.network
  if (!vpcs.known || !subnets.known || !networkAcls.known || !securityGroups.known || !routeTables.known)
    throw new Error('not known')
  const [vpc, subnet, acl, group] = [vpcs.value[0], subnets.value[0], networkAcls.value[0], securityGroups.value[0]]
  if (!vpc || !subnet || !acl || !group) throw new Error('empty')
  const everyone = { protocol: '-1', ports: null, cidrs: ['0.0.0.0/0'], prefixListIds: [], groupIds: [] }
  return withNetwork(withHub, {
    vpcs: known([...vpcs.value, { ...vpc, id: HUB_VPC, cidrs: ['10.7.0.0/16'] }]),
    subnets: known([...subnets.value, { ...subnet, id: HUB_SUBNET, vpcId: HUB_VPC, cidrs: ['10.7.1.0/24'] }]),
    networkAcls: known([
      ...networkAcls.value,
      { ...acl, id: 'acl-0a1b2c3d4e5f600b0', vpcId: HUB_VPC, subnetIds: [HUB_SUBNET] },
    ]),
    securityGroups: known([
      ...securityGroups.value,
      { ...group, id: 'sg-0a1b2c3d4e5f600b0', vpcId: HUB_VPC, ingress: [everyone] },
    ]),
    routeTables: known([
      ...routeTables.value,
      {
        ...table(HUB_TABLE, [HUB_SUBNET], []),
        vpcId: HUB_VPC,
        routes: [route('10.7.0.0/16', 'local', 'local'), route('10.0.0.0/16', kind, id)],
      },
    ]),
    interfaces: known([endpoint]),
    hostedZones: { [VPC]: known([zone]) },
    ...changes,
  })
}

function transit(changes: Partial<Transit> = {}, entrySubnets: readonly string[] = [A, C]): Transit {
  const attachment = (id: string, vpcId: string, subnetIds: readonly string[]) => ({
    id,
    transitGatewayId: TRANSIT,
    vpcId,
    subnetIds,
    state: 'available',
    securityGroupReferencing: false,
  })
  const listed = (id: string, resourceId: string) => ({
    id,
    transitGatewayId: TRANSIT,
    resourceType: 'vpc',
    resourceId,
    state: 'available',
    routeTableId: 'tgw-rtb-0a1b2c3d4e5f60001',
  })
  const back = (cidr: string, attachmentId: string) => ({ cidr, attachmentId, propagated: true, state: 'active' })
  return {
    gateways: known([{ id: TRANSIT, securityGroupReferencing: false }]),
    vpcAttachments: known([
      attachment('tgw-attach-0a1b2c3d4e5f6000a', VPC, entrySubnets),
      attachment('tgw-attach-0a1b2c3d4e5f600b0', HUB_VPC, [HUB_SUBNET]),
    ]),
    attachments: known([listed('tgw-attach-0a1b2c3d4e5f6000a', VPC), listed('tgw-attach-0a1b2c3d4e5f600b0', HUB_VPC)]),
    routeTables: known([
      {
        id: 'tgw-rtb-0a1b2c3d4e5f60001',
        transitGatewayId: TRANSIT,
        routes: known([
          back('10.7.0.0/16', 'tgw-attach-0a1b2c3d4e5f600b0'),
          back('10.0.0.0/16', 'tgw-attach-0a1b2c3d4e5f6000a'),
        ]),
      },
    ]),
    ...changes,
  }
}

describe(ID, () => {
  test('public addresses and an attached gateway lack one route, not endpoints', () => {
    const unrouted = change(IN_PUBLIC, 'routeTables', TABLE_PUBLIC, ({ routes }) => ({ routes: routes.slice(0, 1) }))
    expect(told(unrouted)).toEqual([`${ID} ${TABLE_PUBLIC}`])
    const [finding] = findingsOf(unrouted, ID)
    expect(commandsOf(finding)).toEqual([
      `aws ec2 create-route --route-table-id ${TABLE_PUBLIC} --destination-cidr-block 0.0.0.0/0 --gateway-id ${GATEWAY}`,
    ])
    expect(finding.remedy.verified).toBe(true)
    expect(told(withNetwork(unrouted, { internetGateways: known([]) }))).toContainEqual(
      expect.stringContaining('endpoint-missing'),
    )
  })

  test('so does a table beside one that uses a working NAT gateway', () => {
    const unrouted = change(BY_NAT, 'routeTables', TABLE_C, ({ routes }) => ({ routes: routes.slice(0, 1) }))
    expect(told(unrouted)).toEqual([SPLIT, `${ID} ${TABLE_C}`])
    expect(commandsOf(findingsOf(unrouted, ID)[0])[0]).toContain(`--nat-gateway-id ${NAT_C}`)
    const broken = ['nat-gateway', NAT_A, NAT_C]
      .slice(1)
      .reduce((world, id) => change(world, 'natGateways', id, { state: 'failed' }), unrouted)
    expect(told(broken)).toContainEqual(expect.stringContaining('endpoint-missing'))
  })

  test('found where no route leads to a registry that has no endpoint service', () => {
    const world = withContainer(
      change(BY_NAT, 'routeTables', TABLE_A, ({ routes }) => ({ routes: routes.slice(0, 1) })),
      {
        image: 'nginx:1.27',
        logDriver: null,
      },
    )
    expect(told(world)).toEqual([SPLIT, `${ID} ${TABLE_A}`])
    const [finding] = findingsOf(world, ID)
    expect(finding.what.en).toBe(
      `From ${A} the way breaks off. registry-1.docker.io, auth.docker.io, production.cloudflare.docker.com: no route of ${TABLE_A} leads to the internet.`,
    )
    expect(commandsOf(finding)).toEqual([
      `aws ec2 create-route --route-table-id ${TABLE_A} --destination-cidr-block 0.0.0.0/0 --nat-gateway-id ${NAT_A}`,
    ])
    expectPages(finding)
  })

  test('each route table is a repair of its own; without a NAT gateway one is made in the zone', () => {
    const world = withContainer(BY_ENDPOINTS, { image: 'nginx:1.27' })
    expect(told(world)).toEqual([`${ID} ${TABLE_A}`, `${ID} ${TABLE_C}`])
    expect(commandsOf(findingsOf(world, ID)[0])[1]).toContain(`--subnet-id ${PUBLIC_A}`)
  })

  test('clear with a way out', () => {
    expect(judge(withContainer(BY_NAT, { image: 'nginx:1.27' }))).toEqual({ findings: [], unknowns: [] })
  })

  test('a peering never leads to the internet', () => {
    const world = add(leading(BY_NAT, TABLE_A, '0.0.0.0/0', 'peering', PEERING), 'peerings', peering('active'))
    expect(told(world)).toEqual([SPLIT, `${ID} ${TABLE_A}`])
    expect(commandsOf(findingsOf(world, ID)[0])).toEqual([
      `aws ec2 replace-route --route-table-id ${TABLE_A} --destination-cidr-block 0.0.0.0/0 --nat-gateway-id ${NAT_A}`,
    ])
  })

  test.each([
    ['network-interface', 'eni-0a1b2c3d4e5f600c0', 'network-interface-attribute --network-interface-id'],
    ['instance', 'i-0a1b2c3d4e5f600c0', 'instance-attribute --instance-id'],
  ] as const)('a NAT %s that checks source and destination drops what it should carry', (kind, id, line) => {
    const box: NetworkInterface = {
      id: 'eni-0a1b2c3d4e5f600c0',
      subnetId: PUBLIC_A,
      vpcId: VPC,
      groupIds: [TASK_GROUP],
      privateIps: ['10.0.101.9'],
      ipv6Addresses: [],
      publicIp: '3.34.10.9',
      type: 'interface',
      description: '',
      instanceId: 'i-0a1b2c3d4e5f600c0',
      sourceDestCheck: true,
    }
    const world = withNetwork(leading(BY_NAT, TABLE_A, '0.0.0.0/0', kind, id), { interfaces: known([box]) })
    expect(told(world)).toEqual([SPLIT, `${ID} ${TABLE_A}`])
    expect(commandsOf(findingsOf(world, ID)[0])).toEqual([`aws ec2 modify-${line} ${id} --no-source-dest-check`])
    expect(findingsOf(world, ID)[0].remedy.terraform).toContain('source_dest_check = false')
  })

  test('another VPC is reached over a peering and a transit gateway that work', () => {
    expect(judge(toHub('peering', PEERING, { peerings: known([peering('active')]) }))).toEqual({
      findings: [],
      unknowns: [],
    })
    expect(judge(toHub('transit-gateway', TRANSIT, { transit: transit() }))).toEqual({ findings: [], unknowns: [] })
  })

  test('a peering that waits is accepted, one that is gone is made again', () => {
    const waiting = toHub('peering', PEERING, { peerings: known([peering('pending-acceptance')]) })
    expect(told(waiting)).toEqual([`${ID} ${PEERING}`])
    const alone = withService(waiting, {
      awsvpc: { subnetIds: [A], securityGroupIds: [TASK_GROUP], assignPublicIp: 'DISABLED' },
    })
    expect(findingsOf(alone, ID)[0].what.en).toContain(`peering connection ${PEERING} is pending-acceptance`)
    expect(commandsOf(findingsOf(waiting, ID)[0])).toEqual([
      `aws ec2 accept-vpc-peering-connection --vpc-peering-connection-id ${PEERING}`,
    ])
    expect(findingsOf(waiting, ID)[0].remedy.terraform).toMatch(/auto_accept +=\s+true/)
    const expired = toHub('peering', PEERING, { peerings: known([peering('expired')]) })
    expect(findingsOf(expired, ID)[0].remedy.console[0]?.en).toContain('Create peering connection')
  })

  test.each([
    ['peering', PEERING, 'vpc-peering-connection-id'],
    ['transit-gateway', TRANSIT, 'transit-gateway-id'],
  ] as const)('replies need a route back over the %s', (kind, id, flag) => {
    const world = change(
      toHub(kind, id, { peerings: known([peering('active')]), transit: transit() }),
      'routeTables',
      HUB_TABLE,
      ({ routes }) => ({ routes: routes.slice(0, 1) }),
    )
    expect(told(world)).toEqual([`${ID} ${HUB_TABLE}`])
    expect(commandsOf(findingsOf(world, ID)[0])).toEqual([
      `aws ec2 create-route --route-table-id ${HUB_TABLE} --destination-cidr-block 10.0.1.0/24 --${flag} ${id}`,
      `aws ec2 create-route --route-table-id ${HUB_TABLE} --destination-cidr-block 10.0.3.0/24 --${flag} ${id}`,
    ])
    const blackhole = change(world, 'routeTables', HUB_TABLE, ({ routes }) => ({
      routes: [...routes, route('10.0.1.0/24', kind, id, { state: 'blackhole' }), route('10.0.3.0/24', kind, id)],
    }))
    expect(commandsOf(findingsOf(blackhole, ID)[0])).toEqual([
      `aws ec2 replace-route --route-table-id ${HUB_TABLE} --destination-cidr-block 10.0.1.0/24 --${flag} ${id}`,
    ])
  })

  test('a transit gateway needs an attachment, in every zone, with a table that has the route', () => {
    const over = (changes: Partial<Transit>, entry?: readonly string[]) =>
      toHub('transit-gateway', TRANSIT, { transit: transit(changes, entry) })
    const { vpcAttachments, attachments } = transit()
    if (!vpcAttachments.known || !attachments.known) throw new Error('not known')
    const cases: readonly (readonly [World, string])[] = [
      [
        over({ vpcAttachments: known(vpcAttachments.value.slice(1)) }),
        `ATTACHMENT=$(aws ec2 create-transit-gateway-vpc-attachment --transit-gateway-id ${TRANSIT} --vpc-id ${VPC} --subnet-ids ${A} ${C})`,
      ],
      [
        over({}, [A]),
        `aws ec2 modify-transit-gateway-vpc-attachment --transit-gateway-attachment-id tgw-attach-0a1b2c3d4e5f6000a --add-subnet-ids ${C}`,
      ],
      [
        over({
          attachments: known(
            attachments.value.map((one) =>
              one.id === vpcAttachments.value[0]?.id ? { ...one, routeTableId: null } : one,
            ),
          ),
        }),
        `aws ec2 describe-transit-gateway-route-tables --filters Name=transit-gateway-id,Values=${TRANSIT}`,
      ],
      [
        over({
          routeTables: known([{ id: 'tgw-rtb-0a1b2c3d4e5f60001', transitGatewayId: TRANSIT, routes: known([]) }]),
        }),
        'aws ec2 search-transit-gateway-routes --transit-gateway-route-table-id tgw-rtb-0a1b2c3d4e5f60001 --filters Name=state,Values=active,blackhole',
      ],
    ]
    for (const [world, line] of cases) {
      expect(told(world)).toContain(`${ID} ${TRANSIT}`)
      expect(commandsOf(findingsOf(world, ID)[0])).toEqual([line])
    }
    expect(told(over({}, [A]))).toEqual([SPLIT, `${ID} ${TRANSIT}`])
  })

  test('a record that names an address outside every subnet is found in its zone', () => {
    const name = `${ACCOUNT}.dkr.ecr.ap-northeast-2.amazonaws.com`
    const world = withNetwork(BY_NAT, {
      hostedZones: {
        [VPC]: known([
          {
            id: 'Z0123456789ABCDEFGHIJ',
            name,
            owner: ACCOUNT,
            records: known([{ name, type: 'A', values: ['10.0.200.5'] }]),
          },
        ]),
      },
    })
    expect(told(world)).toEqual([`${ID} 10.0.200.5`])
    expect(commandsOf(findingsOf(world, ID)[0])).toEqual([
      `aws route53 list-resource-record-sets --hosted-zone-id Z0123456789ABCDEFGHIJ --query 'ResourceRecordSets[?ResourceRecords[?Value=='\\''10.0.200.5'\\'']]'`,
    ])
  })

  test.each(['network-function', 'client-vpn', 'vpn-concentrator', 'something-new'])(
    'what a transit gateway sends into a %s is open, and its type is told',
    (resourceType) => {
      const whole = transit()
      const attachments = whole.attachments.known ? whole.attachments.value : []
      const own = whole.vpcAttachments.known ? whole.vpcAttachments.value.slice(0, 1) : []
      const far = 'tgw-attach-0a1b2c3d4e5f600b0'
      const changed = attachments.map((one) => (one.id === far ? { ...one, resourceType } : one))
      const into = { ...whole, vpcAttachments: known(own), attachments: known(changed) }
      const paths = pathsOf(toHub('transit-gateway', TRANSIT, { transit: into }))
      const missing = paths.flatMap(({ hops }) => hops.flatMap((hop) => hop.missing ?? []))
      expect(missing).toContainEqual(expect.objectContaining({ reason: ['transit-into', far, resourceType] }))
      expect(missing[0]?.because.en).toContain(resourceType)
    },
  )

  test('of a registry elsewhere private ECR comes first, and a NAT gateway second', () => {
    const foreign = withContainer(openEgress(BY_ENDPOINTS), { image: 'quay.io/acme/web:v7' })
    const [finding] = findingsOf(foreign, ID)
    expect(finding.remedy.console[0]?.en).toContain('private ECR')
    expect(finding.remedy.console[0]?.en).toContain('quay.io')
    expect(finding.remedy.changes.map(({ kind }) => kind)).toContain('create-nat-gateway')
    // One that another table uses has been bought already.
    const { natGateways } = BY_NAT.network
    const used = change(
      withNetwork(foreign, { natGateways }),
      'routeTables',
      'rtb-0a1b2c3d4e5f60000',
      ({ routes }) => ({
        routes: [...routes, route('0.0.0.0/0', 'nat-gateway', NAT_A)],
      }),
    )
    expect(findingsOf(used, ID)[0].remedy.console[0]?.en).not.toContain('private ECR')
  })

  test('a way over IPv6 alone is none for a subnet of both families, whatever the image is called', () => {
    const dual = [A, C].reduce(
      (world, id) => change(world, 'subnets', id, ({ cidrs }) => ({ cidrs: [...cidrs, '2600:1f14:1:101::/64'] })),
      BY_NAT,
    )
    const cut = change(dual, 'routeTables', TABLE_C, ({ routes }) => ({
      routes: [...routes.slice(0, 1), route('::/0', 'egress-only-internet-gateway', 'eigw-1')],
    }))
    const help = 'dual-stack image name does not help'
    expect(findingsOf(cut, ID)[0].remedy.console.at(-1)?.en).toContain(help)
    const ipv4 = change(BY_NAT, 'routeTables', TABLE_C, ({ routes }) => ({ routes: routes.slice(0, 1) }))
    expect(findingsOf(ipv4, ID)[0].remedy.console.at(-1)?.en).not.toContain(help)
  })

  test('an IPv6-only subnet without DNS64 is told what a classic image name needs', () => {
    const [finding] = findingsOf(withContainer(IPV6_ONLY, { image: CONTAINER.image }), ID)
    expect(finding.subject).toBe(A)
    expect(finding.remedy.terraform).toContain('enable_dns64 = true')
    expect(commandsOf(finding)).toEqual([
      `aws ec2 modify-subnet-attribute --subnet-id ${A} --enable-dns64`,
      `aws ec2 create-route --route-table-id ${TABLE_A} --destination-ipv6-cidr-block 64:ff9b::/96 --nat-gateway-id ${NAT_A}`,
    ])
    expect(finding.remedy.verified).toBe(true)
  })

  describe('a path that is broken and says nothing that any check would claim', () => {
    const why = { en: 'an odd thing', ko: '알 수 없는 문제' }
    const odd = (outcome: Outcome, required: boolean, subnetId: string): Path => ({
      from: {
        kind: 'task-eni',
        subnetId,
        availabilityZone: 'ap-northeast-2a',
        securityGroupIds: [TASK_GROUP],
        publicIp: true,
      },
      destination: 'ecr-api',
      host: 'api.ecr.ap-northeast-2.amazonaws.com',
      port: 443,
      neededBy: [],
      required,
      via: { kind: 'none', id: null },
      outcome,
      hops: [
        { at: 'dns', id: null, decision: 'allow', reason: ['fine'], why: { en: 'fine', ko: '정상' } },
        { at: 'route', id: null, decision: 'partial', reason: ['odd'], why },
      ],
    })
    const judgeOdd = (...paths: readonly Path[]) => onlyThis(subnetWithoutWay, BY_NAT, paths)

    test('is told by subnet, with the first broken hop and the way to look closer', () => {
      const [finding, ...rest] = judgeOdd(odd('blocked', true, A), odd('blocked', true, C))
      expect(rest.map(({ subject }) => subject)).toEqual([C])
      expect(finding).toMatchObject({ subject: A, severity: 'blocker', evidence: [why] })
      expect(finding?.what.en).toContain('ecr-api (api.ecr.ap-northeast-2.amazonaws.com): an odd thing')
      expect(commandsOf(finding)).toEqual([
        `ecs-pull-guard trace --from-subnet ${A} --security-groups ${TASK_GROUP} --public-ip --to api.ecr.ap-northeast-2.amazonaws.com:443`,
      ])
    })

    test.each([
      ['warning', [odd('intermittent', true, A)]],
      ['advice', [odd('blocked', false, A)]],
      ['blocker', [odd('intermittent', false, A), odd('blocked', true, A)]],
      ['warning', [odd('blocked', false, A), odd('intermittent', true, A)]],
    ] as const)('is a %s as it weighs', (severity, paths) => {
      expect(judgeOdd(...paths).map((one) => one.severity)).toEqual([severity])
    })

    test('is left to the others where it is not broken, or somebody claims it', () => {
      const fault = { kind: 'vpc-dns-off', vpcId: VPC } as const
      const claimed = odd('blocked', true, A)
      expect(judgeOdd(odd('degraded', true, A), odd('indeterminate', true, A))).toEqual([])
      expect(
        judgeOdd({
          ...claimed,
          hops: [...claimed.hops, { at: 'dns', id: VPC, decision: 'deny', reason: ['odd'], why, fault }],
        }),
      ).toEqual([])
    })
  })

  test('unknown where the network could not be read', () => {
    expect(unknownOf(BY_NAT, ID, 'network')).toEqual(['ec2:DescribeVpcs'])
  })
})
