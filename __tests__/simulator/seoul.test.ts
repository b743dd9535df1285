import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { type Item, itemsOf, valuesAt } from '../../simulator/item.ts'
import { seoulFiles, writeSeoul } from '../../simulator/seoul/files.ts'

function fileOf(path: string, healthy = false): Item {
  return seoulFiles({ healthy })[path] as Item
}

/** The subnets whose route table leads to S3. */
function subnetsWithS3(healthy: boolean): readonly string[] {
  const tables = itemsOf(fileOf('ec2/describe-route-tables.json', healthy)['RouteTables'])
  const leading = tables.filter((table) => valuesAt(table, 'Routes.DestinationPrefixListId').includes('pl-78a54011'))
  return leading.flatMap((table) => valuesAt(table, 'Associations.SubnetId'))
}

const TASK_SUBNETS = valuesAt(
  fileOf('ecs/describe-services.json'),
  'services.networkConfiguration.awsvpcConfiguration.subnets',
)

test('one of the two task subnets has no way to S3, and the healthy twin has both', () => {
  expect(TASK_SUBNETS).toHaveLength(2)
  expect(subnetsWithS3(false)).toEqual(TASK_SUBNETS.slice(0, 1))
  expect(subnetsWithS3(true)).toEqual(TASK_SUBNETS)
})

test('the gateway endpoint names exactly the tables that lead to it', () => {
  for (const healthy of [false, true]) {
    const tables = itemsOf(fileOf('ec2/describe-route-tables.json', healthy)['RouteTables'])
    const leading = tables.filter((table) => valuesAt(table, 'Routes.GatewayId').some((id) => id.startsWith('vpce-')))
    const endpoints = fileOf('ec2/describe-vpc-endpoints.json', healthy)
    const leadingIds = leading.flatMap((table) => valuesAt(table, 'RouteTableId'))
    expect(leadingIds).toHaveLength(healthy ? 2 : 1)
    expect(valuesAt(endpoints, 'VpcEndpoints.RouteTableIds')).toEqual(leadingIds)
  }
})

test('every interface that an endpoint names is there, in a task subnet, one a zone', () => {
  const endpoints = itemsOf(fileOf('ec2/describe-vpc-endpoints.json')['VpcEndpoints'])
  const interfaces = itemsOf(fileOf('ec2/describe-network-interfaces.json')['NetworkInterfaces'])
  for (const endpoint of endpoints.filter((one) => one['VpcEndpointType'] === 'Interface')) {
    const own = valuesAt(endpoint, 'NetworkInterfaceIds').map((id) =>
      interfaces.find((one) => one['NetworkInterfaceId'] === id),
    )
    expect(own.map((one) => one?.['SubnetId'])).toEqual(TASK_SUBNETS)
    expect(new Set(own.map((one) => one?.['AvailabilityZone'])).size).toBe(2)
  }
})

test('addresses that the incident’s error texts name are in the prefix list', () => {
  const blocks = valuesAt(fileOf('ec2/get-managed-prefix-list-entries/pl-78a54011.json'), 'Entries.Cidr')
  expect(blocks).toHaveLength(13)
  expect(blocks).toEqual(expect.arrayContaining(['52.219.148.0/23', '3.5.184.0/21']))
})

test('what is written is what it says, and only JSON', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'seoul-'))
  await writeSeoul(folder, { healthy: true })
  for (const [path, value] of Object.entries(seoulFiles({ healthy: true }))) {
    expect(JSON.parse(await readFile(join(folder, path), 'utf8'))).toEqual(value)
  }
  await rm(folder, { recursive: true })
})
