/** Printed Terraform: it parses, the provider has its types and arguments, no address stands twice, and nothing is made that exists. */
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { fieldCases, measuredVpcs } from './cases.ts'
import type { Folder } from './folder.ts'
import { judge } from './judge.ts'
import { pages } from './pages.ts'
import {
  type Block,
  type Body,
  chunksOf,
  literal,
  nested,
  type Parsed,
  parse,
  referencesOf,
} from './terraform/blocks.ts'
import { requireTools } from './tools.ts'

requireTools()

interface Schema {
  readonly arguments: readonly string[]
  readonly required: readonly string[]
  readonly blocks: Readonly<Record<string, Schema>>
}
const PROVIDER: { readonly resources: Readonly<Record<string, Schema>> } = JSON.parse(
  readFileSync('__tests__/fixtures/terraform-arguments.json', 'utf8'),
)

/** Of every resource, whatever the provider (Terraform language, "Resource behavior"). */
const META: Schema = {
  arguments: ['count', 'for_each', 'depends_on', 'provider'],
  required: [],
  blocks: { lifecycle: { arguments: ['ignore_changes', 'prevent_destroy'], required: [], blocks: {} } },
}

/** What one report, or one check's page, prints. */
interface Source {
  readonly name: string
  readonly folder: Folder | null
  readonly parsed: readonly Parsed[]
}
const sources: Source[] = []

beforeAll(async () => {
  const texts: { name: string; folder: Folder | null; chunks: readonly string[] }[] = []
  for (const one of [...measuredVpcs, ...fieldCases]) {
    const { findings } = await judge(one, one.folder)
    const chunks = findings.flatMap(({ remedy }) => chunksOf(remedy.terraform))
    texts.push({ name: one.name, folder: one.folder, chunks })
  }
  for (const { check, hcl } of pages) texts.push({ name: check, folder: null, chunks: chunksOf(hcl) })
  const all = parse(texts.flatMap(({ chunks }) => chunks))
  let at = 0
  for (const { name, folder, chunks } of texts) {
    sources.push({ name, folder, parsed: all.slice(at, at + chunks.length) })
    at += chunks.length
  }
}, 120_000)

const blocksOf = ({ parsed }: Source): readonly Block[] => parsed.flatMap(({ blocks }) => blocks)

function over(objections: (source: Source) => readonly string[]): readonly string[] {
  return sources.flatMap((source) =>
    [...new Set(objections(source))].map((objection) => `${source.name}: ${objection}`),
  )
}

describe('printed Terraform', () => {
  test('there is enough of it', () => {
    expect(sources.flatMap(blocksOf).length).toBeGreaterThan(200)
  })

  test('parses', () => {
    expect(
      over(({ parsed }) => parsed.flatMap(({ error, chunk }) => (error === null ? [] : [`${error}: ${chunk}`]))),
    ).toEqual([])
  })

  test('the provider has its types, arguments and nested blocks', () => {
    expect(over((source) => blocksOf(source).flatMap(unknownOf))).toEqual([])
  })

  test('what is new has every argument that the provider asks for', () => {
    const missing = (source: Source) => blocksOf(source).filter(isNew).flatMap(missingOf)
    expect(over(missing)).toEqual([])
  })

  test('no address stands twice in a report', () => {
    const twice = (source: Source) => {
      const addresses = blocksOf(source).filter(isNew).map(addressOf)
      return addresses.filter((address, at) => addresses.indexOf(address) !== at)
    }
    expect(over(twice)).toEqual([])
  })

  test('a reference leads to a block of the same report', () => {
    const dangling = (source: Source) => {
      const addresses = blocksOf(source).map(addressOf)
      return blocksOf(source)
        .flatMap(referencesOf)
        .filter((address) => !addresses.includes(address))
    }
    expect(over(dangling)).toEqual([])
  })

  test('no block makes what the account has', () => {
    const exists = ({ parsed, folder }: Source) =>
      folder === null
        ? []
        : parsed.flatMap(({ blocks }) =>
            blocks
              .filter(isNew)
              .filter((one) => isThere(folder, one))
              .map(addressOf),
          )
    expect(over(exists)).toEqual([])
  })
})

const isNew = ({ kind }: Block): boolean => kind === 'resource'
const addressOf = ({ kind, type, name }: Block): string => `${kind === 'data' ? 'data.' : ''}${type}.${name}`

function unknownOf({ kind, type, body }: Block): readonly string[] {
  if (kind !== 'resource' && kind !== 'existing') return []
  const schema = PROVIDER.resources[type]
  if (schema === undefined) return [`${type} is not in the fixture (scripts/terraform-arguments.ts)`]
  const all = {
    ...schema,
    arguments: [...schema.arguments, ...META.arguments],
    blocks: { ...schema.blocks, ...META.blocks },
  }
  return strangers(body, all, type)
}

function strangers(body: Body, schema: Schema, path: string): readonly string[] {
  return Object.keys(body).flatMap((name) => {
    const inner = nested(body, name)
    const block = schema.blocks[name]
    if (inner.length > 0)
      return block === undefined
        ? [`${path}.${name} is no block`]
        : inner.flatMap((one) => strangers(one, block, `${path}.${name}`))
    return schema.arguments.includes(name) ? [] : [`${path}.${name} is no argument`]
  })
}

function missingOf({ type, body }: Block): readonly string[] {
  const schema = PROVIDER.resources[type]
  return schema === undefined ? [] : absent(body, schema, type)
}

function absent(body: Body, schema: Schema, path: string): readonly string[] {
  const own = schema.required.filter((name) => !(name in body)).map((name) => `${path}.${name}`)
  const inner = Object.entries(schema.blocks).flatMap(([name, block]) =>
    nested(body, name).flatMap((one) => absent(one, block, `${path}.${name}`)),
  )
  return [...own, ...inner]
}

/** By what AWS tells two of a kind apart. */
function isThere(folder: Folder, { type, body }: Block): boolean {
  const is = (name: string, value: string | undefined) => value !== undefined && literal(body[name]) === value
  switch (type) {
    case 'aws_ecs_service':
      return items(folder, 'ecs/describe-services', 'services').some(
        (one) => is('name', one['serviceName']) && one['status'] === 'ACTIVE',
      )
    case 'aws_vpc':
      return true
    case 'aws_iam_role':
      return folder.has(`iam/get-role/${literal(body['name'])}.json`)
    case 'aws_ecs_task_definition':
      return folder.has(`ecs/describe-task-definition/${literal(body['family'])}.json`)
    case 'aws_vpc_endpoint':
      return items(folder, 'ec2/describe-vpc-endpoints', 'VpcEndpoints').some(
        (one) =>
          is('service_name', one['ServiceName']) &&
          is('vpc_id', one['VpcId']) &&
          is('vpc_endpoint_type', one['VpcEndpointType']) &&
          one['State'] === 'available',
      )
    case 'aws_route':
      return folder
        .json<{ RouteTables: { RouteTableId: string; Routes: Record<string, string>[] }[] }>(
          'ec2/describe-route-tables.json',
        )
        .RouteTables.some(
          ({ RouteTableId, Routes }) =>
            is('route_table_id', RouteTableId) &&
            Routes.some((route) => is('destination_cidr_block', route['DestinationCidrBlock'])),
        )
    default:
      return false
  }
}

function items(folder: Folder, file: string, list: string): readonly Record<string, string>[] {
  return folder.json<Record<string, Record<string, string>[]>>(`${file}.json`)[list] ?? []
}
