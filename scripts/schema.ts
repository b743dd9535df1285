/**
 * The JSON Schema of a report, drawn from the types that its writers answer with (`src/report/json/shape.ts` and what they name), comments
 * included: nothing is written twice. Knows as much of TypeScript as those types use, and throws for the rest.
 */
import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { parse } from '@babel/parser'

type Node = Readonly<Record<string, unknown>> & { readonly type: string }
export type Schema = Readonly<Record<string, unknown>>

const SHAPE = 'src/report/json/shape.ts'
/** What a JSON of ours may be: the first is what the file itself describes. */
const ROOTS = ['ReportJson', 'ServicesReportJson', 'PathJson', 'ExplanationJson'] as const

/** The text of `report.schema.json`. `read` takes paths from the project's root. */
export function reportSchema(read: (path: string) => string = (path) => readFileSync(path, 'utf8')): string {
  const world = worldOf(read)
  const [root] = ROOTS.map((name) => world.named(name, SHAPE))
  const document = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A report of ecs-pull-guard',
    description:
      'What preflight and watch print with --format json. Of several services it is #/$defs/ServicesReport. An entry of trace is #/$defs/Path, one of explain #/$defs/Explanation. Members and values may be added; none changes its meaning.',
    ...root,
    $defs: Object.fromEntries([...world.definitions].toSorted(([one], [other]) => (one < other ? -1 : 1))),
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

/** A place in the sources: names mean what its file declares or imports; `bound` are the parameters of a mapped type. */
interface Scope {
  readonly file: string
  readonly bound: Readonly<Record<string, string>>
}

interface World {
  readonly definitions: ReadonlyMap<string, Schema>
  /** A reference to a definition, made on the way. */
  readonly named: (name: string, file: string) => Schema
}

function worldOf(read: (path: string) => string): World {
  const files = new Map<string, ReadonlyMap<string, Node>>()
  const definitions = new Map<string, Schema>()

  function declarations(file: string): ReadonlyMap<string, Node> {
    const known = files.get(file) ?? declarationsIn(read(file))
    files.set(file, known)
    return known
  }

  /** Where a name is declared, through imports and what is exported on. */
  function lookUp(name: string, file: string): { readonly node: Node; readonly file: string } {
    const node = declarations(file).get(name)
    if (node === undefined) throw new Error(`${file} has no type ${name}`)
    if (node.type !== 'ImportSpecifier' && node.type !== 'ExportSpecifier') return { node, file }
    const original = node.type === 'ImportSpecifier' ? node['imported'] : node['local']
    return lookUp(nameOf(original), posix.join(posix.dirname(file), node['from'] as string))
  }

  function named(name: string, file: string): Schema {
    const found = lookUp(name, file)
    const title = name.replace(/Json$/, '')
    if (!definitions.has(title)) {
      // Before its parts, which may name it.
      definitions.set(title, {})
      definitions.set(title, described(found.node, declared(found.node, { file: found.file, bound: {} })))
    }
    return { $ref: `#/$defs/${title}` }
  }

  function declared(node: Node, scope: Scope): Schema {
    if (node.type === 'TSTypeAliasDeclaration') return schemaOf(node['typeAnnotation'] as Node, scope)
    if (node.type !== 'TSInterfaceDeclaration') throw new Error(`${scope.file}: ${node.type} is no type`)
    const own = objectOf((node['body'] as { readonly body: readonly Node[] }).body, scope)
    const above = (node['extends'] as readonly Node[] | null) ?? []
    return merged([...above.map((one) => wholeOf(nameOf(one['expression']), scope)), own])
  }

  /** A type by its name with all its members, where a reference would not do. */
  function wholeOf(name: string, scope: Scope): Schema {
    const { node, file } = lookUp(name, scope.file)
    return declared(node, { file, bound: {} })
  }

  function objectOf(members: readonly Node[], scope: Scope): Schema {
    const properties = members.map((member) => {
      const type = (member['typeAnnotation'] as { readonly typeAnnotation: Node }).typeAnnotation
      return [keyOf(member['key']), described(member, schemaOf(type, scope))] as const
    })
    const required = members.filter((member) => member['optional'] !== true).map((member) => keyOf(member['key']))
    return {
      type: 'object',
      properties: Object.fromEntries(properties),
      ...(required.length === 0 ? {} : { required }),
    }
  }

  function schemaOf(node: Node, scope: Scope): Schema {
    switch (node.type) {
      case 'TSStringKeyword':
        return { type: 'string' }
      case 'TSNumberKeyword':
        return { type: 'number' }
      case 'TSBooleanKeyword':
        return { type: 'boolean' }
      case 'TSNullKeyword':
        return { type: 'null' }
      case 'TSUnknownKeyword':
        return {}
      case 'TSLiteralType':
        return { const: (node['literal'] as { readonly value: unknown }).value }
      case 'TSParenthesizedType':
        return schemaOf(node['typeAnnotation'] as Node, scope)
      case 'TSArrayType':
        return { type: 'array', items: schemaOf(node['elementType'] as Node, scope) }
      case 'TSTupleType':
        return tupleOf((node['elementTypes'] as readonly Node[]).map((one) => schemaOf(one, scope)))
      case 'TSTypeLiteral':
        return objectOf(node['members'] as readonly Node[], scope)
      case 'TSUnionType':
        return unionOf((node['types'] as readonly Node[]).map((one) => schemaOf(one, scope)))
      case 'TSIntersectionType':
        return merged((node['types'] as readonly Node[]).map((one) => partOf(one, scope)))
      case 'TSTypeOperator':
        if (node['operator'] !== 'readonly') break
        return schemaOf(node['typeAnnotation'] as Node, scope)
      case 'TSTypeReference':
        return referenceOf(node, scope)
      case 'TSIndexedAccessType':
        return memberOf(node['objectType'] as Node, node['indexType'] as Node, scope)
    }
    throw new Error(`${scope.file}: ${node.type} has no schema yet`)
  }

  /** In an intersection members count, not names. */
  function partOf(node: Node, scope: Scope): Schema {
    const name = node.type === 'TSTypeReference' ? nameOf(node['typeName']) : null
    return name === null || name === 'Readonly' ? schemaOf(node, scope) : wholeOf(name, scope)
  }

  function referenceOf(node: Node, scope: Scope): Schema {
    const name = nameOf(node['typeName'])
    const given = (node['typeArguments'] ?? node['typeParameters']) as { readonly params: readonly Node[] } | undefined
    const [first, second] = given?.params ?? []
    if (name in scope.bound) return { const: scope.bound[name] }
    if (name === 'Readonly' && first !== undefined) return schemaOf(first, scope)
    if (name === 'Record' && second !== undefined)
      return { type: 'object', additionalProperties: schemaOf(second, scope) }
    if (first !== undefined) throw new Error(`${scope.file}: ${name} takes types, which has no schema yet`)
    return named(name, scope.file)
  }

  /** `(typeof LIST)[number]`, `{ [Kind in keyof Kinds]: … }[keyof Kinds]`, `Kinds[Kind]`. */
  function memberOf(object: Node, index: Node, scope: Scope): Schema {
    if (object.type === 'TSParenthesizedType') return memberOf(object['typeAnnotation'] as Node, index, scope)
    if (object.type === 'TSTypeQuery') return { enum: wordsOf(lookUp(nameOf(object['exprName']), scope.file).node) }
    if (object.type === 'TSMappedType') {
      const { name: parameter, constraint } = object['typeParameter'] as {
        readonly name: string
        readonly constraint: { readonly typeAnnotation: Node }
      }
      const kinds = nameOf(constraint.typeAnnotation['typeName'])
      return unionOf(
        Object.keys(membersOf(kinds, scope)).map((kind) => {
          const within = { file: scope.file, bound: { ...scope.bound, [parameter]: kind } }
          return described(membersOf(kinds, scope)[kind] as Node, schemaOf(object['typeAnnotation'] as Node, within))
        }),
      )
    }
    const member = nameOf(index['typeName'])
    const kind = scope.bound[member] ?? member
    const of = nameOf(object['typeName'])
    const { file } = lookUp(of, scope.file)
    const node = membersOf(of, scope)[kind]
    if (node === undefined) throw new Error(`${file}: ${of} has no member ${kind}`)
    return partOf((node['typeAnnotation'] as { readonly typeAnnotation: Node }).typeAnnotation, { file, bound: {} })
  }

  function membersOf(name: string, scope: Scope): Readonly<Record<string, Node>> {
    const { body } = lookUp(name, scope.file).node as unknown as { readonly body: { readonly body: readonly Node[] } }
    return Object.fromEntries(body.body.map((member) => [keyOf(member['key']), member]))
  }

  return { definitions, named }
}

/** Types, lists of words, and what comes from other files, by their name here. */
function declarationsIn(source: string): ReadonlyMap<string, Node> {
  const { program } = parse(source, { sourceType: 'module', plugins: ['typescript'] })
  const found = new Map<string, Node>()
  for (const statement of program.body as unknown as readonly Node[]) {
    const from = (statement['source'] as { readonly value: string } | null | undefined)?.value
    for (const one of (statement['specifiers'] ?? []) as readonly Node[])
      if (from?.startsWith('.') === true) found.set(nameOf(one['exported'] ?? one['local']), { ...one, from })
    const declaration = (statement['declaration'] as Node | null | undefined) ?? statement
    const own = { ...declaration, leadingComments: statement['leadingComments'] }
    if ('id' in declaration) found.set(nameOf(declaration['id']), own)
    for (const one of (declaration['declarations'] ?? []) as readonly Node[]) found.set(nameOf(one['id']), one)
  }
  return found
}

/** Of `const WORDS = ['a', 'b'] as const`. */
function wordsOf(node: Node): readonly string[] {
  const init = node['init'] as { readonly expression: { readonly elements: readonly { readonly value: string }[] } }
  return init.expression.elements.map(({ value }) => value)
}

function nameOf(node: unknown): string {
  return (node as { readonly name: string }).name
}

function keyOf(node: unknown): string {
  const { name, value } = node as { readonly name?: string; readonly value?: string }
  return name ?? value ?? ''
}

/** The comment above it, as one line. */
function described(node: Node, schema: Schema): Schema {
  const comments = (node['leadingComments'] ?? []) as readonly { readonly type: string; readonly value: string }[]
  const last = comments.filter(({ type, value }) => type === 'CommentBlock' && value.startsWith('*')).at(-1)
  if (last === undefined) return schema
  return {
    description: last.value
      .replace(/^\s*\*+/gm, '')
      .replace(/\s+/g, ' ')
      .trim(),
    ...schema,
  }
}

function tupleOf(items: readonly Schema[]): Schema {
  return { type: 'array', prefixItems: items, minItems: items.length, maxItems: items.length }
}

/** Words of one kind are an enumeration, and a simple type or nothing is two types. */
function unionOf(parts: readonly Schema[]): Schema {
  const isWord = (part: Schema) => 'const' in part || part['type'] === 'null'
  const wordIn = (part: Schema) => ('const' in part ? part['const'] : null)
  if (parts.every(isWord)) return { enum: parts.map(wordIn) }
  const [first, second] = parts
  const isSimple = (part: Schema | undefined) => typeof part?.['type'] === 'string' && Object.keys(part).length === 1
  if (parts.length === 2 && isSimple(first) && isSimple(second)) return { type: [first?.['type'], second?.['type']] }
  return { anyOf: parts }
}

/** Objects as one that has the members of all. */
function merged(parts: readonly Schema[]): Schema {
  const [only] = parts
  if (only !== undefined && parts.length === 1) return only
  const required = parts.flatMap((part) => (part['required'] as readonly string[] | undefined) ?? [])
  return Object.assign({}, ...parts, {
    type: 'object',
    properties: Object.assign({}, ...parts.map((part) => part['properties'])),
    ...(required.length === 0 ? {} : { required }),
  })
}
