import { readFileSync } from 'node:fs'
import * as logsSdk from '@aws-sdk/client-cloudwatch-logs'
import * as ec2Sdk from '@aws-sdk/client-ec2'
import * as ecrSdk from '@aws-sdk/client-ecr'
import * as ecsSdk from '@aws-sdk/client-ecs'
import * as iamSdk from '@aws-sdk/client-iam'
import * as route53Sdk from '@aws-sdk/client-route-53'
import * as secretsSdk from '@aws-sdk/client-secrets-manager'
import * as ssmSdk from '@aws-sdk/client-ssm'
import * as stsSdk from '@aws-sdk/client-sts'
import { describe, expect, test } from '@jest/globals'
import { wireNames } from '../../scripts/ec2-wire-names.mjs'
import type { Item } from '../../simulator/item.ts'
import { OPERATIONS } from '../../simulator/operations.ts'
import { clientsOf, decoded, recorded, simulate } from './support.ts'

test('the table of wire names is what the SDK says today', async () => {
  expect(readFileSync('simulator/wire/names.ts', 'utf8')).toBe(await wireNames())
})

const SDKS: Readonly<Record<string, unknown>> = {
  ec2: ec2Sdk,
  ecr: ecrSdk,
  ecs: ecsSdk,
  iam: iamSdk,
  logs: logsSdk,
  route53: route53Sdk,
  secretsmanager: secretsSdk,
  ssm: ssmSdk,
  sts: stsSdk,
}

const SERVED = Object.keys(SDKS).flatMap((service) =>
  Object.keys(OPERATIONS[service] ?? {}).map((operation) => [service, operation] as const),
)

const ANSWERED_WITH_NOTHING = ['CreateLogStream', 'TagResource', 'UntagResource']

interface Sendable {
  readonly send: (command: unknown) => Promise<object>
}

describe('every member of every answer survives the wire', () => {
  test.each(SERVED)('%s %s', async (service, operation) => {
    const sdk = SDKS[service] as Readonly<Record<string, unknown>>
    const schema = sdk[`${operation}$`] as readonly unknown[]
    const output = sampleOf(schema[5], 0) as Item
    const params = sampleOf(schema[4], 0) as Item
    const simulator = await simulate({ files: {}, operations: { [service]: { [operation]: () => output } } })
    const clients = clientsOf(simulator)
    const client = (service === 'secretsmanager' ? clients.secretsManager : clients[service as 'ec2']) as Sendable
    const Command = sdk[`${operation}Command`] as new (input: object) => unknown
    const answer = await client.send(new Command(asInput(params)))
    expect(Object.keys(output).length > 0).toBe(!ANSWERED_WITH_NOTHING.includes(operation))
    expect(decoded(answer)).toEqual(recorded(output))
    expect(asText(simulator.requests()[0]?.params)).toEqual(asText(params))
  })
})

const TIME = '2026-11-20T01:02:03.000Z'

/**
 * A value with every member that a schema of the SDK knows, each list with two elements, as deep as six shapes. Numbers of
 * the notation: @smithy/types, schema/sentinels.
 */
function sampleOf(ref: unknown, depth: number): unknown {
  if (typeof ref === 'function') return sampleOf((ref as () => unknown)(), depth)
  if (ref === 'unit') return {}
  // Bytes have no text to compare.
  if (ref === 21) return undefined
  if (typeof ref === 'number') return scalarSample(ref)
  const schema = ref as readonly unknown[]
  if (schema.length === 2) return sampleOf(schema[0], depth)
  if (depth > 6) return undefined
  const [kind, , , , first, second] = schema
  if (kind === 1) return [sampleOf(first, depth + 1), sampleOf(first, depth + 1)].filter((one) => one !== undefined)
  if (kind === 2) return { one: sampleOf(second, depth + 1) }
  if (kind === 0) return sampleOf(first, depth)
  const types = second as readonly unknown[]
  // A union (4) holds exactly one of its members.
  const names = (first as readonly string[]).slice(0, kind === 4 ? 1 : undefined)
  const members = names.map((name, at) => [name, sampleOf(types[at], depth + 1)])
  return Object.fromEntries(members.filter(([, value]) => value !== undefined))
}

function scalarSample(code: number): unknown {
  if (code & 64) return [scalarSample(code & ~64), scalarSample(code & ~64)]
  if (code & 128) return { one: scalarSample(code & ~128) }
  if (code >= 4 && code <= 7) return TIME
  if (code === 1) return 7
  return code === 2 ? true : 'text'
}

/** The SDK takes times as Date. */
function asInput(params: Item): Item {
  return structuredClone(reviveTimes(params)) as Item
}

function reviveTimes(value: unknown): unknown {
  if (value === TIME) return new Date(TIME)
  if (Array.isArray(value)) return value.map(reviveTimes)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, reviveTimes(member)]))
}

/** Query protocols carry text alone, and JSON carries times as numbers: what is compared is the text of each scalar. */
function asText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asText)
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, asText(member)]))
  }
  return value === TIME ? String(Date.parse(TIME) / 1000) : String(value)
}
