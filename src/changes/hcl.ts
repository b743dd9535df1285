/** Terraform blocks, laid out as `terraform fmt` would. */

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
  return JSON.stringify(value).replaceAll(/([$%])\{/g, (template, sign) => `${sign}${template}`)
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
