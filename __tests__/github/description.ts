/** GitHub's published description (OpenAPI), cut to the paths in use: finds the operation of a request and says what breaks it. */
import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'

interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query'
  readonly required?: boolean
  readonly schema: object
}

interface Body {
  readonly content?: { readonly 'application/json'?: { readonly schema: { readonly properties?: object } } }
}

export interface Operation {
  readonly name: string
  readonly parameters: readonly Parameter[]
  readonly requestBody?: Body
  readonly responses: Readonly<Record<string, Body>>
  /** Of this request: path and query. */
  readonly given: Readonly<Record<string, string>>
}

type Described = Omit<Operation, 'name' | 'given'>

const { paths } = JSON.parse(readFileSync('__tests__/fixtures/github-openapi.json', 'utf8')) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>
}
const ajv = new Ajv({ strict: false, coerceTypes: false, allErrors: true })
addFormats.default(ajv)
const lenient = new Ajv({ strict: false, coerceTypes: true })
addFormats.default(lenient)

export function operationOf(method: string, url: URL): Operation | null {
  for (const [template, methods] of Object.entries(paths)) {
    const pattern = new RegExp(`^${template.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`)
    const found = pattern.exec(url.pathname)
    const described = methods[method.toLowerCase()]
    if (found === null || described === undefined) continue
    const given = { ...found.groups, ...Object.fromEntries(url.searchParams) }
    return { ...described, name: `${method} ${template}`, given }
  }
  return null
}

/** Parameters that are unknown, missing or of the wrong kind; a body of another shape, or with a field that GitHub does not know. */
export function faultsOfRequest({ parameters, requestBody, given }: Operation, body: unknown): readonly string[] {
  const unknown = Object.keys(given).filter((name) => parameters.every((one) => one.name !== name))
  const missing = parameters.filter(({ name, required }) => required === true && given[name] === undefined)
  const wrong = parameters.filter(({ name, schema }) => {
    return (
      given[name] !== undefined &&
      !lenient.validate({ type: 'object', properties: { it: schema } }, { it: given[name] })
    )
  })
  const schema = requestBody?.content?.['application/json']?.schema
  const fields = typeof body === 'object' && body !== null ? Object.keys(body) : []
  const foreign = fields.filter((name) => !Object.hasOwn(schema?.properties ?? {}, name))
  return [
    ...unknown.map((name) => `unknown parameter ${name}`),
    ...missing.map(({ name }) => `missing parameter ${name}`),
    ...wrong.map(({ name }) => `wrong parameter ${name}: ${given[name]}`),
    ...foreign.map((name) => `unknown field ${name}`),
    ...(schema === undefined || ajv.validate(schema, body) ? [] : [ajv.errorsText()]),
    ...(schema === undefined && body !== undefined ? ['a body where none is taken'] : []),
  ]
}

/** Errors that the description leaves out for an operation have the shape that it gives to the others. */
export function faultsOfAnswer({ name, responses }: Operation, status: number, body: unknown): readonly string[] {
  const described = responses[status] ?? (status >= 400 ? BASIC_ERROR : undefined)
  if (described === undefined) return [`${name} does not answer ${status}`]
  const schema = described.content?.['application/json']?.schema
  if (schema === undefined) return body === undefined ? [] : [`${name} ${status} has no body`]
  return ajv.validate(schema, body) ? [] : [`${name} ${status}: ${ajv.errorsText()}`]
}

const BASIC_ERROR = paths['/repos/{owner}/{repo}/issues/{issue_number}/comments']?.['post']?.responses['403']

interface Schema {
  readonly type?: string
  readonly format?: string
  readonly nullable?: boolean
  readonly enum?: readonly unknown[]
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
}

/** The smallest value that the description allows. */
function sampleOf({ type, format, nullable, enum: values, required = [], properties = {} }: Schema): unknown {
  if (nullable === true) return null
  if (values !== undefined) return values[0]
  switch (type) {
    case 'object':
      return Object.fromEntries(required.map((name) => [name, sampleOf(properties[name] ?? {})]))
    case 'array':
      return []
    case 'integer':
    case 'number':
      return 1
    case 'boolean':
      return false
    default:
      return format === 'uri' ? 'https://api.github.com/x' : format === 'date-time' ? '2026-11-23T05:00:00Z' : 'x'
  }
}

export interface Pull {
  readonly number: number
  readonly state: 'open' | 'closed'
  readonly merged_at: string | null
  readonly merge_commit_sha: string | null
  readonly sha: string
}

/** A pull request as `List pull requests associated with a commit` answers it. */
export function pullRequest({ sha, ...pull }: Pull): unknown {
  const listed = paths['/repos/{owner}/{repo}/commits/{commit_sha}/pulls']?.['get']?.responses['200']
  const schema = listed?.content?.['application/json']?.schema as { readonly items: Schema }
  const sample = sampleOf(schema.items) as { readonly head: object }
  return { ...sample, ...pull, head: { ...sample.head, sha } }
}
