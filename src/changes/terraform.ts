/** Terraform: new resources whole; of what exists only the arguments that change. Laid out as `terraform fmt` would. */

export type TerraformBlock = NewResource | ChangedArguments

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
}

const ADDRESS = /"\u0001([\w.]+)\u0001"/g

/** In the place of an id: an attribute of another resource. */
export function address(path: string): string {
  return `\u0001${path}\u0001`
}

/** `name`: under which it stands in the report. */
export function newResource({ type, fields }: NewResource, name: string): string {
  return bare(hcl(`resource "${type}" "${name}"`, fields))
}

export function changedArguments({ existing, of, fields }: ChangedArguments): string {
  return bare(`# in your resource "${existing}" for ${of}\n${body(fields, '').join('\n')}\n`)
}

/** Addresses are no string literals. */
function bare(block: string): string {
  return block.replaceAll(ADDRESS, '$1')
}

/** A value is HCL already; a list of fields is a nested block. */
export type Field = readonly [name: string, value: string | readonly Field[]]

/** `head` is everything before the brace: `resource "aws_eip" "nat"`. */
export function hcl(head: string, fields: readonly Field[]): string {
  return `${head} {\n${body(fields, '  ').join('\n')}\n}\n`
}

export function resource(type: string, name: string, fields: readonly Field[]): string {
  return hcl(`resource "${type}" "${nameOf(name)}"`, fields)
}

/** Terraform names take no dots and may not start with a digit. */
export function nameOf(id: string): string {
  const name = id.replaceAll(/[^A-Za-z0-9_]/g, '_')
  return /^\d/.test(name) ? `_${name}` : name
}

/** A string literal; `${` and `%{` would start a template. */
export function text(value: string): string {
  return JSON.stringify(value)
    .replaceAll('\\u0001', '\u0001')
    .replaceAll(/([$%])\{/g, (template, sign) => `${sign}${template}`)
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
