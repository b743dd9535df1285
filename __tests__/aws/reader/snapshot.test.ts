import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { startSimulator } from '../../../simulator/start.ts'
import * as ec2 from '../../../src/aws/calls/ec2.ts'
import { gatherService } from '../../../src/aws/gather/index.ts'
import { openFolder } from '../../../src/aws/reader/folder.ts'
import { openLive } from '../../../src/aws/reader/live.ts'
import { recording } from '../../../src/aws/reader/recording.ts'
import { redacted } from '../../../src/aws/reader/redaction.ts'
import { answerFiles, writeSnapshot } from '../../../src/aws/reader/snapshot.ts'
import { unread } from '../../../src/domain/answer.ts'
import { onInstances } from '../on-instances.ts'
import { fixture, scratch } from '../scratch.ts'

beforeAll(() => {
  process.env['AWS_ACCESS_KEY_ID'] = 'test'
  process.env['AWS_SECRET_ACCESS_KEY'] = 'test'
  process.env['AWS_EC2_METADATA_DISABLED'] = 'true'
})

const web = { cluster: 'demo', service: 'web' }
const meta = { region: 'ap-northeast-2', accountId: '123456789012', takenAt: Date.UTC(2026, 10, 20) }
const everything = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n')

function withoutReasons(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_key, one) => (one?.known === false ? { known: false, permission: one.permission } : one)),
  )
}

async function liveSnapshotOf(folder: string) {
  const simulator = await startSimulator({ folder })
  const reader = recording(openLive({ region: simulator.region, endpoint: simulator.url, maxAttempts: 1 }))
  const gathered = await gatherService(reader, web)
  await simulator.stop()
  const written = scratch({})
  const paths = await writeSnapshot(written, reader.recorded(), meta)
  return { gathered, written, paths }
}

describe('a snapshot', () => {
  test.each(['1', '9', '17', '33'])('of the recording %s gives the facts that the live run had', async (name) => {
    const { gathered, written } = await liveSnapshotOf(fixture(`vpc/${name}`))
    const again = await gatherService(await openFolder(written), web)
    expect(withoutReasons(again.facts)).toEqual(withoutReasons(gathered.facts))
    expect(again.target).toEqual(gathered.target)
  })

  test('of a service on instances as well, and it holds no secret', async () => {
    const { gathered, written, paths } = await liveSnapshotOf(scratch(onInstances))
    const again = await gatherService(await openFolder(written), web)
    expect(withoutReasons(again.facts)).toEqual(withoutReasons(gathered.facts))
    expect(paths).toEqual(
      expect.arrayContaining([
        'meta.json',
        'ecs/describe-services.json',
        'ecs/describe-task-definition/web-7.json',
        'ecs/describe-tasks.json',
        'ec2/search-transit-gateway-routes/tgw-rtb-1.json',
        'ec2/describe-vpn-connections.json',
      ]),
    )
    const text = everything(written)
    expect(text).toContain('"KEY"')
    expect(text).not.toContain('hunter2')
  })

  test('has no file for what could not be read, or was read in part', async () => {
    const folder = await openFolder(fixture('vpc/1'))
    const reader = recording({
      ...folder,
      read: async (call, query) =>
        query?.vpc?.includes('vpc-2') ? unread('denied', call.permission) : folder.read(call, query),
    })
    await reader.read(ec2.describeSubnets, { vpc: ['vpc-00001000000000001'] })
    await reader.read(ec2.describeSubnets, { vpc: ['vpc-2'] })
    await reader.read(ec2.describeVpcs)
    await reader.read(ec2.describeEgressOnlyInternetGateways, { id: [] })
    expect([...answerFiles(reader.recorded()).keys()]).toEqual(['ec2/describe-vpcs.json'])
  })

  test('replaces an older one, and leaves a folder with other things alone', async () => {
    const old = scratch({ 'meta.json': {}, 'ec2/describe-route-tables.json': { RouteTables: [] }, 'notes.txt': 'mine' })
    const reader = recording(await openFolder(fixture('vpc/1')))
    await reader.read(ec2.describeVpcs)
    expect(await writeSnapshot(old, reader.recorded(), meta)).toEqual(['meta.json', 'ec2/describe-vpcs.json'])
    expect(existsSync(join(old, 'ec2/describe-route-tables.json'))).toBe(false)
    expect(existsSync(join(old, 'notes.txt'))).toBe(true)
    expect(JSON.parse(readFileSync(join(old, 'meta.json'), 'utf8'))).toEqual({
      schemaVersion: 1,
      region: 'ap-northeast-2',
      accountId: '123456789012',
      takenAt: '2026-11-20T00:00:00.000Z',
    })
    const other = scratch({ 'thesis.txt': 'mine' })
    await expect(writeSnapshot(other, reader.recorded(), meta)).rejects.toThrow(/not empty and holds no snapshot/)
    expect(readdirSync(other)).toEqual(['thesis.txt'])
    await expect(writeSnapshot(join(other, 'thesis.txt/snapshot'), reader.recorded(), meta)).rejects.toThrow(
      /could not be written/,
    )
  })
})

test('redaction keeps names and drops values, wherever they stand', () => {
  expect(
    redacted({
      $metadata: {},
      containerDefinitions: [
        {
          environment: [{ name: 'A', value: 'hunter2' }],
          secrets: [{ name: 'B', valueFrom: 'arn:b' }],
          logConfiguration: { logDriver: 'splunk', options: { 'splunk-token': 'hunter2', 'splunk-url': 'u' } },
          firelensConfiguration: {
            type: 'fluentbit',
            options: { http_passwd: 'hunter2', 'enable-ecs-log-metadata': 'true' },
          },
        },
      ],
      createdAt: new Date(0),
    }),
  ).toEqual({
    containerDefinitions: [
      {
        environment: [{ name: 'A' }],
        secrets: [{ name: 'B', valueFrom: 'arn:b' }],
        logConfiguration: { logDriver: 'splunk', options: { 'splunk-token': '', 'splunk-url': 'u' } },
        firelensConfiguration: { type: 'fluentbit', options: { http_passwd: '', 'enable-ecs-log-metadata': 'true' } },
      },
    ],
    createdAt: new Date(0),
  })
})
