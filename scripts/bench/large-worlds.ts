/** Snapshot folders with far more of one thing than AWS permits, and one change in each; all else is the healthy Seoul service. */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { seoulFiles } from '../../simulator/seoul/files.ts'

type Files = Record<string, unknown>
// biome-ignore lint/suspicious/noExplicitAny: what the AWS CLI prints, changed by hand
type Printed = any

/** Each makes a folder's files with that many of the thing. */
export const LARGE_WORLDS = {
  /** In the ingress of the endpoints' group, each a block of its own in one permission, as AWS prints rules of equal ports. */
  ranges: (count: number) =>
    changed('ec2/describe-security-groups.json', ({ SecurityGroups }) => {
      const [https] = endpointGroup(SecurityGroups).IpPermissions
      https.IpRanges = numbers(count).map((n) => ({ CidrIp: `${address(n)}/32` }))
    }),
  /** The same, each a permission of its own. */
  permissions: (count: number) =>
    changed('ec2/describe-security-groups.json', ({ SecurityGroups }) => {
      const { IpPermissions } = endpointGroup(SecurityGroups)
      for (const n of numbers(count))
        IpPermissions.push({
          IpProtocol: 'tcp',
          FromPort: n % 2 === 0 ? 443 : 1 + (n % 60_000),
          ToPort: n % 2 === 0 ? 443 : 1 + (n % 60_000),
          IpRanges: [{ CidrIp: `${address(n)}/32` }],
        })
    }),
  /** Groups of ten rules, of nothing that the service has. */
  groups: (count: number) =>
    changed('ec2/describe-security-groups.json', ({ SecurityGroups }) => {
      for (const n of numbers(count))
        SecurityGroups.push({
          GroupId: id('sg', n),
          GroupName: `other-${n}`,
          VpcId: SecurityGroups[0].VpcId,
          IpPermissions: [{ IpProtocol: '-1', IpRanges: numbers(10).map((m) => ({ CidrIp: `${address(m)}/32` })) }],
          IpPermissionsEgress: [],
        })
    }),
  /** Before the entry that lets everything in, every second of them denies an address. */
  aclEntries: (count: number) =>
    changed('ec2/describe-network-acls.json', ({ NetworkAcls }) => {
      const [{ Entries }] = NetworkAcls
      for (const entry of Entries) if (entry.RuleAction === 'allow') entry.RuleNumber = count + 1
      for (const n of numbers(count))
        Entries.push({
          CidrBlock: `${address(n)}/32`,
          Egress: n % 4 < 2,
          Protocol: '6',
          PortRange: { From: 0, To: 65_535 },
          RuleAction: n % 2 === 0 ? 'deny' : 'allow',
          RuleNumber: n + 1,
        })
    }),
  /** In the first subnet's table. */
  routes: (count: number) =>
    changed('ec2/describe-route-tables.json', ({ RouteTables }) => {
      for (const n of numbers(count))
        RouteTables[1].Routes.push({
          DestinationCidrBlock: `${address(n)}/32`,
          TransitGatewayId: 'tgw-0a1b2c3d4e5f60718',
          Origin: 'CreateRoute',
          State: 'active',
        })
    }),
  /** Of the tables that have no S3 route, one for each subnet: every subnet is broken, by itself. */
  brokenTables: (count: number) => {
    const files = manySubnets(count, true)
    const { RouteTables } = files['ec2/describe-route-tables.json'] as Printed
    for (const table of RouteTables.slice(3))
      table.Routes = table.Routes.filter((one: Printed) => one.DestinationPrefixListId === undefined)
    return files
  },
  /** Of a customer's list that the endpoints' group lets in, and that the first subnet's table routes. */
  prefixes: (count: number) => {
    const files = structuredClone(seoulFiles({ healthy: true }))
    const list = {
      PrefixListId: 'pl-0a1b2c3d4e5f60718',
      PrefixListName: 'many',
      AddressFamily: 'IPv4',
      State: 'create-complete',
      OwnerId: '406178923551',
    }
    ;(files['ec2/describe-managed-prefix-lists.json'] as Printed).PrefixLists.push(list)
    files[`ec2/get-managed-prefix-list-entries/${list.PrefixListId}.json`] = {
      Entries: numbers(count).map((n) => ({ Cidr: `${address(n)}/32` })),
    }
    const { SecurityGroups } = files['ec2/describe-security-groups.json'] as Printed
    endpointGroup(SecurityGroups).IpPermissions[0].PrefixListIds = [{ PrefixListId: list.PrefixListId }]
    const { RouteTables } = files['ec2/describe-route-tables.json'] as Printed
    RouteTables[1].Routes.push({
      DestinationPrefixListId: list.PrefixListId,
      TransitGatewayId: 'tgw-0a1b2c3d4e5f60718',
      Origin: 'CreateRoute',
      State: 'active',
    })
    return files
  },
  /** In the execution role's managed policy. */
  roleStatements: (count: number) => {
    const files = structuredClone(seoulFiles({ healthy: true }))
    const [path] = Object.keys(files).filter((one) => one.startsWith('iam/get-policy-version/'))
    const statement = { Effect: 'Allow', Action: 'ecr:*', Resource: 'arn:aws:ecr:*:*:repository/other' }
    if (path !== undefined)
      (files[path] as Printed).PolicyVersion.Document.Statement.push(...numbers(count).map(() => statement))
    return files
  },
  /** Characters. */
  serviceName: (count: number) =>
    changed('ecs/describe-services.json', ({ services }) => {
      services[0].serviceName = 's'.repeat(count)
    }),
  subnetName: (count: number) =>
    changed('ec2/describe-subnets.json', ({ Subnets }) => {
      Subnets[0].Tags = [{ Key: 'Name', Value: 'n'.repeat(count) }]
    }),
  groupId: (count: number) => {
    const text = JSON.stringify(seoulFiles({ healthy: true }))
    return JSON.parse(text.replaceAll('sg-05b92e7fc1d84a360', `sg-${'0'.repeat(count)}`))
  },
  /** Of one service, all with the first one's route table, unless each has its own. */
  subnets: (count: number) => manySubnets(count, false),
  tables: (count: number) => manySubnets(count, true),
  /** Of other services than those that the start needs, with an interface each. */
  endpoints: (count: number) => {
    const files = seoulFiles({ healthy: true })
    const { VpcEndpoints } = files['ec2/describe-vpc-endpoints.json'] as Printed
    const { NetworkInterfaces } = files['ec2/describe-network-interfaces.json'] as Printed
    const [like] = VpcEndpoints
    const [likeInterface] = NetworkInterfaces
    for (const n of numbers(count)) {
      VpcEndpoints.push({
        ...like,
        VpcEndpointId: id('vpce', n),
        ServiceName: `com.amazonaws.vpce.ap-northeast-2.vpce-svc-${n}`,
        NetworkInterfaceIds: [id('eni', n)],
        DnsEntries: [{ DnsName: `${n}.example.com` }],
        SubnetIds: like.SubnetIds.slice(0, 1),
      })
      NetworkInterfaces.push({
        ...likeInterface,
        NetworkInterfaceId: id('eni', n),
        PrivateIpAddress: address(n),
        PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: address(n) }],
      })
    }
    return files
  },
  /** Bytes. */
  containerName: (count: number) =>
    taskDefinition((definition) => {
      definition.containerDefinitions[0].name = 'n'.repeat(count)
    }),
  containers: (count: number) =>
    taskDefinition((definition) => {
      const [like] = definition.containerDefinitions
      for (const n of numbers(count)) definition.containerDefinitions.push({ ...like, name: `sidecar-${n}` })
    }),
  /** Each from a repository of its own, which nobody has read. */
  images: (count: number) =>
    taskDefinition((definition) => {
      const [like] = definition.containerDefinitions
      for (const n of numbers(count))
        definition.containerDefinitions.push({
          ...like,
          name: `sidecar-${n}`,
          image: like.image.replace(/(\/[^/:]+):/, `$1-${n}:`),
        })
    }),
  secrets: (count: number) =>
    taskDefinition((definition) => {
      definition.containerDefinitions[0].secrets = numbers(count).map((n) => ({
        name: `SECRET_${n}`,
        valueFrom: `/app/${n}`,
      }))
    }),
  tasks: (count: number) =>
    changed('ecs/describe-tasks.json', ({ tasks }) => {
      const like = JSON.stringify(tasks[0])
      for (const n of numbers(count)) tasks.push({ ...JSON.parse(like), taskArn: `${tasks[0].taskArn}${n}` })
    }),
  /** In the policy of every interface endpoint. */
  statements: (count: number) =>
    endpointPolicies(numbers(count).map(() => ({ Action: '*', Effect: 'Allow', Principal: '*', Resource: '*' }))),
  /** Characters of a pattern in the policy of every interface endpoint. */
  pattern: (count: number) =>
    endpointPolicies([{ Action: '*', Effect: 'Allow', Principal: '*', Resource: `${'*a'.repeat(count / 2)}` }]),
} as const satisfies Record<string, (count: number) => Files>

