/** What makes the SDK's ECS client one of any service of the table: protocol, host and the name to sign for. All else stays the SDK's. */
import { AwsJson1_1Protocol, AwsQueryProtocol, AwsRestJsonProtocol } from '@aws-sdk/core/protocols'
import { makeBuilder } from '@smithy/core/client'
import { getEndpointPlugin } from '@smithy/core/endpoints'
import type { $SchemaRef, StaticOperationSchema, StaticStructureSchema } from '@smithy/types'
import { partitionOf } from '../../domain/partition.ts'
import { isLoose, type Loose } from '../calls/call.ts'
import {
  type QueryShapes,
  SERVICE_PROTOCOLS,
  type ServiceProtocol,
  type UnbundledService,
  type XmlShape,
} from './services.ts'

/** Codes of the SDK's schemas and bits of their traits (@smithy/types, schema). */
const CODES = { text: 0, number: 1, boolean: 2, document: 15 } as const
const LABEL = 1
const PAYLOAD = 16

export interface ServiceClient {
  /** To be laid over the configuration of an ECS client. */
  readonly config: Loose
  readonly command: (operation: string) => new (input: Loose) => unknown
  readonly answer: (answer: Loose) => Loose
}

export function clientOf(service: UnbundledService): ServiceClient {
  const row = SERVICE_PROTOCOLS[service]
  const make = makeBuilder(ENDPOINT_PARAMETERS, service, row.serviceId, getEndpointPlugin)
  return {
    config: {
      ...protocolOf(row),
      serviceId: row.serviceId,
      endpointProvider: (place: Place) => endpointOf(row, place),
    },
    command: (operation) => make({}, () => [], operation, schemaOf(row, operation)),
    answer: (answer) => dated(row.protocol === 'rest' && isLoose(answer['body']) ? answer['body'] : answer),
  }
}

function protocolOf(row: ServiceProtocol): Loose {
  const named = { defaultNamespace: row.serviceId, errorTypeRegistries: [] }
  switch (row.protocol) {
    case 'json':
      return { protocol: AwsJson1_1Protocol, protocolSettings: { ...named, serviceTarget: row.target } }
    case 'rest':
      return { protocol: AwsRestJsonProtocol, protocolSettings: named }
    case 'query':
      return { protocol: AwsQueryProtocol, protocolSettings: { ...named, version: row.version, xmlNamespace: '' } }
  }
}

const ENDPOINT_PARAMETERS = {
  Endpoint: { type: 'builtInParams', name: 'endpoint' },
  Region: { type: 'builtInParams', name: 'region' },
  UseFIPS: { type: 'builtInParams', name: 'useFipsEndpoint' },
  UseDualStack: { type: 'builtInParams', name: 'useDualstackEndpoint' },
} as const

interface Place {
  readonly Endpoint?: string
  readonly Region: string
  readonly UseFIPS?: boolean
  readonly UseDualStack?: boolean
}

function endpointOf({ host, globalRegions = {} }: ServiceProtocol, place: Place) {
  const { id, dnsSuffix, dualStackSuffix } = partitionOf(place.Region)
  const signingRegion = globalRegions[id] ?? place.Region
  const name = `${host}${place.UseFIPS ? '-fips' : ''}.${signingRegion}`
  const url = place.Endpoint ?? `https://${name}.${place.UseDualStack ? dualStackSuffix : dnsSuffix}`
  return { url: new URL(url), properties: { authSchemes: [{ name: 'sigv4', signingName: host, signingRegion }] } }
}

/** Answers in JSON are taken as they come. Throws `TypeError` for an operation that the table lacks. */
function schemaOf(row: ServiceProtocol, operation: string): StaticOperationSchema {
  if (row.protocol === 'json') return [9, row.serviceId, operation, 0, CODES.document, CODES.document]
  const told = rowOf<string | QueryShapes>(row.operations, operation)
  if (typeof told !== 'string') return [9, row.serviceId, operation, 0, xmlSchema(told.input), xmlSchema(told.output)]
  const [, method = '', path = '', query = ''] = /^(\w+) ([^?]*)\??(.*)$/.exec(told) ?? []
  const labels = [...path.matchAll(/\{(\w+)\}/g)].map(([, label = '']): Member => [label, [CODES.text, LABEL]])
  const parameters = [...query.matchAll(/(\w+)(?:=(\w+))?/g)].map(
    ([, member = '', wire = member]): Member => [member, [CODES.text, { httpQuery: wire }]],
  )
  const http: [string, string, number] = [method, path, 200]
  const body: Member = ['body', [CODES.document, PAYLOAD]]
  return [9, row.serviceId, operation, { http }, structure([...labels, ...parameters]), structure([body])]
}

function rowOf<Row>(operations: Readonly<Record<string, Row>>, operation: string): Row {
  const row = operations[operation]
  if (row === undefined) throw new TypeError(`src/aws/protocols/services.ts has no row for ${operation}`)
  return row
}

function xmlSchema(shape: XmlShape): $SchemaRef {
  if (typeof shape === 'string') return CODES[shape]
  if (Array.isArray(shape)) return [1, '', '', 0, xmlSchema(shape[0])]
  return structure(Object.entries(shape).map(([member, one]): Member => [member, xmlSchema(one)]))
}

type Member = readonly [name: string, schema: $SchemaRef]

function structure(members: readonly Member[]): StaticStructureSchema {
  return [3, '', '', 0, members.map(([name]) => name), members.map(([, schema]) => schema)]
}

/** Seconds since 1970 in JSON; the SDK's other clients, which know the types of members, answer with dates as well. */
function dated(value: Loose): Loose {
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, datedMember(name, member)]))
}

function datedMember(name: string, value: unknown): unknown {
  if (typeof value === 'number' && /(Date|Time)$/.test(name)) return new Date(value * 1000)
  if (Array.isArray(value)) return value.map((one) => datedMember('', one))
  return isLoose(value) && !(value instanceof Date) ? dated(value) : value
}
