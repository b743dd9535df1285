/**
 * Writes __tests__/fixtures/terraform-arguments.json: the arguments of the resources that remedies print, as the AWS provider
 * has them. Read from the typings that HashiCorp made of the provider's schema; they name its version.
 *
 *   node scripts/terraform-arguments.ts [aws_type …]     types to add to those that are there
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const FROM = '@cdktf/provider-aws@21.22.1'
const FIXTURE = '__tests__/fixtures/terraform-arguments.json'

interface Block {
  readonly arguments: readonly string[]
  readonly required: readonly string[]
  readonly blocks: Readonly<Record<string, Block>>
}

interface Member {
  readonly name: string
  readonly optional: boolean
  /** The interface of a nested block; null for an argument. */
  readonly block: string | null
}

const fixture: { readonly resources: Readonly<Record<string, Block>> } = JSON.parse(readFileSync(FIXTURE, 'utf8'))
const types = [...new Set([...Object.keys(fixture.resources), ...process.argv.slice(2)])].sort()
const folder = mkdtempSync(join(tmpdir(), 'terraform-arguments-'))
try {
  execFileSync('npm', ['pack', FROM, '--silent', '--pack-destination', folder], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const archive = readdirSync(folder)[0] ?? ''
  const paths = types.map((type) => `package/lib/${type.replace('aws_', '').replaceAll('_', '-')}/index.d.ts`)
  execFileSync('tar', ['-xzf', join(folder, archive), '-C', folder, ...paths])
  const sources = paths.map((path) => readFileSync(join(folder, path), 'utf8'))
  const version = /providers\/hashicorp\/aws\/([\d.]+)\//.exec(sources[0] ?? '')?.[1]
  const resources = Object.fromEntries(
    types.map((type, at) => [
      type,
      blockOf(
        sources[at] ?? '',
        /^export interface \w+Config extends cdktf\.TerraformMetaArguments \{\n([\s\S]*?)^\}/m,
      ),
    ]),
  )
  writeFileSync(
    FIXTURE,
    `${JSON.stringify({ provider: `hashicorp/aws ${version}`, from: `npm ${FROM}`, resources }, null, 1)}\n`,
  )
} finally {
  rmSync(folder, { recursive: true })
}

function blockOf(source: string, declaration: RegExp): Block {
  const body = declaration.exec(source)?.[1]
  if (body === undefined) throw new Error(`no ${declaration}`)
  const members = membersOf(body, source)
  const nested = members.filter(({ block }) => block !== null)
  return {
    arguments: members.filter(({ block }) => block === null).map(({ name }) => name),
    required: members.filter(({ optional }) => !optional).map(({ name }) => name),
    blocks: Object.fromEntries(
      nested.map(({ name, block }) => [
        name,
        blockOf(source, new RegExp(`^export interface ${block} \\{\\n([\\s\\S]*?)^\\}`, 'm')),
      ]),
    ),
  }
}

/** A comment that ends in the argument's name, then the member itself. */
function membersOf(body: string, source: string): readonly Member[] {
  const members = body.matchAll(/\/\*\*([\s\S]*?)\*\/\s*readonly \w+(\??): (\w*)/g)
  return [...members].map(([, comment = '', optional, type = '']) => {
    const name = /#(\w+) [\w#]+\}/.exec(comment)?.[1] ?? ''
    // Some arguments may be written as blocks, too: those have an interface, and no such word.
    const isBlock = comment.includes(`* ${name} block`) || source.includes(`export interface ${type} {`)
    return { name, optional: optional === '?', block: isBlock ? type : null }
  })
}
