import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { commandName } from '../../src/aws/calls/call.ts'
import { CODE_DEPLOY_CALLS, DEPLOY_CALLS } from '../../src/aws/calls/deploy.ts'
import { OPT_IN_CALLS } from '../../src/aws/calls/opt-in.ts'
import { REHEARSAL_CALLS } from '../../src/aws/calls/rehearsal.ts'
import { CALLS } from '../../src/aws/calls/table.ts'
import { WATCH_CALLS, WATCH_WRITES } from '../../src/aws/calls/watch.ts'
import * as writes from '../../src/aws/calls/writes.ts'

const folder = new URL('../../src/aws/clients/', import.meta.url)
const clients: Record<string, object> = {}
for (const file of readdirSync(folder)) clients[file.replace('.ts', '')] = await import(new URL(file, folder).href)

const OF_DEPLOY = [...DEPLOY_CALLS, ...CODE_DEPLOY_CALLS]

describe('the table of calls', () => {
  const all = [
    ...new Set([...CALLS, ...WATCH_CALLS, ...WATCH_WRITES, ...OPT_IN_CALLS, ...OF_DEPLOY, ...REHEARSAL_CALLS]),
  ]
  const live = all.filter(({ service, recordedOnly }) => service in clients && !recordedOnly)

  test.each(live.map((call) => [call.service, call.operation]))(
    '%s %s is an operation of the client',
    (service, operation) => {
      expect(clients[service]).toHaveProperty(`${operation}Command`)
    },
  )

  test('no client carries a command that no call uses', () => {
    const sent = [...live, ...Object.values(writes)]
    const used = new Set(sent.map(({ service, operation }) => `${service} ${operation}Command`))
    const carried = Object.entries(clients).flatMap(([service, module]) =>
      Object.keys(module)
        .filter((name) => name !== 'Client')
        .map((name) => `${service} ${name}`),
    )
    expect(carried.filter((name) => !used.has(name))).toEqual([])
  })

  test('an opt-in call is in no policy and no snapshot', () => {
    const named = new Set([...CALLS, ...WATCH_CALLS, ...WATCH_WRITES].map(({ permission }) => permission))
    expect(OPT_IN_CALLS.filter(({ permission }) => named.has(permission))).toEqual([])
  })

  test('every call has a file of its own, and an IAM action', () => {
    const files = all.map(({ file }) => file)
    expect(new Set(files).size).toBe(files.length)
    for (const { permission } of all) expect(permission).toMatch(/^[a-z0-9-]+:[A-Z]\w+$/)
  })

  test('files are named as the commands of the AWS CLI', () => {
    expect(commandName('DescribeVpcBlockPublicAccessOptions')).toBe('describe-vpc-block-public-access-options')
    expect(commandName('ListHostedZonesByVPC')).toBe('list-hosted-zones-by-vpc')
    expect(commandName('GetManagedPrefixListEntries')).toBe('get-managed-prefix-list-entries')
  })
})

test('the clients are loaded late: no file but their own imports the SDK for more than its types', () => {
  const connection = readFileSync(new URL('../../src/aws/reader/connection.ts', import.meta.url), 'utf8')
  expect(connection).not.toMatch(/from '@aws-sdk/)
  expect(connection.match(/import\('\.\.\/clients\//g)?.length).toBe(Object.keys(clients).length)
})
