/** Printed Terraform, taken apart: new blocks, arguments for what exists, and references from one to another. */
import { spawnSync } from 'node:child_process'
import { PYTHON } from '../tools.ts'

export interface Block {
  /** `resource`, `data`, `variable` …, or `existing` for arguments of a resource that the reader has. */
  readonly kind: string
  readonly type: string
  readonly name: string
  readonly body: Body
  readonly text: string
}

/** Arguments hold HCL text or lists; nested blocks are lists of bodies. */
export interface Body {
  readonly [member: string]: unknown
}

const EXISTING = /^# in your resource "([\w]+)" for (\S.*)$/
const HEAD =
  /^(?:(?:resource|data|variable|output|locals|provider|import|removed|moved|module)\b|# (?:in|remove) your resource )/

/** One text a block. A comment line belongs to what follows it. */
export function chunksOf(text: string): readonly string[] {
  const chunks: string[][] = []
  let comments: string[] = []
  for (const line of text.split('\n')) {
    if (HEAD.test(line)) {
      chunks.push([...comments, line])
      comments = []
    } else if (line.startsWith('#')) comments.push(line)
    else if (chunks.length === 0) chunks.push([...comments.splice(0), line])
    else chunks.at(-1)?.push(...comments.splice(0), line)
  }
  if (comments.length > 0) chunks.push(comments)
  return chunks.map((lines) => lines.join('\n').trim()).filter((chunk) => chunk !== '')
}

/** Arguments alone are no Terraform: they are read inside a block of the type that their heading names. */
function wrapped(chunk: string): string {
  const existing = chunk.split('\n').flatMap((line) => EXISTING.exec(line) ?? [])
  return existing.length === 0 ? `${chunk}\n` : `existing "${existing[1]}" "it" {\n${chunk}\n}\n`
}

export interface Parsed {
  readonly chunk: string
  readonly blocks: readonly Block[]
  readonly error: string | null
}

export function parse(chunks: readonly string[]): readonly Parsed[] {
  const run = spawnSync(PYTHON, ['__tests__/proof/terraform/parse.py'], {
    input: JSON.stringify(chunks.map(wrapped)),
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  if (run.status !== 0) throw new Error(`python-hcl2: ${run.stderr}`)
  const trees: readonly (Record<string, unknown> & { error?: string })[] = JSON.parse(run.stdout)
  return trees.map(({ error, ...tree }, at) => {
    const chunk = chunks[at] ?? ''
    return { chunk, error: error ?? null, blocks: error === undefined ? blocksOf(tree, chunk) : [] }
  })
}

function blocksOf(tree: Record<string, unknown>, text: string): readonly Block[] {
  return Object.entries(tree).flatMap(([kind, list]) => {
    if (kind.startsWith('__') || !Array.isArray(list)) return []
    return list.flatMap((one: Body) => labelled(kind, one, [], text))
  })
}

/** Labels stand around the body, in quotes. */
function labelled(kind: string, one: Body, labels: readonly string[], text: string): readonly Block[] {
  if (one['__is_block__'] === true) {
    const [type = '', name = ''] = labels
    return [{ kind, type, name, body: plain(one), text }]
  }
  return Object.entries(one).flatMap(([label, inner]) =>
    isBody(inner) ? labelled(kind, inner, [...labels, label.replaceAll('"', '')], text) : [],
  )
}

export function isBody(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The nested blocks of that name; none where it is an argument. */
export function nested(body: Body, name: string): readonly Body[] {
  const value = body[name]
  return Array.isArray(value) ? value.filter((one) => isBody(one) && one['__is_block__'] === true).map(plain) : []
}

function plain(body: Body): Body {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !name.startsWith('__')))
}

/** `aws_eip.out` of `aws_eip.out.id`, wherever it stands outside a string. */
export function referencesOf({ text }: Block): readonly string[] {
  const code = text.replaceAll(/^\s*#.*$/gm, '').replaceAll(/"(?:[^"\\]|\\.)*"/g, '""')
  return [...code.matchAll(/(?<![\w."])((?:data\.)?aws\w*_\w+\.\w+)(?=\.\w)/g)].map(([, address = '']) => address)
}

/** A literal string's value; other expressions as they stand. */
export function literal(value: unknown): string {
  return typeof value === 'string' ? value.replace(/^"([\s\S]*)"$/, '$1') : JSON.stringify(value)
}
