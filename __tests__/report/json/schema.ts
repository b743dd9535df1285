/** The published schema, closed: a member that it does not name is one too many. For a test to hold a JSON to. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'

const SCHEMA: unknown = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', '..', 'report.schema.json'), 'utf8'),
)

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true }).addSchema(closed(SCHEMA) as object, 'report')

/** The published one tolerates members that later versions add; a test of this version does not. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== 'object' || schema === null) return schema
  const parts = Object.fromEntries(Object.entries(schema).map(([name, part]) => [name, closed(part)]))
  return 'properties' in schema && !('additionalProperties' in schema)
    ? { ...parts, additionalProperties: false }
    : parts
}

export type Kind = 'Report' | 'ServicesReport' | 'Path' | 'Explanation' | 'Change'

/** Where a JSON is not what the schema says; empty where it is. */
export function complaintsOf(kind: Kind, json: unknown): readonly string[] {
  const validate = ajv.getSchema(`report#/$defs/${kind}`)
  if (validate === undefined) throw new Error(`report.schema.json has no ${kind}`)
  validate(JSON.parse(JSON.stringify(json)))
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  )
}
