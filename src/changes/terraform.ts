/** Terraform: new resources whole; of what exists only the arguments that change. Laid out as `terraform fmt` would. */

export type TerraformBlock = NewResource | ChangedArguments | GoneResource

/** A resource that is to be added. `name` is a wish: an address stands in a report once. */
export interface NewResource {
  readonly type: string
  readonly name: string
  readonly fields: readonly Field[]
}

/** Arguments for a resource that the reader has already, under an address of their own. */
export interface ChangedArguments {
  /** The type of the resource that has it. */
  readonly existing: string
  /** Its id or name at AWS. */
  readonly of: string
  readonly fields: readonly Field[]
  /** What no argument says: a comment line each. */
  readonly notes?: readonly string[]
}

/** A resource that the reader may have, and is to take out. */
export interface GoneResource {
  readonly gone: string
  readonly of: string
}

const ADDRESS = /"\uE000([\w.]+)\uE000"/g

/** In the place of an id: an attribute of another resource. */
export function address(path: string): string {
  return `\uE000${path}\uE000`
}

/** Another attribute of the same resource. */
export function attributeOf(place: string, attribute: string): string {
  return place.replace(/\.\w+(?=\uE000$)/, `.${attribute}`)
}

/** `name`: under which it stands in the report. */
export function newResource({ type, fields }: NewResource, name: string): string {
  return bare(hcl(`resource "${type}" "${name}"`, fields))
}

export function changedArguments({ existing, of, fields, notes = [] }: ChangedArguments): string {
  const comments = [`in your resource "${existing}" for ${of}`, ...notes].map(commentLine)
  return bare(`${[...comments, ...body(fields, '')].join('\n')}\n`)
}

export function goneResource({ gone, of }: GoneResource): string {
  return `${commentLine(`remove your resource "${gone}" for ${of}`)}\n`
}

/** However a name breaks its line, it ends with the comment. */
function commentLine(text: string): string {
  return `# ${text.replaceAll(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')}`
}

/** Addresses are no string literals. */
function bare(block: string): string {
  return block.replaceAll(ADDRESS, '$1')
}

/** A value is HCL already; a list of fields is a nested block. */
export type Field = readonly [name: string, value: string | readonly Field[]]

/** `head` is everything before the brace: `resource "aws_eip" "nat"`. */
export function hcl(head: string, fields: readonly Field[]): string {
  return fields.length === 0 ? `${head} {}\n` : `${head} {\n${body(fields, '  ').join('\n')}\n}\n`
}

export function resource(type: string, name: string, fields: readonly Field[]): string {
  return hcl(`resource "${type}" "${nameOf(name)}"`, fields)
}

/** Terraform names take no dots and may not start with a digit; of another resource its name alone. */
export function nameOf(id: string): string {
  const name = id.replaceAll(/\uE000\w+\.(\w+)\.\w+\uE000/g, '$1').replaceAll(/[^A-Za-z0-9_]/g, '_')
  return /^\d/.test(name) ? `_${name}` : name
}

/** A string literal. */
export function text(value: string): string {
  return escaped(JSON.stringify(value))
}

/** JSON is an expression of Terraform's language as well; what is none is a text. */
export function encoded(json: string): string {
  return isJson(json) ? `jsonencode(${escaped(json)})` : text(json)
}

function isJson(json: string): boolean {
  try {
    JSON.parse(json)
    return true
  } catch {
    return false
  }
}

/** `${` and `%{` would start a template, and what breaks a line or is not seen would end the text. */
function escaped(json: string): string {
  return json
    .replaceAll(/([$%])\{/g, (template, sign) => `${sign}${template}`)
    .replaceAll(/[\u007f-\u009f\u2028\u2029]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** Members of a change as arguments; those that it has not are left out. */
export function argumentsOf<T extends object>(change: T, ...names: readonly (keyof T & string)[]): readonly Field[] {
  return names.flatMap((name) => fieldsOf({ [name]: change[name] }))
}

/** An argument each: `routeTableId` for `route_table_id`; none for `undefined`, and a block for what has members. */
export function fieldsOf(values: object): readonly Field[] {
  return Object.entries(values).flatMap(([name, value]: readonly [string, unknown]): readonly Field[] => {
    const argument = name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase()
    if (value === undefined) return []
    if (Array.isArray(value)) return [[argument, list(value)]]
    if (typeof value === 'object' && value !== null) return [[argument, fieldsOf(value)]]
    return [[argument, typeof value === 'string' ? text(value) : String(value)]]
  })
}

export function list(values: readonly string[]): string {
  return `[${values.map(text).join(', ')}]`
}

function body(fields: readonly Field[], indent: string): string[] {
  const width = Math.max(0, ...fields.map(([name, value]) => (typeof value === 'string' ? name.length : 0)))
  return fields.flatMap(([name, value], at) =>
    typeof value === 'string'
      ? [`${indent}${name.padEnd(width)} = ${value}`]
      : [...(at === 0 ? [] : ['']), `${indent}${name} {`, ...body(value, `${indent}  `), `${indent}}`],
  )
}