export async function writeWorld(folder: string, files: Files): Promise<void> {
  for (const [path, value] of Object.entries(files)) {
    const file = join(folder, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, JSON.stringify(value))
  }
}

function changed(path: string, change: (answer: Printed) => void): Files {
  const files = structuredClone(seoulFiles({ healthy: true }))
  change(files[path])
  return files
}

function taskDefinition(change: (definition: Printed) => void): Files {
  const [path] = Object.keys(seoulFiles()).filter((one) => one.startsWith('ecs/describe-task-definition/'))
  return changed(path as string, ({ taskDefinition }) => change(taskDefinition))
}

function endpointPolicies(Statement: readonly object[]): Files {
  return changed('ec2/describe-vpc-endpoints.json', ({ VpcEndpoints }) => {
    for (const endpoint of VpcEndpoints) endpoint.PolicyDocument = JSON.stringify({ Statement })
  })
}

function manySubnets(count: number, tables: boolean): Files {
  const files = structuredClone(seoulFiles({ healthy: true }))
  const { Subnets } = files['ec2/describe-subnets.json'] as Printed
  const { RouteTables } = files['ec2/describe-route-tables.json'] as Printed
  const { NetworkAcls } = files['ec2/describe-network-acls.json'] as Printed
  const { services } = files['ecs/describe-services.json'] as Printed
  const { VpcEndpoints } = files['ec2/describe-vpc-endpoints.json'] as Printed
  const used = services[0].networkConfiguration.awsvpcConfiguration.subnets
  const [like] = Subnets
  const table = RouteTables[1]
  const gateway = VpcEndpoints.find((one: Printed) => one.VpcEndpointType === 'Gateway')
  const { Vpcs } = files['ec2/describe-vpcs.json'] as Printed
  for (const CidrBlock of ['10.32.0.0/16', '10.33.0.0/16', '10.34.0.0/16']) {
    Vpcs[0].CidrBlockAssociationSet.push({ CidrBlock, CidrBlockState: { State: 'associated' } })
    for (const one of RouteTables) one.Routes.push({ ...one.Routes[0], DestinationCidrBlock: CidrBlock })
  }
  for (const n of numbers(count)) {
    const SubnetId = id('subnet', n)
    used.push(SubnetId)
    Subnets.push({ ...like, SubnetId, CidrBlock: `${address(n * 16)}/28` })
    const own = tables ? { ...table, RouteTableId: id('rtb', n), Associations: [] } : table
    own.Associations.push({ ...RouteTables[1].Associations[0], RouteTableId: own.RouteTableId, SubnetId })
    if (tables) {
      RouteTables.push(own)
      gateway.RouteTableIds.push(own.RouteTableId)
    }
    NetworkAcls[0].Associations.push({ NetworkAclId: NetworkAcls[0].NetworkAclId, SubnetId })
  }
  return files
}

function endpointGroup(groups: Printed): Printed {
  return groups.find((one: Printed) => one.GroupName === 'nestjs-endpoints')
}

function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, n) => n)
}

function id(kind: string, n: number): string {
  return `${kind}-0b0d${n.toString(16).padStart(13, '0')}`
}

/** Every second address, so that blocks do not melt together. */
function address(n: number): string {
  const at = 2 * n
  return `10.${32 + ((at >> 16) & 127)}.${(at >> 8) & 255}.${at & 255}`
}
