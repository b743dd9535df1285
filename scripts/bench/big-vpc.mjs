/**
 * A large VPC and a service that spans it, as facts: 200 subnets, 60 endpoints, 500 security groups with 5,000 rules, 20 route tables.
 * The same every time.
 */
import { toService } from '../../src/aws/facts/service.ts'
import { toTaskDefinition } from '../../src/aws/facts/task-definition.ts'
import { known } from '../../src/domain/answer.ts'

const REGION = 'ap-northeast-2'
const ACCOUNT = '123456789012'
const VPC = 'vpc-0b16000000000001'
const ZONES = ['a', 'b', 'c'].map((letter) => `${REGION}${letter}`)
const SERVICES = ['ecr.api', 'ecr.dkr', 'logs', 'secretsmanager', 'ssm', 'ssmmessages', 'kms', 'sts', 'sqs', 'sns']
const PORTS = [22, 80, 443, 3306, 5432, 6379, 8080, 9092]

/** @param {Readonly<{subnets: number, endpoints: number, groups: number, rules: number, tables: number}>} size */
export function bigVpc(size = { subnets: 200, endpoints: 60, groups: 500, rules: 5000, tables: 20 }) {
  const random = lcg(20261123)
  const pick = (list) => list[Math.floor(random() * list.length)]
  const id = (kind, n) => `${kind}-0b16${n.toString(16).padStart(12, '0')}`
  const cidr = (n) => `10.0.${n}.0/24`
  const range = (n) => Array.from({ length: n }, (_, i) => i)

  const subnetIds = range(size.subnets).map((n) => id('subnet', n))
  const groupIds = range(size.groups).map((n) => id('sg', n))
  const gatewayEndpoints = ['s3', 'dynamodb']
  const interfaceEndpoints = range(size.endpoints - gatewayEndpoints.length)

  const rule = (n) => ({
    protocol: n % 17 === 0 ? '-1' : 'tcp',
    ports: n % 17 === 0 ? null : portSpan(pick(PORTS), n % 5 === 0 ? 100 : 0),
    cidrs: n % 3 === 0 ? [cidr(Math.floor(random() * size.subnets))] : [],
    prefixListIds: n % 3 === 1 && n % 2 === 0 ? ['pl-78a54011'] : [],
    groupIds: n % 3 === 2 || n % 2 === 1 ? [pick(groupIds)] : [],
  })
  const perGroup = Math.floor(size.rules / size.groups)
  const groups = groupIds.map((groupId, g) => {
    const rules = range(perGroup).map((n) => rule(g * perGroup + n))
    const [egress, ingress] = [rules.slice(0, perGroup / 2), rules.slice(perGroup / 2)]
    // One group of the service lets HTTPS out; most groups of endpoints let it in, by group or by block.
    if (g === 0) egress.splice(0, 2, https({ cidrs: ['0.0.0.0/0'] }), https({ prefixListIds: ['pl-78a54011'] }))
    if (g >= 5 && g < 25 && g % 4 !== 0)
      ingress.splice(0, 1, g % 2 === 0 ? https({ groupIds: [groupIds[0]] }) : https({ cidrs: ['10.0.0.0/17'] }))
    return { id: groupId, vpcId: VPC, name: `group-${g}`, ingress, egress }
  })
  const taskGroups = groupIds.slice(0, 5)

  const endpoints = interfaceEndpoints.map((n) => {
    const service = SERVICES[n] ?? `extra-${n}`
    const subnets = ZONES.map((_, zone) => subnetIds[(n * 3 + zone) % size.subnets])
    return {
      ...endpoint(id('vpce', n), service),
      type: 'interface',
      privateDns: n < SERVICES.length,
      dnsNames: n < SERVICES.length ? namesOf(service) : [],
      subnetIds: subnets,
      interfaceIds: subnets.map((_, zone) => id('eni', n * 3 + zone)),
      groupIds: [groupIds[5 + (n % 20)]],
    }
  })
  const tableIds = range(size.tables).map((n) => id('rtb', n))
  const gateways = gatewayEndpoints.map((service, n) => ({
    ...endpoint(id('vpce', 1000 + n), service),
    type: 'gateway',
    routeTableIds: tableIds.filter((_, table) => table % 4 !== 3),
  }))

  const network = {
    region: REGION,
    accountId: ACCOUNT,
    vpcs: known([{ id: VPC, cidrs: ['10.0.0.0/16'], dhcpOptionsId: 'dopt-1', ownerId: ACCOUNT }]),
    vpcDns: { [VPC]: { support: known(true), hostnames: known(true) } },
    subnets: known(
      subnetIds.map((subnetId, n) => ({
        id: subnetId,
        vpcId: VPC,
        cidrs: [cidr(n)],
        zone: ZONES[n % 3],
        zoneId: `apne2-az${(n % 3) + 1}`,
        ownerId: ACCOUNT,
        freeAddresses: 200,
        mapPublicIp: false,
        assignIpv6: false,
        dns64: false,
        internetGatewayBlockMode: 'off',
        firewallConnectivity: null,
        name: `private-${n}`,
      })),
    ),
    routeTables: known(
      tableIds.map((tableId, table) => ({
        id: tableId,
        vpcId: VPC,
        main: table === 0,
        subnetIds: subnetIds.filter((_, n) => n % size.tables === table),
        routes: [
          route('10.0.0.0/16', 'local', 'local'),
          ...range(20).map((n) =>
            route(`172.16.${table * 4 + (n % 4)}.${(n >> 2) * 32}/27`, 'transit-gateway', 'tgw-0b16'),
          ),
          ...(table % 4 === 3 ? [] : [route('pl-78a54011', 'vpc-endpoint', id('vpce', 1000))]),
          ...(table % 2 === 0 ? [route('0.0.0.0/0', 'nat-gateway', 'nat-0b16')] : []),
          ...(table === size.tables - 1 ? [route('0.0.0.0/0', 'internet-gateway', 'igw-0b16')] : []),
        ],
      })),
    ),
    networkAcls: known(
      range(10).map((n) => ({
        id: id('acl', n),
        vpcId: VPC,
        isDefault: n === 0,
        subnetIds: subnetIds.filter((_, subnet) => subnet % 10 === n),
        entries: [false, true].flatMap((egress) => [
          ...range(18).map((entry) =>
            aclEntry(egress, 100 + entry, entry % 3 !== 0, cidr((n * 18 + entry) % size.subnets)),
          ),
          aclEntry(egress, 1000, true, '0.0.0.0/0'),
          { ...aclEntry(egress, 32767, false, '0.0.0.0/0'), protocol: '-1', ports: null },
        ]),
      })),
    ),
    securityGroups: known(groups),
    endpoints: known([...endpoints, ...gateways]),
    interfaces: known([
      ...endpoints.flatMap((each) =>
        each.interfaceIds.map((eni, zone) => networkInterface(eni, each.subnetIds[zone], each.groupIds, zone)),
      ),
      networkInterface('eni-0b16nat', subnetIds[size.tables - 1], [], 190),
    ]),
    natGateways: known([
      {
        id: 'nat-0b16',
        vpcId: VPC,
        subnetId: subnetIds[size.tables - 1],
        routeTableId: null,
        state: 'available',
        connectivity: 'public',
        availability: 'zonal',
        addresses: [{ privateIp: `10.0.${size.tables - 1}.200`, publicIp: '203.0.113.10', status: 'succeeded' }],
        attachedAppliances: false,
        failure: null,
      },
    ]),
    internetGateways: known([{ id: 'igw-0b16', attachments: [{ vpcId: VPC, state: 'available' }] }]),
    egressOnlyGateways: known([]),
    prefixLists: known([
      {
        id: 'pl-78a54011',
        name: `com.amazonaws.${REGION}.s3`,
        entries: known(['3.5.140.0/22', '52.219.56.0/22', '52.219.60.0/23', '52.219.144.0/22']),
      },
    ]),
    dhcpOptions: known([{ id: 'dopt-1', domainNameServers: ['AmazonProvidedDNS'] }]),
    peerings: known([]),
    transit: { gateways: known([]), vpcAttachments: known([]), attachments: known([]), routeTables: known([]) },
    vpn: { gateways: known([]), connections: known([]) },
    blockPublicAccess: known({ mode: 'off', state: 'default-state' }),
    hostedZones: { [VPC]: known([]) },
    loadBalancers: known([]),
    groupAssociations: known([]),
    instances: known([]),
    encryptionControls: known([]),
    resolver: { rules: known([]), firewallRules: known([]), profiles: known([]) },
  }
  return { network, service: service(subnetIds, taskGroups), taskDefinition: taskDefinition(), compute: noCompute() }
}

