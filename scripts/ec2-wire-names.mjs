/**
 * Writes simulator/wire/names.ts: how the members of the operations that the simulator serves are called on the wire,
 * taken from the AWS SDK's own schemas. Run it after a change of the SDK or of the served operations:
 * `node scripts/ec2-wire-names.mjs`. A test compares the file with what this makes.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { OPERATIONS } from '../simulator/operations.ts'

const FILE = fileURLToPath(new URL('../simulator/wire/names.ts', import.meta.url))

/** Service, client, protocol. ELBv2 has no client here: it is plain awsQuery, which needs no table. */
const CLIENTS = [
  ['ec2', '@aws-sdk/client-ec2', 'ec2'],
  ['iam', '@aws-sdk/client-iam', 'query'],
  ['sts', '@aws-sdk/client-sts', 'query'],
  ['route53', '@aws-sdk/client-route-53', 'rest-xml'],
  ['ecs', '@aws-sdk/client-ecs', 'json'],
  ['ecr', '@aws-sdk/client-ecr', 'json'],
  ['logs', '@aws-sdk/client-cloudwatch-logs', 'json'],
  ['secretsmanager', '@aws-sdk/client-secrets-manager', 'json'],
  ['ssm', '@aws-sdk/client-ssm', 'json'],
]

/** Codes of the SDK's schemas (@smithy/types, schema/sentinels). */
const LIST = 64
const MAP = 128
const TIMES = [4, 5, 6, 7]
const NUMBERS = [1, 17, 19]
const BOOLEAN = 2

export async function wireNames() {
  const services = []
  for (const [service, client, protocol] of CLIENTS) services.push([service, await tableOf(service, client, protocol)])
  const lines = [
    '// biome-ignore-all format: one line a shape',
    '/** How AWS calls things on the wire; notation.ts explains it. Made by scripts/ec2-wire-names.mjs, never by hand. */',
    "import type { WireService } from './notation.ts'",
    '',
    'export const WIRE_NAMES: Readonly<Record<string, WireService>> = {',
  ]
  for (const [service, table] of services) {
    lines.push(`  ${service}: {`)
    for (const [part, entries] of Object.entries(table)) {
      lines.push(`    ${part}: {`)
      for (const [name, text] of Object.entries(entries)) lines.push(`      ${name}: ${text},`)
      lines.push('    },')
    }
    lines.push('  },')
  }
  return `${[...lines, '}'].join('\n')}\n`
}

async function tableOf(service, client, protocol) {
  const schemas = await import(client)
  const sides = { input: new Map(), output: new Map() }
  const operations = {}
  for (const operation of Object.keys(OPERATIONS[service])) {
    const schema = schemas[`${operation}$`]
    if (schema === undefined) throw new Error(`${client} has no ${operation}`)
    const [input, output] = [schema[4], schema[5]].map(followed)
    operations[operation] = [
      nameIn(sides.input, input, protocol, 'input'),
      nameIn(sides.output, output, protocol, 'output'),
    ]
  }
  const input = protocol === 'json' || protocol === 'query' ? new Map() : sides.input
  const output = protocol === 'json' ? withTimes(sides.output) : withoutEmpty(sides.output)
  return {
    operations: written(operations, (pair) => `['${pair.join("', '")}']`),
    input: written(Object.fromEntries(withoutEmpty(input)), (text) => `'${text}'`),
    output: written(Object.fromEntries(output), (text) => `'${text}'`),
  }
}

function nameIn(shapes, schema, protocol, side) {
  const name = schema[2] === 'Unit' ? 'Unit' : schema[2]
  if (!shapes.has(name)) {
    shapes.set(name, '')
    const [members, types] = [schema[4] ?? [], schema[5] ?? []]
    shapes.set(name, members.map((member, at) => memberText(shapes, member, types[at], protocol, side)).join(' '))
  }
  return name
}

function memberText(shapes, member, ref, protocol, side) {
  const traits = traitsOf(ref)
  const wire = wireName(member, traits, protocol, side)
  const usual = protocol === 'ec2' && side === 'output' ? member[0].toLowerCase() + member.slice(1) : member
  if (traits.xmlFlattened || traits.xmlAttribute)
    throw new Error(`${member}: ${JSON.stringify(traits)} is not provided for`)
  return `${member}${wire === usual ? '' : `=${wire}`}${typeText(shapes, ref, protocol, side)}`
}

function wireName(member, traits, protocol, side) {
  if (protocol === 'json') return member
  if (protocol === 'rest-xml' && side === 'input') return traits.httpQuery ?? member
  if (protocol === 'ec2' && side === 'input') return traits.ec2QueryName ?? capitalised(traits.xmlName ?? member)
  // Plain awsQuery input is read without a table, which is right only while every name is the API's own.
  if (protocol === 'query' && side === 'input' && traits.xmlName) throw new Error(`${member} has a name of its own`)
  return traits.xmlName ?? member
}

function typeText(shapes, ref, protocol, side) {
  const schema = followed(ref)
  if (typeof schema === 'number') return scalarText(schema, side)
  const [kind, , , , first, second] = schema
  if (kind === 3 || kind === 4 || kind === -3) return `:${nameIn(shapes, schema, protocol, side)}`
  if (kind === 1) {
    const item = traitsOf(first).xmlName ?? 'member'
    const usual = protocol === 'ec2' ? 'item' : 'member'
    const shown = side === 'input' || item === usual || protocol === 'json' ? '' : `/${item}`
    return `[${typeText(shapes, first, protocol, side)}${shown}`
  }
  if (kind === 2) return `{${typeText(shapes, second, protocol, side)}`
  if (kind === 0) return typeText(shapes, first, protocol, side)
  throw new Error(`schema kind ${kind} is not provided for`)
}

function scalarText(code, side) {
  if (code & LIST) return `[${scalarText(code & ~LIST, side)}`
  if (code & MAP) return `{${scalarText(code & ~MAP, side)}`
  if (TIMES.includes(code)) return '@'
  if (side === 'output') return ''
  if (NUMBERS.includes(code)) return '#'
  return code === BOOLEAN ? '?' : ''
}

/** A reference is a schema, a function that returns one, or one of these with its traits. */
function followed(ref) {
  if (typeof ref === 'function') return followed(ref())
  return Array.isArray(ref) && ref.length === 2 ? followed(ref[0]) : ref
}

function traitsOf(ref) {
  const own = Array.isArray(ref) && ref.length === 2 ? ref[1] : {}
  return typeof own === 'object' ? own : {}
}

/** JSON needs a table for times alone: what neither is one nor leads to one is left out. */
function withTimes(shapes) {
  const useful = new Set()
  const keeps = (part) => part.includes('@') || useful.has(part.split(':')[1])
  for (let before = -1; before !== useful.size; ) {
    before = useful.size
    for (const [name, text] of shapes) if (text.split(' ').some(keeps)) useful.add(name)
  }
  return new Map([...useful].map((name) => [name, shapes.get(name).split(' ').filter(keeps).join(' ')]))
}

function withoutEmpty(shapes) {
  return new Map([...shapes].filter(([, text]) => text !== ''))
}

function written(entries, write) {
  const names = Object.keys(entries).sort()
  return Object.fromEntries(names.map((name) => [name, write(entries[name])]))
}

function capitalised(text) {
  return text[0].toUpperCase() + text.slice(1)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(FILE, await wireNames())