/** Numerical Recipes' generator: enough to scatter rules, and the same on every machine. */
function lcg(seed) {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

function https(peers) {
  return { protocol: 'tcp', ports: portSpan(443, 0), cidrs: [], prefixListIds: [], groupIds: [], ...peers }
}

function portSpan(from, width) {
  return { from, to: from + width }
}

function route(destination, kind, target) {
  return { destination, target: { kind, id: target }, state: 'active', propagated: false, firewall: null }
}

function aclEntry(egress, ruleNumber, allow, block) {
  return { egress, ruleNumber, allow, protocol: '6', cidr: block, ports: { from: 0, to: 65535 } }
}

function endpoint(endpointId, service) {
  return {
    id: endpointId,
    vpcId: VPC,
    serviceName: `com.amazonaws.${REGION}.${service}`,
    serviceRegion: REGION,
    state: 'available',
    privateDns: false,
    privateDnsForInboundResolverOnly: false,
    dnsRecordIpType: 'ipv4',
    dnsNames: [],
    subnetIds: [],
    interfaceIds: [],
    routeTableIds: [],
    groupIds: [],
    policy: null,
    requesterManaged: false,
  }
}

function namesOf(service) {
  if (service === 'ecr.api') return [`api.ecr.${REGION}.amazonaws.com`]
  if (service === 'ecr.dkr') return [`*.dkr.ecr.${REGION}.amazonaws.com`]
  return [`${service}.${REGION}.amazonaws.com`]
}

function networkInterface(eni, subnetId, groupIds, zone) {
  const n = Number.parseInt(subnetId.slice(-4), 16)
  return {
    id: eni,
    subnetId,
    vpcId: VPC,
    groupIds,
    privateIps: [`10.0.${n}.${10 + (zone % 200)}`],
    ipv6Addresses: [],
    publicIp: null,
    type: 'vpc_endpoint',
    status: 'in-use',
    description: 'VPC Endpoint Interface',
    instanceId: null,
    sourceDestCheck: true,
  }
}

/** As ECS describes them: facts that are added to the product are then here as well. */
function service(subnetIds, securityGroupIds) {
  const made = toService({
    serviceArn: `arn:aws:ecs:${REGION}:${ACCOUNT}:service/big/web`,
    serviceName: 'web',
    clusterArn: `arn:aws:ecs:${REGION}:${ACCOUNT}:cluster/big`,
    status: 'ACTIVE',
    desiredCount: 40,
    runningCount: 40,
    launchType: 'FARGATE',
    platformVersion: '1.4.0',
    taskDefinition: `arn:aws:ecs:${REGION}:${ACCOUNT}:task-definition/web:7`,
    networkConfiguration: {
      awsvpcConfiguration: { subnets: subnetIds, securityGroups: securityGroupIds, assignPublicIp: 'DISABLED' },
    },
    enableExecuteCommand: true,
  })
  if (made?.awsvpc === null || made === null) throw new Error('no service')
  return { ...made, awsvpc: made.awsvpc }
}

function taskDefinition() {
  const registry = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com`
  const container = (name, image) => ({
    name,
    image,
    secrets: [
      { name: 'PASSWORD', valueFrom: `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:db-AbCdEf` },
      { name: 'FLAGS', valueFrom: `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/flags` },
    ],
    logConfiguration: {
      logDriver: 'awslogs',
      options: { 'awslogs-group': '/ecs/web', 'awslogs-region': REGION, 'awslogs-stream-prefix': name },
    },
  })
  const made = toTaskDefinition({
    taskDefinitionArn: `arn:aws:ecs:${REGION}:${ACCOUNT}:task-definition/web:7`,
    family: 'web',
    revision: 7,
    networkMode: 'awsvpc',
    cpu: '1024',
    memory: '2048',
    executionRoleArn: `arn:aws:iam::${ACCOUNT}:role/ecsTaskExecutionRole`,
    containerDefinitions: [
      container('web', `${registry}/web:7`),
      container('envoy', 'public.ecr.aws/envoy/envoy:v1'),
      container('agent', 'datadog/agent:7'),
    ],
  })
  if (made === null) throw new Error('no task definition')
  return made
}

function noCompute() {
  return { capacityProviders: known([]), clusterCapacityProviders: known([]), instances: known([]) }
}
